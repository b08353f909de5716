import time
from collections import Counter
from urllib.parse import urlsplit

import psycopg
import pytest

from course.checks import inside

TENANTS = ("aurora", "foundry", "nordhalle")  # a session of another name is some other cell's


def ask(place, statement: str, *values: object) -> list[tuple]:
    with psycopg.connect(place.admin, autocommit=True) as admin:
        cursor = admin.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def sessions(place, wanted: dict[str, int]) -> dict[str, int]:
    """Return the answer's sessions by tenant, once they are as wanted or after three seconds: processes take time to end."""
    deadline = time.monotonic() + 3
    statement = "SELECT application_name FROM pg_stat_activity WHERE usename = %s"
    while True:
        found = dict(
            Counter(name for (name,) in ask(place, statement, urlsplit(place.outside).username) if name in TENANTS)
        )
        if found == wanted or time.monotonic() > deadline:
            return found
        time.sleep(0.02)


@pytest.mark.writes
def test_idle_sessions_are_swept(place):
    """sweep() closes what was idle for longer than `keep`, and nothing else; close() closes the rest."""
    wanted: list[dict[str, int]] = [{"foundry": 1, "nordhalle": 1}, {}]
    seen: list[dict[str, int]] = []
    inside("swept", place.url, lambda: seen.append(sessions(place, wanted[len(seen)])))
    assert seen == wanted, "of a session idle for 1.5 s, one idle for a moment, and one in use; then after close()"


@pytest.mark.writes
def test_who_gives_up_takes_no_place_along(place):
    """A guest who gives up while he waits, or in the moment in which he is served, leaves the place to the next."""
    found = {passes: inside("cancelled", place.url, passes) for passes in (-1, 0, 1, 2, 3, 5, 8)}
    assert all(got == [True] for got in found.values()), (
        "by passes of the loop between a place that is left and his leaving"
    )


@pytest.mark.writes
def test_an_open_transaction_is_not_handed_on(place):
    """A block's error reaches its caller, and what its transaction left open is gone."""
    assert inside("dirty", place.url) == ("sold out", "IDLE"), "what the caller sees, and how the next session begins"
    assert ask(place, "SELECT * FROM aurora.sale") == [], "the next guest would have committed it"


@pytest.mark.writes
def test_a_dead_session_is_not_handed_on(place):
    """A session that died in somebody's hand is replaced."""

    def kill() -> None:
        ask(place, "SELECT pg_terminate_backend(pid, 3000) FROM pg_stat_activity WHERE usename = %s", user)

    user = urlsplit(place.outside).username
    assert inside("killed", place.url, kill) == [True], "servers restart, and a tenant is locked out until you do, too"


@pytest.mark.writes
def test_a_session_that_cannot_be_opened_costs_no_place(place):
    """Where no session can be opened, the error reaches the caller and the place is free again."""
    user = urlsplit(place.outside).username
    limit = f"ALTER ROLE {user} CONNECTION LIMIT"
    found = inside("refused", place.url, lambda: ask(place, f"{limit} 0"), lambda: ask(place, f"{limit} -1"))
    assert found == ("OperationalError", [True]), "of the only place, while the server refuses and afterwards"
