"""How strong an exercise's checks are: mutants of its reference, judged like any answer.

Most operators are mutmut's; dropped awaits, dropped statements and swapped neighbours are ours, and so are those of SQL
that stands in a string, which are counted apart. A mutant whose cell no
longer runs, or that runs out of time, is no kill and is not counted. Mutants that cannot differ are declared in the
exercise's exercise.yml, `equivalent:`, by the mutated line and with a reason.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import libcst as cst
import libcst.matchers as m
import yaml
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

from course.authoring import mutation_sql
from course.authoring.derive import BEGIN_SOLUTION, END_SOLUTION
from course.index import Course
from course.judging import bank
from course.judging.client import Judge
from course.judging.program import header

Node = cst.CSTNode


@dataclass(frozen=True)
class Mutant:
    """One changed reference: its whole cell, the line that changed, before and after."""

    source: str
    line: int
    before: str
    after: str
    sql: bool = False  # only the text of a statement differs


@dataclass
class Score:
    """What became of an exercise's mutants."""

    killed: list[Mutant] = field(default_factory=list)
    survivors: list[Mutant] = field(default_factory=list)
    equivalent: int = 0
    uncounted: int = 0  # the cell no longer runs, or time ran out

    @property
    def share(self) -> float:
        """The share of the counted mutants that were killed, 0 to 1."""
        return share([self])


def share(scores: Iterable[Score], *, sql: bool | None = None) -> float:
    """Return the share of the counted mutants that were killed, 0 to 1: of all, or of those (not) of SQL text alone."""
    tried = [(mutant, True) for score in scores for mutant in score.killed]
    tried += [(mutant, False) for score in scores for mutant in score.survivors]
    dead = [killed for mutant, killed in tried if sql in (None, mutant.sql)]
    return sum(dead) / len(dead) if dead else 1.0


class _Finder(cst.CSTVisitor):
    """Collects, within the lines of the reference, nodes with their replacements."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, lines: set[int]) -> None:
        super().__init__()
        self.lines = lines
        self.found: list[tuple[Node, Node]] = []

    def visit_Annotation(self, node: cst.Annotation) -> bool:  # noqa: N802 (libcst names it)
        return False

    def visit_Raise(self, node: cst.Raise) -> bool:  # noqa: N802 (libcst names it)
        return False  # the text of a message is free; that it is raised at all is tried by dropping the statement

    def on_visit(self, node: Node) -> bool:
        if self.within(node):
            if isinstance(node, cst.SimpleString) and isinstance(node.evaluated_value, str):
                changed = list(mutation_sql.mutants(node.evaluated_value))
                self.found += [(node, node.with_changes(value=repr(text))) for text in changed]
                if changed:
                    return False  # a text that is no statement any more would die of that
            for kind, operator in mutation_operators:
                if isinstance(node, kind):
                    self.found += [(node, new) for new in operator(node) if not _means_the_same(node, new)]
            self.found += [(node, new) for new in _dropped(node)]
        if isinstance(node, cst.IndentedBlock):
            for i, (one, next_one) in enumerate(pairwise(node.body)):
                # without a dependency their order makes no difference, or none that we can tell
                ordered = not (_is_definition(one) and _is_definition(next_one)) and _writes(one) & _reads(next_one)
                if ordered and self.within(one) and self.within(next_one):
                    body = [*node.body[:i], next_one, one, *node.body[i + 2 :]]
                    self.found.append((node, node.with_changes(body=body)))
        return super().on_visit(node)

    def within(self, node: Node) -> bool:
        """Say whether a node begins in the reference; some white space has no place."""
        place: Any = self.get_metadata(PositionProvider, node, None)
        return bool(place) and place.start.line in self.lines


def _means_the_same(node: Node, new: Node) -> bool:
    if isinstance(node, cst.SimpleString) and isinstance(new, cst.SimpleString):
        old, changed = str(node.evaluated_value), str(new.evaluated_value)
        if old.lower() == changed.lower() and mutation_sql.is_any_case(old):
            return True
    return new.deep_equals(node)


def _dropped(node: Node) -> Iterator[Node]:
    if isinstance(node, cst.Await):
        yield node.expression
    if isinstance(node, cst.SimpleStatementLine) and not isinstance(
        node.body[0], cst.Pass | cst.Import | cst.ImportFrom
    ):
        is_text = isinstance(node.body[0], cst.Expr) and isinstance(node.body[0].value, cst.BaseString)
        if not is_text:
            yield node.with_changes(body=[cst.Pass()])


def _is_definition(node: Node) -> bool:
    """Say whether a statement only defines: what stands in it runs later."""
    return isinstance(node, cst.FunctionDef) and not node.decorators


def _writes(node: Node) -> set[str]:
    targets = m.findall(node, m.AssignTarget() | m.AnnAssign() | m.AugAssign())
    return {name.value for target in targets for name in _names(target.target)}  # type: ignore[attr-defined]


def _reads(node: Node) -> set[str]:
    return {name.value for name in _names(node)}


def _names(node: Node) -> list[cst.Name]:
    return [found for found in m.findall(node, m.Name()) if isinstance(found, cst.Name)]


def mutants(source: str) -> list[Mutant]:
    """Return every mutant of an answer cell's reference; what stands outside the reference stays as it is."""
    lines, inside = set[int](), False
    for number, line in enumerate(source.splitlines(), 1):
        inside = line.strip() == BEGIN_SOLUTION or (inside and line.strip() != END_SOLUTION)
        if inside:
            lines.add(number)
    wrapper = MetadataWrapper(cst.parse_module(source))
    finder = _Finder(lines)
    wrapper.visit(finder)
    made = {}
    for old, new in finder.found:
        replaced: Any = wrapper.module.deep_replace(old, new)
        changed = replaced.code
        if changed != source and changed not in made:
            made[changed] = _described(source, changed, isinstance(old, cst.SimpleString))
    return list(made.values())


