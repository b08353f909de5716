"""The answer's side of the channel: runs student code and answers requests with data.

Shipped into the sandbox, and not trusted there once student code has run. It never sees a check, an expected value
or a result. Standard input carries requests, standard output replies; both are moved away before student code runs.
"""

from __future__ import annotations

import builtins
import contextlib
import operator
import os
import struct
import sys
import time
import types
from collections.abc import Awaitable, Callable, Iterator

from course.judging.apps import Started
from course.judging.cells import Cells, Output
from course.judging.wire import Codec, Json, WireError, pack, unpack

TYPE_CHECKING = False  # imports are few here: each costs every submission
if TYPE_CHECKING:
    from typing import Any

    Message = dict[str, Json]
SIGKILL = 9
IN_PLACE = (list, dict, set, bytearray)
MESSAGE_CAP = 2_000
CO_ITERABLE_COROUTINE = 256  # as in inspect


class Worker:
    """Serve one program. `ask` sends a message to the checks and returns the reply: the way of callbacks."""

    def __init__(self, ask: Callable[[Message], Message]) -> None:
        self.ask = ask
        self.cells = Cells()
        self.apps = Started(self.cells.wait)
        self.output = Output(os._exit)
        self.last: tuple[Any, ...] = ()
        self.objects: dict[int, Any] = {}
        self.handles: dict[int, int] = {}
        self.given: dict[str, dict[str, type]] = {}
        self.sources: dict[str, str] = {}
        self.codec = Codec(self.refer, self.resolve, {})

    # -- values
    def refer(self, value: Any) -> Json:
        """Return the JSON of something that stays here: a handle, or an exception in parts."""
        if isinstance(value, BaseException):
            return {"e": self.describe(value)}
        number = self.handles.get(id(value))
        if number is None:
            number = self.handles[id(value)] = len(self.objects) + 1
            self.objects[number] = value
        kind = "type" if isinstance(value, type) else "await" if _is_awaitable(value) else "object"
        handle = {"h": number, "k": kind, "n": _name(value if kind == "type" else type(value))}
        if kind == "type" and issubclass(value, BaseException):
            handle |= {"k": "exc", "chain": self.lineage(value)}
        return handle

    def lineage(self, kind: type[BaseException]) -> Json:
        """Return the classes of an exception up to the first one that both sides know: [[handle or source, name], …]."""
        chain: list[Json] = []
        for c in kind.__mro__:
            if self.codec.names.get(c):
                return [*chain, ["given", self.codec.names[c]]]
            if c.__module__ == "builtins":
                return [*chain, ["builtin", c.__name__]]
            self.handles.setdefault(id(c), len(self.objects) + 1)
            self.objects.setdefault(self.handles[id(c)], c)
            chain.append([self.handles[id(c)], _name(c)])
        return [*chain, ["builtin", "Exception"]]

    def describe(self, error: BaseException) -> Message:
        """Return what may be known outside of an exception: class, message, arguments, place in the cells."""
        told: Message = {"chain": self.lineage(type(error)), "message": "", "where": [], "args": None, "attrs": {}}
        with contextlib.suppress(Exception):
            told["message"] = str(error)[:MESSAGE_CAP].encode("utf-8", "replace").decode()
        with contextlib.suppress(Exception):
            told["args"] = self.codec._encode(error.args, 1)
        with contextlib.suppress(Exception):
            told["attrs"] = {
                k: self.codec._encode(v, 1) for k, v in vars(error).items() if k.isidentifier() and k[0] != "_"
            }
        tb, steps = error.__traceback__, 0
        while tb is not None and steps < 5_000:
            if tb.tb_frame.f_code.co_filename.startswith("<cell "):
                told["where"] = [*told["where"], [tb.tb_frame.f_code.co_filename, tb.tb_lineno]][-8:]
            tb, steps = tb.tb_next, steps + 1
        if isinstance(error, SyntaxError) and str(error.filename).startswith("<cell "):
            told["where"].append([str(error.filename), int(error.lineno or 0)])
        return told

    def resolve(self, given: Json) -> Any:
        """Return what a handle, a callback, a built-in's name or an exception from the checks stands for."""
        if "cb" in given:
            return self.callback(given["cb"], given["async"])
        if "bi" in given:
            return self.function(given["bi"])
        if "e" in given:
            name, message, handle = given["e"]
            kind = self.objects.get(handle) or getattr(builtins, name, Exception)
            return kind(message) if isinstance(kind, type) and issubclass(kind, Exception) else Exception(message)
        return self.objects[given["h"]]

    def callback(self, number: int, waits: bool) -> Callable[..., Any]:
        """Return a function that calls the check's function; an async one if the check's is."""

        def call(*args: Any, **kwargs: Any) -> Any:
            reply = self.ask({"cb": number, "args": self.codec.encode(args), "kwargs": self.codec.encode(kwargs)})
            if "exc" in reply:
                raise self.codec.decode({"e": reply["exc"]})
            return self.codec.decode(reply["ok"])

        async def call_async(*args: Any, **kwargs: Any) -> Any:
            return call(*args, **kwargs)

        return call_async if waits else call

    def function(self, name: str) -> Any:
        """Return a built-in, a function of operator, or one of the exercise's inside.py by its dotted name."""
        module, _, attribute = name.partition(".")
        if module == "inside":
            return getattr(self.inside(), attribute)
        found: Any = operator if module == "operator" else builtins
        for part in attribute.split("."):
            found = getattr(found, part)
        return found

    def inside(self) -> types.ModuleType:
        """Return the exercise's inside.py, loaded once."""
        if "inside" not in sys.modules:
            module = sys.modules["inside"] = types.ModuleType("inside")
            exec(compile(self.sources["inside"], "<inside.py>", "exec", dont_inherit=True), module.__dict__)
        return sys.modules["inside"]

    # -- requests
    def op_cell(self, q: Message) -> None:
        """Run one cell of the program."""
        self.cells.run(q["source"], q["name"])

    def op_given(self, q: Message) -> None:
        """Run an exercise's given.py in the program."""
        self.given[q["exercise"]] = self.cells.give(q["source"], "<given.py>")

    def op_exercise(self, q: Message) -> None:
        """Prepare for the checks of one exercise."""
        self.codec = Codec(self.refer, self.resolve, self.given.get(q["exercise"], {}))
        self.sources = {"inside": q["inside"]}

    def op_name(self, q: Message) -> Any:
        """Return a name of the program."""
        try:
            return vars(self.cells.module)[q["name"]]
        except KeyError:
            raise NameError(f"name {q['name']!r} is not defined") from None

    def op_get(self, q: Message) -> Any:
        """Return an attribute."""
        return getattr(self.codec.decode(q["o"]), q["name"])

    def op_set(self, q: Message) -> None:
        """Set an attribute."""
        setattr(self.codec.decode(q["o"]), q["name"], self.codec.decode(q["value"]))

    def op_call(self, q: Message) -> Any:
        """Call an object."""
        args, kwargs = self.codec.decode(q["args"]), self.codec.decode(q["kwargs"])
        self.last = args
        return self.codec.decode(q["o"])(*args, **kwargs)

    def op_special(self, q: Message) -> Any:
        """Call a special method the way the language does: on the class."""
        target = self.codec.decode(q["o"])
        return getattr(type(target), q["name"])(target, *self.codec.decode(q["args"]))

    def op_await(self, q: Message) -> Any:
        """Run an awaitable to its end."""
        return self.cells.wait(self.codec.decode(q["o"]))

    def op_http(self, q: Message) -> Any:
        """Answer an HTTP request with an application."""
        return self.apps.respond(self.codec.decode(q["o"]), self.codec.decode(q["request"]))

    def handle(self, q: Message) -> Message:
        """Answer one request; whatever student code raises becomes data."""
        reply: Message = {"id": q["id"]}
        self.last = tuple[object, ...]()
        before = sys.stdout, sys.stderr, sys.stdin
        sys.stdout = sys.stderr = self.output
        try:
            reply["ok"] = self.codec.encode(getattr(self, "op_" + q["op"])(q))
            if q.get("in_place"):
                reply["args"] = self.codec.encode([_changed(x) for x in self.last])
        except BaseException as error:  # SystemExit and KeyboardInterrupt of student code included
            reply = {"id": q["id"], "exc": self.told(error)}
        finally:
            sys.stdout, sys.stderr, sys.stdin = before
        reply["out"] = self.codec.encode(self.output.take())
        return reply

    def told(self, error: BaseException) -> Message:
        """Describe an exception, with less of it where it is too large to travel."""
        self.codec.left = 10_000
        try:
            told = self.describe(error)
            pack(told)
        except (WireError, RecursionError, MemoryError, ValueError):
            told = _bare("Exception", type(error).__name__)
        return told


