"""The sandbox providers by name, and the best one for a purpose."""

from __future__ import annotations

from course.errors import CourseError
from course.bubblewrap import Bubblewrap
from course.sandbox import Process, Provider

PROVIDERS: dict[str, Provider] = {"bubblewrap": Bubblewrap(), "process": Process()}


def get(name: str) -> Provider:
    """Return a provider by its name."""
    try:
        return PROVIDERS[name]
    except KeyError:
        raise CourseError(f"There is no sandbox provider {name!r}; there are {', '.join(PROVIDERS)}.") from None
