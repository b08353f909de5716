"""Grade one class with three graders, interleaved: `python tests/benchmarks/grading.py [--rounds N] [--only-ours]`.

Ours runs as `course grade` under bubblewrap with an empty cache and two workers; for the others see graders/others.py.
Processor seconds are those of a control group, so that nothing started in a sandbox is missed.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from graders import assignment, ours, parts
from graders.meter import Command, Meter, Spent
from graders.others import Nbgrader, Otter, path_of

from course import index

AIMS = {"nbgrader": (15, 8), "otter": (50, 20)}
Verdicts = dict[int, dict[str, bool]]


class Ours:
    """The assignment as a course of its own; its byte code is compiled before, as in any installation."""

    def __init__(self, root: Path, students: range, workers: int) -> None:
        self.root, self.workers = root / "ours", workers
        ours.build(self.root, students)
        subprocess.run([sys.executable, "-m", "compileall", "-q", self.root / "course"], check=True)

    def commands(self) -> list[Command]:
        return [(ours.command(self.root, self.workers), self.root, None)]

    def verdicts(self) -> Verdicts:
        return ours.verdicts(self.root)


def commands(grader: Ours | Nbgrader | Otter) -> list[Command]:
    """Return the grader's commands with their folders and environments."""
    if isinstance(grader, Ours):
        return grader.commands()
    return [(command, folder, path_of(grader.bin)) for command, folder in grader.commands()]


def table(found: dict[str, Verdicts]) -> None:
    """Print which of the four exercises each grader says are solved."""
    names = [exercise.name for exercise in assignment.EXERCISES]
    print(f"\n{'student':<9}{'truth':<9}" + "".join(f"{name:<11}" for name in found) + "answers")
    for student, bodies in enumerate(assignment.HANDED_IN):
        rows = [assignment.expected(student), *(verdicts[student] for verdicts in found.values())]
        shown = ["".join("+" if row[name] else "-" for name in names) for row in rows]
        marks = [text if text == shown[0] else f"{text} (!)" for text in shown[1:]]
        print(f"{student + 1:<9}{shown[0]:<9}" + "".join(f"{mark:<11}" for mark in marks) + ", ".join(bodies))


def ratios(spent: dict[str, list[Spent]]) -> None:
    """Print what each grader took, and ratios to ours: the median of the rounds."""
    for name, rounds in spent.items():
        cpu, wall = (statistics.median(getattr(each, what) for each in rounds) for what in ("cpu", "wall"))
        line = f"{name:<10}{cpu:8.2f} s of processors {wall:8.2f} s of the wall"
        if name in AIMS:
            pairs = list(zip(rounds, spent["ours"], strict=True))
            cpu, wall = (
                statistics.median(t.cpu / o.cpu for t, o in pairs),
                statistics.median(t.wall / o.wall for t, o in pairs),
            )
            line += f"   {cpu:.1f} and {wall:.1f} times ours (aims {AIMS[name][0]} and {AIMS[name][1]})"
        print(line)


def compare(meter: Meter, root: Path, rounds: int, kinds: dict[str, type]) -> None:
    """Grade the nineteen that end in every round by each, then the one that loops."""
    graders = {name: kind(root / "nineteen", range(19), 2) for name, kind in kinds.items()}
    spent: dict[str, list[Spent]] = {name: [] for name in graders}
    for number in range(rounds):
        for name, grader in graders.items():
            spent[name].append(meter.run(commands(grader)))
            print(f"round {number + 1}, {name}: {spent[name][-1]}, load {os.getloadavg()[0]:.1f}", flush=True)
    found = {name: grader.verdicts() for name, grader in graders.items()}
    looping = {name: kind(root / "twentieth", range(19, 20), 1) for name, kind in kinds.items()}
    print(f"\nthe one that loops, under a limit of {assignment.LIMIT} s a cell:")
    for name, grader in looping.items():
        outside = 10 + assignment.LIMIT if name == "otter" else None  # its start on a busy machine, and the limit
        took = meter.run(commands(grader), outside)
        found[name] |= grader.verdicts()
        end = " (killed from outside)" if outside else ""
        print(f"  {name}: {took.wall:.1f} s of the wall, {took.cpu:.1f} s of processors{end}")
    table(found)
    print()
    ratios(spent)


def rest(meter: Meter, root: Path, number: int) -> None:
    """Grade a large class of all exercises, time `check()` in a kernel, and say where our time goes."""
    exercises = parts.hand_in(root / "many" / "class", number)
    many = parts.class_run(meter, root / "many")
    print(
        f"\n{number} submissions of {exercises} exercises each: {many.wall:.0f} s of the wall, {many.cpu:.0f} s of processors;"
    )
    print(f"a submission {many.wall / number:.2f} and {many.cpu / number:.2f} s", flush=True)
    first, *warm = parts.in_kernel(61)
    p50, p95 = statistics.median(warm) * 1000, statistics.quantiles(warm, n=20)[18] * 1000
    print(f"check() in a kernel: first {first * 1000:.0f} ms; then p50 {p50:.0f} ms (aim 150), p95 {p95:.0f} ms")
    home = meter.folder.parent / "cgroup.procs"
    meter.enter()
    print("\nwhere the processors' time goes, part by part:")
    for name, seconds in parts.parts(meter, index.root(), root / "nineteen" / "ours").items():
        print(f"  {name:<45}{seconds * 1000:8.1f} ms")
    home.write_text("0")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--class", dest="number", type=int, default=300, help="submissions of all exercises there are")
    parser.add_argument("--only-ours", action="store_true", help="neither nbgrader nor otter")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    kinds: dict[str, type] = (
        {"ours": Ours} if options.only_ours else {"ours": Ours, "nbgrader": Nbgrader, "otter": Otter}
    )
    meter = Meter()
    try:
        with tempfile.TemporaryDirectory(prefix="course-benchmark-") as made:
            compare(meter, Path(made), options.rounds, kinds)
            rest(meter, Path(made), options.number)
    finally:
        meter.close()


if __name__ == "__main__":
    main()
