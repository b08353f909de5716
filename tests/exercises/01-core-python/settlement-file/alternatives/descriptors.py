# Gathers the bytes first and works with descriptors and an exclusive name of its own, removed by a flag.
# exercise: core.settlement-file
import contextlib
import os
import uuid
from pathlib import Path


def settle(path, lines):
    data = b"".join(line.encode() + b"\n" for line in lines)
    path = Path(os.path.realpath(path))
    try:
        mode = path.stat().st_mode & 0o7777
    except FileNotFoundError:
        mode = 0o640
    other = path.with_name(f".{uuid.uuid4().hex}")
    done = False
    try:
        with other.open("xb", buffering=0) as file:
            view = memoryview(data)
            while view:
                view = view[file.write(view) :]
            other.chmod(mode)
            os.fsync(file.fileno())
        other.rename(path)
        done = True
    finally:
        if not done:
            with contextlib.suppress(FileNotFoundError):
                other.unlink()
    with contextlib.ExitStack() as stack:
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        stack.callback(os.close, folder)
        os.fsync(folder)
