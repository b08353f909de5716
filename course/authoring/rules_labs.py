"""Labs: every part there, and a compose file that is pinned, limited, watched and open to this machine only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from course.authoring import prose
from course.authoring.tree import Finding, Tree
from course.labs.lab import PORT

RULES = {
    "lab": "a part of a lab is missing",
    "lab-service": "a service that is not pinned, limited, watched or kept to this machine",
    "lab-readme": "a lab's README is too short or too long",
}
WORDS = (150, 300)
PINNED = re.compile(r"[^:]+:[^:]*\d[^:]*|\$\{\w+:-[^:]+:[^:]*\d[^:]*\}")
TREES = ("labs", "solutions/labs", "tests/labs")


def findings(tree: Tree) -> Iterator[Finding]:
    """Yield what is wrong with the labs."""
    written = [place for place, lab in tree.course.labs() if lab.status == "written"]
    for place in written:
        yield from parts(tree, place)
        yield from services(tree, f"labs/{place}/compose.yaml")
        number = prose.count(re.sub(r"<!-- course:lab -->.*<!-- /course:lab -->", "", readme(tree, place), flags=re.S))
        if readme(tree, place) and not WORDS[0] <= number <= WORDS[1]:
            yield Finding(f"labs/{place}/README.md", "lab-readme", f"it has {number} words; write 150 to 300")
    for folder in TREES:
        for path in tree.under(folder):
            inner = path.removeprefix(f"{folder}/")
            if inner.count("/") >= 2 and "/".join(inner.split("/")[:2]) not in written:
                yield Finding(
                    path, "lab", "course.yml names no written lab of this folder; add it there or remove this"
                )


def readme(tree: Tree, place: str) -> str:
    """Return a lab's README."""
    return tree.text(f"labs/{place}/README.md")


def parts(tree: Tree, place: str) -> Iterator[Finding]:
    """Find what a written lab lacks."""
    for path in (f"labs/{place}/README.md", f"labs/{place}/compose.yaml", f"tests/labs/{place}/checks.py"):
        if path not in tree:
            yield Finding(
                path, "lab", "it is missing; a written lab has README.md, compose.yaml, checks.py, a solution"
            )
    if not tree.under(f"solutions/labs/{place}"):
        yield Finding(f"solutions/labs/{place}", "lab", "it is missing; put the files there that the solution changes")


def services(tree: Tree, path: str) -> Iterator[Finding]:
    """Look at each service of a compose file."""
    try:
        described = yaml.safe_load(tree.text(path)) or {}
    except yaml.YAMLError as error:
        yield Finding(path, "lab-service", f"no YAML: {' '.join(str(error).split())}")
        return
    for name, service in described.get("services", {}).items():
        for said in wrong(service):
            yield Finding(path, "lab-service", f"{name}: {said}")


def wrong(service: dict[str, Any]) -> Iterator[str]:
    """Yield what one service lacks."""
    names = [service["image"]] if "image" in service else list((service.get("build") or {}).get("args", {}).values())
    if not names or not all(PINNED.fullmatch(name) for name in names):
        yield f"the image {names or 'that it runs on'} is not pinned; write name:version, or ${{VARIABLE:-name:version}}"
    if "test" not in service.get("healthcheck", {}):
        yield "it has no health check, so nobody can wait for it"
    if not re.fullmatch(r"\d+m", str(service.get("mem_limit"))):
        yield "it has no memory limit; write mem_limit: 128m"
    for port in service.get("ports", []):
        if not PORT.fullmatch(f'"{port}"'):
            yield f'the port {port} is not one of this machine that can be chosen; write "127.0.0.1:${{VARIABLE:-7007}}:7007"'
