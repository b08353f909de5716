"""Stand-ins for images: made where nothing else can be had, under the official name, never over somebody else's."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from collections.abc import Iterator

import pytest

from course.errors import CourseError
from course.services import engine, images
from course.services.images import LABEL, Image

pytestmark = pytest.mark.needs("docker")
NAME = f"course-test-{os.getpid()}:1"
IMAGE = Image(NAME, "COURSE_TEST_IMAGE", "memcached")


@pytest.fixture
def empty() -> Iterator[None]:
    yield
    subprocess.run(["docker", "image", "rm", "--force", NAME], capture_output=True)


def put(label: str) -> str:
    """Put an empty image under the name and return its id."""
    stream = io.BytesIO()
    tarfile.open(fileobj=stream, mode="w").close()
    changes = ["--change", f"LABEL {label}"] if label else []
    command = ["docker", "import", *changes, "-", NAME]
    return subprocess.run(command, input=stream.getvalue(), capture_output=True, check=True).stdout.decode().strip()


def identity() -> str:
    return engine.run("docker", "image", "inspect", "--format", "{{.Id}}", NAME)


def test_an_image_of_somebody_elses_is_used_and_left_as_it_is(empty: None):
    theirs = put("")
    assert (images.ensure(IMAGE), identity()) == (NAME, theirs)


@pytest.mark.needs("images")
def test_a_stand_in_of_an_older_recipe_is_made_again(empty: None):
    if not images.can_make(IMAGE):
        pytest.skip("images are made on Debian, as root")
    older = put(f"{LABEL}=older")
    assert images.ensure(IMAGE) == NAME
    newer = identity()
    assert newer != older
    assert (images.ensure(IMAGE), identity()) == (NAME, newer)


def test_an_image_that_the_reader_chose_is_never_made(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(IMAGE.variable, "localhost:1/nowhere:1")
    with pytest.raises(CourseError, match=r"localhost:1/nowhere:1 can neither be pulled nor made here"):
        images.ensure(IMAGE)


@pytest.mark.parametrize("image", images.IMAGES, ids=lambda image: image.stage)
def test_every_image_has_a_recipe(image: Image):
    assert image.recipe and image.variable == f"COURSE_{image.variable.split('_')[1]}_IMAGE"
