# Cancels the others after Fatal, and does not wait until they have cleaned up.
# fails: test_fatal_waits_for_the_cleaning_up
# says: half closed
# exercise: core.crawl-feeds
import asyncio
from collections.abc import Awaitable, Callable, Iterable


async def crawl(
    partners: Iterable[str], fetch: Callable[[str], Awaitable[int]], limit: int
) -> list[int | Exception]:
    """Fetch from all partners, at most `limit` at a time; return results and exceptions in the order of the partners."""
    todo, results = iter(partners), []

    async def worker() -> None:
        for partner in todo:
            place = len(results)
            results.append(None)
            try:
                results[place] = await fetch(partner)
            except Fatal:
                raise
            except Exception as error:
                results[place] = error

    workers = [asyncio.create_task(worker()) for _ in range(limit)]
    try:
        await asyncio.gather(*workers)
    except BaseException:
        for task in workers:
            task.cancel()
        raise
    return results
