# tries: set the clock, patch time.*, use SIGALRM/itimers | expect: PASS | holds: host clock and measured times unchanged
import os, signal, time

try:
    time.clock_settime(time.CLOCK_REALTIME, 0)
    os.write(2, b"BREACH: set the clock\n")
except OSError:
    pass
time.time = time.monotonic = time.perf_counter = lambda: 1e9
signal.signal(signal.SIGALRM, lambda *a: None)
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)


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
