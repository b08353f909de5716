"""A control group for one sandbox: memory, processes and processor, where this user may make one."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import time
from pathlib import Path

BASE = Path("/sys/fs/cgroup")
NUMBERS = itertools.count()


class ControlGroup:
    """Folders of cgroup v1 (one a controller) or one of v2; none where the kernel or the rights do not allow it."""

    cheap = True

    def __init__(self, memory: int, processes: int, cores: float = 1.0) -> None:
        """Make the group. `memory` in bytes for everything inside, `cores` as a share of one processor."""
        self.folders: dict[str, Path] = {}
        self.events = -1  # the open file that counts what the kernel ended for its memory: it is read with each reply
        name, quota = f"course-{os.getpid()}-{next(NUMBERS)}", str(int(cores * 100_000))
        limits: dict[str, dict[str, object]] = {
            "memory": {"memory.limit_in_bytes": memory, "memory.memsw.limit_in_bytes": memory},
            "pids": {"pids.max": processes},
            "cpu": {"cpu.cfs_quota_us": quota},
        }
        own = _own()
        for controller, values in limits.items():
            if controller in own:
                self._make(controller, BASE / controller / own[controller].lstrip("/") / name, values)
        if not self.folders and "" in own:
            v2: dict[str, object] = {
                "memory.max": memory,
                "memory.swap.max": 0,
                "pids.max": processes,
                "cpu.max": f"{quota} 100000",
            }
            parent = BASE / own[""].lstrip("/")
            with contextlib.suppress(OSError):
                if {"memory", "pids"} <= set((parent / "cgroup.subtree_control").read_text().split()):
                    self._make("memory", parent / name, v2)

    def _make(self, controller: str, folder: Path, values: dict[str, object]) -> None:
        with contextlib.suppress(OSError):
            folder.mkdir()
            self.folders[controller] = folder
            for file, value in values.items():
                with contextlib.suppress(OSError):
                    (folder / file).write_text(str(value))

    def enter(self) -> None:
        """Put the calling process into the group."""
        for folder in self.folders.values():
            (folder / "cgroup.procs").write_text("0")

    def out_of_memory(self) -> bool:
        """Say whether the kernel ended a process of the group for its memory."""
        if self.events < 0 and (folder := self.folders.get("memory")):
            for name in ("memory.oom_control", "memory.events"):
                with contextlib.suppress(OSError):
                    self.events = os.open(folder / name, os.O_RDONLY | os.O_CLOEXEC)
        if self.events < 0:
            return False
        words = os.pread(self.events, 4096, 0).split()
        return int(words[words.index(b"oom_kill") + 1]) > 0

    def close(self) -> None:
        """End every process of the group and remove it."""
        deadline = time.monotonic() + 3
        if self.events >= 0:
            os.close(self.events)
            self.events = -1
        for folder in self.folders.values():
            while folder.exists() and time.monotonic() < deadline:
                with contextlib.suppress(OSError, ValueError):
                    for pid in (folder / "cgroup.procs").read_text().split():
                        os.kill(int(pid), signal.SIGKILL)
                try:
                    folder.rmdir()
                except OSError:
                    time.sleep(0.005)


def _own() -> dict[str, str]:
    """Return the path of this process's group by controller; "" is the key of version 2."""
    try:
        lines = Path("/proc/self/cgroup").read_text().splitlines()
    except OSError:
        return {}
    return {
        controller: path for _, names, path in (line.split(":", 2) for line in lines) for controller in names.split(",")
    }
