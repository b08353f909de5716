# tries: kill(-1, SIGKILL) and kill(-1, SIGSTOP) from a child | expect: PASS or KILLED | holds: processes outside are untouched
import os, signal, time

if os.fork() == 0:
    os.kill(-1, signal.SIGSTOP)
    os.kill(-1, signal.SIGKILL)
    os._exit(0)
time.sleep(0.1)


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
