"""Grade 2,000 cheap submissions on a Dask cluster that loses a worker: `python tests/benchmarks/cluster.py [--number N]`.

Scheduler and two workers are processes of their own on loopback; afterwards a local run grades the same, and both results
have to be equal, every student once.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.course import clusters
from tests.course.test_cluster import grade, results


def main() -> None:
    """Print what each run took, and what is equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=2_000)
    number = parser.parse_args().number
    with tempfile.TemporaryDirectory(prefix="course-cluster-") as made:
        top = Path(made)
        clusters.hand_in(top / "class", number)
        with clusters.cluster() as cluster:
            began = time.monotonic()
            run = grade(top / "class", top / "there", "--cluster", cluster.address)
            cache = top / "there" / "cache"
            clusters.until(lambda: len(list(cache.glob("*.json"))) >= number // 2, 1_800)
            cluster.kill_worker()
            done = len(list(cache.glob("*.json")))
            _, errors = run.communicate(timeout=3_600)
            assert run.returncode == 0, errors
            print(
                f"{number} on a cluster: {time.monotonic() - began:.0f} s; one of two workers died after {done}",
                flush=True,
            )
        began = time.monotonic()
        assert grade(top / "class", top / "here", "--workers", "2").communicate(timeout=3_600)[1] == ""
        print(f"{number} here, two workers: {time.monotonic() - began:.0f} s")
        there = results(top / "there")
        assert [each.student for each in there] == [f"s{n:04}" for n in range(number)]
        assert there == results(top / "here")
        print("every student is there once, and both results are equal")


if __name__ == "__main__":
    main()
