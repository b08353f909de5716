# tries: inspect.stack() to find the test's source | expect: FAIL | holds: no test in the stack
import inspect, os


def add(a, b):
    for fr in inspect.stack():
        if "test_" in fr.function or "test_" in fr.filename:
            os.write(2, b"BREACH: test visible in the stack\n")
    return -1


def mean(xs):
    if not xs:
        raise ValueError("empty")
    return sum(xs) / len(xs)


def word_count(text):
    out = {}
    for w in text.split():
        out[w] = out.get(w, 0) + 1
    return out
