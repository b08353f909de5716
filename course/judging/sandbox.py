"""Start the answer's process, talk to it in frames, end it with everything it started."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import marshal
import os
import selectors
import shutil
import signal
import socket
import struct
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any, Protocol

import psutil

from course.judging.limits import CallBack, Ended, Limits, Message, ending
from course.judging.wire import MAX_FRAME, WireError, pack, unpack

SHIPPED = ("wire", "cells", "apps", "worker")  # our modules that run beside student code, in the order of their imports


class Group(Protocol):
    """What limits a sandbox from outside: a control group or an engine. `cheap`: asking it costs next to nothing."""

    cheap: bool

    def out_of_memory(self) -> bool:
        """Say whether a process was ended for its memory."""
        ...

    def close(self) -> None:
        """End every process in it."""
        ...

    @property
    def folders(self) -> Container[str]:
        """Name what it limits."""
        ...


class Provider(Protocol):
    """A way to run the worker. `isolates`: fit for other people's code."""

    name: str
    isolates: bool

    def start(self, limits: Limits) -> Sandbox:
        """Start a worker."""
        ...


BOOT = """
import marshal, os, sys, types
def exactly(n):
    b = b""
    while len(b) < n:
        part = os.read(0, n - len(b))
        if not part:
            os._exit(0)
        b += part
    return b
settings, modules, main = marshal.loads(exactly(int.from_bytes(exactly(4), "big")))
sys.path += settings["paths"]
stub = sys.modules["course"] = types.ModuleType("course")
stub.check = stub.progress = lambda *_, **__: None
sys.modules["course.judging"] = types.ModuleType("course.judging")
for name, code in modules:
    made = sys.modules[name] = types.ModuleType(name)
    exec(code, made.__dict__)
exec(main, {"settings": settings})
"""
MAIN = """
import builtins, resource, sys
builtins.exit = builtins.quit = sys.exit
for name, value in settings["rlimits"]:
    which = getattr(resource, name, None)
    if which is not None:
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(which, (value, value))
        except (ValueError, OSError):
            pass
if settings["ports"]:
    sys.modules["course.judging.worker"].hand_over(settings["door"], settings["ports"])
sys.modules["course.judging.worker"].serve(settings["alone"])
"""


@functools.cache
def _modules() -> tuple[Any, ...]:
    here = Path(__file__).parent
    return tuple(
        (
            f"course.judging.{name}",
            compile((here / f"{name}.py").read_text("utf-8"), f"<course.judging.{name}>", "exec"),
        )
        for name in SHIPPED
    )


def payload(
    limits: Limits, paths: list[str], alone: bool, limited: bool = True, counted: bool = True, door: int | str = ""
) -> bytes:
    """Return what the boot line reads first: settings and our modules, for an interpreter of the same version.

    `alone`: the worker has a PID namespace of its own; `counted`: and a user namespace, so that a limit on processes
    counts its own only. `door`: a connected Unix socket, or the path of one, for the sockets of its services.
    """
    rlimits = [
        ("RLIMIT_CORE", 0),
        ("RLIMIT_AS", 4 * limits.memory << 20),
        ("RLIMIT_FSIZE", limits.disk << 20),
        ("RLIMIT_NOFILE", limits.files),
        ("RLIMIT_CPU", int(limits.time * 20) + 10),
    ]
    if alone and counted:
        rlimits.append(("RLIMIT_NPROC", limits.processes))
    settings = {
        "paths": paths,
        "alone": alone,
        "rlimits": rlimits if limited else [],
        "door": door,
        "ports": len(limits.services),
    }
    raw = marshal.dumps((settings, _modules(), compile(MAIN, "<course>", "exec")))
    return struct.pack(">I", len(raw)) + raw


