"""A reader solves exercises on the page: buttons, keyboard, what is said, what is kept, what survives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from course import index, notebook
from course.judging import bank
from course.judging.client import Judge
from course.judging.program import Cell
from course.onpage import runtime
from course.onpage import verdicts as grading

pytestmark = pytest.mark.needs("chromium")

ROOT = index.root()
PAGE = "exercises/01-core-python/02-data-model.html"
TOPIC = "notebooks/01-core-python/02-data-model.html"
EXERCISE = "core.money"
LONG = 120_000  # milliseconds: the first act loads Python, on a machine that may be busy
WATCH_SHIFTS = """new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift = (window.shift ?? 0) + entry.value;
}).observe({ type: "layout-shift", buffered: true })"""
HELD = """async () => {
  const folder = new URL(document.documentElement.dataset.runtime, new URL("../..", location));
  const files = ["pyodide.asm.wasm", "stdlib.zip", "judge.zip"].map((name) => new URL(name, folder));
  const held = await Promise.all(files.map((file) => caches.match(file)));
  return held.every((response) => response !== undefined);
}"""
PYTHON = ("pyodide", ".zip", ".wasm", "worker.js", "editor-")


def reference(exercise_id: str = EXERCISE) -> str:
    cells = grading.answers(ROOT, index.load(), exercise_id)["reference"]
    return next(cell.source for cell in cells if cell.source.startswith(f"# exercise: {exercise_id}"))


def place(page: Page, exercise_id: str = EXERCISE) -> Locator:
    return page.locator(f".grader[data-exercise='{exercise_id}']")


def write(page: Page, source: str, exercise_id: str = EXERCISE) -> None:
    """Put an answer into the editor, as one types over everything."""
    place(page, exercise_id).get_by_role("button", name="Edit").click()
    editor = page.get_by_role("textbox", name="Code of")
    expect(editor.first).to_be_focused(timeout=LONG)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)


def checked(page: Page, exercise_id: str = EXERCISE) -> Locator:
    """Press Check and return what is said, once it is said."""
    place(page, exercise_id).get_by_role("button", name="Check").click()
    status = place(page, exercise_id).get_by_role("status")
    expect(status).not_to_have_text("", timeout=LONG)
    expect(page.locator("html[data-busy]")).to_have_count(0, timeout=LONG)
    return status


@pytest.fixture(scope="module")
def solving(browser, site) -> Page:
    """One page with a warm worker, for all tests that need no other."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(site.url + PAGE)
    yield page
    context.close()


def test_nothing_of_python_or_the_editor_comes_before_the_first_act(visit: Callable) -> None:
    seen = visit(PAGE)
    seen.page.wait_for_load_state("networkidle")
    assert [url for url in seen.requests if any(part in url for part in PYTHON)] == []
    place(seen.page).get_by_role("button", name="Run").click()
    expect(seen.page.get_by_role("progressbar")).to_be_visible()
    expect(place(seen.page).get_by_role("status")).to_contain_text("It ran", timeout=LONG)
    expect(seen.page.get_by_role("progressbar")).to_have_count(0)
    assert {url.partition("/course/")[0] for url in seen.requests} == {seen.page.url.partition("/course/")[0]}
    assert seen.complaints == []


def test_the_stub_is_not_attempted_a_wrong_answer_fails_the_reference_passes(
    solving: Page, everywhere: Callable
) -> None:
    assert everywhere(solving) == {}
    expect(checked(solving)).to_contain_text("Not attempted")
    wrong = (bank.task(ROOT, EXERCISE).folder / "wrong/checks_the_amount_only.py").read_text("utf-8")
    write(solving, wrong.replace("cents * ", "cents * 1 * "))
    checked(solving)
    write(solving, reference().replace("ValueError", "KeyError"))
    expect(checked(solving)).to_contain_text("public checks pass")
    result = place(solving).get_by_role("region", name=f"Result of {EXERCISE}")
    expect(result.locator(".fail")).not_to_have_count(0)
    expect(result.locator(".fail").first).to_contain_text("KeyError")
    assert everywhere(solving) == {}
    write(solving, reference())
    expect(checked(solving)).to_contain_text("Grading adds withheld checks")
    expect(result.locator(".fail")).to_have_count(0)
    expect(place(solving)).to_contain_text("Solved here.")
    assert everywhere(solving) == {}


