# Gives what it has when it is cancelled, as if nothing had happened.
# fails: test_a_cancelled_crawl_leaves_nothing_running
# says: who cancels has to see
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

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(limit):
                group.create_task(worker())
    except asyncio.CancelledError:
        return results
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return results
