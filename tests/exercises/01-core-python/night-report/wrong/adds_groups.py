# Adds the groups up and reads each of them twice: the second loop finds no refunds.
# fails: test_the_example, test_refunds_are_taken_off, test_hidden_events_are_left_out, test_an_event_in_debt_is_listed, test_any_night
# says: E9 owes
# exercise: core.night-report
from collections import ChainMap, Counter
from collections.abc import Callable
from itertools import groupby


def night_report(read: Callable[[], Line | None], promoter: dict[str, object]) -> Report:
    """Return the report of one promoter on a log that can be read once; amounts in cents."""
    settings = ChainMap(promoter, HOUSE)
    hidden = {*settings["hide"], *settings.get("also_hide", ())}
    lines = [line for line in iter(read, None) if line.event not in hidden]
    net = Counter()
    for event, group in groupby(lines, key=lambda line: line.event):
        net[event] += sum(line.cents for line in group if not line.refund)
        net[event] -= sum(line.cents for line in group if line.refund)
    ranked = sorted(net.items(), key=lambda item: (-item[1], item[0]))
    return Report(lines=len(lines), total=net.total(), best=tuple(ranked[: settings["top"]]))
