"""What the checks of core.seat-feed arrange beside the answer: pages that can be watched, and evenings with a feed."""

import gc
import tracemalloc
import weakref
from dataclasses import dataclass

import answer


class Form:
    """What a customer filled in."""


@dataclass
class Page:
    """An open page; all pages of one event are equal."""

    event: str

    def __post_init__(self):
        self.heard, self.form, self.closes = [], None, []

    def on_change(self, change):
        self.heard.append(change)
        self.closes.clear()

    def on_bad_change(self, change):
        form = self.form = Form()
        FORMS.append(weakref.ref(form))
        self.form = None
        raise ValueError(f"{self.event} cannot show it")

    def on_worse_change(self, change):
        try:
            self.on_bad_change(change)
        except ValueError:
            raise KeyError(self.event) from None


FORMS = []


class Change:
    """A change that can be watched."""


def _alive(watches):
    gc.collect()
    return [watch() is not None for watch in watches]


def evening(pages, closed, changes):
    """Open pages, close those of some numbers, publish; return what publish gave, who heard what, and who is alive."""
    feed, log = answer.SeatFeed(), []
    opened = [Page(f"E{number}") for number in range(pages)]
    watches = [weakref.ref(page) for page in opened]
    for page in opened:
        feed.subscribe(page.on_change)
    feed.subscribe(log.append)
    page = None
    for number in closed:
        opened[number] = None
    told = [feed.publish(change) for change in changes]
    heard = [page.heard if page else None for page in opened]
    return told, heard, log, _alive(watches)


def functions(changes):
    """Subscribe listeners that nobody else holds; return what they heard, in order, and what publish gave."""
    feed, heard = answer.SeatFeed(), []

    def subscribe():
        def function(change):
            heard.append(("function", change))

        feed.subscribe(function)
        feed.subscribe(lambda change: heard.append(("lambda", change)))
        feed.subscribe(heard.append)

    subscribe()
    gc.collect()
    told = [feed.publish(change) for change in changes]
    return heard, told


def order(kinds):
    """Subscribe pages and functions, mixed; return in which order they are called."""
    feed, called, pages = answer.SeatFeed(), [], []

    class Noting(Page):
        def on_change(self, change):
            called.append(self.event)

    for number, kind in enumerate(kinds):
        if kind == "page":
            pages.append(Noting(f"page {number}"))
            feed.subscribe(pages[-1].on_change)
        else:
            feed.subscribe(lambda change, number=number: called.append(f"function {number}"))
    feed.publish("A7 sold")
    return called


def failures(count, listener="on_bad_change"):
    """Let pages fail, keep all of them open; return what publish gave, the report, and how many forms are alive."""
    feed, log = answer.SeatFeed(), []
    pages = [Page(f"E{number}") for number in range(count)]
    for page in pages:
        feed.subscribe(getattr(page, listener))
    feed.subscribe(log.append)
    told = feed.publish("A7 sold")
    return told, log, feed.report(), sum(_alive(FORMS))


def failing_pages(count):
    """Let pages fail, and close them; return which pages are alive, and whether the change is."""
    feed = answer.SeatFeed()
    pages = [Page(f"E{number}") for number in range(count)]
    for page in pages:
        feed.subscribe(page.on_bad_change)
    change = Change()
    feed.publish(change)
    watches = [weakref.ref(page) for page in pages]
    watch = weakref.ref(change)
    del page, pages, change
    return _alive(watches), _alive([watch])[0]


def stopping():
    """Publish to a function that is ended by Ctrl-C; return what reaches the caller."""

    def stop(change):
        raise KeyboardInterrupt("Ctrl-C")

    feed = answer.SeatFeed()
    feed.subscribe(stop)
    try:
        return feed.publish("A7 sold")
    except KeyboardInterrupt as error:
        return str(error)


def unsubscribed(which, pages, equal=False):
    """Unsubscribe the page of a number and a function; return who heard the next change, and what a second time raises."""
    feed, log = answer.SeatFeed(), []
    opened = [Page("E" if equal else f"E{number}") for number in range(pages)]
    for page in opened:
        feed.subscribe(page.on_change)
    feed.subscribe(log.append)
    feed.subscribe(print)
    feed.unsubscribe(opened[which].on_change)
    feed.unsubscribe(log.append)
    told = feed.publish("A7 sold")
    raised = []
    for listener in (opened[which].on_change, log.append, len):
        try:
            feed.unsubscribe(listener)
        except ValueError:
            raised.append("ValueError")
    return told, [page.heard for page in opened], log, raised


def closing_while_publishing(pages, closer, closed):
    """The page of one number closes others when it hears; return what publish gave twice, who heard, and the report."""
    feed = answer.SeatFeed()
    opened = [Page(f"E{number}") for number in range(pages)]
    for page in opened:
        feed.subscribe(page.on_change)
    heard = [page.heard for page in opened]
    opened[closer].closes = [opened[number] for number in closed]
    for number in closed:
        opened[number] = None
    page = None
    told = [feed.publish("A7 sold"), feed.publish("A8 sold")]
    return told, heard, feed.report()


def left_by(pages):
    """Open and close many pages, publish, and do it again; return the bytes by which the second time added to the first."""
    feed = answer.SeatFeed()

    def some():
        for _ in range(pages):
            feed.subscribe(Page("E7").on_change)
        feed.publish("A7 sold")
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    some()
    once, twice = some(), some()
    tracemalloc.stop()
    return twice - once
