import random

from course.checks import inside

NAME = "2026.10.25.csv"
OLD = b"Pier 9;1 204,50\n"


def some_lines(rng: random.Random) -> list[str]:
    return [f"Nordhalle;{rng.randint(1, 99999)}" for _ in range(rng.randint(3, 9))]


def as_file(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def test_the_name_is_on_the_disk_when_settle_returns(rng: random.Random):
    """After the renaming the folder is synced, too: a settlement that was reported cannot vanish."""
    events = [event for event in inside("run", OLD, some_lines(rng))["events"] if isinstance(event, str)]
    assert events[events.index("rename") :] == ["rename", "sync folder"], "a name is data of the folder"


def test_a_name_that_cannot_be_given_leaves_nothing_behind(rng: random.Random):
    """When the renaming fails, OSError reaches the caller and the folder is as it was."""
    done = inside("run", OLD, some_lines(rng), fault="rename 1")
    assert (done["raised"], done["files"]) == ("OSError", {NAME: OLD}), "the bank reads every file of the folder"


def test_a_folder_that_cannot_be_synced_is_reported(rng: random.Random):
    """When the folder cannot be synced, OSError reaches the caller: what is there is whole, but not yet safe."""
    lines = some_lines(rng)
    done = inside("run", OLD, lines, fault="sync folder 1")
    assert (done["raised"], done["files"]) == ("OSError", {NAME: as_file(lines)}), "silence here means: it is safe"


def test_ctrl_c_leaves_nothing_behind(rng: random.Random):
    """An interrupted settlement leaves the old file, and nothing beside it."""
    done = inside("run", OLD, some_lines(rng), fault=f"Ctrl-C {rng.randint(1, 3)}")
    assert (done["raised"], done["files"]) == ("KeyboardInterrupt", {NAME: OLD}), "operators press Ctrl-C"


def test_the_permissions_stay(rng: random.Random):
    """The new file has the permission bits of the old one; without an old one, 0o640."""
    mode = rng.choice([0o644, 0o664, 0o600, 0o444, 0o660])
    done = inside("run", OLD, some_lines(rng), mode=mode)
    assert (done["raised"], done["mode"]) == ("", oct(mode)), "the bank's import runs as another user"
    assert inside("run", None, some_lines(rng))["mode"] == "0o640", "the bank's import is in the group"


def test_two_settlements_at_once_do_not_mix(rng: random.Random):
    """Two that write the same file at the same time both succeed; the last one's lines stay, whole."""
    lines, others = some_lines(rng), some_lines(rng)
    done = inside("run", OLD, lines, nested=others)
    assert (done["raised"], done["files"]) == ("", {NAME: as_file(lines)}), "a retry overlaps with the run it repeats"
    assert set(done["seen"]) == {OLD, as_file(others), as_file(lines)}, "between the two, a reader finds either, whole"


def test_files_of_others_stay(rng: random.Random):
    """Whatever else lies in the folder is not touched."""
    others = [
        (NAME + ".tmp", b"1"),
        ("2026.10.25.tmp", b"2"),
        (NAME + "~", b"3"),
        ("." + NAME + ".tmp", b"4"),
        ("tmp", b"5"),
    ]
    lines = some_lines(rng)
    done = inside("run", OLD, lines, others=others)
    assert done["files"] == dict(others) | {NAME: as_file(lines)}, "somebody else's work in progress"


def test_a_link_stays_a_link(rng: random.Random):
    """Where the path is a symbolic link, the file it points to is replaced, and the link stays."""
    lines = some_lines(rng)
    folder = inside("run", OLD, lines, link=True)
    assert (folder["link"], folder["files"]) == ("archive/4711.csv", {"archive/4711.csv": as_file(lines)}), (
        "the archive kept yesterday's figures, and nobody noticed until the audit"
    )
