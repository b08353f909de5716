"""Tools that read an answer run where nothing of it has run, and give data back."""

from __future__ import annotations

import psutil
import pytest

from course import index
from course.judging import bank
from course.judging.client import Judge

from .conftest import Bench

HEAD = "from course.checks import apart\n"
MYPY = """
import tempfile

from mypy import api

CACHE = f"--cache-dir={tempfile.gettempdir()}/cache"


def complaints(text):
    options = ["--config-file=", "--strict", "--no-site-packages", "--no-error-summary", CACHE]
    return api.run([*options, "-c", text])[0].splitlines()
"""
WRONG_TYPE = 'till: int = "G7"\n'


def tools(bench: Bench, inside: str, *checks: str) -> Bench:
    """Put the tools and checks of one line each on the bench."""
    tests = [f"def test_{n}():\n    {check}\n" for n, check in enumerate(checks)]
    return bench.file("inside.py", inside).check(HEAD + "".join(tests))


def test_the_data_that_a_tool_gives_comes_back(bench: Bench) -> None:
    checks = tools(
        bench, "def size(text, n):\n    return {'lines': text.count(chr(10)) * n}\n", "apart('size', 'x', 0)"
    )
    checks.check(HEAD + "def test_a():\n    assert apart('size', answer.source, 2) == {'lines': 6}\n")
    assert checks.judged("a = 1\nb = 2\n").verdict == "PASS"


def test_a_failed_check_shows_the_tool_and_what_it_said_not_the_whole_text(bench: Bench) -> None:
    checks = tools(bench, MYPY, "assert apart('complaints', answer.source) == [], 'mypy has read it'")
    [check] = checks.judged(WRONG_TYPE + "# so that the text is a longer one\n" * 3).checks
    assert (check.verdict, check.call, check.expected) == ("FAIL", "complaints(Ellipsis)", "[]")
    assert 'expression has type "str", variable has type "int"' in check.got
    assert check.why == "mypy has read it"


@pytest.mark.parametrize(
    "cheat",
    [
        "import mypy.api\nmypy.api.run = lambda *_: ('', '', 0)",
        "import sys, types\nsys.modules['mypy'] = sys.modules['mypy.api'] = types.ModuleType('mypy')",
        "import sys, types\nsys.modules['inside'] = types.ModuleType('inside')\nsys.modules['inside'].complaints = list",
        "def complaints(text): return []",
        "for place in ('/work', '/tmp', '.'):\n    try: open(place + '/mypy.ini', 'w').write('[mypy]\\nignore_errors = True')"
        "\n    except OSError: pass",
        "import os\nos.environ['MYPYPATH'] = '/tmp'\nos._exit(0)",
    ],
)
def test_nothing_that_a_submission_does_changes_what_a_tool_says(bench: Bench, cheat: str) -> None:
    checks = tools(
        bench,
        MYPY,
        "apart('complaints', answer.source) and answer.nothing",
        "assert [c for c in apart('complaints', answer.source) if 'assignment' in c] == []",
    )
    first, second = checks.judged(WRONG_TYPE + cheat).checks
    assert (first.passed, second.verdict) == (False, "FAIL")
    assert 'variable has type "int"' in second.got


def test_the_answer_is_not_there(bench: Bench) -> None:
    look = "import answer\ndef names():\n    return sorted(n for n in vars(answer) if n in ('double', 'till'))\n"
    assert tools(bench, look, "assert apart('names') == []").judged("till = double = 1").verdict == "PASS"


def test_checks_of_one_submission_share_a_tool_and_two_submissions_share_nothing(bench: Bench) -> None:
    inside = """
    import os, tempfile
    asked = []
    def ask():
        asked.append(1)
        left = os.path.join(tempfile.gettempdir(), "left")
        found = os.path.exists(left)
        open(left, "w").close()
        return len(asked), found
    """
    checks = tools(bench, inside, "assert apart('ask') == (1, False)", "assert apart('ask') == (2, True)")
    assert [checks.judged("a = 1").verdict for _ in range(2)] == ["PASS", "PASS"]


WARM = """
import os, tempfile
read = []
def left():
    return os.path.join(tempfile.gettempdir(), "left")
def warm():
    was = os.path.exists(left()), len(read)
    open(left(), "w").close()
    return {"was": was, "by": os.urandom(8)}
def warmed(given):
    given["left"] = os.path.exists(left())
    read.append(given)
def see(text):
    read.append(text)
    open(left(), "w").close()
    return read[:-1]
"""


def test_two_submissions_share_only_what_warm_gave_before_either_was_read(bench: Bench) -> None:
    keep = "KEPT = []\n"
    body = (
        "def test_a():\n"
        "    [given] = apart('see', answer.source)\n"
        "    assert (given['was'], given['left']) == ((False, 0), False)\n"
        "    KEPT.append(given['by'])\n"
        "    assert len(set(KEPT)) == 1\n"
        "def test_b():\n"
        "    [given, text] = apart('see', answer.source)\n"
        "    assert text == answer.source\n"
    )
    bench.file("inside.py", WARM).check(HEAD + keep + body)
    assert [bench.judged(f"a = {n}").verdict for n in range(3)] == ["PASS", "PASS", "PASS"]


