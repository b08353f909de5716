"""A judge in a process of its own, kept warm: `check()`, `course grade` and CI all speak to one of these."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from course.errors import CourseError
from course.judging.limits import Limits
from course.judging.program import Cell, Task
from course.judging.result import ExerciseResult, exercise_from_json

START = "import sys; sys.path.insert(0, sys.argv[1]); from course.judging.judge import main; main()"


class Judge:
    """Start a judge at its first use and keep it; a judge that died is replaced."""

    def __init__(self, provider: str = "process", limits: Limits | None = None) -> None:
        self.provider, self.limits = provider, limits or Limits()
        self.process: subprocess.Popen[str] | None = None
        self.log = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 (closed in close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def command(self) -> list[str]:
        """Return the command that starts a judge."""
        return [sys.executable, "-P", "-c", START, str(Path(__file__).resolve().parents[2])]

    def described(self, task: Task) -> dict[str, Any]:
        """Return a task as the judge reads it."""
        return {"id": task.id, "folder": str(task.folder.resolve()), "stub": task.stub}

    def start(self) -> subprocess.Popen[str]:
        """Return the running process."""
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                self.command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.log,
                text=True,
                encoding="utf-8",
                cwd="/",
                start_new_session=True,
            )
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
        process = self.start()
        assert process.stdin and process.stdout
        try:
            process.stdin.write(job)
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = ""
        if line.endswith("\n"):
            return line
        process.kill()
        process.wait()
        return ""

    def last_words(self) -> str:
        """Return the end of what the judge wrote to its log."""
        self.log.seek(0)
        return self.log.read()[-1_500:].strip() or "(none)"

    def close(self) -> None:
        """End the judge; it ends its sandboxes."""
        if self.process:
            with contextlib.suppress(OSError):
                assert self.process.stdin and self.process.stdout
                self.process.stdin.close()
                self.process.stdout.close()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None
        self.log.close()
