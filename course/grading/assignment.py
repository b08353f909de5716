"""An assignment: its exercises and weights, its dates, what lateness costs, its secret seed, its roster."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, PrivateAttr, SecretStr, field_validator, model_validator

from course import index, validated
from course.errors import CourseError
from course.grading import roster
from course.grading.overlay import Overlay
from course.grading.overlay import read as read_overlay
from course.grading.roster import Roster
from course.index import Entry, ExerciseId, Slug, Text
from course.validated import at

DAY = timedelta(days=1)


def _with_time(value: Any) -> Any:
    """Refuse a date without a time: midnight is at its beginning, and few people mean that."""
    if isinstance(value, datetime | str) and len(str(value)) > 10:
        return value
    raise ValueError(f"{value} has no time of day; write one too, such as 2026-03-15 23:59")


Moment = Annotated[datetime, BeforeValidator(_with_time)]


class Part(Entry):
    """One exercise of an assignment. `weight`: points for a whole solution; without it those of the overlay or course."""

    id: ExerciseId
    weight: Annotated[float, Field(gt=0, le=1000)] | None = None


class Late(Entry):
    """What lateness costs: a percentage of what was reached for each day begun after the due date.

    Nothing within `grace_minutes`; from `cut_off_days` after the due date an attempt counts nothing.
    """

    percent_per_day: Annotated[float, Field(ge=0, le=100)]
    grace_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    cut_off_days: Annotated[int, Field(ge=1, le=365)] | None = None


class Extension(Entry):
    """A student's own due date, and why."""

    student: Text
    due: Moment
    reason: Text


class Assignment(Entry):
    """One assignment, as its file says it. Dates without an offset are in `zone`.

    Without `late`, what comes after the due date does not count. `best` takes each exercise's best attempt, `last` the
    last one in which it was attempted.
    """

    id: Slug
    title: Text
    zone: Text
    opens: Moment | None = None
    due: Moment
    closes: Moment | None = None
    late: Late | None = None
    attempts: Literal["best", "last"]
    seed: SecretStr
    roster: Text | None = None
    overlay: Text | None = None
    exercises: Annotated[tuple[Part, ...], Field(min_length=1)]
    extensions: tuple[Extension, ...] = ()
    _students: Roster = PrivateAttr(default_factory=Roster)
    _overlay: Overlay = PrivateAttr(default_factory=Overlay)

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{value!r} is no time zone; write a name such as Europe/Berlin or UTC") from None
        return value

    @field_validator("seed")
    @classmethod
    def _long(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < 16:
            raise ValueError(
                "it could be guessed; write 16 letters and digits or more, as `course assignment new` does"
            )
        return value

    @model_validator(mode="after")
    def _consistent(self) -> Assignment:
        moments = [(("due",), self.due), (("opens",), self.opens), (("closes",), self.closes)]
        for loc, moment in [*moments, *((("extensions", n, "due"), e.due) for n, e in enumerate(self.extensions))]:
            if moment and not moment.tzinfo and _folded(moment, ZoneInfo(self.zone)):
                said = f"{moment} exists twice or not at all in {self.zone}, where clocks change then"
                raise at(loc, f"{said}; write it with its offset, such as 2026-10-25T02:30+01:00")
        if self.opens and self.utc(self.opens) >= self.utc(self.due):
            raise at(("due",), "it is due before it opens; change one of the two dates")
        if self.closes and self.utc(self.closes) < self.utc(self.due):
            raise at(("closes",), "it closes before it is due; change one of the two dates")
        for what, ids in (
            ("exercises", [p.id for p in self.exercises]),
            ("extensions", [e.student for e in self.extensions]),
        ):
            for n, name in enumerate(ids):
                if name in ids[:n]:
                    raise at(
                        (what, n, "id" if what == "exercises" else "student"), f"{name} is there twice; remove one"
                    )
        return self

    def utc(self, moment: datetime) -> datetime:
        """Return a moment of the file in UTC."""
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(self.zone))).astimezone(UTC)

    @property
    def students(self) -> Roster:
        """The roster; an empty one where the file names none."""
        return self._students

    @property
    def own(self) -> Overlay:
        """The instructor's own checks; nothing where the file names none."""
        return self._overlay

    @property
    def secret(self) -> str:
        """The seed itself, for the judge; it belongs in no report."""
        return self.seed.get_secret_value()

    @property
    def seed_hash(self) -> str:
        """What reports and the gradebook show of the seed."""
        return hashlib.sha256(self.secret.encode()).hexdigest()[:12]

    @property
    def ids(self) -> tuple[str, ...]:
        """The exercises."""
        return tuple(part.id for part in self.exercises)

    def weights(self) -> dict[str, float]:
        """Return the points of each exercise: the file's, else the overlay's, else the course's."""
        points = {e.id: float(e.points) for _, _, e in index.load().exercises()} | self.own.points
        return {part.id: part.weight or points[part.id] for part in self.exercises}

    def due_for(self, student: str) -> datetime:
        """Return when a student has to hand in, UTC."""
        own = next((e.due for e in self.extensions if e.student == student), self.due)
        return self.utc(own)

    def lateness(self, student: str, handed_in: datetime) -> tuple[int, float]:
        """Return the days begun after a student's due date and the share of the points that is kept, 0 to 1."""
        due = self.due_for(student)
        if handed_in <= due + timedelta(minutes=self.late.grace_minutes if self.late else 0):
            return 0, 1.0
        days = math.ceil((handed_in - due) / DAY)
        closed = self.closes is not None and handed_in > max(self.utc(self.closes), due)
        if not self.late or closed or (self.late.cut_off_days and handed_in > due + self.late.cut_off_days * DAY):
            return days, 0.0
        return days, max(0.0, 1 - days * self.late.percent_per_day / 100)


def _folded(moment: datetime, zone: ZoneInfo) -> bool:
    """Say whether clocks that change make a local time ambiguous or skip it."""
    offsets = {moment.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
    return len(offsets) > 1


def load(path: Path) -> Assignment:
    """Read an assignment with its roster and overlay; raise CourseError with the line and what to write."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(
            f"The assignment {path} cannot be read ({error}). `course assignment new` writes one."
        ) from None
    made = validated.parse(Assignment, text, path.name, frozenset({"seed"}))
    if made.roster:
        made._students = roster.load(path.parent / made.roster)
    if made.overlay:
        made._overlay = read_overlay(path.parent / made.overlay)
    if problems := list(_strangers(made, text, path.name)):
        raise CourseError("\n".join(problems))
    return made


def _strangers(made: Assignment, text: str, name: str) -> Iterator[str]:
    """Yield a sentence for each exercise that the course, and each student that the roster, does not know."""
    known = [e.id for _, _, e in index.load().exercises()]
    for n, part in enumerate(made.exercises):
        if part.id not in known:
            yield f"{name}, line {_line(text, ('exercises', n, 'id'))}: {index.unknown('exercise', part.id, known)}"
    people = [student.id for student in made.students.students]
    for n, extension in enumerate(made.extensions):
        if made.students.file and extension.student not in people:
            said = index.unknown("student", extension.student, people)
            yield f"{name}, line {_line(text, ('extensions', n, 'student'))}: {said}"


def _line(text: str, loc: validated.Loc) -> int:
    import yaml

    return validated.line(yaml.compose(text, Loader=yaml.SafeLoader), loc)
