"""What course.yml says of a lab, on the pages that show it."""

from __future__ import annotations

from course.index import Chapter, Course, Lab


def head(course: Course, place: str, lab: Lab) -> str:
    """Return how a lab's README begins: title, place in the course, what to read first."""
    where = next((f"{c.number} · {c.title}" for c in course.chapters if c.slug == place.partition("/")[0]), "Capstone")
    known = {f"{chapter.slug}/{topic.stem}": topic for chapter in course.chapters for topic in chapter.topics}
    needs = []
    for key in lab.needs:
        title, there = known[key].title, f"../../../notebooks/{key}.ipynb"
        needs.append(f"[{title}]({there})" if known[key].status == "written" else f"*{title}* (planned)")
    return (
        f"# {lab.title}\n\n*{where}, lab {lab.slug}* · about {lab.minutes} minutes · {lab.skills}\n\n"
        f"**Read first:** {', '.join(needs)}."
    )


def of_chapter(chapter: Chapter) -> str:
    """Return the lab's row in the table on its chapter's page."""
    lab = chapter.lab
    return f"| lab | [{lab.title}]({_page(chapter)}) | {lab.skills} | {lab.minutes} min | |"


def row(chapter: Chapter) -> str:
    """Return the lab's row on the roadmap."""
    lab = chapter.lab
    if lab.status == "planned":
        return f"| *Lab {lab.slug}:* {lab.title} | | planned |"
    return f"| *Lab {lab.slug}:* {lab.title} | {lab.skills} | [{lab.minutes} min]({_page(chapter)}) |"


def _page(chapter: Chapter) -> str:
    return f"../labs/{chapter.slug}/{chapter.lab.slug}/README.md"
