"""Processor and wall seconds of commands, with everything they started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from course.judging.cgroup import BASE

Command = tuple[list[str], Path, dict[str, str] | None]  # arguments, folder, environment


@dataclass(frozen=True)
class Spent:
    """Seconds: of the wall, of all processors."""

    wall: float
    cpu: float


class Meter:
    """A control group for accounting. A parent's own count of its children would miss what ran inside a sandbox."""

    def __init__(self) -> None:
        """Make the group; for that one has to be root, or to have been given a group of one's own."""
        lines = [line.split(":", 2) for line in Path("/proc/self/cgroup").read_text().splitlines()]
        own = {name: path.lstrip("/") for _, names, path in lines for name in names.split(",")}
        first = BASE / "cpuacct" / own["cpuacct"] if "cpuacct" in own else BASE / own[""]
        self.folder = first / f"benchmark-{os.getpid()}"
        try:
            self.folder.mkdir()
        except OSError as error:
            raise SystemExit(f"{self.folder} cannot be made ({error.strerror}); run this benchmark as root.") from None

    def cpu(self) -> float:
        """Return the processor seconds spent in the group so far."""
        usage = self.folder / "cpuacct.usage"
        if usage.exists():
            return int(usage.read_text()) / 1e9
        return int((self.folder / "cpu.stat").read_text().split()[1]) / 1e6

    def enter(self) -> None:
        """Put the calling process into the group."""
        (self.folder / "cgroup.procs").write_text("0")

    def run(self, commands: list[Command], limit: float | None = None) -> Spent:
        """Run commands side by side and return what they took; at the limit, in seconds, everything is killed."""
        before, began = self.cpu(), time.monotonic()
        running = [
            subprocess.Popen(
                arguments, cwd=folder, env=variables, preexec_fn=self.enter, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            for arguments, folder, variables in commands
        ]  # fmt: skip
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(None if limit is None else max(0.1, limit - (time.monotonic() - began)))
        wall = time.monotonic() - began
        self.sweep()
        for process in running:
            process.wait()
        return Spent(wall, self.cpu() - before)

    def sweep(self) -> None:
        """Kill what is left in the group."""
        deadline = time.monotonic() + 10
        while (left := (self.folder / "cgroup.procs").read_text().split()) and time.monotonic() < deadline:
            for pid in left:
                with contextlib.suppress(OSError):
                    os.kill(int(pid), signal.SIGKILL)
            time.sleep(0.02)

    def close(self) -> None:
        """Remove the group."""
        self.sweep()
        self.folder.rmdir()
