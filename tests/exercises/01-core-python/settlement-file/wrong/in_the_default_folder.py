# Makes the temporary file where tempfile makes it, on another file system.
# fails: test_the_file_holds_the_lines, test_the_data_is_on_the_disk_before_the_name, test_the_name_is_on_the_disk_when_settle_returns, test_a_folder_that_cannot_be_synced_is_reported, test_the_permissions_stay, test_two_settlements_at_once_do_not_mix, test_files_of_others_stay, test_a_link_stays_a_link
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
    descriptor, name = tempfile.mkstemp()
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
