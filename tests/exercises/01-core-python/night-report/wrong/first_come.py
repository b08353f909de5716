# Leaves equal nets in the order of their first line.
# fails: test_equal_nets_go_by_event, test_layers_of_hiding
# says: must not differ
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
        if line.event not in hidden:
            count += 1
            net[line.event] += -line.cents if line.refund else line.cents
    return Report(lines=count, total=net.total(), best=tuple(net.most_common(settings["top"])))
