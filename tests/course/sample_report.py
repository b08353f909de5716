"""Results made of dataclasses: a small class, and one student who writes hostile text wherever a submission can."""

from __future__ import annotations

from course import index
from course.judging.result import Check, ExerciseResult, Place, Report, SubmissionResult, Verdict

MONEY, SEATS = "core.money", "core.seat-map"
NAMES = ["Ada", "Bo", "Cleo", "Dan", "Eve", "Fay", "Gus", "Hal"]
HOSTILE = [
    "<script>document.title='taken'</script>", "</code></dd></style></title><img src=//host.test/x onerror=alert(1)>",
    "\"' onmouseover=alert(1) x='", "<!--", "]]>", "&lt;b&gt;", "javascript:alert(1)", "{{ 7 * 7 }}{% raw %}",
    "</style><style>*{display:none}</style>", "\x1b[31mred\x1b[0m\x00\x07", "\u202egnp.exe", "=HYPERLINK(\"//host.test\")",
    "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "`</code><svg/onload=alert(1)>`", "::set-output name=x::y",
]  # fmt: skip


def check(name: str, passed: bool = True, points: int = 1, **more: object) -> Check:
    """Return a public check, or a withheld one where `more` says so."""
    verdict: Verdict = "PASS" if passed else "FAIL"
    told = {"call": f"{name}(3)", "got": "4", "expected": "3", "why": "a till counts"} if not passed else {}
    return Check(**{  # type: ignore[arg-type]
        "name": f"test_{name}", "description": f"The till knows {name}.", "visibility": "public", "points": points,
        "verdict": verdict, "seconds": 0.25, **told, **more,
    })  # fmt: skip


def exercise(name: str, *checks: Check, attempted: bool = True, notes: tuple[str, ...] = ()) -> ExerciseResult:
    return ExerciseResult(name, attempted, checks, notes)


def submission(student: str, *results: ExerciseResult, **more: object) -> SubmissionResult:
    source = f"{student}/02-data-model.ipynb"
    return SubmissionResult(**{  # type: ignore[arg-type]
        "student": student, "source": source, "state": "graded", "exercises": results, **more,
    })  # fmt: skip


def graded() -> Report:
    """Return a class of eight: the n-th student passes the first n of seven checks of one exercise, all solve the other."""
    rules = ["sums", "signs", "cents", "names", "shares", "orders", "hashes"]
    submissions = [
        submission(
            student,
            exercise(MONEY, *(check(rule, n < passed) for n, rule in enumerate(rules))),
            exercise(SEATS, check("rows"), check("labels", visibility="withheld")),
        )
        for passed, student in enumerate(NAMES)
    ]
    return Report(tuple(submissions), index.load().title, "bubblewrap", "5feceb66ffc8")


def hostile() -> Report:
    """Return a class in which every text that a student can choose is hostile."""
    submissions = [
        submission(
            text,
            exercise(
                MONEY,
                check(
                    "sums", False, call=text, got=text, expected=text, why=text, printed=text, place=Place(text, 1, text)
                ),
                check("signs", passed=False, visibility="withheld", call=text, got=text, expected=text),
                notes=(text,),
            ),
            source=f"{text}/a.ipynb",
            notes=(text,),
        )
        for text in HOSTILE
    ]  # fmt: skip
    refused = submission("Rob <b>", state="refused", sentence=HOSTILE[0], source=HOSTILE[1])
    return Report((*submissions, refused), HOSTILE[0], HOSTILE[1], HOSTILE[2])
