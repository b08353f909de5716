"""Mutants of SQL that stands in an answer as text: parsed, one thing changed, written again.

Conditions are dropped or turned round, orders and joins changed, clauses that lock, limit or return removed, columns of
an index taken out or swapped. A statement that no dialect rule can read has none.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

logging.getLogger("sqlglot").setLevel(logging.ERROR)  # not every text is a statement
STATEMENTS = (exp.Query, exp.DML, exp.DDL, exp.Alter)
SWAPPED: dict[type[exp.Expr], tuple[type[exp.Expr], ...]] = {
    exp.EQ: (exp.NEQ,), exp.NEQ: (exp.EQ,), exp.LT: (exp.LTE, exp.GT), exp.LTE: (exp.LT,), exp.GT: (exp.GTE, exp.LT),
    exp.GTE: (exp.GT,), exp.And: (exp.Or,), exp.Or: (exp.And,), exp.Add: (exp.Sub,), exp.Sub: (exp.Add,),
    exp.Min: (exp.Max,), exp.Max: (exp.Min,),
}  # fmt: skip
# clauses without which a statement still is one, by the name that the parser gives them
CLAUSES = (
    "where",
    "order",
    "limit",
    "offset",
    "locks",
    "distinct",
    "conflict",
    "returning",
    "having",
    "unique",
    "concurrently",
)


def statement(text: str) -> exp.Expr | None:
    """Return the statement that a text is in PostgreSQL's dialect, or nothing."""
    if len(text.split()) < 3:
        return None
    try:
        parsed = sqlglot.parse_one(text, dialect="postgres")
    except SqlglotError:
        return None
    return parsed if isinstance(parsed, STATEMENTS) else None


def is_any_case(text: str) -> bool:
    """Say whether a text means the same in capitals: a statement or the end of one, with nothing quoted."""
    part = re.match(r"\s*(where|and|order by|group by|having|limit|join)\b", text, re.IGNORECASE)
    return "'" not in text and '"' not in text and bool(part or statement(text))


def mutants(text: str) -> Iterator[str]:
    """Yield each mutant of a statement once; of a text that is none, nothing."""
    parsed = statement(text)
    if parsed is None:
        return
    seen = {parsed.sql(dialect="postgres")}
    for number, node in enumerate(parsed.walk()):
        for change in _changes(node):
            copy = parsed.copy()
            change(next(each for at, each in enumerate(copy.walk()) if at == number))
            changed = copy.sql(dialect="postgres")
            if changed not in seen:
                seen.add(changed)
                yield changed


def _changes(node: exp.Expr) -> Iterator[Callable[[exp.Expr], object]]:
    """Yield functions that change a node in place."""
    assigns = isinstance(node.parent, exp.Update) and node.arg_key == "expressions"
    for other in () if assigns else SWAPPED.get(type(node), ()):
        yield lambda it, other=other: it.replace(other(this=it.this, expression=it.args.get("expression")))  # type: ignore[misc]
    if isinstance(node, exp.And | exp.Or):
        yield lambda it: it.replace(it.this)
        yield lambda it: it.replace(it.expression)
    if isinstance(node, exp.Not):
        yield lambda it: it.replace(it.this)
    if isinstance(node, exp.Literal) and not node.is_string and node.name.isdigit():
        yield lambda it: it.replace(exp.Literal.number(int(it.name) + 1))
    if isinstance(node, exp.Ordered) and _direction_counts(node.parent):
        yield _turned
    if isinstance(node, exp.Join):
        yield lambda it: it.set("side", "" if it.args.get("side") else "LEFT")
    if isinstance(node, exp.Lock):
        yield lambda it: it.set("wait", None if it.args.get("wait") is False else False)
    for name in CLAUSES:
        if node.args.get(name):
            yield lambda it, name=name: it.set(name, None)  # type: ignore[misc]
    for name in ("columns", "include", "expressions"):
        listed = node.args.get(name)
        if isinstance(node, exp.IndexParameters | exp.Order | exp.Group) and isinstance(listed, list):
            yield from _lists(name, len(listed), ordered=name != "include" and not isinstance(node, exp.Group))


def _direction_counts(parent: exp.Expr | None) -> bool:
    """Say whether an order may be turned round; an index is read both ways, unless it mixes them."""
    if isinstance(parent, exp.IndexParameters):
        return any(column.args.get("desc") for column in parent.args["columns"])
    return not isinstance(parent, exp.OnConflict)


def _turned(ordered: exp.Expr) -> None:
    """Turn an order round; with it, where this dialect puts what is null."""
    for name in ("desc", "nulls_first"):
        ordered.set(name, not ordered.args.get(name))


def _lists(name: str, size: int, ordered: bool) -> Iterator[Callable[[exp.Expr], object]]:
    """Yield functions that take one element out of a list or, where their order counts, swap two neighbours."""
    if size == 1 and name == "include":
        yield lambda it: it.set(name, None)
    if size > 1:
        for at in range(size):
            yield lambda it, at=at: it.set(name, it.args[name][:at] + it.args[name][at + 1 :])  # type: ignore[misc]
        for one, two in pairwise(range(size)) if ordered else ():
            yield lambda it, one=one, two=two: it.set(name, _swapped(it.args[name], one, two))  # type: ignore[misc]


def _swapped(listed: list[exp.Expr], one: int, two: int) -> list[exp.Expr]:
    return [*listed[:one], listed[two], listed[one], *listed[two + 1 :]]
