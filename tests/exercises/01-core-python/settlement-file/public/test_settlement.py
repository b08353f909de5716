import random

import pytest

from course.checks import inside

NAME = "2026.10.25.csv"
OLD = b"Pier 9;1 204,50\n"


def some_lines(rng: random.Random) -> list[str]:
    return [
        f"{rng.choice(['Nordhalle', 'Café Süd', 'Łódź'])};{rng.randint(1, 99999)}" for _ in range(rng.randint(3, 9))
    ]


def as_file(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def test_the_file_holds_the_lines(rng: random.Random):
    """A settlement, the first of its name or a later one, is its lines in UTF-8, each ended by a newline, and nothing else."""
    for old in (None, OLD, OLD * 500):
        lines = some_lines(rng)
        done = inside("run", old, lines)
        assert (done["raised"], done["files"]) == ("", {NAME: as_file(lines)}), (
            "the bank reads every file of the folder"
        )


@pytest.mark.points(2)
def test_a_reader_finds_the_old_file_or_the_new_one(rng: random.Random):
    """Whoever opens the file at any moment finds yesterday's settlement or today's, whole."""
    lines = some_lines(rng)
    done = inside("run", OLD, lines)
    assert set(done["seen"]) <= {OLD, as_file(lines)}, "the bank's import runs when it likes, and pays what it finds"


@pytest.mark.points(2)
def test_a_database_that_goes_away_leaves_the_old_file(rng: random.Random):
    """When the lines end with an exception, it reaches the caller; the old file stays, and nothing lies beside it."""
    done = inside("run", OLD, some_lines(rng), fault=f"line {rng.randint(1, 3)}")
    assert (done["raised"], done["files"]) == ("ValueError", {NAME: OLD}), "half a settlement is a wrong one"


@pytest.mark.points(2)
def test_the_data_is_on_the_disk_before_the_name(rng: random.Random):
    """If the power fails right after the renaming, the new name belongs to the whole new content."""
    lines = some_lines(rng)
    done = inside("run", OLD, lines)
    cuts = [event[1] for event in done["events"] if event[0] == "after a power cut"]
    assert cuts == [as_file(lines)], "the disk may keep a new name and forget the data that was still in memory"


def test_a_full_disk_leaves_the_old_file(rng: random.Random):
    """When the data cannot be brought to the disk, OSError reaches the caller and the old file stays, alone."""
    for old in (OLD, None):
        done = inside("run", old, some_lines(rng), fault="sync file 1")
        assert (done["raised"], done["files"]) == ("OSError", {NAME: old} if old else {}), (
            "the error came in time; use it"
        )