def _described(source: str, changed: str, text: bool) -> Mutant:
    old, new = ([row for row in each.splitlines() if "### " not in row] for each in (source, changed))
    at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)) - 1)
    return Mutant(changed, at + 1, old[at].strip(), new[at].strip() if at < len(new) else "", text)


def declared(folder: Path) -> dict[str, str]:
    """Return the mutated lines of an exercise that cannot make a difference, with the reasons."""
    path = folder / "exercise.yml"
    settings: Any = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}
    return dict((settings or {}).get("equivalent", {}))


def measure(judge: Judge, course: Course, root: Path, exercise_id: str, sample: int, seed: int) -> Score:
    """Judge the mutants of an exercise's reference, all of them or a seeded sample of the given size."""
    chapter, topic, _ = course.find(exercise_id)
    task = bank.task(root, exercise_id)
    cells = bank.program(root / "solutions" / chapter.slug / f"{topic.stem}.ipynb")
    reference = next(cell.source for cell in cells if header(cell.source) == ("exercise", exercise_id))
    same, score = declared(task.folder), Score()
    for mutant in _sampled(mutants(reference), sample, f"{seed}/{exercise_id}"):
        if mutant.after in same:
            score.equivalent += 1
            continue
        [result] = judge.judge(bank.replaced(cells, exercise_id, mutant.source), [task])
        broken = all(re.match(r"raised (Syntax|Name|Indentation)Error", c.got) for c in result.checks)
        if result.passed:
            score.survivors.append(mutant)
        elif result.ended == "TIMEOUT" or broken or not result.settled:
            score.uncounted += 1
        else:
            score.killed.append(mutant)
    return score


def _sampled(found: Sequence[Mutant], sample: int, seed: str) -> Iterable[Mutant]:
    return found if not sample or sample >= len(found) else random.Random(seed).sample(found, sample)
