"""Which exercises the page can judge: every answer that we know is judged there and here, and the verdicts compared."""

from __future__ import annotations

import ast
import functools
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from course import index
from course.authoring.proof import cell_of
from course.errors import CourseError
from course.index import Course
from course.judging import bank
from course.judging.client import Judge
from course.judging.limits import Limits
from course.judging.program import BESIDE, Cell, Task
from course.judging.result import ExerciseResult
from course.onpage import runtime

FILE = Path("book/browser/verdicts.json")
SECONDS, PACE = 2.0, 3.0  # as in book/browser/src/grader.ts
JUDGING = "public"  # what the page gets
# What an answer says where something is not there, and how the page names that.
MISSING = (
    (r"can't start new thread", "threads"),
    (r"does not support processes|has no attribute 'fork'|_posixsubprocess", "processes"),
    (r"[Ss]ocket|Address family|Name or service|PermissionError: \[Errno 2\]", "a server or a network"),
    (r"No module named '(?:course\.)?([\w.]+)'", "the package {}"),
)


@dataclass(frozen=True)
class Entry:
    """One exercise: hash of its sources, sets of packages, what the page lacks for it, verdicts of its public checks.

    `verdicts` maps each known answer to a letter a check, P for a pass, in the order of the checks.
    """

    sources: str
    sets: tuple[str, ...]
    missing: str
    verdicts: dict[str, str]


class PageJudge(Judge):
    """The page's judge, run by Node."""

    def __init__(self, sets: tuple[str, ...] = ()) -> None:
        super().__init__("browser", Limits(time=SECONDS, pace=PACE))
        self.sets = sets

    def begin(self, descriptors: Sequence[int]) -> psutil.Process:
        """Return a new Node process."""
        folder = runtime.build()
        command = [str(runtime.node()), str(folder / "node.mjs"), f"{folder}/", *self.sets]
        stdin, stdout, stderr = descriptors
        return psutil.Popen(command, stdin=stdin, stdout=stdout, stderr=stderr, cwd="/", start_new_session=True)

    def described(self, task: Task) -> dict[str, Any]:
        """Return a task with its files: this judge reads no disk."""
        return {"id": task.id, "stub": task.stub, "files": texts(task.folder, JUDGING)}


def texts(folder: Path, *parts: str) -> dict[str, str]:
    """Return the files that judge an exercise: those of the given parts, and what both sides need."""
    paths = [
        *(folder / name for name in BESIDE),
        *(path for part in parts for path in sorted(folder.glob(f"{part}/*.py"))),
    ]
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths if path.is_file()}


def answers(root: Path, course: Course, exercise_id: str) -> dict[str, list[Cell]]:
    """Return every answer that we know, as a program: stub, reference, alternatives, wrong ones."""
    chapter, topic, _ = course.find(exercise_id)
    stub = bank.program(root / "exercises" / chapter.slug / f"{topic.stem}.ipynb")
    found = {"stub": stub, "reference": bank.program(root / "solutions" / chapter.slug / f"{topic.stem}.ipynb")}
    folder = bank.task(root, exercise_id).folder
    for path in sorted([*folder.glob("alternatives/*.py"), *folder.glob("wrong/*.py")]):
        found[path.relative_to(folder).as_posix()] = bank.replaced(stub, exercise_id, cell_of(path, exercise_id))
    return found


def sets(root: Path, course: Course, exercise_id: str) -> tuple[str, ...]:
    """Return the sets of packages that an exercise imports anything of."""
    sources = [cell.source for cells in answers(root, course, exercise_id).values() for cell in cells]
    sources += texts(bank.task(root, exercise_id).folder, JUDGING).values()
    names = set().union(*map(_imported, sources), set())
    return tuple(
        name for name, packages in runtime.SETS.items() if names & {each.replace("-", "_") for each in packages}
    )


@functools.lru_cache(maxsize=4096)
def _imported(source: str) -> frozenset[str]:
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return frozenset()
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    found |= {f"{node.module}" for node in nodes if isinstance(node, ast.ImportFrom)}
    if any(isinstance(node, ast.ImportFrom) and node.module == "course.checks" for node in nodes):
        found |= {a.name for node in nodes if isinstance(node, ast.ImportFrom) for a in node.names if a.name == "http"}
    return frozenset("httpx" if name == "http" else name.partition(".")[0] for name in found)


