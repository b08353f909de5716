"""Hidden tests of a typical function exercise. The word SECRETVALUE must never be seen by student code."""

import pytest
from answer import add, mean, word_count

EXPECTED = {"marker": "SECRETVALUE-7391"}


def test_add_small():
    assert add(2, 3) == 5


def test_add_negative():
    assert add(-20, 3) == -17


def test_add_type():
    r = add(1, 1)
    assert r == 2 and type(r) is int


def test_mean():
    assert mean([1, 2, 3, 4]) == pytest.approx(2.5)


def test_mean_empty():
    with pytest.raises(ValueError):
        mean([])


@pytest.mark.parametrize("text,want", [("a b a", {"a": 2, "b": 1}), ("", {}), ("x", {"x": 1})])
def test_word_count(text, want):
    assert word_count(text) == want
