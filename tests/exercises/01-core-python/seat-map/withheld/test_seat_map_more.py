import operator
import random

import answer
import pytest

from course.checks import inside


def seats(rng: random.Random, count: int) -> list[str]:
    """Different labels in an order that no sorting gives."""
    return [f"{'ABCDEFGH'[n // 40]}{n % 40 + 1}" for n in rng.sample(range(320), count)]


def test_a_generator_is_enough(rng: random.Random):
    """Labels may come from a generator, which can be read once."""
    labels = seats(rng, 9)
    assert inside("from_generator", labels) == (9, labels, [True] * 9), "a second pass over a generator finds nothing"


def test_any_object_may_be_looked_for():
    """`in` answers False for whatever is no label, and never raises."""
    house = answer.SeatMap(["A1", "A2"])
    strangers = [7, None, ["A1"], {"A1": 1}, ("A1",), 0.5, b"A1"]
    assert [inside(operator.contains, house, thing) for thing in strangers] == [False] * 7, "the question is legal"


def test_other_keys_are_refused():
    """Neither position, slice nor label in brackets: TypeError, the caller's mistake and not a missing seat."""
    house = answer.SeatMap(["A1", "A2"])
    for key in (None, 1.0, ("A1",), b"A1"):
        with pytest.raises(TypeError):
            house[key]


def test_a_sold_out_map_is_still_a_map():
    """An empty map is true."""
    house = answer.SeatMap(["A1"])
    assert [inside(bool, house), inside(bool, house[1:])] == [True, True], "`cached or load()` sold phantom seats"


def test_loops_do_not_disturb_each_other(rng: random.Random):
    """Two loops over one house, one inside the other, each see every seat."""
    labels = seats(rng, 4)
    assert inside("pairs", labels) == [(left, right) for left in labels for right in labels]


def test_equal_maps_count_once(rng: random.Random):
    """Maps with the same labels in the same order are equal and one member of a set; nothing else is equal to them."""
    labels = seats(rng, 6)
    house = answer.SeatMap(labels)
    others = [answer.SeatMap(labels), answer.SeatMap(labels[::-1]), house[1:], labels, tuple(labels)]
    assert [inside(operator.eq, house, other) for other in others] == [True, False, False, False, False]
    assert inside("distinct", [labels, labels[::-1], labels]) == 2, "equal objects need equal hashes"


def test_the_house_does_not_change(rng: random.Random):
    """What happens later to the list of labels does not reach the map."""
    labels = seats(rng, 6)
    assert inside("changed_afterwards", labels) == (6, labels)


def test_a_search_does_not_walk():
    """Looking for each of 30,000 seats takes no walk over 30,000 seats each."""
    labels = [f"{row}-{number}" for row in range(300) for number in range(100)]
    assert inside("find_all", labels, [f"{label}x" for label in labels]) == 0, "a full house on sale day"
