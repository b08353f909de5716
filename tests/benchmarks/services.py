"""Start every server in both ways, and fresh databases on it: `python tests/benchmarks/services.py [NAME …]`."""

from __future__ import annotations

import contextlib
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psycopg
import pytest

from course.services import Template, find, fresh, server, service
from course.services.table import SERVERS
from tests.course.servers import WAYS, way

SEATS = 1_000_000
TIMES = 9


@contextlib.contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how many seconds a block takes."""
    began = time.monotonic()
    yield
    print(f"    {what:<44} {time.monotonic() - began:6.2f} s", flush=True)


def load(number: int) -> Template:
    """A template with so many seats."""

    def fill(url: str) -> None:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE seats (id int, section int, price numeric)")
            connection.execute(f"INSERT INTO seats SELECT n, n % 400, n % 90 FROM generate_series(1, {number}) n")

    return Template(f"{number} seats", fill)


def copies(url: str, template: Template, what: str) -> None:
    """Print the median time of a fresh database of a template that is loaded, and of its end."""
    with fresh(url, template):
        pass
    made, ended = [], []
    for _ in range(TIMES):
        began = time.monotonic()
        with fresh(url, template):
            made.append(time.monotonic() - began)
            began = time.monotonic()
        ended.append(time.monotonic() - began)
    figures = [1000 * statistics.median(each) for each in (made, ended)]
    print(f"    {what:<44} {figures[0]:4.0f} ms, dropped in {figures[1]:.0f} ms", flush=True)


def main() -> None:
    """Print the figures of every server that can be had here."""
    chosen = sys.argv[1:] or [row.name for row in SERVERS]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for name in chosen:
        for each in WAYS:
            print(f"{find(name).title} as a {each}")
            try:
                with way(each, name):
                    measure(name)
            except pytest.skip.Exception as reason:
                print(f"    {reason}")


def measure(name: str) -> None:
    """Print the figures of one server."""
    with contextlib.ExitStack() as stack:
        with timed("first use, ready"):
            stack.enter_context(service(name))
        with timed("second use, ready"):
            stack.enter_context(service(name))
        if name == "postgres":
            url = stack.enter_context(server(name))
            copies(url, load(1000), "a fresh database of 1,000 seats")
            copies(url, load(SEATS), f"a fresh database of {SEATS:,} seats")
        began = time.monotonic()
    print(f"    {'both uses over':<44} {time.monotonic() - began:6.2f} s", flush=True)


if __name__ == "__main__":
    main()
