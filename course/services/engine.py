"""A Docker engine and its images, also on a Debian machine that reaches no image registry.

An engine that answers is used as it is. Else, as root on Debian, the engine of a newer Debian is installed from the
mirror that the machine already uses, and started. An image that cannot be pulled is made from distribution packages
under the name it would have had; such a stand-in is labelled, is never pushed, and replaces nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from course.errors import CourseError

SUITE = "trixie"  # its engine has Compose 2 and BuildKit, and needs no newer C library than Debian 12 has
PACKAGES = ("docker.io", "docker-cli", "docker-compose", "docker-buildx")
LABEL = "course.stand-in=true"
PYTHON_IMAGE = os.environ.get("COURSE_PYTHON_IMAGE", f"python:{sys.version_info.major}.{sys.version_info.minor}-slim")
DEBIAN_OF_PYTHON = {(3, 11): "bookworm", (3, 13): "trixie"}


def run(*command: str, seconds: float = 300) -> str:
    """Run a command and return its output; raise CourseError with its last line where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=True)
    except subprocess.CalledProcessError as error:
        told = (error.stderr or error.stdout).strip().splitlines() or [f"status {error.returncode}"]
        raise CourseError(f"`{' '.join(command[:3])} …` failed: {told[-1]}") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CourseError(f"`{' '.join(command[:3])} …` failed: {error}") from None
    return done.stdout.strip()


def problem() -> str:
    """Return why no engine answers, or nothing."""
    if not shutil.which("docker"):
        return "docker is not installed"
    try:
        run("docker", "version", "--format", "{{.Server.Version}}", seconds=20)
    except CourseError as error:
        return str(error)
    return ""


def ensure() -> None:
    """Make an engine answer: start the one that is installed, or install one first (Debian, as root)."""
    if not problem():
        return
    if os.geteuid() != 0 or sys.platform != "linux":
        raise CourseError("No Docker engine answers. Start Docker Desktop or the docker service, then try again.")
    if not shutil.which("dockerd"):
        _install()
    pid_file = Path("/var/run/docker.pid")
    if pid_file.is_file() and not _alive(pid_file.read_text().strip()):
        pid_file.unlink()  # left by an engine that was killed: the next one would refuse to start
    log = Path(tempfile.gettempdir(), "course-dockerd.log")
    with log.open("wb") as stream:
        subprocess.Popen(["dockerd"], stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, start_new_session=True)
    deadline = time.monotonic() + 30
    while problem():
        if time.monotonic() > deadline:
            raise CourseError(f"The Docker engine does not start; its log is {log}.")
        time.sleep(0.2)


def _alive(pid: str) -> bool:
    try:
        name, state = Path(f"/proc/{pid}/stat").read_text().partition("(")[2].rsplit(") ", 1)
    except (OSError, ValueError):
        return False
    return name == "dockerd" and not state.startswith("Z")


def _install() -> None:
    """Install the engine's packages, which want only a C library that Debian 12 has, beside the machine's own suite."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        (folder / "lists" / "partial").mkdir(parents=True)
        source = f"deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] {mirror()} {SUITE} main\n"
        (folder / "sources.list").write_text(source)
        own = [
            f"Dir::Etc::sourcelist={folder}/sources.list",
            "Dir::Etc::sourceparts=-",
            f"Dir::State::lists={folder}/lists",
        ]
        own += ["Dir::Cache::pkgcache=", "Dir::Cache::srcpkgcache=", "APT::Sandbox::User=root"]
        options = [part for each in own for part in ("-o", each)]
        run("apt-get", *options, "update", "-qq")
        run("sh", "-c", f'cd {folder} && exec apt-get "$@"', "sh", *options, "download", "-qq", *PACKAGES)
        packages = [str(path) for path in folder.glob("*.deb")]
        apt = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, "iptables", "mmdebstrap"]
        run("env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", *apt, "ca-certificates")


def mirror() -> str:
    """Return the address of the mirror that this machine takes its packages from."""
    release = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
    name = release.get("VERSION_CODENAME", "").strip('"')
    if release.get("ID", "").strip('"') != "debian":
        raise CourseError(
            "No Docker engine answers, and only Debian's can be installed here. Install Docker, then try again."
        )
    found = run("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", f"Codename: {name}")
    if not found:
        run("apt-get", "update", "-qq")
        found = run("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", f"Codename: {name}")
    return found.splitlines()[0]


def has_image(name: str) -> bool:
    """Say whether the engine has an image."""
    return subprocess.run(["docker", "image", "inspect", name], capture_output=True, timeout=30).returncode == 0


def python_image() -> str:
    """Return an image with this interpreter's minor version: there already, pulled, or made of Debian's packages."""
    if has_image(PYTHON_IMAGE):
        return PYTHON_IMAGE
    pulled = subprocess.run(["docker", "pull", "--quiet", PYTHON_IMAGE], capture_output=True, timeout=300)
    if pulled.returncode != 0:
        suite = DEBIAN_OF_PYTHON.get(sys.version_info[:2])
        if not suite or not shutil.which("mmdebstrap"):
            raise CourseError(
                f"The image {PYTHON_IMAGE} can neither be pulled nor made here; docker pull it, then try again."
            )
        with tempfile.TemporaryDirectory() as folder:
            archive = f"{folder}/root.tar"
            debootstrap = ["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", "--include=python3"]
            run(*debootstrap, suite, archive, mirror())
            run("docker", "import", "--change", f"LABEL {LABEL}", archive, PYTHON_IMAGE)
    return PYTHON_IMAGE
