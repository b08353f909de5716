"""A lab's services as containers: one Compose project with a name of its own, so that two runs never meet."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from pathlib import Path

from course.errors import CourseError
from course.labs.lab import settings
from course.services import engine, images

UP_SECONDS = 240  # six stores and a million seats, on a machine that does something else beside
WORLD = Path(__file__).parents[2] / "labs/boxoffice"


class Compose:
    """The project of one run. `variables` replace those of compose.yaml, `more` are further compose files."""

    provider = "container"

    def __init__(self, folder: Path, project: str, variables: dict[str, str] | None = None, *more: Path) -> None:
        self.folder, self.project, self.settings = folder, project, settings(folder)
        self.files = [folder / "compose.yaml", *more]
        lent = {"COURSE_WORLD": str(WORLD)}
        if Path(images.AUTHORITIES).is_file():
            lent["COURSE_AUTHORITIES"] = images.AUTHORITIES
        self.environment = {**self.settings, **images.variables(), **lent, **os.environ, **(variables or {})}
        self.names: dict[str, str] = {}
        self.published: dict[str, int] = {}

    def __enter__(self) -> Compose:
        try:
            self.up()
        except BaseException:
            self.down()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.down()

    def compose(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `docker compose`; raise CourseError with what it said where it fails."""
        files = [part for file in self.files for part in ("--file", str(file))]
        done = subprocess.run(
            ["docker", "compose", "--project-name", self.project, "--project-directory", str(self.folder), *files, *arguments],
            env=self.environment, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL, timeout=600,
        )  # fmt: skip
        if check and done.returncode:
            said = [line for line in done.stderr.strip().splitlines() if line.strip()]
            raise CourseError(f"`docker compose {arguments[0]}` failed: " + "\n".join(said[-8:]))
        return done

    def up(self) -> None:
        """Build, start and wait until every service is healthy; raise CourseError with the last lines of the log."""
        images.provide("".join(file.read_text("utf-8") for file in self.files))
        self.names.clear()
        self.compose("build", "--quiet")
        done = self.compose("up", "--detach", "--wait", "--wait-timeout", str(UP_SECONDS), check=False)
        if done.returncode:
            said = done.stderr.strip().splitlines() or ["no reason was given"]
            raise CourseError(f"The services do not come up healthy: {said[-1]}\nTheir last lines:\n{self.log()}")
        self._prune()

    def down(self) -> None:
        """Remove containers, networks, volumes and the images that were built."""
        self.compose("down", "--volumes", "--remove-orphans", "--rmi", "local", "--timeout", "3")
        self._prune()

    def _prune(self) -> None:
        """Remove the images that an earlier build of this project left without a name."""
        engine.run(
            "docker", "image", "prune", "--force", "--filter", f"label=com.docker.compose.project={self.project}"
        )

    def services(self) -> list[str]:
        """Return the services that have a container, running or not."""
        return self.compose("ps", "--all", "--services").stdout.split()

    def container(self, service: str) -> str:
        """Return the container of a service; raise CourseError where there is none."""
        if service not in self.names:
            found = self.compose("ps", "--all", "--quiet", service).stdout.split()
            if not found:
                raise CourseError(f"There is no container of {service}; bring the lab up first.")
            self.names[service] = found[0]
        return self.names[service]

    def address(self, service: str) -> tuple[str, int]:
        """Return host and port of a service: of the first port that it publishes."""
        if service not in self.published:
            listed = "{{range .HostConfig.PortBindings}}{{(index . 0).HostPort}} {{end}}"
            found = engine.run("docker", "inspect", "--format", listed, self.container(service))
            self.published[service] = int(found.split()[0])
        return "127.0.0.1", self.published[service]

    def signal(self, service: str, name: str) -> None:
        """Send a signal to a service; one that has ended gets none."""
        subprocess.run(["docker", "kill", "--signal", name, self.container(service)], capture_output=True, timeout=30)

    def ended(self, service: str, seconds: float) -> int | None:
        """Wait until a service has ended and return its exit code; None when it still runs."""
        name = self.container(service)
        if not seconds:
            state, code = engine.run(
                "docker", "inspect", "--format", "{{.State.Status}} {{.State.ExitCode}}", name
            ).split()
            return int(code) if state == "exited" else None
        try:
            return int(engine.run("docker", "wait", name, seconds=seconds))
        except CourseError:
            return None

    def start(self, service: str) -> None:
        """Start a service that has ended."""
        engine.run("docker", "start", self.container(service))

    def freeze(self, service: str) -> None:
        """Stop every process of a service, except for its first, which only passes signals on.

        Not by a pause: one that meets the start of a health check can leave the whole engine waiting for this container.
        """
        self.execute(service, "sh", "-c", "kill -s STOP -- -1")

    def thaw(self, service: str) -> None:
        """Let a frozen service run on."""
        self.execute(service, "sh", "-c", "kill -s CONT -- -1")

    def cut(self, service: str) -> None:
        """Take a service off its network."""
        engine.run("docker", "network", "disconnect", f"{self.project}_default", self.container(service))

    def join(self, service: str) -> None:
        """Put a service back on its network, under its name there."""
        network = f"{self.project}_default"
        engine.run("docker", "network", "connect", "--alias", service, network, self.container(service))

    def execute(self, service: str, *command: str, seconds: float = 60) -> str:
        """Run a command in a service's container and return its output; raise CourseError where it fails."""
        return engine.run("docker", "exec", self.container(service), *command, seconds=seconds)

    def read(self, service: str, path: str) -> bytes:
        """Return a file of a service; nothing where there is none."""
        command = ["docker", "cp", f"{self.container(service)}:{path}", "-"]
        done = subprocess.run(command, capture_output=True, timeout=60)
        if done.returncode:
            return b""
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            file = archive.extractfile(archive.getmembers()[0])
            return file.read() if file else b""

    def write(self, service: str, path: str, content: bytes) -> None:
        """Replace a file of a service, in the name of the user it runs as."""
        folder, _, name = path.rpartition("/")
        user, _, group = engine.run(
            "docker", "inspect", "--format", "{{.Config.User}}", self.container(service)
        ).partition(":")
        member, stream = tarfile.TarInfo(name), io.BytesIO()
        member.size, member.uid, member.gid = len(content), int(user or 0), int(group or user or 0)
        with tarfile.open(fileobj=stream, mode="w") as archive:
            archive.addfile(member, io.BytesIO(content))
        command = ["docker", "cp", "-", f"{self.container(service)}:{folder}"]
        done = subprocess.run(command, input=stream.getvalue(), capture_output=True, timeout=60)
        if done.returncode:
            raise CourseError(f"{path} of {service} cannot be written: {done.stderr.decode(errors='replace').strip()}")

    def log(self, lines: int = 15) -> str:
        """Return the last lines that the services wrote."""
        said = []
        for service in self.services():
            command = ["docker", "logs", "--tail", str(lines), self.container(service)]
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=30)
            said += [f"{service}: {line}" for line in done.stdout.decode(errors="replace").splitlines()]
        return "\n".join(said)
