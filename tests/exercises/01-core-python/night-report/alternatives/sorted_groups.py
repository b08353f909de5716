# Holds the lines, sorts them by event and reads each group once.
# exercise: core.night-report
from collections.abc import Callable
from heapq import nsmallest
from itertools import groupby
from operator import attrgetter


def night_report(read: Callable[[], Line | None], promoter: dict[str, object]) -> Report:
    """Return the report of one promoter on a log that can be read once; amounts in cents."""
    settings = HOUSE | promoter
    hidden = settings["hide"] + settings.get("also_hide", [])
    by_event = attrgetter("event")
    lines = sorted((line for line in iter(read, None) if line.event not in hidden), key=by_event)
    net = {
        event: sum(line.cents * (1 - 2 * line.refund) for line in group)
        for event, group in groupby(lines, by_event)
    }
    best = nsmallest(settings["top"], net.items(), key=lambda item: (-item[1], item[0]))
    return Report(lines=len(lines), total=sum(net.values()), best=tuple(best))
