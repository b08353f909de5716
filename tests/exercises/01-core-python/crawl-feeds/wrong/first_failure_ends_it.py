# Lets any failure end the night.
# fails: test_a_failure_is_a_value, test_more_failures_than_places, test_any_night
# says: one line of tomorrow
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

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(limit):
                group.create_task(worker())
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return results
