"""Kill a grading run with -9 at twenty random points, and go on: `python tests/benchmarks/faults.py [--number N]`."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.course import clusters
from tests.course.test_faults import finish, results, start


def main() -> None:
    """Print each point, what was kept, and whether the result is the undisturbed one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=20)
    number, points = parser.parse_args().number, random.Random("twenty points")
    with tempfile.TemporaryDirectory(prefix="course-faults-") as made:
        top = Path(made)
        clusters.hand_in(top / "class", 40)
        began = time.monotonic()
        assert finish(start(top / "class", top / "undisturbed")) == (0, "")
        seconds = time.monotonic() - began
        undisturbed = results(top / "undisturbed")
        for kill in range(number):
            out, after = top / f"out-{kill}", points.uniform(0, seconds)
            run = start(top / "class", out)
            time.sleep(after)
            run.kill()
            finish(run)
            kept = len(list(out.glob("cache/*.json")))
            assert finish(start(top / "class", out)) == (0, "")
            assert results(out) == undisturbed
            print(f"killed after {after:.2f} of {seconds:.2f} s with {kept} of 40 kept: the same results", flush=True)


if __name__ == "__main__":
    main()
