"""What the checks of core.resume-import arrange beside the answer."""

import answer


def feed(pull):
    """Return a feed: each row is asked of the check, None ends it."""
    while (row := pull()) is not None:
        yield row


def busy(batches):
    """Tell the importer that its batch was refused; return what it gives instead."""
    return batches.throw(answer.Busy("database is locked"))


def emptying(rows, done, size):
    """Write all rows, emptying each list that was given; return what was written and what was saved."""
    written, saved = [], []
    batches = answer.importer(rows, saved.append, done, size)
    for _, batch in zip(range(len(rows) + 2), batches, strict=False):
        written += batch
        batch.clear()
    return written, saved
