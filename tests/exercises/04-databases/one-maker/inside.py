"""What the checks of databases.one-maker arrange beside the answer: guests in threads, a maker that dies, a slow one."""

import os
import socket
import threading
import time

import answer
import redis


def rush(url, guests, takes, failures=0, patience=30.0):
    """Let guests ask at once. Return what each got, or the name of what it raised, and how often a map was made."""
    got, made, ready, counting = [], [], threading.Barrier(guests), threading.Lock()

    def make():
        with counting:
            made.append(1)
            number = len(made)
        time.sleep(takes)
        if number <= failures:
            raise ConnectionError("no answer")
        return f"map {number}"

    def guest():
        ready.wait()
        try:
            got.append(answer.read(url, "map:17", make, 60, patience))
        except Exception as error:
            got.append(type(error).__name__)

    _all([threading.Thread(target=guest) for _ in range(guests)])
    return sorted(got), len(made)


def _all(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def after_a_death(url, patience):
    """Let a maker be killed in the middle; return what the next one gets."""
    child = os.fork()
    if not child:
        answer.read(url, "map:17", lambda: os._exit(0), 60, patience)
        os._exit(1)
    os.waitpid(child, 0)
    return answer.read(url, "map:17", lambda: "the next map", 60, patience)


def overtaken(url):
    """A maker is slower than its patience and comes back while its successor works.

    Return how many maps a third one made; None if there was no successor.
    """
    began, back, next_began, next_done, third = *(threading.Event() for _ in range(4)), []

    def slow():
        began.set()
        back.wait(3)
        return "of the slow one"

    def successor():
        next_began.set()
        next_done.wait(3)
        return "of the successor"

    def read(make, patience):
        thread = threading.Thread(target=answer.read, args=(url, "map:17", make, 60, patience))
        thread.start()
        return thread

    first = read(slow, 0.1)
    began.wait(3)
    second = read(successor, 30)
    overtook = next_began.wait(3)
    back.set()
    first.join()
    with redis.Redis.from_url(url) as server:
        server.delete("map:17")
    last = read(lambda: third.append(1) or "of a third", 30)
    last.join(0.4)
    next_done.set()
    second.join()
    last.join()
    return len(third) if overtook else None


def made_meanwhile(url, number):
    """Read; right before something is sent for the number-th time another one's copy is there.

    Return whether it came to that, whether the making had begun by then, and whether it began at all.
    """
    began, sent, state = [], [], {}

    def through(call):
        def led(sock, *args):
            sent.append(1)
            if len(sent) == number:
                state["begun"] = bool(began)
                with socket.create_connection(sock.getpeername()) as other:
                    plain(other, f"AUTH {user} {password}", "SET map:17 theirs")
            return call(sock, *args)

        return led

    def plain(other, *lines):
        for line in lines:
            original["sendall"](other, line.encode() + b"\r\n")
            other.recv(100)

    parts = redis.connection.parse_url(url)
    user, password = parts["username"], parts["password"]
    original = {name: getattr(socket.socket, name) for name in ("send", "sendall")}
    for name, call in original.items():
        setattr(socket.socket, name, through(call))
    try:
        answer.read(url, "map:17", lambda: began.append(1) or "mine", 60, 30)
    finally:
        for name, call in original.items():
            setattr(socket.socket, name, call)
    return "begun" in state, state.get("begun", False), bool(began)
