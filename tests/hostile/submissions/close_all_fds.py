# tries: close every fd | expect: EXITED or PROTOCOL or CRASH | holds: a verdict, quickly
import os

os.closerange(0, 256)


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
