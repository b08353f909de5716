"""Servers as containers, through testcontainers."""

from __future__ import annotations

import functools
import os
import secrets
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.services import engine, images, runs
from course.services.table import Server

PROVIDER = "COURSE_SERVICES_PROVIDER"  # container or process; without it, a container where that is possible


@functools.cache
def _problem() -> str:
    return engine.problem()


def problem(server: Server) -> str:
    """Return why a server cannot be a container here, or nothing once its image is there."""
    chosen = os.environ.get(PROVIDER, "")
    if chosen not in ("", "container", "process"):
        raise CourseError(f"{PROVIDER} is {chosen!r}; it must be container or process.")
    if chosen == "process":
        return f"{PROVIDER} asks for processes"
    try:
        return _problem() or (images.ensure(server.image) and "")
    except CourseError as error:
        return str(error)


def start(server: Server, run: Path, password: str, disk: int | None) -> dict[str, Any]:
    """Start a container and return where it answers; it is labelled with its run before it exists."""
    from testcontainers.core.config import testcontainers_config
    from testcontainers.core.container import DockerContainer

    testcontainers_config.ryuk_disabled = True  # a run sweeps its own, also where the reaper's image cannot be had
    (run / "containers").touch()
    name = f"{runs.PREFIX}{server.name}-{secrets.token_hex(4)}"
    limit = f"{server.memory}m"
    container = DockerContainer(server.image.name).with_name(name).with_kwargs(
        labels={runs.LABEL: str(run)}, mem_limit=limit, memswap_limit=limit, pids_limit=512
    )  # fmt: skip
    for key, value in server.environment.items():
        container.with_env(key, value.format(password=password))
    if server.arguments:
        container.with_command([each.format(password=password) for each in server.arguments])
    if disk and server.data:
        container.with_tmpfs_mount(server.data, f"size={disk}m")
    host = container.get_container_host_ip() if "DOCKER_HOST" in os.environ else "127.0.0.1"
    container.with_exposed_ports(server.port)
    if host == "127.0.0.1":  # not to the whole network
        ports: dict[str, Any] = container.ports
        ports[str(server.port)] = (host, None)
    container.start()
    port = container.get_exposed_port(server.port)
    return {"container": name, "host": host, "port": port}


def log(name: str) -> str:
    """Return the last lines that a container wrote."""
    try:
        return engine.run("sh", "-c", 'exec docker logs --tail 8 "$0" 2>&1', name)
    except CourseError:
        return ""
