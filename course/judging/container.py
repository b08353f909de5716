"""A provider for machines with a Docker engine: the worker in a container with everything switched off."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import socket
import subprocess
import sysconfig
import tempfile
import time
from pathlib import Path

from course.errors import CourseError
from course.judging import seccomp
from course.judging.limits import Limits
from course.judging.sandbox import BOOT, Sandbox, environment, payload
from course.services import engine, images

NUMBERS = itertools.count()


class Named:
    """One container by its name, in the place of a control group: what the engine knows of it, and its end."""

    folders = frozenset({"memory"})  # the engine limits it
    cheap = False

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder

    def out_of_memory(self) -> bool:
        """Say whether the kernel ended a process of the container for its memory."""
        asked = ["docker", "inspect", "--format", "{{.State.OOMKilled}}", self.name]
        return subprocess.run(asked, capture_output=True, text=True, timeout=20).stdout.strip() == "true"

    def close(self) -> None:
        """Remove the container."""
        subprocess.run(["docker", "rm", "--force", self.name], capture_output=True, timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)


class Container:
    """Run each worker in a container of its own."""

    name = "container"
    isolates = True

    def problem(self) -> str:
        """Return why this provider cannot be had here, or nothing."""
        try:
            return engine.problem() or (images.ensure(images.PYTHON) and "")
        except CourseError as error:
            return str(error)

    def start(self, limits: Limits) -> Sandbox:
        """Start a worker."""
        name = f"course-{os.getpid()}-{next(NUMBERS)}"
        folder = Path(tempfile.mkdtemp(prefix="course-container-"))
        profile = folder / "seccomp.json"
        profile.write_text(seccomp.docker_profile())
        door = _door(folder / "door") if limits.services else None
        tmpfs = f"rw,nosuid,nodev,size={limits.disk}m"
        options = {
            "name": name, "hostname": "sandbox", "user": "60000:60000", "workdir": "/work", "network": "none", "ipc": "none",
            "cap-drop": "ALL", "pids-limit": limits.processes + 8, "memory": f"{limits.memory}m",
            "memory-swap": f"{limits.memory}m", "cpus": 1, "log-driver": "none",
        }  # fmt: skip
        command = ["docker", "run", "--interactive", "--init", "--read-only", "--pull=never"]
        command += [f"--{key}={value}" for key, value in options.items()]
        command += ["--security-opt", f"seccomp={profile}", "--security-opt", "no-new-privileges"]
        command += ["--tmpfs", f"/work:{tmpfs},mode=0700,uid=60000,gid=60000", "--tmpfs", f"/tmp:{tmpfs},mode=1777"]
        command += ["--volume", f"{sysconfig.get_path('purelib')}:/opt/py/site:ro"]
        if door:
            command += ["--volume", f"{folder / 'door'}:/run/door"]
        for key, value in environment("/work").items():
            command += ["--env", f"{key}={value}"]
        # the engine does not end a container with whoever asked for it: it ends itself after a while
        command += [images.PYTHON.name, "timeout", "-s", "KILL", str(int(limits.time * 60 + 60))]
        command += ["python3", "-s", "-P", "-S", "-B", "-c", BOOT]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,
        )
        sandbox = Sandbox(process, limits, group=Named(name, folder), door=door)
        with contextlib.suppress(Exception):  # one that did not start says so at its first request
            first = payload(limits, ["/opt/py/site"], alone=True, counted=False, door="/run/door/socket")
            sandbox.write(first, time.monotonic() + 20)
        return sandbox


def _door(folder: Path) -> socket.socket:
    """Return a listening Unix socket in a folder that the container mounts; one connection is taken from it."""
    folder.mkdir()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(folder / "socket"))
    (folder / "socket").chmod(0o666)
    folder.chmod(0o755)
    listening.listen(1)
    return listening
