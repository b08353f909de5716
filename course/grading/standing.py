"""Where each student stands: the files of one student together, and of several results the best."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from course.errors import CourseError
from course.index import Course, unknown
from course.judging.result import SCHEMA_VERSION, ExerciseResult, Report, SubmissionResult, submission_from_json

Weights = Mapping[str, float]  # exercise id to points


@dataclass(frozen=True)
class Standing:
    """One student: all that was handed in under that name, and for each exercise the result that counts.

    `sources` tells the file that an exercise's result is from.
    """

    student: str
    submissions: tuple[SubmissionResult, ...]
    results: dict[str, ExerciseResult]
    sources: dict[str, str]

    @property
    def doubts(self) -> list[SubmissionResult]:
        """What has to be looked at before there is a score."""
        return [s for s in self.submissions if s.state == "in doubt"]

    @property
    def refused(self) -> list[SubmissionResult]:
        """Files that could not be read."""
        return [s for s in self.submissions if s.state == "refused"]

    @property
    def scored(self) -> bool:
        """Say whether there is a score: something was graded, and nothing is in doubt."""
        return bool(self.results) and not self.doubts

    def points(self, weights: Weights) -> float:
        """Return the points of all exercises that were handed in."""
        return sum(weights[name] * result.fraction for name, result in self.results.items())


def gather(report: Report) -> list[Standing]:
    """Return every student once, by name.

    Of several results for one exercise the best counts, since a student may hand in one notebook a topic, or twice.
    """
    by_student: dict[str, list[SubmissionResult]] = {}
    for submission in report.submissions:
        by_student.setdefault(submission.student, []).append(submission)
    return [_standing(name, by_student[name]) for name in sorted(by_student, key=lambda name: (name.casefold(), name))]


def _standing(student: str, submissions: list[SubmissionResult]) -> Standing:
    results: dict[str, ExerciseResult] = {}
    sources: dict[str, str] = {}
    for submission in submissions:
        for result in submission.exercises:
            held = results.get(result.id)
            if held is None or (result.fraction, result.attempted) > (held.fraction, held.attempted):
                results[result.id], sources[result.id] = result, submission.source
    return Standing(student, tuple(submissions), results, sources)


def exercises(report: Report) -> list[str]:
    """Return the ids of all exercises in a report, in the order they were met."""
    return list(dict.fromkeys(result.id for s in report.submissions for result in s.exercises))


def weights(report: Report, course: Course, points: Mapping[str, float] | None = None) -> dict[str, float]:
    """Return the points of every exercise in a report, in the order of the course.

    `points`: those of exercises to which an assignment or overlay gives others than course.yml.
    Raise CourseError for an exercise that the course does not have.
    """
    own = points or {}
    known = {exercise.id: own.get(exercise.id, float(exercise.points)) for _, _, exercise in course.exercises()}
    here = exercises(report)
    for name in here:
        if name not in known:
            raise CourseError(
                f"{unknown('exercise', name, list(known))} These results are of another course; grade again."
            )
    return {name: points for name, points in known.items() if name in here}


def read(path: Path) -> Report:
    """Read what `course grade` wrote; raise CourseError with what is wrong with the file."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no JSON"
        raise CourseError(f"{path} cannot be read: {why}. Give the results.json that `course grade` wrote.") from None
    try:
        if data["schema_version"] != SCHEMA_VERSION:
            raise CourseError(f"{path} was written by another version of the course; grade again.")
        submissions = tuple(submission_from_json(each) for each in data["submissions"])
        kept = {field.name for field in fields(Report)}
        return Report(**{**{k: v for k, v in data.items() if k in kept}, "submissions": submissions})
    except (KeyError, TypeError, AttributeError):
        raise CourseError(f"{path} holds no results. Give the results.json that `course grade` wrote.") from None
