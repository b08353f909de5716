# tries: fill every writable place and keep it full | expect: PASS or MEMORY | holds: bounded, gone afterwards
import os

for base in ("/work", "/tmp", "/dev/shm"):
    try:
        for i in range(64):
            with open(f"{base}/keep{i}", "wb", 0) as f:
                f.write(b"f" * (4 << 20))
    except OSError:
        pass


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
