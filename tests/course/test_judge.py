"""What the judge says about answers, through the same client as `check()` and `course grade`."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.judging.client import Judge
from course.judging.limits import Limits
from course.judging.program import Cell

from .conftest import Bench

DOUBLES = """
def test_doubles():
    "A ticket for two costs twice as much."
    assert answer.double(21) == 42, "the till would be short"
"""


def verdicts(bench: Bench, source: str) -> dict[str, str]:
    return {check.name: check.verdict for check in bench.judged(source).checks}


# -- what becomes of a check


def test_a_right_answer_passes(bench: Bench) -> None:
    assert bench.one(DOUBLES, "def double(n): return 2 * n").verdict == "PASS"


def test_a_wrong_value_shows_call_got_expected_and_why(bench: Bench) -> None:
    check = bench.one(DOUBLES, "def double(n): return n + 2")
    assert (check.verdict, check.call, check.got, check.expected) == ("FAIL", "double(21)", "23", "42")
    assert check.why == "the till would be short"
    assert check.description == "A ticket for two costs twice as much."


def test_a_passed_check_shows_nothing_but_its_description(bench: Bench) -> None:
    check = bench.one(DOUBLES, "def double(n): print('hm'); return 2 * n")
    assert (check.call, check.got, check.expected, check.why, check.printed) == ("", "", "", "", "")


def test_an_answer_that_raises_is_an_error_with_its_place(bench: Bench) -> None:
    check = bench.one(DOUBLES, "def double(n):\n    return n / 0\n")
    assert (check.verdict, check.got) == ("ERROR", "raised ZeroDivisionError: division by zero")
    assert check.place is not None
    assert (check.place.cell, check.place.line, check.place.text) == ("cell 1", 3, "return n / 0")


def test_a_students_own_assertion_is_an_error_not_a_failed_check(bench: Bench) -> None:
    check = bench.one(DOUBLES, "def double(n): assert n < 10, 'too many'; return 2 * n")
    assert (check.verdict, check.got) == ("ERROR", "raised AssertionError: too many")


def test_a_missing_name_is_an_error(bench: Bench) -> None:
    check = bench.one(DOUBLES, "def duoble(n): return 2 * n")
    assert check.verdict == "ERROR"
    assert "name 'double' is not defined" in check.got


def test_an_answer_cell_with_a_syntax_error_says_so_and_where(bench: Bench) -> None:
    check = bench.one(DOUBLES, "def double(n)\n    return 2 * n\n")
    assert check.verdict == "ERROR"
    assert "SyntaxError: expected ':'" in check.got
    assert check.place is not None
    assert (check.place.line, check.place.text) == (2, "def double(n)")


def test_a_name_that_is_missing_because_the_cell_raised_says_what_it_raised(bench: Bench) -> None:
    check = bench.one(DOUBLES, "import no_such_module\ndef double(n): return 2 * n\n")
    assert check.got == "raised ModuleNotFoundError: No module named 'no_such_module'"


def test_what_the_answer_cell_defined_before_it_raised_counts(bench: Bench) -> None:
    assert bench.one(DOUBLES, "def double(n): return 2 * n\nprint(double(1) / 0)").verdict == "PASS"


def test_a_loop_without_end_runs_out_of_time(bench: Bench) -> None:
    bench.file("exercise.yml", "time: 0.3")
    check = bench.one(DOUBLES, "def double(n):\n    while True: pass\n")
    assert (check.verdict, check.got) == ("TIMEOUT", "your code was stopped: it took longer than the time limit")
    assert 0.2 < check.seconds < 2


def test_what_takes_all_memory_runs_out_of_memory(bench: Bench) -> None:
    assert bench.one(DOUBLES, "def double(n): return len(bytearray(1 << 36))").verdict == "MEMORY"


@pytest.mark.parametrize(
    ("does", "verdict"),
    [
        ("os.write(1, bytes(3 << 20))", "OUTPUT_LIMIT"),
        ("print('x' * (17 << 20))", "OUTPUT_LIMIT"),
        ("os.kill(os.getpid(), 9)", "KILLED"),
        ("os.kill(os.getpid(), 11)", "CRASH"),
        ("ctypes.string_at(0)", "CRASH"),
        ("os._exit(0)", "EXITED"),
        ("sys.exit(0)", "ERROR"),
        ("exit()", "ERROR"),
        ("raise KeyboardInterrupt", "ERROR"),
        ("raise GeneratorExit", "ERROR"),
        ("import pytest; pytest.skip('not today', allow_module_level=True)", "ERROR"),
        ("import pytest; pytest.exit('done', returncode=0)", "ERROR"),
    ],
)
def test_each_other_end_has_its_verdict(bench: Bench, does: str, verdict: str) -> None:
    source = f"import ctypes, os, sys\ndef double(n):\n    {does}\n    return 42\n"
    assert bench.one(DOUBLES, source).verdict == verdict


@pytest.mark.parametrize(
    ("does", "verdict"), [("import os; os._exit(0)", "EXITED"), ("import sys; sys.exit(0)", "EXITED")]
)
def test_an_answer_cell_that_ends_the_program_passes_nothing(bench: Bench, does: str, verdict: str) -> None:
    result = bench.check(DOUBLES).judged(f"def double(n): return 2 * n\n{does}\n")
    assert (result.verdict, result.ended, result.passed) == (verdict, "EXITED", False)


def test_a_check_that_fails_before_it_used_the_answer_is_unchecked(bench: Bench) -> None:
    check = bench.one("def test_a():\n    open('/no/such/fixture')\n", "x = 1")
    assert check.verdict == "UNCHECKED"
    assert "the check itself failed: FileNotFoundError" in check.why


def test_a_check_that_skips_itself_is_unchecked(bench: Bench) -> None:
    check = bench.one("def test_a():\n    answer.x\n    pytest.skip('no database here')\n", "x = 1")
    assert (check.verdict, check.why) == ("UNCHECKED", "no database here")


def test_checks_that_cannot_be_loaded_are_unchecked_with_a_note(bench: Bench) -> None:
    bench.file("public/test_broken.py", "import no_such_library\n")
    result = bench.judged("x = 1")
    assert (result.verdict, result.settled, result.passed) == ("UNCHECKED", False, False)
    assert any("test_broken.py could not be loaded" in note and "no_such_library" in note for note in result.notes)


def test_one_file_of_checks_that_cannot_be_loaded_leaves_the_exercise_unsettled(bench: Bench) -> None:
    bench.check(DOUBLES).file("withheld/test_broken.py", "def (:\n")
    result = bench.judged("def double(n): return 2 * n")
    assert [c.verdict for c in result.checks if c.name == "test_doubles"] == ["PASS"]
    assert (result.settled, result.passed) == (False, False), "full marks for half of the checks would be a gift"


def test_the_public_checks_do_not_suffer_from_withheld_ones_that_cannot_be_loaded(bench: Bench) -> None:
    bench.check(DOUBLES).file("withheld/test_broken.py", "def (:\n")
    result = bench.judge(bench.answer("def double(n): return 2 * n"), only=("public",))
    assert (result.verdict, result.settled) == ("PASS", True)


def test_a_folder_without_checks_is_said_to_hold_none(bench: Bench) -> None:
    bench.folder.mkdir()
    result = bench.judged("x = 1")
    assert (result.verdict, result.notes) == ("UNCHECKED", ("There are no checks for it here.",))


def test_a_folder_that_does_not_exist_is_no_reason_to_stop_judging(bench: Bench, warm_judge: Judge) -> None:
    assert bench.judged("x = 1").verdict == "UNCHECKED"


def test_the_gravest_verdict_names_the_exercise(bench: Bench) -> None:
    bench.check(
        """
        def test_a(): assert answer.f(1) == 1
        def test_b(): assert answer.f(2) == 1
        def test_c(): assert answer.f(0) == 1
        """
    )
    result = bench.judged("def f(n): return 1 // n")
    assert ([c.verdict for c in result.checks], result.verdict) == (["PASS", "FAIL", "ERROR"], "ERROR")
    assert result.fraction == pytest.approx(1 / 3)


def test_points_weigh_a_check(bench: Bench) -> None:
    bench.check("@pytest.mark.points(3)\ndef test_a(): assert answer.x == 1\ndef test_b(): assert answer.x == 2\n")
    assert bench.judged("x = 1").fraction == 0.75


def test_what_the_answer_printed_is_shown_when_a_check_fails(bench: Bench) -> None:
    assert bench.one(DOUBLES, "def double(n): print('n is', n)").printed == "n is 21\n"


def test_a_file_given_to_print_is_not_taken_for_output(bench: Bench) -> None:
    source = "import sys\ndef double(n): print('trace', file=sys.stderr); return n"
    assert bench.one(DOUBLES, source).printed == "trace\n"


# -- exceptions

RAISES = """
def test_refuses():
    with pytest.raises({kind}{match}) as caught:
        answer.reserve("B7")
    {then}
