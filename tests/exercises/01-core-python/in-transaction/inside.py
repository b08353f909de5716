"""What mypy is asked about an answer, for apart(); and transactions that note what becomes of them."""

import re
import tempfile
import zlib
from pathlib import Path

SETUP = """
from typing import assert_type

@in_transaction(Ledger)  # whose own method is used
def book(tx: Ledger, order: int, seats: int = 1) -> str:
    tx.write(f"{order}: {seats}")
    return f"booked {seats}"

@in_transaction(Ledger)
def close(tx: Transaction, *, day: str) -> list[int]:
    return []

class Till:
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def print(self, line: str) -> None: ...

def for_tills(tx: Till, line: str) -> None: tx.print(line)
def for_numbers(tx: int, line: str) -> None: ...
def for_nobody() -> None: ...
""".splitlines()
OPTIONS = [
    "--config-file=",
    "--strict",
    "--python-version=3.11",
    "--no-site-packages",
    "--no-error-summary",
    "--no-color-output",
]
USUAL = "import collections, dataclasses, datetime, decimal, enum, functools, itertools, json, re, typing"


def _visible(text):
    """Return a text whose comments tell mypy nothing, line by line as it was; notebook magics are no Python."""

    def quiet(comment):
        return re.sub(r"\b(?:type:(?=\s*ignore)|mypy:)", "no:", comment[0])

    return re.sub(r"#[^\n]*", quiet, re.sub(r"(?m)^[%!].*$", "#", text))


def _cache():
    return Path(tempfile.gettempdir(), "mypy")


def warm():
    """Let mypy read the standard library, which takes a second; return what it remembers, as files."""
    _read(USUAL)
    files = [path for path in _cache().rglob("*") if path.is_file()]
    return {str(path.relative_to(_cache())): zlib.compress(path.read_bytes(), 1) for path in files}


def warmed(given):
    """Put the files of warm() in their place."""
    for name, data in given.items():
        path = _cache() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(zlib.decompress(data))


def _read(text, *options):
    """Return what mypy says about a module: (line, kind, message) each."""
    from mypy import api

    cache = f"--cache-dir={_cache() / ''.join(options)}"  # other options, another cache: mypy keeps one of each module
    said, trouble, _ = api.run([*OPTIONS, *options, cache, "-c", text])
    found = re.findall(r"^<string>:(\d+): (error|note): (.*)$", said, re.M)
    if trouble or (said and not found):
        end = text.count("\n") + 1
        return [(end, "error", f"mypy gave up: {(trouble or said).strip().splitlines()[-1][:200]}")]
    return [(int(line), kind, message) for line, kind, message in found]


def complaints(text, above="", options=()):
    """Return what mypy says about a text; what is `above` it is read, too, and not reported."""
    first = above.count("\n") + bool(above)
    shown = above + "\n" * bool(above) + _visible(text)
    return [
        f"line {line - first}: {said}"
        for line, kind, said in _read(shown, *options)
        if kind == "error" and line > first
    ]


def usage(text, lines, above=""):
    """Let mypy read SETUP and then lines below a text, in a function, so that its names may be used again.

    Return each line, those of SETUP first, with what mypy says about it, or an empty text.
    """
    lines = [*SETUP, *lines]
    start = above + "\n" + _visible(text) + "\ndef _below() -> None:\n"
    said = _read(start + "".join(f"    {line}\n" for line in lines))
    first = start.count("\n")
    return [
        (line, "; ".join(message for at, kind, message in said if kind == "error" and at == first + number))
        for number, line in enumerate(lines, 1)
    ]


def mypy(line):
    """Stand in the report of a check for what mypy was asked about."""
    return line


class _Tx:
    def __init__(self, desk):
        self.desk, self.number = desk, desk.started
        self.note("begin")

    def note(self, what):
        self.desk.log.append(f"{what} {self.number}")

    def commit(self):
        self.note("commit")
        if self.desk.full:
            raise OSError("disk full")

    def rollback(self):
        self.note("rollback")


class _Desk:
    def __init__(self, full=False):
        import answer

        self.log, self.started, self.full, self.last = [], 0, full, None

        @answer.in_transaction(self.start)
        def book(tx, order, seats=1, *names, note="", **more):
            """Book seats of an order."""
            tx.note(f"book {order} {seats} {list(names)} {note!r} {more} in")
            if note == "too many":
                self.last = ValueError(f"no {seats} seats")
                raise self.last
            if note == "Ctrl-C":
                self.last = KeyboardInterrupt("Ctrl-C")
                raise self.last
            return book(*names[0]) if note == "another first" else (order, seats)

        self.book = book

    def start(self):
        self.started += 1
        return _Tx(self)


def play(*calls):
    """Make calls of `book`, each a line of code; return what came of each and what its transactions noted."""
    return _play(_Desk(), calls)


def play_on_a_full_disk(*calls):
    """Do the same where each commit raises."""
    return _play(_Desk(full=True), calls)


def _play(desk, calls):
    came = []
    for line in calls:
        try:
            came.append(eval(line, {"book": desk.book}))
        except BaseException as error:
            came.append(f"{type(error).__name__}: {error}" + (", the very one" if error is desk.last else ""))
    return came, desk.log


def decorate():
    """Return what the transactions note while a function is decorated."""
    return _Desk().log


def name_and_docstring():
    """Return name and docstring of a decorated function."""
    book = _Desk().book
    return book.__name__, book.__doc__


def signature_of(line):
    """Decorate a function that a line of code defines, and return its signature as `inspect` shows it."""
    import inspect

    import answer

    names = {}
    exec(f"{line}: ...", names)
    [work] = [value for name, value in names.items() if name != "__builtins__"]
    return str(inspect.signature(answer.in_transaction(_Desk().start)(work)))
