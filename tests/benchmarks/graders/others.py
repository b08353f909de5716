"""nbgrader and otter: an environment for each outside the checkout, the same assignment, their fastest documented way.

nbgrader: one `nbgrader autograde` for a whole class, which grades one after the other; for two workers, two classes of
half the size side by side. otter without Docker: `otter.api.grade_submission` in a loop, which saves its start of two
seconds a submission; for two workers, two such loops.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from course import notebook

from .assignment import EXERCISES, LIMIT, Exercise, answers

VERSIONS = {"nbgrader": "nbgrader==0.9.6", "otter": "otter-grader==7.0.0"}
LOOP = """
import json, pathlib, sys, otter.api
[bundle] = pathlib.Path("dist/autograder").glob("*.zip")
for path in sys.argv[1:]:
    found = otter.api.grade_submission(path, str(bundle), quiet=True)
    scores = {name.split()[0]: each.score == each.possible for name, each in found.results.items()}
    pathlib.Path(path).with_suffix(".json").write_text(json.dumps(scores))
"""
READ = """
import json, sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({s.student.id: {g.cell.name: g.score == g.max_score for n in s.notebooks for g in n.grades}
                      for s in book.assignment_submissions("boxoffice")}))
"""


def environment(name: str) -> Path:
    """Return the folder of a grader's own environment, made once and kept in the user's cache."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "boxoffice-benchmark" / f"{VERSIONS[name]}-py{sys.version_info.major}.{sys.version_info.minor}"
    if not (folder / "done").exists():
        uv, python = Path(sys.executable).with_name("uv"), f"{folder}/bin/python"
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, VERSIONS[name], "ipykernel"], check=True)
        (folder / "done").touch()
    return folder / "bin"


def path_of(folder: Path) -> dict[str, str]:
    """Return the environment variables under which programs find an environment's own programs first."""
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "PYTHONWARNINGS": "ignore"}


class Nbgrader:
    """One class folder for each worker."""

    def __init__(self, root: Path, students: range, workers: int) -> None:
        """Build the assignment, release it, and hand in."""
        self.bin, self.students = environment("nbgrader"), students
        self.folders = [root / f"nbgrader-{w}" for w in range(workers)]
        for worker, folder in enumerate(self.folders):
            settings = f"c = get_config()\nc.CourseDirectory.course_id = 'box'\nc.Execute.timeout = {LIMIT}\n"
            _write(folder / "nbgrader_config.py", settings)
            _write(folder / "source/boxoffice/boxoffice.ipynb", self._notebook(None))
            self._run("nbgrader", "generate_assignment", "boxoffice", folder=folder)
            for student in students[worker::workers]:
                _write(folder / f"submitted/s{student:02}/boxoffice/boxoffice.ipynb", self._notebook(answers(student)))

    @staticmethod
    def _notebook(sources: dict[str, str] | None) -> str:
        def marked(name: str, source: str, **settings: Any) -> notebook.NotebookCell:
            cell = notebook.code(name, source)
            common = {"schema_version": 3, "grade_id": name, "task": False, "locked": False, "cell_type": "code"}
            cell["metadata"] = {"nbgrader": common | settings}
            return cell

        cells = []
        for e in EXERCISES:
            source = sources[e.name] if sources else f"### BEGIN SOLUTION\n{e.source('right')}\n### END SOLUTION"
            cells.append(marked(f"{e.name}-answer", source, solution=True, grade=False))
            tests = "\n".join(f"assert {truth}" for truth in e.truths)
            cells.append(marked(e.name, tests, solution=False, grade=True, points=1, locked=True))
        return notebook.text(notebook.blank(cells))

    def _run(self, *command: str, folder: Path) -> str:
        path = path_of(self.bin)
        done = subprocess.run(
            [self.bin / command[0], *command[1:]], cwd=folder, env=path, capture_output=True, text=True
        )
        assert not done.returncode, done.stderr
        return done.stdout

    def commands(self) -> list[tuple[list[str], Path]]:
        """Return the commands that grade everything, one a worker, each with its folder."""
        command = [str(self.bin / "nbgrader"), "autograde", "boxoffice", "--force", "--quiet"]
        return [(command, folder) for folder in self.folders]

    def verdicts(self) -> dict[int, dict[str, bool]]:
        """Return which exercises each student solved."""
        found: dict[str, dict[str, bool]] = {}
        for folder in self.folders:
            found |= json.loads(self._run("python", "-c", READ, folder=folder))
        return {int(name[1:]): solved for name, solved in found.items()}


