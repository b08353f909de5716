# A class: feeds and errors go onto an AsyncExitStack, closed in one task that is shielded again and again.
# exercise: core.half-open
import asyncio
from contextlib import AsyncExitStack


class OpenAll:
    def __init__(self, openers, limit=5.0):
        self.openers, self.limit = openers, limit
        self.stack, self.errors, self.cut = AsyncExitStack(), [], []

    async def __aenter__(self):
        given = []
        try:
            for opener in self.openers:
                feed = await opener()
                self.stack.push_async_callback(self._close, feed)
                given.append(feed)
        except BaseException as error:
            await self._finish(error)
            raise
        return given

    async def __aexit__(self, kind, error, trace):
        await self._finish(error)

    async def _close(self, feed):
        try:
            async with asyncio.timeout(self.limit):
                await feed.close()
        except Exception as error:
            self.errors.append(error)

    async def _finish(self, error):
        first = [error] if isinstance(error, Exception) else []
        job = asyncio.ensure_future(self.stack.aclose())
        cut = isinstance(error, asyncio.CancelledError)
        while not job.done():
            try:
                await asyncio.shield(job)
            except asyncio.CancelledError:
                cut = True
        every = first + self.errors
        if cut:
            raise asyncio.CancelledError from (ExceptionGroup("closing", every) if every else None)
        if self.errors:
            raise ExceptionGroup("closing", every)


open_all = OpenAll
