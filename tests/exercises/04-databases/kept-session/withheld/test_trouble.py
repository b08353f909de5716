import time
from urllib.parse import urlsplit

import psycopg

from course.checks import inside


def sessions(place) -> list[tuple[str, str]]:
    """Return name and state of the answer's sessions, by the server's word."""
    statement = "SELECT application_name, state FROM pg_stat_activity WHERE usename = %s"
    with psycopg.connect(place.admin) as admin:
        return admin.execute(statement, [urlsplit(place.outside).username]).fetchall()


def kill(place) -> None:
    """End the answer's sessions, and wait until they are gone."""
    user = urlsplit(place.outside).username
    with psycopg.connect(place.admin, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid, 3000) FROM pg_stat_activity WHERE usename = %s", [user])
    deadline = time.monotonic() + 3
    while sessions(place) and time.monotonic() < deadline:
        time.sleep(0.02)


def test_a_session_is_handed_over_idle(place):
    """Naming a session leaves no transaction open, and its caller finds it as the pool would have given it."""
    states: list[str] = []
    seen = inside("fresh", place.url, lambda: states.extend(state for _, state in sessions(place)))
    assert states == ["idle"], "the detective must not keep a transaction open himself"
    assert seen == ("IDLE", False), "status and autocommit, as psycopg_pool has them"


def test_a_stack_is_no_code_path(place):
    """A session in an ExitStack is named after the function that put it there."""
    found: list[str] = []
    inside("stacked", place.url, lambda: found.extend(name for name, _ in sessions(place)))
    assert found == ["settle"], "enter_context is as innocent as the with statement"


def test_the_detective_keeps_no_session(place):
    """A session that is dead when it is named goes back to the pool: it is replaced, and its error reaches the caller."""
    first, then, kept = inside("dead_in_the_pool", place.url, lambda: kill(place))
    assert (first, then) == (3, 0), "of three requests after a restart, and of three more, so many failed"
    assert kept == [], "nobody got a session"


def test_a_dead_session_is_given_back_like_any_other(place):
    """A session that died in somebody's hand is given back without an error, and nobody keeps it."""
    assert inside("dead_in_the_hand", place.url, lambda: kill(place)) == ("nothing", []), (
        "the server has ended it; who gives it back did nothing wrong"
    )
