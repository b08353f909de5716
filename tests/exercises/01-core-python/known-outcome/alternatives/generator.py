# A generator does the work, and the class is its handle; each call is a step with its own except.
# exercise: core.known-outcome
from contextlib import asynccontextmanager


class Transaction:
    """Begin, then commit or roll back; `outcome` says what is known about it afterwards."""

    def __init__(self, connection):
        self.steps = self._steps(connection)

    async def __aenter__(self):
        return await self.steps.__aenter__()

    async def __aexit__(self, *how):
        return await self.steps.__aexit__(*how)

    @asynccontextmanager
    async def _steps(self, connection):
        self.outcome, answered = "unknown", False
        try:
            await connection.begin()
            answered = True
            self.outcome = "open"
            try:
                yield self
            except BaseException as reason:
                self.outcome, answered = "unknown", False
                try:
                    await connection.rollback()
                except OSError:
                    raise reason from None
                self.outcome, answered = "rolled back", True
                raise
            self.outcome, answered = "unknown", False
            await connection.commit()
            self.outcome, answered = "committed", True
        finally:
            if not answered:
                connection.abort()
