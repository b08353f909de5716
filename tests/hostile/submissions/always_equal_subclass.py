# tries: int/float/dict subclasses whose __eq__ is always true | expect: FAIL | holds: subclasses do not travel by value
class I(int):
    def __eq__(self, o):
        return True

    def __hash__(self):
        return 0


class F(float):
    def __eq__(self, o):
        return True

    def __sub__(self, o):
        return 0.0

    __rsub__ = __sub__

    def __hash__(self):
        return 0


class D(dict):
    def __eq__(self, o):
        return True


def add(a, b):
    return I(1)


def mean(xs):
    return F(1)


def word_count(t):
    return D()
