"""What the checks of databases.seat-hold arrange beside the answer: somebody else acts, or it dies, before it sends."""

import contextlib
import socket
from collections.abc import Callable, Iterator

import answer
import redis


@contextlib.contextmanager
def sending(through: Callable[[socket.socket, Callable[[], object]], object]) -> Iterator[None]:
    """Let whatever is sent go through a function: it is given the socket, and the call that sends."""

    def led(call: Callable[..., object]) -> Callable[..., object]:
        return lambda sock, *args: through(sock, lambda: call(sock, *args))

    for name in ("send", "sendall"):
        setattr(socket.socket, name, led(getattr(socket.socket, name)))
    try:
        yield
    finally:
        del socket.socket.send, socket.socket.sendall


def meanwhile(number: int, act: Callable[[], object], work: Callable[[], object]) -> bool:
    """Work, and act right before something is sent for the number-th time; say whether it came to that."""
    sent = 0

    def through(_: socket.socket, send: Callable[[], object]) -> object:
        nonlocal sent
        sent += 1
        if sent == number:
            act()
        return send()

    with sending(through):
        work()
    return sent >= number


class Died(BaseException):
    """What a process that is killed would not notice."""


def held_meanwhile(number, url, seats, one):
    """Hold seats; right before the number-th sending somebody else holds one. Return both tokens, and whether they met."""
    tokens = {"other": None}

    def hold(name: str, wanted: list[str]) -> None:
        tokens[name] = answer.hold(url, wanted, 60)

    met = meanwhile(number, lambda: hold("other", [one]), lambda: hold("group", seats))
    return tokens, met


def held_and_left_meanwhile(number, url, seats):
    """Hold seats; right before the number-th sending another holds them and leaves. Return the tokens, the other's first."""
    tokens = []

    def hold(leave: bool) -> None:
        tokens.append(answer.hold(url, seats, 60))
        if leave and tokens[-1]:
            answer.release(url, seats, tokens[-1])

    meanwhile(number, lambda: hold(True), lambda: hold(False))
    return tokens


def _next_holder(url, seat, seconds):
    with redis.Redis.from_url(url) as server:
        server.delete(f"hold:{seat}")
    answer.hold(url, [seat], seconds)


def released_meanwhile(number, url, seats, token, one):
    """Release seats; right before the number-th sending one lapses and is held anew. Say whether they met."""
    return meanwhile(number, lambda: _next_holder(url, one, 60), lambda: answer.release(url, seats, token))


def extended_meanwhile(number, url, seats, token, one):
    """Extend seats to an hour; right before the number-th sending one lapses and is held for 20 s. Say whether they met."""
    return meanwhile(number, lambda: _next_holder(url, one, 20), lambda: answer.extend(url, seats, token, 3_600))


def dies(number, url, seats):
    """Hold seats in a process that dies right before its number-th sending; say whether it died."""
    sent = 0

    def through(_: socket.socket, send: Callable[[], object]) -> object:
        nonlocal sent
        sent += 1
        if sent >= number:
            raise Died
        return send()

    with contextlib.suppress(Died), sending(through):
        answer.hold(url, seats, 60)
    return sent >= number
