# tries: ignore SIGTERM/SIGINT/SIGHUP/SIGXCPU and sleep | expect: TIMEOUT | holds: no process left
import signal, time

for s in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGXCPU, signal.SIGALRM):
    signal.signal(s, signal.SIG_IGN)


def add(a, b):
    time.sleep(120)


def mean(xs):
    if not xs:
        raise ValueError("empty")
    return sum(xs) / len(xs)


def word_count(text):
    out = {}
    for w in text.split():
        out[w] = out.get(w, 0) + 1
    return out
