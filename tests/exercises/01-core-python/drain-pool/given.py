from dataclasses import dataclass, field


class Closed(Exception):
    """The pool takes no more jobs."""


@dataclass
class Ledger:
    """Where each accepted job is; one that runs is in no list yet."""

    done: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    interrupted: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
