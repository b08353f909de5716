"""Paths of one machine: found where others are to read or run the same text."""

from __future__ import annotations

import functools
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from course import index

HOMES = ("/home", "/root", "/Users")


def machine_path(outputs: Any) -> str | None:
    """Return the first path of this machine, temporary folders included, in a cell's outputs; None without one."""
    return _first((*_places(), tempfile.gettempdir(), *HOMES), _text(outputs))


def personal_path(text: str) -> str | None:
    """Return the first path into this checkout or somebody's home that stands in a text; None without one.

    Temporary folders may be named: code uses them on purpose.
    """
    return _first(tuple(place for place in (*_places(), *HOMES) if not place.startswith("/usr")), text)


@functools.cache
def _places() -> tuple[str, ...]:
    return str(Path.home()), str(index.root()), sys.prefix, sys.base_prefix


def _first(places: tuple[str, ...], text: str) -> str | None:
    found = _pattern(frozenset(places)).search(text)
    return found[0] if found else None


@functools.cache
def _pattern(places: frozenset[str]) -> re.Pattern[str]:
    known = "|".join(sorted(map(re.escape, places - {"/", ""}), key=len, reverse=True))
    return re.compile(rf"(?<![\w/.…-])(?:{known})/[^\s'\"\x1b)]*")


def _text(outputs: Any) -> str:
    """Return all text in outputs, pictures apart."""
    if isinstance(outputs, dict):
        return "\n".join(_text(value) for key, value in outputs.items() if not str(key).startswith("image/"))
    if isinstance(outputs, list):
        return "\n".join(map(_text, outputs))
    return outputs if isinstance(outputs, str) else ""
