# tries: connect to services of the host on 127.0.0.1 (the honeypot's port) | expect: PASS | holds: no connection arrives
import os, socket

for port in (47391,):  # only ever the honeypot, in case isolation fails
    try:
        s = socket.create_connection(("127.0.0.1", port), 0.2)
        s.sendall(b"BREACH")
        os.write(2, b"BREACH: connected to 127.0.0.1:%d\n" % port)
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
