"""Make .venv from requirements.txt; runs before anything is installed, on any Python 3.

Standard library alone, and syntax that an old Python reads, so that it can say what is wrong with it.
`make setup` calls this each time: when nothing changed it takes a few hundredths of a second.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "course-setup"
PIP = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
OLDEST = (3, 11)
INPUTS = ("requirements.txt", "pyproject.toml", "course/bootstrap.py")


class SetupError(Exception):
    """Carry the sentence that ends the set-up."""


def main() -> int:
    """Set the environment up if it is not up to date; return 0, or 1 after a sentence that says what to do."""
    if sys.platform == "win32":
        print("Run this inside WSL (see book/guides/platforms.md): the course needs a Unix system.", file=sys.stderr)
        return 1
    for name in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"):
        os.environ.pop(name, None)
    os.environ.setdefault("UV_SYSTEM_CERTS", "1")  # as pip does: some networks have certificates of their own
    try:
        if not up_to_date():
            need_git()
            create(interpreter())
            install()
            STAMP.write_text(fingerprint(), encoding="utf-8")
    except SetupError as stop:
        print(str(stop), file=sys.stderr)
        return 1
    return 0


def fingerprint() -> str:
    """Return what decides what .venv holds: its place, which its scripts name, and a hash of the inputs."""
    digest = hashlib.sha256()
    for name in INPUTS:
        digest.update((ROOT / name).read_bytes())
    return str(VENV) + "\n" + digest.hexdigest() + "\n"


def up_to_date() -> bool:
    """Return whether .venv was made from these files, in this folder, by a Python that is still there."""
    return PYTHON.exists() and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == fingerprint()


def need_git() -> None:
    """Stop when git is missing: the site dates its pages by it."""
    if not shutil.which("git"):
        raise SetupError("git is missing. Install it with: " + command("git", "xcode-select --install"))


def command(apt: str, brew: str) -> str:
    """Return the command that installs a package here."""
    if sys.platform == "darwin":
        return brew
    if shutil.which("apt-get"):
        return ("" if os.geteuid() == 0 else "sudo ") + "apt-get install " + apt
    return "your package manager (on Debian the package is called " + apt + ")"


def interpreter() -> str:
    """Return the Python that .venv is made with: this one, else a newer one found on the PATH."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in range(OLDEST[1], OLDEST[1] + 8):
        found = shutil.which("python3." + str(minor))
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return found
    raise SetupError(
        f"This is Python {sys.version_info[0]}.{sys.version_info[1]}; the course needs 3.11 or later. "
        f"Install one with: {command('python3.11 python3.11-venv', 'brew install python@3.13')}\n"
        "Then name it: make PYTHON=python3.11 start"
    )


def create(python: str) -> None:
    """Create .venv with pip in it; one that belongs to another folder or to a Python that is gone is made anew."""
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    works = PYTHON.exists() and subprocess.call([str(PYTHON), "-c", probe], stderr=subprocess.DEVNULL) == 0
    moved = STAMP.is_file() and STAMP.read_text(encoding="utf-8").splitlines()[:1] != [str(VENV)]
    if works and not moved:
        return
    show = "import sys; print('.'.join(map(str, sys.version_info[:2])))"
    version = subprocess.check_output([python, "-c", show]).decode().strip()
    if subprocess.call([python, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL):
        raise SetupError(
            f"This Python {version} has no ensurepip module (Debian packs it apart). Install it with: "
            + command(f"python{version}-venv", f"brew install python@{version}")
        )
    print("Making .venv with Python " + version + " …", flush=True)
    if subprocess.call([python, "-m", "venv", "--clear", str(VENV)]):
        raise SetupError("Making .venv failed; the lines above say why. Is the folder writable, is the disk full?")


def uv() -> "str | None":
    """Return a uv command, installed into .venv at the locked version if need be; None where it cannot be had."""
    own = VENV / "bin" / "uv"
    if own.exists():
        return str(own)
    found = shutil.which("uv")
    if found:
        return found
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line.split(" ")[0] for line in lines if line.startswith("uv==")] or ["uv"]
    failed = subprocess.call([*PIP, "--no-deps", "--only-binary=:all:", *wanted], stderr=subprocess.DEVNULL)
    return None if failed or not own.exists() else str(own)


def install() -> None:
    """Install exactly the lock, then the course itself, editable and built with what the lock holds."""
    if STAMP.exists():
        STAMP.unlink()
    fast = uv()
    if fast:
        print("Installing requirements.txt with uv …", flush=True)
        if run([fast, "pip", "install", "--quiet", "--python", str(PYTHON)]):
            return
        print("uv could not; the lines above say why.", flush=True)
    print("Installing requirements.txt with pip, which takes minutes …", flush=True)
    if not run(PIP):
        raise SetupError(
            "Installing failed; the lines above say why. With the network back, run the same command again."
        )


def run(tool: "list[str]") -> bool:
    """Install with one tool; return whether it could."""
    steps = (["-r", "requirements.txt"], ["--no-build-isolation", "-e", "."])
    return all(subprocess.call([*tool, "--no-deps", *step], cwd=str(ROOT)) == 0 for step in steps)


if __name__ == "__main__":
    sys.exit(main())
