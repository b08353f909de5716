# Adds the promoter's `hide` to the house's, where it should replace it.
# fails: test_layers_of_hiding
# says: TEST
# exercise: core.night-report
from collections import ChainMap, Counter
from collections.abc import Callable
from itertools import groupby


def night_report(read: Callable[[], Line | None], promoter: dict[str, object]) -> Report:
    """Return the report of one promoter on a log that can be read once; amounts in cents."""
    settings = ChainMap(promoter, HOUSE)
    hidden = {*HOUSE["hide"], *settings["hide"], *settings.get("also_hide", ())}
    count, net = 0, Counter()
    for line in iter(read, None):
        if line.event not in hidden:
            count += 1
            net[line.event] += -line.cents if line.refund else line.cents
    ranked = sorted(net.items(), key=lambda item: (-item[1], item[0]))
    return Report(lines=count, total=net.total(), best=tuple(ranked[: settings["top"]]))
