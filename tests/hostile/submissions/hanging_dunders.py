# tries: __repr__, __str__, __eq__, __hash__, __bool__ that hang | expect: FAIL or TIMEOUT | holds: never run in the test process; a remote str() is bounded
import time


def hang(self, *a):
    time.sleep(100)


class H:
    __repr__ = __str__ = __eq__ = __hash__ = __bool__ = __len__ = hang


def add(a, b):
    return H()


mean = word_count = lambda x: H()
