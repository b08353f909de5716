"""Where our own time goes: the command, its judges, sandboxes, checks; `check()` in a kernel; a class of 300."""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from course import index, notebook
from course.judging import bank, providers
from course.judging.client import Judge
from course.judging.limits import Limits
from course.judging.program import Cell, Task, header
from course.judging.session import Session, Stage, Step

from .meter import Meter, Spent

KINDS = ("alternatives", "wrong")


def parts(meter: Meter, root: Path, folder: Path) -> dict[str, float]:
    """Return processor seconds of each part, measured one by one; the calling process must be in the meter's group."""
    found = {}
    start = "import course.cli, course.grading.command, course.grading.overlay; from course import index; index.load()"
    before = meter.cpu()
    subprocess.run([sys.executable, "-c", start], cwd=root, check=True)
    found["start of the command"] = meter.cpu() - before
    tests = sorted((folder / "tests" / "exercises").glob("*/*"))
    cells = [Cell(f"# exercise: x.{path.name}\nx = 1", "cell 1") for path in tests]
    before = meter.cpu()
    with Judge("process") as judge:  # stubs that are attempted by nobody: nothing runs but the collection
        judge.judge(cells, [Task(f"x.{p.name}", p, c.source) for p, c in zip(tests, cells, strict=True)])
        found["start of a judge, with the checks read"] = meter.cpu() - before
    sandboxes, checks = [], []
    provider = providers.get("bubblewrap")
    for _ in range(8):
        session = Session(provider, Limits(), [Step("cell", "<cell 1>", "def seat(x):\n    return x")])
        before = meter.cpu()
        session._start()
        started = meter.cpu()
        for _ in range(40):
            session.begin(Stage("x.seat", 1))
            session.call(session.name("seat"), (1,), {})
            session.finish()
        done = meter.cpu()
        session.close()
        sandboxes.append(started - before + meter.cpu() - done)
        checks.append((done - started) / 40)
    found["a sandbox, start to end"] = statistics.median(sandboxes)
    found["a check, without pytest"] = statistics.median(checks)
    return found


def in_kernel(times: int) -> list[float]:
    """Return the seconds of `check()` calls in one new kernel, the first one first."""
    from jupyter_client.manager import start_new_kernel

    _, topic, exercise = next(index.load().exercises())
    program = bank.program(index.root() / "solutions" / "01-core-python" / f"{topic.stem}.ipynb")
    state = tempfile.mkdtemp(prefix="course-state-")  # the learner's own record of what is solved stays as it is
    manager, client = start_new_kernel(cwd=str(index.root()), env={**os.environ, "COURSE_STATE": state})
    try:

        def run(source: str) -> float:
            began = time.perf_counter()
            reply = client.execute_interactive(source, timeout=60, output_hook=lambda _: None)
            assert reply["content"]["status"] == "ok", reply["content"]
            return time.perf_counter() - began

        run("from course import check")
        for cell in program:
            if header(cell.source)[0] in ("exercise", "given"):
                run(cell.source)
        return [run(f"check({exercise.id!r})") for _ in range(times)]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        shutil.rmtree(state, ignore_errors=True)


def hand_in(folder: Path, number: int) -> int:
    """Write notebooks with answers to every exercise: references, alternatives, wrong ones, stubs; return how many exercises."""
    picks, programs, answers = random.Random("class"), [], {}
    for _, _, exercise in index.load().exercises():
        notebook_, checks = bank.paths(index.root(), exercise.id)
        solution = index.root() / "solutions" / notebook_.parent.name / notebook_.name
        if (notebook_, solution) not in programs:
            programs.append((notebook_, solution))
        answers[exercise.id] = [
            path.read_text("utf-8") for kind in KINDS for path in sorted(checks.glob(f"{kind}/*.py"))
        ]
    cells = [cell.source for _, solution in programs for cell in bank.program(solution)]
    stubs = {header(c.source)[1]: c.source for stub, _ in programs for c in bank.program(stub)}
    for student in range(number):
        sources = []
        for source in cells:
            kind, name = header(source)
            others = [source] * 3 + answers[name] + [stubs[name]] if kind == "exercise" else [source]
            sources.append(picks.choice(others))
        sources.append(f"handed_in_by = {student}")
        made = [notebook.code(f"cell-{n}", source) for n, source in enumerate(sources)]
        path = folder / f"s{student:03}" / "all.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(notebook.text(notebook.blank(made)), "utf-8")
    return len(answers)


def class_run(meter: Meter, folder: Path) -> Spent:
    """Grade a class with two workers under bubblewrap."""
    command = [sys.executable, "-m", "course.cli", "grade", str(folder / "class"), "--out", str(folder / "out")]
    return meter.run([([*command, "--provider", "bubblewrap", "--workers", "2"], index.root(), None)])
