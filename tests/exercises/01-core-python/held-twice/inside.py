"""What the checks of core.held-twice arrange beside the answer."""

import answer


class PartnerSeat:
    """A partner's own type, which knows how to compare itself with ours."""

    def __init__(self, row, number):
        self.row, self.number = row, number

    def __eq__(self, seat):
        return (self.row, self.number) == (seat.row, seat.number)

    __hash__ = None


def compare_with_partner(row, number):
    """Return whether our seat equals the partner's, our seat asked first."""
    return answer.Seat(row, number) == PartnerSeat(row, number)


def distinct(spellings):
    """Return how many different members a set of these seats has."""
    return len({answer.Seat(row, number) for row, number in spellings})


def replay(holds, renames, asked):
    """Hold seats, rename rows; return the customers of the seats asked for and the number of holds."""
    book = answer.HoldBook()
    for row, number, customer in holds:
        book.hold(answer.Seat(row, number), customer)
    for old, new in renames:
        book.rename_row(old, new)
    return [book.holder(answer.Seat(row, number)) for row, number in asked], len(book)
