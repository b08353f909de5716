"""What a steward's handheld can ask for."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OPEN = "open"
    LOCKED = "locked"


@dataclass(frozen=True, kw_only=True)
class Admit:
    """Let in everybody who shows one of these tickets, together."""

    gate: str
    tickets: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Occupancy:
    """Report how many people passed the gate."""

    gate: str
    people: int


@dataclass(frozen=True, kw_only=True)
class Switch:
    """Put the gate into a state."""

    gate: str
    state: State


Command = Admit | Occupancy | Switch