"""


def raises(kind: str, then: str = "pass", match: str = "") -> str:
    return RAISES.format(kind=kind, then=then, match=match)


def test_a_built_in_exception_is_caught_by_a_check(bench: Bench) -> None:
    source = "def reserve(s): raise ValueError(f'{s} is taken')"
    assert (
        bench.one(raises("ValueError", "assert str(caught.value) == 'B7 is taken'", ", match='taken'"), source).verdict
        == "PASS"
    )


def test_an_exception_of_another_kind_is_an_error(bench: Bench) -> None:
    check = bench.one(raises("ValueError"), "def reserve(s): return {}[s]")
    assert (check.verdict, check.got) == ("ERROR", "raised KeyError: 'B7'")


def test_an_exception_that_did_not_come_is_named_as_expected(bench: Bench) -> None:
    check = bench.one(raises("ValueError"), "def reserve(s): return 'ok'")
    assert (check.verdict, check.call) == ("FAIL", "reserve('B7')")
    assert (check.got, check.expected) == ("returned 'ok'", "raises ValueError")


def test_one_of_two_exceptions_that_did_not_come_is_named_as_expected(bench: Bench) -> None:
    check = bench.one(raises("(ValueError, KeyError)"), "def reserve(s): return 'ok'")
    assert check.verdict == "FAIL"
    assert "ValueError" in check.expected
    assert "KeyError" in check.expected


OWN = """
class Refused(Exception):
    pass
class SeatTaken(Refused):
    def __init__(self, seat):
        super().__init__(seat)
        self.seat, self.tried = seat, [1, 2]
    def __str__(self):
        return f"seat {self.seat} is taken"
def reserve(s):
    raise SeatTaken(s)
