# Notes the outcome before the call is answered.
# fails: test_a_failed_commit_leaves_the_outcome_open_to_question, test_a_begin_that_is_cancelled, test_a_cancellation_at_every_await, test_a_commit_that_is_cancelled, test_a_failed_rollback_does_not_hide_the_reason, test_a_rollback_that_is_cancelled, test_nothing_was_begun
# says: the commit may have arrived
# exercise: core.known-outcome
from collections.abc import Awaitable


class Transaction:
    """Begin, then commit or roll back; `outcome` says what is known about it afterwards."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def _answered(self, call: Awaitable[None], outcome: str) -> None:
        self.outcome = outcome
        try:
            await call
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
