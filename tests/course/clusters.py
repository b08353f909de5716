"""A Dask scheduler and two workers as processes of their own on loopback, and a class of cheap submissions."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from course import index, notebook

BODIES = ("pass", "return len(line)", "raise OSError", "", "", "")  # half of the class has not begun
WORKER = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1", "--death-timeout", "30"]


def hand_in(folder: Path, number: int) -> None:
    """Write cheap submissions: with an answer to one exercise or none, and none of them like another."""
    _, topic, exercise = next(index.load().exercises())
    for student in range(number):
        body = BODIES[student % len(BODIES)]
        source = f"# exercise: {exercise.id}\ndef parse(line):\n    {body}" if body else "seats = 7"
        path = folder / f"s{student:04}" / f"{topic.stem}.ipynb"
        path.parent.mkdir(parents=True)
        cells = [notebook.code("answer", f"{source}  # {student}")]
        path.write_text(notebook.text(notebook.blank(cells)), "utf-8")


@dataclass
class Cluster:
    """A running cluster; `processes` are the scheduler and then the workers."""

    address: str
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def kill_worker(self) -> None:
        """Kill the first worker with -9."""
        self.processes[1].kill()
        self.processes[1].wait()

    def family(self) -> list[psutil.Process]:
        """Return every process of the cluster, judges and sandboxes included."""
        members = [psutil.Process(process.pid) for process in self.processes]
        return members + [child for member in members for child in member.children(recursive=True)]


def _start(folder: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
    return subprocess.Popen(
        command, cwd=index.root(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore", "PYTHONPATH": str(index.root()), "TMPDIR": folder},
    )  # fmt: skip


@contextlib.contextmanager
def cluster(workers: int = 2) -> Iterator[Cluster]:
    """Yield a cluster whose workers are there; end every process of it."""
    with tempfile.TemporaryDirectory() as folder:
        scheduler = _start(folder, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        running = Cluster("", [scheduler])
        try:
            running.address = _told(scheduler, r"Scheduler at:\s+(tcp://\S+)")
            for _ in range(workers):
                running.processes.append(_start(folder, "dask_worker", running.address, *WORKER))
            for worker in running.processes[1:]:
                _told(worker, r"(Registered to:\s+tcp)")
            yield running
        finally:
            for process in reversed(running.processes):
                _end(process)


def _told(process: subprocess.Popen[str], pattern: str) -> str:
    """Return what a process says on the way up."""
    assert process.stderr
    for line in process.stderr:
        if found := re.search(pattern, line):
            return found[1]
    raise AssertionError(f"it ended with {process.wait()} before it said {pattern}")


def _end(process: subprocess.Popen[str]) -> None:
    """End one process and the judge and sandboxes that it started."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stderr:
        process.stderr.close()


def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something is so; fail after so many seconds."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)
