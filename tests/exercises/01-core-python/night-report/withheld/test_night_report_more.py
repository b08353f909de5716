import random
from collections import defaultdict
from collections.abc import Callable, Iterable

import answer
import pytest
from given import Line, Report

from course.checks import inout


def log(lines: Iterable[Line]) -> Callable[[], Line | None]:
    """Return a `read` for the lines: one after the other, once."""
    left = iter(lines)
    return lambda: next(left, None)


def test_an_event_in_debt_is_listed():
    """An event whose refunds reach or exceed its sales is in the report, with its net."""
    lines = [Line(event="E7", cents=500), Line(event="E8", cents=700), Line(event="E9", cents=900)]
    lines += [Line(event="E7", cents=500, refund=True), Line(event="E9", cents=4900, refund=True)]
    report = answer.night_report(log(lines), {})
    assert report.best == (("E8", 700), ("E7", 0), ("E9", -4000)), "debts are what the promoter has to hear of"


def test_equal_nets_go_by_event(rng: random.Random):
    """Events with the same net stand in the order of their names, whoever sold first."""
    events = ["E5", *rng.sample(["E1", "E2", "E3", "E4"], 4)]
    lines = [Line(event=event, cents=4000) for event in events]
    assert answer.night_report(log(lines), {}).best == (("E1", 4000), ("E2", 4000), ("E3", 4000)), (
        "two runs over one day must not differ"
    )


@pytest.mark.points(2)
def test_one_report_does_not_change_the_next():
    """What one promoter hides in addition is not hidden from the next one."""
    lines = [Line(event="E7", cents=9500), Line(event="E9", cents=4000)]
    first = answer.night_report(log(lines), {"also_hide": ["E7"]})
    second = answer.night_report(log(lines), {})
    assert (first.total, second.total) == (4000, 13500), "the house total must not depend on who came before"


def test_the_promoters_settings_stay():
    """The promoter's own settings are as they were after the report."""
    settings = inout({"also_hide": ["E7"], "hide": ["E1"]})
    answer.night_report(log([Line(event="E9", cents=4000)]), settings)
    assert settings.value == {"also_hide": ["E7"], "hide": ["E1"]}, (
        "a report that writes its settings grows every night"
    )


def test_layers_of_hiding():
    """The promoter's `hide` replaces the house's, `also_hide` adds to whichever holds."""
    lines = [Line(event=event, cents=1000) for event in ("TEST", "E1", "E2", "E3")]

    def shown(promoter: dict) -> list[str]:
        return [event for event, _ in answer.night_report(log(lines), {"top": 9, **promoter}).best]

    assert shown({"hide": ["E1"]}) == ["E2", "E3", "TEST"]
    assert shown({"hide": ["E1"], "also_hide": ["E2"]}) == ["E3", "TEST"]
    assert shown({"also_hide": ["E2"]}) == ["E1", "E3"]


@pytest.mark.points(2)
def test_any_night(rng: random.Random):
    """Lines, total and best agree with a plain count, for any log and any settings."""
    for _ in range(8):
        events = [f"E{n}" for n in range(1, 6)] + ["TEST"]
        lines = [
            Line(event=rng.choice(events), cents=rng.randrange(0, 40) * 50, refund=rng.random() < 0.4)
            for _ in range(rng.randrange(40))
        ]
        promoter = {"top": rng.randrange(7), "also_hide": rng.sample(events, 2)}
        net: dict[str, int] = defaultdict(int)
        kept = [line for line in lines if line.event not in ("TEST", *promoter["also_hide"])]
        for line in kept:
            net[line.event] += -line.cents if line.refund else line.cents
        best = sorted(net.items(), key=lambda item: (-item[1], item[0]))[: promoter["top"]]
        expected = Report(lines=len(kept), total=sum(net.values()), best=tuple(best))
        assert answer.night_report(log(lines), promoter) == expected
