# Stops the others after Fatal, and leaves them running when it is cancelled itself.
# fails: test_a_cancelled_crawl_leaves_nothing_running
# says: cleaned up before it ends
# exercise: core.crawl-feeds
import asyncio
from collections.abc import Awaitable, Callable, Iterable


async def crawl(
    partners: Iterable[str], fetch: Callable[[str], Awaitable[int]], limit: int
) -> list[int | Exception]:
    """Fetch from all partners, at most `limit` at a time; return results and exceptions in the order of the partners."""
    todo, results, running = iter(partners), [], {}
    while True:
        while len(running) < limit and (partner := next(todo, None)) is not None:
            running[asyncio.create_task(fetch(partner))] = len(results)
            results.append(None)
        if not running:
            return results
        ended, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            error, place = task.exception(), running.pop(task)
            if isinstance(error, Fatal):
                for other in running:
                    other.cancel()
                await asyncio.gather(*running, return_exceptions=True)
                raise error
            results[place] = error or task.result()
