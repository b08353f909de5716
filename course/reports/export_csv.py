"""Scores as spreadsheets read them: CSV for Canvas and Moodle, in which no cell is ever a formula.

A row in, a line out: whoever keeps the scores (a report, a gradebook) makes the rows.
Formats: Canvas's gradebook import (its columns up to Section, then one an assignment, under them the points possible);
Moodle's grade import, and with one column the grading worksheet of an assignment, which asks for the last change too.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from course.errors import CourseError
from course.grading.standing import Standing, Weights, gather
from course.grading.submissions import CANVAS, MOODLE
from course.index import Course
from course.judging.result import Report, safe

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CANVAS_USER = re.compile(r"_(?:LATE_)?(\d+)_\d+_")
MOODLE_USER = re.compile(r"_(\d+)_assignsubmission_")


@dataclass(frozen=True)
class Column:
    """One thing that is graded: its title in the platform, and the points possible."""

    title: str
    possible: float


@dataclass(frozen=True)
class Row:
    """One student as a platform knows them. `scores` by column title; a missing one is left as the platform has it.

    `number`: Canvas's user or Moodle's participant number; `sis_id`, `login`, `section`, `email`: where they are known.
    """

    student: str
    scores: Mapping[str, float]
    number: str = ""
    sis_id: str = ""
    login: str = ""
    section: str = ""
    email: str = ""
    feedback: str = ""


def canvas(rows: Iterable[Row], columns: Sequence[Column]) -> str:
    """Return a file for Canvas: Grades, Import."""
    head: list[object] = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *(c.title for c in columns)]
    possible: list[object] = ["    Points Possible", "", "", "", "", *(number(c.possible) for c in columns)]
    lines = [[r.student, r.number, r.sis_id, r.login, r.section, *_scores(r, columns)] for r in rows]
    return text([head, possible, *lines])


def moodle(rows: Iterable[Row], columns: Sequence[Column]) -> str:
    """Return a file for Moodle: with one column an assignment's grading worksheet, with several a grade import."""
    head: list[object] = ["Identifier", "Full name", "Email address", "Username", "ID number"]
    single = len(columns) == 1
    titles: list[object] = ["Grade", "Maximum Grade", "Last modified (grade)"] if single else [c.title for c in columns]
    lines: list[list[object]] = []
    for r in rows:
        who = [f"Participant {r.number}" if r.number else "", r.student, r.email, r.login, r.sis_id]
        scores = _scores(r, columns)
        lines.append([*who, *scores, *([number(columns[0].possible), "-"] if single else []), r.feedback])
    return text([[*head, *titles, "Feedback comments"], *lines], dashes=True)


def text(lines: Iterable[Sequence[object]], dashes: bool = False) -> str:
    """Return lines of cells as CSV; numbers stay numbers, and whatever else looks like a formula does not work as one.

    `dashes`: leave a lone dash alone, Moodle's word for "never".
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in lines:
        writer.writerow([value if dashes and value == "-" else cell(value) for value in line])
    return out.getvalue()


def cell(value: object) -> str:
    """Return a cell that no spreadsheet runs: text that begins like a formula gets an apostrophe before it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value)
    shown = safe(value)
    return f"'{shown}" if shown.lstrip(" \u00a0\ufeff").startswith(FORMULA) else shown


def number(value: float) -> str:
    """Return a score with at most four digits after the point; raise CourseError for what is no number."""
    if not math.isfinite(value):
        raise CourseError(f"A score of {value} cannot be exported; grade again.")
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _scores(row: Row, columns: Sequence[Column]) -> list[object]:
    return [row.scores.get(column.title, "") for column in columns]


def from_report(
    report: Report, course: Course, weights: Weights, partial: bool = False
) -> tuple[list[Row], list[Column]]:
    """Return the rows and columns of a report: one column a topic, which is what a student hands in.

    What is in doubt has no score, and holds everything back: raise CourseError, unless `partial` leaves those
    students out. Refused files have no score either, and their students stand in no row of their own.
    """
    standings = gather(report)
    doubtful = [each for each in standings if each.doubts]
    if doubtful and not partial:
        told = "; ".join(f"{each.student} ({each.doubts[0].source})" for each in doubtful[:5])
        more = f" and {len(doubtful) - 5} more" if len(doubtful) > 5 else ""
        raise CourseError(
            f"Scores are held back while results are in doubt: {safe(told)}{more}. Settle them and grade again, or add "
            "--partial to export the others."
        )
    topics: dict[str, list[str]] = {}
    for _, topic, exercise in course.exercises():
        if exercise.id in weights:
            topics.setdefault(topic.title, []).append(exercise.id)
    columns = [Column(title, sum(weights[name] for name in names)) for title, names in topics.items()]
    return [_row(each, topics, weights) for each in standings if each.scored], columns


def _row(standing: Standing, topics: Mapping[str, Sequence[str]], weights: Weights) -> Row:
    scores = {}
    for title, names in topics.items():
        held = [standing.results[name] for name in names if name in standing.results]
        if held:
            scores[title] = round(sum(weights[result.id] * result.fraction for result in held), 4)
    tried = [result for result in standing.results.values() if result.attempted]
    solved = sum(result.passed for result in tried)
    feedback = f"{solved} of {len(standing.results)} exercises solved, {len(tried)} tried."
    return Row(standing.student, scores, number=_number(standing), feedback=feedback)


def _number(standing: Standing) -> str:
    """Return the number that the platform put into the names of a student's files, or nothing."""
    for submission in standing.submissions:
        first = submission.source.split("/")[0]
        if MOODLE.match(first) and (found := MOODLE_USER.search(first)):
            return found[1]
        if CANVAS.match(first) and (found := CANVAS_USER.search(first)):
            return found[1]
    return ""
