"""One submission's program behind one sandbox: runs its cells, hands each check a fork, carries requests."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from course.judging.limits import Channel, Ended, Limits, Networked, Source
from course.judging.standin import BY_NAME, InOut, Later, Remote, is_async, is_function, label_of, show
from course.judging.wire import Codec, Json, WireError

if TYPE_CHECKING:
    from course.judging.relay import Relay

MAX_CALLBACKS = 20_000
MAX_DEATHS = 3


@dataclass(frozen=True)
class Step:
    """One thing to run: a cell of the program, or an exercise's given.py in its place."""

    op: str  # "cell" or "given"
    name: str  # "<cell 3>", or the exercise's id
    source: str

    def request(self) -> dict[str, Json]:
        """Return the worker's request for this step."""
        key = "name" if self.op == "cell" else "exercise"
        return {"op": self.op, key: self.name, "source": self.source}


@dataclass(frozen=True)
class Stage:
    """Where the checks of one exercise stand: after how many steps, and what they bring."""

    exercise: str
    steps: int
    given: dict[str, type] = field(default_factory=dict)
    inside: str = ""
    time: float = 5.0  # seconds for one check
    source: str = ""
    files: dict[str, str] = field(default_factory=dict)


class Served(Protocol):
    """The servers that a submission may reach."""

    def target(self, service: str) -> tuple[str, int]:
        """Return host and port of a service now."""
        ...

    def url(self, service: str) -> str:
        """Return a service's URL as the answer sees it; raise CouldNotCheck where it cannot be had."""
        ...


class StudentExit(Exception):
    """Student code raised SystemExit, KeyboardInterrupt or the like."""


class CouldNotCheck(Exception):
    """The check could not be made, for no fault of the submission."""


