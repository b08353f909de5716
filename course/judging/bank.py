"""The exercises as the judge needs them: folder, stub and weight by id."""

from __future__ import annotations

import functools
from pathlib import Path

from course import index, notebook
from course.errors import CourseError
from course.judging.program import FILE_HEADER, Cell, Task, header


def paths(root: Path, exercise_id: str) -> tuple[Path, Path]:
    """Return the exercise's notebook below exercises/ and its folder of checks."""
    chapter, topic, exercise = index.load(root / "course.yml").find(exercise_id)
    return (
        root / "exercises" / chapter.slug / f"{topic.stem}.ipynb",
        root / "tests" / "exercises" / chapter.slug / exercise.slug,
    )


@functools.lru_cache(maxsize=512)
def _answers(path: Path, _changed: int) -> dict[str, str]:
    cells = [c["source"] for c in notebook.read(path)["cells"] if c["cell_type"] == "code"]
    found = {header(source)[1]: source for source in cells if header(source)[0] == "exercise"}
    for source in cells:
        if match := FILE_HEADER.match(source):
            found[match[1]] = "\n".join([found[match[1]]] * (match[1] in found) + [source[match.end() :]])
    return found


def task(root: Path, exercise_id: str) -> Task:
    """Return what the judge needs of one exercise; raise CourseError where a part is missing."""
    path, folder = paths(root, exercise_id)
    if not path.is_file():
        raise CourseError(f"exercises/{path.parent.name}/{path.name} is missing; run `course derive`.")
    if not folder.is_dir():
        raise CourseError(f"{exercise_id} has no checks: the folder {folder.relative_to(root)} is missing.")
    answers = _answers(path, path.stat().st_mtime_ns)
    if exercise_id not in answers:
        raise CourseError(f"exercises/{path.parent.name}/{path.name} has no cell `# exercise: {exercise_id}`.")
    return Task(exercise_id, folder, answers[exercise_id])


def program(path: Path) -> list[Cell]:
    """Return the code cells of one of our own notebooks, in document order."""
    cells = notebook.read(path)["cells"]
    return [Cell(c["source"], f"cell {n}") for n, c in enumerate(cells, 1) if c["cell_type"] == "code"]


def replaced(cells: list[Cell], exercise_id: str, answer: str) -> list[Cell]:
    """Return the program with another answer to one exercise."""
    return [Cell(answer, c.name) if header(c.source) == ("exercise", exercise_id) else c for c in cells]
