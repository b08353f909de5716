"""The sandbox providers by name, the best one for a purpose, and the next sandbox started ahead of its use."""

from __future__ import annotations

import functools

from course.errors import CourseError
from course.judging.bubblewrap import Bubblewrap
from course.judging.container import Container
from course.judging.limits import Limits
from course.judging.sandbox import Process, Provider, Sandbox

PROVIDERS: dict[str, Provider] = {"bubblewrap": Bubblewrap(), "container": Container(), "process": Process()}

ISOLATING = ("bubblewrap", "container")  # the strongest first


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


def ahead(name: str) -> Ahead:
    """Return a source of sandboxes of a provider."""
    return Ahead(get(name))


@functools.cache
def problem(name: str) -> str:
    """Return why an isolating provider cannot be had here, or nothing; it is really tried, once."""
    provider = get(name)
    return provider.problem() if isinstance(provider, Bubblewrap | Container) else "it does not isolate"


def best() -> tuple[str, str]:
    """Return the strongest isolating provider that works here, or nothing, and why stronger ones do not."""
    found = next((name for name in ISOLATING if not problem(name)), "")
    stronger = ISOLATING[: ISOLATING.index(found)] if found else ISOLATING
    return found, "; ".join(f"{name}: {problem(name)}" for name in stronger)
