class Connection:
    """A session that notes what it is asked; the calls named in `failing` raise ConnectionError."""

    def __init__(self, *failing: str) -> None:
        self.log, self.failing = [], failing

    async def begin(self) -> None:
        await self._ask("begin")

    async def commit(self) -> None:
        await self._ask("commit")

    async def rollback(self) -> None:
        await self._ask("rollback")

    def abort(self) -> None:
        self.log.append("abort")

    async def _ask(self, what: str) -> None:
        self.log.append(what)
        if what in self.failing:
            raise ConnectionError(f"{what} failed")
