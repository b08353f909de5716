"""Fill an empty database with the world: by COPY where the server is PostgreSQL, else by many rows a statement."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import psycopg
from sqlalchemy import Engine, Executable, ForeignKeyConstraint, MetaData, Table, UniqueConstraint, create_engine, text
from sqlalchemy.schema import AddConstraint

from boxoffice import tables, world
from boxoffice.world import SMALL, Row, Size

__all__ = ["SMALL", "Size", "copy_rows", "engine", "load"]

ROWS: dict[Table, Callable[[Size], Iterator[Row]]] = {
    tables.venue: world.venues,
    tables.event: world.events,
    tables.seat: world.seats,
    tables.customer: world.customers,
    tables.orders: world.orders,
}
CHECKED_LATER = (ForeignKeyConstraint, UniqueConstraint)
BATCH = 5_000  # rows a statement, where there is no COPY


def engine(url: str) -> Engine:
    """Return SQLAlchemy's engine for the URL of a service."""
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))


def load(url: str, size: Size = SMALL, only: Iterable[str] = ()) -> dict[str, int]:
    """Create every table in an empty database and fill those named, or all; return the rows of each.

    `ticket` stays empty. A table that others refer to has to be named with them. PostgreSQL checks keys and uniqueness
    once, after its rows are there, and gathers its statistics at the end.
    """
    made, wanted = engine(url), [table for table in ROWS if not only or table.name in set(only)]
    created, later = _copy(), []
    if made.dialect.name == "postgresql":  # what AddConstraint adds, create_all leaves out
        known = [each for table in created.sorted_tables for each in table.constraints]
        later = [AddConstraint(each) for each in known if isinstance(each, CHECKED_LATER)]
    fill = copy_rows if later else _insert
    created.create_all(made)
    counts = {table.name: fill(url, table, ROWS[table](size)) for table in wanted}
    if later:
        _execute(made, *sorted(later, key=_refers), text("VACUUM ANALYZE"))
    made.dispose()
    return counts


def _copy() -> MetaData:
    copy = MetaData(naming_convention=tables.NAMES)
    for table in tables.metadata.sorted_tables:
        table.to_metadata(copy)
    return copy


def _refers(added: AddConstraint) -> bool:
    return isinstance(added.element, ForeignKeyConstraint)


def _execute(made: Engine, *statements: Executable) -> None:
    with made.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(
            text("SET synchronous_commit = on")
        )  # else VACUUM cannot know yet that everybody sees all rows
        for statement in statements:
            connection.execute(statement)


def copy_rows(url: str, table: Table, rows: Iterable[Row]) -> int:
    """Send rows to a table of PostgreSQL with COPY, and return how many."""
    columns = ", ".join(column.name for column in table.columns)
    count = 0
    with (
        psycopg.connect(url) as connection,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy,
    ):
        for part in _batches(rows):
            copy.write("".join("\t".join(map(_text, row)) + "\n" for row in part))
            count += len(part)
    return count


def _insert(url: str, table: Table, rows: Iterable[Row]) -> int:
    made, count, names = engine(url), 0, [column.name for column in table.columns]
    with made.begin() as connection:
        for part in _batches(rows):
            connection.execute(table.insert(), [dict(zip(names, map(_naive, row), strict=True)) for row in part])
            count += len(part)
    made.dispose()
    return count


def _batches(rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    rows = iter(rows)
    while part := tuple(itertools.islice(rows, BATCH)):
        yield part


def _naive(value: Any) -> Any:
    return value.replace(tzinfo=None) if hasattr(value, "tzinfo") else value


def _text(value: Any) -> str:
    """Return a value as COPY reads it; the world has no tabs and no backslashes but those of JSON."""
    if value is None:
        return r"\N"
    return json.dumps(value).replace("\\", r"\\") if type(value) is dict else str(value)
