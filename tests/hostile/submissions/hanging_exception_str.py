# tries: raise an exception whose __str__ hangs | expect: TIMEOUT | holds: bounded by the call limit
import time


class E(Exception):
    def __str__(self):
        time.sleep(100)


def add(a, b):
    raise E


def mean(xs):
    if not xs:
        raise ValueError("empty")
    return sum(xs) / len(xs)


def word_count(text):
    out = {}
    for w in text.split():
        out[w] = out.get(w, 0) + 1
    return out
