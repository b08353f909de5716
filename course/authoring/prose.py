"""Markdown as words, links and headings: what the rules of house style count."""

from __future__ import annotations

import re
from collections.abc import Iterator

FENCED = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})(?P<info>[^\n`]*)\n.*?^[ ]{0,3}\1[`~]*[ \t]*$", re.M | re.S)
SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^>]*>", re.S)
LINK = re.compile(r"(?P<picture>!?)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^()\s]*(?:\([^()\s]*\))?)[^)]*\)")
HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.M)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
Trigram = tuple[str, str, str]


def unfenced(source: str) -> str:
    """Return markdown without its blocks of code."""
    return FENCED.sub("", source)


def count(source: str) -> int:
    """Return how many words a reader meets outside blocks of code; a name set as code is one."""
    text = TAG.sub(" ", LINK.sub(r" \g<text> ", unfenced(source)))
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def plain(source: str) -> str:
    """Return the running text of markdown: no code, no tags, no link targets."""
    return TAG.sub(" ", LINK.sub(r" \g<text> ", SPAN.sub(" ", unfenced(source))))


def vocabulary(source: str) -> list[str]:
    """Return the words of the running text in lower case, in order."""
    return WORD.findall(plain(source).lower())


def trigrams(words: list[str]) -> set[Trigram]:
    """Return every run of three words."""
    return set(zip(words, words[1:], words[2:], strict=False))


def links(source: str) -> Iterator[tuple[bool, str, str]]:
    """Yield (is it a picture, its text, its target) for every inline link outside code."""
    for match in LINK.finditer(SPAN.sub(_blank, unfenced(source))):
        yield bool(match["picture"]), match["text"].strip(), match["target"]


def _blank(span: re.Match[str]) -> str:
    return "x" * len(span[0])  # a link may be named by code: [`match`](…)


def headings(source: str) -> list[str]:
    """Return the headings of a markdown text as they are read."""
    return [re.sub(r"[`*]", "", LINK.sub(r"\g<text>", title)) for title in HEADING.findall(unfenced(source))]


def anchors(source: str) -> set[str]:
    """Return what the headings of a markdown text are linked by, as GitHub and MyST make it."""
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in headings(source)}


def directives(source: str) -> Iterator[str]:
    """Yield what MyST would read as a directive, a role or a target, and JupyterLab would not."""
    yield from (match["info"].strip() for match in FENCED.finditer(source) if match["info"].lstrip().startswith("{"))
    text = unfenced(source)
    yield from re.findall(r"^[ ]*:{3,}\{?[\w-]*", text, re.M)
    yield from re.findall(r"^\([\w:-]+\)=[ ]*$", text, re.M)
    for span in SPAN.finditer(text):
        if role := re.search(r"\{[A-Za-z][\w:+-]*\}$", text[: span.start()]):
            yield role[0]
