from collections.abc import Iterator


def plan(rows: int) -> Iterator[str]:
    """Yield `rows` fresh lines of a seat plan, each of which occupies 1,000 bytes."""
    for number in range(rows):
        yield f"{number:951}"
