"""A run: the servers of one process tree, and their end.

A run is a folder that names its owner; the folder is handed on to child processes by an environment variable. Whatever
happens to the owner, its servers end: by itself at its exit, else by a keeper that watches it, else by whoever uses
services next. Only the standard library and psutil are imported here, because the keeper runs this file.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

VARIABLE = "COURSE_SERVICES_RUN"
PREFIX = "course-service-"  # of containers' names
LABEL = "course.services"  # of containers: the folder of their run
BASE = Path("/tmp", f"course-services-{os.getuid()}")  # short: a socket's path has at most 107 bytes
GRACE = 5.0  # seconds for a server to end after its signal


def current() -> Path:
    """Return the folder of this process tree's run; begin one, and end those that a dead owner left, where there is none."""
    folder = Path(os.environ.get(VARIABLE) or "/nowhere")
    if alive(*_owner(folder)):
        return folder
    sweep()
    folder = BASE / f"{os.getpid()}-{secrets.token_hex(4)}"
    made = folder.with_name(f".{folder.name}")  # renamed when it names its owner: a sweep finds no run without one
    made.mkdir(mode=0o711)
    write(made / "owner.json", [os.getpid(), _started(os.getpid())])
    made.rename(folder)
    os.environ[VARIABLE] = str(folder)
    command = [sys.executable, "-I", __file__, str(folder)]
    null = subprocess.DEVNULL
    keeper = subprocess.Popen(command, cwd="/", stdin=null, stdout=null, stderr=null, start_new_session=True)
    atexit.register(_finish, folder, os.getpid(), keeper)
    return folder


def _finish(folder: Path, owner: int, keeper: subprocess.Popen[bytes]) -> None:
    if os.getpid() == owner:  # a forked child inherits what runs at exit
        end(folder)
        keeper.kill()
        keeper.wait()
        os.environ.pop(VARIABLE, None)


def sweep() -> list[str]:
    """End every run whose owner is dead; return the names of their folders."""
    BASE.mkdir(mode=0o711, exist_ok=True)
    if BASE.is_symlink() or BASE.stat().st_uid != os.getuid():
        raise PermissionError(f"{BASE} belongs to somebody else; remove it, then try again")
    dead = [folder for folder in BASE.glob("[!.]*") if not alive(*_owner(folder))]
    for folder in dead:
        end(folder)
    return [folder.name for folder in dead]


def end(folder: Path) -> None:
    """End every server of a run, and remove its folder."""
    if (folder / "containers").exists():
        listed = ["docker", "ps", "--all", "--quiet", "--filter", f"label={LABEL}={folder}"]
        remove(*subprocess.run(listed, capture_output=True, text=True).stdout.split())
    records = [read(path) for path in folder.glob("*.json") if path.name != "owner.json"]
    for record in records:
        stop_process(record)
    for process in _inside(folder):  # started, but killed before it was written down
        with contextlib.suppress(psutil.Error):
            process.kill()
    for place in (*folder.glob("*"), folder):
        discard(place)


def remove(*containers: str) -> None:
    """Remove containers with their volumes."""
    if containers:
        subprocess.run(["docker", "rm", "--force", "--volumes", *containers], capture_output=True)


def discard(folder: Path) -> None:
    """Remove a server's folder, and what is mounted there."""
    if folder.is_mount():
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True)
    shutil.rmtree(folder, ignore_errors=True)


def stop_process(record: dict[str, Any]) -> None:
    """End a server that runs as a process, with all that it started; its data is not needed any more."""
    pid, started = record.get("pid", 0), record.get("started", 0.0)
    if not alive(pid, started):
        return
    os.kill(pid, signal.Signals[record["signal"]])
    deadline = time.monotonic() + GRACE
    while alive(pid, started) and time.monotonic() < deadline:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        time.sleep(0.01)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)  # the session that it was started in, nothing else


def alive(pid: int, started: float) -> bool:
    """Say whether a process still runs; another one with the same number, or one that only waits to be buried, does not."""
    try:
        process = psutil.Process(pid)
        return abs(process.create_time() - started) < 1 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def identity(pid: int) -> dict[str, float]:
    """Return what is written down of a process, to know it again."""
    return {"pid": pid, "started": _started(pid)}


@contextlib.contextmanager
def locked(folder: Path, name: str, *, wait: bool = True) -> Iterator[bool]:
    """Hold a lock of a run, which ends with the process that holds it; yield False for one that is held and not waited for."""
    with (folder / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = True
        except BlockingIOError:
            held = False
        yield held


def write(path: Path, content: Any) -> None:
    """Write a record so that nobody reads half of it, and nobody else reads it."""
    part = path.with_suffix(f".{os.getpid()}")
    part.touch(mode=0o600)
    part.write_text(json.dumps(content))
    part.replace(path)


def read(path: Path) -> Any:
    """Return a record; an empty one where there is none."""
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return {}


def _owner(folder: Path) -> tuple[int, float]:
    pid, started = read(folder / "owner.json") or (0, 0.0)
    return pid, started


def _started(pid: int) -> float:
    return float(psutil.Process(pid).create_time())


def _inside(folder: Path) -> list[psutil.Process]:
    """Return the processes that work in a run's folder."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and Path(process.cwd()).is_relative_to(folder.resolve()):
                found.append(process)
    return found


def _keep(folder: Path) -> None:
    """Wait until the owner of a run is dead, then end what it left."""
    while folder.exists() and alive(*_owner(folder)):
        time.sleep(0.3)
    end(folder)


if __name__ == "__main__":
    _keep(Path(sys.argv[1]))
