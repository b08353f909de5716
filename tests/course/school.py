"""A small class with an assignment: results are built directly where judging is not the subject."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from course.grading import assignment
from course.grading.assignment import Assignment
from course.grading.attempts import HandIn, Judging
from course.grading.gradebook import Gradebook
from course.grading.grades import Grade, grades
from course.judging.program import Cell
from course.judging.result import Check, ExerciseResult, SubmissionResult

MONEY, SEATS = "core.money", "core.seat-map"
VERDICTS: dict[str, Any] = {"p": "PASS", "f": "FAIL", "u": "UNCHECKED", "t": "TIMEOUT"}
SEED = "0123456789abcdef-of-the-tests"
ROSTER = "id,name,email,lms\ns1,Ada Lovelace,ada@example.org,lovelaceada|ada\ns2,Bo Nilsson,bo@example.org,bo\ns3,Cleo Wu,,cleo\n"


def moment(text: str) -> datetime:
    """Return a moment in UTC: "03-15 18:00" of 2026."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


def sheet(folder: Path, people: str = ROSTER, **changes: Any) -> Assignment:
    """Write an assignment and its roster into a folder, and load it; a change to None removes the key."""
    data = {
        "id": "week-1", "title": "Week 1", "zone": "UTC", "due": "2026-03-15 18:00", "attempts": "last", "seed": SEED,
        "late": {"percent_per_day": 10, "grace_minutes": 15, "cut_off_days": 3}, "roster": "roster.csv",
        "exercises": [{"id": MONEY, "weight": 10}, {"id": SEATS, "weight": 20}],
    } | changes  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "roster.csv").write_text(people, "utf-8")
    (folder / "week-1.yml").write_text(yaml.safe_dump({k: v for k, v in data.items() if v is not None}), "utf-8")
    return assignment.load(folder / "week-1.yml")


def judged(exercise: str, checks: str) -> ExerciseResult:
    """Return the result of an exercise by letters: p passed, f failed, u unchecked; nothing means not attempted."""
    made = [Check(f"test_{n}", f"Rule {n}", "public", 1, VERDICTS[letter]) for n, letter in enumerate(checks)]
    return ExerciseResult(exercise, bool(checks), tuple(made))


class School:
    """A gradebook and an assignment; `hand_in` records what `told` says was found."""

    def __init__(self, where: str, sheet: Assignment, **judging: Any) -> None:
        self.book, self.sheet = Gradebook(where, wait=2), sheet
        self.judging = self.run(**judging)
        self.book.prepare()

    def run(self, **changed: Any) -> Judging:
        """Return another run."""
        versions = dict.fromkeys(self.sheet.ids, "checks-1") | changed.pop("versions", {})
        made = {"version": "all-1", "provider": "process", "seed": self.sheet.seed_hash}
        return Judging(self.sheet.id, versions=versions, **(made | changed))

    def handed(self, student: str, text: str, at: str = "03-10 12:00") -> HandIn:
        """Return a file of a student that holds a text."""
        person = self.sheet.students.find(student)
        assert person
        content = hashlib.sha256(text.encode()).hexdigest()
        return HandIn(person, content, moment(at), f"{student}/{text}.ipynb", student, (Cell(text, "cell 1"),))

    def hand_in(
        self,
        student: str,
        text: str,
        at: str = "03-10 12:00",
        *,
        state: Any = "graded",
        judging: Judging | None = None,
        **told: str,
    ) -> None:
        """Record a file; `money="ppf"` and `seats="pp"` tell its checks."""
        handed = self.handed(student, text, at)
        ids = {"money": MONEY, "seats": SEATS}
        results = tuple(judged(ids[name], checks) for name, checks in told.items())
        if any("u" in checks for checks in told.values()):
            state = "in doubt"
        sentence = "" if state == "graded" else "Look at it."
        made = SubmissionResult(student, handed.source, state, sentence, results)
        self.book.record(handed, made, judging or self.judging)

    def grade(self, student: str, sheet: Assignment | None = None) -> Grade:
        """Return the grade of a student, also an open one."""
        return next(g for g in grades(self.book, sheet or self.sheet, hold=False) if g.student.id == student)

    def points(self, student: str, sheet: Assignment | None = None) -> float | None:
        """Return the points of a student."""
        return self.grade(student, sheet).points
