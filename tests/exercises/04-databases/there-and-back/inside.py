"""What the checks of databases.there-and-back arrange beside the answer: both ways, run as Alembic does."""

import answer
import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext


def up(url, raises=False):
    """Run `upgrade`, and another migration behind it in the same transaction, which may go wrong."""
    _run(url, answer.upgrade, raises)


def down(url):
    """Run `downgrade`."""
    _run(url, answer.downgrade, False)


def _run(url, way, raises):
    engine = sa.create_engine(url)
    try:
        with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
            way()
            if raises:
                raise RuntimeError("the next migration went wrong")
    except RuntimeError:
        pass
    finally:
        engine.dispose()
