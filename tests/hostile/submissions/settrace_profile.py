# tries: sys.settrace / sys.setprofile / sys.addaudithook on everything after import | expect: FAIL | holds: sees only its own process
import os, sys


def tr(frame, event, arg):
    if "want" in frame.f_locals or "EXPECTED" in frame.f_globals:
        os.write(2, b"BREACH: traced a test\n")
    return tr


sys.settrace(tr)
sys.setprofile(lambda *a: None)
sys.addaudithook(lambda e, a: None)


def add(a, b):
    return None


def mean(xs):
    return None


def word_count(text):
    return None
