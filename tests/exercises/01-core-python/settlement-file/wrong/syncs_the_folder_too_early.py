# Syncs the folder before the renaming.
# fails: test_the_name_is_on_the_disk_when_settle_returns, test_a_folder_that_cannot_be_synced_is_reported
# says: a name is data of the
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
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
