"""Write results as web pages: one a student, one for the class, each a single file that asks nothing of any host.

Whatever a template shows is escaped, save what it calls safe: the style, the icon, and hints, which are files of ours.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from course import index
from course.errors import CourseError
from course.grading import standing
from course.grading.standing import Weights
from course.judging.result import Report, safe
from course.reports import page_class as report_class
from course.reports import page_student as report_student
from course.reports.misconceptions import Known
from course.reports.similar import Pair

PARTS = ("The look of the course", "Text", "Code", "What stands out")  # of the book's style sheet, by their comments
TICKED = re.compile(r"`([^`\n]+)`")
SECTION = re.compile(r"^/\* ([^*\n]+?) \*/$", re.M)


def write(
    report: Report,
    folder: Path,
    weights: Weights,
    wrong: Mapping[str, Sequence[Known]] | None = None,
    pairs: Sequence[Pair] | None = None,
) -> list[Path]:
    """Write class.html and students/NAME.html into a folder; return the paths, the class first.

    `weights`: the points of its exercises; `wrong`: known wrong answers by exercise; `pairs`: similar submissions, None
    where nobody looked for any.
    """
    course = index.load()
    standings = standing.gather(report)
    names = {each.student: f"students/{file_name(each.student)}.html" for each in standings}
    pages = {"class.html": report_class.context(report, course, standings, weights, names, wrong or {}, pairs)}
    for each in standings:
        pages[names[each.student]] = report_student.context(report, course, each, weights)
    written = []
    for name, context in pages.items():
        template = "class.html" if name == "class.html" else "student.html"
        written.append(_save(folder / name, page(template, context)))
    return written


def page(template: str, context: Mapping[str, Any]) -> str:
    """Return one page."""
    return _environment().get_template(template).render(look=look(), icon=_icon(), **context)


def file_name(student: str) -> str:
    """Return a name for a student's files: plain letters, and a hash, so that no two students share one."""
    plain = unicodedata.normalize("NFKD", student).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "student"
    return f"{slug}-{hashlib.sha256(student.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


@functools.cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("course.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(points=points, percent=percent, signed=signed, ticked=ticked)
    return made


def _inert(value: Any) -> Any:
    """Return what a template shows: text without control characters; what follows escapes its markup."""
    if value is None:
        return ""
    return value if isinstance(value, Markup) or not isinstance(value, str) else safe(value, 20_000)


def points(number: float) -> str:
    """Return points as people write them: 7, 7.5, at most two digits after the point."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def percent(share: float) -> str:
    """Return a share of 0 to 1 in per cent; what is not all or nothing never looks like it."""
    whole = round(100 * share)
    return f"{whole if share in (0, 1) else min(max(whole, 1), 99)} %"


def signed(number: float | None) -> str:
    """Return a correlation, or a dash where there is none."""
    return "–" if number is None else f"{number:+.2f}".replace("-", "−")


def ticked(text: str) -> Markup:
    """Return text with what stands between backticks as code; nothing else in it is markup."""
    parts = TICKED.split(safe(text))
    return Markup("").join(Markup("<code>{}</code>").format(part) if n % 2 else part for n, part in enumerate(parts))


@functools.cache
def look() -> str:
    """Return the style of the pages: colours, type and tables of the book, its font inside, and what is theirs alone."""
    assets = index.root() / "book" / "assets"
    sheet = (assets / "site.css").read_text("utf-8")
    names = [*SECTION.finditer(sheet)]
    ends = [match.start() for match in names[1:]] + [len(sheet)]
    parts = {match[1].partition(":")[0]: sheet[match.end() : end] for match, end in zip(names, ends, strict=True)}
    if missing := [name for name in PARTS if name not in parts]:
        raise CourseError(f"book/assets/site.css has no part /* {missing[0]} */; name it so, or change PARTS.")
    font = base64.b64encode((assets / "fonts" / "bricolage-700.woff2").read_bytes()).decode()
    house = "".join(parts[name] for name in PARTS)
    house = re.sub(r'url\("fonts/[^"]+"\)', f'url("data:font/woff2;base64,{font}")', house)
    own = (Path(__file__).parent / "templates" / "report.css").read_text("utf-8")
    return house + own


@functools.cache
def _icon() -> str:
    return (index.root() / "book" / "assets" / "icon.svg").read_text("utf-8").strip()


def _save(path: Path, text: str) -> Path:
    """Write a page in one step."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fd, new = tempfile.mkstemp(dir=path.parent, prefix=".page-")
        try:
            with os.fdopen(fd, "w", encoding="utf-8") as file:
                file.write(text)
            Path(new).chmod(0o644)
            Path(new).replace(path)
        except BaseException:
            Path(new).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CourseError(f"{path} cannot be written: {error.strerror}. Give another place with --out.") from None
    return path
