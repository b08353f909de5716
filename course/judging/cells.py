"""Run the cells of a graded program the way a notebook would, inside the process of the answer.

Shipped into the sandbox beside wire.py and worker.py; imports nothing else of the course.
"""

from __future__ import annotations

import _ast
import builtins
import io
import sys
import types

TYPE_CHECKING = False  # imports are few here: each costs every submission
if TYPE_CHECKING:
    from typing import Any

OUTPUT_CAP = 1 << 20  # characters kept of what one request prints
OUTPUT_END = 16 << 20  # characters after which the process ends itself with STATUS_OUTPUT
STATUS_OUTPUT = 97
CO_COROUTINE = 128  # as in inspect
RUN_THE_BODY = {"time", "timeit", "capture", "prun"}  # cell magics whose body is ordinary code


class Output(io.TextIOBase):
    """What student code prints: kept up to a cap, then counted, and at last refused."""

    def __init__(self, refuse: Any) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.refuse = refuse

    def writable(self) -> bool:
        """Say that text may be written."""
        return True

    def write(self, text: str) -> int:
        """Keep the text while there is room."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self.size < OUTPUT_CAP:
            self.parts.append(text[: OUTPUT_CAP - self.size])
        self.size += len(text)
        if self.size > OUTPUT_END:
            self.refuse(STATUS_OUTPUT)
        return len(text)

    def take(self) -> str:
        """Return what was kept and forget it."""
        text = "".join(self.parts)
        self.parts = []
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


class Shell:
    """Stands in for IPython's shell: timing magics run their code, everything else does nothing."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells

    def run_line_magic(self, name: str, line: str, *_: Any, **__: Any) -> Any:
        """Run the statement of a timing magic."""
        return self.cells.execute(line, "<magic>") if name in RUN_THE_BODY and line.strip() else None

    def run_cell_magic(self, name: str, line: str, body: str) -> Any:
        """Run the body of a timing magic."""
        return self.cells.execute(body, self.cells.running) if name in RUN_THE_BODY else None

    def system(self, _: str) -> None:
        """Do nothing: no shell command of a submission is run."""

    def getoutput(self, _: str, *__: Any, **___: Any) -> list[str]:
        """Return no lines: no shell command of a submission is run."""
        return []


class Cells:
    """The namespace of a program, as module `__main__` and, for our own code beside it, as `answer`."""

    def __init__(self) -> None:
        self.module = types.ModuleType("__main__")
        self.loop: Any = None
        self.running = "<cell>"
        self.gave: dict[str, types.ModuleType] = {}
        shell = Shell(self)
        self.module.__dict__.update(
            __builtins__=builtins,
            get_ipython=lambda: shell,
            display=lambda *_, **__: None,
        )
        sys.modules["__main__"] = sys.modules["answer"] = self.module
        builtins.input = lambda *_: ""  # a forgotten input() must not cost the rest of its cell
        setattr(builtins, "help", lambda *_: None)  # noqa: B010 (without site there is none)
        sys.breakpointhook = lambda *_, **__: None

    def run(self, source: str, name: str) -> None:
        """Run one cell; `name` is what tracebacks call it. Whatever it raises goes to the caller."""
        self.running = name
        self.execute(source, name)

    def execute(self, source: str, name: str) -> None:
        """Run code in the namespace; a top-level await runs on the program's loop."""
        code = compile(source, name, "exec", flags=_ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        if code.co_flags & CO_COROUTINE:
            self.wait(eval(code, self.module.__dict__))
        else:
            exec(code, self.module.__dict__)

    def give(self, source: str, name: str) -> dict[str, type]:
        """Run an exercise's given.py once, put its public names into the namespace, return its classes by name."""
        module = self.gave.get(source) or types.ModuleType("given")
        sys.modules["given"] = module
        if source not in self.gave:
            exec(compile(source, name, "exec", dont_inherit=True), module.__dict__)
            self.gave[source] = module
        public = {k: v for k, v in vars(module).items() if not k.startswith("_")}
        self.module.__dict__.update(public)
        return {k: v for k, v in public.items() if isinstance(v, type) and v.__module__ == "given"}

    def wait(self, awaitable: Any) -> Any:
        """Run an awaitable to its end on the one loop of this program."""
        import asyncio  # a third of the start-up time, and most answers never wait

        if self.loop is None or self.loop.is_closed():
            self.loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self.loop)

        async def finish() -> Any:
            return await awaitable

        return self.loop.run_until_complete(finish())
