"""A class made at test time from stub, reference, alternatives and wrong answers; no solution is copied into the tests."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from course import index, notebook
from course.judging import bank
from course.judging.program import header

DATA_MODEL, PATTERNS = "02-data-model", "01-pattern-matching"
CHAPTER = "01-core-python"


@dataclass(frozen=True)
class Expected:
    """What grading one file must give: state, a phrase of its sentence, and per exercise what became of it.

    An exercise is "solved", "not attempted", or the names of the check functions that fail.
    """

    student: str
    state: str = "graded"
    sentence: str = ""
    exercises: dict[str, str | set[str]] = field(default_factory=dict)


def exercises(stem: str) -> list[str]:
    """Return the ids of a topic's exercises."""
    return [exercise.id for _, topic, exercise in index.load().exercises() if topic.stem == stem]


def program(folder: str, stem: str) -> list[str]:
    """Return the code cells of one of our notebooks."""
    return [cell.source for cell in bank.program(index.root() / folder / CHAPTER / f"{stem}.ipynb")]


def answers(stem: str, kind: str) -> dict[str, Path]:
    """Return the first alternative or wrong answer of every exercise that has one."""
    found = {i: sorted(bank.paths(index.root(), i)[1].glob(f"{kind}/*.py")) for i in exercises(stem)}
    return {i: paths[0] for i, paths in found.items() if paths}


def with_answers(stem: str, chosen: dict[str, Path]) -> list[str]:
    """Return the stub's program with other answers, comments on top of them included."""
    return [
        chosen[header(cell)[1]].read_text("utf-8")
        if header(cell)[0] == "exercise" and header(cell)[1] in chosen
        else cell
        for cell in program("exercises", stem)
    ]


def file(sources: list[str]) -> bytes:
    """Return the bytes of a notebook."""
    cells = [notebook.markdown("head", "# My answers")]
    cells += [notebook.code(f"cell-{n}", source) for n, source in enumerate(sources)]
    return notebook.text(notebook.blank(cells)).encode()


def announced(path: Path) -> set[str]:
    """Return the check functions that a wrong answer says it fails."""
    match = re.search(r"^# fails: (.+)$", path.read_text("utf-8"), re.M)
    assert match, f"{path} announces nothing"
    return {name.strip() for name in match[1].split(",")}


def shuffled(stem: str) -> list[str]:
    """Return the reference with its answers in reverse, each after a copy of its stub and before another."""
    stubs = {header(cell)[1]: cell for cell in program("exercises", stem) if header(cell)[0] == "exercise"}
    cells = ["from course import check, progress"]
    for cell in reversed(program("solutions", stem)):
        if header(cell)[0] == "exercise":
            stub = stubs[header(cell)[1]]
            cells += [stub, cell, stub, f'check("{header(cell)[1]}")']
    return cells


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


def build(folder: Path) -> dict[str, Expected]:
    """Write the class into a folder; return what is expected of each file, by its path below the folder."""
    wrong, other = answers(DATA_MODEL, "wrong"), answers(DATA_MODEL, "alternatives")
    wrong_patterns = answers(PATTERNS, "wrong")
    solved: dict[str, str | set[str]] = dict.fromkeys(exercises(DATA_MODEL), "solved")
    patterns: dict[str, str | set[str]] = dict.fromkeys(exercises(PATTERNS), "solved")
    untouched: dict[str, str | set[str]] = dict.fromkeys(exercises(DATA_MODEL), "not attempted")
    solutions = file(program("solutions", DATA_MODEL))
    files: dict[str, tuple[bytes, Expected]] = {
        "ada_02-data-model.ipynb": (solutions, Expected("ada", exercises=solved)),
        "bo/02-data-model.ipynb": (file(program("exercises", DATA_MODEL)), Expected("bo", exercises=untouched)),
        "cleo_4711_90210_data-model-1.ipynb": (
            file(with_answers(DATA_MODEL, other)),
            Expected("cleo", exercises=untouched | dict.fromkeys(other, "solved")),
        ),
        "Dan O'Hara_77_assignsubmission_file_/answers.ipynb": (
            file(with_answers(DATA_MODEL, wrong)),
            Expected("Dan O'Hara", exercises={i: announced(path) for i, path in wrong.items()}),
        ),
        "eve_data_model.ipynb": (solutions[:-400], Expected("eve", "refused", "its JSON is broken (line")),
        "fay_data_model.ipynb": (b"", Expected("fay", "refused", "it is empty")),
        "gus.ipynb": (file([]), Expected("gus", "in doubt", "its name tells no topic")),
        "hal_02-data-model.ipynb": (file(shuffled(DATA_MODEL)), Expected("hal", exercises=solved)),
        "ida/pattern matching.ipynb": (file(program("solutions", PATTERNS)), Expected("ida", exercises=patterns)),
        "jo_LATE_8_9_01-pattern-matching.ipynb": (
            file(with_answers(PATTERNS, wrong_patterns)),
            Expected("jo", exercises={i: announced(path) for i, path in wrong_patterns.items()}),
        ),
        "kim_data_model.ipynb": (file(["x = 1"]), Expected("kim", exercises=untouched)),
        "lea/photo.jpeg": (b"\xff\xd8", Expected("lea", "refused", "holds no notebook")),
    }
    for name, (raw, _) in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    (folder / "mia.zip").write_bytes(zipped({"home/02-data-model.ipynb": solutions, "home/notes.txt": b"-"}))
    (folder / "roster.csv").write_text("ada,1\n", "utf-8")
    expected = {("lea/" if name.startswith("lea") else name): told for name, (_, told) in files.items()}
    return expected | {"mia.zip/home/02-data-model.ipynb": Expected("mia", exercises=solved)}
