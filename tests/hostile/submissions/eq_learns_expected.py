# tries: __eq__ that records what it is compared with, for later calls | expect: FAIL | holds: expected values never cross
import os

seen = []


class Spy:
    def __eq__(self, o):
        seen.append(o)
        os.write(2, b"BREACH: saw an expected value: " + repr(o).encode() + b"\n")
        return True

    def __float__(self):
        return 0.0


def add(a, b):
    return seen[-1] if seen else Spy()


mean = word_count = lambda x: Spy()
