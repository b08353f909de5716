import random

from course.checks import inside


def advised(wanted: tuple[str, str], *job: object) -> tuple[str, str]:
    """Have a job advised on, again where that is not what is wanted: a machine may stand still for a moment, not three."""
    for _ in range(3):
        if (found := inside(*job)) == wanted:
            break
    return found


def test_an_error_of_the_job_reaches_the_caller(rng: random.Random):
    """What the job raises reaches the caller; interval and threads are as before all the same."""
    interval = rng.choice([0.003, 0.004, 0.006])
    for name in ("fail", "fail_waiting"):
        raised, after, threads = inside("around", name, 0.1, interval)
        assert raised == "the bank hung up"
        assert (after, threads) == (interval, 0), "interval and threads: the error path is a path"


def test_a_log_line_now_and_then_is_no_sharing(rng: random.Random):
    """A computing job that waits for its log a few times lets others run for a moment each, and still holds the GIL."""
    found = advised(("processes", "computes"), "advise", "chat", rng.uniform(0.3, 0.36), 3)
    assert found == ("processes", "computes"), "three turns in a third of a second are not 50 a second"


def test_a_waiting_job_need_not_be_carried(rng: random.Random):
    """A job that waits belongs to threads, whatever it was given: nothing is carried there."""
    found = advised(("threads", "waits"), "advise_lock", "sleep", rng.uniform(0.1, 0.2))
    assert found == ("threads", "waits"), "threads share what they are given"


def test_the_arguments_are_carried_too(rng: random.Random):
    """A computing job that was given a lock stays where the lock is."""
    found = advised(("caller", "cannot be carried"), "advise_lock", "compute", rng.uniform(0.06, 0.12))
    assert found == ("caller", "cannot be carried"), "a lock means nothing in another process"


def test_the_result_is_carried_too(rng: random.Random):
    """A computing job whose result cannot be pickled, or takes longer to carry than to make, stays."""
    found = advised(("caller", "cannot be carried"), "advise", "lambda_result", rng.uniform(0.06, 0.12))
    assert found == ("caller", "cannot be carried")
    found = advised(("caller", "heavy to carry"), "advise", "open_archive", 0.08, rng.uniform(0.16, 0.18))
    assert found == ("caller", "heavy to carry"), "the way back is a way, too"


def test_what_is_packed_is_unpacked(rng: random.Random):
    """A result that can be pickled, and not be unpickled, cannot be carried."""
    found = advised(("caller", "cannot be carried"), "advise", "receipt", rng.uniform(0.06, 0.12))
    assert found == ("caller", "cannot be carried"), "it would fail on the other side, hours later"


def test_much_luggage_for_more_work(rng: random.Random):
    """What is heavy is a matter of the work: a job that computes ten times as long is carried."""
    found = advised(("processes", "computes"), "advise_texts", 0.3, rng.randrange(90_000, 110_000))
    assert found == ("processes", "computes"), "large is not the same as too large"


def test_half_of_the_time_is_no_waiting(rng: random.Random):
    """A job that fetches and hashes by turns, half of its time with the processor, computes; one that polls waits."""
    found = advised(("threads", "releases"), "advise", "fetch_and_digest", rng.uniform(0.3, 0.4))
    assert found == ("threads", "releases")
    found = advised(("threads", "waits"), "advise", "poll", rng.uniform(0.2, 0.25))
    assert found == ("threads", "waits"), "less than a twentieth"
