"""A grading run that is killed, starved of disk or robbed of its judge is resumed, or refused with a sentence."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import random
import resource
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from course import index
from course.grading.submissions import _walk, discover
from course.judging.result import SubmissionResult, submission_from_json

from . import clusters

NUMBER = 10
POINTS = [random.Random(f"kill {n}").uniform(0.05, 0.95) for n in range(4)]
NOTEBOOK = b'{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}'


def command(folder: Path, out: Path) -> list[str]:
    """Return the command that grades a class in two threads."""
    grade = ["-m", "course.cli", "grade", str(folder), "--out", str(out)]
    return [sys.executable, *grade, "--provider", "process", "--trust", "--public", "--workers", "2"]


def start(folder: Path, out: Path, **options: Any) -> subprocess.Popen[str]:
    options["env"] = {**os.environ, **options.get("env", {}), "TMPDIR": str(folder.parent)}  # the killed leave things
    return subprocess.Popen(
        command(folder, out), cwd=index.root(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **options
    )  # type: ignore[call-overload,no-any-return]


def finish(run: subprocess.Popen[str]) -> tuple[int, str]:
    _, errors = run.communicate(timeout=120)
    return run.returncode, errors


def results(out: Path) -> list[SubmissionResult]:
    """Return what was found, without the seconds it took."""
    data = json.loads((out / "results.json").read_text("utf-8"))
    for submission in data["submissions"]:
        for check in (check for exercise in submission["exercises"] for check in exercise["checks"]):
            check["seconds"] = 0.0
    return [submission_from_json(each) for each in data["submissions"]]


@dataclasses.dataclass(frozen=True)
class Undisturbed:
    """A class, what grading it finds when nothing goes wrong, and how long that takes in seconds."""

    folder: Path
    results: list[SubmissionResult]
    seconds: float


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    top = tmp_path_factory.mktemp("faults")
    clusters.hand_in(top / "class", NUMBER)
    began = time.monotonic()
    assert finish(start(top / "class", top / "out")) == (0, "")
    seconds = time.monotonic() - began
    found = results(top / "out")
    assert [each.state for each in found] == ["graded"] * NUMBER
    return Undisturbed(top / "class", found, seconds)


# -- killed


@pytest.mark.parametrize("point", POINTS)
def test_a_run_killed_at_any_point_goes_on_to_the_undisturbed_result(
    school: Undisturbed, tmp_path: Path, point: float
) -> None:
    run = start(school.folder, tmp_path)
    time.sleep(point * school.seconds)
    family = psutil.Process(run.pid).children(recursive=True) if run.poll() is None else []
    run.kill()
    finish(run)
    assert psutil.wait_procs(family, timeout=20)[1] == [], "what a killed run started has to end by itself"
    kept = {file: file.stat().st_mtime_ns for file in tmp_path.glob("cache/*.json")}
    assert finish(start(school.folder, tmp_path)) == (0, "")
    assert results(tmp_path) == school.results
    assert {file: file.stat().st_mtime_ns for file in kept} == kept, "what was graded is not graded again"


def judges(run: subprocess.Popen[str]) -> list[psutil.Process]:
    """Return the judges of a run, then the process that forks them."""
    with contextlib.suppress(psutil.Error):
        forking = [p for p in psutil.Process(run.pid).children() if "course.judging.judge" in " ".join(p.cmdline())]
        return [judge for each in forking for judge in each.children()] + forking
    return []


def test_a_judge_that_is_killed_costs_no_submission_its_result(school: Undisturbed, tmp_path: Path) -> None:
    run = start(school.folder, tmp_path)
    clusters.until(lambda: len(list(tmp_path.glob("cache/*.json"))) >= 2)
    judges(run)[0].kill()
    assert finish(run) == (0, "")
    assert results(tmp_path) == school.results


def test_judges_that_are_killed_again_and_again_leave_a_sentence_and_nothing_wrong(
    school: Undisturbed, tmp_path: Path
) -> None:
    run = start(school.folder, tmp_path)
    clusters.until(lambda: len(list(tmp_path.glob("cache/*.json"))) >= 2)
    for _ in range(20):
        for judge in judges(run):
            with contextlib.suppress(psutil.Error):
                judge.kill()
        time.sleep(0.1)
    status, errors = finish(run)
    found = results(tmp_path)
    assert errors == ""
    for each, undisturbed in zip(found, school.results, strict=True):
        assert each == undisturbed or "The judge stopped before it answered" in each.sentence
    doubtful = [each.state for each in found if each not in school.results]
    assert doubtful == ["in doubt"] * len(doubtful)
    assert status == bool(doubtful)
    assert finish(start(school.folder, tmp_path)) == (0, "")
    assert results(tmp_path) == school.results


# -- the disk


def test_a_full_disk_is_one_sentence_and_with_room_the_run_goes_on(school: Undisturbed, tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can make a disk of 64 KiB; the next test limits the size of files")
    out, kept = tmp_path / "out", tmp_path / "kept.json"
    out.mkdir()
    grade, place = shlex.join(command(school.folder, out)), shlex.quote(str(out))
    script = f"""
        mount -t tmpfs -o size=64k none {place} || exit 90
        {grade} > /dev/null; echo "first: $?" >&2
        mount -o remount,size=64m {place}
        {grade} > /dev/null; echo "then: $?" >&2
        cp {place}/results.json {shlex.quote(str(kept))}
    """
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script], cwd=index.root(), capture_output=True, text=True, timeout=120
    )
    sentence, first, then = done.stderr.strip().splitlines()
    assert "cannot be written: No space left on device. Give another place with --out." in sentence
    assert (first, then) == ("first: 2", "then: 0")
    kept.rename(tmp_path / "results.json")
    assert results(tmp_path) == school.results


def test_a_limit_on_the_size_of_files_is_one_sentence(school: Undisturbed, tmp_path: Path) -> None:
    run = start(school.folder, tmp_path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000)))
    status, errors = finish(run)
    assert (status, errors.count("\n")) == (2, 1)
    assert "cannot be written: File too large." in errors
    assert list(tmp_path.glob("cache/.*")) == []
    assert finish(start(school.folder, tmp_path)) == (0, "")
    assert results(tmp_path) == school.results


# -- the folder of submissions


@contextlib.contextmanager
def class_of(*names: str) -> Iterator[Path]:
    """Yield a folder that other users may enter, with notebooks."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        for name in names:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(NOTEBOOK)
        yield folder


