# tries: a background thread that writes to stderr without end | expect: OUTPUT_LIMIT | holds: reader never blocks the tests
import os, threading


def spam():
    while True:
        os.write(2, b"!" * 4096)


threading.Thread(target=spam, daemon=True).start()


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
