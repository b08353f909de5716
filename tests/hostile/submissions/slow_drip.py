# tries: stay just under the per-call limit, every call | expect: TIMEOUT | holds: the session budget ends it
import time


def add(a, b):
    time.sleep(1.9)
    return a + b


def mean(xs):
    if not xs:
        raise ValueError
    for _ in range(5):
        time.sleep(1.9)
    return sum(xs) / len(xs)


def word_count(t):
    time.sleep(1.9)
    return {w: t.split().count(w) for w in t.split()}
