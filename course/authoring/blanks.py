"""What a new topic and a new exercise are made of: every text says what is to stand in its place."""

from __future__ import annotations

from pathlib import Path

from course.authoring.rules_exercises import SETUP
from course.authoring.rules_repository import TODO
from course.index import Chapter
from course.notebook import NotebookCell, code, markdown

PLACEHOLDER = "# placeholder"  # `course derive` writes these cells
CHECK = '''import random

import answer


def test_{name}(rng: random.Random):
    """{what}"""
    value = rng.randrange(100)
    assert answer.solve(value) == value, "{why}"
'''
ANSWER = '''# exercise: {id}
def solve(value: int) -> int:
    """{contract}"""
{body}
'''
WRONG = """# {misconception}
# fails: test_{name}
# says: {says}
"""


def todo(text: str) -> str:
    """Return a text that is to be replaced, and that `course check` finds."""
    return f"{TODO} {text}"


def reading_cells() -> list[NotebookCell]:
    """Return the cells of a topic's notebook: the parts that no topic goes without."""
    return [
        markdown("head", PLACEHOLDER),
        markdown("incident", todo("the incident at Boxoffice: 60 to 120 words, real numbers, ends in a question.")),
        markdown("first-turn", todo("one mechanism, named once; then **Predict:** a question with one right answer.")),
        code("first-run", f"# {todo('the smallest run that shows it, on data small enough to check by hand')}"),
        markdown("first-why", todo("why, by the value printed; then two to four more turns, each needing the last.")),
        code("failure", f"# {todo('a cell that raises, or a total that is wrong')}"),
        markdown("diagnosis", todo("the diagnosis and the fix.")),
        code("same-again", f"# {todo('the same scenario again, mended')}"),
        markdown(
            "costs",
            f"## What it costs\n\n{todo('a table: two honest costs, one “do not use it when”; a rejected alternative.')}",
        ),
        markdown(
            "pitfalls", f"## Pitfalls\n\n{todo('a list, each linked to the cell that shows it; a primary source.')}"
        ),
        markdown("closing", todo("the answer to the opening question, and what is still unsafe.")),
    ]


def opening_cells() -> list[NotebookCell]:
    """Return the first cells of a topic's exercises."""
    return [markdown("head", PLACEHOLDER), code("setup", SETUP)]


def exercise_cells(exercise_id: str) -> list[NotebookCell]:
    """Return the cells of an exercise in solutions/."""
    slug = exercise_id.partition(".")[2]
    statement = "situation, contract (types, units, errors), one worked example with numbers, what is *not* asked"
    hints = ("where to look", "the mechanism", "the shape, never the answer")
    region = f"    ### BEGIN SOLUTION\n    return value  # {todo('the reference')}\n    ### END SOLUTION"
    return [
        markdown(f"{slug}-heading", PLACEHOLDER),
        markdown(f"{slug}-statement", todo(f"100 to 250 words: {statement}.")),
        markdown(
            f"{slug}-hints",
            "\n".join(
                f"<details><summary>Hint {number}: {hint}</summary>\n\n{todo('at most 45 words.')}\n\n</details>"
                for number, hint in enumerate(hints, 1)
            ),
        ),
        code(f"{slug}-answer", answer(exercise_id, region, todo("what it returns; types, units, errors.")), "answer"),
        code(f"{slug}-check", f'check("{exercise_id}")', "check"),
    ]


def answer(exercise_id: str, body: str, contract: str = "Return what the answer cell says.") -> str:
    """Return an answer cell."""
    return ANSWER.format(id=exercise_id, contract=contract, body=body).strip()


def judging_files(chapter: str, exercise_id: str) -> dict[Path, str]:
    """Return the files that judge an exercise, by path."""
    slug = exercise_id.partition(".")[2]
    name = slug.replace("-", "_")
    folder = Path("tests", "exercises", chapter, slug)
    holds = todo("what should hold, in the domain's words; six to fifteen such checks in public/ and withheld/.")
    hidden = todo("what should hold; each withheld check kills a wrong answer that passes all public ones.")
    why = todo("why it matters")
    files = {
        folder / "public" / f"test_{name}.py": CHECK.format(name="todo", what=holds, why=why),
        folder / "withheld" / f"test_{name}_more.py": CHECK.format(name="todo_more", what=hidden, why=why),
        folder / "alternatives" / "another_way.py": (
            f"# {todo('what is different: another algorithm or structure (from level 2 on; else remove this file).')}\n"
            + answer(exercise_id, "    return value")
            + "\n"
        ),
    }
    for number, place in enumerate(("first", "second", "third"), 1):
        opening = WRONG.format(
            misconception=todo(f"the {place} misconception, in one line; name the file after it."),
            name="todo",
            says=todo("a phrase of that check's message"),
        )
        files[folder / "wrong" / f"{place}.py"] = opening + answer(exercise_id, f"    return {number}") + "\n"
    return files


def opening_page(chapter: Chapter) -> str:
    """Return the opening page of a chapter that had no topic yet."""
    return (
        f"# {chapter.claim}\n\n{todo('what goes wrong without this chapter, in three sentences.')}\n\n"
        "<!-- course:topics -->\n<!-- /course:topics -->\n\n"
        f"{todo('a self-test with a question for every topic, as in the other chapters.')}\n"
    )