def sources(root: Path, course: Course, exercise_id: str) -> str:
    """Return a hash of everything that an entry follows from."""
    task = bank.task(root, exercise_id)
    programs = {name: [cell.source for cell in cells] for name, cells in answers(root, course, exercise_id).items()}
    everything = [runtime.judging_key(), programs, texts(task.folder, JUDGING), task.stub]
    return hashlib.sha256(json.dumps(everything, sort_keys=True).encode()).hexdigest()[:16]


def entry(here: Judge, there: Judge, root: Path, course: Course, exercise_id: str) -> Entry:
    """Judge every answer to one exercise by the command line's judge and by the page's."""
    task = bank.task(root, exercise_id)
    if task.service:
        return Entry(sources(root, course, exercise_id), (), "a server", {})
    missing, verdicts = "", {}
    for name, cells in answers(root, course, exercise_id).items():
        [ours] = here.judge(cells, [task], only=[JUDGING])
        [theirs] = there.judge(cells, [task], only=[JUDGING])
        verdicts[name] = letters(ours)
        if not missing and _all(ours) != _all(theirs):
            missing = _missing(ours, theirs, name, " ".join(texts(task.folder, JUDGING).values()))
    return Entry(sources(root, course, exercise_id), sets(root, course, exercise_id), missing, verdicts)


def letters(result: ExerciseResult) -> str:
    """Return the verdicts of the public checks, a letter each."""
    return "".join(check.verdict[0] for check in result.checks)


def _all(result: ExerciseResult) -> list[tuple[str, str]]:
    return [(check.name, check.verdict) for check in result.checks]


def _missing(ours: ExerciseResult, theirs: ExerciseResult, answer: str, checks: str) -> str:
    """Return what the page lacks, read off what its checks say, or off what they measure."""
    said = " ".join(f"{check.got} {check.why}" for check in theirs.checks if not check.passed)
    for pattern, name in MISSING:
        if match := re.search(pattern, said):
            return name.format(*match.groups())
    if "tracemalloc" in checks or "getsizeof" in checks:
        return "objects of the size that they have on a 64-bit machine"
    differing = [
        f"{there.name} is {there.verdict} instead of {here.verdict}"
        for here, there in zip(ours.checks, theirs.checks, strict=False)
        if here.verdict != there.verdict
    ]
    return f"the same verdicts ({answer}: {', '.join(differing)})"


def load(root: Path) -> dict[str, Entry]:
    """Read the derived file; an empty dict where there is none."""
    path = root / FILE
    if not path.is_file():
        return {}
    return {
        key: Entry(**{**value, "sets": tuple(value["sets"])}) for key, value in json.loads(path.read_text()).items()
    }


def stale(root: Path, course: Course) -> list[str]:
    """Return the ids whose entry is missing or follows from something that changed since."""
    known = load(root)
    ids = [exercise.id for _, _, exercise in course.exercises()]
    return [i for i in ids if i not in known or known[i].sources != sources(root, course, i)]


def fresh(root: Path, course: Course) -> Iterator[tuple[str, Entry]]:
    """Yield id and entry of each exercise whose entry is stale, judged anew."""
    by_sets: dict[tuple[str, ...], list[str]] = {}
    for exercise_id in stale(root, course):
        by_sets.setdefault(sets(root, course, exercise_id), []).append(exercise_id)
    for names, ids in by_sets.items():
        with Judge() as here, PageJudge(names) as there:
            for exercise_id in ids:
                yield exercise_id, entry(here, there, root, course, exercise_id)


def text(entries: dict[str, Entry]) -> str:
    """Return the derived file."""
    return json.dumps({key: vars(value) for key, value in entries.items()}, indent=1, ensure_ascii=False) + "\n"


def current(root: Path, course: Course) -> dict[str, Entry]:
    """Return the entries for a build of the site; raise CourseError where one is stale."""
    if again := stale(root, course):
        some = ", ".join(again[:3]) + (f" and {len(again) - 3} more" if len(again) > 3 else "")
        raise CourseError(
            f"{FILE} does not follow from what is there now ({some}): run `course browser` and commit it."
        )
    return load(root)


def update(say: Callable[[str], None]) -> None:
    """Write the derived file, exercise by exercise."""
    root, course = index.root(), index.load()
    entries = load(root)
    for exercise_id, made in fresh(root, course):
        entries[exercise_id] = made
        known = {exercise.id: entries[exercise.id] for _, _, exercise in course.exercises() if exercise.id in entries}
        (root / FILE).write_text(text(known), "utf-8")
        say(f"{exercise_id}: {made.missing or 'as on the command line'}")
    say(f"{sum(not each.missing for each in entries.values())} of {len(entries)} exercises can be solved on the page")
