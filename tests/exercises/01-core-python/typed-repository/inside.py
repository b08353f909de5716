"""What mypy is asked about an answer: for apart(), where nothing of it has run."""

import re
import tempfile
import zlib
from pathlib import Path

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
    """Let mypy read lines below a text, in a function, so that its names may be used again.

    Return each line with what mypy says about it, or an empty text.
    """
    start = above + "\n" + _visible(text) + "\ndef _below() -> None:\n"
    said = _read(start + "".join(f"    {line}\n" for line in lines))
    first = start.count("\n")
    return [
        (line, "; ".join(message for at, kind, message in said if kind == "error" and at == first + number))
        for number, line in enumerate(lines, 1)
    ]


def mypy(*asked):
    """Stand in the report of a check for what mypy was asked about."""
    return asked


def subscripted():
    """Return whether Repository[…] can be written where the program runs."""
    import answer

    return answer.Repository[int, str](len).find(3) is None