class Otter:
    """One folder; each worker has its share of the files."""

    def __init__(self, root: Path, students: range, workers: int) -> None:
        """Build the assignment and hand in."""
        self.bin, self.folder, self.students, self.workers = environment("otter"), root / "otter", students, workers
        _write(self.folder / "boxoffice.ipynb", self._assignment())
        command = [self.bin / "otter", "assign", "boxoffice.ipynb", "dist", "--no-pdfs", "--no-run-tests"]
        done = subprocess.run(command, cwd=self.folder, env=path_of(self.bin), capture_output=True, text=True)
        assert not done.returncode, done.stdout + done.stderr
        for student in students:
            _write(self.folder / f"s{student:02}.ipynb", self._notebook(answers(student)))

    @staticmethod
    def _assignment() -> str:
        def raw(text: str) -> notebook.NotebookCell:
            return notebook.markdown("raw", "") | {"cell_type": "raw", "source": text}

        settings = "# ASSIGNMENT CONFIG\nname: boxoffice\ninit_cell: true\nexport_cell: false\ngenerate: {pdf: false}"
        cells = [raw(settings)]
        for e in EXERCISES:
            solution = f"# BEGIN SOLUTION\n{e.source('right')}\n# END SOLUTION"
            cells += [raw(f"# BEGIN QUESTION\nname: {e.name}\npoints: 1"), notebook.markdown("q", e.name)]
            cells += [raw("# BEGIN SOLUTION"), notebook.code("s", solution), raw("# END SOLUTION")]
            cells += [raw("# BEGIN TESTS"), notebook.code("t", _tests(e)), raw("# END TESTS"), raw("# END QUESTION")]
        for number, cell in enumerate(cells):
            cell["id"] = f"c{number}"
        return notebook.text(notebook.blank(cells))

    @staticmethod
    def _notebook(sources: dict[str, str]) -> str:
        start = 'import otter\ngrader = otter.Notebook("boxoffice.ipynb")'
        cells = [notebook.code("start", start)]
        for e in EXERCISES:
            cells.append(notebook.code(f"{e.name}-answer", sources[e.name]))
            cells.append(notebook.code(f"{e.name}-check", f'grader.check("{e.name}")'))
        made = notebook.blank(cells)
        made["metadata"]["otter"] = {"assignment_name": "boxoffice"}
        return notebook.text(made)

    def commands(self) -> list[tuple[list[str], Path]]:
        """Return the commands that grade everything, one a worker, each with its folder."""
        files = [f"s{student:02}.ipynb" for student in self.students]
        python = [str(self.bin / "python"), "-c", LOOP]
        return [(python + files[worker :: self.workers], self.folder) for worker in range(self.workers)]

    def verdicts(self) -> dict[int, dict[str, bool]]:
        """Return which exercises each student solved; none where there is no result."""
        found = {}
        for student in self.students:
            file = self.folder / f"s{student:02}.json"
            found[student] = json.loads(file.read_text()) if file.exists() else dict.fromkeys(answers(student), False)
        return found


def _tests(exercise: Exercise) -> str:
    tests = "\n".join(f"assert {truth}" for truth in exercise.truths)
    return f'""" # BEGIN TEST CONFIG\nhidden: true\n""" # END TEST CONFIG\n{tests}'


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
