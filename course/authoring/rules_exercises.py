"""Structure of every exercise: its cells in solutions/, and the folder that judges it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import yaml

from course import notebook
from course.authoring import prose
from course.authoring.proof import HEADERS
from course.authoring.tree import Finding, Tree, check_files
from course.index import Exercise
from course.judging.program import FILE_HEADER, header
from course.notebook import NotebookCell
from course.services.table import SERVERS

RULES = {
    "setup-cell": "the set-up cell is not the one line",
    "exercise-cells": "a cell is missing, out of order or unknown",
    "statement": "the statement is too short or too long",
    "hints": "too few, too many or too long hints",
    "answer-cell": "the answer cell does not open with its id",
    "check-cell": "the check cell is not the one line",
    "exercise-folder": "a folder of checks is missing",
    "exercise-settings": "exercise.yml says something unknown",
    "check-count": "too few or too many checks",
    "check-name": "two checks have one name",
    "check-docstring": "a check says nothing to the learner",
    "check-import": "a check takes names out of the stand-in",
    "wrong-answers": "too few wrong answers, or one that does not announce what it fails",
    "alternatives": "no other solution, or one that does not say what is different",
}
SETUP = "from course import check, progress"
STATEMENT, HINTS, HINT_WORDS, CHECKS, WRONG = (100, 250), (2, 3), 45, (6, 15), 3
PARTS = ("heading", "statement", "hints", "given", "answer", "check")
DETAILS = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.S)
Problem = tuple[str, str]


def findings(tree: Tree) -> Iterator[Finding]:
    """Yield what is wrong with the form of any exercise."""
    for _, topic, key in tree.topics():
        path = f"solutions/{key}.ipynb"
        cells = {cell["id"]: cell for cell in tree.cells(path)}
        if cells:
            slugs = [exercise.slug for exercise in topic.exercises]
            yield from (Finding(path, rule, said) for rule, said in layout(cells, slugs))
            for exercise in topic.exercises:
                yield from (Finding(path, rule, said) for rule, said in in_notebook(cells, exercise))
    for key, folder, exercise in tree.exercises():
        yield from judged(tree, folder, exercise)
        given = {cell["id"] for cell in tree.cells(f"solutions/{key}.ipynb")} & {f"{exercise.slug}-given"}
        if given and f"{folder}/given.py" not in tree:
            said = f"cell {exercise.slug}-given is made of {folder}/given.py, which is missing; write it, or remove it"
            yield Finding(f"solutions/{key}.ipynb", "exercise-cells", said)


def layout(cells: dict[str, NotebookCell], slugs: list[str]) -> Iterator[Problem]:
    """Check the set-up cell, that no cell is unknown, and that the exercises stand in the order of course.yml."""
    setup = cells.get("setup")
    if not setup or setup["cell_type"] != "code" or setup["source"].strip() != SETUP:
        yield "setup-cell", f"the code cell `setup` holds exactly `{SETUP}`"
    wanted = ["head", "setup", *(f"{slug}-{part}" for slug in slugs for part in PARTS)]
    wanted = [name for name in wanted if name in cells]
    for name, there in zip(wanted, (name for name in cells if name in wanted), strict=True):
        if name != there:
            yield "exercise-cells", f"cell {there} stands where {name} belongs; keep the order of course.yml"
            break
    for name in cells:
        if name not in ("head", "intro", "setup") and not name.startswith(tuple(f"{slug}-" for slug in slugs)):
            yield "exercise-cells", f"cell {name} belongs to no exercise; begin its id with one of {', '.join(slugs)}"
        if header(cells[name]["source"])[0] == "exercise" and name not in [f"{slug}-answer" for slug in slugs]:
            yield "exercise-cells", f"cell {name} opens as an answer and is none; answers stand in SLUG-answer"


def in_notebook(cells: dict[str, NotebookCell], exercise: Exercise) -> Iterator[Problem]:
    """Check one exercise's statement, hints, answer and check cell."""
    found = {part: cells.get(f"{exercise.slug}-{part}") for part in PARTS}
    for part, cell in found.items():
        kind = "code" if part in ("given", "answer", "check") else "markdown"
        if cell is None and part != "given":
            yield "exercise-cells", f"there is no cell {exercise.slug}-{part}; add it"
        elif cell and cell["cell_type"] != kind:
            yield "exercise-cells", f"cell {exercise.slug}-{part} is a {cell['cell_type']} cell; make it {kind}"
        elif cell and kind == "code" and notebook.tags(cell) != [part]:
            yield (
                "exercise-cells",
                f"cell {exercise.slug}-{part} has the tags {notebook.tags(cell)}; make it [{part!r}]",
            )
    if cell := found["statement"]:
        number = prose.count(cell["source"])
        if not STATEMENT[0] <= number <= STATEMENT[1]:
            yield (
                "statement",
                f"{exercise.id} is stated in {number} words; 100 to 250 say what is asked and what is not",
            )
    if cell := found["hints"]:
        yield from hints(cell["source"], exercise.id)
    if (cell := found["answer"]) and not opens(cell["source"], exercise.id):
        yield "answer-cell", f"cell {exercise.slug}-answer opens with exactly `# exercise: {exercise.id}`"
    if (cell := found["check"]) and cell["source"].strip() != f'check("{exercise.id}")':
        yield "check-cell", f'cell {exercise.slug}-check holds exactly `check("{exercise.id}")`'


