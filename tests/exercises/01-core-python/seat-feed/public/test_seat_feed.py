import random

from course.checks import inside


def test_open_pages_hear_of_every_change(rng: random.Random):
    """Every open page and every log hears each change once, and publish counts them."""
    pages = rng.randrange(2, 6)
    told, heard, log, _ = inside("evening", {"pages": pages, "publish": ["A7 sold", "A8 sold"]})
    assert heard == [["A7 sold", "A8 sold"]] * pages, "what each page heard: an open page shows what is free now"
    assert log == ["A7 sold", "A8 sold"], "what a log heard whose `append` was subscribed"
    assert told == [pages + 1] * 2, "what the two calls of publish return: the pages and the log"


def test_a_closed_page_is_gone(rng: random.Random):
    """A page that nobody else holds is freed at once, and is not counted."""
    pages = rng.randrange(4, 9)
    closed = sorted(rng.sample(range(pages), 2))
    told, _, _, alive = inside("evening", {"pages": pages, "close": closed, "publish": ["A7 sold"]})
    assert alive == [number not in closed for number in range(pages)], "the feed keeps pages that nobody has open"
    assert told == [pages - 2 + 1], "what publish returns: the open pages and a log"


def test_a_function_stays_until_it_is_unsubscribed():
    """A function, a lambda, a page that can be called and a log's append are called though nobody else holds them."""
    heard, told = inside("functions", ["A7 sold", "A8 sold"])
    expected = [("function", "A7 sold"), ("lambda", "A7 sold"), ("callable page", "A7 sold"), "A7 sold"]
    assert heard[:4] == expected, "who else should hold a lambda?"
    assert told == [4, 4], "what the two calls of publish return"


def test_a_page_that_fails_does_not_stop_the_others(rng: random.Random):
    """The others hear of the change, and the report says who failed with what."""
    count = rng.randrange(2, 6)
    told, log, report, _ = inside("failures", {"pages": count})
    assert log == ["A7 sold"], "what a log heard that comes after the pages that fail"
    assert told == 1, "what publish returns: only the log has not failed"
    assert report == [f"ValueError: E{number} cannot show it" for number in range(count)], "one line for each failure"


def test_the_last_twenty_failures_are_reported(rng: random.Random):
    """After more than twenty failures the report has the last twenty, oldest first."""
    count = rng.randrange(22, 40)
    _, _, report, _ = inside("failures", {"pages": count})
    assert len(report) == 20, "the number of lines"
    first, last = (f"ValueError: E{number} cannot show it" for number in (count - 20, count - 1))
    assert (report[0], report[-1]) == (first, last), f"the first and the last line, when E0 to E{count - 1} have failed"
    assert report == [f"ValueError: E{number} cannot show it" for number in range(count - 20, count)], "in their order"


def test_nothing_of_a_failed_call_is_kept(rng: random.Random):
    """When publish is over, nothing that a failed call had in its hands is alive: no form, no page, no change."""
    count = rng.randrange(2, 6)
    _, _, _, forms = inside("failures", {"pages": count})
    assert forms == 0, f"{forms} forms of customers are alive, for the sake of {count} lines in a report"
    pages, change = inside("failures_of_closed", {"pages": count})
    assert pages == 0, "closed pages that are alive: an error that is kept keeps the frames that it came through"
    assert change is False, "the change is alive: an error that is kept keeps the frames that it came through"


def test_who_is_unsubscribed_hears_nothing(rng: random.Random):
    """After unsubscribe a page hears nothing more, its neighbours do; who is not subscribed is a ValueError."""
    pages = rng.randrange(2, 6)
    which = rng.randrange(pages)
    raised, told, heard, log, again = inside("unsubscribe", {"pages": pages, "page": which})
    assert raised == {"page": "nothing", "log": "nothing"}, (
        "what it raises for a page's method and a log's append that are subscribed; each time you write one it is a new object"
    )
    assert heard == [[] if number == which else ["A7 sold"] for number in range(pages)], (
        "what each page heard afterwards"
    )
    assert log == [], "what the log heard after its append was unsubscribed"
    assert told == pages, "what publish returns: the pages that are left, and one function"
    assert again == {"page": "ValueError", "log": "ValueError", "stranger": "ValueError"}, (
        "what it raises for who is not subscribed: to unsubscribe twice is a mistake somewhere else"
    )


def test_listeners_are_called_in_their_order(rng: random.Random):
    """Pages and functions are called in the order in which they came."""
    kinds = ["page", "function", "page", "function", *rng.choices(["page", "function"], k=4)]
    expected = [f"{kind} {number}" for number, kind in enumerate(kinds)]
    assert inside("subscribe", kinds) == expected, "who subscribed first is called first, page or not"


def test_equal_pages_are_two_pages(rng: random.Random):
    """Of pages that are equal, the one that unsubscribes is the one that hears nothing."""
    pages = rng.randrange(3, 6)
    raised, _, heard, _, _ = inside("unsubscribe", {"pages": pages, "page": pages - 1, "equal": True})
    assert raised == {"page": "nothing", "log": "nothing"}, "both are subscribed"
    assert heard == [["A7 sold"]] * (pages - 1) + [[]], "what each page heard: another customer's page went deaf"
