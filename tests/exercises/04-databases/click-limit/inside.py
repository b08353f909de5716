"""What the checks of databases.click-limit arrange beside the answer: another server asks before it sends."""

import contextlib
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


def overtaken(number, url, customer, now, limit, window):
    """Ask twice, the second time right before the first one's number-th sending; return both answers, or one."""
    said = []

    def ask() -> None:
        said.append(answer.wait(url, customer, now, limit, window))

    meanwhile(number, ask, ask)
    return said
