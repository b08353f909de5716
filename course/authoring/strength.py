"""`course mutate`: the mutation scores of all exercises, and what survived."""

from __future__ import annotations

import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

from rich.console import Console
from rich.markup import escape

from course import index
from course.authoring.mutation import Score, measure, share
from course.judging.client import Judge
from course.judging.limits import Limits

CHAPTER, SQL, EXERCISE, EQUIVALENT = 0.90, 0.85, 0.80, 0.05  # the house's figures; SQL: of its text alone


def report(ids: list[str], sample: int, seed: int) -> bool:
    """Measure the exercises, print scores and survivors; say whether every figure of the house holds."""
    course, root, console = index.load(), index.root(), Console()
    wanted = ids or [exercise.id for _, _, exercise in course.exercises()]
    local, judges = threading.local(), list[Judge]()

    def one(exercise_id: str) -> Score:
        if not hasattr(local, "judge"):
            local.judge = Judge(limits=Limits(time=3.0))
            judges.append(local.judge)
        return measure(local.judge, course, root, exercise_id, sample, seed)

    chapters: dict[str, list[Score]] = defaultdict(list)
    good = True
    console.print(f"Sample: {sample} mutants an exercise, seed {seed}" if sample else "All mutants")
    try:
        with ThreadPoolExecutor(2) as pool:
            for exercise_id, score in zip(wanted, pool.map(one, wanted), strict=True):
                counted = len(score.killed) + len(score.survivors)
                console.print(
                    f"{exercise_id:32} {score.share:5.0%} of {counted} killed; {score.equivalent} declared equivalent, "
                    f"{score.uncounted} not counted"
                )
                for mutant in score.survivors:
                    console.print(
                        f"    line {mutant.line}: {escape(mutant.before)}  →  {escape(mutant.after)}", highlight=False
                    )
                good &= score.share >= EXERCISE and score.equivalent <= EQUIVALENT * (counted + score.equivalent) + 1
                chapters[course.find(exercise_id)[0].title].append(score)
    finally:
        for judge in judges:
            judge.close()
    for title, scores in chapters.items():
        counted = sum(len(s.killed) + len(s.survivors) for s in scores)
        python, sql = share(scores, sql=False), share(scores, sql=True)
        console.print(f"{title}: {counted} mutants; killed {python:.1%} of those of Python, {sql:.1%} of those of SQL")
        good &= python >= CHAPTER and sql >= SQL
    return good
