"""What every transaction can do, and one that can do more."""

from typing import Protocol


class Transaction(Protocol):
    def commit(self) -> None: ...

    def rollback(self) -> None: ...


class Ledger:
    """A transaction on the ledger: what is written counts once it is committed."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        self.lines.append(line)

    def commit(self) -> None:
        print("committed:", *self.lines)

    def rollback(self) -> None:
        self.lines.clear()
