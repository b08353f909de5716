"""The answer's interpreter: the worker of the command line's sandbox, called directly instead of through pipes.

A call carries text and returns text. Nothing else may cross: the page forks this interpreter by copying its memory,
and what JavaScript holds of Python's objects would not survive that.
"""

from __future__ import annotations

import io
import os
import sys
import time
import traceback
import types
from collections.abc import Callable, Iterator
from typing import Any

import loop
import outside  # the page's side of a request under way: ask(text) -> text, left(status)

from course.judging.wire import pack, unpack
from course.judging.worker import Worker, framed

NAP = 0.02  # seconds of sleep after which a time limit is looked at


class Left(BaseException):
    """The program ended itself with os._exit."""


def _leave(status: int) -> None:
    outside.left(int(status))
    raise Left(status)


def _nap(sleep: Callable[[Any], None]) -> Callable[[Any], None]:
    def napping(seconds: Any) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > NAP:
            sleep(NAP)
        sleep(max(left, 0) if seconds >= 0 else seconds)

    return napping


def _ask(message: dict[str, Any]) -> dict[str, Any]:
    return unpack(outside.ask(pack(message)[4:].decode()).encode())


class NotDrawn(types.ModuleType):
    """Stands for a plotting library and everything in it: a topic's cells go on, without their pictures."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return NotDrawn(name)

    def __call__(self, *_: object, **__: object) -> NotDrawn:
        """Draw nothing."""
        if self.__name__ == "show":
            outside.print("(Plots are drawn in JupyterLab only.)\n")
        return NotDrawn(self.__name__)

    def __iter__(self) -> Iterator[NotDrawn]:
        return iter((NotDrawn("figure"), NotDrawn("axis")))


loop.install()
os._exit = _leave  # type: ignore[assignment]
time.sleep = _nap(time.sleep)  # the interpreter does not look at its limit while it sleeps
for _name in ("matplotlib", "matplotlib.pyplot"):
    sys.modules[_name] = NotDrawn(_name)
WORKER = Worker(_ask)


def serve(text: str) -> str:
    """Answer one request of a check."""
    request = unpack(text.encode())
    if request["op"] == "fork":
        WORKER.op_exercise(request)
        return framed({"id": request["id"], "ok": None})[4:].decode()
    return framed(WORKER.handle(request))[4:].decode()


def prepare(packages: str) -> None:
    """Import what a set of packages will need, so that every fork has it."""
    for name in packages.split():
        __import__(name)
    if "anyio" in sys.modules:
        loop.without_threads()


class Shown(io.TextIOBase):
    """Hands on what a cell prints, as it comes."""

    def write(self, text: str) -> int:
        """Hand the text on."""
        outside.print(str(text))
        return len(text)


def run(source: str, name: str) -> str:
    """Run a cell for its reader, show its last value, return its traceback or nothing."""
    import ast

    out, sys.stdout, sys.stderr = (sys.stdout, sys.stderr), Shown(), Shown()
    try:
        tree = ast.parse(source, name)
        last = tree.body[-1] if tree.body and not source.rstrip().endswith(";") else None
        if isinstance(last, ast.Expr):
            tree.body.pop()
        _execute(compile(tree, name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True))
        if isinstance(last, ast.Expr):
            value = _execute(compile(ast.Expression(last.value), name, "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT))
            if value is not None and not isinstance(value, NotDrawn):
                WORKER.cells.module.__dict__["_"] = value
                outside.print(f"{value!r}\n")
    except BaseException as error:
        return _told(error, source, name)
    finally:
        sys.stdout, sys.stderr = out
    return ""


def _execute(code: Any) -> Any:
    value = eval(code, WORKER.cells.module.__dict__)
    return WORKER.cells.wait(value) if code.co_flags & 128 else value  # 128: CO_COROUTINE


def _told(error: BaseException, source: str, name: str) -> str:
    """Return a traceback that begins in the reader's cells."""
    import linecache

    linecache.cache[name] = len(source), None, source.splitlines(keepends=True), name
    tb = error.__traceback__
    while tb and not tb.tb_frame.f_code.co_filename.startswith("<cell"):
        tb = tb.tb_next
    return "".join(traceback.format_exception(type(error), error, tb))
