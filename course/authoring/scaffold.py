"""Make the files of a new topic or exercise, full of texts to be written that `course check` names until they are."""

from __future__ import annotations

import tempfile
from pathlib import Path

from course import index, notebook
from course.authoring import blanks, generate
from course.authoring.entries import with_exercise, with_topic
from course.errors import CourseError
from course.index import Chapter


def topic(root: Path, name: str) -> list[Path]:
    """Make the topic chapter/stem with one exercise; return the files written.

    Raise CourseError, and write nothing, where a file of it is there already.
    """
    course = index.load(root / "course.yml")
    slug, _, stem = name.partition("/")
    chapter = next((chapter for chapter in course.chapters if chapter.slug == slug), None)
    if chapter is None:
        raise CourseError(index.unknown("chapter", slug, [chapter.slug for chapter in course.chapters]))
    exercise_id = f"{prefix(chapter)}.{stem[3:]}"
    text = with_topic((root / "course.yml").read_text("utf-8"), slug, stem, exercise_id)
    files = {
        Path("notebooks", slug, f"{stem}.ipynb"): notebook.text(notebook.blank(blanks.reading_cells())),
        Path("solutions", slug, f"{stem}.ipynb"): notebook.text(
            notebook.blank([*blanks.opening_cells(), *blanks.exercise_cells(exercise_id)])
        ),
        **blanks.judging_files(slug, exercise_id),
    }
    opener = Path("book", f"{slug}.md")
    if not (root / opener).is_file():
        files[opener] = blanks.opening_page(chapter)
    return write(root, text, files)


def exercise(root: Path, topic_name: str, name: str) -> list[Path]:
    """Add an exercise to a written topic; return the files written.

    `topic_name` is chapter/stem or a stem that is there once; `name` is an id or its part after the dot.
    """
    course = index.load(root / "course.yml")
    known = {f"{chapter.slug}/{topic.stem}": chapter for chapter, topic in course.topics()}
    hits = [key for key in known if f"/{key}".endswith(f"/{topic_name}")]
    if len(hits) != 1:
        raise CourseError(index.unknown("written topic", topic_name, list(known)))
    key = hits[0]
    chapter, stem = known[key], key.partition("/")[2]
    exercise_id = name if "." in name else f"{prefix(chapter)}.{name}"
    slug = exercise_id.partition(".")[2]
    path = root / "solutions" / f"{key}.ipynb"
    nb = notebook.read(path)
    if taken := [cell["id"] for cell in nb["cells"] if cell["id"] == f"{slug}-answer"]:
        raise CourseError(f"solutions/{key}.ipynb has the cell {taken[0]} already; choose another id.")
    nb["cells"] += blanks.exercise_cells(exercise_id)
    text = with_exercise((root / "course.yml").read_text("utf-8"), chapter.slug, stem, exercise_id)
    changed = {path.relative_to(root): notebook.text(nb)}
    return write(root, text, blanks.judging_files(chapter.slug, exercise_id), changed)


def prefix(chapter: Chapter) -> str:
    """Return what the ids of a chapter begin with."""
    ids = [exercise.id for topic in chapter.written for exercise in topic.exercises]
    return ids[0].partition(".")[0] if ids else chapter.slug.split("-")[1]


def write(root: Path, text: str, files: dict[Path, str], changed: dict[Path, str] | None = None) -> list[Path]:
    """Write new files, then those that grow, then course.yml and what is derived; refuse to touch a file there is."""
    if there := [path.as_posix() for path in files if (root / path).exists()]:
        raise CourseError(f"{', '.join(there)} is there already and stays as it is. Choose another name, or remove it.")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "course.yml").write_text(text, "utf-8")
        course = index.load(Path(folder) / "course.yml")
    every = {**files, **(changed or {}), Path("course.yml"): text}
    for path, content in every.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, "utf-8")
    derived = [path for path in generate.write(course, root) if path not in every]
    return [*every, *derived]
