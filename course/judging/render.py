"""Results as people read them: text for terminals and files, HTML for JupyterLab and pages, JSON for programs."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from course.judging.result import ENDED, Check, ExerciseResult, to_json

SIGN = {"PASS": "✔", "FAIL": "✘", "ERROR": "✘", "UNCHECKED": "?"}
STYLE = """<style>
.course-result{font-size:14px;line-height:1.45;max-width:60em;margin:.3em 0}
.course-result p{margin:.2em 0}
.course-result ul{list-style:none;margin:.3em 0 0;padding:0}
.course-result li{border-left:3px solid;padding:.25em .7em;margin:.4em 0}
.course-result .pass{border-color:#1a7f5a}.course-result .fail{border-color:#c0392b}
.course-result .open{border-color:#8a6d00}
.course-result dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em .8em;margin:.3em 0 .2em}
.course-result dt{opacity:.75}.course-result dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
.course-result code{font-size:.95em}
</style>"""


def headline(result: ExerciseResult, public_only: bool = False) -> str:
    """Return one sentence on an exercise; it never says "all" while withheld checks are still to come."""
    if not result.attempted:
        return "Not attempted: the answer is still the one that was given." if result.checks else "Not attempted."
    if not result.checks:
        return "Could not be checked."
    if not result.settled:
        return "Could not be checked, which is no fault of your answer."
    passed = sum(c.passed for c in result.checks)
    told = f"{passed} of {len(result.checks)} {'public ' if public_only else ''}checks pass"
    if result.ended:
        return f"{told}; your code {ENDED[result.ended]}."
    if result.passed and public_only:
        return f"{told}. Grading adds withheld checks."
    return f"{told}." if not result.passed else f"Solved: {told}."


def rows(check: Check) -> Iterator[tuple[str, str]]:
    """Yield name and text of what is known about a check that did not pass."""
    for name, text in (
        ("call", check.call), ("got", check.got), ("expected", check.expected), ("why", check.why),
        ("printed", check.printed.strip()[-400:]),
    ):  # fmt: skip
        if text:
            yield name, text
    if check.place:
        yield "where", f"{check.place.cell}, line {check.place.line}: {check.place.text}"


def as_text(result: ExerciseResult, public_only: bool = False) -> str:
    """Return a result for a terminal."""
    lines = [f"{result.id}: {headline(result, public_only)}"]
    for check in result.checks:
        sign = SIGN.get(check.verdict, "✘") if result.attempted else "·"
        lines.append(f"  {sign} {check.description}{_ending(check) if result.attempted else ''}")
        if not check.passed and result.attempted:
            lines += [f"      {name:<9}{' '.join(text.split())}" for name, text in rows(check)]
    return "\n".join([*lines, *(f"  {note}" for note in result.notes)])


def as_html(result: ExerciseResult, notes: tuple[str, ...] = (), public_only: bool = False) -> str:
    """Return a result as HTML; whatever a submission wrote is inert text in it."""
    items = [_item(check, result.attempted) for check in result.checks]
    remarks = "".join(f"<p>{_prose(note)}</p>" for note in (*result.notes, *notes))
    return (
        f'{STYLE}<section class="course-result" aria-label="Result of {html.escape(result.id)}">'
        f"<p><strong>{html.escape(headline(result, public_only))}</strong> <code>{html.escape(result.id)}</code></p>"
        f"<ul>{''.join(items)}</ul>{remarks}</section>"
    )


def _item(check: Check, attempted: bool) -> str:
    known = rows(check) if attempted and not check.passed else ()
    table = "".join(
        f"<dt>{name}</dt><dd><code>{html.escape(text)}</code></dd>" for name, text in known if name != "why"
    )
    why = f"<p>{_prose(check.why)}</p>" if attempted and check.why else ""
    kind = {"PASS": "pass", "UNCHECKED": "open"}.get(check.verdict, "fail" if attempted else "open")
    said = {"pass": "passes", "open": "open", "fail": "fails"}[kind]
    ending = _ending(check) if attempted else ""
    return (
        f'<li class="{kind}"><span aria-label="{said}">{SIGN.get(check.verdict, "✘") if attempted else "·"}</span> '
        f"{_prose(check.description)}{html.escape(ending)}{why}{f'<dl>{table}</dl>' if table else ''}</li>"
    )


def _prose(text: str) -> str:
    """Return a sentence as HTML, what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


def _ending(check: Check) -> str:
    if check.verdict in ENDED:
        return f" (your code {ENDED[check.verdict]})"
    return " (could not be checked)" if check.verdict == "UNCHECKED" else ""


def as_json(result: ExerciseResult) -> str:
    """Return a result as JSON with its verdict."""
    return json.dumps({"verdict": result.verdict, **to_json(result)}, ensure_ascii=False, indent=1)
