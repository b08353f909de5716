# Takes the first partner of each place without asking whether there is one.
# fails: test_fewer_partners_than_places
# says: fewer partners
# exercise: core.crawl-feeds
import asyncio
from collections.abc import Awaitable, Callable, Iterable


async def crawl(
    partners: Iterable[str], fetch: Callable[[str], Awaitable[int]], limit: int
) -> list[int | Exception]:
    """Fetch from all partners, at most `limit` at a time; return results and exceptions in the order of the partners."""
    todo, results, running = iter(partners), [], {}

    def begin(partner: str) -> None:
        running[asyncio.create_task(fetch(partner))] = len(results)
        results.append(None)

    for _ in range(limit):
        begin(next(todo))
    try:
        while running:
            ended, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                error = task.exception()
                if isinstance(error, Fatal):
                    raise error
                results[running.pop(task)] = error or task.result()
            while len(running) < limit and (partner := next(todo, None)) is not None:
                begin(partner)
        return results
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