"""


@pytest.mark.parametrize("kind", ["answer.SeatTaken", "answer.Refused", "Exception"])
def test_the_students_own_exception_is_caught_by_its_class_and_its_bases(bench: Bench, kind: str) -> None:
    assert (
        bench.one(raises(kind, "assert (caught.value.seat, caught.value.tried) == ('B7', [1, 2])"), OWN).verdict
        == "PASS"
    )


def test_the_students_own_exception_says_what_its_str_says(bench: Bench) -> None:
    assert (
        bench.one(raises("answer.SeatTaken", "assert str(caught.value) == 'seat B7 is taken'"), OWN).verdict == "PASS"
    )


def test_a_students_exception_is_no_other_exception(bench: Bench) -> None:
    source = OWN.replace("raise SeatTaken(s)", "raise Refused(s)")
    assert bench.one(raises("answer.SeatTaken"), source).verdict == "ERROR"


def test_an_exception_class_of_given_is_the_same_on_both_sides(bench: Bench) -> None:
    bench.file("given.py", "class SoldOut(ValueError):\n    pass\n")
    check = "from given import SoldOut\n" + raises(
        "SoldOut", "assert type(caught.value) is SoldOut\n    assert caught.value.args == ('B7', 3)"
    )
    assert bench.one(check, "def reserve(s): raise SoldOut(s, 3)").verdict == "PASS"


def test_an_exception_of_given_can_be_returned(bench: Bench) -> None:
    bench.file("given.py", "class SoldOut(ValueError):\n    pass\n")
    check = "from given import SoldOut\ndef test_a():\n    e = answer.why()\n    assert (type(e), e.args) == (SoldOut, ('B7',))\n"
    assert bench.one(check, "def why(): return SoldOut('B7')").verdict == "PASS"


def test_a_group_of_exceptions_arrives_with_its_members(bench: Bench) -> None:
    check = """
    def test_a():
        with pytest.raises(ExceptionGroup) as caught:
            answer.scan()
        assert [(type(e), str(e)) for e in caught.value.exceptions] == [(ValueError, "a"), (KeyError, "'b'")]
    """
    assert (
        bench.one(check, "def scan(): raise ExceptionGroup('bad lines', [ValueError('a'), KeyError('b')])").verdict
        == "PASS"
    )


def test_a_message_that_does_not_match_is_a_failed_check(bench: Bench) -> None:
    check = bench.one(raises("ValueError", match=", match='taken'"), "def reserve(s): raise ValueError('no')")
    assert check.verdict == "FAIL"
    assert "taken" in check.why
    assert "no" in check.why


# -- arguments, callbacks, coroutines


def test_arguments_are_copies(bench: Bench) -> None:
    check = """
    def test_a():
        seats = ["A1"]
        answer.spoil(seats)
        assert seats == ["A1"]
    """
    assert bench.one(check, "def spoil(xs): xs.clear()").verdict == "PASS"


def test_a_change_in_place_is_seen_where_it_is_asked_for(bench: Bench) -> None:
    check = """
    def test_a():
        seats, sold = inout(["B", "A"]), inout({"x"})
        assert answer.tidy(seats, sold) is None
        assert (seats.value, sold.value) == (["A", "B"], {"x", "y"})
    """
    assert bench.one(check, "def tidy(xs, s): xs.sort(); s.add('y')").verdict == "PASS"


def test_a_function_of_the_check_is_called_from_the_answer(bench: Bench) -> None:
    check = """
    def test_a():
        seen = []
        def pay(cents, *, currency="EUR"):
            seen.append((cents, currency))
            return cents * 2
        assert answer.charge(pay, [1, 2]) == [2, 4]
        assert seen == [(1, "EUR"), (2, "CHF")]
    """
    assert bench.one(check, "def charge(pay, xs): return [pay(xs[0]), pay(xs[1], currency='CHF')]").verdict == "PASS"


def test_an_exception_of_a_callback_can_be_caught_by_the_answer(bench: Bench) -> None:
    check = """
    def test_a():
        def pay():
            raise TimeoutError("partner is slow")
        assert answer.charge(pay) == "TimeoutError: partner is slow"
    """
    source = "def charge(pay):\n    try:\n        pay()\n    except OSError as e:\n        return f'{type(e).__name__}: {e}'\n"
    assert bench.one(check, source).verdict == "PASS"


def test_a_failed_assertion_of_a_callback_fails_the_check_even_when_the_answer_swallows_it(bench: Bench) -> None:
    check = """
    def test_a():
        def pay(cents):
            assert cents > 0, "nobody is paid for coming"
        answer.charge(pay)
    """
    check_ = bench.one(check, "def charge(pay):\n    try:\n        pay(-1)\n    except BaseException:\n        pass\n")
    assert (check_.verdict, check_.why) == ("FAIL", "nobody is paid for coming")


def test_the_answers_objects_come_back_to_it_through_a_callback(bench: Bench) -> None:
    check = """
    def test_a():
        got = []
        answer.show(got.append and (lambda seat: got.append(seat.label())))
        assert got == ["B7"]
    """
    source = "class Seat:\n    def label(self): return 'B7'\ndef show(f): f(Seat())\n"
    assert bench.one(check, source).verdict == "PASS"


def test_an_async_check_awaits_the_answers_coroutines_on_one_loop(bench: Bench) -> None:
    check = """
    async def test_a():
        gate = answer.Gate()
        await gate.open()
        assert await gate.opened() is True
    """
    source = """
    import asyncio
    class Gate:
        async def open(self):
            self.loop, self.event = asyncio.get_running_loop(), asyncio.Event()
            self.event.set()
        async def opened(self):
            await asyncio.sleep(0)
            return self.loop is asyncio.get_running_loop() and await self.event.wait()
    """
    assert bench.one(check, source).verdict == "PASS"


def test_an_async_callback_is_awaited_by_the_answer(bench: Bench) -> None:
    check = """
    async def test_a():
        async def fetch(n):
            await asyncio.sleep(0)
            return n * 10
        assert await answer.total(fetch) == 30
    """
    source = "import asyncio\nasync def total(fetch): return sum(await asyncio.gather(fetch(1), fetch(2)))"
    assert bench.one(check, source).verdict == "PASS"


def test_async_iteration_and_async_with_reach_the_answer(bench: Bench) -> None:
    check = """
    async def test_a():
        async with answer.pool() as size:
            assert size == 2
            assert [n async for n in answer.rows()] == [1, 2]
        assert answer.log == ["in", "out"]
    """
    source = """
    import contextlib
    log = []
    @contextlib.asynccontextmanager
    async def pool():
        log.append("in")
        yield 2
        log.append("out")
    async def rows():
        yield 1
        yield 2
    """
    assert bench.one(check, source).verdict == "PASS"


def test_an_awaitable_that_never_ends_runs_out_of_time(bench: Bench) -> None:
    bench.file("exercise.yml", "time: 0.3")
    source = "import asyncio\nasync def wait(): await asyncio.Event().wait()"
    assert bench.one("async def test_a():\n    await answer.wait()\n", source).verdict == "TIMEOUT"


# -- context managers and generators

SWALLOWS = """
class Gate:
    def __enter__(self): return self
    def __exit__(self, *_): return True
    async def __aenter__(self): return self
    async def __aexit__(self, *_): return True
