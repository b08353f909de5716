# tries: read address 0 through ctypes | expect: CRASH | holds: only the sandbox dies
import ctypes


def add(a, b):
    return ctypes.string_at(0)


def mean(xs):
    if not xs:
        raise ValueError("empty")
    return sum(xs) / len(xs)


def word_count(text):
    out = {}
    for w in text.split():
        out[w] = out.get(w, 0) + 1
    return out
