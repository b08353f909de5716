"""How Alembic runs a migration: one connection, one transaction, and `op` that speaks to it."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext


def run(url: str, way: Callable[[], None]) -> None:
    """Run `upgrade` or `downgrade` on a database, all of it or nothing."""
    engine = sa.create_engine(url)
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        way()
    engine.dispose()
