# tries: 3 GB of shared anonymous memory, in pieces | expect: MEMORY | holds: limited
import mmap


def add(a, b):
    keep = []
    for _ in range(96):
        m = mmap.mmap(-1, 32 << 20)
        m.write(b"z" * (32 << 20))
        keep.append(m)
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
