"""What the checks of core.seat-batches arrange beside the answer."""

import answer


def feed(pull):
    """Return a live feed: each row is asked of the check, None ends it."""
    while (row := pull()) is not None:
        yield row


def emptied(rows, size):
    """Return the batches of a consumer that empties each list as soon as it has written it."""
    written = []
    for batch in answer.batches(rows, size):
        written.append(list(batch))
        batch.clear()
    return written
