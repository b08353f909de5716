"""The service: answers turnstiles and control desks."""

from __future__ import annotations

import asyncio

from .journal import Journal
from .protocol import REFUSED, WELCOME, Entry, Ping, Report, Scan, parse
from .seal import is_genuine


class Gate:
    """Everybody who may enter, and everybody who did."""

    def __init__(self, journal: Journal, key: str) -> None:
        self.journal, self.key = journal, key
        self.used = {entry.ticket for entry in journal.entries if entry.verdict == WELCOME}

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one turnstile or desk until it hangs up."""
        answered: dict[str, str] = {}  # verdicts by scan id: a scan that is sent again counts once
        while line := await reader.readline():
            match parse(line):
                case Scan() as scan:
                    if scan.id not in answered:
                        answered[scan.id] = self.admit(scan)
                    writer.write(f"{answered[scan.id]} {scan.id}\n".encode())
                case Report(gate=gate):
                    writer.write(self.report(gate))
                case Ping():
                    writer.write(b"PONG\n")
        writer.close()

    def admit(self, scan: Scan) -> str:
        """Decide on a scan and record it; return the verdict."""
        fresh = scan.ticket not in self.used and is_genuine(scan.ticket, self.key)
        verdict = WELCOME if fresh else REFUSED
        if fresh:
            self.used.add(scan.ticket)
        self.journal.append(Entry(scan=scan.id, gate=scan.gate, ticket=scan.ticket, verdict=verdict))
        return verdict

    def report(self, gate: str) -> bytes:
        """Return everything that is recorded at a gate."""
        lines = [f"{entry}\n" for entry in self.journal.entries if entry.gate == gate]
        return "".join([*lines, "END\n"]).encode()
