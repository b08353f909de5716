# Cleans up when writing fails, not when renaming does.
# fails: test_a_name_that_cannot_be_given_leaves_nothing_behind
# says: the bank reads every file of the
# exercise: core.settlement-file
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def settle(path: Path, lines: Iterable[str]) -> None:
    """Replace the file at `path` by the lines, in UTF-8: the old file or the new one, whatever happens."""
    path = path.resolve()
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o640
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
    except BaseException:
        Path(name).unlink()
        raise
    Path(name).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
