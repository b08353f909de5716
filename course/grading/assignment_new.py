"""`course assignment new`: write the file of an assignment, with a secret seed."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from course import index, validated
from course.errors import CourseError
from course.grading import roster
from course.grading.assignment import Assignment

TEMPLATE = """\
# The seed makes the random inputs of the checks: keep this file to yourself. `course assignment check` says what is wrong in it.
id: {id}
title: {title}
zone: {zone}            # of the dates below
due: {due}
# opens: 2026-03-01 09:00
# closes: 2026-03-31 23:59            # later attempts count nothing, extensions apart
# late: {{percent_per_day: 10, grace_minutes: 15, cut_off_days: 7}}      # without it nothing counts after the due date
attempts: last            # or best
seed: "{seed}"
roster: {roster}
# overlay: my-checks            # your own checks, laid out like tests/exercises/
exercises:            # weight: points for a whole solution; the course's points without it
{exercises}
# extensions:
# - {{student: s17, due: 2026-03-20 18:00, reason: "ill, note of 12 March"}}
"""


def write_new(path: Path, title: str, due: str, zone: str, exercises: list[str]) -> list[Path]:
    """Write a new assignment with a secret seed, readable by its owner only, and an empty roster where there is none.

    Return what was written; raise CourseError where the file is there already or would not be valid.
    """
    if path.exists():
        raise CourseError(f"{path} is there already; choose another name, or edit it.")
    lines = "\n".join(f"- {{id: {name}}}" for name in exercises or [e.id for _, _, e in index.load().exercises()])
    text = TEMPLATE.format(
        id=path.stem,
        title=_quoted(title),
        zone=zone,
        due=due,
        seed=secrets.token_hex(16),
        roster="roster.csv",
        exercises=lines,
    )
    validated.parse(Assignment, text, path.name, frozenset({"seed"}))
    people = path.parent / "roster.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(text, "utf-8")
    if people.exists():
        return [path]
    people.write_text(roster.HEADER, "utf-8")
    return [path, people]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
