"""Results as other systems read them: Gradescope's and GitHub Classroom's JSON, JUnit's XML.

Formats: Gradescope's autograder specification (gradescope-autograders.readthedocs.io/en/latest/specs); what GitHub's
autograding-grading-reporter reads and its graders write; JUnit's XML as Jenkins and GitLab read it. CSV is in course.export_csv.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

from course.grading.standing import Weights
from course.judging.render import headline, rows
from course.judging.result import ENDINGS, Check, ExerciseResult, Report, SubmissionResult, safe

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def gradescope(submission: SubmissionResult, weights: Weights) -> dict[str, Any]:
    """Return Gradescope's results.json of one submission.

    Withheld checks are shown once grades are published; their output never holds more than call, got and expected.
    """
    tests = []
    for number, result in enumerate(submission.exercises, 1):
        for place, (check, worth) in enumerate(_worth(result, weights[result.id]), 1):
            tests.append(
                {
                    "name": f"{result.id}: {check.description}",
                    "number": f"{number}.{place}",
                    "score": worth if check.passed else 0.0,
                    "max_score": worth,
                    "status": "passed" if check.passed else "failed",
                    "output": _message(check),
                    "output_format": "text",
                    "visibility": "visible" if check.visibility == "public" else "after_published",
                }
            )
        if not result.checks:
            tests.append(_untried(result, weights[result.id], str(number)))
    score = sum(weights[result.id] * result.fraction for result in submission.exercises)
    return {
        "score": _digits(score),
        "execution_time": _digits(sum(c.seconds for r in submission.exercises for c in r.checks)),
        "output": "\n".join(_remarks(submission)),
        "output_format": "text",
        "stdout_visibility": "hidden",
        "tests": tests,
    }


def github(submission: SubmissionResult, weights: Weights) -> dict[str, Any]:
    """Return what GitHub Classroom's reporter reads of one submission, from RUNNER_RESULTS after base64.

    Its points are the sum of the tests' scores; of a withheld check the message holds call, got and expected.
    """
    tests: list[dict[str, Any]] = []
    for result in submission.exercises:
        for check, worth in _worth(result, weights[result.id]):
            tests.append(
                _github_test(result.id, check.description, _status(check), check.passed * worth, check.seconds)
            )
            if not check.passed:
                tests[-1]["message"] = _message(check) or "failed"
        if not result.checks:
            tests.append(_github_test(result.id, headline(result), "fail", 0.0, 0.0) | {"message": headline(result)})
    statuses = {test["status"] for test in tests}
    if submission.state != "graded" or "error" in statuses or not tests:
        status = "error"
    else:
        status = "fail" if "fail" in statuses else "pass"
    best = sum(weights[result.id] for result in submission.exercises)
    return {"version": 1, "status": status, "max_score": _digits(best), "tests": tests}


def junit(report: Report) -> str:
    """Return JUnit XML: a suite for each exercise of each submission, a case for each check, for instructors' eyes.

    What was not attempted is skipped; what could not be made, and a file that could not be graded, is an error.
    """
    suites = "".join(suite for submission in report.submissions for suite in _suites(submission))
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name={_quoted(report.course or "course")}>\n'
    return f"{head}{suites}</testsuites>\n"


def _suites(submission: SubmissionResult) -> Iterator[str]:
    if submission.state != "graded":
        case = f'<testcase classname={_quoted(submission.student)} name={_quoted(submission.source)} time="0">'
        error = f"{case}<error type={_quoted(submission.state)} message={_quoted(submission.sentence)}/></testcase>"
        yield _suite(submission, submission.state, [error], 0, 1, 0, 0.0)
    for result in submission.exercises:
        cases = [_case(submission.student, result, check) for check in result.checks if result.attempted]
        checks = result.checks if result.attempted else ()
        if not checks:
            name = f"classname={_quoted(f'{submission.student}.{result.id}')} name={_quoted(headline(result))}"
            cases = [f'<testcase {name} time="0"><skipped message={_quoted(headline(result))}/></testcase>']
        wrong = sum(check.verdict in ("FAIL", "ERROR", *ENDINGS) for check in checks)
        unmade = sum(check.verdict == "UNCHECKED" for check in checks)
        seconds = sum(check.seconds for check in checks)
        yield _suite(submission, result.id, cases, wrong, unmade, not checks, seconds)


def _suite(
    submission: SubmissionResult,
    name: str,
    cases: Sequence[str],
    failed: int,
    errors: int,
    skipped: int,
    seconds: float,
) -> str:
    counts = f'tests="{len(cases)}" failures="{failed}" errors="{errors}" skipped="{skipped:d}" time="{seconds:.3f}"'
    lines = "\n".join(f"  {case}" for case in cases)
    return f"<testsuite name={_quoted(f'{submission.student}: {name}')} {counts}>\n{lines}\n</testsuite>\n"


def _case(student: str, result: ExerciseResult, check: Check) -> str:
    name = f'classname={_quoted(f"{student}.{result.id}")} name={_quoted(check.name)} time="{check.seconds:.3f}"'
    if check.passed:
        return f"<testcase {name}/>"
    kind = "error" if check.verdict == "UNCHECKED" else "failure"
    told = "\n".join(f"{fact}: {text}" for fact, text in rows(check))
    return (
        f"<testcase {name}><{kind} type={_quoted(check.verdict)} message={_quoted(check.description)}>"
        f"{html.escape(_xml(told), quote=False)}</{kind}></testcase>"
    )


def _quoted(text: str) -> str:
    """Return text as an XML attribute in its quotes."""
    return '"' + html.escape(" ".join(_xml(text).split()), quote=True) + '"'


def _xml(text: str) -> str:
    """Return text without what XML 1.0 cannot hold, nor what our other outputs do not show."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", safe(text))


def _worth(result: ExerciseResult, points: float) -> Iterator[tuple[Check, float]]:
    """Yield each check with its share of the exercise's points; none passes where it was not attempted."""
    total = sum(check.points for check in result.checks)
    for check in result.checks if result.attempted else ():
        yield check, _digits(points * check.points / total) if total else 0.0


def _untried(result: ExerciseResult, points: float, number: str) -> dict[str, Any]:
    told = {"name": f"{result.id}: {headline(result)}", "number": number, "score": 0.0, "max_score": _digits(points)}
    return told | {
        "status": "failed",
        "output": "\n".join(result.notes),
        "output_format": "text",
        "visibility": "visible",
    }


def _github_test(exercise: str, what: str, status: str, score: float, seconds: float) -> dict[str, Any]:
    return {
        "name": safe(f"{exercise}: {what}"),
        "status": status,
        "score": _digits(score),
        "message": None,
        "test_code": "",
        "filename": "",
        "line_no": 0,
        "execution_time": _digits(seconds),
    }


def _status(check: Check) -> str:
    return "pass" if check.passed else "error" if check.verdict == "UNCHECKED" else "fail"


def _message(check: Check) -> str:
    """Return what a student may read of a check that did not pass; of a withheld one no word of its author's."""
    hidden = {"why", "printed"} if check.visibility == "withheld" else set()
    return (
        "" if check.passed else safe("\n".join(f"{name}: {text}" for name, text in rows(check) if name not in hidden))
    )


def _remarks(submission: SubmissionResult) -> list[str]:
    notes = [*submission.notes, *(note for result in submission.exercises for note in result.notes)]
    return [safe(text) for text in ([submission.sentence] if submission.sentence else []) + notes]


def _digits(number: float) -> float:
    return round(number, 4)
