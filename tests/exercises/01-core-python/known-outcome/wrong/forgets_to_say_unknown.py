# Leaves `open` standing when commit or roll-back is not answered.
# fails: X
# says: X
# exercise: core.known-outcome
from collections.abc import Awaitable


class Transaction:
    """Begin, then commit or roll back; `outcome` says what is known about it afterwards."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.outcome = connection, "unknown"

    async def _answered(self, call: Awaitable[None], outcome: str) -> None:
        try:
            await call
            self.outcome = outcome
        except BaseException:
            self.connection.abort()
            raise

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
