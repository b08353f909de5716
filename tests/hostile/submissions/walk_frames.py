# tries: walk every frame and read locals/globals for expected values | expect: FAIL | holds: the secret is not in this process
import os, sys


def look():
    f = sys._getframe()
    while f:
        for d in (f.f_locals, f.f_globals):
            if "SECRETVALUE" in repr(list(d.values()))[:200000].replace('SECRETVALUE" in repr', ""):
                os.write(2, b"BREACH: secret in a frame\n")
            for k in ("want", "expected", "EXPECTED"):
                if k in d:
                    os.write(2, b"BREACH: expected value in a frame\n")
        f = f.f_back


def add(a, b):
    look()
    return -1


def mean(xs):
    look()
    return -1


def word_count(t):
    look()
    return -1
