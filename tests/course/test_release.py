"""The student bundle works, and tells no answer."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from course import index, notebook
from course.authoring.derive import runs, split
from course.authoring.release import release
from course.errors import CourseError
from course.judging import bank
from course.judging.program import header
from course.notebook import tags

ROOT = index.root()


@pytest.fixture(scope="module")
def bundle(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "course"
    release(folder)
    return folder


def texts(folder: Path) -> dict[Path, str]:
    return {p: p.read_text("utf-8", "replace") for p in folder.rglob("*") if p.is_file()}


def references() -> list[tuple[str, list[str]]]:
    """Every answer cell of solutions/ with the texts that students must not get."""
    found = []
    for path in sorted((ROOT / "solutions").rglob("*.ipynb")):
        for cell in notebook.read(path)["cells"]:
            kind, exercise = header(cell["source"])
            if cell["cell_type"] == "code" and kind == "exercise":
                found.append((exercise, split(cell["source"], exercise)[1]))
    return found


def test_no_folder_of_secrets_is_in_the_bundle(bundle):
    parts = {part for path in bundle.rglob("*") for part in path.relative_to(bundle).parts}
    assert not parts & {"solutions", "withheld", "wrong", "alternatives"}


def test_the_telling_line_of_every_secret_file_is_in_no_file_of_the_bundle(bundle):
    everything = "\n".join(texts(bundle).values())
    secrets = [p for kind in ("withheld", "wrong") for p in (ROOT / "tests" / "exercises").rglob(f"{kind}/*.py")]
    assert len(secrets) > 20
    public = {line.strip() for p in (ROOT / "tests" / "exercises").rglob("public/*.py") for line in p.open()}
    for path in secrets:
        lines = {line.strip() for line in path.read_text("utf-8").splitlines()} - public  # names may come twice
        telling = [line for line in lines if line.startswith(("# fails:", "def test_", "async def test_"))]
        assert telling, path
        assert not [line for line in telling if line in everything], path


def test_no_run_of_a_reference_is_left_in_the_exercises(bundle):
    assert references()
    for path in sorted((bundle / "exercises").rglob("*.ipynb")):
        cells = notebook.read(path)["cells"]
        kept = set().union(*(runs(c["source"]) for c in cells if {"answer", "given"} & set(tags(c))))
        said = set().union(*(runs(c["source"]) for c in cells)) - kept
        for exercise, removed in references():
            assert not said & set().union(*map(runs, removed)), (path.name, exercise)


def test_a_check_works_in_the_unpacked_bundle(bundle):
    exercise = next(e.id for _, _, e in index.load().exercises())
    chapter, topic, _ = index.load().find(exercise)
    answer = next(
        c.source
        for c in bank.program(ROOT / "solutions" / chapter.slug / f"{topic.stem}.ipynb")
        if header(c.source) == ("exercise", exercise)
    )
    script = f"""
import json, sys
sys.path.insert(0, {str(bundle)!r})
from course.judging import bank
from course import index
from course.judging.client import Judge
from course.judging.program import Cell
from course.judging.result import to_json
from pathlib import Path
assert index.root() == Path({str(bundle)!r})
with Judge() as judge:
    [result] = judge.judge([Cell({answer!r}, "cell 1")], [bank.task(index.root(), {exercise!r})])
print(json.dumps(to_json(result)))
"""
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, timeout=60, check=True)
    checks = json.loads(done.stdout)["checks"]
    assert checks
    assert {c["verdict"] for c in checks} == {"PASS"}
    assert {c["visibility"] for c in checks} == {"public"}


def test_a_bundle_can_be_a_zip(tmp_path):
    assert release(tmp_path / "course.zip") > 50
    assert (tmp_path / "course.zip").stat().st_size > 10_000
    assert [p.name for p in tmp_path.iterdir()] == ["course.zip"]


def test_an_existing_target_is_not_overwritten(tmp_path):
    (tmp_path / "here").mkdir()
    with pytest.raises(CourseError, match="exists; name a new folder"):
        release(tmp_path / "here")
