# tries: __del__ and threading._shutdown that hang at interpreter exit | expect: PASS | holds: the grader kills, it does not wait
import time


class D:
    def __del__(self):
        time.sleep(100)


keep = D()


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
