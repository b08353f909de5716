"""The images that labs, services and sandbox run on: one table, pulled where a registry answers, else made here.

An image that cannot be pulled is made of distribution packages and of what the language registries have, by its stage
of stand_ins/Dockerfile, under the name it would have had: compose files, Dockerfiles and testcontainers find it there.
Such a stand-in is labelled, never pushed, and replaces nothing but its own older self.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from course.errors import CourseError
from course.services import engine

LABEL = "course.stand-in"  # the value tells by which recipe it was made
RECIPES = Path(__file__).with_name("stand_ins")
AUTHORITIES = os.environ.get("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt")
BASE_LOCK = threading.Lock()


@dataclass(frozen=True)
class Image:
    """An image: its pinned name, the variable that overrides it, and its stand-in: a stage on a suite of Debian."""

    pinned: str
    variable: str
    stage: str
    suite: str = "trixie"

    @property
    def name(self) -> str:
        """The name that is used: the pinned one, unless the variable says another."""
        return os.environ.get(self.variable) or self.pinned

    @property
    def recipe(self) -> str:
        """What its stand-in is made by, as a number that changes with it."""
        stages = re.split(r"(?m)^(?=FROM )", (RECIPES / "Dockerfile").read_text("utf-8"))
        lines = "".join(text for text in stages if f" AS {self.stage}" in text)
        copied = [RECIPES / name for name in re.findall(r"(?m)^COPY (?!--)(\S+)", lines)]
        files = sorted(file for path in copied for file in (path, *path.rglob("*")) if file.is_file())
        content = [lines.encode(), self.suite.encode(), *(file.read_bytes() for file in files)]
        return hashlib.sha256(b"\0".join(content)).hexdigest()[:12] if lines else ""


PYTHON = Image(
    f"python:{sys.version_info.major}.{sys.version_info.minor}-slim",  # that of the course itself
    "COURSE_PYTHON_IMAGE",
    "python",
    {(3, 11): "bookworm", (3, 13): "trixie"}.get(sys.version_info[:2], ""),
)
POSTGRES = Image("postgres:17", "COURSE_POSTGRES_IMAGE", "postgres")
MARIADB = Image("mariadb:11.8", "COURSE_MARIADB_IMAGE", "mariadb")
REDIS = Image("redis:8", "COURSE_REDIS_IMAGE", "redis")
MEMCACHED = Image("memcached:1.6", "COURSE_MEMCACHED_IMAGE", "memcached")
MYSQL = Image("mysql:9.7", "COURSE_MYSQL_IMAGE", "mysql", "sid")  # what Debian's unstable has, and nothing else of it
MONGODB = Image("mongo:8", "COURSE_MONGODB_IMAGE", "mongodb")
ELASTICSEARCH = Image("elasticsearch:9.5.4", "COURSE_ELASTICSEARCH_IMAGE", "elasticsearch")
IMAGES = (PYTHON, POSTGRES, MARIADB, REDIS, MEMCACHED, MYSQL, MONGODB, ELASTICSEARCH)


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
    """Return an image's name once it is there: there already, pulled, or made; one of an older recipe is made again."""
    try:
        made_by = engine.run(
            "docker", "image", "inspect", "--format", f'{{{{index .Config.Labels "{LABEL}"}}}}', image.name
        )
        if not made_by or made_by == image.recipe or not can_make(image):
            return image.name
    except CourseError:
        pulled = subprocess.run(["docker", "pull", "--quiet", image.name], capture_output=True, timeout=600)
        if pulled.returncode == 0:
            return image.name
    if not can_make(image):
        raise CourseError(
            f"The image {image.name} can neither be pulled nor made here; docker pull it, then try again."
        )
    base = _base(image.suite)
    began = time.monotonic()
    _make(image, base)
    print(f"Made {image.name} of packages in {time.monotonic() - began:.1f} s.", file=sys.stderr, flush=True)
    return image.name


def ensure_all() -> list[str]:
    """Make every image be there, two at a time; return a sentence for each that cannot be had."""
    with ThreadPoolExecutor(2) as pool:
        return list(filter(None, pool.map(_said, IMAGES)))


def _said(image: Image) -> str:
    try:
        return ensure(image) and ""
    except CourseError as error:
        return str(error)


def can_make(image: Image) -> bool:
    """Say whether a stand-in can be made here: by its own name, as root, on Debian."""
    tools = shutil.which("mmdebstrap") and shutil.which("apt-get") and os.geteuid() == 0
    return bool(tools and image.suite and image.recipe and image.name == image.pinned)


def _make(image: Image, base: str) -> None:
    """Build an image's stage; the machine's own certificate authorities are lent to the build and do not stay."""
    options = {"target": image.stage, "tag": image.name, "label": f"{LABEL}={image.recipe}", "network": "host"}
    options |= {"build-arg": f"BASE={base}", "secret": f"id=authorities,src={AUTHORITIES}"}
    flags = [f"--{key}={value}" for key, value in options.items()]
    engine.run("docker", "buildx", "build", "--quiet", "--load", *flags, str(RECIPES), seconds=1800)


def _base(suite: str) -> str:
    """Return the image of a bare Debian, made from the mirror that this machine uses."""
    name = f"course-base:{suite}"
    with BASE_LOCK:
        if has(name):
            return name
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            archive = f"{folder}/root.tar"
            left_out = [f"--dpkgopt=path-exclude=/usr/share/{each}/*" for each in ("doc", "man", "locale")]
            settings = ['APT::Install-Recommends "false"', 'Acquire::Languages "none"', 'Acquire::Check-Date "false"']
            settings += ['Acquire::Check-Valid-Until "false"']
            options = [
                "--quiet",
                "--mode=root",
                "--variant=minbase",
                *left_out,
                *(f"--aptopt={each}" for each in settings),
            ]
            no_daemons = "printf '#!/bin/sh\\nexit 101\\n' >$1/usr/sbin/policy-rc.d; chmod 755 $1/usr/sbin/policy-rc.d"
            command = ["mmdebstrap", *options, f"--customize-hook={no_daemons}", suite, archive, engine.mirror()]
            engine.run(*command, seconds=900)
            # from a file: of a pipe that breaks, an empty image would be imported
            changes = ["--change", f"LABEL {LABEL}=base", "--change", "ENV LANG=C.UTF-8"]
            engine.run("docker", "import", *changes, archive, name)
    print(f"Made {name} in {time.monotonic() - began:.1f} s.", file=sys.stderr, flush=True)
    return name
