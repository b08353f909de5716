"""Everything that course.yml decides, as the files that hold it: written by `course derive`, compared by `course check`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from course import notebook
from course.authoring.derive import derive
from course.errors import CourseError
from course.index import Chapter, Course, Exercise, Topic

LEVELS = {1: "use it", 2: "build with it", 3: "what an on-call engineer would thank you for"}
GUIDES = ("student", "instructor", "jupyterhub", "kubernetes", "threat-model", "add-an-exercise", "platforms")
KINDS = {"build": "build", "repair": "repair", "measure": "measure", "break": "break it"}


Part = tuple[str, Callable[[], dict[Path, str]]]


def parts(course: Course, root: Path) -> Iterator[Part]:
    """Yield, for every group of derived files, its name for people and what makes them.

    One group that cannot be made (its call raises CourseError) leaves the others as they are.
    """
    yield "course.yml", lambda: {Path("_toc.yml"): toc(course), Path("book/roadmap.md"): roadmap(course)}
    if (root / "course").is_dir():
        yield "course/judging/result.py", _schema
    if (root / "README.md").is_file():
        yield "README.md", partial(_filled, root, "README.md", "table", partial(table, course))
    for chapter in course.chapters:
        opener = f"book/{chapter.slug}.md"
        if (root / opener).is_file():
            yield opener, partial(_filled, root, opener, "topics", partial(topics, chapter))
        for topic in chapter.written:
            yield f"solutions/{chapter.slug}/{topic.stem}.ipynb", partial(notebooks, course, chapter, topic, root)


def _schema() -> dict[Path, str]:
    from course.grading.grade import schema

    return {Path("course/report.schema.json"): json.dumps(schema(), indent=1) + "\n"}


def _filled(root: Path, page: str, name: str, block: Callable[[], str]) -> dict[Path, str]:
    return {Path(page): fill((root / page).read_text("utf-8"), name, block(), page)}


def derived(course: Course, root: Path) -> dict[Path, str]:
    """Return the text of every derived file, by its path below `root`."""
    return {path: text for _, make in parts(course, root) for path, text in make().items()}


def notebooks(course: Course, chapter: Chapter, topic: Topic, root: Path) -> dict[Path, str]:
    """Return the topic's notebook, solutions and exercises with their generated cells, the last two stripped."""
    stem = f"{chapter.slug}/{topic.stem}.ipynb"
    reading = notebook.read(root / "notebooks" / stem)
    solutions = notebook.stripped(notebook.read(root / "solutions" / stem))
    set_cell(reading, "head", head(course, chapter, topic), f"notebooks/{stem}")
    set_cell(solutions, "head", exercises_head(chapter, topic), f"solutions/{stem}")
    for number, exercise in enumerate(topic.exercises, 1):
        set_cell(solutions, f"{exercise.slug}-heading", heading(number, exercise), f"solutions/{stem}")
        given = root / "tests" / "exercises" / chapter.slug / exercise.slug / "given.py"
        if given.is_file():
            source = f"# given: {exercise.id}\n{given.read_text('utf-8').strip()}"
            set_cell(solutions, f"{exercise.slug}-given", source, f"solutions/{stem}")
    return {
        Path("notebooks", stem): notebook.text(reading),
        Path("solutions", stem): notebook.text(solutions),
        Path("exercises", stem): notebook.text(derive(solutions, f"solutions/{stem}")),
    }


def set_cell(nb: notebook.Notebook, cell_id: str, source: str, name: str) -> None:
    """Put generated text into the cell with this id."""
    for cell in nb["cells"]:
        if cell["id"] == cell_id:
            cell["source"] = source
            return
    raise CourseError(f"{name} has no cell with the id {cell_id!r}; add it, its text is filled in by `course derive`.")


def find(course: Course, key: str) -> Topic:
    """Return a topic by chapter/stem."""
    return next(t for c in course.chapters for t in c.topics if f"{c.slug}/{t.stem}" == key)


def head(course: Course, chapter: Chapter, topic: Topic) -> str:
    """Return the first cell of a topic's notebook."""
    needs = [f"[{find(course, key).title}]({_up(chapter)}notebooks/{key}.ipynb)" for key in topic.needs]
    before = f" Read first: {', '.join(needs)}." if needs else ""
    able = "\n".join(f"- {objective}" for objective in topic.objectives)
    there = f"{_up(chapter)}exercises/{chapter.slug}/{topic.stem}.ipynb"
    return (
        f"# {topic.title}\n\n"
        f"*{chapter.number} · {chapter.title} — {topic.roadmap}* · about {topic.minutes} minutes, "
        f"then [{number_of(topic)}]({there})\n\n"
        f"**You need:** {topic.prior}{before}\n\n"
        f"**You will be able to**\n\n{able}"
    )


def number_of(topic: Topic) -> str:
    """Return how many exercises a topic has, in words."""
    return f"{len(topic.exercises)} exercise{'s' * (len(topic.exercises) != 1)}"


def _up(chapter: Chapter) -> str:
    return os.path.relpath(".", f"notebooks/{chapter.slug}") + "/"


def exercises_head(chapter: Chapter, topic: Topic) -> str:
    """Return the first cell of a topic's exercises."""
    points = sum(e.points for e in topic.exercises)
    there = f"{_up(chapter)}notebooks/{chapter.slug}/{topic.stem}.ipynb"
    return (
        f"# Exercises: {topic.title}\n\n"
        f"*{number_of(topic)}, {points} points. They go with [the topic]({there}).*\n\n"
        "Write your answer into the cell that opens with `# exercise: …`, run it, then run the `check(…)` cell below it.\n"
        "Change the answer and check again as often as you like; hints open one by one."
    )


