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


def evening(what):
    """Open `pages`, `close` those of some numbers, `publish`; return what publish gave, who heard what, and who is alive."""
    feed, log = answer.SeatFeed(), []
    opened = [Page(f"E{number}") for number in range(what["pages"])]
    watches = [weakref.ref(page) for page in opened]
    for page in opened:
        feed.subscribe(page.on_change)
    feed.subscribe(log.append)
    page = None
    for number in what.get("close", []):
        opened[number] = None
    told = [feed.publish(change) for change in what["publish"]]
    heard = [page.heard if page else None for page in opened]
    return told, heard, log, _alive(watches)


def functions(changes):
    """Subscribe listeners that nobody else holds; return what they heard, in order, and what publish gave."""
    feed, heard = answer.SeatFeed(), []

    class CallablePage(Page):
        def __call__(self, change):
            heard.append(("callable page", change))

    def subscribe():
        def function(change):
            heard.append(("function", change))

        feed.subscribe(function)
        feed.subscribe(lambda change: heard.append(("lambda", change)))
        feed.subscribe(CallablePage("E7"))
        feed.subscribe(heard.append)

    subscribe()
    gc.collect()
    told = [feed.publish(change) for change in changes]
    return heard, told


def subscribe(kinds):
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


def failures(what):
    """Let `pages` fail, or `pages with a second error`, and keep all of them open.

    Return what publish gave, what a log heard, the report, and how many forms are alive.
    """
    feed, log = answer.SeatFeed(), []
    [(kind, count)] = what.items()
    pages = [Page(f"E{number}") for number in range(count)]
    for page in pages:
        feed.subscribe(page.on_bad_change if kind == "pages" else page.on_worse_change)
    feed.subscribe(log.append)
    told = feed.publish("A7 sold")
    return told, log, feed.report(), sum(_alive(FORMS))


def failures_of_closed(what):
    """Let `pages` fail, and close them; return how many of them are alive, and whether the change is."""
    feed = answer.SeatFeed()
    pages = [Page(f"E{number}") for number in range(what["pages"])]
    for page in pages:
        feed.subscribe(page.on_bad_change)
    change = Change()
    feed.publish(change)
    watches = [weakref.ref(page) for page in pages]
    watch = weakref.ref(change)
    del page, pages, change
    return sum(_alive(watches)), _alive([watch])[0]


def publish_to_ctrl_c():
    """Publish to a function that is ended by Ctrl-C; return what reaches the caller."""

    def stop(change):
        raise KeyboardInterrupt("Ctrl-C")

    feed = answer.SeatFeed()
    feed.subscribe(stop)
    try:
        return feed.publish("A7 sold")
    except KeyboardInterrupt as error:
        return str(error)


def unsubscribe(what):
    """Subscribe `pages`, perhaps `equal` ones, and two functions; unsubscribe one `page` and one function.

    Return what that raised, what a publish then gave, who heard it, what the function heard, and what a second time raises.
    """
    feed, log, other = answer.SeatFeed(), [], []
    opened = [Page("E" if what.get("equal") else f"E{number}") for number in range(what["pages"])]
    for page in opened:
        feed.subscribe(page.on_change)
    feed.subscribe(log.append)
    feed.subscribe(other.append)

    def ended(**listeners):
        raised = {}
        for name, listener in listeners.items():
            try:
                feed.unsubscribe(listener)
                raised[name] = "nothing"
            except Exception as error:
                raised[name] = type(error).__name__
        return raised

    page = opened[what["page"]]
    first = ended(page=page.on_change, log=log.append)
    told = feed.publish("A7 sold")
    return first, told, [page.heard for page in opened], log, ended(page=page.on_change, log=log.append, stranger=len)


def closing(what):
    """Publish twice; when one of `pages` hears, it `closes` others. Return what publish gave, who heard, and the report."""
    feed, closer, closed = answer.SeatFeed(), what["page"], what["closes"]
    opened = [Page(f"E{number}") for number in range(what["pages"])]
    for page in opened:
        feed.subscribe(page.on_change)
    heard = [page.heard for page in opened]
    opened[closer].closes = [opened[number] for number in closed]
    for number in closed:
        opened[number] = None
    page = None
    told = [feed.publish("A7 sold"), feed.publish("A8 sold")]
    return told, heard, feed.report()


def bytes_left_by(pages):
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
