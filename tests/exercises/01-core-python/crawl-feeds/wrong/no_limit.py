# Fetches from everybody at once.
# fails: test_never_more_than_the_limit, test_the_next_begins_when_one_ends, test_a_fatal_answer_stops_everything, test_a_cancelled_crawl_leaves_nothing_running, test_any_night
# says: counts our connections
# exercise: core.crawl-feeds
import asyncio
from collections.abc import Awaitable, Callable, Iterable


async def crawl(
    partners: Iterable[str], fetch: Callable[[str], Awaitable[int]], limit: int
) -> list[int | Exception]:
    """Fetch from all partners, at most `limit` at a time; return results and exceptions in the order of the partners."""
    async def one(partner: str) -> int | Exception:
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
