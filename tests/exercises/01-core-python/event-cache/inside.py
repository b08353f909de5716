"""What the checks of core.event-cache arrange beside the answer: events that can be watched, and a night of requests."""

import gc
import weakref

import answer


class Event:
    """A loaded event: the how many-th load it was, and its free seats."""

    def __init__(self, number, free):
        self.number, self.free = number, free

    def __len__(self):
        return self.free


class Key(str):
    """A key that can be watched."""


class _Night:
    def __init__(self, keep, free):
        self.free, self.loads, self.down = free, 0, set()
        self.watched, self.held = [], {}
        self.cache = answer.EventCache(self.load, keep)

    def load(self, key):
        if key in self.down:
            raise ConnectionError(f"no answer for {key}")
        self.loads += 1
        event = Event(self.loads, self.free)
        self.watched.append(weakref.ref(event))
        return event

    def step(self, what, key):
        if what == "get":
            return self.cache.get(key).number
        if what == "hold":
            self.held[key] = self.cache.get(key)
            return self.held[key].number
        if what == "drop":
            return self.held.pop(key).number
        if what == "forget":
            return self.cache.forget(key)
        (self.down.add if what == "down" else self.down.discard)(key)
        return None


def play(keep, steps, free=9):
    """Play steps; return for each what it gave (the number of the load), which loads are alive, and len(cache)."""
    night, told = _Night(keep, free), []
    for step in steps:
        try:
            gave = night.step(*step.split())
        except ConnectionError as error:
            gave = str(error)
        gc.collect()
        alive = [watch().number for watch in night.watched if watch() is not None]
        told.append((gave, alive, len(night.cache)))
    return told


def keys_left(keep, many):
    """Ask for many events, one after the other, held by nobody; return how many of their keys are alive."""
    cache = answer.EventCache(lambda key: Event(0, 9), keep)
    watched = []
    for number in range(many):
        key = Key(f"E{number}")
        watched.append(weakref.ref(key))
        cache.get(key)
    del key
    gc.collect()
    return sum(watch() is not None for watch in watched)
