# tries: a 10000-link exception chain, a 50 MB message, a __traceback__ loop | expect: ERROR or MEMORY | holds: message capped
def add(a, b):
    e = None
    for i in range(3000):
        n = ValueError("x")
        n.__cause__ = e
        e = n
    raise e


def mean(xs):
    raise RuntimeError("y" * (50 << 20))


def word_count(t):
    raise type("A" * 100000, (Exception,), {})("z")
