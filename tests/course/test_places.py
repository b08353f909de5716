"""Checks that need a server: each submission has a place of its own there, and reaches nothing else."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from course.judging import providers
from course.judging.client import Judge
from course.judging.limits import Limits
from course.judging.result import ExerciseResult
from course.services import service

from .conftest import Bench

TEMPLATE = """
import psycopg

def load(url):
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE seat (id int PRIMARY KEY, status text NOT NULL)")
        connection.execute("INSERT INTO seat SELECT n, 'free' FROM generate_series(1, 100) n")
"""
FREE = "SELECT count(*) FROM seat WHERE status = 'free'"
ANSWER = f"""
import psycopg
from course.services import service

def free(url):
    with psycopg.connect(url) as connection:
        return connection.execute("{FREE}").fetchone()[0]

def sell(url, seat):
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE seat SET status = 'sold' WHERE id = %s", [seat])
"""


def hosted(bench: Bench, name: str = "postgres", template: str = TEMPLATE) -> Bench:
    """Give the bench's exercise a server."""
    bench.file("exercise.yml", f"service: {name}\n")
    return bench.file("template.py", template) if template else bench


@pytest.fixture(scope="session", params=[*providers.ISOLATING, "process"])
def any_judge(request: pytest.FixtureRequest) -> Iterator[Judge]:
    """A judge for each provider; those that are missing here have been named by other tests."""
    if request.param in providers.ISOLATING and (why := providers.problem(request.param)):
        pytest.skip(f"INCOMPLETE: {request.param}: {why}")
    with Judge(request.param, Limits(time=10.0, memory=256)) as judge:
        yield judge


@pytest.fixture
def isolated(tmp_path: Path, isolating: Judge) -> Bench:
    return Bench(isolating, tmp_path / "scan")


@pytest.fixture(scope="session")
def isolating() -> Iterator[Judge]:
    name, why = providers.best()
    if not name:
        pytest.skip(f"INCOMPLETE: {why}")
    with Judge(name, Limits(time=10.0, memory=256)) as judge:
        yield judge


def test_answer_and_check_meet_on_the_server(any_judge: Judge, tmp_path: Path) -> None:
    bench = hosted(Bench(any_judge, tmp_path / "scan"))
    bench.check("""
        import psycopg
        pytestmark = pytest.mark.writes

        def test_sold(place):
            answer.sell(place.url, 7)
            with psycopg.connect(place.outside) as connection:
                assert connection.execute("SELECT status FROM seat WHERE id = 7").fetchone() == ("sold",)

        def test_fresh(place):
            assert answer.free(place.url) == 100

        def test_seen_by_the_administrator(place):
            with psycopg.connect(place.admin) as connection:
                connection.execute("DELETE FROM seat WHERE id > 40")
            assert answer.free(place.url) == 40
    """)
    assert [check.verdict for check in bench.judged(ANSWER).checks] == ["PASS"] * 3


def test_checks_that_only_read_share_a_place_and_one_that_writes_has_its_own(bench: Bench) -> None:
    hosted(bench).check("""
        def test_a(place):
            answer.sell(place.url, 1)
            assert answer.free(place.url) == 99

        @pytest.mark.writes
        def test_b(place):
            assert answer.free(place.url) == 100

        def test_c(place):
            assert answer.free(place.url) == 99
    """)
    assert bench.judged(ANSWER).verdict == "PASS"
    assert bench.judged(ANSWER).verdict == "PASS", "the next submission finds what the template holds"


def test_service_gives_the_check_s_place_in_a_cell_and_in_a_call(bench: Bench) -> None:
    hosted(bench).check("""
        def test_a(place):
            assert (answer.found, answer.where()) == (100, 100)
    """)
    cell = """
        with service("postgres") as url:
            found = free(url)

        def where():
            with service("postgres") as url:
                return free(url)
    """
    assert bench.judge(bench.answer(ANSWER + textwrap.dedent(cell))).verdict == "PASS"


def test_another_service_is_refused_with_a_sentence(bench: Bench) -> None:
    check = hosted(bench).one(
        "def test_a(place):\n    assert answer.where() == 1",
        ANSWER + "\ndef where():\n    with service('redis') as url:\n        return url",
    )
    assert (check.verdict, check.got) == ("ERROR", "raised ValueError: this exercise has no service 'redis'")


def test_addresses_and_passwords_are_not_shown(bench: Bench) -> None:
    check = hosted(bench).one("def test_a(place):\n    assert answer.free(place.url) == 3, place.admin", ANSWER)
    assert (check.call, check.got, check.expected, check.why) == ("free(url)", "100", "3", "url")


