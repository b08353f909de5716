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
import struct
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from course.wire import MAX_FRAME, WireError, pack, unpack

SHIPPED = ("wire", "cells", "worker")  # our modules that run beside student code, in the order of their imports


@dataclass(frozen=True)
class Limits:
    """What one submission may use. `time`: seconds a check or a cell; sizes in MiB, disk for each writable place."""

    time: float = 5.0
    memory: int = 512
    disk: int = 64
    output: int = 1
    processes: int = 64
    files: int = 128


class Ended(Exception):
    """The sandbox ended before it answered. `verdict` is one of course.result.ENDINGS."""

    def __init__(self, verdict: str, text: str) -> None:
        super().__init__(text)
        self.verdict, self.text = verdict, text


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
sys.modules["course.worker"].serve(settings["alone"])
"""


@functools.cache
def _modules() -> tuple[Any, ...]:
    here = Path(__file__).parent
    return tuple(
        (f"course.{name}", compile((here / f"{name}.py").read_text("utf-8"), f"<course.{name}>", "exec"))
        for name in SHIPPED
    )


def payload(limits: Limits, paths: list[str], alone: bool) -> bytes:
    """Return what the boot line reads first: settings and our modules, for an interpreter of the same version."""
    rlimits = [
        ("RLIMIT_CORE", 0),
        ("RLIMIT_AS", 4 * limits.memory << 20),
        ("RLIMIT_FSIZE", limits.disk << 20),
        ("RLIMIT_NOFILE", limits.files),
        ("RLIMIT_CPU", int(limits.time * 20) + 10),
    ]
    settings = {"paths": paths, "alone": alone, "rlimits": rlimits}
    raw = marshal.dumps((settings, _modules(), compile(MAIN, "<course>", "exec")))
    return struct.pack(">I", len(raw)) + raw


class Sandbox:
    """A running worker. Every method raises Ended when it is no more."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits, folder: Path | None = None) -> None:
        assert process.stdin and process.stdout and process.stderr
        self.process, self.limits, self.folder = process, limits, folder
        self.requests, self.replies, self.capture = (
            process.stdin.fileno(),
            process.stdout.fileno(),
            process.stderr.fileno(),
        )
        self.captured, self.captured_size = b"", 0
        self.selector = selectors.DefaultSelector()
        for fd in (self.replies, self.capture):
            os.set_blocking(fd, False)
            self.selector.register(fd, selectors.EVENT_READ)
        self.buffer = bytearray()
        self.alive = True

    def send(self, message: dict[str, Any], deadline: float) -> None:
        """Send a request before the deadline (of time.monotonic, in seconds)."""
        self.write(pack(message), deadline)

    def write(self, raw: bytes, deadline: float) -> None:
        """Write bytes to the worker before the deadline."""
        os.set_blocking(self.requests, False)
        view = memoryview(raw)
        while view:
            try:
                view = view[os.write(self.requests, view) :]
            except BlockingIOError:
                self._wait(deadline, 0.02)
            except OSError:
                raise self.cause() from None

    def receive(self, deadline: float) -> dict[str, Any]:
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
        left = deadline - time.monotonic()
        if left <= 0:
            raise Ended("TIMEOUT", "it took longer than the time limit")
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

    def cause(self) -> Ended:
        """Return why the worker is gone."""
        try:
            status = self.process.wait(2)
        except subprocess.TimeoutExpired:
            return Ended("PROTOCOL", "it closed the channel to the grader")
        return ending(status if status < 128 else 128 - status)

    def kill(self) -> None:
        """End the process and everything it started; leave nothing behind."""
        if not self.alive:
            return
        self.alive = False
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait(10)
        self.selector.close()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def ending(status: int) -> Ended:
    """Return the verdict for an exit status; negative for a signal, as subprocess has it."""
    if status == 97:
        return Ended("OUTPUT_LIMIT", "it printed too much")
    if status == -signal.SIGXCPU:
        return Ended("TIMEOUT", "it used more than its processor time")
    if status == -signal.SIGKILL:
        return Ended("KILLED", "it was killed")
    if status < 0:
        with contextlib.suppress(ValueError):
            return Ended("CRASH", f"it died of {signal.Signals(-status).name}")
        return Ended("CRASH", f"it died of signal {-status}")
    return Ended("EXITED", f"it ended the process itself (status {status})")


class Process:
    """Run the worker as an ordinary process with limits: for one's own code on one's own machine."""

    name = "process"
    isolates = False

    def start(self, limits: Limits) -> Sandbox:
        """Start a worker in a session and a folder of its own."""
        folder = Path(tempfile.mkdtemp(prefix="course-answer-"))
        env = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "LANG": "C.UTF-8",
            "MPLBACKEND": "agg",
        }
        env |= {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        process = subprocess.Popen(
            [sys.executable, "-s", "-P", "-S", "-B", "-c", BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            cwd=folder,
            env=env,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        sandbox = Sandbox(process, limits, folder)
        sandbox.write(payload(limits, [sysconfig.get_path("purelib")], alone=False), time.monotonic() + 10)
        return sandbox


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
