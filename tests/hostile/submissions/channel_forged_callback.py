# tries: send callback messages nobody offered, and endless ones, on the channel | expect: PROTOCOL | holds: no test code is called
import json, os, struct


def add(a, b):
    raw = json.dumps({"cb": 1, "args": [1, 2]}).encode()
    for _ in range(100):
        for fd in range(3, 16):
            try:
                os.write(fd, struct.pack(">I", len(raw)) + raw)
            except OSError:
                pass
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