def _changed(argument: Any) -> Any:
    """Return an argument that can have been changed in place, None for any other."""
    return argument if isinstance(argument, IN_PLACE) else None


def _is_awaitable(value: object) -> bool:
    """Say whether something can be awaited, a generator that @types.coroutine decorated included."""
    if isinstance(value, types.GeneratorType):
        return bool(value.gi_code.co_flags & CO_ITERABLE_COROUTINE)
    return isinstance(value, Awaitable)


def _bare(kind: str, message: str) -> Message:
    return {"chain": [["builtin", kind]], "message": message, "where": [], "args": None, "attrs": {}}


def _name(kind: type) -> str:
    return str(getattr(kind, "__qualname__", "?"))[:80].encode("utf-8", "replace").decode()


def framed(message: Message) -> bytes:
    """Return the frame of a reply; what is too large becomes an error."""
    try:
        return pack(message)
    except (WireError, ValueError) as error:
        return pack({"id": message.get("id"), "exc": _bare("ValueError", str(error))})


class Channel:
    """The two pipes of a worker in a process of its own."""

    def __init__(self) -> None:
        self.requests, self.replies = os.dup(0), os.dup(1)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.dup2(2, 1)  # whatever is written to descriptor 1 or 2 goes to the capture pipe
        os.close(null)

    def read(self) -> Message:
        """Return the next request; end the process when the checks have gone."""
        size = struct.unpack(">I", self._exactly(4))[0]
        return unpack(self._exactly(size))

    def _exactly(self, size: int) -> bytes:
        buffer = bytearray()
        while len(buffer) < size:
            part = os.read(self.requests, size - len(buffer))
            if not part:
                os._exit(0)
            buffer += part
        return bytes(buffer)

    def write(self, message: Message) -> None:
        """Send one message."""
        view = memoryview(framed(message))
        while view:
            view = view[os.write(self.replies, view) :]


