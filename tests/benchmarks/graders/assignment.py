"""Four small exercises, 24 assertions, and twenty submissions: nineteen that end and one that loops."""

from __future__ import annotations

import contextlib
import io
import textwrap
from dataclasses import dataclass

LIMIT = 5  # seconds a cell may take, for every grader


@dataclass(frozen=True)
class Exercise:
    """A function to write: what is given of it, some bodies by name, and what must be true of it."""

    name: str
    head: str
    bodies: dict[str, str]
    truths: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The exercise's name in files and ids."""
        return self.name.replace("_", "-")

    def source(self, body: str) -> str:
        """Return the cell that holds one of the answers."""
        return self.head + "\n" + textwrap.indent(textwrap.dedent(self.bodies[body]).strip("\n"), "    ")


STUB = "raise NotImplementedError"
EXERCISES = (
    Exercise(
        "seat",
        'def seat(label):\n    """Return row and number of a label such as B12."""',
        {
            "right": "row = label.rstrip('0123456789')\nreturn row, int(label[len(row):])",
            "one letter": "return label[0], int(label[1:])",
            "text": "row = label.rstrip('0123456789')\nreturn row, label[len(row):]",
            "stub": STUB,
            "raises": "raise KeyError(label)",
            "prints": "row = label.rstrip('0123456789')\nprint(row, label[len(row):])\nreturn row, int(label[len(row):])",
        },
        (
            "seat('A1') == ('A', 1)",
            "seat('B12') == ('B', 12)",
            "seat('AA7') == ('AA', 7)",
            "seat('Z120') == ('Z', 120)",
            "seat('K03') == ('K', 3)",
            "seat('BOX44') == ('BOX', 44)",
        ),
    ),
    Exercise(
        "shares",
        'def shares(cents, guests):\n    """Return what each guest pays, in cents; no cent is lost, the first pay more."""',
        {
            "right": "low, more = divmod(cents, guests)\nreturn [low + (i < more) for i in range(guests)]",
            "lost": "return [cents // guests] * guests",
            "last": "low, more = divmod(cents, guests)\nreturn [low] * (guests - 1) + [low + more]",
            "stub": STUB,
            "float": "return [cents / guests] * guests",
        },
        (
            "shares(900, 3) == [300, 300, 300]",
            "shares(1000, 3) == [334, 333, 333]",
            "shares(5, 4) == [2, 1, 1, 1]",
            "shares(0, 2) == [0, 0]",
            "sum(shares(99_999, 7)) == 99_999",
            "shares(1, 1) == [1]",
        ),
    ),
    Exercise(
        "gaps",
        'def gaps(taken, size):\n    """Return the runs of free seats of a row, first and last seat of each, numbered from 1."""',
        {
            "right": """
                found, start = [], None
                for number in range(1, size + 2):
                    free = number <= size and number not in taken
                    if free and start is None:
                        start = number
                    if not free and start is not None:
                        found.append((start, number - 1))
                        start = None
                return found
                """,
            "no last": """
                found, start = [], None
                for number in range(1, size + 1):
                    if number not in taken and start is None:
                        start = number
                    if number in taken and start is not None:
                        found.append((start, number - 1))
                        start = None
                return found
                """,
            "zero": "return [(n, n) for n in range(size) if n not in taken]",
            "stub": STUB,
            "loops": "while True:\n    pass",
        },
        (
            "gaps(set(), 4) == [(1, 4)]",
            "gaps({1, 2, 3, 4}, 4) == []",
            "gaps({2}, 4) == [(1, 1), (3, 4)]",
            "gaps({1, 4}, 4) == [(2, 3)]",
            "gaps({3, 4}, 8) == [(1, 2), (5, 8)]",
            "gaps({1, 3, 5}, 6) == [(2, 2), (4, 4), (6, 6)]",
        ),
    ),
    Exercise(
        "refund",
        'def refund(cents, hours):\n    """Return what is paid back: all until 48 hours before, half until 24, then nothing."""',
        {
            "right": "return cents if hours >= 48 else cents // 2 if hours >= 24 else 0",
            "strict": "return cents if hours > 48 else cents // 2 if hours > 24 else 0",
            "rounds": "return cents if hours >= 48 else round(cents / 2) if hours >= 24 else 0",
            "stub": STUB,
            "syntax": "return cents if hours >= 48 else",
        },
        (
            "refund(1000, 72) == 1000",
            "refund(1000, 48) == 1000",
            "refund(1000, 30) == 500",
            "refund(999, 24) == 499",
            "refund(1000, 23) == 0",
            "refund(2003, 25) == 1001",
        ),
    ),
)
HANDED_IN = (
    *[("right", "right", "right", "right")] * 5,
    ("prints", "right", "right", "right"),
    ("one letter", "right", "right", "right"),
    ("text", "lost", "right", "right"),
    ("right", "lost", "no last", "right"),
    ("right", "last", "right", "strict"),
    ("right", "float", "zero", "rounds"),
    ("raises", "right", "right", "right"),
    ("right", "right", "right", "syntax"),
    ("right", "right", "no last", "stub"),
    ("right", "stub", "stub", "stub"),
    ("stub", "stub", "stub", "stub"),
    ("text", "last", "zero", "strict"),
    ("right", "right", "stub", "right"),
    ("one letter", "float", "no last", "rounds"),
    ("right", "right", "loops", "right"),  # the twentieth
)


def answers(student: int) -> dict[str, str]:
    """Return the answer cells of one of the twenty, by exercise; none is the same file as another's."""
    chosen = zip(EXERCISES, HANDED_IN[student], strict=True)
    return {e.name: f"{e.source(body)}\n# handed in by student {student}" for e, body in chosen}


def expected(student: int) -> dict[str, bool]:
    """Return which exercises are solved, run here and without any grader; what loops is not."""
    found = {}
    for exercise, body in zip(EXERCISES, HANDED_IN[student], strict=True):
        names: dict[str, object] = {}
        try:
            if body == "loops":
                raise TimeoutError
            with contextlib.redirect_stdout(io.StringIO()):
                exec(exercise.source(body), names)
                found[exercise.name] = all(eval(truth, names) for truth in exercise.truths)
        except Exception:
            found[exercise.name] = False
    return found
