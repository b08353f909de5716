# Keeps the results by name, so that the second of two replaces the first.
# fails: test_a_partner_listed_twice
# says: not to a name
# exercise: core.crawl-feeds
import asyncio
from collections.abc import Awaitable, Callable, Iterable


async def crawl(
    partners: Iterable[str], fetch: Callable[[str], Awaitable[int]], limit: int
) -> list[int | Exception]:
    """Fetch from all partners, at most `limit` at a time; return results and exceptions in the order of the partners."""
    todo, results, names = iter(partners), {}, []

    async def worker() -> None:
        for partner in todo:
            names.append(partner)
            try:
                results[partner] = await fetch(partner)
            except Fatal:
                raise
            except Exception as error:
                results[partner] = error

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(limit):
                group.create_task(worker())
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [results[name] for name in names]
