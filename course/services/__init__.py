"""Real servers for notebooks, checks and labs: `with service("postgres") as url:`.

A container where a Docker engine answers, else a server that is installed or comes as a wheel, else a sentence that
says what to install. A server starts once for a process tree, each use has its own data, and nothing is left behind.
"""

from __future__ import annotations

import contextlib
import secrets
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.services import containers, local, runs
from course.services.databases import Template, fresh
from course.services.table import SERVERS, Server

__all__ = ["Template", "fresh", "server", "service"]


@contextlib.contextmanager
def service(
    name: str, *, alone: bool = False, disk: int | None = None, template: Template | None = None
) -> Iterator[str]:
    """Yield the URL of a fresh place on a server: a database of its own, or a server of its own.

    `alone=True` gives a server of its own and its administrator's credentials in any case, `disk` limits its data to so
    many MiB of memory. `template` says what the place holds at the start. Raise CourseError for an unknown name, and
    where the server can be had neither as a container nor as a process.
    """
    row = find(name)
    own = alone or bool(disk)
    with server(name, alone=own, disk=disk) as url:
        if row.shared and not own:
            with fresh(url, template) as made:
                yield made
        else:
            if template:
                template.load(url)
            yield url


@contextlib.contextmanager
def server(name: str, *, alone: bool = False, disk: int | None = None) -> Iterator[str]:
    """Yield a server's own URL, with its administrator's credentials where it knows any; `fresh(url)` makes databases."""
    row, run = find(name), runs.current()
    if row.shared and not alone:
        with runs.locked(run, row.name):
            found = _running(row, run) or _start(row, run, row.name, None)
        yield found["url"]
    elif row.lent and not alone:
        with _lent(row, run) as url:
            yield url
    else:
        key = f"{row.name}-{secrets.token_hex(4)}"
        record = _start(row, run, key, disk)
        try:
            yield record["url"]
        finally:
            _stop(run, key, record)


def find(name: str) -> Server:
    """Return the row of a server; raise CourseError for an unknown name."""
    for row in SERVERS:
        if row.name == name:
            return row
    raise CourseError(f"There is no service {name!r}; there are {', '.join(row.name for row in SERVERS)}.")


@contextlib.contextmanager
def _lent(row: Server, run: Path) -> Iterator[str]:
    """Lend a server to one use, emptied before it; one that is lent out already is not waited for."""
    assert row.empty
    for number in range(100):
        with runs.locked(run, f"{row.name}-{number}", wait=False) as mine:
            if mine:
                key = f"{row.name}-{number}"
                found = _running(row, run, key)
                if found:
                    row.empty(found["url"])
                yield (found or _start(row, run, key, None))["url"]
                return
    raise CourseError(f"More than 100 servers of {row.title} are in use.")


def _running(row: Server, run: Path, key: str = "") -> dict[str, Any]:
    """Return the record of a server that answers, an empty one otherwise."""
    record: dict[str, Any] = runs.read(run / f"{key or row.name}.json")
    if record:
        try:
            row.ready(record["url"])
        except Exception:
            _stop(run, key or row.name, record)
            return {}
    return record


def _start(row: Server, run: Path, key: str, disk: int | None) -> dict[str, Any]:
    """Start a server in one of the two ways, wait until it answers, and write down where."""
    password = secrets.token_hex(12)
    why = containers.problem(row)
    record = _process(row, run, key, password, disk) if why else containers.start(row, run, password, disk)
    if not record:
        raise CourseError(_unavailable(row, why))
    record["url"] = row.url.format(password=password, host=record["host"], port=record["port"])
    runs.write(run / f"{key}.json", record)
    _wait(row, run, key, record)
    return record


def _unavailable(row: Server, why: str) -> str:
    from course.learning.prerequisites import install_command  # which in turn lists the servers

    install = f", or install it: {install_command(row.packages)}" if row.packages else ""
    return (
        f"{row.title} cannot be had here: no container, because {why.rstrip('.')}, and no program of its own was found. "
        f"Start Docker{install}. `course doctor` says more."
    )


def _process(row: Server, run: Path, key: str, password: str, disk: int | None) -> dict[str, Any]:
    folder = local.make_folder(run / key, disk)
    port = local.free_port()
    plan = row.local(local.Place(folder, port, password))
    if plan is None:
        return {}
    try:
        process = local.start(plan, folder)
    except (OSError, subprocess.SubprocessError) as error:
        raise CourseError(f"{row.title} does not start: {_said(folder) or error}") from None
    return {"host": "127.0.0.1", "port": port, "signal": plan.signal, **runs.identity(process.pid)}


def _wait(row: Server, run: Path, key: str, record: dict[str, Any]) -> None:
    """Wait until a server answers; end it where it does not, and say what it wrote last."""
    deadline = time.monotonic() + row.seconds
    while True:
        try:
            row.ready(record["url"])
            return
        except Exception as error:
            dead = "pid" in record and not runs.alive(record["pid"], record["started"])
            if dead or time.monotonic() > deadline:
                said = containers.log(record["container"]) if "container" in record else _said(run / key)
                _stop(run, key, record)
                raise CourseError(f"{row.title} does not answer ({error}). Its last lines:\n{said}") from None
        time.sleep(0.02)


def _stop(run: Path, key: str, record: dict[str, Any]) -> None:
    if "container" in record:
        runs.remove(record["container"])
    else:
        runs.stop_process(record)
    runs.discard(run / key)
    (run / f"{key}.json").unlink(missing_ok=True)


def _said(folder: Path) -> str:
    """Return the last lines of a server's log."""
    with contextlib.suppress(OSError):
        return "\n".join((folder / "log").read_text("utf-8", "replace").strip().splitlines()[-8:])
    return ""
