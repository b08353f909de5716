# Swallows whatever comes out of the roll-back, a cancellation included.
# fails: test_a_rollback_that_is_cancelled
# says: a cancellation is not swallowed, also not for a better reason
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
        except BaseException:
            pass  # the exception of the block says more
