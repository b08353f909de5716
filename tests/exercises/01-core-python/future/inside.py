"""What the checks of core.future arrange beside the answer."""


async def awaiting(future):
    """Await a future, and return what it gave."""
    return await future


async def guarded(future):
    """Await a future, and return the text of its failure."""
    try:
        return await future
    except ConnectionError as error:
        return f"caught: {error}"
