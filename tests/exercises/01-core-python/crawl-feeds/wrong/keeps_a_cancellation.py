# Takes a cancellation for the result of a fetch, and goes on.
# fails: test_a_fatal_answer_stops_everything, test_a_cancelled_crawl_leaves_nothing_running
# says: told to go away
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
            except (Exception, asyncio.CancelledError) as error:
                results[place] = error

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(limit):
                group.create_task(worker())
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return results
