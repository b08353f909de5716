# tries: SIGKILL itself | expect: KILLED | holds: told apart from time and memory
import os, signal


def add(a, b):
    os.kill(os.getpid(), signal.SIGKILL)


def mean(xs):
    if not xs:
        raise ValueError("empty")
    return sum(xs) / len(xs)


def word_count(text):
    out = {}
    for w in text.split():
        out[w] = out.get(w, 0) + 1
    return out
