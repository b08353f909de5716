"""The words of the gate: one command a line, as text or as JSON.

    SCAN G7 T-1042 G7-000031    gate, ticket, scan id    → WELCOME G7-000031, or REFUSED G7-000031
    {"op": "scan", "gate": "G7", "ticket": "T-1042", "scan": "G7-000031"}                  the same
    REPORT G7                   everything recorded at a gate    → a line each, then END
    PING                                                         → PONG
    anything else                                                → ERROR and why

A turnstile that gets no answer sends the same scan again, with the same scan id.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Self

WELCOME, REFUSED = "WELCOME", "REFUSED"
WORD = re.compile(r"[!-~]{1,80}")


@dataclass(frozen=True, kw_only=True)
class Scan:
    """A ticket held to a turnstile. `id` names this scan, however often it is sent."""

    gate: str
    ticket: str
    id: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """The control desk asks what happened at a gate."""

    gate: str


@dataclass(frozen=True)
class Ping:
    """Somebody asks whether the service lives."""


Command = Scan | Report | Ping


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the journal: a scan and its verdict."""

    scan: str
    gate: str
    ticket: str
    verdict: str

    def __str__(self) -> str:
        return f"{self.scan} {self.gate} {self.ticket} {self.verdict}"

    @classmethod
    def read(cls, line: str) -> Self:
        """Return the entry in a line of the journal; raise ValueError where there is none."""
        scan, gate, ticket, verdict = line.split()
        return cls(scan=scan, gate=gate, ticket=ticket, verdict=verdict)


def parse(line: bytes) -> Command:
    """Return the command in a line; raise ValueError, with a sentence, where there is none."""
    text = line.decode("ascii").strip()
    match json.loads(text) if text.startswith("{") else text.split():
        case ["SCAN", gate, ticket, scan] | {"op": "scan", "gate": gate, "ticket": ticket, "scan": scan}:
            return Scan(gate=word(gate), ticket=word(ticket), id=word(scan))
        case ["REPORT", gate] | {"op": "report", "gate": gate}:
            return Report(gate=word(gate))
        case ["PING"]:
            return Ping()
    raise ValueError(f"no command: {text!r}")


def word(value: object) -> str:
    """Return a value that fits into one column of the journal; raise ValueError for any other."""
    if isinstance(value, str) and WORD.fullmatch(value):
        return value
    raise ValueError(f"no word of 1 to 80 characters: {value!r}")
