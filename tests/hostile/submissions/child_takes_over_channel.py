# tries: the parent exits 0 while a forked child keeps the channel and answers | expect: EXITED | holds: no forged pass
import os

if os.fork():
    os._exit(0)


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
