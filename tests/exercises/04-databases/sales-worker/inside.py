"""What the checks of databases.sales-worker arrange beside the answer: it dies, or another works, at each sending."""

import contextlib
import select
import socket
from collections.abc import Callable, Iterator

import answer


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


class Died(BaseException):
    """What a process that is killed would not notice."""


def dies(number, after, url, me):
    """Work, and die right before the number-th sending, or when the server has answered it; say whether it came to that."""
    sent = 0

    def through(sock: socket.socket, send: Callable[[], object]) -> object:
        nonlocal sent
        sent += 1
        if sent < number:
            return send()
        if sent == number and after:
            send()
            select.select([sock], [], [], 2)
        raise Died

    with contextlib.suppress(Died), sending(through):
        answer.work(url, me, 0)
    return sent >= number


def meets(number, url):
    """Work; right before the number-th sending another worker does all there is. Return what each added, the other first."""
    added, sent = [], 0

    def through(_: socket.socket, send: Callable[[], object]) -> object:
        nonlocal sent
        sent += 1
        if sent == number:
            added.append(answer.work(url, "other", 0))
        return send()

    with sending(through):
        added.append(answer.work(url, "one", 0))
    return added