def test_a_warm_that_fails_is_no_fault_of_the_answer(bench: Bench) -> None:
    inside = "def warm():\n    1 / 0\n\n\ndef warmed(given): ...\n\n\ndef f(text): return 1\n"
    checks = tools(bench, "import os\n" + inside, "assert apart('f', answer.source)", "assert answer.a == 1")
    first, second = checks.judged("a = 1").checks
    assert (first.verdict, second.verdict) == ("UNCHECKED", "PASS")
    assert "warm() of inside.py failed, apart from the answer: ZeroDivisionError" in first.why


POISON = {
    "an honest text": "from fractions import Fraction\nhalf: Fraction = Fraction(1, 2)",
    "other options": "# mypy: ignore-errors\nimport fractions\nfractions.Fraction = int",
    "a module of that name": "import sys\nclass fractions:\n    Fraction = int\nsys.modules['fractions'] = fractions",
    "no Python": "def (:",
}


@pytest.mark.parametrize("before", POISON.values(), ids=POISON)
def test_what_mypy_has_read_changes_nothing_of_what_it_says_about_the_next_text(bench: Bench, before: str) -> None:
    text = "from fractions import Fraction\nhalf: Fraction = 0.5\nwhole: int = Fraction(2)\n"
    source = (bank.paths(index.root(), "core.typed-repository")[1] / "inside.py").read_text("utf-8")
    bench.file("inside.py", source).check(HEAD + "def test_a():\n    assert apart('complaints', answer.source) == 0\n")
    seen = []
    for each in (text, before, text):
        [check] = bench.judged(each).checks
        seen.append(check.got)
    assert seen[0] == seen[2] != seen[1]
    assert seen[0].count("Incompatible types in assignment") == 2


def test_no_process_is_left_behind(bench: Bench, warm_judge: Judge) -> None:
    checks = tools(bench, "def f(): return 1\n", "assert apart('f') == 1", "assert answer.a == apart('f')")
    counts = []
    for _ in range(3):
        assert checks.judged("a = 1").verdict == "PASS"
        counts.append(len(psutil.Process().children(recursive=True)))
    assert counts[1] == counts[2] <= counts[0]


@pytest.mark.parametrize(
    ("does", "why"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("raise SystemExit", "SystemExit"),
        ("import os; os._exit(0)", "it ended the process itself"),
        ("import ctypes; ctypes.string_at(0)", "it died of SIGSEGV"),
        ("return object()", "no data"),
        ("return [len]", "no data"),
    ],
)
def test_a_tool_that_fails_is_no_fault_of_the_answer(bench: Bench, does: str, why: str) -> None:
    checks = tools(bench, f"def f(text):\n    {does}\n", "assert apart('f', answer.source)", "assert answer.a == 1")
    first, second = checks.judged("a = 1").checks
    assert (first.verdict, second.verdict) == ("UNCHECKED", "PASS")
    assert "f() of inside.py failed, apart from the answer: " in first.why
    assert why in first.why


@pytest.mark.parametrize(
    ("does", "verdict"),
    [
        ("while True: pass", "TIMEOUT"),
        ("held = []\n    while True: held.append(b'x' * (n := 8 << 20) + b'y' * n)", "MEMORY"),
        ("return len(bytearray(1 << 36))", "MEMORY"),
        ("import os; os.write(2, bytes(3 << 20))", "OUTPUT_LIMIT"),
    ],
)
def test_a_text_that_brings_a_tool_to_a_limit_gets_that_verdict(bench: Bench, does: str, verdict: str) -> None:
    bench.file("exercise.yml", f"time: {0.5 if verdict == 'TIMEOUT' else 10}")
    checks = tools(bench, f"def f(text):\n    {does}\n", "assert apart('f', answer.source)", "assert answer.a == 1")
    first, second = checks.judged("a = 1").checks
    assert (first.verdict, second.verdict) == (verdict, "PASS")
    assert "while f() read it" in first.got


def test_a_limit_is_not_swallowed_by_the_check(bench: Bench) -> None:
    body = "try: apart('f', answer.source)\n    except Exception: pass"
    assert tools(bench, "def f(text):\n    return len(bytearray(1 << 36))\n", body).judged("a = 1").verdict == "MEMORY"


def test_objects_of_the_answer_are_not_sent(bench: Bench) -> None:
    [check] = tools(bench, "def f(x): return 1\n", "apart('f', answer.Till())").judged("class Till: pass").checks
    assert check.passed is False
    assert "apart() sends data" in check.why
