"""A lab that runs, as its checks see it: services to signal, stop, freeze and cut off, and the data they keep.

Checks say `service` and paths as in the lab's compose.yaml, whichever provider runs it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Command:
    """How a service runs without a container: Python's arguments and its environment, with {port} and {data} in them.

    `data` is the path in the container that becomes a folder of this machine.
    """

    arguments: tuple[str, ...]
    data: str
    environment: dict[str, str] = field(default_factory=dict)


class Running(Protocol):
    """The services of one run of a lab."""

    provider: str
    settings: dict[str, str]  # of lab.env

    def address(self, service: str) -> tuple[str, int]:
        """Return host and port of a service on this machine."""
        ...

    def signal(self, service: str, name: str) -> None:
        """Send a signal, such as TERM or KILL, to a service."""
        ...

    def ended(self, service: str, seconds: float) -> int | None:
        """Wait until a service has ended and return its exit code; None when it still runs after so many seconds."""
        ...

    def start(self, service: str) -> None:
        """Start a service that has ended, on the data it left."""
        ...

    def freeze(self, service: str) -> None:
        """Stop a service from running, without its notice."""
        ...

    def thaw(self, service: str) -> None:
        """Let a frozen service run on."""
        ...

    def read(self, service: str, path: str) -> bytes:
        """Return a file of a service's data, whether it runs or not; nothing where there is none."""
        ...

    def write(self, service: str, path: str, content: bytes) -> None:
        """Replace a file of a service's data while it does not run."""
        ...

    def log(self, lines: int = 15) -> str:
        """Return the last lines that the services wrote."""
        ...
