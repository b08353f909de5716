"""Where an exercise's checks need a server: one of its own a judge and product, and on it a place for each submission.

A place holds what the exercise's template.py loads, and opens with credentials that open nothing else: a database on
PostgreSQL, MariaDB and MySQL, else the whole server, emptied before. A server that a submission broke is replaced.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import re
import runpy
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from course.errors import CourseError
from course.judging.program import Task
from course.judging.session import CouldNotCheck
from course.services import Template, find, fresh, server
from course.services.databases import run_statements

DISK = 512  # MiB that a server's data may take
PATIENCE = 20  # seconds that a check waits for a lock: the answer may keep one as long as it lives
REDIS_RULES = ("~*", "&*", "+@all", "-@admin", "-@dangerous", "+keys", "+info", "+flushdb")


@dataclass(frozen=True)
class ServerPlace:
    """One place: its URL as the answer sees it, and as the check does: with the answer's credentials, with an administrator's."""

    service: str
    outside: str
    admin: str
    url: str = ""


class Places:
    """The servers of one judge, each started at its first use and kept, and the places on them."""

    def __init__(self) -> None:
        self.servers: dict[str, tuple[str, contextlib.ExitStack]] = {}

    @contextlib.contextmanager
    def place(self, service: str, task: Task) -> Iterator[ServerPlace]:
        """Yield a new place with the exercise's data; raise CourseError where the server cannot be had."""
        row, url, template = find(service), self._server(service), _template(task)
        if row.shared:
            with fresh(url, template) as outside:
                admin = urlunsplit(urlsplit(url)._replace(path=urlsplit(outside).path))
                yield ServerPlace(service, *(_impatient(each) for each in (outside, admin)))
            return
        assert row.empty
        row.empty(url)
        if template:
            template.load(url)
        yield ServerPlace(service, _redis_user(url) if service == "redis" else url, url)

    def quiet(self, place: ServerPlace) -> None:
        """End what the answer's credentials still do on the server, after its connections were closed."""
        if place.service == "postgres":
            import psycopg

            with psycopg.connect(place.admin, autocommit=True) as admin:
                user = urlsplit(place.outside).username
                admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [user])

    def close(self) -> None:
        """End the servers."""
        for _, stack in self.servers.values():
            stack.close()
        self.servers.clear()

    def give_up(self, service: str) -> None:
        """End a server that can no longer be trusted to be as it was; the next place is on a new one."""
        if service in self.servers:
            _, stack = self.servers.pop(service)
            stack.close()

    def _server(self, service: str) -> str:
        """Return the URL of this judge's server, a new one where the last one does not answer any more."""
        if service in self.servers:
            url, _ = self.servers[service]
            with contextlib.suppress(Exception):
                find(service).ready(url)
                return url
            self.give_up(service)
        stack = contextlib.ExitStack()
        url = stack.enter_context(server(service, alone=True, disk=DISK))
        if service in ("mariadb", "mysql"):
            run_statements(
                url, f"SET GLOBAL lock_wait_timeout = {PATIENCE}, GLOBAL innodb_lock_wait_timeout = {PATIENCE}"
            )
        self.servers[service] = url, stack
        return url


class Hosted:
    """The places of one submission: one an exercise, and a fresh one for each check that writes."""

    def __init__(self, places: Places, port: Callable[[str], int]) -> None:
        """Begin; `port` gives the port of the answer's own network at which it reaches a service."""
        self.places, self.port = places, port
        self.task, self.writes = Task("", Path()), False
        self.kept, self.own = contextlib.ExitStack(), contextlib.ExitStack()
        self.found: dict[str, ServerPlace] = {}  # by exercise; "" for that of a check that writes
        self.texts: set[str] = set()

    def begin(self, task: Task, writes: bool) -> None:
        """Make ready for a check; a place is made when it is asked for."""
        self.task, self.writes = task, writes

    def end(self) -> None:
        """End what the check left on the server, and the place that it had for itself."""
        place = self.found.get(self.task.id)
        self.found.pop("", None)
        try:
            if place and not self.writes:
                self.places.quiet(place)
            self.own.close()
        except Exception:  # it is stopped, full, or worse: no reason to lose the submission's other results
            self.places.give_up(self.task.service)
            self.found = {name: each for name, each in self.found.items() if each.service != self.task.service}

    def close(self) -> None:
        """End every place."""
        services = {place.service for place in self.found.values()}
        for stack in (self.own, self.kept):
            try:
                stack.close()
            except Exception:
                for service in services:
                    self.places.give_up(service)

    def place(self) -> ServerPlace:
        """Return the place that the check uses."""
        service, key = self.task.service, "" if self.writes else self.task.id
        if not service:
            raise CouldNotCheck(f"{self.task.id} has no server: its exercise.yml names no service")
        if key not in self.found:
            if not find(service).shared:  # the whole server is a place: the last one ends
                self.found = {name: each for name, each in self.found.items() if each.service != service}
            try:
                stack = self.own if self.writes else self.kept
                self.found[key] = place = stack.enter_context(self.places.place(service, self.task))
            except CourseError as error:
                raise CouldNotCheck(str(error)) from None
            self.texts |= {place.admin, place.outside}
        return self.found[key]

    def seen(self) -> ServerPlace:
        """Return the check's place, and its URL as the answer sees it."""
        place = self.place()
        return replace(place, url=self.url(place.service))

    def url(self, service: str) -> str:
        """Return the URL of the check's place as the answer sees it."""
        if service != self.task.service:
            raise ValueError(f"this exercise has no service {service!r}")
        url = moved(self.place().outside.partition("?")[0], self.port(service))
        self.texts.add(url)
        return url

    def target(self, service: str) -> tuple[str, int]:
        """Return host and port of a service's server."""
        return address(next(place.outside for place in self.found.values() if place.service == service))

    def plain(self, text: str) -> str:
        """Return a text for people: with `url` in the place of an address, its password included."""
        for each in sorted(self.texts, key=len, reverse=True):
            text = text.replace(repr(each), "url").replace(each, "url")
        return text


def _impatient(url: str) -> str:
    """Return a check's URL: on PostgreSQL with a setting that outranks those an answer can make for role and database."""
    return f"{url}?options=-c%20lock_timeout%3D{PATIENCE}s" if url.startswith("postgresql") else url


def address(url: str) -> tuple[str, int]:
    """Return host and port of a service's URL; Memcached's has no scheme."""
    at = urlsplit(url if "://" in url else f"//{url}")
    return str(at.hostname), int(at.port or 0)


def moved(url: str, port: int) -> str:
    """Return the URL of a service at another port of 127.0.0.1."""
    return re.sub(r"[^@/]+:\d+(?=/|$)", f"127.0.0.1:{port}", url, count=1)


def _template(task: Task) -> Template | None:
    """Return what the exercise's template.py loads, known by its text."""
    text = task.text("template.py")
    if not text:
        return None
    return Template(f"{task.id} {hashlib.sha256(text.encode()).hexdigest()}", functools.partial(_load, task))


def _load(task: Task, url: str) -> Any:
    return runpy.run_path(str(task.folder / "template.py"))["load"](url)


def _redis_user(url: str) -> str:
    """Return the URL for a user who can reach neither the server's settings nor other servers; ends the last one's."""
    import redis

    password, at = secrets.token_hex(12), urlsplit(url)
    with redis.Redis.from_url(url) as admin:
        admin.execute_command("ACL", "DELUSER", "answer")
        admin.execute_command("ACL", "SETUSER", "answer", "on", f">{password}", *REDIS_RULES)
    return urlunsplit(at._replace(netloc=f"answer:{password}@{at.hostname}:{at.port}"))
