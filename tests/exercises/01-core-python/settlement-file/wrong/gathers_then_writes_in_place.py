# Gathers all lines in memory, and then empties the file before it writes.
# fails: test_the_data_is_on_the_disk_before_the_name, test_a_full_disk_leaves_the_old_file, test_the_name_is_on_the_disk_when_settle_returns, test_a_name_that_cannot_be_given_leaves_nothing_behind
# says: the disk may keep a new name and forget the data that was still in
# exercise: core.settlement-file
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def settle(path: Path, lines: Iterable[str]) -> None:
    """Replace the file at `path` by the lines, in UTF-8: the old file or the new one, whatever happens."""
    path = path.resolve()
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o640
    text = "".join(f"{line}\n" for line in lines)
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(mode)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
