# tries: write 200 MB of lines to fd 1 | expect: OUTPUT_LIMIT | holds: the host keeps at most the cap
import os


def add(a, b):
    for _ in range(200):
        os.write(1, b"spam and eggs\n" * 75000)
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
