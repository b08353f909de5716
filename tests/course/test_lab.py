"""`course lab`: a small lab is brought up, checked and taken down; what goes wrong is said in a sentence."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from course import index
from course.labs import check as lab_check
from course.labs import lab
from course.labs import run as lab_run
from course.labs.process import Processes, free_port
from course.labs.running import Command
from course.learning import workspace

from .conftest import CHAPTER, SmallCourse

PLACE = f"{CHAPTER}/gate"
SERVER = """\
import os, socketserver

class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(WORD)

class Server(socketserver.TCPServer):
    allow_reuse_address = True

WORD = b"closed"
print("serving", flush=True)
Server(("", int(os.environ.get("PORT", "7007"))), Talk).serve_forever()
"""
COMPOSE = """\
services:
  gate:
    build: {context: ., args: {PYTHON_IMAGE: "${COURSE_PYTHON_IMAGE:-python:3.13-slim}"}}
    command: [python3, -c, "${GATE_PROGRAM:-import gate}"]
    volumes: ["data:/data"]
    init: true
    mem_limit: 64m
    ports: ["127.0.0.1:${GATE_PORT:-7007}:7007"]
    healthcheck: {test: [CMD, python3, -c, "import socket; socket.create_connection(('127.0.0.1', 7007))"], interval: 1s}
volumes: {data: {}}
"""
CHECKS = '''
import asyncio
import contextlib
import socket

from course.errors import CourseError
from course.labs.check import Missed


async def prepare(lab):
    await asyncio.sleep(0.2)


async def check_the_gate_opens(lab):
    """Whoever comes is let in."""
    with socket.create_connection(lab.address("gate"), 5) as connection:
        if (word := connection.recv(9).decode()) != "open":
            raise Missed("a guest", word, "open", "the guest \\x1b[31mpaid")


async def check_trouble(lab):
    """It keeps its promises."""
    raise ConnectionResetError("hung up")


async def check_engine(lab):
    """It can be looked at."""
    async with asyncio.TaskGroup():
        raise CourseError("the engine is away")
'''


@pytest.fixture
def small_lab(small: SmallCourse) -> SmallCourse:
    """A course with a lab of one service."""
    written = {"status": "written", "minutes": 90, "skills": "patience", "needs": ["01-core-python/01-gates"]}
    small.index["chapters"][0]["lab"] = {"slug": "gate", "title": "The gate at work", **written}
    small.index["capstone"] = {"slug": "end", "title": "End", "status": "planned"}
    small.files |= {
        f"labs/{PLACE}/compose.yaml": COMPOSE,
        f"labs/{PLACE}/Dockerfile": "ARG PYTHON_IMAGE\nFROM ${PYTHON_IMAGE}\nWORKDIR /srv\nCOPY gate.py .\n",
        f"labs/{PLACE}/lab.env": "# Settings.\nGATE_KEY=key\n",
        f"labs/{PLACE}/gate.py": SERVER,
        f"tests/labs/{PLACE}/checks.py": CHECKS,
        f"solutions/labs/{PLACE}/gate.py": SERVER.replace("closed", "open"),
    }
    small.write()
    workspace.sync(small.root)
    shutil.copytree(index.root() / "course", small.root / "course", ignore=shutil.ignore_patterns("__pycache__"))
    return small


def course(small: SmallCourse, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command line of a small course, in which the package was copied."""
    command = [sys.executable, "-m", "course.cli", *arguments]
    return subprocess.run(
        command, cwd=small.root, env=os.environ | variables, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def taken_down(small_lab: SmallCourse) -> Iterator[SmallCourse]:
    """The small lab, whose containers are removed whatever happens."""
    yield small_lab
    course(small_lab, "lab", "down", "gate")


def test_a_lab_has_four_places_and_its_settings_and_ports(small_lab: SmallCourse) -> None:
    found = lab.find("gate", small_lab.root)
    assert [path.is_dir() for path in (found.start, found.work, found.checks, found.solution)] == [True] * 4
    assert lab.settings(found.work) == {"GATE_KEY": "key"}
    assert lab.ports(found.work) == [lab.Port("GATE_PORT", 7007, 7007)]


def test_the_finished_lab_is_the_start_state_with_the_solution_over_it(small_lab: SmallCourse, tmp_path: Path) -> None:
    done = lab.finished(lab.find("gate", small_lab.root), tmp_path / "done")
    assert 'WORD = b"open"' in (done / "gate.py").read_text() and (done / "compose.yaml").is_file()


def test_a_fingerprint_changes_with_any_file(small_lab: SmallCourse) -> None:
    work = lab.find("gate", small_lab.root).work
    before = lab.fingerprint(work)
    (work / "new.py").write_text("")
    assert lab.fingerprint(work) != before


def test_an_edited_lab_file_stays_and_a_new_version_is_put_beside_it(small_lab: SmallCourse) -> None:
    small_lab.edit(f"work/labs/{PLACE}/gate.py", "closed", "mine")
    small_lab.edit(f"labs/{PLACE}/gate.py", "closed", "later")
    report = workspace.sync(small_lab.root)
    assert "mine" in small_lab.read(f"work/labs/{PLACE}/gate.py")
    assert "later" in small_lab.read(f"work/labs/{PLACE}/gate.new.py")
    assert "gate.py is yours and stays" in report.notes[0]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gates", "There is no lab 'gates'. Did you mean gate?"),
        ("end", "The lab end is planned and not written yet. There is gate."),
    ],
)
def test_a_lab_that_cannot_be_had_is_answered_with_what_there_is(small_lab: SmallCourse, name: str, said: str) -> None:
    done = course(small_lab, "lab", "up", name)
    assert (done.returncode, done.stderr.strip()) == (2, said)