def f(): return 1
"""


@pytest.mark.parametrize("how", ["def test_a():\n    with", "async def test_a():\n    async with"])
def test_a_context_manager_that_swallows_everything_swallows_no_failed_assertion(bench: Bench, how: str) -> None:
    check = bench.one(f"{how} answer.Gate():\n        assert answer.f() == 2, 'one is not two'\n", SWALLOWS)
    assert (check.verdict, check.why) == ("FAIL", "one is not two")


@pytest.mark.parametrize("end", ["pytest.fail('no')", "raise SystemExit", "pytest.skip('no')", "answer.os._exit(0)"])
def test_a_context_manager_that_swallows_everything_swallows_no_other_verdict(bench: Bench, end: str) -> None:
    check = bench.one(
        f"def test_a():\n    with answer.Gate():\n        answer.f()\n        {end}\n", SWALLOWS + "import os\n"
    )
    assert check.verdict in {"FAIL", "UNCHECKED", "EXITED", "ERROR"}
    assert check.verdict == {
        "pytest.fail('no')": "FAIL",
        "pytest.skip('no')": "UNCHECKED",
        "answer.os._exit(0)": "EXITED",
    }.get(end, check.verdict)


def test_a_context_manager_may_swallow_what_the_check_raised_on_purpose(bench: Bench) -> None:
    check = """
    def test_a():
        with answer.Gate():
            raise ValueError("B7 is taken")
        assert answer.f() == 1
    """
    assert bench.one(check, SWALLOWS).verdict == "PASS"


@pytest.mark.parametrize("given_back", ["1", "'yes'", "[0]", "object()"])
def test_whatever_is_true_swallows_as_it_does_in_python(bench: Bench, given_back: str) -> None:
    check = "def test_a():\n    with answer.Gate():\n        raise ValueError\n"
    assert bench.one(check, SWALLOWS.replace("return True", f"return {given_back}")).verdict == "PASS"


def test_an_exception_class_of_the_check_passes_through_the_answers_context_manager(bench: Bench) -> None:
    check = """
    class PowerCut(Exception):
        pass
    def test_a():
        with pytest.raises(PowerCut):
            with answer.transaction():
                raise PowerCut("lights out")
        assert answer.log == ["Exception: lights out"]
    """
    source = """
    import contextlib
    log = []
    @contextlib.contextmanager
    def transaction():
        try:
            yield
        except Exception as e:
            log.append(f"{type(e).__name__}: {e}")
            raise
    """
    assert bench.one(check, source).verdict == "PASS"


def test_the_class_of_an_exception_reaches_the_context_manager(bench: Bench) -> None:
    check = """
    def test_a():
        with pytest.raises(KeyError):
            with answer.Gate():
                raise KeyError("B7")
        assert answer.seen == ["KeyError"]
    """
    source = "seen = []\nclass Gate:\n    def __enter__(self): pass\n    def __exit__(self, k, e, t): seen.append(k.__name__)\n"
    assert bench.one(check, source).verdict == "PASS"


def test_generators_are_taken_step_by_step(bench: Bench) -> None:
    check = """
    def test_a():
        rows = answer.rows()
        assert next(rows) == 0
        assert rows.send("again") == "again"
        assert [x for _, x in zip(range(2), rows)] == [1, 2]
        rows.close()
        assert answer.closed == [True]
        assert list(answer.rows_of(2)) == [0, 1]
    """
    source = """
    closed = []
    def rows():
        n = 0
        try:
            while True:
                said = yield n
                while said:
                    said = yield said
                n += 1
        finally:
            closed.append(True)
    def rows_of(n):
        yield from range(n)
    """
    assert bench.one(check, source).verdict == "PASS"


def test_items_attributes_and_lengths_are_forwarded(bench: Bench) -> None:
    check = """
    def test_a():
        m = answer.SeatMap()
        m["A1"] = "Ana"
        m.name = "hall"
        assert (m["A1"], len(m), m.name, m.seats) == ("Ana", 1, "hall", {"A1": "Ana"})
        del m["A1"]
        assert len(m) == 0
        with pytest.raises(KeyError):
            m["A1"]
    """
    source = """
    class SeatMap:
        def __init__(self): self.seats = {}
        def __getitem__(self, k): return self.seats[k]
        def __setitem__(self, k, v): self.seats[k] = v
        def __delitem__(self, k): del self.seats[k]
        def __len__(self): return len(self.seats)
    """
    assert bench.one(check, source).verdict == "PASS"


# -- inside, given, inout

MONEY = """
import functools
@functools.total_ordering
class Money:
    def __init__(self, cents): self.cents = cents
    def __eq__(self, other): return self.cents == other.cents
    def __lt__(self, other): return self.cents < other.cents
    def __hash__(self): return hash(self.cents)
    def __add__(self, other): return Money(self.cents + other.cents)
    def __contains__(self, n): return n <= self.cents
    def __format__(self, spec): return format(self.cents, spec)
    def __repr__(self): return f"Money({self.cents})"
