"""The strongest provider: bubblewrap with namespaces, a system-call filter, resource limits and a control group.

As root it first becomes an unused user: a sandbox that maps the host's root leaves /proc/sys writable. Folders that
this user could not reach are bound in a private mount namespace before.
"""

from __future__ import annotations

import ctypes
import functools
import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from course.judging import seccomp
from course.judging.cgroup import ControlGroup
from course.judging.limits import Limits
from course.judging.sandbox import BOOT, Sandbox, door_for, environment, payload

PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
# in the place of the interpreter's own packages, which are not the course's
SITE = "/opt/site" if sys.base_prefix == "/usr" else f"/opt/py/lib/{PYTHON}/site-packages"
CLONE_NEWNS, MS_REC, MS_PRIVATE, MS_BIND = 0x00020000, 0x4000, 0x40000, 0x1000
NAMESPACES = ["user", "pid", "net", "ipc", "uts", "cgroup-try"]


class Bubblewrap:
    """Run each worker in a sandbox of its own. `without` switches defences off, for the controls of our tests only."""

    name = "bubblewrap"
    isolates = True

    def __init__(self, without: frozenset[str] = frozenset()) -> None:
        self.without = without

    def problem(self) -> str:
        """Return why this provider cannot be had here, or nothing. Really starts a sandbox."""
        if sys.platform != "linux" or not shutil.which("bwrap"):
            return "bubblewrap is not installed"
        try:
            sandbox = self.start(Limits())
            try:
                sandbox.send({"op": "exercise", "exercise": "", "inside": "", "id": 1}, time.monotonic() + 10)
                sandbox.receive(time.monotonic() + 10)
            except Exception as error:
                return f"{error} {sandbox.captured[-300:].decode('utf-8', 'replace')}".strip()
            finally:
                sandbox.kill()
        except (OSError, RuntimeError, ImportError) as error:
            return str(error)
        return ""

    def start(self, limits: Limits) -> Sandbox:
        """Start a worker."""
        group = ControlGroup(limits.memory << 20, limits.processes + 8) if "cgroup" not in self.without else None
        root = os.getuid() == 0
        with ExitStack() as files:
            bound: list[str] = []
            arguments = self._arguments(limits, bound, root)
            descriptors = []
            if "seccomp" not in self.without:
                descriptors.append(files.enter_context(_memory_file(seccomp.program())))
                arguments += ["--seccomp", str(descriptors[-1])]
            descriptors.append(files.enter_context(_memory_file("\0".join([*arguments, ""]).encode())))
            door, theirs = files.enter_context(door_for(limits))
            user = _unused_user() if root and "user-drop" not in self.without else None

            def enter() -> None:
                if group:
                    group.enter()
                if root:
                    _bind(bound)
                if user is not None:
                    os.setgroups([])
                    os.setresgid(user, user, user)
                    os.setresuid(user, user, user)

            process = subprocess.Popen(
                ["bwrap", "--args", str(descriptors[-1]), "--", _executable(), "-s", "-P", "-S", "-B", "-c", BOOT],
                executable=shutil.which("bwrap"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                pass_fds=[*descriptors, theirs] if door else descriptors,
                cwd="/",
                env={},
                start_new_session=True,
                preexec_fn=enter,
            )
        sandbox = Sandbox(process, limits, group=group, wrapped=True, door=door)
        first = payload(limits, [SITE], "pid" not in self.without, "rlimits" not in self.without, door=theirs)
        sandbox.write(first, time.monotonic() + 10)
        return sandbox

    def _arguments(self, limits: Limits, bound: list[str], root: bool) -> list[str]:
        """Return bubblewrap's arguments; `bound` receives the folders that are bound for an unprivileged user first."""

        def source(path: str) -> str:
            bound.append(path)
            return f"/tmp/{len(bound) - 1}" if root else path

        size = ["--size", str(limits.disk << 20), "--tmpfs"]
        a = [f"--unshare-{n}" for n in NAMESPACES if n not in self.without]
        a += ["--disable-userns", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
        a += ["--uid", "1000", "--gid", "1000", "--hostname", "sandbox", "--clearenv"]
        for key, value in {**environment("/work"), "LD_LIBRARY_PATH": "/opt/py/lib"}.items():
            a += ["--setenv", key, value]
        for folder in ("/usr/lib", "/usr/lib64"):
            if Path(folder).is_dir():
                a += ["--ro-bind", folder, folder]
        a += ["--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"]
        if sys.base_prefix == "/usr":
            a += ["--ro-bind", f"/usr/bin/{PYTHON}", f"/usr/bin/{PYTHON}"]
        else:
            a += ["--ro-bind", source(sys.base_prefix), "/opt/py"]
        a += ["--ro-bind", source(sysconfig.get_path("purelib")), SITE, "--proc", "/proc"]
        a += ["--remount-ro", "/proc"] if "proc" not in self.without else []
        a += ["--dev", "/dev", *size, "/dev/shm", "--remount-ro", "/dev"]
        a += [*size, "/tmp", *size, "/work", "--chdir", "/work"]
        return a + (["--remount-ro", "/"] if "readonly" not in self.without else [])


def _executable() -> str:
    return f"/usr/bin/{PYTHON}" if sys.base_prefix == "/usr" else f"/opt/py/bin/{PYTHON}"


@contextmanager
def _memory_file(data: bytes) -> Iterator[int]:
    fd = os.memfd_create("course", 0)
    try:
        os.write(fd, data)
        os.lseek(fd, 0, os.SEEK_SET)
        yield fd
    finally:
        os.close(fd)


def _bind(folders: list[str]) -> None:
    """In a private mount namespace, make folders reachable for everybody as /tmp/0, /tmp/1, …"""
    libc = ctypes.CDLL(None, use_errno=True)

    def done(status: int) -> None:
        if status:
            raise OSError(ctypes.get_errno(), "mount")

    done(libc.unshare(CLONE_NEWNS))
    done(libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None))
    opened = [os.open(folder, os.O_PATH | os.O_DIRECTORY) for folder in folders]
    done(libc.mount(b"course", b"/tmp", b"tmpfs", 0x2 | 0x4, b"size=1m,mode=755"))
    for number, fd in enumerate(opened):
        os.mkdir(f"/tmp/{number}")  # noqa: PTH102 (between fork and exec: as little as possible)
        done(libc.mount(f"/proc/self/fd/{fd}".encode(), f"/tmp/{number}".encode(), None, MS_BIND, None))


@functools.cache
def _unused_user() -> int:
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    return next(uid for uid in range(60_000, 65_000) if uid not in taken)
