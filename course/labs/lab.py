"""A lab as files: where its parts lie, its settings, the ports it publishes."""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from course import index
from course.errors import CourseError
from course.learning import workspace

PORT = re.compile(r'"127\.0\.0\.1:\$\{(?P<variable>\w+):-(?P<port>\d+)\}:(?P<inside>\d+)"')
UNSHIPPED = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "*.new.*")


@dataclass(frozen=True)
class Port:
    """A published port: the variable that changes it, its usual number, and its number in the container."""

    variable: str
    usual: int
    inside: int


@dataclass(frozen=True)
class Lab:
    """One written lab. `place` is chapter/slug, the same in labs/, work/labs/, solutions/labs/ and tests/labs/."""

    root: Path
    place: str
    title: str

    @property
    def slug(self) -> str:
        """The lab's name."""
        return self.place.rpartition("/")[2]

    @property
    def start(self) -> Path:
        """The start state."""
        return self.root / "labs" / self.place

    @property
    def work(self) -> Path:
        """The learner's copy."""
        return self.root / "work" / "labs" / self.place

    @property
    def checks(self) -> Path:
        """The folder of its behaviours."""
        return self.root / "tests" / "labs" / self.place

    @property
    def solution(self) -> Path:
        """The files that are other in the finished lab; a student bundle has none."""
        return self.root / "solutions" / "labs" / self.place


def find(name: str, root: Path | None = None) -> Lab:
    """Return a lab by its name; raise CourseError for one that is unknown or still to be written."""
    root = root or index.root()
    labs = {lab.slug: (place, lab) for place, lab in index.load(root / "course.yml").labs()}
    if name not in labs:
        raise CourseError(index.unknown("lab", name, list(labs)))
    place, lab = labs[name]
    if lab.status != "written":
        ready = [slug for slug, (_, each) in labs.items() if each.status == "written"]
        raise CourseError(f"The lab {name} is planned and not written yet. There is {', '.join(ready) or 'none yet'}.")
    return Lab(root, place, lab.title)


def copy_of_learner(lab: Lab) -> Path:
    """Return the learner's copy, made first where there is none."""
    if not (lab.work / "compose.yaml").is_file():
        workspace.sync(lab.root)
    return lab.work


def settings(folder: Path) -> dict[str, str]:
    """Return what lab.env sets."""
    file = folder / "lab.env"
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def ports(folder: Path) -> list[Port]:
    """Return the ports that compose.yaml publishes."""
    text = (folder / "compose.yaml").read_text("utf-8")
    return [Port(found["variable"], int(found["port"]), int(found["inside"])) for found in PORT.finditer(text)]


def finished(lab: Lab, target: Path) -> Path:
    """Write the finished lab into a new folder: the start state with the solution's files over it."""
    shutil.copytree(lab.start, target, ignore=UNSHIPPED)
    shutil.copytree(lab.solution, target, ignore=UNSHIPPED, dirs_exist_ok=True)
    return target


def fingerprint(folder: Path) -> str:
    """Return a hash of a lab's files, to tell whether what runs is what stands there."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(folder)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