"""


def test_operators_are_applied_inside_where_they_are_the_subject(bench: Bench) -> None:
    check = """
    def test_a():
        a, b = answer.Money(1), answer.Money(2)
        assert inside(operator.eq, a, answer.Money(1)) is True
        assert inside(operator.lt, b, a) is False
        assert inside(operator.add, a, b).cents == 3
        assert inside(operator.contains, b, 2) is True
        assert inside(format, b, ">4") == "   2"
        assert inside(repr, b) == "Money(2)"
        assert inside(isinstance, a, answer.Money) is True
        assert inside(hash, a) == inside(hash, answer.Money(1))
        assert [m.cents for m in inside(sorted, [b, a])] == [1, 2]
    """
    assert bench.one(check, MONEY).verdict == "PASS"


def test_an_operator_is_shown_as_it_is_written(bench: Bench) -> None:
    check = bench.one(
        "def test_a():\n    assert inside(operator.lt, answer.Money(2), answer.Money(1)) is True\n", MONEY
    )
    assert (check.call, check.got, check.expected) == ("Money(2) < Money(1)", "False", "True")


def test_a_function_of_inside_py_arranges_beside_the_answer_and_returns_data(bench: Bench) -> None:
    bench.file("inside.py", "import answer\ndef play(n):\n    return [answer.Money(i).cents for i in range(n)]\n")
    assert bench.one("def test_a():\n    assert inside('play', 3) == [0, 1, 2]\n", MONEY).verdict == "PASS"


def test_inside_refuses_what_it_does_not_know(bench: Bench) -> None:
    check = bench.one("def test_a():\n    answer.Money(1)\n    inside(operator.attrgetter('cents'), 1)\n", MONEY)
    assert check.verdict == "ERROR"
    assert "put it into inside.py" in check.why


GIVEN = """
from dataclasses import dataclass, field
from enum import Enum, auto

class Status(Enum):
    FREE = auto()
    SOLD = auto()

@dataclass(frozen=True)
class Seat:
    row: str
    status: Status = Status.FREE
    _note: str = ""
"""


def test_types_of_given_travel_by_value_both_ways(bench: Bench) -> None:
    bench.file("given.py", GIVEN)
    check = """
    from given import Seat, Status
    def test_a():
        assert answer.sell(Seat("B")) == Seat("B", Status.SOLD, "till 3")
        assert answer.kind is Seat
    """
    source = "def sell(seat): return Seat(seat.row, Status.SOLD, 'till 3')\nkind = None\n"
    result = bench.one(check.replace("assert answer.kind is Seat", "assert answer.kind is None"), source)
    assert result.verdict == "PASS"


def test_a_subclass_of_a_given_type_is_not_taken_for_it(bench: Bench) -> None:
    bench.file("given.py", GIVEN)
    check = "from given import Seat\ndef test_a():\n    assert answer.best() == Seat('B')\n"
    source = "class Liar(Seat):\n    def __eq__(self, other): return True\ndef best(): return Liar('B')\n"
    assert bench.one(check, source).verdict == "FAIL"


def test_each_check_sees_the_namespace_as_the_answer_cell_left_it(bench: Bench) -> None:
    bench.check(
        """
        def test_a():
            answer.book("A1")
            assert answer.booked == ["A1"]
        def test_b():
            assert answer.booked == [], "what one check did is gone"
        @pytest.mark.parametrize("seat", ["A1", "B1"])
        def test_c(seat):
            answer.book(seat)
            assert answer.booked == [seat]
        """
    )
    got = verdicts(bench, "booked = []\ndef book(s): booked.append(s)\n")
    assert got == dict.fromkeys(["test_a", "test_b", "test_c[A1]", "test_c[B1]"], "PASS")


# -- random inputs


def test_random_inputs_follow_the_seed(bench: Bench) -> None:
    bench.check("def test_a(rng):\n    assert answer.echo(rng.randrange(10**9)) == -1\n")
    one, same, other = (bench.judged("def echo(n): return n", seed=s).checks[0].got for s in ("a", "a", "b"))
    assert one == same
    assert one != other


def test_checks_of_one_exercise_get_different_random_inputs(bench: Bench) -> None:
    bench.check("def test_a(rng):\n    assert answer.echo(rng.randrange(10**9)) == -1\ntest_b = test_a\n".replace(
        "test_b = test_a", "def test_b(rng):\n    assert answer.echo(rng.randrange(10**9)) == -1"))  # fmt: skip
    one, other = (c.got for c in bench.judged("def echo(n): return n").checks)
    assert one != other


HYPOTHESIS = """
from hypothesis import given, strategies as st
SEEN = []
@given(st.integers(0, 10**12))
def test_a(n):
    SEEN.append(n)
    assert answer.double(n) == 2 * n, "for any number"