def removed(path: Path) -> None:
    path.unlink()


def made_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def made_a_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def made_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (removed, "bo.ipynb cannot be read: No such file or directory."),
        (made_a_pipe, "bo.ipynb is a special file, not a notebook."),
        (made_a_link, "bo.ipynb cannot be read: it is a link; hand in the file itself."),
        (made_a_folder, "bo.ipynb cannot be read: Is a directory."),
    ],
)
def test_a_file_that_changes_under_the_run_is_told_of(change: Callable[[Path], None], why: str) -> None:
    with class_of("ada.ipynb", "bo.ipynb", "cleo.ipynb") as folder:
        found = _walk(folder, folder, 0)
        ada = next(found)
        change(folder / "bo.ipynb")
        bo, cleo = found
    assert (ada.refused, bo.refused, cleo.refused) == ("", why, "")


def test_a_folder_that_vanishes_under_the_run_is_told_of() -> None:
    with class_of("ada/a.ipynb", "bo/b.ipynb") as folder:
        found = _walk(folder, folder, 0)
        next(found)
        (folder / "bo" / "b.ipynb").unlink()
        (folder / "bo").rmdir()
        refused = [each.refused for each in found]
    assert refused[0] == "The folder bo cannot be read: No such file or directory."


@contextlib.contextmanager
def unprivileged() -> Iterator[None]:
    """Be somebody whom permissions stop."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_an_unreadable_file_is_refused_and_its_neighbours_are_read() -> None:
    with class_of("ada.ipynb", "bo.ipynb", "cleo/work.ipynb") as folder:
        (folder / "bo.ipynb").chmod(0)
        (folder / "cleo").chmod(0)
        with unprivileged():
            ada, bo, cleo = list(discover(folder, []))[:3]
        (folder / "cleo").chmod(0o755)
    assert ada.raw == NOTEBOOK
    assert bo.refused == "bo.ipynb cannot be read: Permission denied."
    assert cleo.refused == "The folder cleo cannot be read: Permission denied."


@pytest.mark.parametrize("name", ["all.zip", "bo.ipynb"])
def test_an_unreadable_file_that_was_asked_for_is_refused(name: str) -> None:
    with class_of(name) as folder:
        (folder / name).chmod(0)
        with unprivileged():
            [found] = discover(folder / name, [])
    assert found.refused == f"{name} cannot be read: Permission denied."


# -- the clock


def test_a_clock_that_jumps_changes_nothing(school: Undisturbed, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import itertools, time\njumps = itertools.cycle([0, 4e8, -4e8, 3600, -86400])\n"
        "now = time.time\ntime.time = lambda: now() + next(jumps)\n"
    )
    run = start(school.folder, tmp_path / "out", env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert finish(run) == (0, "")
    assert results(tmp_path / "out") == school.results
