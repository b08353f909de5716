import random

from course.checks import inside


def test_an_error_behind_an_error_is_let_go_too(rng: random.Random):
    """A page that raises another error while it handles one leaves nothing alive either."""
    count = rng.randrange(2, 6)
    _, _, report, forms = inside("failures", {"pages with a second error": count})
    assert report == [f"KeyError: 'E{number}'" for number in range(count)], "the error that came out"
    assert forms == 0, f"{forms} forms are alive: an error has a context, and that has a traceback of its own"


def test_nobody_is_skipped_when_a_page_closes(rng: random.Random):
    """When one page's listener closes pages before it, all that are still open hear of the change."""
    pages = rng.randrange(6, 10)
    told, heard, _ = inside("closing", {"pages": pages, "page": 2, "closes": [0]})
    assert heard == [["A7 sold"], *[["A7 sold", "A8 sold"]] * (pages - 1)], "a list that shrinks under a loop skips one"
    assert told == [pages, pages - 1], "what the two calls of publish return"


def test_a_page_that_closed_before_its_turn_is_not_called(rng: random.Random):
    """A page that another listener closed is not called any more, and is not counted."""
    pages = rng.randrange(6, 10)
    told, heard, report = inside("closing", {"pages": pages, "page": 1, "closes": [3, 4]})
    assert (heard[3], heard[4]) == ([], []), "what the two closed pages heard: their customers have left"
    assert told == [pages - 2, pages - 2], "what the two calls of publish return"
    assert report == [], "to be closed is no failure"


def test_closed_pages_leave_no_entry(rng: random.Random):
    """When thousands of pages have come and gone, and something was published, nothing is left of them."""
    pages = rng.randrange(2_000, 3_000)
    left = inside("bytes_left_by", pages)
    assert left < 10_000, f"{left} bytes are left of {pages} pages: what is small and never goes is a leak"


def test_ctrl_c_is_no_failure_of_a_page():
    """KeyboardInterrupt is no Exception, and reaches the caller."""
    assert inside("publish_to_ctrl_c") == "Ctrl-C", "somebody wants to end the program"
