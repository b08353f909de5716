import random

import answer
import pytest

from course.checks import inside


def near(figure: object, bytes_: float) -> bool:
    """Within three per cent and two bytes: lists grow in steps."""
    return isinstance(figure, int) and abs(figure - bytes_) <= 0.03 * bytes_ + 2


def test_a_fixed_buffer_costs_nothing_a_row(rng: random.Random):
    """What a stage holds however many rows there are is no cost of a row."""
    got = answer.bytes_per_row(inside("stage", "buffered", rng.randrange(300_000, 900_000)))
    assert near(got, 0), f"{got} bytes a row; the buffer would be there for ten rows, too"


def test_few_and_many_are_the_callers(rng: random.Random):
    """The two lengths are those the caller gave: a stage that holds up to 400 rows costs a row below, and nothing above."""
    held = inside("stage", "first", 400)
    below = answer.bytes_per_row(held, rng.randrange(50, 100), rng.randrange(300, 400))
    above = answer.bytes_per_row(held, rng.randrange(450, 500), rng.randrange(900, 1000))
    assert near(below, 1008), f"{below} bytes a row below 400 rows"
    assert near(above, 0), f"{above} bytes a row above 400 rows"


def test_the_stage_is_run_on_both_lengths(rng: random.Random):
    """The stage is given `few` rows and `many`: 200 and 2,200, or what the caller says."""
    counting = inside("stage", "counting")
    answer.bytes_per_row(counting)
    assert set(inside("lengths")) == {200, 2_200}
    few, many = rng.randrange(10, 50), rng.randrange(60, 90)
    answer.bytes_per_row(counting, few, many)
    assert set(inside("lengths")) == {200, 2_200, few, many}, "a slow stage is measured on fewer rows"


def test_what_the_first_run_left_behind_is_not_counted_again():
    """Rows that the first run left in memory were there before the second began."""
    got = answer.bytes_per_row(inside("stage", "hoarding"), 1000, 2000)
    assert near(got, 1008), f"{got} bytes a row; each run is measured from where it began"


def test_tracing_is_off_after_an_error():
    """When a stage fails, tracing ends all the same."""
    with pytest.raises(ConnectionError):
        answer.bytes_per_row(inside("stage", "failing"))
    assert inside("tracing") is False, "the error path is a path"


def test_somebody_elses_trace_goes_on():
    """When somebody was tracing before, tracing is on afterwards, and what they had traced is still known."""
    _, on, known = inside("measured_while_tracing", "passing", 0, 0)
    assert on is True, "the caller is hunting a leak"
    assert known is True, "stop() forgets all traces"


def test_an_earlier_peak_is_not_this_ones(rng: random.Random):
    """A peak from before the measurement does not hide the stage's own."""
    k = rng.randrange(1, 4)
    got, _, _ = inside("measured_while_tracing", "nth", k, 30_000_000)
    assert near(got, 1008 / k), f"{got} bytes a row, where one row in {k} is held"
