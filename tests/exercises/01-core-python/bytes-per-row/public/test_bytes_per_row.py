import random

import answer
import pytest

from course.checks import inside


def near(figure: object, bytes_: float) -> bool:
    """Within three per cent and two bytes: lists grow in steps."""
    return isinstance(figure, int) and abs(figure - bytes_) <= 0.03 * bytes_ + 2


def test_a_list_costs_every_row():
    """A list of all rows costs a row (1,000 bytes) and a place in the list (8) for each."""
    got = answer.bytes_per_row(list)
    assert near(got, 1008), f"{got} bytes a row; a list holds all of it, if only for a moment"


def test_a_stage_that_holds_nothing_costs_nothing():
    """Stages that let every row go, whether they pass it on or not, cost 0 bytes a row."""
    assert near(answer.bytes_per_row(iter), 0), "what comes out belongs to the consumer, not to the stage"
    assert near(answer.bytes_per_row(inside("stage", "passing")), 0)
    assert near(answer.bytes_per_row(inside("stage", "dropping")), 0)


def test_a_lazy_stage_is_run_to_its_end(rng: random.Random):
    """A generator that holds every k-th row costs a k-th of a row, which shows when it runs."""
    k = rng.randrange(2, 9)
    got = answer.bytes_per_row(inside("stage", "nth", k))
    assert near(got, 1008 / k), f"{got} bytes a row where one row in {k} is held; making a generator runs nothing"


def test_an_error_of_the_stage_reaches_the_caller():
    """The error of a stage that fails is the caller's to see."""
    with pytest.raises(ConnectionError):
        answer.bytes_per_row(inside("stage", "failing"))


def test_tracing_is_off_afterwards():
    """When nobody was tracing before, nobody is afterwards."""
    answer.bytes_per_row(iter)
    assert inside("tracing") is False, "a service that traces every allocation is several times slower"
