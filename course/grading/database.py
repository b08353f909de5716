"""Open the gradebook's database: SQLite in a file or PostgreSQL by URL, migrated, every error a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from course.errors import CourseError
from course.grading.tables import HEAD, Base

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x636F75727365  # "course": held while migrating PostgreSQL
WAIT = 20.0  # seconds for another program that writes


class Database:
    """A gradebook's database. `where`: a file, or a URL such as postgresql://user:word@host/name; `wait` in seconds."""

    def __init__(self, where: str, wait: float = WAIT) -> None:
        self.url = _url(where)
        self.name = self.url.database if self._sqlite else self.url.render_as_string(hide_password=True)
        self.wait, self.ready = wait, False
        self.engine = self._engine()

    @property
    def _sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def place(self) -> str:
        """What tells one database from another, however it was named."""
        return str(Path(str(self.url.database)).resolve()) if self._sqlite else str(self.url)

    def _engine(self) -> Engine:
        if self._sqlite:
            made = sa.create_engine(self.url, poolclass=NullPool, connect_args={"timeout": self.wait})
            event.listen(made, "connect", _connected)
            event.listen(made, "begin", _begin)
            return made
        limits = f"-c lock_timeout={int(self.wait * 1000)}"
        return sa.create_engine(self.url, connect_args={"connect_timeout": 10, "options": limits})

    @contextmanager
    def session(self, reading: bool = False) -> Iterator[Session]:
        """Yield a session whose work is done as a whole or not at all; raise CourseError for what the database says."""
        with self._sentences():
            if not self.ready:
                self._migrate(reading)
                self.ready = True
            bind = self.engine.execution_options(course_reading=True) if reading else self.engine
            with Session(bind, expire_on_commit=False) as session, session.begin():
                yield session

    def _migrate(self, reading: bool) -> None:
        """Bring the tables up to date; several programs may try at once."""
        if self._sqlite and reading and not Path(str(self.url.database)).exists():
            raise CourseError(f"There is no gradebook {self.name}; `course grade … --gradebook` makes one.")
        with self.engine.execution_options(course_reading=True).connect() as connection, connection.begin():
            found = version(connection)
        if found == HEAD:
            return
        with self.engine.begin() as connection:
            if not self._sqlite:
                connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            found = version(connection)
            if found is None and set(sa.inspect(connection).get_table_names()) & set(Base.metadata.tables):
                raise CourseError(
                    f"{self.name} holds tables of another program; give the gradebook a place of its own."
                )
            if found != HEAD:
                self._upgrade(connection, found)

    def _upgrade(self, connection: Connection, found: str | None) -> None:
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory
        from alembic.util import CommandError

        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        try:
            if found:
                ScriptDirectory.from_config(config).get_revision(found)
            command.upgrade(config, "head")
        except CommandError:
            raise CourseError(
                f"The gradebook {self.name} is of version {found}, which this course does not know (it knows {HEAD}). "
                "A newer course wrote it: update this one."
            ) from None

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except exc.IntegrityError:
            raise
        except exc.DBAPIError as error:
            raise CourseError(sentence(str(error.orig), str(self.name), self.wait)) from None

    def compact(self) -> None:
        """Overwrite what was deleted, also on the disk."""
        with self._sentences(), self.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM")

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def version(connection: Connection) -> str | None:
    """Return the migration that a database is at; None for one that is new."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def sentence(said: str, name: str, wait: float) -> str:
    """Return what happened to a database, and what to do, for what its driver said."""
    said = " ".join(said.split())
    known = {
        ("locked", "lock timeout"): f"it is in use by another program, also after {wait:g} s. Wait for it, or end it",
        ("disk is full", "disk I/O", "No space left", "could not extend"): "the disk is full or failing. Make room",
        (
            "malformed",
            "not a database",
            "corrupt",
        ): "it is no database that can be read. Restore a copy, or name another",
        ("readonly", "read-only", "permission denied"): "it may not be written. Change its permissions",
        ("unable to open",): "it cannot be opened. Look at the folder and its permissions",
        ("connection failed", "connection refused", "could not translate", "timeout expired", "server closed"): (
            "no PostgreSQL answers there. Start it, or mend the URL"
        ),
    }
    for words, why in known.items():
        if any(word.casefold() in said.casefold() for word in words):
            return f"The gradebook {name}: {why}, and run this again; what was recorded stays. ({said[:200]})"
    return f"The gradebook {name} refused: {said[:300]}. Nothing of this step was recorded."


def _url(where: str) -> URL:
    """Return the URL of a gradebook; a plain path means SQLite."""
    if "://" not in where:
        return URL.create("sqlite", database=where)
    try:
        url = make_url(where)
    except exc.ArgumentError:
        raise CourseError("The gradebook's URL cannot be read; write postgresql://user:password@host/name.") from None
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database:
        return url
    raise CourseError(
        f"A gradebook in {url.get_backend_name()!r} is not known; give a file (SQLite) or postgresql://user:password@host/name."
    )


def _connected(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say so, tables included
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return
    reading = connection.get_execution_options().get("course_reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
