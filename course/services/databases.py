"""A database of its own for each use, with credentials that open nothing else; copied from a template where that is fast."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from course.errors import CourseError
from course.services import answers

Loader = Callable[[str], object]
LARGE = 64 << 20  # bytes; beyond, PostgreSQL copies a template faster by files than through its log


@dataclass(frozen=True)
class Template:
    """What a fresh database holds: `load(url)` fills an empty one. The name stands for exactly that content."""

    name: str
    load: Loader


@contextlib.contextmanager
def fresh(url: str, template: Template | None = None) -> Iterator[str]:
    """Yield the URL of a new database, beside those that an administrator's URL leads to; drop it at the end.

    PostgreSQL loads a template once a server and copies it; elsewhere it is loaded each time.
    """
    kind = urlsplit(url).scheme.partition("+")[0]
    makers = {"postgresql": _postgres, "mariadb": _mysql, "mysql": _mysql}
    if kind not in makers:
        raise CourseError(
            f"{kind} cannot keep databases apart; ask for a server of its own: service(name, alone=True)."
        )
    with makers[kind](url, template) as made:
        yield made


def address(url: str, name: str, password: str) -> str:
    """Return the URL of a database for the user who has its name."""
    at = urlsplit(url)
    return urlunsplit(at._replace(netloc=f"{name}:{password}@{at.hostname}:{at.port}", path=f"/{name}"))


@contextlib.contextmanager
def _postgres(url: str, template: Template | None) -> Iterator[str]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as admin:
        source, owner = _copied(admin, url, template) if template else ("template0", "")
        name, password = f"db_{secrets.token_hex(6)}", secrets.token_hex(12)
        admin.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}' {f'IN ROLE {owner}' if owner else ''}")
        _create(admin, name, name, source)
    try:
        yield address(url, name, password)
    finally:
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            admin.execute(f"DROP ROLE {name}")


def _create(admin: Any, name: str, owner: str, source: str) -> None:
    """Create a database that only its owner may enter, in the way that is faster for what is copied."""
    (version,) = admin.execute("SELECT current_setting('server_version_num')::int").fetchone()
    (size,) = admin.execute("SELECT pg_database_size(%s)", [source]).fetchone()
    strategy = f"STRATEGY {'file_copy' if size > LARGE else 'wal_log'}" if version >= 150000 else ""
    admin.execute(f"CREATE DATABASE {name} OWNER {owner} TEMPLATE {source} {strategy}")
    admin.execute(f"REVOKE CONNECT ON DATABASE {name}, postgres, template1 FROM PUBLIC")


def _copied(admin: Any, url: str, template: Template) -> tuple[str, str]:
    """Return a template's database and the role that owns what is in it; load it at its first use."""
    name = f"t_{hashlib.sha256(template.name.encode()).hexdigest()[:16]}"
    admin.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
    try:
        found = admin.execute("SELECT datistemplate FROM pg_database WHERE datname = %s", [name]).fetchone()
        if found and found[0]:
            return name, name
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # half loaded, by somebody who was killed
        admin.execute(f"DROP ROLE IF EXISTS {name}")
        password = secrets.token_hex(12)
        admin.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
        _create(admin, name, name, "template0")
        template.load(address(url, name, password))
        admin.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true")
        admin.execute(f"ALTER ROLE {name} NOLOGIN")
        return name, name
    finally:
        admin.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


@contextlib.contextmanager
def _mysql(url: str, template: Template | None) -> Iterator[str]:
    name, password = f"db_{secrets.token_hex(6)}", secrets.token_hex(12)
    run_statements(
        url,
        f"CREATE DATABASE {name}",
        f"CREATE USER {name} IDENTIFIED BY '{password}'",
        f"GRANT ALL ON {name}.* TO {name}",
    )
    try:
        made = address(url, name, password)
        if template:
            template.load(made)
        yield made
    finally:
        run_statements(url, f"DROP DATABASE IF EXISTS {name}", f"DROP USER {name}")


def run_statements(url: str, *statements: str) -> None:
    """Run statements on MySQL or MariaDB."""
    with contextlib.closing(answers.mysql_connection(url)) as admin, admin.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
