"""The service: answers turnstiles and control desks."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator

from .journal import Journal, NotRecorded
from .protocol import REFUSED, WELCOME, Entry, Ping, Report, Scan, parse

LINE_BYTES = 1024
LINE_SECONDS = 2.0  # from a line's first byte to its last; between lines a turnstile may be silent for ever
SEND_SECONDS = 2.0  # how long a client may leave its answers unread
REPORT_LINES = 100


class Gate:
    """Everybody who may enter, and everybody who did."""

    def __init__(self, journal: Journal, is_genuine: Callable[[str], Awaitable[bool]]) -> None:
        self.journal, self.is_genuine = journal, is_genuine
        self.used = {entry.ticket for entry in journal.entries if entry.verdict == WELCOME}
        self.recorded = {entry.scan: entry for entry in journal.entries}
        self.under_way: dict[str, asyncio.Task[Entry]] = {}
        self.talks: set[asyncio.Task[None]] = set()
        self.listening: set[asyncio.Task[None]] = set()
        self.stopping = False

    # One connection

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one turnstile or desk until it hangs up; its trouble is its own."""
        with self._among(self.talks):
            try:
                while not self.stopping and (line := await self._next_line(reader)):
                    await self._answer(line, writer)
            except (TimeoutError, asyncio.LimitOverrunError):
                writer.write(b"ERROR a line has %d bytes and %d seconds\n" % (LINE_BYTES, LINE_SECONDS))
            except (ConnectionError, asyncio.IncompleteReadError):
                pass  # hung up; a line without its end is not acted upon: half of a ticket's number is another number
            except asyncio.CancelledError:
                if not self.stopping:
                    raise
            finally:
                writer.close()

    async def _next_line(self, reader: asyncio.StreamReader) -> bytes:
        """Return the next line, or nothing at the end. It is here, and only here, that `stop` interrupts."""
        with self._among(self.listening):
            first = await reader.read(1)
            if first in (b"", b"\n"):
                return first
            async with asyncio.timeout(LINE_SECONDS):
                return first + await reader.readuntil(b"\n")

    async def _answer(self, line: bytes, writer: asyncio.StreamWriter) -> None:
        try:
            match parse(line):
                case Scan() as scan:
                    entry = await self.admit(scan)
                    await send(writer, f"{entry.verdict} {entry.scan}\n")
                case Report(gate=gate):
                    for part in self.report(gate):
                        await send(writer, part)
                case Ping():
                    await send(writer, "PONG\n")
        except (ValueError, RecursionError) as error:
            await send(writer, f"ERROR {error}\n")
        except NotRecorded as error:
            await send(writer, f"ERROR not recorded: {error}\n")

    # What it decides

    async def admit(self, scan: Scan) -> Entry:
        """Return the one entry of a scan, recorded now or earlier, however often and wherever it is sent."""
        entry = self.recorded.get(scan.id)
        if entry is None:
            if scan.id not in self.under_way:
                self.under_way[scan.id] = asyncio.create_task(self._record(scan))
            entry = await asyncio.shield(self.under_way[scan.id])  # it belongs to all who sent it
        if (entry.gate, entry.ticket) != (scan.gate, scan.ticket):
            raise ValueError(f"{scan.id} is the scan of {entry.ticket} at {entry.gate}")
        return entry

    async def _record(self, scan: Scan) -> Entry:
        """Decide on a scan that is new, and record it."""
        try:
            genuine = await self.is_genuine(scan.ticket)
            fresh = genuine and scan.ticket not in self.used
            if fresh:
                self.used.add(scan.ticket)  # no await since the question: two gates cannot both have found it fresh
            entry = Entry(scan=scan.id, gate=scan.gate, ticket=scan.ticket, verdict=WELCOME if fresh else REFUSED)
            try:
                await self.journal.append(entry)
            except NotRecorded:
                if fresh:
                    self.used.remove(scan.ticket)
                raise
            self.recorded[scan.id] = entry
            return entry
        finally:
            del self.under_way[scan.id]

    def report(self, gate: str) -> Iterator[str]:
        """Yield what is recorded at a gate, part by part: it may be longer than the memory that is free."""
        lines = [f"{entry}\n" for entry in self.journal.entries if entry.gate == gate]
        for start in range(0, len(lines), REPORT_LINES):
            yield "".join(lines[start : start + REPORT_LINES])
        yield "END\n"

    # The end

    async def stop(self) -> None:
        """Let every answer that is under way arrive, then end all connections."""
        self.stopping = True
        for task in self.listening:
            task.cancel()
        if self.talks:
            await asyncio.wait(self.talks)

    @contextlib.contextmanager
    def _among(self, tasks: set[asyncio.Task[None]]) -> Iterator[None]:
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        try:
            yield
        finally:
            tasks.discard(task)


async def send(writer: asyncio.StreamWriter, text: str) -> None:
    """Send text; wait while the client reads more slowly than we write, and hang up on one that does not read."""
    writer.write(text.encode())
    try:
        async with asyncio.timeout(SEND_SECONDS):
            await writer.drain()
    except TimeoutError:
        writer.transport.abort()  # close() would wait for the client to read
        raise ConnectionAbortedError from None
