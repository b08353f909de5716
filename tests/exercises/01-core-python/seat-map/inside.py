"""What the checks of core.seat-map arrange beside the answer."""

import answer


def from_generator(labels):
    """Build a map from a generator; return its length, its labels and which of them it finds."""
    house = answer.SeatMap(label for label in labels)
    return len(house), list(house), [label in house for label in labels]


def pairs(labels):
    """Walk over one map inside a walk over the same map."""
    house = answer.SeatMap(labels)
    return [(left, right) for left in house for right in house]


def changed_afterwards(labels):
    """Build a map from a list, then change the list; return what the map says."""
    mine = list(labels)
    house = answer.SeatMap(mine)
    mine.append("Z99")
    return len(house), list(house)


def find_all(labels, wanted):
    """Return how many of the wanted labels the map has."""
    house = answer.SeatMap(labels)
    return sum(label in house for label in wanted)


def distinct(plans):
    """Return how many different members a set of the maps of these label lists has."""
    return len({answer.SeatMap(labels) for labels in plans})
