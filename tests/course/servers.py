"""A run of its own for tests of services, in one of the two ways a server can be had."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

import pytest

from course.learning import prerequisites
from course.services import containers, engine, find, images, local, runs

WAYS = ("process", "container")
RUNS: dict[str, str] = {}  # one a way, for all tests of a worker; they end with it


@contextlib.contextmanager
def way(name: str, *services: str) -> Iterator[None]:
    """Use a run whose servers are processes or containers; skip where these services cannot be had so (in CI: fail)."""
    for row in map(find, services):
        if name == "container":
            gone = engine.problem() or ("" if images.has(row.image.name) else f"{row.image.name} is missing")
        else:
            gone = "" if local.installed(row.local) else f"{row.title} is not installed"
        if gone:
            end = (
                pytest.fail
                if prerequisites.in_ci() and (name == "container" or row.packages.get("apt"))
                else pytest.skip
            )
            end(f"INCOMPLETE: {row.title} as a {name}: {gone}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(containers.PROVIDER, name)
        patch.setenv(runs.VARIABLE, RUNS.get(name, ""))
        yield
        RUNS[name] = os.environ[runs.VARIABLE]
