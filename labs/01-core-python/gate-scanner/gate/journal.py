"""The journal: what the records say of who is inside."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from .protocol import Entry


class Journal:
    """A file with one entry a line, in the order of the scans."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: list[Entry] = []

    def __enter__(self) -> Self:
        if self.path.exists():
            self.entries = [Entry.read(line) for line in self.path.read_text("ascii").splitlines()]
        self.file = self.path.open("a", encoding="ascii")
        return self

    def append(self, entry: Entry) -> None:
        """Record an entry. The file collects lines and writes them by the block, which saves a system call a scan."""
        self.file.write(f"{entry}\n")
        self.entries.append(entry)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.file.close()  # writes what is left
