"""A figure of style for the tests: how many of them assert nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from course.authoring.tree import Check, Finding, Tree, check_files

RULES = {"assertions": "tests that assert nothing"}
WEAK_SHARE = 0.03  # of a topic's checks, and of the course's own tests
ASSERTING = {"raises", "warns", "fail", "deprecated_call"}


def findings(tree: Tree) -> Iterator[Finding]:
    """Find tests that would pass whatever the code does, where there are more than a few."""
    groups: dict[str, list[str]] = {}
    for key, folder, _ in tree.exercises():
        groups.setdefault(key, []).extend(check_files(tree, folder))
    own = [name for name in tree.under("tests", suffix=".py") if not name.startswith("tests/exercises/")]
    for key, files in {**groups, "": own}.items():
        tests = tree.checks(*files)
        asserting = {name: helpers(tree, name) for name in files}
        weak = [(name, node) for name, node in tests if is_weak(node, asserting[name])]
        if len(weak) > WEAK_SHARE * len(tests):
            for name, node in weak:
                said = f"{node.name} asserts nothing, or only that something is not None; assert what it is"
                yield Finding(name, "assertions", said, key)


def helpers(tree: Tree, name: str) -> set[str]:
    """Return the functions of a file that assert something for its tests."""
    module = tree.module(name)
    return {n.name for n in ast.walk(module) if isinstance(n, Check) and not is_weak(n, set())} if module else set()


def is_weak(test: Check, asserting: set[str]) -> bool:
    """Say whether nothing in a test can fail, or only `… is not None`."""
    for node in ast.walk(test):
        if isinstance(node, ast.Assert) and not _only_there(node.test):
            return False
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ASSERTING | asserting:
                return False
    return True


def _only_there(test: ast.expr) -> bool:
    """Say whether an assertion holds for almost anything: a bare name, a literal, `x is not None`."""
    if isinstance(test, ast.Name | ast.Constant):
        return True
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.ops[0], ast.IsNot | ast.NotEq)
        and isinstance(test.comparators[0], ast.Constant)
        and test.comparators[0].value is None
    )
