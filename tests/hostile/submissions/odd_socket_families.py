# tries: create (never connect) AF_VSOCK, AF_NETLINK, AF_PACKET, AF_ALG, AF_KEY, AF_BLUETOOTH sockets | expect: PASS | holds: all refused
import os, socket

for fam in (40, 16, 17, 38, 15, 31, 44, 21):
    for typ in (1, 2, 3, 5):
        try:
            socket.socket(fam, typ).close()
            os.write(2, b"BREACH: socket family %d\n" % fam)
            break
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