def test_a_machine_without_docker_is_told_what_to_do(small_lab: SmallCourse, tmp_path: Path) -> None:
    done = course(small_lab, "lab", "up", "gate", PATH=str(tmp_path))
    assert done.returncode == 2
    assert "A lab needs a Docker engine, and none answers. Start Docker, or install it" in done.stderr
    assert "(docker is not installed)" in done.stderr


def test_checks_of_a_process_tell_what_was_missed_what_broke_and_what_could_not_be_tried(
    small_lab: SmallCourse,
) -> None:
    found = lab.find("gate", small_lab.root)
    command = Command(("-c", "import gate"), "/data", {"PORT": "{port}"})
    with Processes(found.work, {"gate": command}, {}) as services:
        while not services.log():
            pass
        result = lab_check.run("gate", lab_check.load(found.checks), services)
    opens, trouble, engine = result.checks
    assert [check.verdict for check in result.checks] == ["FAIL", "FAIL", "UNCHECKED"]
    assert (opens.description, opens.call, opens.got, opens.expected) == (
        "Whoever comes is let in.", "a guest", "closed", "open",
    )  # fmt: skip
    assert opens.why == "the guest \N{REPLACEMENT CHARACTER}[31mpaid"
    assert trouble.got == "ConnectionResetError: hung up"
    assert engine.why == "CourseError: the engine is away"


def test_a_process_keeps_its_data_over_a_kill_and_leaves_nothing(small_lab: SmallCourse) -> None:
    found = lab.find("gate", small_lab.root)
    command = Command(("-c", "import gate"), "/data", {"PORT": "{port}"})
    with Processes(found.work, {"gate": command}, {}) as services:
        services.write("gate", "/data/journal", b"one\n")
        services.signal("gate", "KILL")
        assert services.ended("gate", 5) == -9
        services.start("gate")
        assert services.ended("gate", 0) is None
        assert (services.read("gate", "/data/journal"), services.read("gate", "/data/other")) == (b"one\n", b"")
        folder, process = services.folder_of("gate"), services.running["gate"]
    assert not folder.exists() and process.poll() is not None


@pytest.mark.needs("docker")
def test_a_learner_brings_a_lab_up_checks_it_and_takes_it_down(taken_down: SmallCourse) -> None:
    port = str(free_port())
    up = course(taken_down, "lab", "up", "gate", GATE_PORT=port)
    assert up.returncode == 0, up.stderr
    assert f"gate is healthy: 127.0.0.1:{port}" in up.stdout

    taken_down.edit(f"work/labs/{PLACE}/gate.py", "closed", "open")
    check = course(taken_down, "lab", "check", "gate", "--json")
    result = json.loads(check.stdout)
    assert (check.returncode, result["verdict"], result["checks"][0]["got"]) == (1, "UNCHECKED", "closed")
    assert "Your files changed since the lab came up" in result["notes"][0]

    again = course(taken_down, "lab", "up", "gate", GATE_PORT=port)
    assert again.returncode == 0, again.stderr

    down = course(taken_down, "lab", "down", "gate")
    assert "Removing what gate holds: 1 container, 1 network, 1 volume with its data." in down.stdout
    assert "nothing is there" in course(taken_down, "lab", "down", "gate").stdout
    project = lab_run.project(lab.find("gate", taken_down.root)).project
    for kind in (("ps", "--all"), ("network", "ls"), ("volume", "ls"), ("image", "ls")):
        label = f"label=com.docker.compose.project={project}"
        assert subprocess.check_output(["docker", *kind, "--quiet", "--filter", label]) == b"", kind
    gone = course(taken_down, "lab", "check", "gate")
    assert gone.returncode == 2 and "gate is not up. Start it with: course lab up gate" in gone.stderr


@pytest.mark.needs("docker")
def test_a_port_that_is_taken_is_named_with_the_variable_that_chooses_another(taken_down: SmallCourse) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = course(taken_down, "lab", "up", "gate", GATE_PORT=str(port))
    assert done.returncode == 2
    assert f"Port {port} of 127.0.0.1 is taken by another program." in done.stderr
    assert f"GATE_PORT={port + 1} course lab up gate" in done.stderr


@pytest.mark.needs("docker")
def test_a_service_that_does_not_come_up_healthy_is_shown_with_its_last_lines(taken_down: SmallCourse) -> None:
    done = course(taken_down, "lab", "up", "gate", GATE_PORT=str(free_port()), GATE_PROGRAM="1/0")
    assert done.returncode == 2
    assert "The services do not come up healthy: " in done.stderr
    assert "gate: ZeroDivisionError: division by zero" in done.stderr
