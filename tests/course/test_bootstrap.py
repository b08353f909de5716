"""`make setup` in folders of its own, with a real environment."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from course import index

ROOT = index.root()
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")


def setup(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(folder / "course/bootstrap.py")]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, cwd=folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course whose lock holds only what builds the package."""
    place = tmp_path / "course-here"
    (place / "course").mkdir(parents=True)
    shutil.copy(ROOT / "course/bootstrap.py", place / "course")
    shutil.copy(ROOT / "pyproject.toml", place)
    (place / "course/__init__.py").write_text("SAID = 'installed'\n", encoding="utf-8")
    (place / "requirements.in").write_text("", encoding="utf-8")
    locked = re.search(r"^setuptools==\S+", LOCK, re.MULTILINE)
    assert locked
    (place / "requirements.txt").write_text(f"{locked[0]}\n", encoding="utf-8")
    return place


def said(folder: Path) -> str:
    """Return what the installed package says, asked from another folder."""
    command = [str(folder / ".venv/bin/python"), "-c", "import course; print(course.SAID)"]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder.parent, check=True).stdout.strip()


def test_setup_makes_an_environment_once_and_again_when_the_folder_moves(folder: Path, tmp_path: Path) -> None:
    first = setup(folder)
    assert first.returncode == 0, first.stderr
    assert "Making .venv" in first.stdout
    assert said(folder) == "installed"

    began = time.monotonic()
    again = setup(folder)
    assert (again.returncode, again.stdout) == (0, "")
    assert time.monotonic() - began < 2

    moved = folder.rename(tmp_path / "moved here")
    third = setup(moved)
    assert third.returncode == 0, third.stderr
    assert "Making .venv" in third.stdout
    assert (moved / ".venv/bin/course").read_text(encoding="utf-8").count(str(moved)) >= 1


def test_a_changed_lock_is_installed_into_the_same_environment(folder: Path) -> None:
    assert setup(folder).returncode == 0
    with (folder / "requirements.txt").open("a", encoding="utf-8") as lock:
        lock.write("iniconfig==2.3.1\n")
    second = setup(folder)
    assert "Installing" in second.stdout
    assert "Making" not in second.stdout
    listed = subprocess.run([folder / ".venv/bin/python", "-c", "import iniconfig"], check=False)
    assert listed.returncode == 0


def test_a_lock_that_cannot_be_installed_says_so_and_is_tried_again(folder: Path) -> None:
    (folder / "requirements.txt").write_text("setuptools==0.0.0.1\n", encoding="utf-8")
    done = setup(folder)
    assert done.returncode == 1
    assert "Installing failed" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Installing" in setup(folder).stdout


def test_a_missing_git_is_named_with_the_command_that_installs_it(folder: Path, tmp_path: Path) -> None:
    done = setup(folder, PATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("git is missing. Install it with: ")
    assert not (folder / ".venv").exists()


def test_the_environment_holds_exactly_what_the_lock_says() -> None:
    listed = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    assert listed.returncode == 0, listed.stdout


def test_the_lock_names_no_address() -> None:
    assert "://" not in LOCK
    assert "--index" not in LOCK
