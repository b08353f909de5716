"""What checks hold in place of the answer: stand-ins whose every use is a request to the sandbox.

No object of a submission enters this process. A stand-in never meets a trusted value: compared with anything but
itself it is unequal, and other operators refuse, since the submission would decide the result.
"""

from __future__ import annotations

import builtins
import functools
import inspect
import operator
import types
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from course.judging.session import Session

SYMBOLS = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "matmul": "@", "and_": "&",
    "or_": "|", "xor": "^", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
}  # fmt: skip
BY_NAME: dict[Any, str] = {}
for _name, _value in vars(builtins).items():
    if callable(_value) and not _name.startswith("_"):
        BY_NAME.setdefault(_value, f"builtins.{_name}")
for _name, _value in vars(operator).items():
    if isinstance(_value, types.BuiltinFunctionType) and not _name.startswith("_"):
        BY_NAME.setdefault(_value, f"operator.{_name}")
for _type in (str, int, list, dict, bytes, float, set, tuple):
    for _name, _value in vars(_type).items():
        if isinstance(_value, types.MethodDescriptorType):
            BY_NAME.setdefault(_value, f"builtins.{_type.__name__}.{_name}")


class NotPlain(TypeError):
    """The answer gave an object of its own where the check needs a plain value."""


class InOut:
    """An argument that the answer changes in place; `value` is what it holds after the call."""

    def __init__(self, value: Any) -> None:
        if type(value) not in (list, dict, set, bytearray):
            raise TypeError("inout() takes a list, dict, set or bytearray")
        self.value = value

    def __repr__(self) -> str:
        return repr(self.value)


