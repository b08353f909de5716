"""The code of the lab gate-scanner, run as processes: no container is needed to see that it is typed and fails loudly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from course.judging.result import Check
from course.labs import check as lab_check
from course.labs import lab
from course.labs.process import Processes

LAB = lab.find("gate-scanner")
CHECKS = lab_check.load(LAB.checks)
HALF_MENDED = {  # file, what stands there, what it is made, the behaviour that fails
    "an answer before the write": ("journal.py", "        await written\n", "", "a_full_disk_costs_no_scan"),
    "half a batch left in the file": (
        "journal.py",
        "os.ftruncate(self._file, self._size)  # half",
        "pass  # half",
        "a_full_disk_costs_no_scan",
    ),
    "a task for each time a scan is sent": (
        "server.py",
        "if scan.id not in self.under_way:",
        "if True:",
        "a_scan_that_is_sent_again_counts_once",
    ),
    "a last line taken for an entry": (
        "journal.py",
        'data.rfind(b"\\n") + 1',
        "len(data)",
        "half_a_last_line_does_not_keep_it_from_starting",
    ),
}


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    return lab.finished(LAB, tmp_path / "finished")


def tried(folder: Path, name: str) -> Check:
    """Try one behaviour on a state of the lab."""
    with Processes(folder, CHECKS.PROCESSES, lab.settings(folder)) as services:
        return lab_check.attempt(name, lab_check.behaviours(CHECKS)[name], CHECKS, services)


def test_the_solution_needs_no_container_to_survive_a_crash(finished: Path) -> None:
    assert tried(finished, "a_crash_under_load_loses_no_scan").passed


@pytest.mark.parametrize("mistake", HALF_MENDED)
def test_a_gate_that_is_half_mended_fails_the_behaviour_that_names_its_mistake(finished: Path, mistake: str) -> None:
    file, old, new, behaviour = HALF_MENDED[mistake]
    source = (finished / "gate" / file).read_text("utf-8")
    assert source.count(old) == 1
    (finished / "gate" / file).write_text(source.replace(old, new), "utf-8")
    assert tried(finished, behaviour).verdict == "FAIL"


def test_the_solution_is_typed(finished: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        f"--cache-dir={LAB.root}/.mypy_cache",
        "gate",
    ]
    done = subprocess.run(command, cwd=finished, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("variable", ["GATE_LISTEN", "GATE_JOURNAL", "GATE_SEAL_KEY"])
def test_a_missing_setting_is_named(variable: str) -> None:
    values = {"GATE_LISTEN": "127.0.0.1:0", "GATE_JOURNAL": os.devnull, "GATE_SEAL_KEY": "key"} | {variable: ""}
    done = subprocess.run(
        [sys.executable, "-m", "gate"],
        cwd=LAB.start,
        env=os.environ | values,
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert (done.returncode, done.stderr) == (1, f"{variable} is not set. Set it in compose.yaml.\n")
