"""What `grade_all` needs of a place that keeps results; the gradebook's is course.grading.recording.Recording."""

from __future__ import annotations

from typing import Protocol

from course.grading.submissions import Found
from course.judging.result import ExerciseResult, SubmissionResult


class Book(Protocol):
    """What keeps results: asked for those that still hold before a file is graded, told of the result afterwards."""

    def known(self, found: Found) -> tuple[ExerciseResult, ...]:
        """Return the results of this file that need not be made again."""

    def record(self, found: Found, result: SubmissionResult) -> None:
        """Keep the result of a file."""
