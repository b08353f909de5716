"""What all tests share: what may be missing, what must run alone, and how tests are spread over workers."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import pytest
from xdist.scheduler import LoadFileScheduling

from course.learning import prerequisites

# Tests of these folders run one by one wherever there is room; all others stay together by file, for their fixtures.
SPREAD = (
    "tests/notebooks/",
    *(f"tests/course/test_{name}.py" for name in ("bootstrap", "execute", "exercises", "start")),
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "needs(name): what the test needs of the machine, by course/learning/prerequisites.py"
    )
    config.addinivalue_line("markers", "alone: it measures time, so nothing else may run beside it")
    if not hasattr(config, "workerinput"):
        os.environ["COURSE_TEST_TURNS"] = tempfile.mkdtemp(prefix="course-turns-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop("COURSE_TEST_TURNS", ""), ignore_errors=True)


class Spread(LoadFileScheduling):
    """Distribute by file, and what takes long test by test."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(SPREAD) else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Spread | None:
    return Spread(config, log) if config.getvalue("dist") == "loadfile" else None


@functools.cache
def missing() -> dict[str, str]:
    """Return what does not work here, by name."""
    return prerequisites.missing()


def pytest_runtest_setup(item: pytest.Item) -> None:
    known = {each.name for each in prerequisites.PREREQUISITES}
    for marker in item.iter_markers("needs"):
        (name,) = marker.args
        if name not in known:
            pytest.fail(f"{name!r} is not in course/learning/prerequisites.py; known: {', '.join(sorted(known))}")
        if name in missing():
            end = pytest.fail if prerequisites.in_ci() else pytest.skip
            end(f"INCOMPLETE: {missing()[name]}")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []) if report.longrepr}
    for reason in sorted(each.removeprefix("Skipped: ") for each in skipped):
        if reason.startswith("INCOMPLETE"):
            terminalreporter.write_line(reason, yellow=True)


@pytest.fixture(autouse=True)
def _turns(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let tests run side by side, but those marked `alone` only when no other does.

    Whoever wants to be alone holds the door, so that no new test starts, and waits until the room is empty.
    """
    folder = Path(os.environ["COURSE_TEST_TURNS"])
    alone = request.node.get_closest_marker("alone") is not None
    with contextlib.ExitStack() as stack:
        room = stack.enter_context((folder / "room").open("w"))
        with (folder / "door").open("w") as door:
            _lock(door, alone)
            _lock(room, alone)
        yield


def _lock(file: TextIO, alone: bool) -> None:
    fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