class Remote:
    """Something of the submission that does not travel by value."""

    __slots__ = ("_epoch", "_handle", "_kind", "_label", "_session")

    def __init__(self, session: Session, epoch: int, handle: int, kind: str, label: str) -> None:
        for name, value in (
            ("_session", session), ("_epoch", epoch), ("_handle", handle), ("_kind", kind), ("_label", label),
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._session.get(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._session.set(self, name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._session.call(self, args, kwargs)

    def __repr__(self) -> str:
        return f"<{self._label}>"

    def __eq__(self, other: object) -> bool:
        return type(other) is Remote and (self._handle, self._epoch) == (other._handle, other._epoch)

    def __hash__(self) -> int:
        return hash((self._handle, self._epoch))

    def __iter__(self) -> Any:
        return self._session.apply(iter, (self,))

    def __next__(self) -> Any:
        return self._session.apply(next, (self,))

    def __len__(self) -> int:
        size = self._session.apply(len, (self,))
        if type(size) is not int:
            raise NotPlain("len() of the answer's object gave no number")
        return size

    def __getitem__(self, key: Any) -> Any:
        return self._session.apply(operator.getitem, (self, key))

    def __setitem__(self, key: Any, value: Any) -> None:
        self._session.apply(operator.setitem, (self, key, value))

    def __delitem__(self, key: Any) -> None:
        self._session.apply(operator.delitem, (self, key))

    def __enter__(self) -> Any:
        return self._session.special(self, "__enter__")

    def __exit__(self, kind: Any, error: Any, _: Any) -> bool:
        return self._leave(error, self._session.special(self, "__exit__", _kind(error), _theirs(error), None))

    def __await__(self) -> Generator[Any, None, Any]:
        return self._session.wait(self)
        yield

    def __aiter__(self) -> Any:
        return self._session.special(self, "__aiter__")

    async def __anext__(self) -> Any:
        return await self._session.special(self, "__anext__")

    async def __aenter__(self) -> Any:
        return await self._session.special(self, "__aenter__")

    async def __aexit__(self, kind: Any, error: Any, _: Any) -> bool:
        return self._leave(error, await self._session.special(self, "__aexit__", _kind(error), _theirs(error), None))

    def _leave(self, error: BaseException | None, result: Any) -> bool:
        """Swallow what a check raised on purpose, never a verdict of the check itself."""
        if _theirs(error) is None:
            return False
        return bool(self._session.apply(bool, (result,)) if type(result) is Remote else result)


def _theirs(error: BaseException | None) -> BaseException | None:
    """Return the exception if the submission may see it: not a failed assertion of the check, nor the sandbox's end."""
    if error is None or not isinstance(error, Exception):
        return None
    verdict = isinstance(error, AssertionError) and not hasattr(error, "where")
    return None if verdict or hasattr(error, "verdict") else error


def _kind(error: BaseException | None) -> type[BaseException] | None:
    """Return the class of an exception as the submission may see it: its own, or the nearest built-in one."""
    if error is None or hasattr(type(error), "_handle"):
        return type(error) if error else None
    known = next(kind for kind in type(error).__mro__ if kind.__module__ == "builtins")
    return known if issubclass(known, Exception) else Exception


def _refuse(name: str) -> Callable[..., NoReturn]:
    def method(self: Remote, *_: Any) -> NoReturn:
        raise NotPlain(
            f"{name} meets an object of the answer ({self._label}): it has to be a plain value here. "
            f"Where the operator is the subject, a check asks for it by name with inside()."
        )

    return method


for _name in (
    "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift", "divmod",
):  # fmt: skip
    setattr(Remote, f"__{_name}__", _refuse(_name))
    setattr(Remote, f"__r{_name}__", _refuse(_name))
for _name in (
    "lt",
    "le",
    "gt",
    "ge",
    "bool",
    "contains",
    "neg",
    "pos",
    "abs",
    "invert",
    "int",
    "float",
    "index",
    "round",
):
    setattr(Remote, f"__{_name}__", _refuse(_name))


class Later:
    """`from answer import name` before there is a submission: looked up at each use."""

    __slots__ = ("_module", "_name")

    def __init__(self, module: Answer, name: str) -> None:
        self._module, self._name = module, name

    def _now(self) -> Any:
        return getattr(self._module, self._name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._now(), name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._now()(*args, **kwargs)

    def __repr__(self) -> str:
        return f"<{self._name}>"

    def __eq__(self, other: object) -> bool:
        raise TypeError(f"write `import answer` and `answer.{self._name}` to use a name that is no function or class")

    __hash__ = None  # type: ignore[assignment]


class Answer(types.ModuleType):
    """The module `answer` of the checks: the namespace right after the answer cell; `source` and `files` are its text."""

    def __init__(self, current: Callable[[], Session | None]) -> None:
        super().__init__("answer")
        self.__dict__["_current"] = current

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        session = self.__dict__["_current"]()
        if session is not None and name in ("source", "files"):
            return getattr(session.stage, name)
        return Later(self, name) if session is None else session.name(name)

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("__"):  # the import system sets its own
            raise TypeError("a check cannot change the answer's module; use a function of inside.py")
        super().__setattr__(name, value)


def label_of(function: Any, args: tuple[Any, ...]) -> str:
    """Return how a call is shown: with the operator's symbol where it has one."""
    name: str = BY_NAME.get(function, str(function)).rpartition(".")[2]
    if name in SYMBOLS and len(args) == 2:
        return f"{show(args[0])} {SYMBOLS[name]} {show(args[1])}"
    if name == "getitem":
        return f"{show(args[0])}[{_key(args[1])}]"
    if name == "contains":
        return f"{show(args[1])} in {show(args[0])}"
    return f"{name}({', '.join(show(a) for a in args)})"


def _key(key: Any) -> str:
    if type(key) is slice:
        parts = ["" if part is None else show(part) for part in (key.start, key.stop, key.step)]
        return ":".join(parts[: 2 if key.step is None else 3])
    return show(key)


def show(value: Any, limit: int = 300) -> str:
    """Return a short text for a value; a stand-in is shown by where it came from."""
    if type(value) is Remote:
        text = str(value._label)
    elif isinstance(value, types.FunctionType | types.MethodType | functools.partial):
        text = str(getattr(value, "__name__", "function"))
    else:
        text = repr(value)
    return text if len(text) <= limit else text[: limit // 2] + " … " + text[-limit // 3 :]


def is_function(value: Any) -> bool:
    """Say whether a value of a check can be called back from the sandbox."""
    return isinstance(value, types.FunctionType | types.MethodType | functools.partial)


def is_async(value: Any) -> bool:
    """Say whether a function of a check is to be awaited."""
    return inspect.iscoroutinefunction(value)
