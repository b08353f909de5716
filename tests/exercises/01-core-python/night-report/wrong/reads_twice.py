# Counts the lines in a first pass and adds up in a second one.
# fails: test_the_example, test_bookings_of_events_alternate, test_refunds_are_taken_off, test_the_promoter_says_how_many, test_hidden_events_are_left_out, test_an_event_in_debt_is_listed, test_equal_nets_go_by_event, test_one_report_does_not_change_the_next, test_layers_of_hiding, test_any_night
# says: best=()
# exercise: core.night-report
from collections import ChainMap, Counter
from collections.abc import Callable
from itertools import groupby


def night_report(read: Callable[[], Line | None], promoter: dict[str, object]) -> Report:
    """Return the report of one promoter on a log that can be read once; amounts in cents."""
    settings = ChainMap(promoter, HOUSE)
    hidden = {*settings["hide"], *settings.get("also_hide", ())}
    count, net = sum(1 for line in iter(read, None) if line.event not in hidden), Counter()
    for line in iter(read, None):
        if line.event not in hidden:
            net[line.event] += -line.cents if line.refund else line.cents
    ranked = sorted(net.items(), key=lambda item: (-item[1], item[0]))
    return Report(lines=count, total=net.total(), best=tuple(ranked[: settings["top"]]))
