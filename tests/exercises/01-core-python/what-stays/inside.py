"""The plug-ins that the checks of core.what-stays weigh, and what they arrange around a weighing."""

import gc
import tracemalloc
from collections import deque

import answer

KEPT = []


class Node:
    """Something of a given size that can refer to another."""

    __slots__ = ("other", "text")

    def __init__(self, size):
        self.text, self.other = text(size), None


def text(size):
    """Return a fresh text that occupies `size` bytes."""
    return "x" * (size - 49)


class Plugin:
    """Counts its calls, and refuses more than 1,000; each method is a way to leave something."""

    def __init__(self, kind, *figures):
        self.calls, self.kept, self.answers = 0, [], deque()  # grows in small steps: a dict would make room in large ones
        self.run, self.figures = getattr(self, kind), figures

    def __call__(self):
        self.calls += 1
        if self.calls > 1_000:
            raise PermissionError("over 1,000 calls: the partner's invoice follows")
        self.run(*self.figures)

    def clean(self, size):
        """Leaves nothing."""
        return [text(size) for _ in range(5)]

    def leak(self, size, each=1):
        """Keeps a text, each so many calls."""
        if self.calls % each == 0:
            self.kept.append(text(size))

    def litter(self, size, each=1):
        """Leaves a cycle of two nodes with a text each, each so many calls."""
        if self.calls % each == 0:
            one, other = Node(size), Node(size)
            one.other, other.other = other, one

    def both(self, litter, leaked):
        """Leaves a cycle, and keeps a text."""
        self.litter(litter)
        self.leak(leaked)

    def hidden(self, size):
        """Keeps a cycle."""
        one, other = Node(size), Node(size)
        one.other, other.other = other, one
        self.kept.append(one)

    def ring(self, size, places):
        """Keeps the last answers, so many of them."""
        self.answers.append(text(size))
        if len(self.answers) > places:
            self.answers.popleft()

    def filling(self, size, limit):
        """Keeps the first answers, so many of them, and then no more."""
        if len(self.kept) < limit:
            self.kept.append(text(size))

    def first(self, size):
        """Makes a buffer at its first call."""
        if self.calls == 1:
            self.kept.append(text(size))

    def messy(self, size, places):
        """Keeps the last so many cycles, and throws the oldest out for the collector to find."""
        one, other = Node(size), Node(size)
        one.other, other.other = other, one
        self.answers.append(one)
        if len(self.answers) > places:
            self.answers.popleft()

    def growing(self, size):
        """Keeps a text, and leaves more litter when there is more."""
        self.leak(size)
        if self.calls > 500:
            self.litter(size)

    def errors(self, size):
        """Keeps an error, whose frame keeps a text."""
        paper = text(size)
        try:
            raise ValueError(len(paper))
        except ValueError as error:
            self.kept.append(error)

    def failing(self, at):
        """Fails at a call."""
        if self.calls == at:
            raise ConnectionError("the partner hung up")


def weigh(kind, *figures):
    """Weigh a plug-in; return litter, leaked, and the number of calls."""
    plugin = Plugin(kind, *figures)
    stay = answer.what_stays(plugin)
    return stay.litter, stay.leaked, plugin.calls


def weigh_beside_litter(kind, *figures):
    """Weigh a plug-in while a megabyte of somebody else's old litter lies about; return litter and leaked."""
    was = gc.isenabled()
    gc.disable()
    tracemalloc.start()
    pairs = [(Node(1_000), Node(1_000)) for _ in range(500)]
    for one, other in pairs:
        one.other, other.other = other, one
    gc.collect()
    del one, other, pairs
    try:
        stay = answer.what_stays(Plugin(kind, *figures))
    finally:
        tracemalloc.stop()
        (gc.enable if was else gc.disable)()
    return stay.litter, stay.leaked


def switches(collecting, tracing, fails_at=0):
    """Set both switches, weigh, and return how they stand, whether a trace from before is known, and what was raised."""
    (gc.enable if collecting else gc.disable)()
    if tracing:
        tracemalloc.start()
    mine, raised = text(5_000), ""
    try:
        answer.what_stays(Plugin("failing", fails_at))
    except ConnectionError as error:
        raised = str(error)
    found = gc.isenabled(), tracemalloc.is_tracing(), tracemalloc.get_object_traceback(mine) is not None
    tracemalloc.stop()
    gc.enable()
    return *found, raised
