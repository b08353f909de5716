# Counts every line that was read.
# fails: test_hidden_events_are_left_out, test_any_night
# says: nobody's revenue
# exercise: core.night-report
from collections import ChainMap, Counter
from collections.abc import Callable
from itertools import groupby


def night_report(read: Callable[[], Line | None], promoter: dict[str, object]) -> Report:
    """Return the report of one promoter on a log that can be read once; amounts in cents."""
    settings = ChainMap(promoter, HOUSE)
    hidden = {*settings["hide"], *settings.get("also_hide", ())}
    count, net = 0, Counter()
    for line in iter(read, None):
        count += 1
        if line.event not in hidden:
            net[line.event] += -line.cents if line.refund else line.cents
    ranked = sorted(net.items(), key=lambda item: (-item[1], item[0]))
    return Report(lines=count, total=net.total(), best=tuple(ranked[: settings["top"]]))
