"""Run notebooks in fresh kernels, and commit or compare what they print."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, from_dict

from course import index
from course.authoring.machine import machine_path
from course.errors import CourseError
from course.learning.merge import parse
from course.learning.workspace import write

CANONICAL = (3, 11)  # the Python whose outputs are committed
CELL_SECONDS = 300
STARTS = 3  # a kernel chooses its ports before it binds them: another one may have taken them meanwhile
UNBORN = "Kernel died before replying to kernel_info"
KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
CELL_METADATA = {"tags", "mystnb"}
ANSI = r"(?:\x1b\[[0-9;]*m)*"
LIBRARY_FRAME = re.compile(rf"(File {ANSI})[^\s\x1b]*/([^/\s\x1b]+\.py)")


def chosen(stems: Iterable[str] = (), root: Path | None = None) -> list[Path]:
    """Return the notebooks of the given stems, all of notebooks/ for none.

    A stem is `01-pattern-matching`, `01-core-python/01-pattern-matching`, or the path of a file. Raise CourseError for
    an unknown one.
    """
    root = root or index.root()
    found = {path: path.relative_to(root).as_posix() for path in sorted((root / "notebooks").glob("*/*.ipynb"))}
    wanted: list[Path] = []
    for stem in stems:
        name = stem.removesuffix(".ipynb")
        hits = [path for path, known in found.items() if f"/{known}".endswith(f"/{name}.ipynb") or path == Path(stem)]
        if not hits:
            raise CourseError(index.unknown("notebook", stem, [path.stem for path in found]))
        wanted += hits
    return wanted or list(found)


def execute(stems: Iterable[str] = (), root: Path | None = None, workers: int = 2) -> list[Path]:
    """Run notebooks and write their outputs back; return those that changed.

    Those that measure run alone, after the others. Raise CourseError, with the cell, when one raises where it should
    not; every notebook that ran is written all the same.
    """
    root = root or index.root()
    paths = chosen(stems, root)
    measuring = {f"{c.slug}/{t.stem}" for c, t in index.load(root / "course.yml").topics() if t.measures}
    alone = [path for path in paths if f"{path.parent.name}/{path.stem}" in measuring]
    with ThreadPoolExecutor(workers) as pool:
        results = list(pool.map(_refresh, [path for path in paths if path not in alone]))
    results += map(_refresh, alone)
    problems = [result for result in results if isinstance(result, str)]
    if problems:
        raise CourseError("\n".join(problems))
    return [result for result in results if isinstance(result, Path)]


def _refresh(path: Path) -> Path | str | None:
    """Run one notebook and write it; return its path if it changed, a sentence if it failed."""
    name = f"{path.parent.name}/{path.name}"
    before = path.read_bytes()
    try:
        parse(before, name)
        notebook = run(nbformat.reads(before.decode(), as_version=4), name)
        canonical(notebook, name)
    except CourseError as error:
        return str(error)
    after = (nbformat.writes(notebook) + "\n").encode()
    if after == before:
        return None
    write(path, after)
    return path


def run(notebook: NotebookNode, name: str, starts: int = STARTS) -> NotebookNode:
    """Run all cells in a fresh kernel and an empty folder; `name` stands in messages.

    Cells tagged `raises-exception` may raise; any other that does, or takes over five minutes, is a CourseError. A
    kernel that dies before it is asked anything is started again, `starts` times in all.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    try:
        return _ran(notebook, name)
    except RuntimeError as error:
        if UNBORN in str(error) and starts > 1:
            return run(notebook, name, starts - 1)
        raise


def _ran(notebook: NotebookNode, name: str) -> NotebookNode:
    with _quiet_place() as (folder, environment):
        client = NotebookClient(
            notebook,
            timeout=CELL_SECONDS,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(folder)}},
        )
        try:
            client.execute(env=environment, stderr=subprocess.DEVNULL)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            place = next((c.id for c in notebook.cells if c.cell_type == "code" and c.execution_count is None), None)
            failed = [c.id for c in notebook.cells for o in c.get("outputs", []) if o.output_type == "error"]
            where = failed[-1] if failed else place
            raise CourseError(f"{name}, cell {where}: {_last_line(str(error))}") from None
        except RuntimeError:
            atexit.unregister(client._cleanup_kernel)  # it has cleaned up, and would complain of having to again
            raise
    return notebook


def canonical(notebook: NotebookNode, name: str) -> None:
    """Leave in a notebook only what is the same on every machine.

    Raise CourseError for an output that names a path of this one, and for code cells without a number: they are empty.
    """
    notebook.metadata = from_dict({"kernelspec": KERNELSPEC, "language_info": {"name": "python"}})
    number = 0
    for cell in notebook.cells:
        cell.metadata = from_dict({k: v for k, v in cell.metadata.items() if k in CELL_METADATA})
        if cell.cell_type != "code":
            continue
        number += 1
        if cell.execution_count != number:
            raise CourseError(f"{name}, cell {cell.id}: it did not run as number {number}. Is it empty? Remove it.")
        for output in cell.outputs:
            output.pop("transient", None)
            if output.output_type == "error":
                output.traceback = [LIBRARY_FRAME.sub(r"\1…/\2", line) for line in output.traceback]
        found = machine_path(cell.outputs)
        if found:
            raise CourseError(f"{name}, cell {cell.id}: its output names {found}, a path of this machine. Print less.")


def compare(path: Path, *, exact: bool | None = None) -> str | None:
    """Run a notebook under nbval; return None when it prints what it shows, else nbval's account.

    `exact` compares outputs; by default that is done on Python 3.11 only, and elsewhere the cells have to run.
    """
    exact = sys.version_info[:2] == CANONICAL if exact is None else exact
    for _ in range(STARTS):
        told = _compared(path, exact)
        if told is None or UNBORN not in told:
            break
    return told


def _compared(path: Path, exact: bool) -> str | None:
    with _quiet_place() as (folder, environment):
        copy = Path(shutil.copy(path, folder))
        (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        mode = "--nbval" if exact else "--nbval-lax"
        options = ["-p", "nbval.plugin", mode, f"--nbval-cell-timeout={CELL_SECONDS}", "-q", "--color=no"]
        command = [sys.executable, "-m", "pytest", *options, "-p", "no:cacheprovider", copy.name]
        environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, errors="replace")
    return None if done.returncode == 0 else f"{done.stdout}{done.stderr}"


@contextmanager
def _quiet_place() -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield an empty folder and an environment in which no setting of the person at this machine changes an output."""
    with tempfile.TemporaryDirectory(prefix="notebook-") as place:
        folder = Path(place) / "run"
        folder.mkdir()
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "IPYTHON", "MPL"))}
        environment |= {"IPYTHONDIR": f"{place}/ipython", "JUPYTER_PREFER_ENV_PATH": "1", "PYTHONSAFEPATH": "1"}
        environment["COURSE_STATE"] = f"{place}/state"  # what is checked here is no learner's progress
        yield folder, environment


def _last_line(text: str) -> str:
    lines = [line for line in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines() if line.strip()]
    return lines[-1].strip() if lines else "the kernel ended without a word"
