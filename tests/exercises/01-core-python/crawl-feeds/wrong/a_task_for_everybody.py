# Makes a task for every partner and lets them wait at a semaphore.
# fails: test_partners_are_read_when_they_can_be_fetched, test_a_fatal_answer_stops_everything
# says: ten thousand partners
# exercise: core.crawl-feeds
import asyncio
from collections.abc import Awaitable, Callable, Iterable


async def crawl(
    partners: Iterable[str], fetch: Callable[[str], Awaitable[int]], limit: int
) -> list[int | Exception]:
    """Fetch from all partners, at most `limit` at a time; return results and exceptions in the order of the partners."""
    door = asyncio.Semaphore(limit)

    async def one(partner: str) -> int | Exception:
        async with door:
            try:
                return await fetch(partner)
            except Fatal:
                raise
            except Exception as error:
                return error

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(partner)) for partner in partners]
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]
