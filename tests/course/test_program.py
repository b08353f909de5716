"""What is graded of a notebook: honest students do odd things to it, and lose no point by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.judging.client import Judge
from course.judging.limits import Limits
from course.judging.program import Cell, Task, header, plan, same_code

from .conftest import Bench

STUB = "# exercise: gate.scan\ndef scan(code):\n    raise NotImplementedError\n"
ANSWER = "# exercise: gate.scan\ndef scan(code):\n    return code.upper()\n"
WRONG = "# exercise: gate.scan\ndef scan(code):\n    return code\n"


@pytest.fixture
def scan(bench: Bench) -> Bench:
    """The exercise of this file: scan(code) gives the code in capitals."""
    bench.stub = STUB.partition("\n")[2]
    return bench.check('def test_a():\n    assert answer.scan("g7") == "G7"\n')


def passes(bench: Bench, *cells: str) -> tuple[str, ...]:
    """Assert that a program loses no point; return the remarks."""
    result = bench.judge(*cells)
    assert result.fraction == 1.0, [check for check in result.checks if not check.passed]
    return result.notes


# -- cells that were copied, moved, changed


def test_a_copied_answer_cell_is_judged_once_and_the_report_says_which(scan: Bench) -> None:
    notes = passes(scan, WRONG, "x = 1", ANSWER)
    assert notes == ("There are 2 cells for this exercise (cell 1, cell 3); cell 3 was judged.",)


def test_a_stub_that_was_copied_below_the_answer_does_not_replace_it(scan: Bench) -> None:
    assert "cell 1 was judged" in passes(scan, ANSWER, STUB)[0]


def test_only_stubs_count_as_not_attempted(scan: Bench) -> None:
    result = scan.judge(STUB, STUB)
    assert (result.attempted, result.fraction) == (False, 0.0)


def test_cells_in_another_order_lose_no_point(scan: Bench) -> None:
    passes(
        scan,
        "def loud(s): return s.upper()",
        "y = 1",
        ANSWER.replace("code.upper()", "loud(code)"),
        "from course import check",
    )


def test_two_answers_in_one_notebook_may_stand_in_any_order(scan: Bench, tmp_path: Path) -> None:
    other = Bench(scan.asked, tmp_path / "open").check("def test_a():\n    assert answer.open_gate() == 1\n")
    other.name = "gate.open"
    cells = [Cell(other.answer("def open_gate(): return 1"), "cell 1"), Cell(ANSWER, "cell 2")]
    for program in (cells, cells[::-1]):
        assert [r.passed for r in scan.asked.judge(program, [scan.task(), other.task()])] == [True, True]


def test_a_helper_above_the_answer_counts(scan: Bench) -> None:
    assert (
        passes(scan, "import string", "def loud(s): return s.upper()", ANSWER.replace("code.upper()", "loud(code)"))
        == ()
    )


def test_a_helper_only_below_the_answer_is_named_with_its_place(scan: Bench) -> None:
    result = scan.judge(ANSWER.replace("code.upper()", "loud(code)"), "1", "def loud(s): return s.upper()")
    assert result.notes == ("`loud` is defined in cell 3, below the answer in cell 1: move it above.",)
    assert result.checks[0].got == "raised NameError: name 'loud' is not defined"


def test_a_helper_in_another_answer_below_is_named_too(scan: Bench) -> None:
    result = scan.judge(ANSWER.replace("code.upper()", "loud(code)"), "# exercise: gate.open\ndef loud(s): return s")
    assert "`loud` is defined in cell 2" in result.notes[0]


@pytest.mark.parametrize(
    "below", ["code = 'G7'", "total = 3", "sum = 0", "def scan(code): return 1", "print(scan('a'))"]
)
def test_a_name_below_that_the_answer_does_not_need_is_no_remark(scan: Bench, below: str) -> None:
    answer = ANSWER.replace("return code.upper()", "total = sum([1])\n    return code.upper()")
    assert passes(scan, answer, below) == ()


def test_what_later_cells_change_does_not_count(scan: Bench) -> None:
    passes(scan, ANSWER, "def scan(code): return 0", "import builtins; builtins.len = None")


def test_cells_that_raise_before_and_after_the_answer_cost_nothing(scan: Bench) -> None:
    passes(scan, "1 / 0", "def half(:", "raise SystemExit", ANSWER, "scan(None)", "import no_such_module")


def test_an_answer_cell_that_ends_in_a_trial_that_raises_costs_nothing(scan: Bench) -> None:
    passes(scan, ANSWER + "\nscan(7)\n")


def test_a_deleted_check_cell_or_setup_cell_costs_nothing(scan: Bench) -> None:
    passes(scan, ANSWER)


def test_check_and_progress_do_nothing_while_grading(scan: Bench) -> None:
    passes(scan, "from course import check, progress", ANSWER, "check('gate.scan')", "progress()")


# -- what stands above the header


@pytest.mark.parametrize(
    "above",
    ["%%time\n", "\n\n", "# my second try\n", "import re\n", "from math import floor\n\n", "%matplotlib inline\n# hm\n", "  \n"],
    ids=ascii,
)  # fmt: skip
def test_lines_above_the_exercise_line_do_not_hide_the_answer(scan: Bench, above: str) -> None:
    passes(scan, above + ANSWER)


def test_the_exercise_line_may_be_the_only_line() -> None:
    assert header("# exercise: gate.scan") == ("exercise", "gate.scan")


@pytest.mark.parametrize(
    "text", ["x = 1\n# exercise: a.b\n", "'# exercise: a.b'", "# exercise:", "# exercises: a.b", "exercise: a.b", ""]
)
def test_other_text_is_no_exercise_line(text: str) -> None:
    assert header(text) == ("", "")


def test_a_long_cell_of_comments_is_read_quickly() -> None:
    assert header("#\n" * 200_000 + "x") == ("", "")


# -- IPython's syntax


@pytest.mark.parametrize(
    "cell",
    ["%matplotlib inline", "%load_ext autoreload\n%autoreload 2", "!pip install nothing", "files = !ls", "%cd ..",
     "?scan", "scan??", "%%bash\nexit 1", "%%html\n<b>", "%%writefile x.py\nraise SystemExit", "%pip install nothing",
     "%timeit 1 + 1",
     "get_ipython().system('ls')", "get_ipython().run_line_magic('lsmagic', '')", "x = %timeit -o 1", "%%no_such_magic\n1"],
    ids=ascii,
)  # fmt: skip
def test_magics_and_shell_lines_do_no_harm(scan: Bench, cell: str) -> None:
    passes(scan, cell, ANSWER)


def test_code_beside_magics_and_shell_lines_runs(scan: Bench) -> None:
    helper = "%matplotlib inline\n!pip install nothing\ndef loud(s): return s.upper()\n"
    passes(scan, helper, ANSWER.replace("code.upper()", "loud(code)"))


@pytest.mark.parametrize("magic", ["%%time", "%%timeit", "%%capture", "%%capture out", "%%prun"])
def test_the_body_of_a_cell_magic_that_runs_its_body_counts(scan: Bench, magic: str) -> None:
    passes(scan, f"{magic}\ndef loud(s): return s.upper()\n", ANSWER.replace("code.upper()", "loud(code)"))


def test_the_statement_of_a_line_magic_that_runs_it_counts(scan: Bench) -> None:
    passes(scan, "%time prefix = 'G'", ANSWER.replace("code.upper()", "prefix + code[1:]"))


def test_lines_of_a_text_that_look_like_magics_stay_text(scan: Bench) -> None:
    answer = '''
# exercise: gate.scan
def scan(code):
    """Is it a code?
    %d of them
    !important
    """
    assert "%d of them" in scan.__doc__ and "!important" in scan.__doc__ and "Is it a code?" in scan.__doc__
    return code.upper()
'''
    passes(scan, answer)


def test_top_level_await_works_and_keeps_its_loop(scan: Bench) -> None:
    cells = [
        "import asyncio\nq = asyncio.Queue()\nawait q.put('G')",
        "async with asyncio.timeout(1):\n    letter = await q.get()",
    ]
    passes(scan, *cells, ANSWER.replace("code.upper()", "letter + code[1:]"))


def test_an_async_list_at_the_top_of_a_cell_works(scan: Bench) -> None:
    cell = "async def gates():\n    yield 'G'\nall_gates = [g async for g in gates()]"
    passes(scan, cell, ANSWER.replace("code.upper()", "all_gates[0] + code[1:]"))


def test_a_loop_started_by_hand_works(scan: Bench) -> None:
    cells = [
        "import asyncio\nasync def one(): return 'G'",
        "again = await one()",
        "letter = asyncio.run(one())",
        "await one()",
    ]
    passes(scan, *cells, ANSWER.replace("code.upper()", "letter + code[1:]"))


# -- things that were forgotten


@pytest.mark.parametrize(
    "forgotten",
    ["input('code? ')", "breakpoint()", "print('hm')", "import warnings; warnings.warn('old')", "import pdb", "display(1)",
     "import logging; logging.basicConfig(level=1); logging.error('hm')", "print('x' * 3_000_000)", "help(str)", "exit", "dir()"],
    ids=ascii,
)  # fmt: skip
@pytest.mark.parametrize("where", ["in a cell", "in the answer cell", "in the function"])
def test_what_was_forgotten_costs_nothing(scan: Bench, forgotten: str, where: str) -> None:
    if where == "in a cell":
        passes(scan, forgotten, ANSWER, forgotten)
    elif where == "in the answer cell":
        passes(scan, f"{ANSWER}\n{forgotten}\n")
    else:
        passes(scan, ANSWER.replace("return", f"{forgotten}\n    return"))


@pytest.mark.parametrize(
    "leaves", ["exit()", "quit()", "import sys; sys.exit(1)", "raise KeyboardInterrupt", "raise SystemExit"]
)
def test_an_exit_in_another_cell_costs_nothing(scan: Bench, leaves: str) -> None:
    passes(scan, f"a = 1\n{leaves}", ANSWER, leaves)


def test_a_plot_costs_nothing(scan: Bench) -> None:
    passes(scan, "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()", ANSWER)


def test_a_loop_without_end_in_another_cell_costs_nothing(scan: Bench) -> None:
    with Judge(limits=Limits(time=0.5)) as judge:
        scan.asked = judge
        passes(scan, "while True: pass", ANSWER, "while True: pass")


def test_another_cell_that_ends_the_process_costs_nothing(scan: Bench) -> None:
    passes(scan, "import os\nos._exit(3)", ANSWER)


def test_a_program_is_a_module_called_main(scan: Bench) -> None:
    answer = ANSWER + "if __name__ == '__main__':\n    ok = True\nassert ok\nimport pickle\npickle.dumps(scan)\n"
    passes(scan, answer.replace("return code", "assert ok\n    return code"))


# -- what an exercise gives

GIVEN = "from dataclasses import dataclass\n\n@dataclass(frozen=True)\nclass Code:\n    text: str\n\nHOUSE = 'G'\n"
USES = "# exercise: gate.scan\ndef scan(code):\n    return Code(HOUSE + code[1:])\n"
COPY = f"# given: gate.scan\n{GIVEN}"


@pytest.fixture
def gives(bench: Bench) -> Bench:
    bench.stub = STUB.partition("\n")[2]
    bench.file("given.py", GIVEN)
    return bench.check('from given import Code\ndef test_a():\n    assert answer.scan("g7") == Code("G7")\n')


def test_a_given_cell_is_known_by_its_first_line(gives: Bench) -> None:
    assert passes(gives, COPY, USES) == ()


def test_a_deleted_given_cell_costs_nothing(gives: Bench) -> None:
    assert passes(gives, USES) == ()


def test_a_helper_that_needs_the_deleted_given_cell_costs_nothing(gives: Bench) -> None:
    passes(
        gives,
        "# exercise: gate.other\nx = 1",
        "def made(t: str) -> Code: return Code(t)",
        USES.replace("Code(", "made("),
    )


def test_a_given_cell_below_the_answer_costs_nothing(gives: Bench) -> None:
    assert passes(gives, USES, COPY) == ()


def test_a_copied_given_cell_costs_nothing(gives: Bench) -> None:
    passes(gives, COPY, "spare = Code('G7')", COPY, USES.replace("Code(HOUSE + code[1:])", "spare"))


def test_a_changed_given_cell_is_followed_by_the_courses_copy_and_named(gives: Bench) -> None:
    changed = COPY.replace("text: str", "text: str\n    note: str").replace("'G'", "'X'")
    assert passes(gives, changed, USES) == (
        "The given code in cell 1 was changed; the course's own copy runs after it.",
    )


def test_comments_in_a_given_cell_are_no_change(gives: Bench) -> None:
    assert passes(gives, COPY.replace("HOUSE =", "# the house\nHOUSE  ="), USES) == ()


def test_a_helper_that_was_written_into_the_given_cell_counts(gives: Bench) -> None:
    passes(gives, COPY + "def made(t): return Code(t)\n", USES.replace("Code(", "made("))


def test_a_given_cell_that_lost_its_first_line_costs_nothing(gives: Bench) -> None:
    passes(gives, GIVEN, USES)


def test_given_code_of_an_exercise_that_is_not_judged_runs_as_it_stands(scan: Bench) -> None:
    passes(scan, "# given: gate.other\nCAPITALS = str.upper", ANSWER.replace("code.upper()", "CAPITALS(code)"))


# -- not attempted


@pytest.mark.parametrize(
    "cell",
    [STUB, STUB + "\n\n", STUB.replace("    raise", "    # todo\n    raise"), STUB.replace("(code)", "( code )"),
     STUB.replace("\n", "\r\n")],
    ids=["as it was", "blank lines", "a comment", "spaces", "other line ends"],
)  # fmt: skip
def test_an_answer_that_is_the_stub_in_other_layout_is_not_attempted(scan: Bench, cell: str) -> None:
    result = scan.judge(cell)
    assert (result.attempted, result.fraction, result.passed) == (False, 0.0, False)
    assert [check.verdict for check in result.checks] == ["ERROR"], "its checks run all the same"


@pytest.mark.parametrize(
    "cell", [ANSWER, STUB.replace("NotImplementedError", "ValueError"), "# exercise: gate.scan\n", STUB + "("]
)
def test_any_other_code_is_an_attempt(scan: Bench, cell: str) -> None:
    assert scan.judge(cell).attempted


def test_a_program_without_the_answer_is_not_attempted_and_says_so(scan: Bench) -> None:
    result = scan.judge("x = 1")
    assert (result.attempted, result.checks, result.notes) == (
        False,
        (),
        ("There is no answer cell for this exercise.",),
    )


def test_the_same_code_needs_no_parser_to_be_the_same() -> None:
    assert same_code("def (:\n", "def  (:")
    assert not same_code("x = 1", "x = 1.0")
    assert not same_code("(" * 5_000, ")" * 5_000)


# -- answers that are files, answers as text


def test_an_answer_that_is_a_file_is_read_and_never_run(bench: Bench) -> None:
    bench.check(
        """
        def test_a():
            assert answer.files == {"Dockerfile": "FROM python:3.11\\nUSER app\\n", "app.yml": "port: 80\\n"}
        """
    )
    cells = ["%%answer gate.scan Dockerfile\nFROM python:3.11\nUSER app\n", "%%answer gate.scan app.yml\nport: 80\n"]
    assert passes(bench, *cells, "%%answer gate.other Dockerfile\nFROM scratch\n") == ()


def test_the_last_of_two_files_of_one_name_counts(bench: Bench) -> None:
    bench.check("def test_a():\n    assert answer.files == {'a.sql': 'select 2'}\n")
    passes(bench, "%%answer gate.scan a.sql\nselect 1", "%%answer gate.scan a.sql\nselect 2")


@pytest.mark.parametrize("name", ["../a.sql", "/etc/passwd", "..", ".env", "a/b", "-rf", "a\\b", "x" * 200])
def test_a_file_name_that_is_a_path_is_no_answer(name: str) -> None:
    _, answers = plan([Cell(f"%%answer gate.scan {name}\nselect 1", "cell 1")], [Task("gate.scan", Path("/none"))])
    assert answers == {}


def test_the_text_of_the_answer_is_there_for_checks(scan: Bench) -> None:
    scan.check(f"def test_a():\n    assert answer.source == {ANSWER!r}\n    assert answer.files == {{}}\n")
    passes(scan, "source = 1", ANSWER)
