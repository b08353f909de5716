# tries: exponential forking (depth 9, so at most 512), ignoring errors | expect: PASS or TIMEOUT | holds: limit, none left
import os, time

parent = True
for _ in range(9):
    try:
        if os.fork() == 0:
            parent = False
    except OSError:
        pass
if not parent:
    time.sleep(60)
    os._exit(0)


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
