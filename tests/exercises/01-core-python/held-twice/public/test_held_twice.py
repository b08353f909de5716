import operator
import random

import answer

from course.checks import inside


def both(rng: random.Random):
    """One chair as the till and as a partner writes it."""
    row, number = rng.choice("ABCDEFGH"), rng.randrange(1, 10)
    return answer.Seat(row, number), answer.Seat(row.lower(), f"0{number}")


def test_both_spellings_are_equal(rng: random.Random):
    """The till's B 7 and the partner's b 07 are the same chair."""
    till, partner = both(rng)
    assert inside(operator.eq, till, partner) is True
    assert inside(operator.eq, till, answer.Seat("K", 7)) is False, "another row is another chair"


def test_both_spellings_have_one_hash(rng: random.Random):
    """Seats that are equal have equal hashes."""
    till, partner = both(rng)
    assert inside(hash, partner) == inside(hash, till), "a dict asks for the hash before it asks =="


def test_a_held_seat_is_refused_in_any_spelling(rng: random.Random):
    """A seat that Ana holds is not given to Ben, however he spells it."""
    till, partner = both(rng)
    book = answer.HoldBook()
    assert [book.hold(till, "Ana"), book.hold(partner, "Ben")] == [True, False]
    assert (book.holder(partner), len(book)) == ("Ana", 1), "one chair, one owner"


def test_other_seats_stay_free(rng: random.Random):
    """Holding one seat leaves its neighbour free, and the same customer may ask twice."""
    till, _ = both(rng)
    book, neighbour = answer.HoldBook(), answer.Seat("K", rng.randrange(1, 10))
    assert [book.hold(till, "Ana"), book.hold(till, "Ana"), book.hold(neighbour, "Ben")] == [True, True, True]
    assert (book.holder(neighbour), len(book)) == ("Ben", 2)


def test_a_seat_has_one_spelling(rng: random.Random):
    """A seat's row is upper-case text, its number an int."""
    _, partner = both(rng)
    row, number = partner.row, partner.number
    assert (row, number, type(number)) == (row.upper(), int(number), int), "settle the spelling where data comes in"


def test_a_renamed_row_keeps_its_holds(rng: random.Random):
    """After row B has become row D, Ana holds her seat in row D and nobody holds it in row B."""
    number = rng.randrange(1, 40)
    book = answer.HoldBook()
    book.hold(answer.Seat("B", number), "Ana")
    book.rename_row("B", "D")
    assert [book.holder(answer.Seat(row, number)) for row in "DB"] == ["Ana", None], "a lost hold is sold again"
    assert len(book) == 1
