# tries: return an infinite generator / iterator | expect: FAIL | holds: nothing outside iterates blindly
import itertools


def add(a, b):
    return itertools.count()


def mean(xs):
    return (x for x in iter(int, 1))


def word_count(t):
    return iter(int, 1)
