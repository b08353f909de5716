# Hides a failed roll-back behind an error of the block, and not behind a cancellation.
# fails: test_a_failed_rollback_does_not_end_a_cancellation, test_a_cancellation_at_every_await
# says: a task that was cancelled must end as a cancelled one
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
            if not isinstance(error, Exception):
                raise
