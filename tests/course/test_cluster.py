"""A class is graded on a Dask cluster, with a worker killed in the middle: nothing lost, nothing counted twice."""

from __future__ import annotations

import collections
import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from course import index
from course.judging.result import ExerciseResult, SubmissionResult, submission_from_json

from . import clusters

NUMBER = 100


def grade(folder: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    """Start the command."""
    command = [sys.executable, "-m", "course.cli", "grade", str(folder), "--out", str(out)]
    command += ["--provider", "process", "--trust", "--public", *options]
    return subprocess.Popen(command, cwd=index.root(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def results(out: Path) -> list[SubmissionResult]:
    """Return what was found, without the seconds it took."""
    found = [
        submission_from_json(each) for each in json.loads((out / "results.json").read_text("utf-8"))["submissions"]
    ]
    return [dataclasses.replace(each, exercises=tuple(map(timeless, each.exercises))) for each in found]


def timeless(result: ExerciseResult) -> ExerciseResult:
    return dataclasses.replace(result, checks=tuple(dataclasses.replace(c, seconds=0.0) for c in result.checks))


@dataclasses.dataclass(frozen=True)
class Runs:
    """Both folders of results, how many were done when the worker died, and the cluster's processes at that time."""

    here: Path
    there: Path
    done: int
    family: list[psutil.Process]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Grade the class here, and on a cluster that loses a worker."""
    top = tmp_path_factory.mktemp("cluster")
    clusters.hand_in(top / "class", NUMBER)
    local = grade(top / "class", top / "here", "--workers", "2")
    assert local.communicate(timeout=240)[1] == ""
    with clusters.cluster() as cluster:
        run = grade(top / "class", top / "there", "--cluster", cluster.address)
        cache = top / "there" / "cache"
        clusters.until(lambda: len(list(cache.glob("*.json"))) >= NUMBER // 4, 240)
        family = cluster.family()
        cluster.kill_worker()
        done = len(list(cache.glob("*.json")))
        _, errors = run.communicate(timeout=240)
        assert run.returncode == 0, errors
    return Runs(top / "here", top / "there", done, family)


def test_the_worker_died_in_the_middle(runs: Runs) -> None:
    assert NUMBER // 4 <= runs.done < NUMBER


def test_nothing_is_lost_and_nothing_is_counted_twice(runs: Runs) -> None:
    counted = collections.Counter(each.student for each in results(runs.there))
    assert counted == {f"s{n:04}": 1 for n in range(NUMBER)}


def test_the_cluster_finds_what_a_local_run_finds(runs: Runs) -> None:
    assert results(runs.there) == results(runs.here)
    assert {each.state for each in results(runs.there)} == {"graded"}


def test_no_process_of_the_cluster_is_left(runs: Runs) -> None:
    assert len(runs.family) > 5  # the scheduler, two workers, judges and sandboxes
    assert psutil.wait_procs(runs.family, timeout=10)[1] == []


def test_a_scheduler_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    clusters.hand_in(tmp_path / "class", 1)
    run = grade(tmp_path / "class", tmp_path / "out", "--cluster", "tcp://127.0.0.1:9")
    _, errors = run.communicate(timeout=60)
    assert run.returncode == 2
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in errors.strip().splitlines()[-1]
