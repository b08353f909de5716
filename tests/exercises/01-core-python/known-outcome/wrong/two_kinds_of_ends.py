# Knows errors and cancellations, and takes any other end for a good one.
# fails: test_whatever_ends_the_block
# says: the house is empty, and the seats are held
# exercise: core.known-outcome
import asyncio
from collections.abc import Awaitable


class Transaction:
    """Begin, then commit or roll back; `outcome` says what is known about it afterwards."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def _answered(self, call: Awaitable[None], outcome: str) -> None:
        self.outcome = "unknown"
        try:
            await call
            self.outcome = outcome
        finally:
            if self.outcome == "unknown":
                self.connection.abort()

    async def __aenter__(self) -> "Transaction":
        await self._answered(self.connection.begin(), "open")
        return self

    async def __aexit__(self, kind, error, trace) -> None:
        if not isinstance(error, Exception | asyncio.CancelledError):
            await self._answered(self.connection.commit(), "committed")
            return
        try:
            await self._answered(self.connection.rollback(), "rolled back")
        except ConnectionError:
            pass  # the exception of the block says more
