import random

import answer  # noqa: F401 (the checks run it through inside.py)
import pytest

from course.checks import inside


def ok(seconds: float) -> tuple:
    return (seconds, "ok", "stops")


@pytest.mark.points(2)
def test_a_job_that_finishes_although_cancelled():
    """A job that finishes, or fails, after it was cancelled is done, or failed; its worker begins no other."""
    jobs = {"J0": (60, "ok", "finishes"), "J1": (60, "ok", "fails"), "J2": (60, "ok", "stops late"), "J3": ok(1), "J4": ok(1)}
    day = inside("day", jobs, [(0, "submit", job) for job in jobs] + [(1, "shut down", 9)], 3, 9)
    lists = day["done"], day["failed"], day["interrupted"], day["waiting"]
    assert lists == (["J0"], ["J1"], ["J2"], ["J3", "J4"]), "what a job came to is what it says, not what it was told"


@pytest.mark.points(2)
def test_shutdown_waits_for_the_cleaning_up():
    """Shutdown returns when the cancelled jobs have cleaned up, and no task is left."""
    day = inside("day", {"J0": (60, "ok", "stops late")}, [(0, "submit", "J0"), (1, "shut down", 9)], 2, 9)
    assert (day["shut"]["at"], day["shut"]["left"]) == (13.0, 0), "a process that ends now cuts off the cleaning up"
    assert day["interrupted"] == ["J0"]


@pytest.mark.points(2)
def test_a_shutdown_that_is_cancelled():
    """Shutdown that is cancelled takes its grace for over: jobs are cancelled, cleaned up and noted."""
    jobs = {"J0": (60, "ok", "stops late"), "J1": ok(60), "J2": ok(1)}
    plan = [*((0, "submit", job) for job in jobs), (1, "shut down", 50), (5, "cancel", "")]
    day = inside("day", jobs, plan, 2, 9)
    shut = day["shut"]
    assert (shut["raised"], shut["at"], shut["left"]) == ("CancelledError", 8.0, 0), "impatience is no reason to lose jobs"
    assert (day["interrupted"], day["waiting"], day["done"]) == (["J1", "J0"], ["J2"], [])


def test_who_gives_up_waiting_for_room():
    """A submit that is cancelled while it waits leaves nothing behind, and the next in line comes in."""
    jobs = {f"J{n}": ok(10) for n in range(4)}
    plan = [*((n, "submit", job) for n, job in enumerate(jobs)), (4, "cancel", "J2"), (25, "shut down", 99)]
    day = inside("day", jobs, plan, 1, 1)
    assert [job for _, what, job in day["log"] if what == "gave up"] == ["J2"]
    assert day["done"] == ["J0", "J1", "J3"], "a job that nobody submitted is done for nobody"


def test_a_pool_without_work():
    """A pool without a job shuts down at once, also with no grace at all."""
    for grace in (0, 50):
        day = inside("day", {}, [(1, "shut down", grace)], 3, 2)
        assert (day["shut"]["at"], day["shut"]["raised"], day["stuck"]) == (1.0, "", False)


def test_no_grace():
    """With a grace of 0 seconds, running jobs are cancelled at once, and waiting ones stay."""
    jobs = {"J0": ok(10), "J1": ok(10), "J2": ok(10)}
    day = inside("day", jobs, [*((0, "submit", job) for job in jobs), (2, "shut down", 0)], 1, 9)
    assert (day["interrupted"], day["waiting"], day["shut"]["at"]) == (["J0"], ["J1", "J2"], 2.0)


@pytest.mark.points(2)
def test_any_day(rng: random.Random):
    """Days of all kinds: each accepted job is in one list, once, and none is begun twice."""
    for _ in range(8):
        jobs = {
            f"J{n}": (rng.randrange(1, 90) / 10, rng.choice(["ok", "ok", "error"]), rng.choice(["stops", "stops late", "finishes", "fails"]))
            for n in range(rng.randrange(1, 14))
        }
        plan = sorted((rng.randrange(0, 200) / 10, "submit", job) for job in jobs)
        plan.append((plan[-1][0], "shut down", rng.randrange(0, 60) / 10))
        workers, room = rng.randrange(1, 4), rng.randrange(1, 4)
        day = inside("day", jobs, plan, workers, room)
        accepted = sorted(job for _, what, job in day["log"] if what == "accepted")
        ledger = [*day["done"], *day["failed"], *day["interrupted"], *day["waiting"]]
        assert sorted(ledger) == accepted, "accepted is a promise: done, failed, interrupted or waiting, and once"
        begun = [job for _, what, job in day["log"] if what == "begin"]
        assert sorted(begun) == sorted({*accepted} - {*day["waiting"]})
        running = 0
        for _, what, _ in day["log"]:
            running += {"begin": 1, "end": -1, "stopped": -1}.get(what, 0)
            assert running <= workers
