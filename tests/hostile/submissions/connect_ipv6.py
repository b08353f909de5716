# tries: connect to ::1 | expect: PASS | holds: no connection arrives
import os, socket

try:
    socket.create_connection(("::1", 47391), 0.2).sendall(b"BREACH")
    os.write(2, b"BREACH: connected to ::1\n")
except OSError:
    pass


def add(a, b):
    return a + b


def mean(xs):
    if not xs:
        raise ValueError("empty")
    return sum(xs) / len(xs)


def word_count(text):
    out = {}
    for w in text.split():
        out[w] = out.get(w, 0) + 1
    return out
