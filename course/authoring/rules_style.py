"""Figures of house style: aims, so they warn, and a topic may waive one with a reason."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterator
from itertools import combinations

from course import notebook
from course.authoring import prose
from course.authoring.tree import Finding, Tree
from course.notebook import NotebookCell

RULES = {
    "cells": "25 to 50 cells",
    "words": "1,200 to 2,500 words",
    "markdown-length": "markdown cells: median 60 words, at most 180",
    "code-length": "code cells: median 6 lines, at most 30",
    "opening": "two topics open with the same words",
    "variation": "every topic has the same size and shape",
    "hype": "praise instead of mechanism",
    "wording": "words that talk the reader down",
    "hint-repeats": "a hint repeats the statement",
    "incident": "the opening incident",
    "predict": "questions before runs",
    "failure": "a real failure",
    "costs": "what it costs",
    "pitfalls": "pitfalls that lead to where they are seen",
    "source": "a primary source",
    "closing": "the answer, and what is still unsafe",
}
CELLS, WORDS, INCIDENT = (25, 50), (1_200, 2_500), (60, 120)
MARKDOWN, CODE = (60, 180), (6, 30)  # median and most, in words and in lines
SLACK = 1.5  # a median is an aim: half as much again is still near it
OPENING, OVERLAP, MEAN_OVERLAP = 100, 0.15, 0.02  # words; share of common trigrams
VARIED, SPREAD = 5, 0.2  # from so many topics on; coefficient of variation
HYPE_SHARE, REPEATED = 1.5, 0.3  # a thousand words; of a hint's trigrams
PREDICTIONS = 3
HYPE = re.compile(
    r"\b(amazing|awesome|beautiful(?:ly)?|blazing\w*|brilliant\w*|cutting-edge|delight\w*|effortless\w*|elegant\w*"
    r"|excellent|exciting|fantastic|game-chang\w*|great|incredibl\w*|lightning-fast|magical\w*|perfect(?:ly)?"
    r"|revolutionary|seamless\w*|state-of-the-art|stunning|super|superb|supercharge\w*|ultimate\w*|wonderful\w*"
    r"|world-class|wow)\b",
    re.I,
)
FORBIDDEN = re.compile(
    r"\b(?:simply|just|powerful(?:ly)?|robust(?:ly|ness)?)\b|in this notebook,? you(?: will|'ll)", re.I
)
Problem = tuple[str, str]


def findings(tree: Tree) -> Iterator[Finding]:
    """Yield what differs from the figures of house style."""
    for _, _, key in tree.topics():
        path = f"notebooks/{key}.ipynb"
        if cells := tree.cells(path):
            for rule in (sizes, praise, parts):
                yield from (Finding(path, name, said, key) for name, said in rule(cells))
        for page in (path, f"solutions/{key}.ipynb"):
            for cell in tree.cells(page):
                if cell["cell_type"] == "markdown":
                    yield from wording(page, cell["source"], f"cell {cell['id']} says", key)
    for page in (n for n in tree.files if n.endswith(".md")):
        yield from wording(page, tree.text(page), "it says")
    for key, _, exercise in tree.exercises():
        yield from repeated(tree, key, exercise.slug)
    yield from openings(tree)
    yield from variation(tree)


def sizes(cells: list[NotebookCell]) -> Iterator[Problem]:
    """Compare the length of a notebook and of its cells with the aims."""
    markdown = [prose.count(cell["source"]) for cell in written(cells)]
    code = [len(cell["source"].splitlines()) for cell in cells if cell["cell_type"] == "code"]
    if not CELLS[0] <= len(cells) <= CELLS[1]:
        yield "cells", f"it has {len(cells)} cells; 25 to 50 are usual"
    if not WORDS[0] <= sum(markdown) <= WORDS[1]:
        yield "words", f"it has {sum(markdown):,} words; 1,200 to 2,500 are usual"
    for rule, lengths, (median, most), unit in (
        ("markdown-length", markdown, MARKDOWN, "words"),
        ("code-length", code, CODE, "lines"),
    ):
        kind = rule.partition("-")[0]
        if lengths and statistics.median(lengths) > median * SLACK:
            yield rule, f"half of the {kind} cells have over {statistics.median(lengths):g} {unit}; aim at {median}"
        if lengths and max(lengths) > most:
            yield rule, f"the longest {kind} cell has {max(lengths)} {unit}, {most} are the most; split it"


def written(cells: list[NotebookCell]) -> list[NotebookCell]:
    """Return the markdown cells that somebody wrote: the first is derived."""
    return [cell for cell in cells if cell["cell_type"] == "markdown" and cell["id"] != "head"]


def text_of(cells: list[NotebookCell]) -> str:
    """Return all that somebody wrote in markdown."""
    return "\n\n".join(cell["source"] for cell in written(cells))


def praise(cells: list[NotebookCell]) -> Iterator[Problem]:
    """Count praise."""
    text = prose.plain(text_of(cells))
    found, allowed = HYPE.findall(text), HYPE_SHARE * len(prose.WORD.findall(text)) / 1000
    if len(found) > allowed:
        words = ", ".join(sorted({word.lower() for word in found}))
        yield "hype", f"{len(found)} words of praise ({words}), {allowed:.1f} allowed; say what it does instead"


def wording(path: str, source: str, where: str, topic: str = "") -> Iterator[Finding]:
    """Find words that say nothing, or that something is easy."""
    for found in sorted({match[0].lower() for match in FORBIDDEN.finditer(prose.plain(source))}):
        yield Finding(path, "wording", f"{where} {found!r}; leave it out, or say what is meant", topic)


def parts(cells: list[NotebookCell]) -> Iterator[Problem]:
    """Look for the parts that no topic goes without."""
    text = text_of(cells)
    yield from incident(cells)
    questions = len(re.findall(r"\*\*Predict\b", text))
    if questions < PREDICTIONS:
        yield "predict", f"it asks {questions} times for a prediction; ask `**Predict:** …` before a run, in every turn"
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    if not any("raises-exception" in notebook.tags(c) or re.search(r"^\s*except\b", c["source"], re.M) for c in code):
        yield "failure", "nothing fails in it; show a real failure, its diagnosis, the fix, and the same scenario again"
    if not re.search(r"^\|[ :|-]+\|\s*$", text, re.M) or not re.search(r"do not use it when", text, re.I):
        yield "costs", "there is no table of costs with a “do not use it when”; name two honest costs"
    elif not re.search(r"\brejected\b", text, re.I):
        yield "costs", "no alternative is rejected; say which one, and why (**Rejected:** …)"
    yield from pitfalls(cells)
    if not re.search(r"\bsource\b", text, re.I) or not re.search(r"\]\(https?://", text):
        yield "source", "no primary source is linked; name an RFC, a manual or a post-mortem after the word “source”"
    if cells[-1]["cell_type"] != "markdown" or not re.search(r"\bunsafe\b", cells[-1]["source"], re.I):
        yield "closing", "the last cell does not answer the opening question and say what is still unsafe"


def incident(cells: list[NotebookCell]) -> Iterator[Problem]:
    """Check the opening: short, with real numbers, ending in a question."""
    opening = ""
    for cell in cells[1:]:
        if cell["cell_type"] != "markdown":
            break
        opening = cell["source"]
        if "?" in opening:
            break
    number = prose.count(prose.HEADING.sub("", opening))
    if not INCIDENT[0] <= number <= INCIDENT[1]:
        yield "incident", f"the incident has {number} words before the first run; 60 to 120 tell it"
    if not re.search(r"\d", opening):
        yield "incident", "the incident has no number; tell it with the real ones"
    if not re.search(r"\?\W*$", opening.strip()):
        yield "incident", "the incident does not end in a question"


def pitfalls(cells: list[NotebookCell]) -> Iterator[Problem]:
    """Check that pitfalls are listed and that each leads to where it is seen."""
    found = [cell["source"] for cell in written(cells) if re.search(r"^#+ .*pitfall", cell["source"], re.M | re.I)]
    bullets = re.split(r"^[*-] ", found[-1], flags=re.M)[1:] if found else []
    if not bullets:
        yield "pitfalls", "there is no list under a heading “Pitfalls”; write it"
    for line in bullets:
        if "](" not in line and "cell above" not in line:
            yield "pitfalls", f"the pitfall “{' '.join(line.split()[:6])} …” links to no cell that shows it"


def repeated(tree: Tree, key: str, slug: str) -> Iterator[Finding]:
    """Compare the hints of an exercise with its statement."""
    path = f"solutions/{key}.ipynb"
    cells = {cell["id"]: prose.vocabulary(cell["source"]) for cell in tree.cells(path)}
    hint, statement = (prose.trigrams(cells.get(f"{slug}-{part}", [])) for part in ("hints", "statement"))
    share = len(hint & statement) / max(len(hint), 1)
    if share > REPEATED:
        yield Finding(path, "hint-repeats", f"{share:.0%} of the hints of {slug} stand in its statement too", key)


def openings(tree: Tree) -> Iterator[Finding]:
    """Compare how topics open, each with each."""
    runs = {}
    for _, _, key in tree.topics():
        runs[key] = prose.trigrams(prose.vocabulary(text_of(tree.cells(f"notebooks/{key}.ipynb")))[:OPENING])
    shares = []
    for one, other in combinations(runs, 2):
        shares.append(len(runs[one] & runs[other]) / max(len(runs[one] | runs[other]), 1))
        if shares[-1] > OVERLAP:
            said = (
                f"it shares {shares[-1]:.0%} of its opening's word triples with {one}; open with this topic's incident"
            )
            yield Finding(f"notebooks/{other}.ipynb", "opening", said, other)
    if shares and statistics.mean(shares) > MEAN_OVERLAP:
        said = f"openings share {statistics.mean(shares):.1%} of their word triples; {MEAN_OVERLAP:.0%} is the most"
        yield Finding("course.yml", "opening", said)


def variation(tree: Tree) -> Iterator[Finding]:
    """Compare the sizes of topics: equal ones were poured into a mould."""
    pages = [cells for _, _, key in tree.topics() if (cells := tree.cells(f"notebooks/{key}.ipynb"))]
    measures: dict[str, Callable[[list[NotebookCell]], int]] = {
        "words": lambda cells: prose.count(text_of(cells)),
        "cells": len,
    }
    for unit, measure in measures.items():
        values = [measure(cells) for cells in pages]
        if len(values) >= VARIED and statistics.pstdev(values) / statistics.mean(values) < SPREAD:
            share = statistics.pstdev(values) / statistics.mean(values)
            said = f"the numbers of {unit} vary by {share:.2f} of their mean; {SPREAD} is the least: let topics differ"
            yield Finding("course.yml", "variation", said)
