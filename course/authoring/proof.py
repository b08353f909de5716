"""Prove an exercise: its stub fails, its reference and alternatives pass, each wrong answer fails as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from course.errors import CourseError
from course.index import Course
from course.judging import bank
from course.judging.client import Judge
from course.judging.program import Cell, Task
from course.judging.result import ExerciseResult

HEADERS = re.compile(r"\A# (?P<name>[^\n]+)\n(?:#[^\n]*\n)*?# fails: (?P<fails>[^\n]+)\n# says: (?P<says>[^\n]+)\n")


def prove(judges: Sequence[Judge], course: Course, root: Path, exercise_id: str) -> Iterator[str]:
    """Yield a sentence for everything that is not as it should be.

    The judges work side by side, since most checks wait; where an exercise measures, one of them works alone.
    """
    chapter, topic, exercise = course.find(exercise_id)
    task = bank.task(root, exercise_id)
    stub = bank.program(root / "exercises" / chapter.slug / f"{topic.stem}.ipynb")
    reference = bank.program(root / "solutions" / chapter.slug / f"{topic.stem}.ipynb")
    alternatives = sorted(task.folder.glob("alternatives/*.py"))
    wrong = sorted(task.folder.glob("wrong/*.py"))
    answers = {path: cell_of(path, exercise_id) for path in (*alternatives, *wrong)}
    programs = [stub, reference, *(bank.replaced(stub, exercise_id, answer) for answer in answers.values())]
    results = _judged(judges[:1] if exercise.kind == "measure" else judges, programs, task)

    result = next(results)
    if result.attempted:
        yield "the stub counts as attempted"
    if result.passed or not result.settled:
        yield f"the stub is judged {result.verdict}; it must fail, with every check made{_why(result)}"
    if exercise.kind == "repair" and not any(c.passed for c in result.checks):
        yield f"the code to repair passes no check; it has to look as if it worked{_why(result)}"
    if exercise.kind == "repair" and result.verdict not in ("FAIL", "ERROR"):
        yield f"the defect shows as {result.verdict}, not as a failed check{_why(result)}"
    yield from _counts(result)

    result = next(results)
    if not result.passed:
        yield f"the reference fails{_why(result)}"
    for path, result in zip(alternatives, results, strict=False):
        if not result.passed:
            yield f"alternatives/{path.name} fails{_why(result)}"
    if len(wrong) < 3:
        yield f"there are {len(wrong)} wrong answers; three plausible misconceptions are the least"
    if exercise.level > 1 and not alternatives:
        yield "from level 2 on another algorithm or structure must pass too; add one to alternatives/"
    kills: set[str] = set()
    for path, result in zip(wrong, results, strict=True):
        yield from (f"wrong/{path.name} {problem}" for problem in _as_announced(answers[path], result))
        if all(c.passed for c in result.checks if c.visibility == "public"):
            kills |= {_function(c.name) for c in result.checks if not c.passed}
    withheld = {_function(c.name) for c in result.checks if c.visibility == "withheld"} if wrong else set()
    for name in sorted(withheld - kills):
        yield f"the withheld check {name} kills no wrong answer that passes every public check"


def _judged(judges: Sequence[Judge], programs: list[list[Cell]], task: Task) -> Iterator[ExerciseResult]:
    """Yield the results of programs in their order."""
    idle = SimpleQueue[Judge]()
    for judge in judges:
        idle.put(judge)

    def one(program: list[Cell]) -> ExerciseResult:
        judge = idle.get()
        try:
            [result] = judge.judge(program, [task])
        finally:
            idle.put(judge)
        return result

    with ThreadPoolExecutor(len(judges)) as pool:
        yield from pool.map(one, programs)


def _function(name: str) -> str:
    return name.partition("[")[0]


def cell_of(path: Path, exercise_id: str) -> str:
    """Return the answer cell of a file: its text from the exercise line on, after the opening comments."""
    text = path.read_text("utf-8")
    if f"# exercise: {exercise_id}\n" not in text:
        raise CourseError(
            f"{path.parent.name}/{path.name} has no line `# exercise: {exercise_id}`; add it above the code."
        )
    opening, _, code = text.partition(f"# exercise: {exercise_id}\n")
    return f"# exercise: {exercise_id}\n" + "".join(opening.splitlines(keepends=True)) + code


def _as_announced(answer: str, result: ExerciseResult) -> Iterator[str]:
    match = HEADERS.match(answer.partition("\n")[2])
    if not match:
        yield "does not open with its name, a `# fails:` and a `# says:` line"
        return
    announced = {name.strip() for name in match["fails"].split(",")}
    failed = {_function(c.name) for c in result.checks if not c.passed}
    if not result.settled:
        yield f"could not be checked{_why(result)}"
    if failed != announced:
        yield f"says that it fails {sorted(announced)}, and fails {sorted(failed)}"
    if not any(c.passed for c in result.checks):
        yield "passes no check at all; a plausible misconception gets something right"
    first = match["fails"].split(",")[0].strip()
    said = " ".join(
        f"{c.description} {c.got} {c.expected} {c.why}"
        for c in result.checks
        if _function(c.name) == first and not c.passed
    )
    if match["says"].strip() not in said:
        yield f"expects {match['says'].strip()!r} in the message of {first}, which says {said!r}"


def _counts(result: ExerciseResult) -> Iterator[str]:
    names = {_function(c.name) for c in result.checks}
    if not 6 <= len(names) <= 15:
        yield f"there are {len(names)} checks; six to fifteen are usual"
    if not any(c.visibility == "withheld" for c in result.checks):
        yield "there is no withheld check"


def _why(result: ExerciseResult) -> str:
    told = [
        f"{c.name} {c.verdict}: {c.call} gave {c.got}, expected {c.expected}. {c.why}"
        for c in result.checks
        if not c.passed
    ]
    return ": " + " | ".join([*told, *result.notes]) if told or result.notes else ""
