"""The images that labs and sandbox run on: one table, pulled where a registry answers, else made of Debian's packages.

An image is made under the name it would have had, so that compose files and Dockerfiles find it by that name; it is
labelled, never pushed, and replaces nothing. A compose file names an image by its variable: `${COURSE_PYTHON_IMAGE:-…}`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from course import engine
from course.errors import CourseError

LABEL = "course.stand-in=true"


@dataclass(frozen=True)
class Image:
    """An image: its pinned name, the variable that overrides it, and how it is made: Debian suite and packages."""

    pinned: str
    variable: str
    suite: str
    packages: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name that is used: the pinned one, unless the variable says another."""
        return os.environ.get(self.variable) or self.pinned


PYTHON = Image(
    f"python:{sys.version_info.major}.{sys.version_info.minor}-slim",  # that of the course itself
    "COURSE_PYTHON_IMAGE",
    {(3, 11): "bookworm", (3, 13): "trixie"}.get(sys.version_info[:2], ""),
    ("python3",),
)
IMAGES = (PYTHON,)


def variables() -> dict[str, str]:
    """Return every image by its variable, as compose files take them from the environment."""
    return {image.variable: image.name for image in IMAGES}


def provide(described: str) -> None:
    """Make every image that a compose file names by its variable be there; raise CourseError for one that cannot be had."""
    for image in IMAGES:
        if f"{{{image.variable}" in described:
            ensure(image)


def has(name: str) -> bool:
    """Say whether the engine has an image."""
    return subprocess.run(["docker", "image", "inspect", name], capture_output=True, timeout=30).returncode == 0


def ensure(image: Image) -> str:
    """Return an image's name once it is there: there already, pulled, or made of Debian's packages."""
    if has(image.name):
        return image.name
    pulled = subprocess.run(["docker", "pull", "--quiet", image.name], capture_output=True, timeout=300)
    if pulled.returncode != 0:
        if not image.suite or image.name != image.pinned or not shutil.which("mmdebstrap"):
            raise CourseError(
                f"The image {image.name} can neither be pulled nor made here; docker pull it, then try again."
            )
        with tempfile.TemporaryDirectory() as folder:
            archive = f"{folder}/root.tar"
            debootstrap = ["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase"]
            included = f"--include={','.join(image.packages)}"
            engine.run(*debootstrap, included, image.suite, archive, engine.mirror())
            engine.run("docker", "import", "--change", f"LABEL {LABEL}", archive, image.name)
    return image.name
