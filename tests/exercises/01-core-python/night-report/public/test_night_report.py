import random
from collections import defaultdict
from collections.abc import Callable, Iterable

import answer
import pytest
from given import HOUSE, Line, Report


def log(lines: Iterable[Line]) -> Callable[[], Line | None]:
    """Return a `read` for the lines: one after the other, once."""
    left = iter(lines)
    return lambda: next(left, None)


def some_lines(rng: random.Random, events: list[str], count: int, refunds: float = 0.3) -> list[Line]:
    """Lines of all events, mixed, refunds among them."""
    return [
        Line(event=rng.choice(events), cents=rng.randrange(1, 200) * 50, refund=rng.random() < refunds)
        for _ in range(count)
    ]


def nets(lines: list[Line]) -> dict[str, int]:
    net: dict[str, int] = defaultdict(int)
    for line in lines:
        net[line.event] += -line.cents if line.refund else line.cents
    return dict(net)


def test_the_example():
    """E7 sells, E9 sells, E7 refunds and sells again, E9 refunds more than it sold."""
    lines = [
        Line(event="E7", cents=9500),
        Line(event="E9", cents=4000),
        Line(event="E7", cents=9500, refund=True),
        Line(event="E7", cents=2000),
        Line(event="E9", cents=6000, refund=True),
    ]
    expected = Report(lines=5, total=0, best=(("E7", 2000),))
    assert answer.night_report(log(lines), {"top": 1}) == expected, "what E9 owes lowers the total"


@pytest.mark.points(2)
def test_bookings_of_events_alternate(rng: random.Random):
    """Every sale of an event counts, wherever it stands in the log."""
    lines = some_lines(rng, ["E7", "E9", "E11"], 30, refunds=0)
    report = answer.night_report(log(lines), {})
    assert dict(report.best) == nets(lines), "an event that sells all evening comes up again and again"


def test_refunds_are_taken_off(rng: random.Random):
    """A refund lowers the net of its event by what was paid back."""
    sold, back = rng.randrange(500, 900) * 10, rng.randrange(1, 400) * 10
    lines = [Line(event="E7", cents=sold), Line(event="E7", cents=back, refund=True)]
    assert answer.night_report(log(lines), {}).total == sold - back


def test_the_promoter_says_how_many(rng: random.Random):
    """The promoter's `top` goes before the house's; without one the house's 3 holds."""
    lines = [Line(event=f"E{n}", cents=n * 1000) for n in rng.sample(range(1, 9), 8)]
    assert len(answer.night_report(log(lines), {}).best) == HOUSE["top"]
    assert answer.night_report(log(lines), {"top": 2}).best == (("E8", 8000), ("E7", 7000))


def test_hidden_events_are_left_out(rng: random.Random):
    """Hidden events are in no number of the report: not in the lines, the total or the best."""
    lines = some_lines(rng, ["E7", "TEST", "E9"], 30)
    shown = [line for line in lines if line.event != "TEST"]
    report = answer.night_report(log(lines), {})
    assert (report.lines, report.total) == (len(shown), sum(nets(shown).values())), "test sales are nobody's revenue"


def test_an_empty_night():
    """A log without lines gives an empty report."""
    assert answer.night_report(log([]), {}) == Report(lines=0, total=0, best=())
