"""Mutants change the reference and nothing else; what the checks miss is told."""

from pathlib import Path

import pytest

from course.authoring import mutation, mutation_sql
from course.authoring.mutation import declared, mutants

CELL = '''# exercise: core.fee
def fee(cents: int) -> int:
    """Return the fee, 10 % of 1000 is 100."""
    ### BEGIN SOLUTION
    part = cents * 10
    total = part // 100
    if total > 50:
        raise ValueError("too much: 50")
    return total
    ### END SOLUTION
'''


def changes(source: str) -> set[tuple[str, str]]:
    return {(mutant.before, mutant.after) for mutant in mutants(source)}


def test_operators_numbers_and_boundaries_are_changed() -> None:
    found = changes(CELL)
    assert ("part = cents * 10", "part = cents / 10") in found
    assert ("total = part // 100", "total = part // 101") in found
    assert ("if total > 50:", "if total >= 50:") in found


def test_a_statement_is_dropped_and_dependent_neighbours_are_swapped() -> None:
    found = changes(CELL)
    assert ("return total", "pass") in found
    assert ("part = cents * 10", "total = part // 100") in found


def test_an_await_is_dropped() -> None:
    found = changes("async def f(pool):\n    ### BEGIN SOLUTION\n    return await pool.get()\n    ### END SOLUTION\n")
    assert ("return await pool.get()", "return pool.get()") in found


def test_signature_docstring_and_the_text_of_a_message_stay() -> None:
    for mutant in mutants(CELL):
        assert mutant.source.startswith(CELL[: CELL.index("### BEGIN")])
        assert '"too much: 50"' in mutant.source or "raise" not in mutant.source


def test_no_mutant_is_the_reference_or_comes_twice() -> None:
    sources = [mutant.source for mutant in mutants(CELL)]
    assert len(sources) == len(set(sources)) > 8
    assert CELL not in sources


def test_equivalent_mutants_are_declared_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "exercise.yml").write_text("time: 2\nequivalent:\n  'if a < b:': 'a is never b'\n")
    assert declared(tmp_path) == {"if a < b:": "a is never b"}
    assert declared(tmp_path / "nowhere") == {}


def test_methods_are_not_swapped_since_their_order_makes_no_difference() -> None:
    methods = "    def hold(self):\n        self.held = 1\n\n    def held(self):\n        return self.held\n"
    found = changes(f"class Seat:\n    ### BEGIN SOLUTION\n{methods}    ### END SOLUTION\n")
    assert ("return self.held", "pass") in found
    assert ("def hold(self):", "def held(self):") not in found


def texts(sql: str) -> set[str]:
    return set(mutation_sql.mutants(sql))


@pytest.mark.parametrize(
    "sql, mutant",
    [
        ("SELECT id FROM seat WHERE a = %s AND b = 1", "SELECT id FROM seat WHERE a = %s"),
        ("SELECT id FROM seat WHERE a >= %(a)s", "SELECT id FROM seat WHERE a > %(a)s"),
        ("SELECT id FROM seat ORDER BY a DESC, b", "SELECT id FROM seat ORDER BY a ASC, b"),
        ("SELECT id FROM seat LIMIT 10", "SELECT id FROM seat LIMIT 11"),
        ("SELECT id FROM job FOR UPDATE SKIP LOCKED", "SELECT id FROM job FOR UPDATE"),
        ("SELECT id FROM job FOR UPDATE SKIP LOCKED", "SELECT id FROM job"),
        ("CREATE INDEX i ON seat (a, b) INCLUDE (c)", "CREATE INDEX i ON seat(b, a) INCLUDE (c)"),
        ("CREATE INDEX i ON seat (a, b) INCLUDE (c)", "CREATE INDEX i ON seat(a, b)"),
        ("CREATE INDEX i ON seat (a) WHERE b = 1", "CREATE INDEX i ON seat(a)"),
        ("INSERT INTO t VALUES (%s) ON CONFLICT DO NOTHING", "INSERT INTO t VALUES (%s)"),
        ("SELECT a FROM t LEFT JOIN u USING (b)", "SELECT a FROM t JOIN u USING (b)"),
    ],
)
def test_one_thing_changes_in_a_statement(sql: str, mutant: str) -> None:
    assert mutant in texts(sql)


@pytest.mark.parametrize("text", ["one seat is sold", "free", "SELECT", "not an SQL statement; DROP"])
def test_a_text_that_is_no_statement_has_no_such_mutants(text: str) -> None:
    assert texts(text) == set()


@pytest.mark.parametrize(
    ("text", "counts"),
    [("SELECT id FROM seat", False), (" WHERE (a, b) < (%s, %s)", False), ("WHERE s = 'x'", True), ("free", True)],
)
def test_capitals_count_but_not_in_a_statement(text: str, counts: bool) -> None:
    found = mutation.mutants(f'### BEGIN SOLUTION\nq = "{text}"\n### END SOLUTION\n')
    assert any(text.upper() in mutant.source or text.lower() in mutant.source for mutant in found) is counts


def test_what_an_update_assigns_is_no_condition() -> None:
    assert not any("SET status <>" in text for text in texts("UPDATE seat SET status = 'sold' WHERE id = %s"))


def test_statements_are_counted_apart() -> None:
    cell = '### BEGIN SOLUTION\nq = "SELECT id FROM seat WHERE a = 1"\nn = 1\n### END SOLUTION\n'
    found = mutation.mutants(cell)
    assert {mutant.sql for mutant in found} == {True, False}
    assert all("XX" not in mutant.source for mutant in found), "no text that is no statement any more"
    score = mutation.Score([m for m in found if m.sql], [m for m in found if not m.sql])
    assert (mutation.share([score], sql=True), mutation.share([score], sql=False)) == (1.0, 0.0)
