import random

import answer
import pytest


class Clock:
    """Seconds, set by the check."""

    def __init__(self, now: float = 0.0) -> None:
        self.now = now

    def read(self) -> float:
        return self.now


def test_the_example():
    """Ana and Ben at 0 s, Ana at 20 s and 30 s: four sightings of two customers at 59 s, two of one at 60 s."""
    clock = Clock()
    window = answer.Window(60, clock.read)
    for clock.now, customer in ((0, "Ana"), (0, "Ben"), (20, "Ana"), (30, "Ana")):
        window.see(customer)
    clock.now = 59
    assert (window.total(), window.customers(), window.busiest(1)) == (4, 2, [("Ana", 3)])
    clock.now = 60
    assert (window.total(), window.customers(), window.busiest(5)) == (2, 1, [("Ana", 2)]), "Ben left a minute ago"


def test_a_sighting_leaves_at_its_age(rng: random.Random):
    """A sighting counts while it is younger than the window, and no longer at exactly that age."""
    start, seconds = rng.randrange(10_000, 99_999), rng.choice([2, 30, 60])
    clock = Clock(start)
    window = answer.Window(seconds, clock.read)
    window.see("Ana")
    clock.now = start + seconds - 0.5
    assert window.total() == 1, "it is half a second younger than the window"
    clock.now = start + seconds
    assert window.total() == 0, "at exactly that age it has left"


@pytest.mark.points(2)
@pytest.mark.parametrize(("question", "empty"), [("total", 0), ("customers", 0), ("busiest", [])])
def test_silence_empties_the_window(question: str, empty: object):
    """After a quiet time the window is empty, whichever question comes first."""
    clock = Clock()
    window = answer.Window(60, clock.read)
    for customer in ("Ana", "Ben", "Ana"):
        window.see(customer)
    clock.now = 75
    ask = getattr(window, question)
    assert (ask(3) if question == "busiest" else ask()) == empty, "time passes though nobody calls"


def test_a_bot_is_one_customer(rng: random.Random):
    """Somebody who is seen forty times is forty sightings, and one customer."""
    often = rng.randrange(20, 60)
    window = answer.Window(60, Clock().read)
    for customer in ["bot"] * often + ["Ana"]:
        window.see(customer)
    assert (window.total(), window.customers()) == (often + 1, 2), "a queue of bots is no crowd"


def test_the_busiest_come_first(rng: random.Random):
    """The customers seen most often come first, those seen equally often by name."""
    later = ["Eve"] * 2 + ["Ben"] * 5 + ["Ana"] * 2
    rng.shuffle(later)
    window = answer.Window(60, Clock().read)
    for customer in ["Kim", "Eve", "Ana", *later]:
        window.see(customer)
    assert window.busiest(3) == [("Ben", 5), ("Ana", 3), ("Eve", 3)], "equal counts go by name"
    assert window.busiest(9) == [("Ben", 5), ("Ana", 3), ("Eve", 3), ("Kim", 1)]
