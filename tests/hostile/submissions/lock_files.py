# tries: exhaust file descriptors, locks, timers, semaphores | expect: PASS | holds: bounded by NOFILE
import os

fds = []
try:
    for _ in range(5000):
        fds.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    pass
if len(fds) > 2000:
    os.write(2, b"BREACH: no fd limit\n")
for f in fds:
    os.close(f)


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
