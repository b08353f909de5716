# One task for each fetch, and a loop that waits for the first to end; nobody shares an iterator.
# exercise: core.crawl-feeds
import asyncio
from collections.abc import Awaitable, Callable, Iterable


async def crawl(
    partners: Iterable[str], fetch: Callable[[str], Awaitable[int]], limit: int
) -> list[int | Exception]:
    """Fetch from all partners, at most `limit` at a time; return results and exceptions in the order of the partners."""
    todo, results, running = enumerate(partners), {}, {}
    try:
        while True:
            while len(running) < limit and (taken := next(todo, None)):
                running[asyncio.create_task(fetch(taken[1]))] = taken[0]
            if not running:
                return [results[place] for place in sorted(results)]
            ended, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                results[running.pop(task)] = task.exception() or task.result()
            for result in results.values():
                if isinstance(result, Fatal):
                    raise result
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
