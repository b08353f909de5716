"""The sandbox providers by name, the best one for a purpose, and the next sandbox started ahead of its use."""

from __future__ import annotations

import functools

from course.bubblewrap import Bubblewrap
from course.container import Container
from course.errors import CourseError
from course.sandbox import Limits, Process, Provider, Sandbox

PROVIDERS: dict[str, Provider] = {"bubblewrap": Bubblewrap(), "container": Container(), "process": Process()}


class Ahead:
    """Hands out sandboxes of another provider and keeps the next one starting meanwhile."""

    def __init__(self, provider: Provider) -> None:
        self.provider, self.name, self.isolates = provider, provider.name, provider.isolates
        self.spare: Sandbox | None = None

    def start(self, limits: Limits) -> Sandbox:
        """Return a sandbox with these limits, if possible the one that is waiting."""
        ready, self.spare = self.spare, None
        if ready and (ready.limits != limits or ready.process.poll() is not None):
            ready.kill()
            ready = None
        ready = ready or self.provider.start(limits)
        self.spare = self.provider.start(limits)
        return ready

    def close(self) -> None:
        """End the one that is waiting."""
        if self.spare:
            self.spare.kill()
            self.spare = None


def get(name: str) -> Provider:
    """Return a provider by its name."""
    try:
        return PROVIDERS[name]
    except KeyError:
        raise CourseError(f"There is no sandbox provider {name!r}; there are {', '.join(PROVIDERS)}.") from None


@functools.cache
def problems() -> dict[str, str]:
    """Return why each isolating provider cannot be had here; an empty text where it can."""
    return {
        name: provider.problem() for name, provider in PROVIDERS.items() if isinstance(provider, Bubblewrap | Container)
    }


def best() -> tuple[str, str]:
    """Return the strongest isolating provider that works here, or nothing, and why stronger ones do not."""
    why = "; ".join(f"{name}: {problem}" for name, problem in problems().items() if problem)
    return next((name for name, problem in problems().items() if not problem), ""), why
