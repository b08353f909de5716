"""The journal: what the records say of who is inside."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from .protocol import Entry

Waiting = tuple[Entry, asyncio.Future[None]]


class NotRecorded(Exception):
    """The disk refused: the scan is not in the journal, and may be sent again."""


class Journal:
    """A file with one entry a line. Once `append` returns, its entry survives whatever happens to this process.

    Entries that arrive while the disk is busy share the next write and its fsync, so the disk's pace decides how
    large a batch is, and nobody else waits.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: list[Entry] = []  # only grows, in the order of the file: a reader may hold a position in it
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        sync_folder(self.path.parent)
        self._recover()
        self._writer = asyncio.create_task(self._write_batches())
        return self

    def _recover(self) -> None:
        """Read the entries; cut off a last line that a crash left unfinished: nobody was told that it counts."""
        data = self.path.read_bytes()
        self._size = data.rfind(b"\n") + 1
        os.ftruncate(self._file, self._size)
        for number, line in enumerate(data[: self._size].decode("ascii").splitlines(), 1):
            try:
                self.entries.append(Entry.read(line))
            except ValueError:
                raise SystemExit(f"{self.path}, line {number} is no entry: {line!r}. Mend it, then start.") from None

    async def append(self, entry: Entry) -> None:
        """Record an entry and return when it is on the disk; raise NotRecorded when the disk refuses."""
        written = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((entry, written))
        await written

    async def _write_batches(self) -> None:
        while True:
            batch = [await self._queue.get()]
            while not self._queue.empty():
                batch.append(self._queue.get_nowait())
            try:
                await asyncio.to_thread(self._write, "".join(f"{entry}\n" for entry, _ in batch).encode("ascii"))
            except OSError as error:
                for _, written in batch:
                    written.set_exception(NotRecorded(error.strerror))
            else:
                for entry, written in batch:
                    self.entries.append(entry)
                    written.set_result(None)
            for _ in batch:
                self._queue.task_done()

    def _write(self, data: bytes) -> None:
        """Put a whole batch on the disk, or none of it."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._file, rest) :]
            os.fsync(self._file)
        except OSError:
            os.ftruncate(self._file, self._size)  # half a line would spoil the line after it
            raise
        self._size += len(data)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._queue.join()  # whatever was handed in is on the disk, or refused
        self._writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._writer
        os.close(self._file)


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on the disk: a new file's name is not covered by the file's own fsync."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
