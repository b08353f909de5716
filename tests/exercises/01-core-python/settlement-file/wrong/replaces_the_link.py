# Replaces a symbolic link by a file.
# fails: test_a_link_stays_a_link
# says: the archive kept yesterday's figures, and nobody noticed until the
# exercise: core.settlement-file
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def settle(path: Path, lines: Iterable[str]) -> None:
    """Replace the file at `path` by the lines, in UTF-8: the old file or the new one, whatever happens."""
    path = path.absolute()
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o640
    descriptor, name = tempfile.mkstemp(dir=path.parent)
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
