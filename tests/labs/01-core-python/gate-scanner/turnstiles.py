"""The load: turnstiles that scan, wait for the verdict, and send again what was not answered; and the settlement after."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

ANSWER_SECONDS = 3.0
PATIENCE_SECONDS = 1.5  # a turnstile without an answer hangs up, connects and sends again
PAUSE_SECONDS = 0.15
Address = tuple[str, int]


@dataclass
class Evening:
    """What all turnstiles were told: verdicts by scan id; `changed` holds scans that were told two things.

    `pace` is the longest time between two guests, in seconds; once `over`, no turnstile takes another.
    """

    told: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    pace: float = 0.0
    over: bool = False

    def answered(self, scan: str, verdict: str) -> None:
        """Note an answer."""
        if self.told.setdefault(scan, verdict) != verdict:
            self.changed.append(f"{scan} was told {self.told[scan]}, then {verdict}")


class Line:
    """One connection that speaks the gate's lines."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    @contextlib.asynccontextmanager
    async def to(cls, address: Address) -> AsyncIterator[Line]:
        """Connect, and hang up at the end."""
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(*address)
        try:
            yield cls(reader, writer)
        finally:
            writer.transport.abort()

    def send(self, data: str | bytes) -> None:
        """Send a line, or bytes as they are."""
        self.writer.write(data if isinstance(data, bytes) else f"{data}\n".encode())

    async def hear(self, seconds: float = ANSWER_SECONDS) -> str:
        """Return the next line; raise ConnectionError where the other side hung up, TimeoutError where it is silent."""
        async with asyncio.timeout(seconds):
            line = await self.reader.readline()
        if not line.endswith(b"\n"):
            raise ConnectionResetError("the service hung up")
        return line.decode().rstrip("\n")

    async def ask(self, line: str | bytes, seconds: float = ANSWER_SECONDS) -> str:
        """Send a line and return the answer."""
        self.send(line)
        return await self.hear(seconds)


def guests(number: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield ticket and scan id, guest by guest; one ticket in ten is held to another turnstile as well."""
    chance = random.Random(f"{seed}-{number}")
    for n in itertools.count():
        shared = chance.random() < 0.1
        yield f"T-{chance.randrange(400)}" if shared else f"T-{number:03}-{n}", f"G{number:03}-{seed}-{n}"


async def turnstile(address: Address, number: int, cards: Iterator[tuple[str, str]], evening: Evening) -> None:
    """Scan ticket after ticket until the evening is over; repeat each, on new connections, until it is answered."""
    chance, card = random.Random(number), next(cards, None)
    while card:
        with contextlib.suppress(OSError, TimeoutError):
            async with Line.to(address) as line:
                while card:
                    answer = await line.ask(f"SCAN G{number} {card[0]} {card[1]}", PATIENCE_SECONDS)
                    verdict, _, scan = answer.partition(" ")
                    if verdict == "ERROR":
                        break  # not recorded: again, after a pause
                    evening.answered(scan, verdict)
                    card = None if evening.over else next(cards, None)
                    await asyncio.sleep(evening.pace * chance.random())
        await asyncio.sleep(PAUSE_SECONDS * (1 + chance.random()) if card else 0)


@contextlib.asynccontextmanager
async def crowd(address: Address, turnstiles: int, seed: int) -> AsyncIterator[Evening]:
    """Run many turnstiles beside the block; at its end wait until every scan that was begun is answered."""
    evening = Evening(pace=0.3)
    async with asyncio.TaskGroup() as group:
        for number in range(turnstiles):
            group.create_task(turnstile(address, number, guests(number, seed), evening))
        yield evening
        evening.over = True


def settle(journal: bytes, evening: Evening) -> list[str]:
    """Return what is wrong between the journal and what turnstiles were told: lost, counted twice, another verdict."""
    lines = [line.split() for line in journal.decode("ascii", "replace").splitlines()]
    problems = [f"a line that is no entry: {' '.join(line)!r}" for line in lines if len(line) != 4]
    entries = [line for line in lines if len(line) == 4]
    verdicts = {scan: verdict for scan, _, _, verdict in entries}
    lost = [scan for scan in evening.told if scan not in verdicts]
    twice = [scan for scan, count in Counter(scan for scan, *_ in entries).items() if count > 1]
    entered = Counter(ticket for _, _, ticket, verdict in entries if verdict == "WELCOME")
    let_in = [ticket for ticket, count in entered.items() if count > 1]
    other = [scan for scan, told in evening.told.items() if verdicts.get(scan, told) != told]
    for what, names in (
        ("scans were answered and are not in the journal", lost),
        ("scans stand in the journal twice", twice),
        ("tickets let two people in", let_in),
        ("scans have another verdict in the journal than at the turnstile", other),
        ("scans were told two verdicts", evening.changed),
    ):
        if names:
            problems.append(f"{len(names)} of {len(evening.told)} {what}, such as {sorted(names)[0]}")
    return problems
