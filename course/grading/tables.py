"""The tables of the gradebook. What is newer is told by `id`, which only grows, never by a clock; times are for people."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, LargeBinary, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

HEAD = "0001"  # the newest migration; a gradebook that is there already is used as it is


class Utc(TypeDecorator[datetime]):
    """A moment in UTC, aware on the way in and out; SQLite would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: nobody could say what it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its zone."""
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


def now() -> datetime:
    """Return the time for the record."""
    return datetime.now(UTC)


def new_key() -> str:
    """Return a key that no other gradebook gives."""
    return uuid.uuid4().hex


class Base(DeclarativeBase):
    """Names constraints, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Utc(), list[Any]: JSON(), dict[str, Any]: JSON()}  # noqa: RUF012


def _student() -> Mapped[int]:
    return mapped_column(ForeignKey("students.id", ondelete="CASCADE"), index=True)


class Student(Base):
    """One student; `key` is the id of the roster, or what the LMS calls the files where there is no roster."""

    __tablename__ = "students"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")


class Run(Base):
    """One run of the grader: which checks and code, which sandbox, which seed (its short hash)."""

    __tablename__ = "runs"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    assignment: Mapped[str]
    version: Mapped[str]  # course.grade.fingerprint() of all checks and the judge
    provider: Mapped[str]
    seed: Mapped[str]
    only: Mapped[list[Any]] = mapped_column(default=list)
    overlay: Mapped[str] = mapped_column(default="")
    python: Mapped[str] = mapped_column(default="")
    folder: Mapped[str] = mapped_column(default="")  # where results.json and the cache lie
    began: Mapped[datetime] = mapped_column(default=now)


class Attempt(Base):
    """One file that a student handed in. `program`: its code cells, packed, so that every score can be replayed."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("student_id", "assignment", "content", "handed_in"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = _student()
    assignment: Mapped[str] = mapped_column(index=True)
    content: Mapped[str]  # SHA-256 of the bytes
    handed_in: Mapped[datetime]
    source: Mapped[str]
    called: Mapped[str]  # what the LMS called the student
    state: Mapped[str]  # graded, refused, in doubt, dismissed
    sentence: Mapped[str] = mapped_column(default="")
    notes: Mapped[list[Any]] = mapped_column(default=list)
    program: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, default=b"")
    recorded: Mapped[datetime] = mapped_column(default=now)
    student: Mapped[Student] = relationship(lazy="joined", innerjoin=True)
    results: Mapped[list[Result]] = relationship(
        back_populates="attempt", order_by="Result.id", cascade="all, delete-orphan", passive_deletes=True
    )


class Result(Base):
    """What one run found about one exercise of one attempt; the newest counts, the older ones stay."""

    __tablename__ = "results"
    __table_args__ = (UniqueConstraint("attempt_id", "exercise", "run_id"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    exercise: Mapped[str]
    version: Mapped[str]  # course.grade.fingerprint(exercise) of its checks, stub and the judge
    attempted: Mapped[bool]
    settled: Mapped[bool]  # False: a check could not be made
    verdict: Mapped[str]
    fraction: Mapped[float]
    data: Mapped[dict[str, Any]]  # the whole ExerciseResult, with each check
    attempt: Mapped[Attempt] = relationship(back_populates="results")
    run: Mapped[Run] = relationship(lazy="joined", innerjoin=True)


class Adjustment(Base):
    """A person's word on a score: `add` points or `set` them, of one exercise or (None) of the whole assignment."""

    __tablename__ = "adjustments"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    student_id: Mapped[int] = _student()
    assignment: Mapped[str]
    exercise: Mapped[str | None]
    kind: Mapped[str]
    points: Mapped[float]
    reason: Mapped[str]
    who: Mapped[str]
    made: Mapped[datetime] = mapped_column(default=now)
    student: Mapped[Student] = relationship(lazy="joined", innerjoin=True)


class Request(Base):
    """A student's request to look at a score again, open until it is answered."""

    __tablename__ = "requests"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    student_id: Mapped[int] = _student()
    assignment: Mapped[str]
    exercise: Mapped[str]
    text: Mapped[str]
    opened: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[str | None]
    who: Mapped[str | None]
    answered: Mapped[datetime | None]
    student: Mapped[Student] = relationship(lazy="joined", innerjoin=True)
