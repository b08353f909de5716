"""Tools beside no submission: functions of an exercise's inside.py in a sandbox in which no student code runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NoReturn

from course.judging.limits import Ended, Source
from course.judging.session import MAX_DEATHS, CouldNotCheck, Session, Stage
from course.judging.standin import label_of
from course.judging.wire import Json, WireError

TIMES = 12  # times the seconds of a check: a cold mypy takes one second, on a busy host several
LIMITS = ("TIMEOUT", "MEMORY", "OUTPUT_LIMIT")  # where a text can bring a tool; any other end is ours
SHOWN = 60  # characters of an argument in a message; the text of an answer is longer
WARM: dict[tuple[Source, str], Any] = {}  # what warm() of an inside.py gave, before any text had been read


class Apart(Session):
    """Carry what checks ask of tools.

    One process serves all checks of an exercise, so that a tool is loaded once: what it reads is data, and it runs
    nothing of it. Two submissions share nothing but what `warm()` of inside.py gave in a process that had read neither;
    `warmed()` takes it before the first check.
    """

    def tool(self, beside: Session, function: str, args: tuple[Any, ...]) -> Any:
        """Return what the function gives; `beside` is the session of the submission, whose verdict a limit becomes."""
        if beside.ended:
            raise beside.ended
        stage = replace(beside.stage, steps=0, given={}, time=TIMES * beside.stage.time, source="", files={})
        if stage != self.stage:
            self.finish()
        self.begin(stage)
        label = label_of(function, tuple(arg if len(repr(arg)) <= SHOWN else ... for arg in args))
        beside.last = (label, ...)
        try:
            if not self.forked and "\ndef warm(" in stage.inside:
                self.call("warmed", (), {"given": self._warm(stage)})  # by name, since a call's label shows the others
            value = self.call(function, args, {})
        except Ended as end:
            if end.verdict not in LIMITS:
                raise _failed(function, end.text) from None
            beside.ended = Ended(end.verdict, f"while {function}() read it, {end.text}")
            raise beside.ended from None
        except Exception as error:
            if not hasattr(error, "where"):  # it is the check's own
                raise
            if isinstance(error, MemoryError):
                beside.ended = Ended("MEMORY", f"while {function}() read it, memory ran out")
                raise beside.ended from None
            raise _failed(function, f"{type(error).__name__}: {error}") from None
        beside.last = (label, value)
        return value

    def _warm(self, stage: Stage) -> Any:
        """Return what `warm()` gives in a process of its own, asked once a judge."""
        key = self.provider, stage.inside
        if key not in WARM:
            other = Session(self.provider, self.limits, [])
            other.begin(stage)
            try:
                WARM[key] = other.call("warm", (), {})
            except Exception as error:
                raise _failed("warm", f"{type(error).__name__}: {error}") from None
            finally:
                other.close()
        return WARM[key]

    def _fork(self) -> None:
        """Begin the process; what goes wrong before the function runs is not the text's fault."""
        given_up = self.sandbox is None and self.deaths >= MAX_DEATHS
        try:
            super()._fork()
        except Ended as end:
            if given_up:
                raise
            self.close()
            raise CouldNotCheck(f"the process for our tools did not start: {end.text}") from None

    def _refer(self, value: Any) -> NoReturn:
        """Refuse what is no data: no object of the submission leaves its process."""
        raise TypeError(f"apart() sends data, such as answer.source, not a {type(value).__name__}")

    def _resolve(self, given: Json) -> Any:
        if "e" in given:
            return self._exception(given["e"])
        raise WireError("it gave something that is no data")


def _failed(function: str, why: str) -> CouldNotCheck:
    return CouldNotCheck(f"{function}() of inside.py failed, apart from the answer: {why}")