class Sandbox:
    """A running worker. Every method raises Ended when it is no more."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        limits: Limits,
        folder: Path | None = None,
        group: Group | None = None,
        wrapped: bool = False,
        door: socket.socket | None = None,
    ) -> None:
        """Take over a started process; `wrapped`: its only child is the first process of a PID namespace.

        `door`: the Unix socket at which it hands the sockets of its services over, connected or listening.
        """
        assert process.stdin and process.stdout and process.stderr
        self.process, self.limits, self.folder = process, limits, folder
        self.group, self.wrapped, self.door = group, wrapped, door
        self.weighed = time.monotonic()
        self.requests, self.replies, self.capture = (
            process.stdin.fileno(),
            process.stdout.fileno(),
            process.stderr.fileno(),
        )
        self.captured, self.captured_size = b"", 0
        self.selector = selectors.DefaultSelector()
        os.set_blocking(self.requests, False)
        for fd in (self.replies, self.capture):
            os.set_blocking(fd, False)
            self.selector.register(fd, selectors.EVENT_READ)
        self.buffer = bytearray()
        self.alive = True

    def listeners(self, deadline: float) -> dict[str, socket.socket]:
        """Return the sockets that the worker made in its own network before it ran anything, by service."""
        if not self.limits.services:
            return {}
        assert self.door
        try:
            self.door.settimeout(max(0.1, deadline - time.monotonic()))
            if self.door.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                listening, (self.door, _) = self.door, self.door.accept()
                listening.close()
                self.door.settimeout(max(0.1, deadline - time.monotonic()))
            _, given, _, _ = socket.recv_fds(self.door, 1, len(self.limits.services))
        except OSError:
            raise self.cause() from None
        made = [socket.socket(fileno=fd) for fd in given]
        if len(made) != len(self.limits.services):
            raise self.cause()
        return dict(zip(self.limits.services, made, strict=True))

    def exchange(self, message: Message, deadline: float, call_back: CallBack) -> Message:
        """Send a request and return its reply, serving callbacks meanwhile; their time does not count."""
        self.send(message, deadline)
        while True:
            reply = self.receive(deadline)
            if "left" in reply:
                status = reply["left"]
                raise self.cause(status) if type(status) is int else Ended("PROTOCOL", "a malformed message arrived")
            if "cb" not in reply:
                return reply
            before = time.monotonic()
            answer = call_back(reply)
            deadline += time.monotonic() - before
            self.send(answer, deadline)

    def end(self, deadline: float) -> None:
        """End the check's fork."""
        self.send({"op": "end", "id": 0}, deadline)
        while "left" not in self.receive(deadline):
            pass

    def send(self, message: Message, deadline: float) -> None:
        """Send a request before the deadline (of time.monotonic, in seconds)."""
        self.write(pack(message), deadline)

    def write(self, raw: bytes, deadline: float) -> None:
        """Write bytes to the worker before the deadline."""
        view = memoryview(raw)
        while view:
            try:
                view = view[os.write(self.requests, view) :]
            except BlockingIOError:
                self._wait(deadline, 0.02)
            except OSError:
                raise self.cause() from None

    def receive(self, deadline: float) -> Message:
        """Return the next message of the worker; raise Ended at the deadline, at a limit, or when it is gone."""
        try:
            size = struct.unpack(">I", self._exactly(4, deadline))[0]
            if size > MAX_FRAME:
                raise WireError("an oversized message arrived")
            return unpack(self._exactly(size, deadline))
        except WireError as error:
            raise Ended("PROTOCOL", str(error)) from None

    def _exactly(self, size: int, deadline: float) -> bytes:
        while len(self.buffer) < size:
            self._wait(deadline, 0.25)
        part = bytes(self.buffer[:size])
        del self.buffer[:size]
        return part

    def _wait(self, deadline: float, at_most: float) -> None:
        """Read what is there; watch time, memory and output."""
        now = time.monotonic()
        left = deadline - now
        if self.group and (self.group.cheap or left <= 0) and self.group.out_of_memory():
            raise self._too_large()
        if left <= 0:
            raise Ended("TIMEOUT", "it took longer than the time limit")
        if now - self.weighed > 0.1 and not (self.group and "memory" in self.group.folders):
            self.weighed = now
            if memory_of(self.process.pid) > self.limits.memory << 20:
                raise self._too_large()
        for key, _ in self.selector.select(min(left, at_most)):
            with contextlib.suppress(BlockingIOError):
                part = os.read(key.fd, 1 << 16)
                if key.fd == self.replies:
                    if not part:
                        raise self.cause()
                    self.buffer += part
                elif part:
                    self._keep(part)
                else:
                    self.selector.unregister(self.capture)

    def _keep(self, part: bytes) -> None:
        self.captured_size += len(part)
        self.captured = (self.captured + part)[: 1 << 16]
        if self.captured_size > self.limits.output << 20:
            raise Ended("OUTPUT_LIMIT", f"it wrote more than {self.limits.output} MiB of output")

    def _too_large(self) -> Ended:
        return Ended("MEMORY", f"it used more than {self.limits.memory} MiB of memory")

    def cause(self, status: int | None = None) -> Ended:
        """Return why the worker, or the fork of it with the given exit status, is gone."""
        if self.group and self.group.out_of_memory():
            return self._too_large()
        if status is not None:
            return ending(status)
        try:
            status = self.process.wait(2)
        except subprocess.TimeoutExpired:
            return Ended("PROTOCOL", "it closed the channel to the grader")
        return ending(status if status < 128 else 128 - status)

    def _kill_first_process(self) -> None:
        """Kill process 1 of the namespace, so that bubblewrap itself reaps it and leaves no zombie."""
        with contextlib.suppress(psutil.Error, OSError, subprocess.TimeoutExpired):
            for child in _children(self.process.pid):
                os.kill(child, signal.SIGKILL)
                self.process.wait(3)

    def kill(self) -> None:
        """End the process and everything it started; leave nothing behind."""
        if not self.alive:
            return
        self.alive = False
        with contextlib.suppress(OSError):
            self.captured = (self.captured + (os.read(self.capture, 1 << 16) or b""))[: 1 << 16]
        if self.wrapped:
            self._kill_first_process()
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait(10)
        if self.group:
            self.group.close()
        self.selector.close()
        if self.door:
            self.door.close()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def _children(pid: int) -> list[int]:
    """Return the processes that a process started; psutil reads all of the machine's to tell."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")  # noqa: PTH208 (a path object each is slow)
        return [int(child) for t in threads for child in Path(f"/proc/{pid}/task/{t}/children").read_text().split()]
    except OSError:
        return [child.pid for child in psutil.Process(pid).children()]


def memory_of(pid: int) -> int:
    """Return the bytes that a process and its descendants hold; pages that they share count once."""
    family = [pid]
    for each in family:
        with contextlib.suppress(psutil.Error):
            family += _children(each)
    total = sum(_held(each, "rss") for each in family)
    return total if total <= 64 << 20 else sum(_held(each, "pss") for each in family)  # which takes longer to count


def _held(pid: int, pages: str) -> int:
    """Return the bytes of a process; pages: "rss" counts those that others share in full, "pss" by their share."""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        if pages == "rss":
            return int(process.memory_info().rss)
        info = process.memory_full_info()
        return int(getattr(info, "pss", info.rss))
    return 0


def environment(home: str) -> dict[str, str]:
    """Return the environment of an answer; the same under every provider, so that verdicts agree."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": home,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "agg",
        "PYTHONTZPATH": "",  # time zones from the locked tzdata package, not from the machine
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


