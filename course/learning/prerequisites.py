"""What only the tests need of a machine, found, installed or named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from course.errors import CourseError
from course.services import engine, images, local
from course.services.table import SERVERS, Server

FIREFOX_NAMES = ("firefox-esr", "firefox")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
USER_NAMESPACES = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")  # Ubuntu 23.10 and later
CHROMIUM_ON_MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


@dataclass(frozen=True)
class Prerequisite:
    """A program outside the lock: `problem()` returns None when it works, else the sentence that says what is wrong."""

    name: str
    purpose: str
    problem: Callable[[], str | None]
    packages: Mapping[str, str]

    def command(self) -> str:
        """Return the command that installs it on this machine, or lifts what keeps it from working."""
        if self.name == "bubblewrap" and shutil.which("bwrap") and USER_NAMESPACES.exists():
            return f"sudo sysctl -w kernel.{USER_NAMESPACES.name}=0"
        return install_command(self.packages)


def chromium() -> str | None:
    """Return the path of a Chromium or Chrome, None where there is none."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    return found or (str(CHROMIUM_ON_MACOS) if CHROMIUM_ON_MACOS.exists() else None)


def tries(*command: str, seconds: float = 90) -> str | None:
    """Run a command; return None when it ends well, else the last line it said."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, errors="replace")
    except FileNotFoundError:
        return f"{command[0]} is not installed"
    except subprocess.TimeoutExpired:
        return f"{Path(command[0]).name} did not answer within {seconds:.0f} s"
    except OSError as error:
        return f"{command[0]} did not run: {error.strerror}"
    said = (done.stderr or done.stdout).strip().splitlines()
    return None if done.returncode == 0 else (said[-1] if said else f"{command[0]} ended with code {done.returncode}")


def chromium_problem() -> str | None:
    """Return why no browser can be driven, None when one answers."""
    found = chromium()
    return tries(found, "--version") if found else "no Chromium or Chrome was found"


def firefox() -> str | None:
    """Return the path of a Firefox, None where there is none."""
    return next(filter(None, map(shutil.which, FIREFOX_NAMES)), None)


def firefox_problem() -> str | None:
    """Return why no Firefox can be driven, None when one answers."""
    found = firefox()
    return tries(found, "--version") if found else "no Firefox was found"


def bubblewrap_problem() -> str | None:
    """Return why bubblewrap cannot make a sandbox here, None after it made one."""
    if sys.platform != "linux":
        return "bubblewrap exists for Linux only"
    binds = [
        part for name in ("/usr", "/bin", "/lib", "/lib64") if Path(name).exists() for part in ("--ro-bind", name, name)
    ]
    return tries("bwrap", *binds, "--unshare-all", "--die-with-parent", "--proc", "/proc", "--dev", "/dev", "true")


def engine_problem() -> str | None:
    """Return why no container can be made here, None when an engine answers and has our image."""
    return engine.problem() or (None if images.has(images.PYTHON.name) else f"{images.PYTHON.name} is not there")


def images_problem() -> str | None:
    """Return which images are not there, None when all are."""
    absent = engine.problem() or ", ".join(image.name for image in images.IMAGES if not images.has(image.name))
    return f"not there: {absent}" if absent else None


def _server(row: Server) -> Prerequisite:
    """Return what a server is without a container."""

    def problem() -> str | None:
        return None if local.installed(row.local) else f"no program of {row.title} was found"

    return Prerequisite(row.name, f"{row.title} where no container can be had", problem, row.packages)


BY_ENGINE = ("docker", "images")  # not packages
PREREQUISITES = (
    Prerequisite(
        "chromium", "tests of the site", chromium_problem, {"apt": "chromium", "brew": "--cask google-chrome"}
    ),
    Prerequisite(
        "firefox",
        "a smoke test of the page's grader",
        firefox_problem,
        {"apt": "firefox-esr", "dnf": "firefox", "brew": "--cask firefox"},
    ),
    Prerequisite(
        "bubblewrap", "the sandbox of the grader", bubblewrap_problem, {"apt": "bubblewrap", "dnf": "bubblewrap"}
    ),
    Prerequisite(
        "docker",
        "labs, and containers as sandboxes",
        engine_problem,
        {"apt": "docker.io", "dnf": "docker", "brew": "--cask docker"},
    ),
    Prerequisite("images", "services as containers", images_problem, {"any": "!course prerequisites --install"}),
    *(_server(row) for row in SERVERS if "apt" in row.packages),
)


def install_command(packages: Mapping[str, str]) -> str:
    """Return the command that installs the first of `packages` whose package manager is here.

    `packages` maps `apt`, `dnf`, `brew`, … to what is asked of it; a value that starts with `!` is a command itself.
    """
    tools = {"apt": "apt-get", "dnf": "dnf", "brew": "brew"}
    for manager, package in packages.items():
        if package.startswith("!"):
            return package[1:]
        if shutil.which(tools[manager]):
            root = manager == "brew" or os.geteuid() == 0
            return f"{'' if root else 'sudo '}{tools[manager]} install {package}"
    return f"install it with your package manager (Debian calls it {packages.get('apt', 'otherwise')})"


def missing() -> dict[str, str]:
    """Return what does not work here: name to sentence, with the command that mends it."""
    found = ((each, each.problem()) for each in PREREQUISITES)
    return {
        each.name: f"{each.name} is missing, for {each.purpose}: {problem}. Install it with: {each.command()}"
        for each, problem in found
        if problem
    }


def in_ci() -> bool:
    """Return whether this runs in continuous integration, where nothing may be missing."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def may_install() -> bool:
    """Return whether the suite may install packages: as root, in CI, or when COURSE_INSTALL=1 says so."""
    return os.geteuid() == 0 or in_ci() or os.environ.get("COURSE_INSTALL") == "1"


def ensure(*, install: bool = True) -> list[str]:
    """Install what is missing where that is allowed; return a sentence for each thing that stays missing.

    Raise CourseError in CI, where a run with something missing would prove too little.
    """
    absent = missing()
    if absent and install and may_install() and shutil.which("apt-get"):
        known = [each for each in PREREQUISITES if each.name in absent and each.name not in BY_ENGINE]
        if packages := [each.packages["apt"] for each in known]:
            _apt(packages)
        if absent.keys() & set(BY_ENGINE):
            _engine()
        absent = missing()
    if absent and in_ci():
        raise CourseError("\n".join([*absent.values(), "CI is set, so nothing may be missing."]))
    return list(absent.values())


def _engine() -> None:
    """Start a Docker engine, installed first where that can be done, and give it the images; say what fails."""
    print("Starting a Docker engine, and making or pulling its images …", flush=True)
    try:
        engine.ensure()
        for problem in images.ensure_all():
            print(problem, file=sys.stderr)
    except CourseError as error:
        print(error, file=sys.stderr)


def _apt(packages: list[str]) -> None:
    """Install Debian packages, quietly; what fails is found out by trying the programs again."""
    print(f"Installing {', '.join(packages)} with apt-get …", flush=True)
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}  # starts no servers
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*sudo, "apt-get", *command], capture_output=True, text=True, env=environment, errors="replace"
        )
        if done.returncode:
            print(f"apt-get {command[0]} failed: {done.stderr.strip()[-300:]}", file=sys.stderr)