def test_b():
    assert answer.double(0) == str(SEEN[-40:])
"""


def test_a_property_passes_for_a_right_answer(bench: Bench) -> None:
    assert bench.check(HYPOTHESIS).judged("def double(n): return 2 * n").checks[0].verdict == "PASS"


def test_a_property_that_fails_shows_the_smallest_example(bench: Bench) -> None:
    check = bench.check(HYPOTHESIS).judged("def double(n): return 2 * n if n < 1000 else 0").checks[0]
    assert (check.verdict, check.call, check.got, check.expected) == ("FAIL", "double(1000)", "0", "2000")
    assert check.why == "for any number"


def test_a_property_that_raises_is_an_error(bench: Bench) -> None:
    check = bench.check(HYPOTHESIS).judged("def double(n): return 2 * n if n < 1000 else 1 / 0").checks[0]
    assert (check.verdict, check.got) == ("ERROR", "raised ZeroDivisionError: division by zero")


def test_the_examples_of_a_property_follow_the_seed_of_each_submission(bench: Bench) -> None:
    bench.check(HYPOTHESIS)
    one, same, other = (
        bench.judged("def double(n): return 2 * n", seed=s).checks[1].expected
        for s in ("12345678a", "12345678a", "12345678b")
    )
    assert one == same
    assert one != other


def test_an_answer_that_changes_its_mind_fails_a_property(bench: Bench) -> None:
    source = "calls = []\ndef double(n):\n    calls.append(n)\n    return 0 if len(calls) == 9 else 2 * n\n"
    check = bench.check(HYPOTHESIS).judged(source).checks[0]
    assert check.verdict == "FAIL"
    assert "same input" in check.why


# -- one judge, many submissions


def test_one_judge_serves_many_submissions_and_none_sees_another(bench: Bench, warm_judge: Judge) -> None:
    bench.check("def test_a():\n    assert answer.n == 1\n    assert inside(len, answer.seen) == 0\n")
    process = warm_judge.start()
    for n, expected in ((1, "PASS"), (2, "FAIL"), (1, "PASS")):
        assert (
            bench.judged(
                f"import sys\nseen = [m for m in ('left',) if m in sys.modules]\nsys.modules['left'] = 1\nn = {n}"
            ).verdict
            == expected
        )
    assert warm_judge.start() is process


def test_a_judge_that_died_is_replaced(bench: Bench) -> None:
    from course.errors import CourseError

    bench.check(DOUBLES)
    with Judge() as judge:
        bench.asked = judge
        judge.start().kill()
        judge.start().wait() if judge.process is None else judge.process.wait()
        assert bench.judged("def double(n): return 2 * n").verdict == "PASS"
        with pytest.raises(CourseError, match="no sandbox provider 'wishes'"):
            Judge("wishes").judge([], [bench.task()])


def test_exercises_are_judged_in_the_order_they_stand_and_told_in_the_order_asked(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    bench.check(DOUBLES)
    other = Bench(bench.asked, tmp_path / "other").check("def test_o():\n    assert answer.x == 1\n")
    other.name = "gate.other"
    cells = [
        Cell(other.answer("x = 1\ndef double(n): return 0"), "cell 1"),
        Cell(bench.answer("def double(n): return 2 * n\nx = 2"), "cell 2"),
    ]
    results = bench.asked.judge(cells, [bench.task(), other.task()])
    assert [(r.id, r.verdict) for r in results] == [("gate.scan", "PASS"), ("gate.other", "PASS")]


def test_a_looping_answer_costs_its_own_exercise_only(tmp_path: Path) -> None:
    with Judge(limits=Limits(time=0.4)) as judge:
        loops = Bench(judge, tmp_path / "loops").check(
            "".join(f"def test_{i}():\n    assert answer.spin() == 1\n" for i in range(5))
        )
        honest = Bench(judge, tmp_path / "honest").check(
            "def test_a():\n    assert answer.x == 1\ndef test_b():\n    assert answer.x == 1\n"
        )
        honest.name = "gate.honest"
        cells = [
            Cell(loops.answer("def spin():\n    while True: pass"), "cell 1"),
            Cell(honest.answer("x = 1"), "cell 2"),
        ]
        first, second = judge.judge(cells, [loops.task(), honest.task()])
    assert first.verdict == "TIMEOUT"
    assert second.passed


def test_an_answer_cell_that_loops_costs_its_own_exercise_only(tmp_path: Path) -> None:
    with Judge(limits=Limits(time=0.4)) as judge:
        loops = Bench(judge, tmp_path / "loops").check(
            "".join(f"def test_{i}():\n    assert answer.spin() == 1\n" for i in range(5))
        )
        honest = Bench(judge, tmp_path / "honest").check("def test_a():\n    assert answer.x == 1\n")
        honest.name = "gate.honest"
        cells = [Cell(loops.answer("while True: pass"), "cell 1"), Cell(honest.answer("x = 1"), "cell 2")]
        first, second = judge.judge(cells, [loops.task(), honest.task()])
    assert {c.verdict for c in first.checks} == {"TIMEOUT"}
    assert second.passed


# -- the nine rules (facts, section 3), each learnt from a forged result or a hang


def test_rule_1_what_comes_back_is_data_and_never_a_verdict(bench: Bench) -> None:
    bench.check("def test_a():\n    xs = answer.order([3, 1, 2])\n    assert xs == sorted(xs) == [1, 2, 3]\n")
    source = (
        "import builtins\nbuiltins.sorted = lambda xs, **_: xs\nlist.__eq__ if True else 0\ndef order(xs): return xs\n"
    )
    assert bench.judged(source).verdict == "FAIL", "sorted() of the check is not the one that the answer patched"


LIAR = """
class Liar:
    def __eq__(self, other): return True
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __contains__ = __lt__
    def __sub__(self, other): return 0
    __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __mod__ = __abs__ = __sub__
    def __bool__(self): return True
    def __float__(self): return 2.5
    def __int__(self): return 2
    def __index__(self): return 2
    def __round__(self, *_): return 2
    def __hash__(self): return 1
    def __instancecheck__(self, other): return True
