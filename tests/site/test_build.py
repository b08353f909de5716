"""The build fails closed, and says what to do."""

from __future__ import annotations

import dataclasses
import importlib.util
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes

from course import index
from course.authoring.site import build, polish
from course.errors import CourseError
from course.onpage import runtime
from course.onpage import verdicts as browser

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A root with one page and everything that the build needs."""
    for name in ("_config.yml", "course.yml"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("_ext", "_templates", "assets"):
        shutil.copytree(ROOT / "book" / name, tmp_path / "book" / name)
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/index\nchapters:\n- file: book/roadmap\n")
    (tmp_path / "book/index.md").write_text("# Front\n")
    (tmp_path / "book/roadmap.md").write_text("# Roadmap\n")
    return tmp_path


def test_a_broken_link_and_an_undrawn_diagram_stop_the_build_and_keep_the_old_site(small: Path) -> None:
    old = small / "_build/html"
    old.mkdir(parents=True)
    page = small / "book/index.md"
    page.write_text("# Front\n\n[gone](nowhere.md)\n\n```mermaid\nflowchart LR\n  A --> B\n```\n")
    with pytest.raises(CourseError) as caught:
        build(small)
    assert "nowhere.md" in str(caught.value) and "run `course diagrams`" in str(caught.value)
    assert str(small) not in str(caught.value)
    assert [path.name for path in (small / "_build").iterdir() if path.name.startswith(".site-")] == []
    assert old.is_dir()


def test_without_node_the_site_is_built_without_its_grader_and_says_so(small: Path, monkeypatch, capsys) -> None:
    (small / "book/browser").mkdir()
    monkeypatch.setattr(runtime, "node", lambda: None)
    built = build(small)
    assert "Node was not found: the pages are built without their grader" in capsys.readouterr().out
    assert not (built / "_runtime").exists() and not (built / "sw.js").exists()
    assert "data-runtime" not in (built / "index.html").read_text("utf-8")


def test_verdicts_that_follow_from_something_else_stop_the_build(tmp_path: Path) -> None:
    for name in ("course.yml", "exercises", "solutions", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / browser.FILE).parent.mkdir(parents=True)
    known = browser.load(ROOT)
    old = {key: dataclasses.replace(entry, sources="older") for key, entry in known.items()}
    (tmp_path / browser.FILE).write_text(browser.text(old), "utf-8")
    with pytest.raises(CourseError, match=r"verdicts\.json does not follow .* run `course browser` and commit it"):
        browser.current(tmp_path, index.load())
    (tmp_path / browser.FILE).write_text(browser.text(known), "utf-8")
    assert browser.current(tmp_path, index.load()) == known


def test_a_formula_becomes_mathml() -> None:
    spec = importlib.util.spec_from_file_location("boxoffice", ROOT / "book/_ext/boxoffice.py")
    extension = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(extension)
    visit, _ = extension.mathml("inline")
    writer = SimpleNamespace(body=[])
    with pytest.raises(nodes.SkipNode):
        visit(writer, nodes.math("", r"\frac{1}{2}"))
    assert "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>" in writer.body[0]


def test_a_missing_table_of_contents_is_named_with_the_command_that_writes_it(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"_toc\.yml is missing: run `course derive`"):
        build(tmp_path)


def test_a_picture_gets_its_size_and_waits_until_it_is_seen(tmp_path: Path) -> None:
    (tmp_path / "plot.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (640).to_bytes(4) + (480).to_bytes(4))
    tag = '<img alt="Time grows." src="plot.png" />'
    assert polish(tag, tmp_path / "page.html") == (
        '<img alt="Time grows." src="plot.png" loading="lazy" decoding="async" width="640" height="480" />'
    )
