"""Grade twenty submissions of an exercise on PostgreSQL, alone and two at a time: `python tests/benchmarks/places.py`.

Prints how much slower each submission is beside another one, and the share of the time that is the place's.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from course.judging import providers
from course.judging.client import Judge
from course.judging.limits import Limits
from course.judging.program import Cell, Task
from tests.course.test_places import ANSWER, TEMPLATE

SUBMISSIONS = 20
CHECKS = """
import answer, psycopg, pytest

def test_read(place):
    assert answer.free(place.url) == 100

@pytest.mark.writes
@pytest.mark.parametrize("seat", range(1, 6))
def test_write(place, seat):
    answer.sell(place.url, seat)
    with psycopg.connect(place.outside) as connection:
        assert connection.execute("SELECT status FROM seat WHERE id = %s", [seat]).fetchone() == ("sold",)
"""


def graded(judge: Judge, task: Task, number: int) -> float:
    """Judge one submission and return the seconds that it took."""
    began = time.monotonic()
    [result] = judge.judge([Cell(f"# exercise: {task.id}\n{ANSWER}\nnumber = {number}", "cell 1")], [task])
    assert result.passed, result
    return time.monotonic() - began


def main() -> None:
    """Print the medians and their ratio."""
    provider, why = providers.best()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "public").mkdir()
        for name, text in {
            "exercise.yml": "service: postgres\n",
            "template.py": TEMPLATE,
            "public/test_it.py": CHECKS,
        }.items():
            (folder / name).write_text(text)
        task = Task("bench.sell", folder)
        with Judge(provider, Limits()) as one, Judge(provider, Limits()) as two:
            for judge in (one, two):
                graded(judge, task, -1)  # starts its server and loads its template
            alone = [graded(one, task, n) for n in range(SUBMISSIONS)]
            with ThreadPoolExecutor(2) as pool:
                halves = [
                    pool.submit(lambda judge=judge: [graded(judge, task, n) for n in range(SUBMISSIONS // 2)])
                    for judge in (one, two)
                ]
                beside = [seconds for half in halves for seconds in half.result()]
    print(f"provider: {provider} {why}")
    usual, crowded = statistics.median(alone), statistics.median(beside)
    print(f"a submission of six checks alone: {usual:.2f} s")
    print(f"two at a time: {crowded:.2f} s each, {crowded / usual:.2f} times as long")


if __name__ == "__main__":
    main()