def heading(number: int, exercise: Exercise) -> str:
    """Return the heading of one exercise."""
    level = f"level {exercise.level} of 3, {LEVELS[exercise.level]}"
    return (
        f"## {number} · {exercise.title}\n\n*{KINDS[exercise.kind].capitalize()} · {level} · {exercise.points} points*"
    )


def toc(course: Course) -> str:
    """Return the site's table of contents."""
    lines = ["# Derived from course.yml by `course derive`.", "format: jb-book", "root: book/index", "parts:"]
    lines += ["- caption: Start here", "  chapters:", "  - file: book/start", "  - file: book/roadmap"]
    for chapter in course.chapters:
        if chapter.written:
            lines += [
                f'- caption: "{chapter.number} · {chapter.title}"',
                "  chapters:",
                f"  - file: book/{chapter.slug}",
            ]
            lines += ["    sections:"]
            for topic in chapter.written:
                lines += [f"    - file: notebooks/{chapter.slug}/{topic.stem}"]
                lines += [f"    - file: exercises/{chapter.slug}/{topic.stem}", "      title: Exercises"]
    lines += ["- caption: Guides", "  chapters:"]
    lines += [f"  - file: book/guides/{name}" for name in GUIDES]
    return "\n".join([*lines, "  - file: book/glossary"]) + "\n"


def fill(text: str, name: str, block: str, where: str) -> str:
    """Return a page with the lines between its two `course:` comments replaced."""
    begin, end = f"<!-- course:{name} -->", f"<!-- /course:{name} -->"
    pattern = re.compile(re.escape(begin) + r"\n.*?" + re.escape(end), re.S)
    if len(pattern.findall(text)) != 1:
        raise CourseError(f"{where} needs exactly one pair of lines {begin} and {end}; the text between is generated.")
    return pattern.sub(lambda _: f"{begin}\n{block}\n{end}", text)


def topics(chapter: Chapter) -> str:
    """Return the list of a chapter's topics for its opening page."""
    lines = ["| no. | topic | you learn | time | exercises |", "|---|---|---|---|---|"]
    for topic in chapter.topics:
        number = str(int(topic.stem[:2]))
        if topic.status == "planned":
            lines.append(f"| {number} | {topic.title} *(planned)* | {topic.roadmap} | | |")
            continue
        there = f"{chapter.slug}/{topic.stem}.ipynb"
        lines.append(
            f"| {number} | [{topic.title}](../notebooks/{there}) | {topic.roadmap} | {topic.minutes} min "
            f"| [{len(topic.exercises)}](../exercises/{there}) |"
        )
    return "\n".join(lines)


def roadmap(course: Course) -> str:
    """Return the roadmap page: what exists and what is to come."""
    written = list(course.topics())
    total = sum(len(chapter.topics) for chapter in course.chapters)
    lines = [
        "<!-- Derived from course.yml by `course derive`. -->",
        "# The roadmap",
        "",
        f"Nine sections, {total} topics, a lab for each section and a capstone.",
        f"**{len(written)} of {total} topics are written**; the others are named so that you see where the road leads.",
        "A topic counts as written when its notebook runs, its exercises are judged, and every wrong answer we know is caught.",
        "",
    ]
    for chapter in course.chapters:
        lines += [f"## {chapter.number} · {chapter.title}", ""]
        if chapter.written:
            lines += [f"*[{chapter.claim}]({chapter.slug}.md)*", ""]
        lines += ["| topic | from the roadmap | state |", "|---|---|---|"]
        lines += [_row(chapter, topic) for topic in chapter.topics]
        state = "ready" if chapter.lab.status == "written" else "planned"
        lines += [f"| *Lab {chapter.lab.slug}:* {chapter.lab.title} | | {state} |", ""]
    lines += ["## Capstone", "", f"{course.capstone.title} *({course.capstone.status})*"]
    return "\n".join(lines) + "\n"


def _row(chapter: Chapter, topic: Topic) -> str:
    if topic.status == "planned":
        return f"| {topic.title} | {topic.roadmap} | planned |"
    there = f"{chapter.slug}/{topic.stem}.ipynb"
    return f"| [{topic.title}](../notebooks/{there}) | {topic.roadmap} | [{number_of(topic)}](../exercises/{there}) |"


def table(course: Course) -> str:
    """Return the README's table of sections, and what is to come."""
    lines = ["| section | topics | exercises |", "|---|---|---|"]
    for chapter in course.chapters:
        if chapter.written:
            count = sum(len(topic.exercises) for topic in chapter.written)
            lines.append(f"| {chapter.title} | {len(chapter.written)} of {len(chapter.topics)} | {count} |")
    planned = [chapter.title for chapter in course.chapters if not chapter.written]
    return "\n".join([*lines, "", f"To come: {', '.join(planned)}."] if planned else lines)


def differing(files: dict[Path, str], root: Path) -> Iterator[Path]:
    """Yield the derived files that are missing or hold something else."""
    for path, text in files.items():
        file = root / path
        if not file.is_file() or file.read_text("utf-8") != text:
            yield path


def stale(course: Course, root: Path) -> Iterator[Path]:
    """Yield the derived files of the whole course that are missing or differ."""
    yield from differing(derived(course, root), root)


def write(course: Course, root: Path) -> list[Path]:
    """Write the derived files that differ; return which."""
    files = derived(course, root)
    changed = list(differing(files, root))
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(files[path], "utf-8")
    return changed