def test_axe_finds_nothing_while_code_runs(solving: Page, everywhere: Callable) -> None:
    write(solving, f"# exercise: {EXERCISE}\nwhile True:\n    pass\n")
    place(solving).get_by_role("button", name="Run").click()
    expect(place(solving).get_by_role("status")).to_have_text("Running …")
    assert everywhere(solving) == {}
    place(solving).get_by_role("button", name="Stop").click()
    expect(place(solving).get_by_role("status")).to_contain_text("your code is still here", timeout=LONG)


@pytest.mark.parametrize(
    "body, said",
    [
        ("while True:\n    pass\n", "ran out of time"),
        ("import itertools\nsum(itertools.count())\n", "ran out of time"),
        ("kept = []\nwhile True:\n    kept.append('x' * 10**6)\n", "ran out of memory"),
        ("import os\nos._exit(7)\n", "ended the program"),
        ("import os\nos.abort()\n", "crashed"),
        ("print('x' * 30_000_000)\n", "wrote too much output"),
    ],
    ids=["loop", "loop in C", "memory", "exit", "abort", "output"],
)
def test_code_that_does_not_end_well_is_survived(solving: Page, body: str, said: str) -> None:
    before = reference()
    write(solving, f"{before}\n{body}")
    expect(checked(solving)).to_contain_text(said, timeout=LONG)
    expect(solving.get_by_role("textbox", name="Code of")).to_contain_text("class Money")
    write(solving, before)
    expect(checked(solving)).to_contain_text("Grading adds withheld checks")


def test_what_a_program_writes_is_text(solving: Page) -> None:
    markup = "<img src=x onerror=document.title='taken'>"
    write(solving, f"# exercise: {EXERCISE}\nprint({markup!r})\nraise ValueError({markup!r})\n")
    place(solving).get_by_role("button", name="Run").click()
    expect(solving.locator("#money-answer").get_by_label("Output")).to_contain_text(
        f"ValueError: {markup}", timeout=LONG
    )
    checked(solving)
    expect(place(solving).locator("img")).to_have_count(0)
    expect(solving.locator("#money-answer img")).to_have_count(0)
    assert solving.title() != "taken"


def test_the_keyboard_alone_suffices(visit: Callable) -> None:
    page = visit(PAGE).page
    place(page).get_by_role("button", name="Edit").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Code of")).to_be_focused(timeout=LONG)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(reference())
    page.keyboard.press("Control+Enter")
    expect(place(page).get_by_role("status")).to_contain_text("Grading adds withheld checks", timeout=LONG)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(place(page).get_by_role("button", name="Edit")).to_be_focused()


def test_the_solution_is_shown_on_request_and_says_so(visit: Callable) -> None:
    page = visit(PAGE).page
    button = place(page).get_by_role("button", name="Show")
    button.click()
    expect(place(page).get_by_role("status")).to_contain_text("You have not solved this one yet")
    button.click()
    expect(place(page).locator(".solution")).to_contain_text("shown on your request before you solved it")
    expect(place(page).get_by_label("Solution")).to_contain_text("def __add__")
    assert "BEGIN" not in place(page).get_by_label("Solution").inner_text()


def test_work_is_kept_taken_along_graded_loaded_and_erased(visit: Callable, tmp_path: Path) -> None:
    page = visit(PAGE).page
    write(page, reference())
    page.reload()
    expect(page.locator("#money-answer .cell_input pre")).to_contain_text("def __add__")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my answers").click()
    raw = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "02-data-model.ipynb"
    cells = notebook.parse(raw, "02-data-model.ipynb")["cells"]
    program = [Cell(c["source"], f"cell {n}") for n, c in enumerate(cells, 1) if c["cell_type"] == "code"]
    with Judge() as judge:
        [result] = judge.judge(program, [bank.task(ROOT, EXERCISE)])
    assert result.attempted and result.passed
    erase = page.get_by_role("button", name="Erase everything kept")
    erase.click()
    page.get_by_role("button", name="Yes, erase it").click()
    expect(page.locator("#money-answer .cell_input pre")).not_to_contain_text("def __add__")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('course '))") == []
    file = tmp_path / "mine.ipynb"
    file.write_bytes(raw)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".work").get_by_role("status")).to_contain_text("Loaded answers to core.money")
    expect(page.locator("#money-answer .cell_input pre")).to_contain_text("def __add__")
    file.write_text("no notebook")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".work").get_by_role("status")).to_contain_text("This file was not loaded")


