"""The lab a-million-seats: its start state fails every named behaviour; the solution, on the same data, shows them.

Six stores are needed, one of them comes as an image only: without an engine nothing is run, and the run says so.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.labs import check as lab_check
from course.labs import lab
from course.labs.compose import Compose
from course.labs.process import free_port
from tests.labs.test_gate_scanner import left_of

LAB = lab.find("a-million-seats")
CHECKS = lab_check.load(LAB.checks)
BEHAVIOURS = lab_check.behaviours(CHECKS)
FAILURES = {  # of the start state: what each check gets
    "a_page_of_cheap_seats_reads_a_page": "rows read",
    "a_page_is_stable_while_seats_are_sold": "10 seats were skipped",
    "a_customer_is_found_without_a_search": "the table was read",
    "a_seat_is_held_by_one": "",  # by many at once, or given back by somebody else: as the race goes
    "a_hold_ends_by_itself": "-1",
    "a_seat_is_sold_once": "",  # a deadlock, one number twice, or missing tickets: as the race goes
    "a_typing_error_finds_the_artist": "nothing",
    "a_renamed_event_is_found_when_the_search_was_away": "status 500",
    "a_venue_that_changed_is_shown_as_it_is": "None",
    "a_venue_is_shown_without_the_cache": "500",
    "the_ledger_holds_each_order_once": "entries for",
    "a_migration_keeps_nobody_waiting": "a write waited",
}
PROJECT = f"a-million-seats-test-{os.getpid()}"
PORTS = {port.variable: str(free_port()) for port in lab.ports(LAB.start)}
pytestmark = pytest.mark.needs("docker")


@pytest.fixture(scope="module")
def finished_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lab.finished(LAB, tmp_path_factory.mktemp("lab") / "finished")


@pytest.fixture(scope="module")
def start_state() -> Iterator[Compose]:
    with Compose(LAB.start, PROJECT, PORTS) as services:
        yield services
    assert left_of(PROJECT) == []


@pytest.fixture(scope="module")
def finished(start_state: Compose, finished_folder: Path) -> Compose:
    """The finished catalogue in front of the stores that the start state used: what it left there is mended too."""
    services = Compose(finished_folder, PROJECT, PORTS)
    services.up()
    return services


def test_every_behaviour_has_a_named_failure() -> None:
    assert list(FAILURES) == list(BEHAVIOURS)


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_the_start_state_fails(start_state: Compose, name: str) -> None:
    check = lab_check.attempt(name, BEHAVIOURS[name], CHECKS, start_state)
    assert check.verdict == "FAIL", check
    assert FAILURES[name] in check.got, check


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_the_solution_shows(finished: Compose, name: str) -> None:
    check = lab_check.attempt(name, BEHAVIOURS[name], CHECKS, finished)
    assert check.passed, check


def test_no_seat_was_sold_twice(finished: Compose) -> None:
    double = "SELECT count(*) FROM ticket t JOIN seat s ON s.id = t.seat_id WHERE s.status <> 'sold'"
    lost = "SELECT count(*) FROM orders o WHERE id > 40000 AND total <> (SELECT sum(price) FROM ticket WHERE order_id = o.id)"
    before = CHECKS.look(finished, "SELECT coalesce(max(id), 0) FROM orders")
    assert lab_check.attempt("a", BEHAVIOURS["a_seat_is_sold_once"], CHECKS, finished).passed
    assert CHECKS.look(finished, double) == [(0,)]
    assert CHECKS.look(finished, f"{lost} AND o.id > %s", before[0][0]) == [(0,)]


def test_the_solution_is_typed(finished_folder: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={LAB.root}/.mypy_cache"]
    command += ["--untyped-calls-exclude=pymemcache", "--disable-error-code=import-untyped"]
    command += ["--disable-error-code=import-not-found", "catalogue"]  # its server is in its image only
    environment = os.environ | {"MYPYPATH": str(LAB.root / "labs")}
    done = subprocess.run(command, cwd=finished_folder, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
