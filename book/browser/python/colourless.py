"""Import this before pytest, and it has no Pygments, which it loads at once and whose colours nobody sees here."""

from __future__ import annotations

import sys
import types

IMPORTED = ("formatters", "formatters.terminal", "lexer", "lexers", "lexers.diff", "lexers.python", "util")


class Unused(types.ModuleType):
    """A module with a class for every name."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


for _name in ("pygments", *(f"pygments.{part}" for part in IMPORTED)):
    sys.modules[_name] = Unused(_name)
