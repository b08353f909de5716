# Appends each result when it comes.
# fails: test_results_in_the_order_of_the_partners, test_a_failure_is_a_value, test_more_failures_than_places, test_fewer_partners_than_places, test_any_night
# says: partner 5's
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
            try:
                results.append(await fetch(partner))
            except Fatal:
                raise
            except Exception as error:
                results.append(error)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(limit):
                group.create_task(worker())
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return results