class Session:
    """Carry what checks ask of one submission; see course.standin for what they hold."""

    def __init__(self, provider: Source, limits: Limits, steps: list[Step], served: Served | None = None) -> None:
        self.provider, self.limits, self.steps, self.served = provider, limits, steps, served
        self.relay: Relay | None = None
        self.sandbox: Channel | None = None
        self.position, self.epoch, self.sequence, self.deaths = 0, 0, 0, 0
        self.failed_steps: dict[int, Exception] = {}
        self.stage = Stage("", 0)
        self.last_end = Ended("TIMEOUT", "")
        self.forked = False
        self.ended: Ended | None = None  # of this check; what ended is never a pass
        self.verdict_inside: BaseException | None = None  # an assertion of the check that failed in a callback
        self.last: tuple[str, Any] = ("", None)
        self.out: list[str] = []
        self.captured = b""
        self.left = limits.time
        self.codec = Codec(self._refer, self._resolve, {})
        self.kinds: dict[int, type] = {}
        self.callbacks: list[Callable[..., Any]] = []
        self.called = 0

    # -- life
    def begin(self, stage: Stage) -> None:
        """Make ready for one check of an exercise; nothing is started before the check needs it."""
        if stage.exercise != self.stage.exercise:
            self.deaths = 0  # what ended one exercise costs no other
        self.stage, self.ended, self.verdict_inside, self.last, self.out = stage, None, None, ("", None), []
        self.left, self.callbacks, self.called = stage.time, [], 0
        self.codec = Codec(self._refer, self._resolve, stage.given)
        if self.relay:
            self.relay.mark()

    def finish(self) -> None:
        """End the check's fork, with whatever it changed, and the connections that it opened."""
        if self.relay:
            self.relay.drop()
        if not self.forked or self.sandbox is None:
            return
        try:
            self.sandbox.end(time.monotonic() + 2)
        except Ended:
            self.close()
        self.forked = False
        self.kinds.clear()

    def close(self) -> None:
        """End the sandbox."""
        if self.relay:
            self.relay.close()
            self.relay = None
        if self.sandbox:
            self.sandbox.kill()
            self.captured += self.sandbox.captured
        self.sandbox, self.position, self.forked = None, 0, False
        self.kinds.clear()

    def _fork(self) -> None:
        """Bring the program to the check's stage and leave a copy of it to the check."""
        while self.sandbox is None or self.position < self.stage.steps:
            if self.sandbox is None:
                if self.deaths >= MAX_DEATHS:
                    raise Ended(self.last_end.verdict, f"not run again: three times before, {self.last_end.text}")
                self._start()
            if self.position < self.stage.steps:
                self._step()
        answer = self.failed_steps.get(self.stage.steps - 1)
        if isinstance(answer, Ended):
            raise self._stop(answer)
        self._exchange({"op": "fork", "exercise": self.stage.exercise, "inside": self.stage.inside}, 5.0)
        self.forked = True
        self.epoch += 1

    def _start(self) -> None:
        """Start a sandbox; what goes wrong before student code runs is no fault of the submission."""
        try:
            self.sandbox, self.position = self.provider.start(self.limits), 0
            self._exchange({"op": "exercise", "exercise": "", "inside": ""}, 30.0)
            if self.served:
                assert isinstance(self.sandbox, Networked)
                from course.judging.relay import Relay

                self.relay = Relay(self.sandbox.listeners(time.monotonic() + 10), self.served.target)
        except (Ended, OSError) as error:
            why = self.sandbox.captured[-300:].decode("utf-8", "replace") if self.sandbox else ""
            self.close()
            raise CouldNotCheck(f"the answer's process did not start: {error} {why}") from None

    def _step(self) -> None:
        at = self.position
        self.position += 1
        if isinstance(self.failed_steps.get(at), Ended):
            return
        assert self.sandbox
        try:
            reply = self._exchange(self.steps[at].request(), self.limits.time * self.limits.pace)
            self.out.append(self._printed(reply))
            if "exc" in reply:
                error = self._exception(reply["exc"])
                leaves = isinstance(error, StudentExit) and at == self.stage.steps - 1
                self.failed_steps[at] = Ended("EXITED", "the answer cell ended the program") if leaves else error
                if self.steps[at].op == "given":
                    raise CouldNotCheck(f"the exercise's given.py raised {error!r}")
        except (Ended, WireError) as end:
            self.last_end = end if isinstance(end, Ended) else Ended("PROTOCOL", str(end))
            self.failed_steps[at] = self.last_end
            self.deaths += 1
            self.close()

    def port(self, service: str) -> int:
        """Return the port of the answer's own network at which a service is reached."""
        if self.sandbox is None:
            self._start()
        assert self.relay
        return self.relay.ports[service]

    # -- requests
    def _stop(self, end: Ended) -> Ended:
        """Note why this check cannot go on, and end the sandbox."""
        if self.ended is None:
            self.ended = end
            if self.sandbox is not None:
                self.last_end, self.deaths = end, self.deaths + 1
        self.close()
        return self.ended

    def _exchange(self, message: dict[str, Json], seconds: float) -> dict[str, Json]:
        """Send one request and return its reply, serving callbacks; raise Ended where there is none."""
        assert self.sandbox
        self.sequence += 1
        message["id"] = number = self.sequence
        reply = self.sandbox.exchange(message, time.monotonic() + seconds, self._call_back)
        if reply.get("id") != number:
            raise Ended("PROTOCOL", "an answer arrived that belongs to no request")
        return reply

    def request(self, op: str, **message: Json) -> dict[str, Json]:
        """Ask the check's fork; raise what student code raised, or Ended."""
        if self.ended:
            raise self.ended
        try:
            if not self.forked:
                self._fork()
            started = time.monotonic()
            reply = self._exchange({"op": op, **message}, self.left)
            self.left = max(0.0, self.left - (time.monotonic() - started))
            self.out.append(self._printed(reply))
            if "exc" in reply:
                raise self._exception(reply["exc"])
            if "ok" not in reply:
                raise Ended("PROTOCOL", "a malformed message arrived")
            return reply
        except Ended as end:
            raise self._stop(end) from None
        except WireError as error:
            raise self._stop(Ended("PROTOCOL", str(error))) from None

    def _printed(self, reply: dict[str, Json]) -> str:
        text = self.codec.decode(reply.get("out"))
        return text if type(text) is str else ""

    def _ask(self, label: str, op: str, **message: Json) -> Any:
        self.last = (label, ...)
        reply = self.request(op, **message)
        try:
            value = self.codec.decode(reply["ok"])
        except WireError as error:
            raise self._stop(Ended("PROTOCOL", str(error))) from None
        if type(value) is Remote:
            object.__setattr__(value, "_label", label[-200:])
        self.last = (label, value)
        return value

    # -- what stand-ins use
    def name(self, name: str) -> Any:
        """Return a name of the answer's namespace."""
        try:
            value = self._ask(name, "name", name=name)
        except NameError:
            error = self.failed_steps.get(self.stage.steps - 1)
            if error is not None:
                raise error from None
            raise
        return value

    def get(self, remote: Remote, name: str) -> Any:
        """Return an attribute of a stand-in."""
        return self._ask(f"{remote._label}.{name}", "get", o=self._refer(remote), name=name)

    def set(self, remote: Remote, name: str, value: Any) -> None:
        """Set an attribute of a stand-in."""
        label = f"{remote._label}.{name} = {show(value)}"
        self._ask(label, "set", o=self._refer(remote), name=name, value=self.codec.encode(value))

    def call(self, target: Remote | str | Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call something of the submission, or one of our functions beside it, with copies of the arguments."""
        if isinstance(target, Remote):
            shown = [show(a) for a in args] + [f"{k}={show(v)}" for k, v in kwargs.items()]
            label, o = f"{target._label}({', '.join(shown)})", self._refer(target)
        else:
            label = label_of(target, args)
            o = {"bi": f"inside.{target}" if isinstance(target, str) else BY_NAME[target]}
        changed = [a for a in args if isinstance(a, InOut)]
        sent = tuple(a.value if isinstance(a, InOut) else a for a in args)
        self.last = (label, ...)
        message = {"o": o, "args": self.codec.encode(sent), "kwargs": self.codec.encode(kwargs)}
        if not changed:
            return self._ask(label, "call", **message)
        reply = self.request("call", **message, in_place=True)
        try:
            after, value = self.codec.decode(reply.get("args")), self.codec.decode(reply["ok"])
        except WireError as error:
            raise self._stop(Ended("PROTOCOL", str(error))) from None
        if type(after) is not list or len(after) != len(args):
            raise self._stop(Ended("PROTOCOL", "malformed arguments arrived"))
        for mine, theirs in zip(args, after, strict=True):
            if isinstance(mine, InOut):
                mine.value = theirs
        self.last = (label, value)
        return value

    def apply(self, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        """Apply a built-in or a function of operator inside."""
        return self.call(function, args, {})

    def special(self, remote: Remote, name: str, *args: Any) -> Any:
        """Call a special method on the class of a stand-in's object."""
        label = f"{remote._label}.{name}()"
        return self._ask(label, "special", o=self._refer(remote), name=name, args=self.codec.encode(list(args)))

    def wait(self, remote: Remote) -> Any:
        """Await something inside."""
        return self._ask(remote._label, "await", o=self._refer(remote))

    def http(self, app: Remote, request: tuple[Any, ...]) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        """Send an HTTP request to an application of the submission."""
        method, target = request[:2]
        answer = self._ask(f"{method} {target}", "http", o=self._refer(app), request=self.codec.encode(request))
        match answer:
            case (int(status), list(headers), bytes(body)) if 100 <= status <= 599 and all(map(_is_header, headers)):
                return status, headers, body
        raise self._stop(Ended("PROTOCOL", "a malformed response arrived"))

    # -- values
    def _refer(self, value: Any) -> Json:
        if isinstance(value, Later):
            value = value._now()
        if isinstance(value, Remote):
            if value._epoch != self.epoch:
                raise self._stop(Ended("EXITED", "this object belonged to a process that has ended"))
            return {"h": value._handle}
        if isinstance(value, BaseException):
            kind = type(value)
            known = next(c.__name__ for c in kind.__mro__ if c.__module__ == "builtins")
            return {"e": [known, str(value)[:2000], getattr(kind, "_handle", None)]}
        if isinstance(value, type) and hasattr(value, "_handle"):
            return {"h": value._handle}
        if isinstance(value, type) and value in self.codec.names:
            return self._refer(self.name(self.codec.names[value]))
        try:
            return {"bi": BY_NAME[value]}
        except (KeyError, TypeError):
            pass
        if is_function(value):
            self.callbacks.append(value)
            return {"cb": len(self.callbacks), "async": is_async(value)}
        raise TypeError(f"a {type(value).__name__} cannot travel to the answer; arrange it in inside.py")

    def _resolve(self, given: Json) -> Any:
        if "e" in given:
            return self._exception(given["e"])
        handle, kind, name = given.get("h"), given.get("k"), given.get("n")
        if type(handle) is not int or type(name) is not str:
            raise WireError("a malformed handle arrived")
        if kind == "exc":
            return self._kind(given["chain"])
        return Remote(self, self.epoch, handle, str(kind), name[:80])

    def _kind(self, chain: Json) -> type[Exception]:
        """Return the local class for an exception of the submission, made once for each of its classes."""
        (where, name), rest = chain[0], chain[1:]
        if where == "given" and name in self.codec.given:
            return self.codec.given[name]
        if where == "builtin":
            kind = getattr(__import__("builtins"), str(name), None)
            if isinstance(kind, type) and issubclass(kind, Exception):
                return kind
            return type(_class_name(name), (StudentExit,), {})
        if type(where) is not int or type(name) is not str or len(chain) > 40:
            raise WireError("a malformed exception arrived")
        if where not in self.kinds:
            base = self._kind(rest) if rest else Exception
            self.kinds[where] = type(_class_name(name), (base,), {"_handle": where, "__str__": _told})
        return self.kinds[where]

    def _exception(self, told: Json) -> Exception:
        """Return the local twin of an exception that student code raised; `where` marks it as theirs."""
        try:
            kind, message = self._kind(told["chain"]), str(told["message"])
            args = self.codec._decode(told["args"], 1) if told["args"] is not None else (message,)
            attrs = {str(k): self.codec._decode(v, 1) for k, v in told["attrs"].items()}
            where = [(str(cell), int(line)) for cell, line in told["where"]]
            try:
                error = kind(*args)
            except Exception:
                error = Exception(f"{kind.__name__}: {message}")
            for name, value in attrs.items():
                if name.isidentifier() and not name.startswith("_") and name not in ("where", "verdict", "args"):
                    error.__dict__[name] = value
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
            raise WireError("a malformed exception arrived") from None
        error.where, error.told = where, message  # type: ignore[attr-defined]
        return error

    def _call_back(self, asked: dict[str, Json]) -> dict[str, Json]:
        """Run a function of the check for student code."""
        number, self.called = asked.get("cb"), self.called + 1
        least = 0 if self.served else 1
        if type(number) is not int or not least <= number <= len(self.callbacks) or self.called > MAX_CALLBACKS:
            raise Ended("PROTOCOL", "an unknown callback, or too many of them, arrived")
        args, kwargs = self.codec.decode(asked.get("args")), self.codec.decode(asked.get("kwargs"))
        if type(args) is not tuple or type(kwargs) is not dict or not all(type(k) is str for k in kwargs):
            raise WireError("a malformed callback arrived")
        try:
            function = self.callbacks[number - 1] if number or not self.served else self.served.url
            result = function(*args, **kwargs)
            if inspect.iscoroutine(result):
                result = _drive(result)
            return {"ok": self.codec.encode(result)}
        except Ended:
            raise
        except Exception as error:
            if isinstance(error, AssertionError | CouldNotCheck) and not hasattr(error, "where"):
                self.verdict_inside = error
            return {"exc": self._refer(error)["e"]}
        except BaseException as error:  # pytest's own outcomes
            self.verdict_inside = error
            return {"exc": ["Exception", "the check ended here", None]}


def _told(error: Any) -> str:
    """Return what the submission's own __str__ gave; an instance that the check made has its arguments only."""
    return str(error.told) if hasattr(error, "told") else Exception.__str__(error)


def _class_name(name: Json) -> str:
    """Return the last part of a class's qualified name, if it is one."""
    last = str(name).rpartition(".")[2]
    return last if last.isidentifier() else "Error"


def _is_header(header: Any) -> bool:
    return type(header) is tuple and len(header) == 2 and all(type(part) is bytes for part in header)


def _drive(coroutine: Any) -> Any:
    """Run a check's coroutine that waits for nothing but its turn."""
    try:
        for _ in range(1_000):
            if coroutine.send(None) is not None:
                break
    except StopIteration as done:
        return done.value
    coroutine.close()
    import asyncio  # only a check that waits has it already

    raise asyncio.InvalidStateError("an async function given to the answer must not wait for anything but sleep(0)")
