# tries: chmod, chown, rename, unlink and truncate the interpreter and the worker | expect: PASS | holds: read-only
import os, sys

for p in (sys.executable, "/opt/worker.py", "/opt/py/lib/python3.11/json/__init__.py", "/etc/passwd", "/usr/lib"):
    for f in (
        lambda: os.chmod(p, 0o777),
        lambda: os.chown(p, 1000, 1000),
        lambda: os.rename(p, p + ".bak"),
        lambda: os.unlink(p),
        lambda: os.truncate(p, 0),
        lambda: os.utime(p),
    ):
        try:
            f()
            os.write(2, b"BREACH: changed " + p.encode() + b"\n")
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
