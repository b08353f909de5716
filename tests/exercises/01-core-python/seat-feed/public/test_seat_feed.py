import random

from course.checks import inside


def test_open_pages_hear_of_every_change(rng: random.Random):
    """Every open page and every log hears each change once, and publish counts them."""
    pages = rng.randrange(2, 6)
    told, heard, log, _ = inside("evening", pages, [], ["A7 sold", "A8 sold"])
    assert heard == [["A7 sold", "A8 sold"]] * pages, "an open page shows what is free now"
    assert (told, log) == ([pages + 1] * 2, ["A7 sold", "A8 sold"])


def test_a_closed_page_is_gone(rng: random.Random):
    """A page that nobody else holds is freed at once, and is not counted."""
    pages = rng.randrange(4, 9)
    closed = sorted(rng.sample(range(pages), 2))
    told, heard, _, alive = inside("evening", pages, closed, ["A7 sold"])
    assert alive == [number not in closed for number in range(pages)], "the feed keeps pages that nobody has open"
    assert told == [pages - 2 + 1]
    assert sum(page is not None for page in heard) == pages - 2


def test_a_function_stays_until_it_is_unsubscribed():
    """A function, a lambda and a log's append that nobody else holds are called all the same."""
    heard, told = inside("functions", ["A7 sold", "A8 sold"])
    expected = [("function", "A7 sold"), ("lambda", "A7 sold"), "A7 sold"]
    assert heard[:3] == expected, "who else should hold a lambda?"
    assert told == [3, 3]


def test_a_page_that_fails_does_not_stop_the_others(rng: random.Random):
    """The others hear of the change, and the report says who failed with what."""
    count = rng.randrange(2, 6)
    told, log, report, _ = inside("failures", count)
    assert (told, log) == (1, ["A7 sold"])
    assert report == [f"ValueError: E{number} cannot show it" for number in range(count)]


def test_the_last_twenty_failures_are_reported(rng: random.Random):
    """After more than twenty failures the report has the last twenty, oldest first."""
    count = rng.randrange(22, 40)
    _, _, report, _ = inside("failures", count)
    assert report == [f"ValueError: E{number} cannot show it" for number in range(count - 20, count)]


def test_nothing_of_a_failed_call_is_kept(rng: random.Random):
    """When publish is over, nothing that a failed call had in its hands is alive: no form, no page, no change."""
    count = rng.randrange(2, 6)
    _, _, _, forms = inside("failures", count)
    assert forms == 0, f"{forms} forms of customers are alive, for the sake of {count} lines in a report"
    pages, change = inside("failing_pages", count)
    assert (any(pages), change) == (False, False), "an error that is kept keeps the frames that it came through"


def test_who_is_unsubscribed_hears_nothing(rng: random.Random):
    """After unsubscribe a page hears nothing more, its neighbours do; who is not subscribed is a ValueError."""
    pages = rng.randrange(2, 6)
    which = rng.randrange(pages)
    told, heard, log, raised = inside("unsubscribed", which, pages)
    assert heard == [[] if number == which else ["A7 sold"] for number in range(pages)]
    assert (told, log) == (pages, []), "the pages that are left, and one function"
    assert raised == ["ValueError"] * 3, "to unsubscribe twice is a mistake somewhere else"
