"""What the doctor finds, what the clean-up gives back, and what tests need of a machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from course import index
from course.learning import clean, doctor
from course.learning.prerequisites import install_command

ROOT = index.root()


def course(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {k: v for k, v in os.environ.items() if k not in ("CI", "COURSE_INSTALL")}
    command = [sys.executable, "-m", "course.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**known, "COLUMNS": "160", **environment})


def test_the_doctor_tries_everything_and_says_that_one_can_start() -> None:
    done = course("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("Python", "environment", "JupyterLab", "work/", "git", "ports", "Node", "bubblewrap", "Docker engine"):
        assert name in done.stdout
    assert "You can read, run and solve." in done.stdout


def test_the_doctor_names_a_package_that_differs_from_the_lock(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("pytest==1.0\nno-such-package==2\npyyaml==9 ; python_version < '3'\n")
    found = doctor.environment(tmp_path)
    assert not found.works
    assert "pytest==1.0 (found " in found.detail
    assert "no-such-package==2 (found nothing)" in found.detail
    assert "pyyaml" not in found.detail
    assert found.needed
    assert not doctor.healthy([found])


def test_the_doctor_finds_that_work_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "work").write_text("a file where the folder should be")
    found = doctor.work(tmp_path)
    assert not found.works
    assert "chown" in found.remedy


def test_what_is_useful_but_absent_does_not_keep_anyone_from_starting(tmp_path: Path) -> None:
    done = course("doctor", PATH=str(tmp_path))
    assert done.returncode == 0, done.stdout
    for line in ("absent  git", "absent  Docker engine"):
        assert line in done.stdout


def test_the_command_that_installs_is_the_one_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    brew = tmp_path / "brew"
    brew.write_text("#!/bin/sh\n")
    brew.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    packages = {"apt": "chromium", "brew": "--cask google-chrome"}
    assert install_command(packages) == "brew install --cask google-chrome"
    brew.unlink()
    assert "Debian calls it chromium" in install_command(packages)


def test_missing_prerequisites_are_named_and_the_run_called_incomplete(tmp_path: Path) -> None:
    done = course("prerequisites", PATH=str(tmp_path))
    assert done.returncode == 0
    for name in ("chromium", "bubblewrap"):
        assert f"INCOMPLETE: {name} is missing" in done.stderr


def test_in_ci_nothing_may_be_missing(tmp_path: Path) -> None:
    done = course("prerequisites", PATH=str(tmp_path), CI="true")
    assert done.returncode == 2
    assert "nothing may be missing" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def used(tmp_path: Path) -> Path:
    """A course that was used: environment, book, caches and answers beside tracked files."""
    files = ("course.yml", "course/index.py", "work/exercises/answers.ipynb", "_build/html/index.html")
    for name in (*files, ".mypy_cache/x", "course/__pycache__/index.pyc", "notebooks/.ipynb_checkpoints/n.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x" * 5000)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/keep").write_text("x")
    (tmp_path / ".venv").symlink_to(tmp_path / "elsewhere")
    return tmp_path


def names(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_cleaning_gives_back_what_can_be_made_again_and_nothing_else(used: Path) -> None:
    given, archive = clean.clean(used)
    assert given >= 4 * 5000
    assert archive is None
    assert names(used) == {"course.yml", "course/index.py", "work/exercises/answers.ipynb", "elsewhere/keep"}
    assert not (used / ".venv").is_symlink()


def test_cleaning_work_keeps_it_in_a_zip_file(used: Path) -> None:
    _, archive = clean.clean(used, work=True)
    assert archive is not None
    assert not (used / "work").exists()
    with zipfile.ZipFile(archive) as kept:
        assert kept.namelist() == ["work/exercises/answers.ipynb"]


def test_a_file_with_two_names_is_counted_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100_000)
    before = clean.size(tmp_path)
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    assert clean.size(tmp_path) == before


def test_cleaning_asks_and_an_answer_that_is_missing_means_no(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "course.cli", "clean"], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert "Give " in done.stdout
    assert (ROOT / ".venv").exists()


INNER = """
import json, os, time
from pathlib import Path
import pytest

def span(name):
    began = time.monotonic()
    time.sleep(0.3)
    Path(f"{name}-{os.getpid()}.json").write_text(json.dumps([began, time.monotonic()]))

@pytest.mark.alone
@pytest.mark.parametrize("n", range(2))
def test_alone(n):
    span(f"alone{n}")
"""
OTHER = INNER.partition("@")[0] + "\n@pytest.mark.parametrize('n', range(5))\ndef test_other(n): span(f'other{n}')\n"


def inner(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a suite of its own under this suite's conftest."""
    shutil.copy(ROOT / "tests/conftest.py", folder)
    options = ["--disable-plugin-autoload", "-p", "xdist.plugin", "-q", *arguments]
    known = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COURSE_")) and k != "CI"}
    command = [sys.executable, "-m", "pytest", "-c", "/dev/null", "--rootdir", str(folder), *options, str(folder)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**known, **environment})


def test_what_measures_runs_while_nothing_else_does(tmp_path: Path) -> None:
    import json

    (tmp_path / "test_a.py").write_text(INNER)
    (tmp_path / "test_b.py").write_text(OTHER)
    done = inner(tmp_path, "-n", "2", "--dist", "loadfile")
    assert "7 passed" in done.stdout, done.stdout
    spans = {path.stem: json.loads(path.read_text()) for path in tmp_path.glob("*.json")}
    alone = [span for name, span in spans.items() if name.startswith("alone")]
    others = [span for name, span in spans.items() if name.startswith("other")]
    assert len({name.rpartition("-")[2] for name in spans}) == 2
    assert not [pair for one in alone for pair in others if one[0] < pair[1] and pair[0] < one[1]]


def test_a_test_whose_need_is_missing_is_skipped_and_the_summary_says_incomplete(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text("import pytest\n@pytest.mark.needs('chromium')\ndef test_a(): pass\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    done = inner(tmp_path, PATH=str(empty))
    assert "1 skipped" in done.stdout
    assert "INCOMPLETE: chromium is missing" in done.stdout
    done = inner(tmp_path, PATH=str(empty), CI="true")
    assert "1 failed" in done.stdout or "1 error" in done.stdout
