# Lets the error of the roll-back replace the reason for it.
# fails: test_a_failed_rollback_does_not_hide_the_reason, test_a_cancellation_at_every_await, test_a_failed_rollback_does_not_end_a_cancellation
# says: the roll-back is not what the customer asked for
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
        await self._answered(self.connection.rollback(), "rolled back")
