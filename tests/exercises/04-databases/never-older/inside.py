"""What the checks of databases.never-older arrange beside the answer: a change before something is sent."""

import socket

import answer


def changed_meanwhile(url, number):
    """Read; right before something is sent for the number-th time a change is committed and told.

    Return whether it came to that, and what the next reader gets, who should get "2 free".
    """
    seats, sent = [3], []

    def through(call):
        def led(sock, *args):
            sent.append(1)
            if len(sent) == number:
                seats[0] -= 1
                answer.changed(url, 17)
            return call(sock, *args)

        return led

    def load(event):
        return f"{seats[0]} free"

    original = {name: getattr(socket.socket, name) for name in ("send", "sendall")}
    for name, call in original.items():
        setattr(socket.socket, name, through(call))
    try:
        answer.read(url, 17, load, 60)
    finally:
        for name, call in original.items():
            setattr(socket.socket, name, call)
    return len(sent) >= number, answer.read(url, 17, load, 60)
