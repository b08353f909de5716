import operator
import random

import answer
import pytest

from course.checks import inside


def seats(rng: random.Random, count: int) -> list[str]:
    """Different labels in an order that no sorting gives."""
    return [f"{'ABCDEFGH'[n // 40]}{n % 40 + 1}" for n in rng.sample(range(320), count)]


def test_seats_come_in_house_order(rng: random.Random):
    """A map knows how many seats it has and gives them in house order."""
    labels = seats(rng, rng.randrange(5, 30))
    house = answer.SeatMap(labels)
    assert len(house) == len(labels)
    assert list(house) == labels, "the door list is read from front to back"


def test_a_position_gives_a_label(rng: random.Random):
    """A number in brackets is a position, counted from 0, or from the end if negative."""
    labels = seats(rng, 12)
    house, at = answer.SeatMap(labels), rng.randrange(-12, 12)
    assert house[at] == labels[at]
    assert house[-1] == labels[-1], "the last seat of the house"


def test_outside_the_house_there_is_no_seat():
    """A position outside raises IndexError."""
    house = answer.SeatMap(["A1", "A2"])
    for at in (2, -3):
        with pytest.raises(IndexError):
            house[at]


@pytest.mark.points(2)
def test_a_slice_is_a_seat_map(rng: random.Random):
    """A slice of a house is a seat map again, steps and open ends included."""
    labels = seats(rng, 20)
    start, stop, step = rng.randrange(-20, 20), rng.choice([None, 25, -2]), rng.choice([1, 2, -3])
    cut = answer.SeatMap(labels)[start:stop:step]
    assert inside(isinstance, cut, answer.SeatMap) is True, "what works on the house has to work on a part of it"
    assert list(cut) == labels[start:stop:step]


def test_a_label_gives_its_position(rng: random.Random):
    """A label in brackets gives the position of that seat, in a slice the position there."""
    labels = seats(rng, 20)
    house, at = answer.SeatMap(labels), rng.randrange(5, 20)
    assert house[labels[at]] == at
    assert house[5:][labels[at]] == at - 5, "a part of the house counts from its own first seat"
    with pytest.raises(KeyError):
        house["Z99"]


def test_a_seat_is_found_by_its_label(rng: random.Random):
    """`in` says whether the house has that seat."""
    labels = seats(rng, 15)
    house = answer.SeatMap(labels[:10])
    assert [inside(operator.contains, house, label) for label in labels] == [True] * 10 + [False] * 5


def test_a_label_given_twice_is_refused(rng: random.Random):
    """A house with one label on two chairs is refused, and the label is named."""
    labels = seats(rng, 8)
    twice = rng.choice(labels[:7])
    with pytest.raises(ValueError, match=rf"\b{twice}\b"):
        answer.SeatMap([*labels, twice])
