"""A lab's services as processes of this machine: for machines without an engine. It says so: no image, no network."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil
import yaml

from course.labs.running import Command


class Processes:
    """Run each service as a session of its own, with a folder for its data; leaving the block ends all of them."""

    provider = "process"

    def __init__(self, folder: Path, commands: dict[str, Command], settings: dict[str, str]) -> None:
        self.folder, self.commands, self.settings = folder, commands, settings
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.ports = {service: free_port() for service in commands}
        self.described = yaml.safe_load((folder / "compose.yaml").read_text("utf-8"))["services"]

    def __enter__(self) -> Processes:
        self._made = tempfile.TemporaryDirectory(prefix="course-lab-")
        for service in self.commands:
            self.folder_of(service).mkdir()
            self.start(service)
        return self

    def __exit__(self, *_: object) -> None:
        for service, process in self.running.items():
            if process.poll() is None:  # else its number may be another's by now
                self.signal(service, "KILL")
        self._made.cleanup()

    def folder_of(self, service: str) -> Path:
        """Return the folder with a service's data."""
        return Path(self._made.name, service)

    def address(self, service: str) -> tuple[str, int]:
        """Return host and port of a service."""
        return "127.0.0.1", self.ports[service]

    def start(self, service: str) -> None:
        """Start a service that has ended, on the data it left."""
        command, described = self.commands[service], self.described[service]
        largest = described.get("ulimits", {}).get("fsize")
        places = {"port": str(self.ports[service]), "data": str(self.folder_of(service))}
        own = {name: value.format(**places) for name, value in command.environment.items()}
        with Path(self._made.name, "log").open("ab") as log:
            process = subprocess.Popen(
                ["sh", "-c", 'ulimit -f "$0" && exec "$@"', str(largest // 512) if largest else "unlimited",
                 sys.executable, "-s", *command.arguments], cwd=self.folder, env={**os.environ, **self.settings, **own},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.running[service] = process
        limit = int(described["mem_limit"].removesuffix("m"))
        threading.Thread(target=_watch, args=(process, limit), daemon=True).start()

    def signal(self, service: str, name: str) -> None:
        """Send a signal to a service; KILL ends its whole session, as the end of a container would."""
        process = self.running[service]
        with contextlib.suppress(ProcessLookupError):
            if name == "KILL":
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            elif process.poll() is None:
                process.send_signal(signal.Signals[f"SIG{name}"])

    def ended(self, service: str, seconds: float) -> int | None:
        """Wait until a service has ended and return its exit code; None when it still runs."""
        try:
            code = self.running[service].wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        self.signal(service, "KILL")  # what it left running
        return code

    def freeze(self, service: str) -> None:
        """Stop a service from running."""
        self.signal(service, "STOP")

    def thaw(self, service: str) -> None:
        """Let a frozen service run on."""
        self.signal(service, "CONT")

    def read(self, service: str, path: str) -> bytes:
        """Return a file of a service's data; nothing where there is none."""
        file = self._file(service, path)
        return file.read_bytes() if file.exists() else b""

    def write(self, service: str, path: str, content: bytes) -> None:
        """Replace a file of a service's data."""
        self._file(service, path).write_bytes(content)

    def _file(self, service: str, path: str) -> Path:
        return self.folder_of(service) / Path(path).relative_to(self.commands[service].data)

    def log(self, lines: int = 15) -> str:
        """Return the last lines that the services wrote."""
        written = Path(self._made.name, "log").read_text("utf-8", "replace")
        return "\n".join(written.splitlines()[-lines:])


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _watch(process: subprocess.Popen[bytes], memory: int) -> None:
    """End a process with its children when they hold more than `memory` MiB, as an engine does."""
    while process.poll() is None:
        held = 0
        with contextlib.suppress(psutil.Error):
            parent = psutil.Process(process.pid)
            held = sum(each.memory_info().rss for each in (parent, *parent.children(recursive=True)))
        if held > memory * 2**20:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        time.sleep(0.05)