def test_a_server_that_cannot_be_had_is_no_fault_of_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_SERVICES_PROVIDER", "process")
    with Judge() as judge:  # Elasticsearch comes as a container only
        check = hosted(Bench(judge, tmp_path / "scan"), "elasticsearch", "").one(
            "def test_a(place):\n    assert answer.free(place.url) == 1", ANSWER
        )
    assert check.verdict == "UNCHECKED"
    assert "Elasticsearch cannot be had here" in check.why


@pytest.mark.parametrize("name", ["redis", "memcached", "mongodb"])
def test_a_server_without_databases_is_empty_for_every_place(bench: Bench, name: str) -> None:
    calls = {
        "redis": "import redis\ndef add(url):\n    return redis.Redis.from_url(url).incr('sold')",
        "memcached": "from pymemcache import Client\ndef add(url):\n    client = Client(url)\n"
        "    client.add('sold', '0', noreply=False)\n    return client.incr('sold', 1, noreply=False)",
        "mongodb": "from pymongo import MongoClient\ndef add(url):\n    sold = MongoClient(url).boxoffice.sold\n"
        "    sold.insert_one({})\n    return sold.count_documents({})",
    }
    hosted(bench, name, "").check("""
        def test_a(place):
            assert [answer.add(place.url), answer.add(place.url)] == [1, 2]

        @pytest.mark.writes
        def test_b(place):
            assert answer.add(place.url) == 1

        def test_c(place):
            assert answer.add(place.url) == 1
    """)
    for _ in range(2):
        assert [check.verdict for check in bench.judged(calls[name]).checks] == ["PASS"] * 3


# -- answers that are not meant well
def attack(bench: Bench, body: str, check: str = "answer.attack(place.url)") -> ExerciseResult:
    """Judge an answer whose function attacks, then one that only reads."""
    hosted(bench).check(f"""
        import psycopg

        def test_attack(place):
            {check}

        def test_later(place):
            assert answer.free(place.url) == 100
    """)
    attack = "\ndef attack(url):\n" + textwrap.indent(textwrap.dedent(body), "    ")
    return bench.judged("import os, socket, time\n" + textwrap.dedent(ANSWER) + attack)


def test_nothing_of_the_host_but_the_place_is_reached(isolated: Bench) -> None:
    with service("postgres") as other, psycopg.connect(other) as connection:
        port = connection.info.port
        body = f"""
            reached = []
            for host in ("127.0.0.1", "::1", "172.17.0.1", "10.0.0.1"):
                for port in ({port}, 22, 2375, 5432):
                    try:
                        socket.create_connection((host, port), 0.2)
                        reached.append((host, port))
                    except OSError:
                        pass
            return reached
        """
        result = attack(isolated, body, "assert answer.attack(place.url) == []")
    assert result.verdict == "PASS"


def test_the_servers_other_databases_are_closed_to_an_answer(isolated: Bench) -> None:
    body = """
        said = []
        with psycopg.connect(url) as connection:
            names = [name for name, in connection.execute("SELECT datname FROM pg_database")]
            own = connection.info.dbname
        for name in names:
            if name != own:
                try:
                    psycopg.connect(url.replace("/" + own, "/" + name))
                    said.append(name)
                except psycopg.OperationalError:
                    pass
        for statement in ("CREATE DATABASE mine", "CREATE ROLE me SUPERUSER", "COPY seat TO PROGRAM 'id'",
                          "SELECT pg_read_file('/etc/passwd')", "ALTER SYSTEM SET max_connections = 3",
                          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user"):
            try:
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute(statement)
                said.append(statement)
            except psycopg.Error:
                pass
        return said
    """
    result = attack(isolated, body, "assert answer.attack(place.url) == []")
    assert result.verdict == "PASS"


def test_locks_and_queries_of_an_answer_end_with_its_check(isolated: Bench) -> None:
    body = """
        import threading
        held = psycopg.connect(url)
        held.execute("LOCK TABLE seat IN ACCESS EXCLUSIVE MODE")
        held.execute("SELECT pg_advisory_lock(1)")
        def burn():
            psycopg.connect(url).execute("SELECT pg_sleep(600)")
        threading.Thread(target=burn, daemon=True).start()
        time.sleep(0.3)
        globals()["held"] = held
    """
    result = attack(isolated, body)
    assert [check.verdict for check in result.checks] == ["PASS", "PASS"]


