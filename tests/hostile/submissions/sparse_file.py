# tries: a 1 TB sparse file | expect: PASS | holds: refused (EFBIG)
import os

try:
    with open("/work/sparse", "wb") as f:
        f.truncate(1 << 40)
    os.write(2, b"BREACH: 1 TB sparse file allowed\n")
except OSError as e:
    os.write(2, f"{e.strerror}\n".encode())


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
