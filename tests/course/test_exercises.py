"""Every exercise is proved: its stub fails, right answers pass, each wrong answer fails at the check that names it."""

from collections.abc import Iterator

import pytest

from course import index
from course.authoring.proof import prove
from course.index import Chapter, Topic
from course.judging import bank
from course.judging.client import Judge
from course.judging.limits import Limits

COURSE = index.load()


@pytest.fixture(scope="module")
def judges() -> Iterator[list[Judge]]:
    patient = Limits(time=10.0)  # a busy machine is no wrong answer
    with Judge(limits=patient) as one, Judge(limits=patient) as other:
        yield [one, other]


@pytest.mark.parametrize("exercise", [exercise.id for _, _, exercise in COURSE.exercises()])
def test_an_exercise_is_as_it_should_be(judges: list[Judge], exercise: str) -> None:
    assert list(prove(judges, COURSE, index.root(), exercise)) == []


@pytest.mark.parametrize(
    "chapter, topic", list(COURSE.topics()), ids=lambda each: each.slug if hasattr(each, "slug") else each.stem
)
def test_the_references_pass_whatever_the_secret_seed(judges: list[Judge], chapter: Chapter, topic: Topic) -> None:
    program = bank.program(index.root() / "solutions" / chapter.slug / f"{topic.stem}.ipynb")
    tasks = [bank.task(index.root(), exercise.id) for exercise in topic.exercises]
    for seed in ("one", "two", "three"):
        for result in judges[0].judge(program, tasks, seed):
            assert result.passed, (seed, [(c.name, c.call, c.got, c.expected) for c in result.checks if not c.passed])
