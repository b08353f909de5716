# Calls the temporary file after the settlement, so that two runs share it.
# fails: test_two_settlements_at_once_do_not_mix, test_files_of_others_stay
# says: a retry overlaps with the run it
# exercise: core.settlement-file
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def settle(path: Path, lines: Iterable[str]) -> None:
    """Replace the file at `path` by the lines, in UTF-8: the old file or the new one, whatever happens."""
    path = path.resolve()
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o640
    name = f"{path}.tmp"
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
