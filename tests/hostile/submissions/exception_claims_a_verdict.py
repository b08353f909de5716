# tries: exceptions that carry the attributes by which the judge tells verdicts | expect: ERROR | holds: attributes of theirs are data
class Ended(Exception):
    def __init__(self):
        super().__init__("fine")
        self.verdict, self.where, self.told, self.passed = "PASS", [], "all checks passed", True


class Nice(AssertionError):
    pass


def add(a, b):
    raise Ended


def mean(xs):
    raise Nice("assert 2.5 == 2.5")


def word_count(text):
    raise StopIteration({"a": 2, "b": 1})
