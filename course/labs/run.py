"""A learner's lab: bring it up from work/labs/, check what runs, take it down."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from course.errors import CourseError
from course.judging.result import ExerciseResult
from course.labs import check as lab_check
from course.labs.compose import Compose
from course.labs.lab import Lab, Port, copy_of_learner, fingerprint, ports
from course.learning import workspace
from course.services import engine


def project(lab: Lab) -> Compose:
    """Return the lab's Compose project, one for each checkout; raise CourseError where no engine answers."""
    if problem := engine.problem():
        raise CourseError(
            "A lab needs a Docker engine, and none answers. Start Docker, or install it; "
            f"`course doctor` names the command for this machine. ({problem})"
        )
    checkout = hashlib.sha256(str(lab.root.resolve()).encode()).hexdigest()[:8]
    return Compose(copy_of_learner(lab), f"{lab.slug}-{checkout}")


def up(lab: Lab) -> Iterator[str]:
    """Build and start the lab, and yield what the learner wants to know; raise CourseError where that fails."""
    compose = project(lab)
    published = {port: int(os.environ.get(port.variable) or port.usual) for port in ports(compose.folder)}
    if not compose.services():
        for port, number in published.items():
            _free(lab, port, number)
    compose.up()
    workspace.write(_stamp(lab), fingerprint(compose.folder).encode())
    for number in published.values():
        yield f"{lab.slug} is healthy: 127.0.0.1:{number}"
    yield f"Try its behaviours with `course lab check {lab.slug}`, end it with `course lab down {lab.slug}`."


def check(lab: Lab) -> ExerciseResult:
    """Try the lab's behaviours on what is running; raise CourseError where nothing is."""
    compose = project(lab)
    if not compose.services():
        raise CourseError(f"{lab.slug} is not up. Start it with: course lab up {lab.slug}")
    stamp = _stamp(lab)
    changed = not stamp.is_file() or stamp.read_text() != fingerprint(compose.folder)
    note = f"Your files changed since the lab came up, and what runs is older: course lab up {lab.slug}"
    return lab_check.run(lab.slug, lab_check.load(lab.checks), compose, [note] * changed)


def held(lab: Lab) -> list[str]:
    """Return what a lab holds of the engine, in words."""
    compose = project(lab)
    label = f"label=com.docker.compose.project={compose.project}"
    counts = {
        "container": engine.run("docker", "ps", "--all", "--quiet", "--filter", label).split(),
        "network": engine.run("docker", "network", "ls", "--quiet", "--filter", label).split(),
        "volume with its data": engine.run("docker", "volume", "ls", "--quiet", "--filter", label).split(),
    }
    return [f"{len(found)} {what}{'s' * (len(found) != 1)}" for what, found in counts.items() if found]


def down(lab: Lab) -> None:
    """Remove the lab's containers, networks, images and volumes."""
    project(lab).down()
    _stamp(lab).unlink(missing_ok=True)


def _stamp(lab: Lab) -> Path:
    """Return the file that holds what the lab was built from."""
    return lab.root / "work/.course/labs" / lab.slug


def _free(lab: Lab, port: Port, number: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            raise CourseError(
                f"Port {number} of 127.0.0.1 is taken by another program. "
                f"End it, or choose another port: {port.variable}={number + 1} course lab up {lab.slug}"
            ) from None
