"""YAML files read into models: every error tells the line, what is wrong there and what to write."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from course.errors import CourseError

M = TypeVar("M", bound=BaseModel)
Loc = tuple[int | str, ...]


def parse(model: type[M], text: str, name: str, secret: frozenset[str] = frozenset()) -> M:
    """Return the model of a YAML text; raise CourseError with a line for each thing that is wrong.

    `name` is the file's; the values of keys in `secret` are never shown.
    """
    try:
        data = _loaded(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or error
        raise CourseError(f"{name}{where}: {problem}. Mend the YAML there (indentation, quotes, a colon).") from None
    except ValueError as error:  # a date such as 2026-02-30
        raise CourseError(f"{name}: a date in it does not exist ({error}). Mend it.") from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        raise CourseError("\n".join(_sentence(node, e, name, secret) for e in error.errors())) from None


def _loaded(text: str) -> Any:
    """Return the data of a YAML text: by libyaml where it is, which is ten times as fast, but tells errors in other words."""
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # nosec B506 (a safe loader)
    except yaml.YAMLError:
        return yaml.safe_load(text)


def at(loc: Loc, said: str) -> ValidationError:
    """Return the error of one place in a file, so that it can be told with its line."""
    error = PydanticCustomError("value_error", "{said}", {"said": said})
    return ValidationError.from_exception_data("file", [{"type": error, "loc": loc, "input": None}])


def line(node: Any, loc: Loc) -> int:
    """Return the line (from 1) of the deepest YAML node on the way to `loc`."""
    number = int(node.start_mark.line) if node else 0
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == part), None)
            if pair is None:
                break
            number, node = pair[0].start_mark.line, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            number = node.start_mark.line
        else:
            break
    return number + 1


def _sentence(node: Any, error: Any, name: str, secret: frozenset[str]) -> str:
    loc = error["loc"]
    hidden = bool(secret & {str(part) for part in loc})
    return f"{name}, line {line(node, loc)}: {_where(loc)}{_hint(error, hidden)}"


def _where(loc: Loc) -> str:
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in loc).lstrip(".") + ": " if loc else ""


def _hint(error: Any, hidden: bool) -> str:
    kind, message, value = error["type"], error["msg"], error.get("input")
    shown = "the secret" if hidden else repr(value)[:60]
    if kind == "missing":
        return "this key is missing; add it."
    if kind == "extra_forbidden":
        return f"this key is not known (value {shown}); remove it or correct its spelling."
    if kind == "literal_error":
        return f"{shown} is not allowed; write {error['ctx']['expected']}."
    if kind == "string_pattern_mismatch":
        return f"{shown} does not look right; write something that matches {error['ctx']['pattern']}."
    message = re.sub(r"^Value error, ", "", message)
    return f"{message}." if kind == "value_error" else f"{message} (found {shown})."
