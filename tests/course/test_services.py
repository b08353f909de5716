"""Servers by one line: each in both ways, uses apart, nothing left after a normal end or a kill."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from pymemcache import Client
from redis import Redis
from redis.exceptions import RedisError

from course.errors import CourseError
from course.services import Template, answers, containers, find, fresh, runs, server, service

from .servers import WAYS, way

DATABASES = ("postgres", "mariadb", "mysql")
KEPT = {"postgres": "process", "redis": "container"}  # what the tests of ends use: one server in each way


@pytest.fixture(params=["postgres-process", "mariadb-process", *(f"{each}-container" for each in DATABASES)])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of a service that keeps databases apart, in one of the two ways."""
    name, chosen = request.param.split("-")
    with way(chosen, name):
        yield name


@pytest.fixture(params=WAYS)
def chosen(request: pytest.FixtureRequest) -> Iterator[str]:
    with way(request.param):
        yield request.param


@pytest.fixture
def postgres() -> Iterator[str]:
    with way("process", "postgres"):
        yield "postgres"


def ask(url: str, *statements: str) -> list[tuple[Any, ...]]:
    """Run statements by the product's client and return the rows of the last."""
    connect = psycopg.connect if url.startswith("postgresql") else answers.mysql_connection
    with contextlib.closing(connect(url)) as connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
        connection.commit()
        return [tuple(row) for row in rows]


def test_a_database_answers_and_holds_what_it_is_given(database: str):
    with service(database) as url:
        assert ask(url, "CREATE TABLE seats (n int)", "INSERT INTO seats VALUES (7)", "SELECT n FROM seats") == [(7,)]


def test_a_container_has_the_version_that_its_image_names(database: str):
    with server(database) as url:
        (told,) = ask(url, "SELECT version()")[0]
    if os.environ[containers.PROVIDER] == "container":
        assert told.removeprefix("PostgreSQL ").startswith(find(database).image.name.partition(":")[2])


def test_a_database_is_new_at_each_use_on_the_same_server(database: str):
    with service(database) as first, service(database) as second:
        ask(first, "CREATE TABLE seats (n int)")
        assert ask(second, "SELECT table_name FROM information_schema.tables WHERE table_name = 'seats'") == []
        assert first.rpartition(":")[2].partition("/")[0] == second.rpartition(":")[2].partition("/")[0]


def test_a_use_cannot_enter_another_uses_database(database: str):
    with service(database) as mine, service(database) as other:
        theirs = mine.rpartition("/")[0] + "/" + other.rpartition("/")[2]
        with pytest.raises(Exception, match=r"(?i)permission denied|access denied"):
            ask(theirs, "SELECT 1")


def test_a_database_and_its_user_are_gone_after_the_use(database: str):
    with service(database) as url:
        pass
    with server(database) as admin, pytest.raises(Exception, match=r"(?i)authentication failed|access denied"):
        answers.mysql(url) if "mysql" in admin.partition(":")[0] or "pymysql" in admin else answers.postgres(url)


def test_a_template_is_what_each_use_begins_with(database: str):
    def load(url: str) -> None:
        ask(url, "CREATE TABLE seats (n int)", "INSERT INTO seats VALUES (1), (2), (3)")

    template = Template("three-seats", load)
    for _ in range(2):
        with service(database, template=template) as url:
            assert ask(url, "DELETE FROM seats WHERE n = 3", "ALTER TABLE seats ADD held int", "SELECT * FROM seats") == [
                (1, None), (2, None),
            ]  # fmt: skip


def test_a_server_asked_for_alone_is_nobody_elses_and_its_user_the_administrator(postgres: str):
    with service(postgres) as shared, service(postgres, alone=True) as own:
        assert ask(own, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(True,)]
        assert ask(shared, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(False,)]
        assert own.rpartition(":")[2] != shared.rpartition(":")[2]


def test_postgres_loads_a_template_once(postgres: str):
    loaded: list[str] = []
    template = Template("counted", lambda url: loaded.append(url))
    with server(postgres) as admin, fresh(admin, template), fresh(admin, template):
        assert len(loaded) == 1


def test_postgres_begins_a_template_again_whose_loading_failed(postgres: str):
    def fails(url: str) -> None:
        ask(url, "CREATE TABLE half (n int)")
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"), service(postgres, template=Template("halved", fails)):
        pass
    with service(postgres, template=Template("halved", lambda url: ask(url, "CREATE TABLE half (n int)"))) as url:
        assert ask(url, "SELECT * FROM half") == []