def test_the_front_page_shows_what_is_solved(visit: Callable, site) -> None:
    page = visit("index.html").page
    count = sum(not entry.missing for entry in grading.load(ROOT).values())
    expect(page.get_by_role("img", name=f"0 of {count} exercises solved here")).to_be_visible()
    page.evaluate("localStorage.setItem('course /course/ done core.money', JSON.stringify({ solved: 'x' }))")
    page.reload()
    expect(page.get_by_role("img", name=f"1 of {count} exercises solved here")).to_be_visible()


def test_cells_of_a_topic_run_in_order_with_one_state(visit: Callable) -> None:
    page = visit(TOPIC).page
    cell = page.locator("#trace-in")
    cell.get_by_role("button", name="Edit and run").click()
    expect(page.get_by_role("textbox", name="Code of trace-in")).to_be_focused(timeout=LONG)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("print(Seat('Z', 1, 1).row)\nmine = 42")
    page.keyboard.press("Shift+Enter")
    expect(cell.get_by_label("Output")).to_have_text("Z\n", timeout=LONG)
    below = page.locator("#lost")
    below.get_by_role("button", name="Edit and run").click()
    expect(page.get_by_role("textbox", name="Code of lost")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("mine + 1")
    page.keyboard.press("Shift+Enter")
    expect(below.get_by_label("Output")).to_have_text("43\n")


def test_opening_the_editor_moves_nothing(visit: Callable) -> None:
    page = visit(PAGE).page
    page.evaluate(WATCH_SHIFTS)
    place(page).get_by_role("button", name="Edit").click()
    expect(page.get_by_role("textbox", name="Code of")).to_be_focused(timeout=LONG)
    assert page.evaluate("window.shift ?? 0") < 0.1


def test_without_javascript_stub_and_hints_are_there_and_no_button_that_does_nothing(visit: Callable) -> None:
    page = visit(PAGE, java_script_enabled=False).page
    expect(page.locator("#money-answer .cell_input pre")).to_contain_text("class Money")
    expect(page.get_by_role("button", name="Check")).to_have_count(0)
    page.get_by_text("Hint 1").first.click()
    expect(page.get_by_text("isinstance(True, int)").first).to_be_visible()


def test_an_exercise_for_the_command_line_names_what_the_page_lacks(visit: Callable) -> None:
    local = {exercise_id: entry.missing for exercise_id, entry in grading.load(ROOT).items() if entry.missing}
    for exercise_id, missing in local.items():
        chapter, topic, _ = index.load().find(exercise_id)
        page = visit(f"exercises/{chapter.slug}/{topic.stem}.html").page
        note = page.locator(".local").filter(has_text=exercise_id)
        expect(note).to_contain_text(f"it lacks {missing}")
        note.get_by_role("link", name="Solve it in JupyterLab").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Student guide")


def test_the_page_works_offline_after_the_first_visit_and_an_older_runtime_goes(visit: Callable, site) -> None:
    page = visit(PAGE, base=site.local).page
    page.evaluate("caches.open('course runtime older')")
    write(page, reference())
    expect(checked(page)).to_contain_text("Grading adds withheld checks")
    page.wait_for_function(HELD, timeout=LONG)
    names = page.evaluate("caches.keys()")
    assert [name for name in names if "runtime" in name] == [f"course runtime {runtime.key()}"]
    page.context.set_offline(True)
    page.reload()
    expect(checked(page)).to_contain_text("Grading adds withheld checks", timeout=LONG)
    write(page, "# nothing")
    expect(checked(page)).to_contain_text("Not attempted")


def test_a_page_is_usable_at_375_pixels(visit: Callable) -> None:
    page = visit(PAGE, width=375).page
    write(page, reference().replace("ValueError", "KeyError"))
    checked(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
