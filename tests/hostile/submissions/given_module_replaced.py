# tries: put modules of its own in the places of ours, for later checks | expect: PASS | holds: each process has its own
import sys
import types

for name in ("answer", "given", "inside", "course", "course.judging.wire", "course.judging.judge", "pytest"):
    sys.modules[name] = types.ModuleType(name)


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
