# tries: SIGSTOP/SIGTERM/SIGKILL to the parent and to pid 1 (DOMjudge's suspend-ppid) | expect: PASS or KILLED or EXITED | holds: the grader is not stopped
import os, signal

for pid in (os.getppid(), 1):
    for s in (signal.SIGSTOP, signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(pid, s)
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
