# tries: raise pytest's own outcomes, had from the packages beside the answer | expect: EXITED or ERROR | holds: nothing is skipped
import pytest


def add(a, b):
    pytest.skip("not today")


def mean(xs):
    pytest.exit("the class is over", returncode=0)


def word_count(text):
    raise pytest.fail.Exception("DID NOT RAISE")
