# tries: patch isinstance, len, sum, AssertionError, print | expect: FAIL or EXITED or PROTOCOL | holds: only its own process is fooled
import builtins

builtins.isinstance = lambda *a: True
builtins.issubclass = lambda *a: True
builtins.len = lambda x: 0
builtins.sum = lambda x: 2.5
builtins.AssertionError = type("AssertionError", (BaseException,), {})
builtins.print = lambda *a, **k: None


def add(a, b):
    return None


def mean(xs):
    return None


def word_count(text):
    return None
