import operator
import random

import answer
import pytest

from course.checks import inside


def test_a_set_holds_a_chair_once(rng: random.Random):
    """However a chair is spelled, a set holds it once."""
    row, number = rng.choice("ABCDEFGH"), rng.randrange(1, 10)
    spellings = [(r, n) for r in (row, row.lower()) for n in (number, f"{number}", f"0{number}", f"00{number}")]
    assert inside("distinct", spellings) == 1
    assert inside("distinct", [("A", 11), ("A", 1), ("B", 11), ("B", 1)]) == 4, "four chairs are four chairs"


def test_a_seat_never_changes():
    """Assigning to a seat's row or number is refused."""
    seat = answer.Seat("B", 7)
    with pytest.raises(AttributeError):
        seat.row = "D"
    with pytest.raises(AttributeError):
        seat.number = 8
    assert (seat.row, seat.number) == ("B", 7), "a key that changes is lost in its dict"


def test_a_stranger_is_asked(rng: random.Random):
    """A seat leaves the comparison with an unknown type to that type; without an answer they are not equal."""
    number = rng.randrange(1, 40)
    assert inside("compare_with_partner", "B", number) is True, "False would be an opinion"
    seat = answer.Seat("B", number)
    assert [inside(operator.eq, seat, thing) for thing in (None, f"B{number}", ("B", number))] == [False] * 3


def test_a_number_that_is_none_is_refused():
    """A seat number that is no number raises ValueError."""
    with pytest.raises(ValueError):
        answer.Seat("B", "seven")


def test_renaming_takes_any_spelling(rng: random.Random):
    """The old and the new row may be given in lower case."""
    number = rng.randrange(1, 10)
    asked = [("D", number), ("d", f"0{number}"), ("B", number)]
    customers, _ = inside("replay", [("B", number, "Ana")], [("b", "d")], asked)
    assert customers == ["Ana", "Ana", None]


@pytest.mark.points(2)
def test_renaming_moves_one_row_and_no_other(rng: random.Random):
    """Every hold of the renamed row moves, every other hold stays where it is."""
    places = rng.sample([(row, number) for row in "ABC" for number in range(1, 13)], 9)
    holds = [(row, number, f"c-{at}") for at, (row, number) in enumerate(places)]
    asked = [("D" if row == "B" else row, number) for row, number in places]
    expected = [f"c-{at}" for at in range(9)], 9
    assert inside("replay", holds, [("B", "D")], asked) == expected, "a venue renames one row, not the house"


def test_the_customers_own_seat_stays_as_it_is():
    """Renaming a row replaces seats in the book and changes none: others hold on to the same objects."""
    seat, book = answer.Seat("B", 7), answer.HoldBook()
    book.hold(seat, "Ana")
    book.rename_row("B", "D")
    assert (seat.row, seat.number) == ("B", 7), "the printed ticket still says B 7"
    assert [book.hold(seat, "Ben"), book.holder(answer.Seat("D", 7))] == [True, "Ana"], "B 7 is free now"
