"""`check()` and `progress()` in real kernels, spoken to as JupyterLab, VS Code and nbconvert do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from course import index, notebook
from course.judging import bank
from course.judging.program import header

TOPIC = "01-core-python/02-data-model.ipynb"
SETUP = "from course import check, progress"


def cells_of(folder: str) -> dict[str, str]:
    """Return the answer cells of the topic's notebook below a folder, by exercise."""
    cells = bank.program(index.root() / folder / TOPIC)
    return {header(cell.source)[1]: cell.source for cell in cells if header(cell.source)[0] == "exercise"}


RIGHT, STUB = cells_of("solutions")["core.money"], cells_of("exercises")["core.money"]
WRONG = "# exercise: core.money\nclass Money:\n    pass\n"
CHECK = 'check("core.money")'


class Front:
    """A front end of one kernel."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def run(self, source: str, cell_id: str | None = None, silent: bool = False) -> dict[str, str]:
        """Run a cell; return what it shows by MIME type, streams as "stream", errors as "error"."""
        content = {
            "code": source,
            "silent": silent,
            "store_history": not silent,
            "user_expressions": {},
            "allow_stdin": False,
        }
        message = self.client.session.msg("execute_request", content, metadata={"cellId": cell_id} if cell_id else {})
        self.client.shell_channel.send(message)
        shown: dict[str, str] = {}
        while True:
            reply = self.client.get_iopub_msg(timeout=30)
            if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            kind, body = reply["msg_type"], reply["content"]
            if kind in ("execute_result", "display_data"):
                shown |= body["data"]
            elif kind == "stream":
                shown["stream"] = shown.get("stream", "") + body["text"]
            elif kind == "error":
                shown["error"] = f"{body['ename']}: {body['evalue']}"
            elif kind == "status" and body["execution_state"] == "idle":
                return shown

    def text(self, source: str, cell_id: str | None = None) -> str:
        """Run a cell and return what it shows as text; it must not raise."""
        shown = self.run(source, cell_id)
        assert "error" not in shown, shown["error"]
        return shown["text/plain"]


@contextmanager
def kernel(folder: Path) -> Iterator[Front]:
    """Start a kernel whose state lies in a folder."""
    env = {k: v for k, v in os.environ.items() if k != "JPY_SESSION_NAME"} | {
        "COURSE_STATE": str(folder),
        "IPYTHONDIR": str(folder),
    }
    manager, client = start_new_kernel(kernel_name="python3", env=env, cwd=str(folder), stderr=subprocess.DEVNULL)
    try:
        yield Front(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=False)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with kernel(tmp_path_factory.mktemp("lab")) as front:
        front.run(SETUP, "setup")
        yield front


@pytest.fixture
def lab(running: Front, tmp_path: Path) -> Front:
    """The one kernel of these tests, with nothing run in it but the set-up, and a state of its own."""
    running.run(
        "import os; from course.learning import kernel as _k; _k.RECORDER.ran.clear(); "
        "globals().pop('__vsc_ipynb_file__', None); "
        f"os.environ.pop('JPY_SESSION_NAME', None); os.environ['COURSE_STATE'] = {str(tmp_path / 'state')!r}",
        silent=True,
    )
    running.run(SETUP, "setup")
    return running


@pytest.fixture
def saved(lab: Front, tmp_path: Path) -> Callable[..., Path]:
    """Write the saved notebook that JupyterLab names."""

    def save(*sources: str) -> Path:
        path = tmp_path / "saved.ipynb"
        cells = [notebook.code(f"c{n}", source) for n, source in enumerate(sources)]
        path.write_text(notebook.text(notebook.blank(cells)), "utf-8")
        lab.run(f"os.environ['JPY_SESSION_NAME'] = {str(path)!r}", silent=True)
        return path

    return save


def test_a_right_answer_is_solved_as_far_as_public_checks_go(lab: Front) -> None:
    lab.run(RIGHT, "answer")
    shown = lab.run(CHECK, "check")
    assert "public checks pass. Grading adds withheld checks." in shown["text/plain"]
    assert "<section" in shown["text/html"]
    assert "✘" not in shown["text/plain"]


def test_a_wrong_answer_shows_why_without_a_traceback(lab: Front) -> None:
    lab.run(WRONG, "answer")
    text = lab.text(CHECK, "check")
    assert "public checks pass" in text.splitlines()[0]
    assert "✘" in text
    assert "got " in text
    assert "Traceback" not in text


def test_a_stub_is_not_attempted_rather_than_failed(lab: Front) -> None:
    lab.run(STUB, "answer")
    text = lab.text(CHECK, "check")
    assert "Not attempted" in text
    assert "✘" not in text


def test_without_the_answer_cell_nothing_can_be_checked(lab: Front) -> None:
    text = lab.text(CHECK, "check")
    assert "Not attempted" in text or "Could not be checked" in text
    assert "There is no answer cell for this exercise." in text


def test_the_cell_counts_as_it_was_last_run_not_as_it_was_first_run(lab: Front) -> None:
    lab.run(WRONG, "answer")
    lab.run(RIGHT, "answer")
    text = lab.text(CHECK, "check")
    assert "public checks pass." in text
    assert "cells for this exercise" not in text


def test_an_answer_that_was_edited_and_not_run_does_not_count(lab: Front) -> None:
    lab.run(RIGHT, "answer")
    lab.run(WRONG, "answer")
    assert "✘" in lab.text(CHECK, "check")


def test_a_copied_cell_is_judged_and_named(lab: Front) -> None:
    lab.run(WRONG, "answer")
    lab.run(RIGHT, "copy")
    text = lab.text(CHECK, "check")
    assert "public checks pass." in text
    assert "There are 2 cells for this exercise" in text


def test_a_helper_in_another_cell_counts(lab: Front) -> None:
    uses = RIGHT.replace("@dataclass(frozen=True)", "@frozen")
    assert uses != RIGHT
    lab.run("from dataclasses import dataclass\nfrozen = dataclass(frozen=True)", "helper")
    lab.run(uses, "answer")
    assert "public checks pass." in lab.text(CHECK, "check")


def test_a_helper_that_ran_only_after_the_answer_is_named_by_its_prompt(lab: Front) -> None:
    lab.run("class Money:\n    pass", "first")
    lab.run(f"{WRONG}made = lambda: helper()", "answer")
    lab.run("def helper(): pass", "helper")
    text = lab.text(CHECK, "check")
    number = lab.run("len(In)", "count")["text/plain"]
    assert f"`helper` is defined in cell [{int(number) - 3}], below the answer in cell [{int(number) - 4}]" in text


def test_without_cell_ids_the_last_run_counts_and_no_copies_are_counted(lab: Front) -> None:
    lab.run("frozen = 1")
    lab.run(WRONG)
    lab.run(RIGHT)
    text = lab.text(CHECK)
    assert "public checks pass." in text
    assert "cells for this exercise" not in text


def test_magics_and_shell_lines_in_the_notebook_do_no_harm(lab: Front) -> None:
    lab.run("%load_ext autoreload\n!true", "magic")
    lab.run("%%time\n" + RIGHT, "answer")
    assert "public checks pass." in lab.text(CHECK, "check")


def test_an_unknown_id_is_answered_with_the_nearest(lab: Front) -> None:
    text = lab.text('check("core.mony")', "check")
    assert text.startswith("There is no exercise 'core.mony'. Did you mean core.money")


@pytest.mark.parametrize("odd", ["''", "'core'", "7", "None"])
def test_an_id_that_is_none_is_answered_with_a_sentence(lab: Front, odd: str) -> None:
    assert lab.text(f"check({odd})", "check").startswith("There is no exercise")


# -- the notebook as saved


def test_a_front_end_that_names_no_file_is_told_of(lab: Front) -> None:
    lab.run(RIGHT, "answer")
    assert "Not compared with the saved notebook" in lab.text(CHECK, "check")


def test_a_saved_notebook_that_gives_the_same_is_not_mentioned(lab: Front, saved: Callable[..., Path]) -> None:
    saved(SETUP, RIGHT, CHECK)
    lab.run(RIGHT, "answer")
    assert "saved notebook" not in lab.text(CHECK, "check")


def test_an_answer_that_is_not_saved_yet_is_warned_of(lab: Front, saved: Callable[..., Path]) -> None:
    saved(SETUP, STUB, CHECK)
    lab.run(RIGHT, "answer")
    text = lab.text(CHECK, "check")
    assert "public checks pass." in text
    assert "Careful: the saved notebook, read from top to bottom, gives another result (Not attempted" in text


def test_a_helper_that_stands_only_below_the_answer_is_warned_of(lab: Front, saved: Callable[..., Path]) -> None:
    uses = RIGHT.replace("@dataclass(frozen=True)", "@frozen")
    helper = "from dataclasses import dataclass\nfrozen = dataclass(frozen=True)"
    saved(SETUP, uses, helper, CHECK)
    lab.run(helper, "helper")
    lab.run(uses, "answer")
    text = lab.text(CHECK, "check")
    assert "public checks pass." in text
    assert "Careful: the saved notebook" in text


def test_a_damaged_saved_notebook_is_said_to_be_one(lab: Front, saved: Callable[..., Path]) -> None:
    saved().write_text("{", "utf-8")
    lab.run(RIGHT, "answer")
    text = lab.text(CHECK, "check")
    assert "Not compared with the saved notebook: saved.ipynb is no readable notebook" in text


def test_vs_code_names_the_file_in_a_variable_of_its_own(lab: Front, saved: Callable[..., Path]) -> None:
    path = saved(SETUP, STUB, CHECK)
    lab.run(f"del os.environ['JPY_SESSION_NAME']; __vsc_ipynb_file__ = {str(path)!r}", silent=True)
    lab.run(RIGHT, "answer")
    assert "Careful: the saved notebook" in lab.text(CHECK, "check")


# -- hints and progress


def test_a_hint_is_offered_after_repeated_failure_and_the_next_one_later(lab: Front) -> None:
    lab.run(WRONG, "answer")
    told = [lab.text(CHECK, "check") for _ in range(4)]
    assert ["Hint 1" in text for text in told] == [False, True, True, False]
    assert "Hint 2" in told[3]


def test_no_hint_is_offered_for_what_was_not_attempted(lab: Front) -> None:
    lab.run(STUB, "answer")
    assert all("Hint" not in lab.text(CHECK, "check") for _ in range(3))


def test_progress_counts_what_was_solved(lab: Front) -> None:
    lab.run(STUB, "answer")
    lab.run(CHECK, "check")
    before = lab.run("progress()", "progress")
    lab.run(RIGHT, "answer")
    lab.run(CHECK, "check")
    lab.run(WRONG, "answer")
    lab.run(CHECK, "check")
    after = lab.run("progress()", "progress")
    assert "0 of" in before["text/plain"]
    assert "1 of" in after["text/plain"], "what was solved once stays solved"
    assert "<progress" in after["text/html"]


def test_a_damaged_state_is_put_aside(lab: Front, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "progress.json").write_text("{]", "utf-8")
    assert "0 of" in lab.text("progress()", "progress")
    assert (tmp_path / "state" / "progress.damaged.json").read_text("utf-8") == "{]"


def test_a_state_that_cannot_be_written_is_a_sentence(lab: Front, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    lab.run(f"os.environ['COURSE_STATE'] = {str(tmp_path / 'file')!r}", silent=True)
    lab.run(RIGHT, "answer")
    assert "Your answer is unharmed" in lab.text(CHECK, "check")


def test_cells_that_ran_before_the_import_count_and_progress_survives_a_new_kernel_in_a_moved_folder(
    lab: Front, tmp_path: Path
) -> None:
    lab.run(RIGHT, "answer")
    lab.run(CHECK, "check")
    (tmp_path / "elsewhere").mkdir()
    moved = shutil.move(tmp_path / "state", tmp_path / "elsewhere" / "state")
    with kernel(Path(moved)) as fresh:
        fresh.run(RIGHT, "answer")
        fresh.run(SETUP, "setup")
        assert "1 of" in fresh.text("progress()", "progress")
        fresh.run(RIGHT, "answer")
        text = fresh.text(CHECK, "check")
    assert "public checks pass." in text
    assert "cells for this exercise" not in text


def test_nbconvert_runs_a_notebook_with_its_checks(tmp_path: Path) -> None:
    cells = [notebook.code(f"c{n}", source) for n, source in enumerate([SETUP, RIGHT, CHECK, "progress()"])]
    (tmp_path / "answer.ipynb").write_text(notebook.text(notebook.blank(cells)), "utf-8")
    command = [
        sys.executable,
        "-m",
        "nbconvert",
        "--to",
        "notebook",
        "--execute",
        "--output",
        "ran.ipynb",
        "answer.ipynb",
    ]
    env = os.environ | {"COURSE_STATE": str(tmp_path / "state")}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    outputs = [cell["outputs"] for cell in json.loads((tmp_path / "ran.ipynb").read_text("utf-8"))["cells"]]
    assert "public checks pass." in "".join(outputs[2][0]["data"]["text/plain"])
    assert "1 of" in "".join(outputs[3][0]["data"]["text/plain"])
