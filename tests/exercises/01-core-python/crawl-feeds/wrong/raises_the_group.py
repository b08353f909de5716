# Lets the group of the TaskGroup out.
# fails: test_a_fatal_answer_stops_everything, test_fatal_waits_for_the_cleaning_up
# says: no group of errors
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

    async with asyncio.TaskGroup() as group:
        for _ in range(limit):
            group.create_task(worker())
    return results
