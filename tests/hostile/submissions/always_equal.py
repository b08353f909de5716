# tries: return an object that equals everything | expect: FAIL | holds: compared by value outside
class Yes:
    def __eq__(self, o):
        return True

    def __ne__(self, o):
        return False

    def __hash__(self):
        return 0

    def __lt__(self, o):
        return True

    __le__ = __gt__ = __ge__ = __lt__

    def __bool__(self):
        return True

    def __float__(self):
        return 2.5

    def __abs__(self):
        return 0

    def __sub__(self, o):
        return 0

    __rsub__ = __sub__


def add(a, b):
    return Yes()


def mean(xs):
    return Yes()


def word_count(t):
    return Yes()
