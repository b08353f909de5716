"""Mutants change the reference and nothing else; what the checks miss is told."""

from pathlib import Path

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
