# Fetches in batches, so that everybody waits for the slowest of a batch.
# fails: test_the_next_begins_when_one_ends, test_a_fatal_answer_stops_everything, test_fatal_waits_for_the_cleaning_up
# says: holds up one line
# exercise: core.crawl-feeds
import asyncio
from collections.abc import Awaitable, Callable, Iterable


async def crawl(
    partners: Iterable[str], fetch: Callable[[str], Awaitable[int]], limit: int
) -> list[int | Exception]:
    """Fetch from all partners, at most `limit` at a time; return results and exceptions in the order of the partners."""
    results, batch = [], []
    for partner in partners:
        batch.append(partner)
        if len(batch) == limit:
            results += await asyncio.gather(*map(fetch, batch), return_exceptions=True)
            batch = []
    results += await asyncio.gather(*map(fetch, batch), return_exceptions=True)
    for result in results:
        if isinstance(result, Fatal):
            raise result
    return results
