"""What judging gives, on three levels that are never mixed: check, exercise, submission.

A check passes, fails, or could not be made. An exercise is attempted or not, and may end early. A submission is
graded, refused or in doubt. Terminal, HTML, JSON, JupyterLab and the browser show these and nothing else.
Needs the standard library only: the browser uses it too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

SCHEMA_VERSION = 1
Verdict = Literal[
    "PASS", "FAIL", "ERROR", "TIMEOUT", "MEMORY", "OUTPUT_LIMIT", "CRASH", "KILLED", "EXITED", "PROTOCOL", "UNCHECKED"
]
ENDINGS = ("MEMORY", "OUTPUT_LIMIT", "TIMEOUT", "PROTOCOL", "KILLED", "CRASH", "EXITED")
GRAVEST_FIRST = ("UNCHECKED", *ENDINGS, "ERROR", "FAIL", "PASS")
ENDED = {
    "MEMORY": "ran out of memory",
    "OUTPUT_LIMIT": "wrote too much output",
    "TIMEOUT": "ran out of time",
    "PROTOCOL": "sent back what cannot be used",
    "KILLED": "was killed",
    "CRASH": "crashed the interpreter",
    "EXITED": "ended the program",
}


COMMAND = re.compile(r"^[^\S\n]*::|##(?:vso)?\[", re.M)  # how lines begin that GitHub's and Azure's runners obey


@dataclass(frozen=True)
class Place:
    """Where in the submission something happened: the cell's name, a line of it from 1, that line's text."""

    cell: str
    line: int
    text: str


@dataclass(frozen=True)
class Check:
    """One check of one exercise. `call`, `got`, `expected`, `why` are text made safe for people; empty when unknown."""

    name: str
    description: str
    visibility: Literal["public", "withheld"]
    points: int
    verdict: Verdict
    call: str = ""
    got: str = ""
    expected: str = ""
    why: str = ""
    printed: str = ""
    place: Place | None = None
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Say whether it passed."""
        return self.verdict == "PASS"


@dataclass(frozen=True)
class ExerciseResult:
    """One exercise of one program. Not attempted means: the answer equals the stub, or there is none."""

    id: str
    attempted: bool
    checks: tuple[Check, ...]
    notes: tuple[str, ...] = ()
    captured: str = ""  # what was written past Python, to the process's own output

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict of its checks."""
        return min((c.verdict for c in self.checks), key=GRAVEST_FIRST.index, default="UNCHECKED")

    @property
    def passed(self) -> bool:
        """Say whether every check passed; an exercise without checks did not."""
        return bool(self.checks) and all(c.passed for c in self.checks)

    @property
    def ended(self) -> str:
        """The verdict that ended it early, or nothing."""
        return next((v for v in ENDINGS if any(c.verdict == v for c in self.checks)), "")

    @property
    def settled(self) -> bool:
        """Say whether every check could be made."""
        return bool(self.checks) and not any(c.verdict == "UNCHECKED" for c in self.checks)

    @property
    def fraction(self) -> float:
        """The weight of the checks that passed, 0 to 1; 0 where it was not attempted."""
        total = sum(c.points for c in self.checks)
        return sum(c.points for c in self.checks if c.passed) / total if total and self.attempted else 0.0


@dataclass(frozen=True)
class SubmissionResult:
    """One submission. `sentence` says why it was refused or is in doubt."""

    student: str
    source: str
    state: Literal["graded", "refused", "in doubt"]
    sentence: str = ""
    exercises: tuple[ExerciseResult, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """Everything one run of the grader found."""

    submissions: tuple[SubmissionResult, ...]
    course: str = ""
    provider: str = ""
    seed: str = ""
    schema_version: int = field(default=SCHEMA_VERSION)


def exercise_from_json(data: dict[str, Any]) -> ExerciseResult:
    """Return the result that `asdict` made JSON of."""
    checks = [
        Check(**{**c, "place": Place(**c["place"]) if c["place"] else None})  # noqa: RUF100
        for c in data["checks"]
    ]
    return ExerciseResult(data["id"], data["attempted"], tuple(checks), tuple(data["notes"]), data["captured"])


def submission_from_json(data: dict[str, Any]) -> SubmissionResult:
    """Return the result that `asdict` made JSON of."""
    exercises = tuple(exercise_from_json(each) for each in data["exercises"])
    return SubmissionResult(**{**data, "exercises": exercises, "notes": tuple(data["notes"])})


def to_json(result: Any) -> dict[str, Any]:
    """Return a result as JSON data."""
    return asdict(result)


def safe(text: object, limit: int = 2_000) -> str:
    """Return text fit to show people: no control or direction characters, no workflow commands, not too long.

    The one way out for whatever a submission wrote.
    """
    shown = str(text)
    if len(shown) > limit:
        shown = shown[: limit * 2 // 3] + " … " + shown[-limit // 4 :]
    shown = "".join(
        c
        if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        else "\N{REPLACEMENT CHARACTER}"
        for c in shown
    )
    return COMMAND.sub(lambda found: f"{found[0][:-1]}\N{ZERO WIDTH SPACE}{found[0][-1]}", shown)
