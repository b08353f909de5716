# Sorts before grouping, and still reads each group twice and subtracts Counters.
# fails: test_the_example, test_refunds_are_taken_off, test_hidden_events_are_left_out, test_an_event_in_debt_is_listed, test_one_report_does_not_change_the_next, test_the_promoters_settings_stay, test_any_night
# says: lowers the total
# exercise: core.night-report
from collections import ChainMap, Counter
from collections.abc import Callable
from itertools import groupby


def night_report(read: Callable[[], Line | None], promoter: dict[str, object]) -> Report:
    """Return the report of one promoter on a log that can be read once; amounts in cents."""
    settings = ChainMap(promoter, HOUSE)
    settings["hide"] += settings.get("also_hide", [])
    lines = [line for line in iter(read, None) if line.event not in settings["hide"]]
    sold, refunded = Counter(), Counter()
    for event, group in groupby(sorted(lines, key=lambda line: line.event), key=lambda line: line.event):
        sold[event] = sum(line.cents for line in group if not line.refund)
        refunded[event] = sum(line.cents for line in group if line.refund)
    net = sold - refunded
    return Report(lines=len(lines), total=sum(net.values()), best=tuple(net.most_common(settings["top"])))