def _fork(alone: bool) -> int:
    """Fork; where student code has used up the processes, end those first."""
    try:
        return os.fork()
    except OSError:
        if not alone:
            raise
        for _ in range(20):
            _kill(_processes() - {1, os.getpid(), os.getppid()})
            time.sleep(0.005)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        return os.fork()


def _processes() -> set[int]:
    """Return the processes of this PID namespace."""
    return {int(name) for name in os.listdir("/proc") if name.isdigit()}  # noqa: PTH208 (a path object each is slow)


def _kill(pids: set[int]) -> None:
    for pid in pids:
        with contextlib.suppress(OSError):
            os.kill(pid, SIGKILL)


def hand_over(door: int | str, count: int) -> None:
    """Make sockets that listen in this network, and leave them to the checks: what connects there, they carry on."""
    import socket

    with socket.socket(socket.AF_UNIX) if isinstance(door, str) else socket.socket(fileno=door) as way:
        if isinstance(door, str):
            way.connect(door)
        made = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
        socket.send_fds(way, [b"."], [each.fileno() for each in made])
        for each in made:
            each.close()


def services(worker: Worker) -> types.ModuleType:
    """Return what `from course.services import service` gives an answer: the place that its checks use now."""
    where, module = worker.callback(0, False), types.ModuleType("course.services")

    @contextlib.contextmanager
    def service(name: str) -> Iterator[str]:
        yield where(name)

    module.service = service  # type: ignore[attr-defined]
    return module


def serve(alone: bool) -> None:
    """Answer requests until the checks close the channel.

    `fork` leaves a copy of this process to one check: its changes end with it. `alone`: this process has a PID
    namespace of its own, so that whatever a check left running can be ended.
    """
    channel = Channel()

    def ask(message: Message) -> Message:
        channel.write(message)
        while "op" in (reply := channel.read()):
            channel.write(worker.handle(reply))  # the check's function calls student code again
        return reply

    worker = Worker(ask)
    sys.modules["course.services"] = services(worker)
    while True:
        q = channel.read()
        if q["op"] == "fork":
            worker.op_exercise(q)
            before = _processes() if alone else set()
            child = _fork(alone)
            if not child:
                channel.write({"id": q["id"], "ok": None})
                continue
            _, status = os.waitpid(child, 0)
            if alone:
                _kill(_processes() - before)
            channel.write({"left": os.waitstatus_to_exitcode(status)})
        elif q["op"] == "end":
            os._exit(0)
        else:
            channel.write(worker.handle(q))