def opens(source: str, exercise_id: str) -> bool:
    """Say whether a cell is the answer to an exercise, as code or as a file."""
    file = FILE_HEADER.match(source)
    return header(source) == ("exercise", exercise_id) or bool(file and file[1] == exercise_id)


def hints(source: str, exercise_id: str) -> Iterator[Problem]:
    """Check the number of hints and the length of each."""
    found = DETAILS.findall(source)
    if not HINTS[0] <= len(found) <= HINTS[1]:
        yield "hints", f"{exercise_id} has {len(found)} hints; write two or three <details> with a <summary>"
    for number, (_, body) in enumerate(found, 1):
        words = prose.count(body)
        if words > HINT_WORDS:
            yield "hints", f"hint {number} of {exercise_id} has {words} words; {HINT_WORDS} are the most"


def judged(tree: Tree, folder: str, exercise: Exercise) -> Iterator[Finding]:
    """Check the folder of one exercise: checks, wrong answers, alternatives, settings."""
    for part in ("public", "withheld"):
        if not any("/test_" in name for name in tree.under(f"{folder}/{part}", suffix=".py")):
            yield Finding(folder, "exercise-folder", f"{part}/ holds no test_*.py; put checks there")
    checks = tree.checks(*check_files(tree, folder))
    names = [node.name for _, node in checks]
    if not CHECKS[0] <= len(names) <= CHECKS[1]:
        yield Finding(folder, "check-count", f"there are {len(names)} checks; write {CHECKS[0]} to {CHECKS[1]}")
    for name, node in checks:
        if names.count(node.name) > 1:
            yield Finding(name, "check-name", f"{node.name} is there twice; a wrong answer could not name it")
        if not ast.get_docstring(node):
            yield Finding(
                name, "check-docstring", f"{node.name} has no docstring; say what holds, in the domain's words"
            )
    for name in check_files(tree, folder):
        if tree.module(name) is None:
            yield Finding(name, "exercise-folder", "it is no Python; mend its syntax")
        if re.search(r"^\s*from answer import", tree.text(name), re.M):
            yield Finding(name, "check-import", "write `import answer` and `answer.name`; the answer lives elsewhere")
    yield from settings(tree, f"{folder}/exercise.yml")
    yield from wrong(tree, folder, exercise, set(names))
    yield from alternatives(tree, folder, exercise)


def settings(tree: Tree, path: str) -> Iterator[Finding]:
    """Check the limits of one exercise."""
    try:
        data = yaml.safe_load(tree.text(path)) or {}
    except yaml.YAMLError as error:
        yield Finding(path, "exercise-settings", f"it is no YAML: {' '.join(str(error).split())}")
        return
    for key, value in data.items() if isinstance(data, dict) else [("", data)]:
        if key == "equivalent" and isinstance(value, dict) and all(isinstance(why, str) for why in value.values()):
            continue  # mutants that cannot differ, each with its reason: course/authoring/mutation.py
        if key == "service" and value in [row.name for row in SERVERS]:
            continue
        if key not in ("time", "memory") or type(value) not in (int, float) or value <= 0:
            said = f"`{key}: {value}` is not known; write `time: seconds a check` or `memory: MiB`, as numbers, or `service: …`"
            yield Finding(path, "exercise-settings", said)


def wrong(tree: Tree, folder: str, exercise: Exercise, names: set[str]) -> Iterator[Finding]:
    """Check that wrong answers are there and announce which checks they fail."""
    files = tree.under(f"{folder}/wrong", suffix=".py")
    if len(files) < WRONG:
        said = f"there are {len(files)} wrong answers; write {WRONG} or more plausible misconceptions"
        yield Finding(f"{folder}/wrong", "wrong-answers", said)
    for path in files:
        match = HEADERS.match(tree.text(path))
        if not match:
            yield Finding(path, "wrong-answers", "open it with `# The misconception.`, `# fails: test_…`, `# says: …`")
            continue
        announced = [name.strip() for name in match["fails"].split(",")]
        for name in sorted(set(announced) - names):
            yield Finding(path, "wrong-answers", f"it is to fail {name}, and there is no such check")
        if not names - set(announced):
            yield Finding(path, "wrong-answers", "it is to fail every check; a plausible mistake gets something right")
        yield from names_exercise(tree, path, exercise, "wrong-answers")


def alternatives(tree: Tree, folder: str, exercise: Exercise) -> Iterator[Finding]:
    """Check that another solution is there from level 2 on, and says what is different."""
    files = tree.under(f"{folder}/alternatives", suffix=".py")
    if exercise.level > 1 and not files:
        said = f"level {exercise.level} needs another algorithm or structure that passes too; add one"
        yield Finding(f"{folder}/alternatives", "alternatives", said)
    for path in files:
        first = tree.text(path).partition("\n")[0]
        if not first.startswith("# ") or header(first)[0]:
            yield Finding(path, "alternatives", "open it with a comment line that says what is different")
        yield from names_exercise(tree, path, exercise, "alternatives")


def names_exercise(tree: Tree, path: str, exercise: Exercise, rule: str) -> Iterator[Finding]:
    """Check that an answer in a file says which exercise it answers."""
    if f"# exercise: {exercise.id}\n" not in tree.text(path) and f"%%answer {exercise.id} " not in tree.text(path):
        yield Finding(path, rule, f"it has no line `# exercise: {exercise.id}`; write it above the code")
