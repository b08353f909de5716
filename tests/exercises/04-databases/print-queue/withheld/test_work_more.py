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


def test_the_third_failure_is_the_last(place):
    """After three failures a job is left alone."""
    for attempt in (1, 2, 3):
        answer.work(place.url, jam)
        assert jobs(place)[0] == (1, attempt, attempt == 3)
    done = []
    answer.work(place.url, lambda order: done.append(order))
    assert done == [300], "a jammed ticket must not stop the others"


def test_an_empty_queue_says_so_at_once(place):
    """Without a job there is nothing to do, also while another worker has the last one."""
    with psycopg.connect(place.admin) as db:
        db.execute("DELETE FROM job WHERE id NOT IN (2, 5)")
    told, done = [], []

    def last(order: int) -> None:
        told.append(answer.work(place.url, lambda order: done.append(order)))

    assert answer.work(place.url, last) is True
    assert (told, done) == ([False], []), "nobody waits for another's job"
    assert answer.work(place.url, lambda order: done.append(order)) is False


def test_a_failure_is_counted_for_its_own_job(place):
    """What fails while another worker is busy is counted for the job that failed."""
    answer.work(place.url, lambda order: answer.work(place.url, jam))
    assert jobs(place) == [(2, 3, True), (3, 1, False), (4, 0, False), (5, 0, False), (6, 0, False)], "job 3 failed"
