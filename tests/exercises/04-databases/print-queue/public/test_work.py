import random

import answer
import psycopg
import pytest

pytestmark = pytest.mark.writes


def jobs(place) -> list:
    with psycopg.connect(place.admin) as db:
        return [tuple(row) for row in db.execute("SELECT id, attempts, failed FROM job ORDER BY id")]


def jam(order: int) -> None:
    raise OSError("paper jam")


def test_a_job_is_done_and_gone(place):
    """The first job is done once and removed."""
    done = []
    assert answer.work(place.url, lambda order: done.append(order)) is True
    assert (done, [job for job, _, _ in jobs(place)]) == ([100], [2, 3, 4, 5, 6])


def test_jobs_are_done_in_turn(place):
    """One after the other, every job is done that has not failed; then there is none."""
    done = []
    while answer.work(place.url, lambda order: done.append(order)) and len(done) < 9:
        pass
    assert done == [100, 300, 400, 500, 600]
    assert jobs(place) == [(2, 3, True)], "what has failed stays for a person to look at"


@pytest.mark.points(2)
def test_another_worker_gets_another_job(place):
    """While a job is being done, the next worker gets the next one, and does not wait."""
    done = []

    def first(order: int) -> None:
        answer.work(place.url, lambda order: done.append(order))
        done.append(order)

    answer.work(place.url, first)
    assert done == [300, 100], "two printers, one ticket"


def test_a_failure_leaves_the_job(place):
    """A job that could not be done stays, and says how often it was tried."""
    assert answer.work(place.url, jam) is True
    assert jobs(place)[0] == (1, 1, False), "an order without tickets"


@pytest.mark.points(2)
def test_a_worker_that_dies_leaves_the_job_as_it_was(place):
    """When a worker's session is killed in the middle, its job is free at once, and as it was."""

    def killed(order: int) -> None:
        with psycopg.connect(place.admin, autocommit=True) as db:
            db.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename LIKE 'db%'")

    with pytest.raises(Exception):  # noqa: B017 (its connection is gone)
        answer.work(place.url, killed)
    assert jobs(place)[0] == (1, 0, False)
    done = []
    answer.work(place.url, lambda order: done.append(order))
    assert done == [100], "the dead worker still has the job"