def test_redis_gives_each_use_a_server_of_its_own(chosen: str):
    with way(chosen, "redis"), service("redis") as first, service("redis") as second:
        one, two = Redis.from_url(first), Redis.from_url(second)
        one.set("hold:A1", "anna", ex=60)
        assert chosen == "process" or one.info("server")["redis_version"].startswith("8.")
        one.config_set("maxmemory-policy", "allkeys-lru")
        assert (one.get("hold:A1"), two.get("hold:A1")) == (b"anna", None)
        assert two.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_memcached_gives_each_use_a_server_of_its_own(chosen: str):
    with way(chosen, "memcached"), service("memcached") as first, service("memcached") as second:
        assert Client(first).version().startswith(b"1.6.")
        Client(first).set("event:7", b"sold out", noreply=False)
        assert (Client(first).get("event:7"), Client(second).get("event:7")) == (b"sold out", None)


def test_a_servers_data_can_be_held_to_a_size(chosen: str):
    with way(chosen, "redis"):
        if chosen == "process" and os.geteuid():
            pytest.skip("only root can mount a folder of limited size")
        with service("redis", disk=4) as url, Redis.from_url(url) as client:
            client.set("a", os.urandom(3 << 20))
            client.save()
            client.set("b", os.urandom(3 << 20))
            with pytest.raises(RedisError):
                client.save()


def test_an_unknown_service_is_refused_by_name():
    with pytest.raises(CourseError, match=r"no service 'oracle'; there are postgres, "), service("oracle"):
        pass


def test_a_service_that_cannot_be_had_says_what_to_install():
    said = run_python("with service('memcached'): pass", PATH="/nowhere", COURSE_SERVICES_PROVIDER="process").stderr
    assert "CourseError: Memcached cannot be had here" in said
    assert "COURSE_SERVICES_PROVIDER asks for processes" in said and "install" in said


def test_children_use_their_parents_server(postgres: str):
    with service(postgres) as url:
        child = run_python("with service('postgres') as url: print(url.rpartition(':')[2].partition('/')[0])")
        assert child.stdout.strip() == url.rpartition(":")[2].partition("/")[0]


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    program = f"from course.services import service\n{code}"
    told = {**os.environ, **environment}
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=told, timeout=60)


@contextlib.contextmanager
def user(name: str) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process that uses a service until it is told to end, and the folder of its run."""
    with way(KEPT[name], name):
        code = f"""
            import os, sys
            from course.services import service
            with service({name!r}):
                print(os.environ["COURSE_SERVICES_RUN"], flush=True)
                sys.stdin.read()
        """
        program = "\n".join(line[12:] for line in code.splitlines())
        pipe = subprocess.PIPE
        told = {**os.environ, runs.VARIABLE: ""}
        with subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe, text=True, env=told) as process:
            assert process.stdout
            yield process, Path(process.stdout.readline().strip())
            process.kill()


def left(folder: Path) -> list[str]:
    """What is left of a run: its folder, processes that work there, its keeper, containers."""
    found = [str(folder)] if folder.exists() else []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if str(folder) in process.cwd() or str(folder) in process.cmdline():
                found.append(process.name())
    if (folder / "containers").exists() or not found:
        listed = ["docker", "ps", "--all", "--quiet", "--filter", f"label={runs.LABEL}={folder}"]
        with contextlib.suppress(OSError):
            found += subprocess.run(listed, capture_output=True, text=True).stdout.split()
    return found


def until_nothing_is_left(folder: Path, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while (found := left(folder)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert found == []


@pytest.mark.parametrize("name", KEPT)
def test_nothing_is_left_after_a_normal_end(name: str):
    with user(name) as (process, folder):
        assert process.poll() is None and left(folder)
        process.communicate("", timeout=30)
        assert left(folder) == []


@pytest.mark.parametrize("name", KEPT)
def test_nothing_is_left_after_a_kill(name: str):
    with user(name) as (process, folder):
        assert left(folder)
        process.kill()
        process.wait()
        until_nothing_is_left(folder)


@pytest.mark.parametrize("name", KEPT)
def test_the_next_use_sweeps_what_nobody_could(name: str):
    with user(name) as (process, folder):
        for child in psutil.Process(process.pid).children():
            if str(folder) in child.cmdline():  # the keeper
                child.kill()
        process.kill()
        process.wait()
        assert left(folder)
        run_python("from course.services import runs; runs.sweep()", COURSE_SERVICES_RUN="")
        assert left(folder) == []


def test_a_server_that_died_is_started_again(postgres: str):
    with service(postgres):
        record = json.loads((Path(os.environ[runs.VARIABLE]) / "postgres.json").read_text())
    os.kill(record["pid"], signal.SIGQUIT)
    while runs.alive(record["pid"], record["started"]):
        time.sleep(0.01)
    with service(postgres) as url:
        assert ask(url, "SELECT 1") == [(1,)]
