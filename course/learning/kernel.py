"""What `check()` and `progress()` do in a notebook's kernel."""

from __future__ import annotations

import atexit
import os
import re
from pathlib import Path
from typing import Any

from course import index, notebook
from course.errors import CourseError
from course.judging import bank, render
from course.judging.client import Judge
from course.judging.program import Cell, Task, header, plan
from course.judging.result import ExerciseResult
from course.learning import state

HINT_AFTER = 2  # failures in a row before each further hint is offered


class Recorder:
    """Keeps the cells of a kernel as they were last run: the latest source of each cell id, in order of the last run."""

    def __init__(self) -> None:
        self.ran: dict[str, tuple[str, int]] = {}
        self.anonymous = 0

    def saw(self, source: str, cell_id: str | None, count: int) -> None:
        """Note that a cell is about to run as number `count` of this kernel, which its prompt shows.

        Without an id, one that opens with an exercise's line replaces the last of that line; others are new each time.
        """
        kind, exercise = header(source)
        if cell_id is None:
            self.anonymous += 1
            cell_id = f"#{kind} {exercise}" if kind else f"#{self.anonymous}"
        elif cell_id not in self.ran:  # it may have run before there was anybody to note its id
            self.ran = {k: v for k, v in self.ran.items() if not (k.startswith("#") and v[0] == source)}
        self.ran.pop(cell_id, None)
        self.ran[cell_id] = source, count

    def cells(self) -> list[Cell]:
        """Return the program as run."""
        return [Cell(source, f"cell [{count}]") for source, count in self.ran.values()]


RECORDER = Recorder()
JUDGE: Judge | None = None


def _shell() -> Any:
    from IPython.core.getipython import get_ipython

    return get_ipython()


def watch() -> None:
    """Record the cells that this kernel runs from now on, and those it ran before."""
    shell = _shell()
    if shell is None or getattr(shell, "_course_watched", False):
        return
    shell._course_watched = True
    ran = shell.history_manager.input_hist_raw
    for count, source in enumerate(ran[1:], 1):
        RECORDER.saw(source, None, count)
    shell.events.register(
        "pre_run_cell",
        lambda info: RECORDER.saw(info.raw_cell or "", getattr(info, "cell_id", None), len(ran)),
    )
    shell.register_magic_function(_answer_file, "cell", "answer")


def _answer_file(line: str, cell: str) -> None:
    """Hold an answer that is a file: `%%answer ID NAME`."""
    if len(line.split()) != 2:
        print("Write %%answer ID NAME, for example %%answer delivery.dockerfile Dockerfile")


class Shown:
    """A result: HTML where the front end shows it, text elsewhere."""

    def __init__(self, result: ExerciseResult, notes: tuple[str, ...]) -> None:
        self.result, self.notes = result, notes

    def _repr_html_(self) -> str:
        return render.as_html(self.result, self.notes, public_only=True)

    def __repr__(self) -> str:
        return "\n".join([render.as_text(self.result, public_only=True), *(f"  {note}" for note in self.notes)])


class Sentence:
    """Something that went wrong, said without a traceback."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def check(exercise_id: str) -> Shown | Sentence:
    """Judge the answer as last run and return what to show; errors of ours are sentences."""
    global JUDGE
    if JUDGE is None:
        JUDGE = Judge()
        atexit.register(JUDGE.close)
    try:
        exercise_id = str(exercise_id)
        task = bank.task(index.root(), exercise_id)
        ran = RECORDER.cells()
        [result] = JUDGE.judge(ran, [task], only=["public"])
        notes = _compared(JUDGE, ran, task, result)
        done = state.record(result)
    except CourseError as error:
        return Sentence(str(error))
    if result.attempted and not result.passed and (hint := _hint(exercise_id, done.failures)):
        notes.append(hint)
    return Shown(result, tuple(notes))


def saved_file() -> Path | None:
    """Return the notebook's file where the front end names it."""
    shell = _shell()
    name = (shell.user_ns.get("__vsc_ipynb_file__") if shell else None) or os.environ.get("JPY_SESSION_NAME")
    path = Path(name) if name else None
    return path if path and path.suffix == ".ipynb" and path.is_file() else None


def _compared(judge: Judge, ran: list[Cell], task: Task, result: ExerciseResult) -> list[str]:
    """Return a warning if the saved notebook, read from top to bottom, gives another result."""
    path = saved_file()
    if path is None:
        return ["Not compared with the saved notebook: this front end does not tell where it lies."]
    try:
        cells = notebook.parse(path.read_bytes(), path.name)["cells"]
    except (OSError, CourseError) as error:
        return [f"Not compared with the saved notebook: {error}"]
    saved = [Cell(c["source"], f"cell {n}") for n, c in enumerate(cells, 1) if c["cell_type"] == "code"]
    if _upto(saved, task) == _upto(ran, task):
        return []
    [other] = judge.judge(saved, [task], only=["public"])
    if [c.verdict for c in other.checks] == [c.verdict for c in result.checks] and other.attempted == result.attempted:
        return []
    verdict = render.headline(other, public_only=True)
    return [
        f"Careful: the saved notebook, read from top to bottom, gives another result ({verdict}) "
        "Save it, choose Restart Kernel and Run All Cells, and check again; what is handed in is judged that way."
    ]


def _upto(cells: list[Cell], task: Task) -> list[str]:
    """Return the program's sources up to the task's answer."""
    steps, answers = plan(cells, [task])
    answer = answers.get(task.id)
    return [step.source for step in steps[: answer.steps]] if answer else []


def _hint(exercise_id: str, failures: int) -> str:
    """Return the hint that so many failures in a row have earned."""
    path, _ = bank.paths(index.root(), exercise_id)
    slug = exercise_id.partition(".")[2]
    text = next((c["source"] for c in notebook.read(path)["cells"] if c["id"] == f"{slug}-hints"), "")
    hints = re.findall(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", text, re.S)
    number = min(failures // HINT_AFTER, len(hints))
    if not number:
        return ""
    title, body = hints[number - 1]
    return f"{title.strip()}: {' '.join(body.split())}"


class Progress:
    """What is done, per chapter, as a bar and a number."""

    def __init__(self) -> None:
        done = state.load()
        self.rows = [
            (chapter.number, chapter.title, sum(done.get(i, state.Done()).solved for i in ids), len(ids))
            for chapter in index.load().chapters
            if (ids := [exercise.id for topic in chapter.written for exercise in topic.exercises])
        ]

    def __repr__(self) -> str:
        return "\n".join(
            f"{number} · {title:<28}{'█' * round(20 * solved / of):░<20} {solved} of {of} solved"
            for number, title, solved, of in self.rows
        )

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row' style='text-align:left'>{number} · {title}</th>"
            f"<td><progress max='{of}' value='{solved}' aria-label='{title}'></progress></td>"
            f"<td>{solved} of {of} solved</td></tr>"
            for number, title, solved, of in self.rows
        )
        return f"<table><caption>Exercises solved</caption>{rows}</table>"


def progress() -> Progress | Sentence:
    """Return what is done per chapter."""
    try:
        return Progress()
    except CourseError as error:
        return Sentence(str(error))
