import random

import answer  # noqa: F401 (the checks run it through inside.py)
import pytest

from course.checks import inside


def ok(seconds: float) -> tuple:
    return (seconds, "ok", "stops")


def events(log: list[tuple], what: str) -> list[str]:
    """Return the jobs to which something happened, in that order."""
    return [job for _, happened, job in log if happened == what]


def test_jobs_are_done(rng: random.Random):
    """So many jobs as there are workers run at one time, the others wait in order; each is done once."""
    workers = rng.randrange(2, 4)
    jobs = {f"J{n}": ok(10.0 + n) for n in range(7)}
    day = inside("day", jobs, [(0, "submit", job) for job in jobs] + [(0, "shut down", 100)], workers, 9)
    assert events(day["log"], "begin") == list(jobs), "first come, first begun"
    assert [job for time, what, job in day["log"] if what == "begin" and time == 0] == list(jobs)[:workers]
    assert (sorted(day["done"]), day["waiting"], day["failed"]) == (list(jobs), [], [])
    assert day["shut"]["same"] is True, "shutdown returns the pool's ledger"


def test_a_job_that_fails_is_noted(rng: random.Random):
    """A job that raises is noted under `failed`, and its worker goes on."""
    jobs = {f"J{n}": (5.0, "error", "stops") for n in range(3)} | {"J3": ok(5.0)}
    day = inside("day", jobs, [(0, "submit", job) for job in jobs] + [(1, "shut down", 100)], 1, 9)
    assert (day["failed"], day["done"]) == (["J0", "J1", "J2"], ["J3"]), "three failures, and a worker is still there"


@pytest.mark.points(2)
def test_submit_waits_for_room(rng: random.Random):
    """While `room` jobs wait, submit waits; then the jobs are accepted in the order in which they came."""
    room = rng.randrange(1, 4)
    jobs = {f"J{n}": ok(10.0) for n in range(room + 3)}
    day = inside("day", jobs, [(n / 10, "submit", job) for n, job in enumerate(jobs)] + [(35, "shut down", 99)], 1, room)
    late = [(time, job) for time, what, job in day["log"] if what == "accepted" and time >= 1]
    assert late == [(10.0, f"J{room + 1}"), (20.0, f"J{room + 2}")], "a place is free when a job begins"
    assert day["done"] == list(jobs)


@pytest.mark.points(2)
def test_no_job_after_the_shutdown(rng: random.Random):
    """Once shutdown has begun, submit raises Closed, also where it was waiting for room."""
    jobs = {"J0": ok(10.0), "J1": ok(10.0), "J2": ok(10.0), "J3": ok(10.0)}
    day = inside(
        "day",
        jobs,
        [(0, "submit", "J0"), (1, "submit", "J1"), (2, "submit", "J2"), (3, "shut down", 100), (4, "submit", "J3")],
        1,
        1,
    )
    assert [(time, job) for time, what, job in day["log"] if what == "refused"] == [(3.0, "J2"), (4.0, "J3")], (
        "whoever waits has to hear at once that nobody will come"
    )
    assert day["done"] == ["J0", "J1"], "what was accepted is done"


def test_shutdown_ends_with_the_last_job(rng: random.Random):
    """When all accepted jobs are done in time, shutdown returns at that moment, and no task is left."""
    seconds = rng.randrange(5, 20)
    day = inside("day", {"J0": ok(seconds), "J1": ok(2)}, [(0, "submit", "J0"), (0, "submit", "J1"), (1, "shut down", 100)], 2, 5)
    assert (day["shut"]["at"], day["shut"]["left"]) == (seconds, 0), "the grace is a limit, not a pause"


@pytest.mark.points(3)
def test_after_the_grace(rng: random.Random):
    """When the grace is over, running jobs are cancelled, no other is begun, and the ledger says which was where."""
    grace = rng.randrange(10, 15)
    jobs = {"J0": ok(5), "J1": ok(60), "J2": ok(60), "J3": ok(60), "J4": ok(1)}
    day = inside("day", jobs, [(0, "submit", job) for job in jobs] + [(1, "shut down", grace)], 2, 9)
    assert day["shut"]["at"] == 1 + grace, "then comes the kill"
    assert (day["done"], sorted(day["interrupted"]), day["waiting"]) == (["J0"], ["J1", "J2"], ["J3", "J4"]), (
        "tomorrow somebody has to know what to look at and what to begin"
    )
