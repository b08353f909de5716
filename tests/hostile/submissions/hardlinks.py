# tries: hard-link read-only files into the workspace and change them there | expect: PASS | holds: refused (other file system)
import os

for t in ("/opt/worker.py", "/etc/passwd", "/opt/py/lib/python3.11/os.py", "/usr/lib/os-release"):
    try:
        os.link(t, "/work/hl")
        os.chmod("/work/hl", 0o777)
        os.write(2, b"BREACH: hard link to " + t.encode() + b"\n")
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
