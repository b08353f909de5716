"""The index of the course: course.yml as typed, validated data."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from course import validated
from course.errors import CourseError
from course.validated import at

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Stem = Annotated[str, Field(pattern=r"^\d\d-[a-z0-9]+(-[a-z0-9]+)*$")]
ExerciseId = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*$")]
Status = Literal["written", "planned"]
Text = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """Common settings: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Exercise(Entry):
    """One graded exercise. `level` 1 to 3; `points` is its weight in a grade."""

    id: ExerciseId
    title: Text
    level: Literal[1, 2, 3]
    kind: Literal["build", "repair", "measure", "break"]
    points: Annotated[int, Field(ge=1, le=100)]

    @property
    def slug(self) -> str:
        """The id without its chapter prefix."""
        return self.id.partition(".")[2]


class Lab(Entry):
    """A containerised lab. `minutes` is the learner's time, `needs` are topics as chapter/stem."""

    slug: Slug
    title: Text
    status: Status
    minutes: Annotated[int, Field(ge=15, le=600)] | None = None
    needs: tuple[str, ...] = ()
    skills: Text | None = None

    @model_validator(mode="after")
    def _written_is_complete(self) -> Lab:
        if self.status == "written":
            missing = [name for name in ("minutes", "needs", "skills") if not getattr(self, name)]
            if missing:
                raise ValueError(f"a written lab needs {', '.join(missing)}; add them or set `status: planned`")
        return self


class Topic(Entry):
    """One notebook with its exercises.

    `minutes` is the reader's time, exercises apart; `waive` gives a reason for each rule of style that it breaks.
    """

    stem: Stem
    title: Text
    roadmap: Text
    status: Status
    minutes: Annotated[int, Field(ge=5, le=120)] | None = None
    needs: tuple[str, ...] = ()
    prior: str = ""
    objectives: tuple[Text, ...] = ()
    measures: bool = False
    waive: dict[str, Text] = {}
    exercises: tuple[Exercise, ...] = ()

    @model_validator(mode="after")
    def _written_is_complete(self) -> Topic:
        if self.status == "written":
            missing = [name for name in ("minutes", "prior", "objectives", "exercises") if not getattr(self, name)]
            if missing:
                raise ValueError(f"a written topic needs {', '.join(missing)}; add them or set `status: planned`")
        return self


class Chapter(Entry):
    """One section of the roadmap."""

    slug: Stem
    title: Text
    claim: Text
    lab: Lab
    topics: tuple[Topic, ...]

    @property
    def number(self) -> int:
        """The chapter's place in the course, from 1."""
        return int(self.slug[:2])

    @property
    def written(self) -> list[Topic]:
        """The topics that exist."""
        return [topic for topic in self.topics if topic.status == "written"]


class Course(Entry):
    """The whole index."""

    title: Text
    repository: Annotated[str, Field(pattern=r"^https://")]
    retired: tuple[ExerciseId, ...]
    chapters: tuple[Chapter, ...]
    capstone: Lab

    def topics(self) -> Iterator[tuple[Chapter, Topic]]:
        """Yield every written topic with its chapter, in order."""
        for chapter in self.chapters:
            for topic in chapter.written:
                yield chapter, topic

    def exercises(self) -> Iterator[tuple[Chapter, Topic, Exercise]]:
        """Yield every exercise with its chapter and topic, in order."""
        for chapter, topic in self.topics():
            for exercise in topic.exercises:
                yield chapter, topic, exercise

    def labs(self) -> Iterator[tuple[str, Lab]]:
        """Yield every lab with its place, which is chapter/slug; the capstone comes last."""
        for chapter in self.chapters:
            yield f"{chapter.slug}/{chapter.lab.slug}", chapter.lab
        yield f"capstone/{self.capstone.slug}", self.capstone

    def find(self, exercise_id: str) -> tuple[Chapter, Topic, Exercise]:
        """Return chapter, topic and exercise of an id; raise CourseError, with the nearest ids, for an unknown one."""
        for found in self.exercises():
            if found[2].id == exercise_id:
                return found
        raise CourseError(unknown("exercise", exercise_id, [e.id for _, _, e in self.exercises()]))

    @model_validator(mode="after")
    def _consistent(self) -> Course:
        seen: set[str] = set()
        ids: set[str] = set()
        for c, chapter in enumerate(self.chapters):
            folders: set[str] = set()
            for t, topic in enumerate(chapter.topics):
                place, key = ("chapters", c, "topics", t), f"{chapter.slug}/{topic.stem}"
                for n, need in enumerate(topic.needs):
                    if need not in seen:
                        raise at((*place, "needs", n), f"{need} is no earlier topic; write chapter/stem of one")
                if key in seen:
                    raise at((*place, "stem"), f"{key} is there twice; choose another stem")
                seen.add(key)
                for e, exercise in enumerate(topic.exercises):
                    here = (*place, "exercises", e, "id")
                    if exercise.id in ids:
                        raise at(here, f"the id {exercise.id} is given twice; ids are unique in the whole course")
                    if exercise.id in self.retired:
                        raise at(here, f"the id {exercise.id} is retired; choose a new one")
                    if exercise.slug in folders:
                        raise at(here, f"{chapter.slug} has {exercise.slug} already, so both would share a folder")
                    ids.add(exercise.id)
                    folders.add(exercise.slug)
            for n, need in enumerate(chapter.lab.needs):
                if need not in seen:
                    said = f"{need} is no topic of this chapter or an earlier one; write chapter/stem of one"
                    raise at(("chapters", c, "lab", "needs", n), said)
        return self


def unknown(what: str, value: str, known: list[str]) -> str:
    """Return the sentence for an unknown name, with the names that come nearest."""
    import difflib

    near = difflib.get_close_matches(value, known, 3, 0.4) or known[:3]
    return (
        f"There is no {what} {value!r}. Did you mean {', '.join(near)}?" if near else f"There is no {what} {value!r}."
    )


def root() -> Path:
    """Return the course's root folder: where this package lies beside course.yml."""
    return Path(__file__).resolve().parent.parent


@functools.lru_cache(maxsize=8)
def _load(path: Path, _changed: int) -> Course:
    return validated.parse(Course, path.read_text(encoding="utf-8"), path.name)


def load(path: Path | None = None) -> Course:
    """Read and validate course.yml.

    Raise CourseError with the line, what is wrong and what to write.
    """
    path = path or root() / "course.yml"
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise CourseError(
            f"{path.name} cannot be read ({error.strerror}). Run this in a checkout of the course."
        ) from None
    return _load(path, changed)
