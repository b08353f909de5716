"""A judge in a process of its own, kept warm: `check()`, `course grade` and CI all speak to one of these."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self, TextIO

import psutil

from course.errors import CourseError
from course.judging.limits import Limits
from course.judging.program import Cell, Task
from course.judging.result import ExerciseResult, exercise_from_json

START = "import sys; sys.path.insert(0, sys.argv[1]); from course.judging.judge import main; main()"


class Nursery:
    """A process that has pytest and the judge loaded, and forks every judge of this process.

    It meets no submission, so that the next judge is as new as the first.
    """

    def __init__(self) -> None:
        self.lock, self.owner = threading.Lock(), 0
        self.environment: dict[str, str] = {}
        self.process: subprocess.Popen[bytes]
        self.channel: socket.socket

    def judge(self, descriptors: Sequence[int]) -> psutil.Process:
        """Return a new judge with these as its first three descriptors; raise OSError or psutil.Error where it died."""
        with self.lock:
            if self.owner != os.getpid() or self.environment != _environment():
                self.close()
                self._start(descriptors[2])
            try:
                socket.send_fds(self.channel, [b"?"], descriptors)
                if pid := int.from_bytes(self.channel.recv(4), "big"):
                    return psutil.Process(pid)
                raise OSError("the judges' nursery has ended")
            except BaseException:  # an interrupt too: what it still says would be taken for the next answer
                self.close()
                raise

    def _start(self, log: int) -> None:
        self.channel, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-c", START, str(Path(__file__).resolve().parents[2])]
            self.process = subprocess.Popen(
                command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=log, cwd="/", start_new_session=True
            )
        self.owner, self.environment = os.getpid(), _environment()

    def close(self) -> None:
        """End it; its judges live on."""
        if self.owner == os.getpid():
            self.owner = 0
            self.channel.close()
            self.process.kill()
            self.process.wait()


def _environment() -> dict[str, str]:
    """Return what a judge goes by; pytest names the running test there, in a run of our own suite."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}


NURSERY = Nursery()
atexit.register(NURSERY.close)


class Judge:
    """Start a judge at its first use and keep it; a judge that died is replaced."""

    def __init__(self, provider: str = "process", limits: Limits | None = None) -> None:
        self.provider, self.limits = provider, limits or Limits()
        self.process: psutil.Process | None = None
        self.stream: TextIO
        self.log = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 (closed in close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, descriptors: Sequence[int]) -> psutil.Process:
        """Return a new process that reads jobs from the first of these descriptors and replies to the second."""
        return NURSERY.judge(descriptors)

    def described(self, task: Task) -> dict[str, Any]:
        """Return a task as the judge reads it."""
        return {"id": task.id, "folder": str(task.folder.resolve()), "stub": task.stub}

    def start(self) -> psutil.Process:
        """Return the running process."""
        if self.process is None or not self.process.is_running():
            mine, theirs = socket.socketpair()
            with mine, theirs:
                self.process = self.begin((theirs.fileno(), theirs.fileno(), self.log.fileno()))
                self.stream = mine.makefile("rw", encoding="utf-8")
        return self.process

    def judge(
        self,
        cells: Sequence[Cell],
        tasks: Sequence[Task],
        seed: str = "0",
        only: Sequence[str] = (),
        skip_stubs: bool = False,
    ) -> list[ExerciseResult]:
        """Judge one submission: its cells in the order they run, against the checks of the tasks.

        Where the judge dies meanwhile, another one tries once more; raise CourseError where that dies too.
        `only`: the visibilities wanted, all where it is empty. `skip_stubs`: run no check on what was not attempted.
        Results come in the order of the tasks.
        """
        job: dict[str, Any] = {
            "cells": [[cell.source, cell.name] for cell in cells],
            "tasks": [self.described(task) for task in tasks],
            "provider": self.provider,
            "limits": asdict(self.limits),
            "seed": seed,
            "only": list(only),
            "skip_stubs": skip_stubs,
        }
        text = json.dumps(job) + "\n"
        line = self._asked(text) or self._asked(text)
        if not line:
            raise CourseError(f"The judge stopped before it answered, twice. Its last words: {self.last_words()}")
        reply = json.loads(line)
        if "error" in reply:
            raise CourseError(reply["error"])
        found = {r["id"]: exercise_from_json(r) for r in reply["results"]}
        return [found[task.id] for task in tasks]

    def _asked(self, job: str) -> str:
        """Return the judge's line for a job; nothing where it died, or said half of one."""
        line = ""
        with contextlib.suppress(OSError, psutil.Error):
            self.start()
            self.stream.write(job)
            self.stream.flush()
            line = self.stream.readline()
        if line.endswith("\n"):
            return line
        self._end(0)
        return ""

    def last_words(self) -> str:
        """Return the end of what the judge wrote to its log."""
        self.log.seek(0)
        return self.log.read()[-1_500:].strip() or "(none)"

    def close(self) -> None:
        """End the judge; it ends its sandboxes."""
        self._end(5)
        self.log.close()

    def _end(self, seconds: float) -> None:
        """Leave the process alone for some seconds, in which it ends by itself; then kill it."""
        if self.process:
            with contextlib.suppress(OSError):
                self.stream.close()
            with contextlib.suppress(psutil.NoSuchProcess):
                try:
                    self.process.wait(seconds)
                except psutil.TimeoutExpired:
                    self.process.kill()
                    self.process.wait()
            self.process = None
