"""What the checks of databases.live-reindex arrange beside the answer: before each of its sendings somebody acts."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import answer
from elasticsearch import ApiError, Elasticsearch
from given import write


@contextlib.contextmanager
def before_each_sending(act: Callable[[], object]) -> Iterator[None]:
    """Act before whatever is sent, but for what is sent while acting."""
    lock, acting = threading.RLock(), []

    def led(call: Callable[..., object]) -> Callable[..., object]:
        def send(sock, *args):
            with lock:
                if not acting:
                    acting.append(True)
                    try:
                        act()
                    finally:
                        acting.clear()
                return call(sock, *args)

        return send

    for name in ("send", "sendall"):
        setattr(socket.socket, name, led(getattr(socket.socket, name)))
    try:
        yield
    finally:
        del socket.socket.send, socket.socket.sendall


def moved_while_sold(url, fields, settings, plan):
    """Move, and carry out the next part of the plan before each sending; return the new name and how many parts that were."""
    done = 0

    def act() -> None:
        nonlocal done
        if done < len(plan):
            with Elasticsearch(url) as client:
                for show, version, document in plan[done]:
                    write(client, show, version, document)
            done += 1

    with before_each_sending(act):
        name = answer.move(url, fields, settings)
    return name, done


def moved_while_read(url, fields, settings):
    """Move, and before each sending let a visitor count the shows; return what each was told."""
    told = []

    def act() -> None:
        with Elasticsearch(url) as client:
            try:
                told.append(client.search(index="shows", size=0)["hits"]["total"]["value"])
            except ApiError as error:
                told.append(str(error.message))

    with before_each_sending(act):
        answer.move(url, fields, settings)
    act()
    return told
