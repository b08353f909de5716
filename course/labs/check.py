"""Try the named behaviours of a lab on what is running; the result is of the same kind as an exercise's."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from types import ModuleType

from course.errors import CourseError
from course.judging.result import Check, ExerciseResult, Verdict, safe
from course.labs.running import Running

PREFIX = "check_"
LONGEST = 120.0  # seconds a behaviour

Behaviour = Callable[[Running], Awaitable[None]]


class Missed(Exception):
    """A behaviour that did not show. Texts for people: what was done, what came of it, what should have, and why."""

    def __init__(self, call: str, got: str, expected: str, why: str) -> None:
        super().__init__(f"{call}: {got}; expected: {expected}")
        self.call, self.got, self.expected, self.why = call, got, expected, why


def load(folder: Path) -> ModuleType:
    """Import a lab's checks.py, which may import its neighbours; raise CourseError where there is none."""
    file = folder / "checks.py"
    if not file.is_file():
        raise CourseError(f"{folder.name} has no behaviours to try: {file} is missing.")
    name = f"course_lab_{folder.name.replace('-', '_')}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, file)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.path.insert(0, str(folder))
        try:
            spec.loader.exec_module(module)
        finally:
            sys.path.remove(str(folder))
        sys.modules[name] = module
    return sys.modules[name]


def behaviours(checks: ModuleType) -> dict[str, Behaviour]:
    """Return the named behaviours in the order of the file."""
    return {name.removeprefix(PREFIX): each for name, each in vars(checks).items() if name.startswith(PREFIX)}


def run(slug: str, checks: ModuleType, lab: Running, notes: Iterable[str] = ()) -> ExerciseResult:
    """Try every behaviour of a lab, each on data of its own."""
    found = tuple(attempt(name, each, checks, lab) for name, each in behaviours(checks).items())
    return ExerciseResult(slug, True, found, tuple(notes))


def attempt(name: str, behaviour: Behaviour, checks: ModuleType, lab: Running) -> Check:
    """Try one behaviour after the lab was prepared for it."""

    async def try_it() -> None:
        async with asyncio.timeout(LONGEST):
            await checks.prepare(lab)
            await behaviour(lab)

    began, told = time.monotonic(), Missed("", "", "", "")
    verdict: Verdict = "PASS"
    try:
        asyncio.run(try_it())
    except Exception as error:
        match _first(error):
            case Missed() as missed:
                verdict, told = "FAIL", missed
            case TimeoutError():
                verdict, told.got = "FAIL", "no answer in time"
            case OSError() | ValueError() as trouble:  # of a connection, or an answer that is no text
                verdict, told.got = "FAIL", f"{type(trouble).__name__}: {trouble}"
            case other:  # of the engine, or of the check itself
                verdict, told.why = "UNCHECKED", f"{type(other).__name__}: {other}"
    description = (behaviour.__doc__ or name).strip().splitlines()[0]
    call, got, expected, why = map(safe, (told.call, told.got, told.expected, told.why))
    seconds = time.monotonic() - began
    return Check(name, description, "public", 1, verdict, call, got, expected, why, seconds=seconds)


def _first(error: Exception) -> Exception:
    """Return the first exception in a group; any other as it is."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error