def mean(*_): return Liar()
"""


@pytest.mark.parametrize(
    "idiom",
    [
        "x == 2.5", "2.5 == x", "x in [2.5]", "x in {2.5}", "abs(x - 2.5) < 1e-6", "x - 2.5 == 0", "2.5 - x == 0", "x < 3",
        "3 > x", "2 <= x <= 3", "x", "not not x", "2.5 in x", "round(x, 1) == 2.5", "float(x) == 2.5", "int(x) == 2",
        "x == pytest.approx(2.5)", "pytest.approx(2.5) == x", "isinstance(x, float)", "type(x) is float", "max(x, 1) == x",
        "sum([x]) == 2.5", "-x == -2.5", "[1, 2, 3][x] == 3", "x * 2 == 5", "all([x])", "[x] == [2.5]", "{'m': x} == {'m': 2.5}",
        "str(x) == '2.5'", "f'{x}' == '2.5'", "(x, 1) == (2.5, 1)", "x is True", "bool(x) is True", "divmod(x, 1) == (2, 0.5)",
    ],
)  # fmt: skip
def test_rule_2_a_stand_in_never_meets_a_trusted_value(bench: Bench, idiom: str) -> None:
    check = bench.one(f"def test_a():\n    x = answer.mean([2, 3])\n    assert {idiom}\n", LIAR)
    assert check.verdict in {"FAIL", "ERROR"}, f"a lying object passed `{idiom}`"


def test_rule_2_a_refused_operator_says_what_to_return_instead(bench: Bench) -> None:
    check = bench.one("def test_a():\n    assert abs(answer.mean([2, 3]) - 2.5) < 1e-6\n", LIAR)
    assert check.verdict == "ERROR"
    assert "it has to be a plain value here" in check.why


@pytest.mark.parametrize(
    "base", ["int", "float", "str", "list", "dict", "tuple", "set", "bytes", "Decimal", "datetime"]
)
def test_rule_3_a_subclass_of_a_plain_type_does_not_travel_by_value(bench: Bench, base: str) -> None:
    value = {"datetime": "2026, 1, 1", "int": "3", "float": "3", "str": "'3'", "Decimal": "3"}.get(base, "")
    source = f"""
    from datetime import datetime
    from decimal import Decimal
    class Liar({base}):
        def __eq__(self, other): return True
        __hash__ = None
    def f(): return Liar({value})
    """
    imports = "from datetime import datetime\nfrom decimal import Decimal\n"
    check = f"{imports}def test_a():\n    assert answer.f() == {base}({value})\n"
    assert bench.one(check, source).verdict == "FAIL"


@pytest.mark.parametrize("kind", ["Exception", "BaseException", "RuntimeError", "(OSError, EOFError, ValueError)"])
@pytest.mark.parametrize(("does", "verdict"), [("os._exit(0)", "EXITED"), ("os.kill(os.getpid(), 9)", "KILLED")])
def test_rule_4_a_sandbox_that_died_is_never_a_pass(bench: Bench, kind: str, does: str, verdict: str) -> None:
    check = f"def test_a():\n    with pytest.raises({kind}):\n        answer.f()\n"
    assert bench.one(check, f"import os\ndef f(): {does}\n").verdict == verdict


def test_rule_4_a_check_that_goes_on_after_the_end_of_the_sandbox_does_not_pass(bench: Bench) -> None:
    check = "def test_a():\n    try:\n        answer.f()\n    except Exception:\n        pass\n    assert 1 == 1\n"
    assert bench.one(check, "import os\ndef f(): os._exit(0)\n").verdict == "EXITED"


@pytest.mark.parametrize("end", ["SystemExit(0)", "KeyboardInterrupt()", "Skipped('x')", "GeneratorExit()"])
def test_rule_4_an_exit_from_inside_is_a_plain_error(bench: Bench, end: str) -> None:
    bench.check("def test_a():\n    assert answer.f() == 1\ndef test_b():\n    assert answer.g() == 1\n")
    result = bench.judged(f"class Skipped(BaseException): pass\ndef f(): raise {end}\ndef g(): return 1\n")
    assert [c.verdict for c in result.checks] == ["ERROR", "PASS"]
    assert end.partition("(")[0] in result.checks[0].got


def test_rule_5_a_failure_before_student_code_ran_is_the_graders(bench: Bench) -> None:
    bench.check(DOUBLES).file("given.py", "PRICE = 1 / 0\n")
    result = bench.judged("def double(n): return 2 * n")
    assert (result.verdict, result.settled) == ("UNCHECKED", False)


def test_rule_5_a_sandbox_that_does_not_start_is_the_graders(bench: Bench, tmp_path: Path) -> None:
    bench.check(DOUBLES)
    with Judge(limits=Limits(files=3)) as judge:
        bench.asked = judge
        [check] = bench.judged("def double(n): return 2 * n").checks
    assert check.verdict == "UNCHECKED"
    assert "did not start" in check.why


@pytest.mark.parametrize(
    "value",
    ["10 ** 80_000", "functools.reduce(lambda x, _: [x], range(3_000), 0)", "[[] for _ in range(500_000)]", "'x' * (9 << 20)",
     "{i * (2**61 - 1): 1 for i in range(1, 3_001)}", "loop"],
    ids=["digits", "depth", "nodes", "size", "keys", "loop"],
)  # fmt: skip
def test_rule_6_a_value_that_is_too_large_is_refused_quickly(bench: Bench, value: str) -> None:
    source = f"import functools\nloop = []\nloop.append(loop)\ndef f(): return {value}\n"
    check = bench.one("def test_a():\n    assert answer.f() == 1\n", source)
    assert check.verdict in {"ERROR", "PROTOCOL"}
    assert check.seconds < 2


def test_rule_6_whatever_is_written_to_the_channel_is_never_a_pass(bench: Bench) -> None:
    source = """
    import os, json, struct
    def double(n):
        for fd in range(3, 20):
            for body in (b'{"id":1,"ok":42}', b'\\xff' * 9, b'{"cb":1,"args":{"t":[]},"kwargs":{"d":[]}}'):
                try:
                    os.write(fd, struct.pack(">I", len(body)) + body)
                except OSError:
                    pass
        return 0
    """
    assert bench.one(DOUBLES, source).verdict in {"PROTOCOL", "FAIL"}


def test_rule_7_all_text_shown_is_made_safe(bench: Bench) -> None:
    source = """
    def double(n):
        print("\\x1b[2J::set-output name=x::1\\n::error::y")
        raise ValueError("\\x1b]0;title\\x07 \\u202egnp.exe\\u2066 \\ud800 \\r <b>")
    """
    check = bench.one(DOUBLES, source)
    for text in (check.got, check.printed):
        assert not set(text) & set("\x1b\x07\r\u202e\u2066\ud800")
    assert not any(line.startswith("::") for line in check.printed.splitlines())


def test_rule_8_a_withheld_check_shows_got_and_expected_and_no_source(bench: Bench) -> None:
    bench.check(
        "def test_a():\n    # MARKER\n    assert answer.double(answer.double(4)) == 16 and 'MARKER'\n",
        "withheld/test_more.py",
    )
    bench.check(
        "def test_b():\n    x = answer.double(1)\n    assert x == 2, 'twice'  # MARKER\n",
        "withheld/test_even_more.py",
    )
    result = bench.judged("import traceback\ndef double(n): return 7")
    for check in result.checks:
        assert (check.visibility, check.verdict, check.got) == ("withheld", "FAIL", "7")
        assert "MARKER" not in str(check)
        assert "assert" not in str(check)


def test_rule_8_a_withheld_check_that_raises_shows_no_line_of_it(bench: Bench) -> None:
    bench.check("def test_a():\n    assert answer.double('MARKER'.lower()) == 1\n", "withheld/test_more.py")
    check = bench.judged("def double(n): return n / 2").checks[0]
    assert check.verdict == "ERROR"
    assert check.place is not None
    assert check.place.cell == "cell 1"


def test_rule_8_only_what_is_asked_for_is_run(bench: Bench) -> None:
    bench.check(DOUBLES).check("def test_w():\n    assert answer.double(1) == 2\n", "withheld/test_more.py")
    answer = bench.answer("def double(n): return 2 * n")
    assert [c.visibility for c in bench.judge(answer).checks] == ["public", "withheld"]
    assert [c.visibility for c in bench.judge(answer, only=("public",)).checks] == ["public"]


def test_rule_9_time_is_taken_outside(bench: Bench) -> None:
    bench.file("exercise.yml", "time: 0.3")
    source = """
    import signal, time
    time.time = time.monotonic = time.perf_counter = lambda: 0.0
    def double(n):
        for s in (signal.SIGTERM, signal.SIGALRM, signal.SIGXCPU, signal.SIGINT):
            signal.signal(s, signal.SIG_IGN)
        while True: pass
    """
    check = bench.one(DOUBLES, source)
    assert check.verdict == "TIMEOUT"
    assert 0.2 < check.seconds < 2


def test_rule_9_all_calls_of_one_check_share_its_time(bench: Bench) -> None:
    bench.file("exercise.yml", "time: 0.4")
    check = "def test_a():\n    for _ in range(50):\n        answer.nap()\n"
    assert bench.one(check, "import time\ndef nap(): time.sleep(0.1)").verdict == "TIMEOUT"


def test_rule_9_after_three_dead_sandboxes_the_rest_is_not_run(bench: Bench) -> None:
    bench.file("exercise.yml", "time: 0.3")
    result = bench.check("".join(f"def test_{i}():\n    assert answer.f() == 1\n" for i in range(6))).judged(
        "def f():\n    while True: pass"
    )
    assert [c.verdict for c in result.checks] == ["TIMEOUT"] * 6
    assert ["not run again" in c.got for c in result.checks] == [False] * 3 + [True] * 3
    assert all(c.seconds < 0.1 for c in result.checks[3:])
