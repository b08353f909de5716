"""All static rules over one checkout: structure fails, style warns unless a topic waives it with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course import index
from course.authoring import rules_exercises, rules_notebooks, rules_repository, rules_style, rules_tests
from course.authoring.tree import Finding, Tree
from course.errors import CourseError

OWN_RULES = {
    "course-file": "course.yml is no valid index",
    "waiver": "a waiver of an unknown rule, or of one that nothing breaks",
}
STRUCTURE = {**OWN_RULES, **rules_repository.RULES, **rules_notebooks.RULES, **rules_exercises.RULES}
STYLE = {**rules_style.RULES, **rules_tests.RULES}


@dataclass(frozen=True)
class Report:
    """What was found: `structure` has to be mended, `style` is worth a thought, `waived` was thought about."""

    structure: list[Finding]
    style: list[Finding]
    waived: list[Finding]

    def lines(self) -> Iterator[str]:
        """Yield one line a finding, and a last one that counts them."""
        yield from map(str, self.structure)
        yield from (f"{found.path}: {found.rule}: warning: {found.said}" for found in self.style)
        yield (
            f"{len(self.structure)} to mend, {len(self.style)} warnings of style"
            + (f", {len(self.waived)} waived" if self.waived else "")
        )


def check(root: Path) -> Report:
    """Apply every rule to the checkout at `root`."""
    try:
        course = index.load(root / "course.yml")
    except CourseError as error:
        return Report([Finding("course.yml", "course-file", line) for line in str(error).splitlines()], [], [])
    tree = Tree(root, course)
    structure = [
        *rules_repository.findings(tree),
        *rules_notebooks.findings(tree),
        *rules_exercises.findings(tree),
    ]
    found = [*rules_style.findings(tree), *rules_tests.findings(tree)]
    waivers = {f"{key} {rule}": reason for _, topic, key in tree.topics() for rule, reason in topic.waive.items()}
    waived = [each for each in found if f"{each.topic} {each.rule}" in waivers]
    structure += superfluous(waivers, waived)
    return Report(
        sorted(set(structure), key=str), sorted(set(found) - set(waived), key=str), sorted(set(waived), key=str)
    )


def superfluous(waivers: dict[str, str], waived: list[Finding]) -> Iterator[Finding]:
    """Find waivers that no finding needs, or that name no rule of style."""
    needed = {f"{each.topic} {each.rule}" for each in waived}
    for waiver in waivers:
        topic, _, rule = waiver.partition(" ")
        if rule in STRUCTURE:
            said = f"{topic} waives {rule}, which cannot be waived; mend what it names"
        elif rule not in STYLE:
            said = f"{topic}: {index.unknown('rule of style', rule, sorted(STYLE))}"
        elif waiver not in needed:
            said = f"{topic} waives {rule}, and nothing breaks it any more; remove the waiver"
        else:
            continue
        yield Finding("course.yml", "waiver", said)
