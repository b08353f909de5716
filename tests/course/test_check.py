"""`course check`: what it says, how it ends, and the rules of the repository and of every notebook."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from course import index, notebook
from course.authoring import checking, diagrams
from course.authoring.tree import Tree

from .conftest import SmallCourse

PICTURE = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo="}, "metadata": {}}


def test_a_course_in_order_has_no_finding(small: SmallCourse) -> None:
    assert list(small.build().report().lines()) == ["0 to mend, 0 warnings of style"]


def test_this_course_has_nothing_to_mend() -> None:
    assert [str(found) for found in checking.check(index.root()).structure] == []


def test_this_course_is_checked_in_under_ten_seconds() -> None:
    program = (
        "import time; from course import index; from course.authoring import checking; "
        "checking.check(index.root()); print(time.process_time())"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=index.root(), capture_output=True, text=True, timeout=60)
    assert float(done.stdout) < 10, done.stderr


def test_every_rule_has_a_test_that_breaks_it() -> None:
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_check*.py"))
    tested = set(re.findall(r"""found\(\s*"([a-z-]+)"\)""", tests))
    assert {*checking.STRUCTURE, *checking.STYLE} - tested == set()


def test_every_finding_is_one_line_with_path_and_rule(small: SmallCourse) -> None:
    small.cell("why-2")["source"] += "\n\nIt is simply done.\n\n![](missing.png)"
    lines = list(small.build().report().lines())
    assert lines[0].startswith(f"{small.page}: alt-text: ")
    assert lines[1].startswith(f"{small.page}: link: ")
    assert lines[2].startswith(f"{small.page}: wording: warning: ")
    assert lines[3:] == ["2 to mend, 1 warnings of style"]


def test_a_warning_does_not_make_the_command_fail(small: SmallCourse) -> None:
    small.cell("why-2")["source"] += "\n\nIt is simply done."
    done = small.build().run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "0 to mend, 1 warnings of style"


def test_a_finding_of_structure_makes_the_command_fail(small: SmallCourse) -> None:
    done = small.build().edit("_toc.yml", "root: book/index", "root: book/start").run("check")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[-1] == "1 to mend, 0 warnings of style"


# course.yml


def test_an_invalid_index_is_the_only_finding(small: SmallCourse) -> None:
    small.topic["minutes"] = "soon"
    assert "chapters[0].topics[0].minutes" in small.write().found("course-file")
    assert len(small.report().structure) == 1


def test_a_waiver_silences_a_warning(small: SmallCourse) -> None:
    small.cell("why-2")["source"] += "\n\nIt is simply done."
    small.topic["waive"] = {"wording": "A quotation."}
    assert list(small.build().report().lines()) == ["0 to mend, 0 warnings of style, 1 waived"]


def test_a_waiver_that_nothing_needs_is_an_error(small: SmallCourse) -> None:
    small.topic["waive"] = {"wording": "A quotation."}
    assert "nothing breaks it any more" in small.build().found("waiver")


def test_a_waiver_of_an_unknown_rule_names_the_nearest(small: SmallCourse) -> None:
    small.topic["waive"] = {"wordings": "A quotation."}
    assert "no rule of style 'wordings'. Did you mean wording" in small.build().found("waiver")


def test_structure_cannot_be_waived(small: SmallCourse) -> None:
    small.topic["waive"] = {"stripped": "I like it."}
    assert "waives stripped, which cannot be waived" in small.build().found("waiver")


# The repository


def test_a_derived_file_that_was_edited_is_stale(small: SmallCourse) -> None:
    small.build().edit("_toc.yml", "root: book/index", "root: book/start")
    assert small.found("stale").startswith("_toc.yml: stale: ")


def test_an_edited_exercise_is_stale(small: SmallCourse) -> None:
    exercise = f"exercises/{small.page.partition('/')[2]}"
    small.build().edit(exercise, "raise NotImplementedError", "return 7")
    assert small.found("stale").startswith(f"{exercise}: stale: ")


def test_a_topic_that_cannot_be_derived_leaves_the_others_to_be_checked(small: SmallCourse) -> None:
    small.build().edit("_toc.yml", "root: book/index", "root: book/start")
    small.edit(small.source, "### END SOLUTION", "### END SOLUTON")
    assert "looks like a marker and is none" in small.found("derive")
    assert small.found("stale").startswith("_toc.yml: stale: ")


def test_a_page_of_the_contents_that_does_not_exist_is_named(small: SmallCourse) -> None:
    del small.files["book/glossary.md"]
    assert "write book/glossary.md" in small.build().found("toc")


@pytest.mark.parametrize(
    "path",
    [
        "book/forgotten.md",
        "notebooks/01-core-python/09-forgotten.ipynb",
        "notebooks/01-core-python/notes.txt",
        "solutions/01-core-python/09-forgotten.ipynb",
        "exercises/01-core-python/09-forgotten.ipynb",
        "tests/exercises/01-core-python/forgotten/public/test_it.py",
        "tests/exercises/01-core-python/count-scans/public/scans_test.py",
        "tests/exercises/01-core-python/count-scans/wrong/mistake.txt",
        "tests/exercises/01-core-python/count-scans/wrong/older/mistake.py",
        "tests/exercises/01-core-python/count-scans/alternatives/loop.md",
        "tests/exercises/01-core-python/count-scans/helper.py",
        "book/assets/forgotten.png",
        "book/diagrams/0123456789ab.svg",
    ],
)
def test_what_nothing_names_is_an_orphan(small: SmallCourse, path: str) -> None:
    small.files[path] = notebook.text(notebook.blank([])) if path.endswith(".ipynb") else "# text\n"
    assert f"{path}: orphan: " in small.build().found("orphan")


def test_a_picture_that_a_page_shows_and_a_drawing_of_a_diagram_are_no_orphans(small: SmallCourse) -> None:
    block = "flowchart LR\n  accTitle: Gates\n  accDescr: One gate.\n  A --> B\n"
    small.files["book/glossary.md"] += f"![a gate](gate.png)\n\n```mermaid\n{block}```\n"
    small.files |= {"book/gate.png": "", f"book/diagrams/{diagrams.name_of(block)}": "<svg/>"}
    assert small.build().found("orphan") == ""


def test_what_gitignore_leaves_out_is_not_looked_at(small: SmallCourse) -> None:
    small.files[".gitignore"] = "/work/\n__pycache__/\n*.egg-info/\n"
    for folder in ("work", "book/__pycache__", "course.egg-info"):
        small.files[f"{folder}/gate.png"] = ""
    assert Tree(small.build().root, small.load()).under("work", "book/__pycache__", "course.egg-info") == []


def test_a_file_over_a_megabyte_is_refused(small: SmallCourse) -> None:
    small.files["book/assets/film.txt"] = "x" * 1_000_001
    assert "it has 1,000,001 bytes" in small.build().found("size")


@pytest.mark.parametrize("home", ["/home", "/Users", "/root"])
def test_a_path_of_one_machine_is_found_in_any_text(small: SmallCourse, home: str) -> None:
    small.files["course/tool.py"] = f"WHERE = '{home}/ana/course'\n"
    assert small.build().found("machine-path").startswith(f"course/tool.py: machine-path: {home}/ana/course is")


def test_an_address_on_the_web_is_no_path_of_a_machine(small: SmallCourse) -> None:
    small.files["course/tool.py"] = "WHERE = 'https://example.org/home/seats', 'labs/root/x', '/homes/x'\n"
    assert small.build().found("machine-path") == ""


@pytest.mark.parametrize("text", ["", "word " * 401])
def test_a_readme_has_a_first_minute_of_words(small: SmallCourse, text: str) -> None:
    small.build().put("README.md", text)
    assert f"it has {len(text.split())} words" in small.found("readme")


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("nowhere.md", "there is no book/nowhere.md"),
        ("start.md#nowhere", "book/start.md has no heading #nowhere"),
        ("../notebooks/01-core-python/01-gates.ipynb#nowhere", "has no #nowhere"),
        ("../notebooks/01-core-python/01-gates.ipynb#run-3", "write #cell-id=run-3"),
        ("../notebooks/01-core-python/01-gates.ipynb#cell-id=why-3", "why-3 is a markdown cell"),
        ("../notebooks/01-core-python/01-gates.ipynb#what-it-costs", "different addresses"),
    ],
)
def test_a_relative_link_that_leads_nowhere_is_named(small: SmallCourse, target: str, problem: str) -> None:
    small.files["book/glossary.md"] += f"[there]({target})\n"
    assert problem in small.build().found("link")


@pytest.mark.parametrize(
    "target",
    [
        "start.md#start",
        "../notebooks/01-core-python/01-gates.ipynb#cell-id=run-3",
        "guides",
        "https://example.org/x",
        "mailto:ana@example.org",
        "../README.md",
    ],
)
def test_a_link_that_leads_somewhere_is_fine(small: SmallCourse, target: str) -> None:
    small.files["book/glossary.md"] += f"[there]({target})\n\n`[code](nowhere.md)`\n\n```\n[code](nowhere.md)\n```\n"
    assert small.build().found("link") == ""


def test_a_text_that_is_still_to_be_written_is_named_with_its_cell(small: SmallCourse) -> None:
    small.cell("why-2")["source"] = "TODO" + ": tell why."
    assert small.build().found("todo") == f"{small.page}: todo: still to be written in cell why-2: tell why."


def test_an_id_begins_with_a_word_of_its_chapter(small: SmallCourse) -> None:
    small.topic["exercises"][0]["id"] = "gates.count-scans"
    small.write()
    assert "gates.count-scans begins with none of core, python" in small.found("exercise-id")


def test_the_ids_of_a_chapter_begin_alike(small: SmallCourse) -> None:
    small.topic["exercises"].append({**small.topic["exercises"][0], "id": "python.lock"})
    small.write()
    assert "begin with core and with python (python.lock)" in small.found("exercise-id")


def test_a_complete_chapter_has_each_kind_of_exercise_and_one_of_level_3(small: SmallCourse) -> None:
    small.index["chapters"][0]["topics"].pop()
    said = small.build().found("chapter")
    assert [word for word in ("repair", "measure", "break", "level 3") if word not in said] == []


def test_an_incomplete_chapter_may_still_lack_them(small: SmallCourse) -> None:
    assert small.build().found("chapter") == ""


# Every notebook


def test_a_notebook_that_is_none_is_named_and_the_rest_is_checked(small: SmallCourse) -> None:
    small.build().put(small.page, "{")
    assert "its JSON is broken" in small.found("format")


def test_an_older_format_is_refused(small: SmallCourse) -> None:
    small.reading["nbformat_minor"] = 4
    assert "nbformat is 4.4" in small.build().found("format")


@pytest.mark.parametrize("key", ["kernelspec", "language_info", "widgets"])
def test_another_kernel_or_more_metadata_is_refused(small: SmallCourse, key: str) -> None:
    small.reading["metadata"] = {**small.reading["metadata"], key: {"name": "mine"}}
    assert "'mine'" in small.build().found("kernel")


@pytest.mark.parametrize("name", ["Run 3", "run_3", "3f2a", "cell-7", ""])
def test_a_cell_id_is_a_slug(small: SmallCourse, name: str) -> None:
    small.cell("run-3")["id"] = name
    assert f"the id {name!r}" in small.build().found("cell-id")


def test_a_cell_id_stands_once(small: SmallCourse) -> None:
    small.cell("run-3")["id"] = "run-4"
    assert "two cells have the id 'run-4'" in small.build().found("cell-id")


def test_metadata_of_an_editor_is_refused(small: SmallCourse) -> None:
    small.cell("run-3")["metadata"]["collapsed"] = False
    assert "carries 'collapsed'" in small.build().found("cell-metadata")


def test_a_tag_outside_the_closed_set_is_refused(small: SmallCourse) -> None:
    small.cell("run-3")["metadata"]["tags"] = ["raises-exeption"]
    assert "the tag 'raises-exeption'" in small.build().found("tags")


def test_a_cell_that_would_never_run_is_refused(small: SmallCourse) -> None:
    small.cell("run-3")["metadata"]["tags"] = ["nbval-skip"]
    assert "cell run-3" in small.build().found("nbval-skip")


def test_an_output_that_is_not_compared_needs_an_assertion(small: SmallCourse) -> None:
    small.cell("run-3")["metadata"]["tags"] = ["nbval-ignore-output"]
    assert "asserts nothing" in small.build().found("nbval-ignore")
    small.cell("run-3")["source"] += "\nassert scans"
    assert small.build().found("nbval-ignore") == ""


def test_at_most_a_fifth_of_the_outputs_goes_uncompared(small: SmallCourse) -> None:
    for number in (2, 3, 4):
        small.cell(f"run-{number}")["metadata"]["tags"] = ["nbval-ignore-output"]
        small.cell(f"run-{number}")["source"] += "\nassert scans"
    assert "3 of 14 code cells are not compared" in small.build().found("nbval-ignore")


def test_counts_run_from_one_in_order(small: SmallCourse) -> None:
    small.cell("run-3")["execution_count"] = 12
    assert "cell run-3 is code cell 3 and has the count 12" in small.build().found("executed")


def test_a_notebook_to_read_has_outputs(small: SmallCourse) -> None:
    for cell in small.reading["cells"]:
        cell.pop("outputs", None)
    assert "no cell has an output" in small.build().found("executed")


def test_exercises_and_their_source_hold_no_outputs(small: SmallCourse) -> None:
    exercise = f"exercises/{small.page.partition('/')[2]}"
    for name in (small.build().source, exercise):
        small.put(name, small.read(name).replace('"execution_count": null', '"execution_count": 1'))
    assert [line.partition(":")[0] for line in small.found("stripped").splitlines()] == [exercise] * 3 + [
        small.source
    ] * 3


def test_a_path_of_one_machine_in_an_output_is_found(small: SmallCourse) -> None:
    small.cell("run-3")["outputs"][0]["data"]["text/plain"] = ["'" + "/home" + "/ana/gate.py'"]
    assert "cell run-3 shows " in small.build().found("machine-path")


def test_a_plot_without_a_text_alternative_is_refused(small: SmallCourse) -> None:
    small.cell("run-3")["outputs"] = [PICTURE]
    assert "cell run-3 shows a picture" in small.build().found("alt-text")
    small.cell("run-3")["metadata"]["mystnb"] = {"image": {"alt": "Scans climb."}}
    assert small.build().found("alt-text") == ""


@pytest.mark.parametrize(
    "source", ["![](../gate.png)", '<img src="gate.png">', "```mermaid\nflowchart LR\n  A --> B\n```"]
)
def test_a_picture_in_markdown_without_a_text_alternative_is_refused(small: SmallCourse, source: str) -> None:
    small.cell("why-3")["source"] += f"\n\n{source}\n"
    assert "cell why-3" in small.build().found("alt-text")


@pytest.mark.parametrize(
    "source", ["```{note}\nMind.\n```", ":::{note}\n:::", "See {ref}`gates`.", "(gates)=\n## Gates"]
)
def test_a_myst_directive_role_or_target_is_refused(small: SmallCourse, source: str) -> None:
    small.cell("why-3")["source"] += f"\n\n{source}\n"
    assert "cell why-3 holds" in small.build().found("directive")


def test_braces_in_code_are_no_directive(small: SmallCourse) -> None:
    small.cell("why-3")["source"] += '\n\n`{gate}` and `{seat}`; `f"{a}"`\n\n```python\n:::\n{x}`y`\n```\n'
    assert small.build().found("directive") == ""
