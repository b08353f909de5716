# tries: raise its own resource limits | expect: PASS | holds: hard limits stay
import os, resource

for n in ("NPROC", "FSIZE", "NOFILE", "AS", "CPU"):
    w = getattr(resource, "RLIMIT_" + n)
    try:
        resource.setrlimit(w, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        os.write(2, b"BREACH: raised " + n.encode() + b"\n")
    except (ValueError, OSError):
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