@contextlib.contextmanager
def door_for(limits: Limits) -> Iterator[tuple[socket.socket | None, int]]:
    """Yield our end of a socket, and the descriptor that a new process inherits and hands its services' sockets over by."""
    if not limits.services:
        yield None, -1
        return
    ours, theirs = socket.socketpair()
    with theirs:
        yield ours, theirs.fileno()


class Process:
    """Run the worker as an ordinary process with limits: for one's own code on one's own machine."""

    name = "process"
    isolates = False

    def start(self, limits: Limits) -> Sandbox:
        """Start a worker in a session and a folder of its own."""
        folder = Path(tempfile.mkdtemp(prefix="course-answer-"))
        with door_for(limits) as (door, theirs):
            process = subprocess.Popen(
                [sys.executable, "-s", "-P", "-S", "-B", "-c", BOOT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                cwd=folder,
                env={**environment(str(folder)), "TMPDIR": str(folder)},
                start_new_session=True,
                pass_fds=[theirs] if door else [],
                preexec_fn=_die_with_parent,
            )
        sandbox = Sandbox(process, limits, folder, door=door)
        first = payload(limits, [sysconfig.get_path("purelib")], alone=False, door=theirs)
        sandbox.write(first, time.monotonic() + 10)
        return sandbox


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
