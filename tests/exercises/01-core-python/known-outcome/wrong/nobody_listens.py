# Ends a cancellation after the roll-back: the customer has left, so nobody is to hear of it.
# fails: test_a_block_that_is_cancelled_is_rolled_back, test_a_cancellation_at_every_await, test_a_failed_rollback_does_not_end_a_cancellation
# says: whoever cancelled waits for this exception
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
        if kind is None:
            await self._answered(self.connection.commit(), "committed")
            return
        try:
            await self._answered(self.connection.rollback(), "rolled back")
        except ConnectionError:
            pass  # the exception of the block says more
        return kind is asyncio.CancelledError