def test_a_lock_that_an_answer_keeps_ends_no_check_but_its_own(isolated: Bench) -> None:
    hosted(isolated).check("""
        import psycopg

        def test_a(place):
            answer.attack(place.url)
            for url in (place.outside, place.admin):
                with psycopg.connect(url) as connection:
                    connection.execute("SELECT count(*) FROM seat")

        def test_b(place):
            assert answer.free(place.url) == 100
    """)
    keeps = """
def attack(url):
    name = url.rpartition("/")[2]
    global held
    with psycopg.connect(url, autocommit=True) as owner:
        for whose in ("ROLE CURRENT_USER", f"DATABASE {name}"):
            owner.execute(f"ALTER {whose} SET lock_timeout = 0")
    held = psycopg.connect(url)
    held.execute("LOCK TABLE seat IN ACCESS EXCLUSIVE MODE")
"""
    first, second = isolated.judged(ANSWER + keeps).checks
    assert "LockNotAvailable" in str(first), first
    assert (first.verdict, second.verdict) == ("ERROR", "PASS")


def test_an_answer_that_fills_its_database_fails_alone(isolated: Bench) -> None:
    body = """
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE fat (x text)")
            while True:
                connection.execute("INSERT INTO fat SELECT repeat(md5(n::text), 300) FROM generate_series(1, 5000) n")
    """
    result = attack(isolated, body)
    assert result.checks[0].verdict in ("ERROR", "TIMEOUT")
    assert hosted(isolated).judged(ANSWER + "\ndef attack(url): pass").verdict == "PASS", "the next one is not hurt"


def test_an_answer_that_opens_connections_without_end_fails_alone(isolated: Bench) -> None:
    body = """
        kept = []
        globals()["kept"] = kept
        while True:
            kept.append(psycopg.connect(url))
    """
    result = attack(isolated, body)
    assert [check.verdict for check in result.checks] == ["ERROR", "PASS"]


def test_redis_keeps_its_settings_and_reaches_no_other_server(isolated: Bench) -> None:
    hosted(isolated, "redis", "").check("""
        def test_refused(place):
            assert answer.refused(place.url) == 8
    """)
    answer = """
        import redis
        COMMANDS = (
            "CONFIG SET dir /tmp", "SHUTDOWN NOSAVE", "REPLICAOF 127.0.0.1 22", "MIGRATE 127.0.0.1 22 a 0 100",
            "ACL LIST", "DEBUG SLEEP 1", "MODULE LIST", "CLIENT KILL TYPE normal",
        )
        def refused(url):
            count = 0
            with redis.Redis.from_url(url) as client:
                for command in COMMANDS:
                    try:
                        client.execute_command(*command.split())
                    except redis.exceptions.ResponseError:
                        count += 1
            return count
    """
    assert isolated.judged(answer).verdict == "PASS"


def test_a_server_that_an_answer_stopped_is_replaced(isolated: Bench) -> None:
    hosted(isolated, "redis", "").check("""
        @pytest.mark.writes
        def test_a(place):
            answer.use(place.url)

        @pytest.mark.writes
        def test_b(place):
            answer.use(place.url)
    """)
    loop = "import redis\ndef use(url):\n    redis.Redis.from_url(url).eval('while true do end', 0)"
    honest = "import redis\ndef use(url):\n    redis.Redis.from_url(url).ping()"
    assert isolated.judged(loop).verdict in ("TIMEOUT", "ERROR")  # the client may give up first
    assert isolated.judged(honest).verdict == "PASS"


def test_a_database_server_that_dies_costs_no_other_check(isolated: Bench) -> None:
    hosted(isolated).check("""
        import psycopg

        def test_a(place):
            assert answer.free(place.url) == 100
            with psycopg.connect(place.admin, autocommit=True) as connection:
                connection.execute("COPY (SELECT 1) TO PROGRAM 'kill -QUIT 1 $(head -1 $PGDATA/postmaster.pid)'")

        def test_b(place):
            assert answer.free(place.url) == 100
    """)
    for _ in range(2):
        first, second = isolated.judged(ANSWER).checks
        assert (first.verdict in ("PASS", "ERROR", "UNCHECKED"), second.verdict) == (True, "PASS")


def test_nothing_is_left_on_the_server(isolated: Bench) -> None:
    hosted(isolated).check("""
        import psycopg

        def names(place):
            with psycopg.connect(place.admin.rpartition("/")[0] + "/postgres") as connection:
                databases = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'db%'").fetchall()
                roles = connection.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'db%'").fetchall()
            return len(databases), len(roles)

        def test_read(place):
            answer.free(place.url)

        @pytest.mark.writes
        def test_write(place):
            answer.sell(place.url, 1)
            assert names(place) == (2, 2)
    """)
    for _ in range(3):
        assert isolated.judged(ANSWER).verdict == "PASS"


def test_a_check_without_a_server_cannot_be_made(bench: Bench) -> None:
    check = bench.one("def test_a(place):\n    assert answer.free(place.url) == 1", ANSWER)
    assert check.verdict == "UNCHECKED"
    assert re.search("exercise.yml names no service", check.why)
