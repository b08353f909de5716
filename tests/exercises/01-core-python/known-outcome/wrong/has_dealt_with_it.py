# Returns true once it has rolled back.
# fails: test_a_block_that_fails_is_rolled_back, test_a_block_that_is_cancelled_is_rolled_back, test_a_cancellation_at_every_await, test_a_failed_rollback_does_not_end_a_cancellation, test_a_failed_rollback_does_not_hide_the_reason, test_whatever_ends_the_block
# says: the customer must hear that B7 is taken
# exercise: core.known-outcome
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
        return True
