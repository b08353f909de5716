# No heap and no helper: the smallest of the heads is looked for each time, and the feeds are closed by recursion.
# exercise: core.sales-merge
from collections.abc import Iterable, Iterator, Mapping


def merge(feeds: Mapping[str, Iterable[Sale]]) -> Iterator[Sale]:
    try:
        lines = {name: iter(feed) for name, feed in feeds.items()}
        heads = {}
        for name in lines:
            _step(name, lines, heads)
        while heads:
            first = min((name for name in lines if name in heads), key=lambda name: heads[name].at)
            yield heads[first]
            _step(first, lines, heads)
    finally:
        _close([*feeds.values()])


def _step(name, lines, heads):
    try:
        sale = next(lines[name])
    except StopIteration:
        heads.pop(name, None)
        return
    if name in heads and heads[name].at > sale.at:
        raise ValueError(f"{name} went back to {sale.at}")
    heads[name] = sale


def _close(feeds):
    try:
        if feeds:
            getattr(feeds[0], "close", int)()
    finally:
        if feeds:
            _close(feeds[1:])
