# tries: say in the parent's name that the check has left, on every descriptor | expect: PROTOCOL or EXITED or FAIL | holds: a status is no result
import json
import os
import struct


def frame(message):
    raw = json.dumps(message).encode()
    return struct.pack(">I", len(raw)) + raw


def add(a, b):
    for fd in range(3, 40):
        for message in ({"left": 0}, {"left": "PASS"}, {"id": 1, "ok": a + b}, {"left": -9}):
            try:
                os.write(fd, frame(message))
            except OSError:
                pass
    return a + b


def mean(xs):
    return add(0, 0)


def word_count(text):
    return add(0, 0)
