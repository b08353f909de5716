import random

import pytest

from course.checks import inside


def advised(wanted: tuple[str, str], *job: object) -> tuple[str, str]:
    """Have a job advised on, again where that is not what is wanted: a machine may stand still for a moment, not three."""
    for _ in range(3):
        if (found := inside(*job)) == wanted:
            break
    return found


@pytest.mark.points(2)
def test_jobs_that_wait_go_to_threads(rng: random.Random):
    """A job that sleeps, and one that waits for an answer, let others run and use no processor."""
    for name in rng.sample(["sleep", "ask"], 2):
        found = advised(("threads", "waits"), "advise", name, rng.uniform(0.1, 0.2))
        assert found == ("threads", "waits")


@pytest.mark.points(2)
def test_jobs_that_compute_in_python_go_to_processes(rng: random.Random):
    """A job that computes in Python holds the GIL from its beginning to its end."""
    found = advised(("processes", "computes"), "advise", "compute", rng.uniform(0.1, 0.15))
    assert found == ("processes", "computes"), "at a short switch interval a neighbour gets turns that the job did not offer"


@pytest.mark.points(2)
def test_jobs_that_compute_outside_python_go_to_threads(rng: random.Random):
    """Hashing large papers uses the processor and lets others run all the same."""
    found = advised(("threads", "releases"), "advise", "digest", rng.uniform(0.12, 0.2))
    assert found == ("threads", "releases"), "a busy processor is not a held lock"


def test_a_job_that_cannot_be_carried_stays(rng: random.Random):
    """A computing job that is a closure has no name to be found by in another process."""
    found = advised(("caller", "cannot be carried"), "advise_closure", rng.uniform(0.06, 0.12))
    assert found == ("caller", "cannot be carried"), "over there nobody knows its name"


def test_a_job_with_more_luggage_than_work_stays(rng: random.Random):
    """A job that passes an archive on is done long before the archive is packed and unpacked."""
    found = advised(("caller", "heavy to carry"), "advise_archive", 0.08, rng.uniform(0.16, 0.18))
    assert found == ("caller", "heavy to carry"), "packing and unpacking is work as well"


def test_a_job_is_run_once(rng: random.Random):
    """Whatever the advice, the job has been run exactly once."""
    runs = [inside("runs", name, rng.uniform(0.05, 0.1)) for name in ("sleep", "digest", "compute")]
    assert runs == [1, 1, 1], "each run pays the promoters"


def test_everything_is_as_before(rng: random.Random):
    """Afterwards the switch interval is what it was, and no thread of yours is left."""
    interval = rng.choice([0.003, 0.004, 0.006])
    for name in ("sleep", "compute"):
        _, after, threads = inside("around", name, 0.1, interval)
        assert after == interval, "whoever shares this process waits for its turns"
        assert threads == 0, "a watcher that nobody ends watches for ever"
