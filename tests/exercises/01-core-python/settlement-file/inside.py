"""What the checks of core.settlement-file arrange beside the answer: a folder, a reader, faults, a power cut."""

import errno
import os
import pathlib
import tempfile

import answer

REAL = {name: getattr(os, name) for name in ("fsync", "fdatasync", "replace", "rename") if hasattr(os, name)}


class _Disk:
    """A folder that is looked at whenever the answer reads a line, syncs or renames. What was not synced is lost."""

    def __init__(self, folder, path, fault):
        self.folder, self.path, self.fault = folder, path, fault
        self.seen, self.events, self.synced = [], [], {}

    def look(self):
        """Note what a reader finds under the path now."""
        self.seen.append(self.path.read_bytes() if self.path.exists() else None)

    def event(self, name):
        self.look()
        self.events.append(name)
        if self.fault == f"{name} {self.events.count(name)}":
            raise OSError(errno.ENOSPC, "No space left on device")

    def sync(self, call):
        def fsync(fd):
            status = os.fstat(fd if isinstance(fd, int) else fd.fileno())
            is_folder = status.st_mode & 0o170000 == 0o040000
            self.event("sync folder" if is_folder else "sync file")
            call(fd)
            for file in self.folder.rglob("*"):
                if file.is_file() and file.stat().st_ino == status.st_ino:
                    self.synced[status.st_ino] = file.read_bytes()

        return fsync

    def move(self, call):
        def replace(src, dst, **options):
            self.event("rename")
            here, there = (pathlib.Path(p).parent.resolve() for p in (src, dst))
            if not options and here != there:
                raise OSError(errno.EXDEV, "Invalid cross-device link")
            kept = self.synced.get(os.stat(src, dir_fd=options.get("src_dir_fd")).st_ino, b"")
            call(src, dst, **options)
            self.look()
            self.events.append(("after a power cut", kept))

        return replace

    def patched(self):
        made = {n: (self.sync if "sync" in n else self.move)(f) for n, f in REAL.items()}
        for name, function in made.items():
            setattr(os, name, function)
            for key, value in list(vars(answer).items()):
                if value is REAL[name]:
                    vars(answer)[key] = function


def run(old, lines, fault="", mode=None, link=False, others=(), nested=()):
    """Settle in a folder of its own. Return what was raised, seen and done, and what is in the folder afterwards.

    `old`: what the file held, or None. `fault`: "sync file 1", "rename 1" (no space), "line 2" or "Ctrl-C 2" (the
    lines end so). `nested`: lines that a second settlement of the same file writes meanwhile.
    """
    folder = pathlib.Path(tempfile.mkdtemp())
    path, target = folder / "2026.10.25.csv", folder / "archive" / "4711.csv"
    for name, data in others:
        (folder / name).write_bytes(data)
    if link:
        target.parent.mkdir()
        path.symlink_to(pathlib.Path("archive", "4711.csv"))
    if old is not None:
        path.write_bytes(old)
        if mode is not None:
            path.chmod(mode)
    disk = _Disk(folder, path, fault)

    def feed():
        for number, line in enumerate(lines, 1):
            disk.look()
            if fault == f"line {number}":
                raise ValueError("the database has gone")
            if fault == f"Ctrl-C {number}":
                raise KeyboardInterrupt
            if nested and number == 2:
                answer.settle(path, list(nested))
                disk.look()
            yield line

    disk.patched()
    raised = ""
    umask = os.umask(0o022)
    try:
        given = answer.settle(path, feed())
        raised = "" if given is None else f"returned {given!r}"
    except BaseException as error:
        raised = type(error).__name__
    finally:
        os.umask(umask)
        for name, function in REAL.items():
            setattr(os, name, function)
    files = {
        str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file() and not f.is_symlink()
    }
    return {
        "raised": raised,
        "seen": disk.seen,
        "events": disk.events,
        "files": files,
        "mode": oct(path.stat().st_mode & 0o7777) if path.exists() else None,
        "link": str(path.readlink()) if path.is_symlink() else None,
    }
