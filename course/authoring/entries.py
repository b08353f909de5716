"""Add to course.yml as to a text, so that its comments and layout stay."""

from __future__ import annotations

from typing import Any

import yaml

from course.authoring.blanks import todo
from course.errors import CourseError


def with_topic(text: str, chapter: str, stem: str, exercise_id: str) -> str:
    """Return course.yml with the topic as written: a planned one is turned into it, an unknown one comes last."""
    topics = value(item(value(yaml.compose(text, Loader=yaml.SafeLoader), "chapters"), "slug", chapter), "topics")
    if topics.flow_style:
        raise CourseError(f"course.yml: the topics of {chapter} stand in [brackets]; write them as lines first.")
    lines = text.splitlines()
    entry = item(topics, "stem", stem)
    if entry is None:
        indent = " " * (topics.value[-1].start_mark.column - 2)
        title = [f"{indent}- stem: {stem}", f'{indent}  title: "{todo("a claim or an incident")}"']
        title += [f'{indent}  roadmap: "{todo("the bullet of the roadmap")}"']
        at = last_line(topics) + 1
        lines[at:at] = [*title, *written(f"{indent}  ", exercise_id)]
    elif (status := value(entry, "status")).value == "written":
        raise CourseError(f"course.yml has {chapter}/{stem} as written already. Add to it: course new exercise.")
    elif entry.flow_style:
        raise CourseError(f"course.yml: the entry of {stem} stands in {{braces}}; write its keys as lines first.")
    else:
        at = status.start_mark.line
        lines[at : at + 1] = written(" " * entry.start_mark.column, exercise_id)
    return "\n".join(lines) + "\n"


def written(indent: str, exercise_id: str) -> list[str]:
    """Return the lines of a written topic from its status on."""
    lines = ["status: written", "minutes: 40", "needs: []"]
    lines += [f'prior: "{todo("what the reader should know already, in one line")}"', "objectives:"]
    for place in ("first", "second", "third"):
        lines += [f'- "{todo(f"the {place} thing the reader will be able to do, beginning with a verb")}"']
    lines += ["measures: false", "exercises:", *exercise_lines(exercise_id)]
    return [indent + line for line in lines]


def exercise_lines(exercise_id: str) -> list[str]:
    """Return the lines of an exercise."""
    title = todo(f"a claim or an incident for {exercise_id}")
    return [f"- id: {exercise_id}", f'  title: "{title}"', "  level: 1", "  kind: build", "  points: 10"]


def with_exercise(text: str, chapter: str, stem: str, exercise_id: str) -> str:
    """Return course.yml with one more exercise at the end of a topic."""
    topics = value(item(value(yaml.compose(text, Loader=yaml.SafeLoader), "chapters"), "slug", chapter), "topics")
    exercises = value(item(topics, "stem", stem), "exercises")
    if exercises.flow_style:
        raise CourseError(f"course.yml: the exercises of {stem} stand in [brackets]; write them as lines first.")
    if item(exercises, "id", exercise_id):
        raise CourseError(f"course.yml has {exercise_id} already; choose another id.")
    lines, indent = text.splitlines(), " " * (exercises.value[-1].start_mark.column - 2)
    at = last_line(exercises) + 1
    lines[at:at] = [indent + line for line in exercise_lines(exercise_id)]
    return "\n".join(lines) + "\n"


def value(node: Any, key: str) -> Any:
    """Return the value of a key in a YAML mapping."""
    return next((v for k, v in node.value if k.value == key), None)


def item(node: Any, key: str, wanted: str) -> Any:
    """Return the entry of a YAML list whose key has a value; None without one."""
    return next((entry for entry in node.value if value(entry, key).value == wanted), None)


def last_line(node: Any) -> int:
    """Return the last line of a YAML node: that of its last value, since blank lines and comments follow it."""
    while not node.flow_style if isinstance(node, yaml.CollectionNode) else False:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.line)
