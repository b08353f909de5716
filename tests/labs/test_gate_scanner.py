"""The lab gate-scanner: its start state fails every named behaviour, its solution shows them, also under faults.

Runs as containers; where no engine answers, as processes, and then the run says that it is incomplete.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.labs import check as lab_check
from course.labs import lab
from course.labs.compose import Compose
from course.labs.process import Processes, free_port
from course.learning.prerequisites import engine_problem, in_ci

LAB = lab.find("gate-scanner")
CHECKS = lab_check.load(LAB.checks)
BEHAVIOURS = lab_check.behaviours(CHECKS)
FAILURES = {  # of the start state: what each check gets
    "a_paper_ticket_keeps_nobody_else_waiting": "after 1",
    "a_desk_that_does_not_read_costs_nobody_an_answer": "the service ended with code",
    "a_line_that_does_not_end_is_hung_up_on": "still connected",
    "half_a_scan_is_not_acted_upon": "REFUSED s-2",
    "a_bad_line_is_answered_and_costs_nothing_else": "s",
    "a_scan_that_is_sent_again_counts_once": "'WELCOME s-1', 'REFUSED s-1'",
    "sigterm_under_load_loses_no_scan": "scans were answered and are not in the journal",
    "a_crash_under_load_loses_no_scan": "scans were answered and are not in the journal",
    "half_a_last_line_does_not_keep_it_from_starting": "ValueError",
    "a_full_disk_costs_no_scan": "scans were answered and are not in the journal",
}
SMALL_DISK = """
volumes:
  journal:
    driver_opts: {type: tmpfs, device: tmpfs, o: "size=128k,uid=1000,gid=1000"}
"""


@contextlib.contextmanager
def running(folder: Path, name: str, *more: Path) -> Iterator[Compose | Processes]:
    """Run a state of the lab; in CI a missing engine fails."""
    problem = engine_problem()
    if problem and in_ci():
        pytest.fail(f"INCOMPLETE: {problem}")
    if problem:
        with Processes(folder, CHECKS.PROCESSES, lab.settings(folder)) as services:
            yield services
        return
    project = f"gate-scanner-test-{name}-{os.getpid()}"
    with Compose(folder, project, {"GATE_PORT": str(free_port())}, *more) as containers:
        yield containers
    assert left_of(project) == []


def left_of(project: str) -> list[str]:
    """Return what an engine still holds of a project."""
    label = f"label=com.docker.compose.project={project}"
    kinds = (("ps", "--all"), ("network", "ls"), ("volume", "ls"), ("image", "ls"))
    asked = (["docker", *kind, "--quiet", "--filter", label] for kind in kinds)
    return [line for each in asked for line in subprocess.check_output(each, text=True).split()]


@pytest.fixture(scope="module")
def finished_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lab.finished(LAB, tmp_path_factory.mktemp("lab") / "finished")


@pytest.fixture(scope="module")
def start_state() -> Iterator[Compose | Processes]:
    with running(LAB.start, "start") as services:
        yield services


@pytest.fixture(scope="module")
def finished(finished_folder: Path) -> Iterator[Compose | Processes]:
    with running(finished_folder, "finished") as services:
        yield services


@pytest.mark.needs("docker")
def test_the_lab_ran_as_containers() -> None:
    """Skipped, as incomplete, where it ran as processes."""


def test_every_behaviour_has_a_named_failure() -> None:
    assert list(FAILURES) == list(BEHAVIOURS)


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_the_start_state_fails(start_state: Compose | Processes, name: str) -> None:
    check = lab_check.attempt(name, BEHAVIOURS[name], CHECKS, start_state)
    assert check.verdict == "FAIL", check
    assert FAILURES[name] in check.got


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_the_solution_shows(finished: Compose | Processes, name: str) -> None:
    check = lab_check.attempt(name, BEHAVIOURS[name], CHECKS, finished)
    assert check.passed, check


async def evening_with(services: Compose | Processes, name: str) -> list[str]:
    """Let turnstiles scan while a fault comes and goes; return what the journal then says against them."""
    await CHECKS.prepare(services)
    async with CHECKS.crowd(services.address("gate"), 100, seed=len(name)) as evening:
        await CHECKS.more(evening, 100)
        begin, end = FAULTS[name]
        await asyncio.to_thread(getattr(services, begin), "gate")
        await asyncio.sleep(2)  # longer than a turnstile waits, so that each sends its scan again
        await asyncio.to_thread(getattr(services, end), "gate")
        await CHECKS.more(evening, 100)
    return list(CHECKS.settle(services.read("gate", CHECKS.JOURNAL), evening))


FAULTS = {"frozen": ("freeze", "thaw"), "cut off its network": ("cut", "join")}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_scan_is_lost_or_counted_twice_while_the_service_is(finished: Compose | Processes, fault: str) -> None:
    if not hasattr(finished, FAULTS[fault][0]):
        pytest.skip("INCOMPLETE: a process has no network of its own to be cut off")
    assert asyncio.run(evening_with(finished, fault)) == []


@pytest.mark.needs("docker")
def test_no_scan_is_lost_or_counted_twice_when_the_disk_is_full(finished_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL_DISK, "utf-8")
    with running(finished_folder, "full", tmp_path / "small.yaml") as services:
        assert isinstance(services, Compose)
        said, problems = asyncio.run(evening_on_a_full_disk(services))
    assert (said, problems) == ("ERROR not recorded: No space left on device", [])


async def evening_on_a_full_disk(services: Compose) -> tuple[str, list[str]]:
    """Fill the disk while turnstiles scan, then make room; return what a turnstile is told, and the journal's problems."""
    address = services.address("gate")
    async with CHECKS.crowd(address, 30, seed=1) as evening:
        await CHECKS.more(evening, 60)
        fill = "cat /dev/zero > /data/filler; sync"
        await asyncio.to_thread(services.execute, "gate", "sh", "-c", f"{fill}; true")
        said, n = "", 0
        async with CHECKS.Line.to(address) as line:
            while not said.startswith("ERROR") and (n := n + 1) < 1000:
                said = await line.ask(f"SCAN G999 T-full-{n} full-{n}")
        await asyncio.to_thread(services.execute, "gate", "rm", "/data/filler")
        await CHECKS.more(evening, 60)
    return said, CHECKS.settle(services.execute("gate", "cat", CHECKS.JOURNAL).encode(), evening)
