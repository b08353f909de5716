import ast
import time
from urllib.parse import urlsplit

import answer
import psycopg
from psycopg_pool import ConnectionPool

from course.checks import inside

HOME = "in the pool"


def sessions(place) -> list[tuple[str, str]]:
    """Return name and state of the answer's sessions, by the server's word."""
    statement = "SELECT application_name, state FROM pg_stat_activity WHERE usename = %s ORDER BY 1"
    with psycopg.connect(place.admin) as admin:
        return admin.execute(statement, [urlsplit(place.outside).username]).fetchall()


def settled(place, wanted: list[str]) -> list[str]:
    """Return the names of the sessions once they are as wanted, or after three seconds: a pool tidies in the background."""
    deadline = time.monotonic() + 3
    while (names := [name for name, _ in sessions(place)]) != wanted and time.monotonic() < deadline:
        time.sleep(0.02)
    return names


def test_the_server_knows_who_has_a_session(place):
    """pg_stat_activity shows for each session the code path that has it, or that it is in the pool."""
    wanted = [[HOME] * 3, ["Till.close_day", "refund", "seat_map"], [HOME] * 3]
    found: list[list[str]] = []
    inside("scene", place.url, lambda: found.append(settled(place, sorted(wanted[len(found)]))))
    assert found == [sorted(names) for names in wanted], "this view is all that the engineer on call has"


def test_a_roll_back_does_not_take_the_name_away(place):
    """The name stays while the session is out, also after a roll-back of its caller."""
    found: list[str] = []
    inside("rolled_back", place.url, lambda: found.extend(name for name, _ in sessions(place)))
    assert found == ["refund", "refund"], "a setting that was made in a transaction is rolled back with it"


def test_a_session_comes_home_from_everywhere(place):
    """Out of a block that raised, in a transaction or in a failed one: whoever gives a session back is off the list."""
    found: list[list[str]] = []
    inside("untidy", place.url, lambda: found.append(settled(place, [HOME] * 3)))
    assert found == [[HOME] * 3], "an innocent code path stays under suspicion"


def test_kept_lists_the_longest_first(place):
    """kept(seconds) lists the code paths whose sessions are out for longer, the longest first."""
    long, both, none, rest, nobody = inside("old_and_new", place.url)
    assert both == ["Till.close_day", "refund"], "kept(0), while two are out"
    assert (long, none) == (["Till.close_day"], []), "kept(0.5) and kept(60), when one is out for a second"
    assert (rest, nobody) == (["refund"], []), "who gave his session back keeps none"


def test_a_full_pool_still_says_who(place):
    """When nobody gets a session any more, PoolTimeout reaches the caller, and kept(0) names those who have them."""
    assert inside("exhausted", place.url) == ("PoolTimeout", ["refund", "Till.close_day"]), (
        "the moment for which the detective was hired"
    )


def test_the_pool_keeps_its_secrets():
    """No private attribute of the pool is read or written: the next release may have others."""
    with ConnectionPool(open=False) as pool:
        private = {name for name in {*dir(pool), *vars(pool)} if name.startswith("_") and not name.startswith("__")}
    used = {node.attr for node in ast.walk(ast.parse(answer.source)) if isinstance(node, ast.Attribute)}
    assert used & private == set(), "psycopg_pool documents getconn, putconn, connection, configure, reset and more"
