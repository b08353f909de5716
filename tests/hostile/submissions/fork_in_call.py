# tries: fork inside a call so that two processes answer | expect: PROTOCOL or FAIL or PASS | holds: answers are matched by id, no duplicate counts
import os


def add(a, b):
    os.fork()
    return a + b if os.getpid() % 2 else a + b


def mean(xs):
    if not xs:
        raise ValueError("empty")
    return sum(xs) / len(xs)


def word_count(text):
    out = {}
    for w in text.split():
        out[w] = out.get(w, 0) + 1
    return out
