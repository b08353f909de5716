"""What this course adds to Jupyter Book: addresses, anchors for cells, drawings and formulas without scripts."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import latex2mathml.converter
import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from course.authoring import diagrams

logger = logging.getLogger(__name__)

# Set by Jupyter Book for extensions that this site does not load.
FOREIGN_OPTIONS = ("comments_config",)


def pages_address(repository: str) -> str:
    """Return where GitHub Pages serves a repository: `https://OWNER.github.io/NAME/`."""
    host, _, path = repository.removeprefix("https://").partition("/")
    owner, _, name = path.partition("/")
    if host != "github.com" or not owner or not name:
        raise ConfigError(f"course.yml: `repository: {repository}` is no address like https://github.com/OWNER/NAME.")
    return f"https://{owner}.github.io/{name}/"


def set_addresses(app: Sphinx, config: Config) -> None:
    """Take the repository from course.yml; SITE_URL overrides where the site will be served."""
    repository = yaml.safe_load(Path(app.srcdir, "course.yml").read_text("utf-8"))["repository"].rstrip("/")
    address = (os.environ.get("SITE_URL") or pages_address(repository)).rstrip("/") + "/"
    config.html_baseurl = config.ogp_site_url = address
    config.notfound_urls_prefix = urlsplit(address).path
    config.html_context["repository"] = repository


def prepare_builder(app: Sphinx) -> None:
    """Serve the root page as index.html, wherever its source lies, and leave the search index to Pagefind."""
    builder: Any = app.builder
    front, address, file = app.config.root_doc, builder.get_target_uri, builder.get_outfilename
    builder.get_target_uri = lambda name, typ=None: "index.html" if name == front else address(name, typ)
    builder.get_outfilename = lambda name: file("index" if name == front else name)
    builder.search = False


class CellAnchors(SphinxTransform):
    """Give code cells their notebook ids as anchors, so that `(#cell-id=ID)` leads where it does in JupyterLab."""

    default_priority = 870  # before MyST looks for headings of these names

    def apply(self, **kwargs: Any) -> None:
        """Name the cells of one notebook and resolve the links to them."""
        source = Path(self.document["source"])
        if source.suffix != ".ipynb":
            return
        cells = json.loads(source.read_text("utf-8"))["cells"]
        anchors = set()
        for node in self.document.findall(nodes.container):
            anchor = cells[node["cell_index"]]["id"] if node.get("nb_element") == "cell_code" else None
            if anchor and anchor not in self.document.ids:
                node["ids"].append(anchor)
                anchors.add(anchor)
        for link in self.document.findall(nodes.reference):
            target = link.get("refuri", "").removeprefix("#").removeprefix("cell-id=")
            if link.get("id_link") and target in anchors:
                link["refid"] = target
                del link["refuri"], link["id_link"]


class Drawings(SphinxTransform):
    """Put the committed drawing in the place of each mermaid block; one that was not drawn stops the build."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Replace the blocks of one page."""
        for block in list(self.document.findall(nodes.literal_block)):
            if block.get("language") != "mermaid":
                continue
            file = Path(self.app.srcdir, diagrams.FOLDER, diagrams.name_of(block.astext()))
            if not file.exists():
                logger.warning("this mermaid block was not drawn: run `course diagrams`", location=block)
                continue
            svg = f'<div class="diagram">{file.read_text("utf-8")}</div>'
            block.replace_self(nodes.raw("", svg, format="html"))


def mark_predictions(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give paragraphs that open with a bold "Predict" a class, so that they stand out."""
    for paragraph in doctree.findall(nodes.paragraph):
        first = next((child for child in paragraph.children if child.astext()), None)
        if isinstance(first, nodes.strong) and first.astext().startswith("Predict"):
            paragraph["classes"].append("predict")


def add_facts(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Tell the frame which notebook the page shows and where a mistake on it is reported."""
    if page == app.config.root_doc:
        context["pageurl"] = app.config.html_baseurl
    source = Path(app.env.doc2path(page)).relative_to(app.srcdir) if doctree is not None else Path()
    context["notebook"] = source.as_posix() if source.suffix == ".ipynb" else ""
    title = nodes.Text(context.get("title", page)).astext() if doctree is None else app.env.titles[page].astext()
    body = f"Page: {context.get('pageurl') or page}\n\nWhat is wrong:\n"
    query = urlencode({"title": f"Mistake on “{title}”", "body": body})
    context["report"] = f"{context['repository']}/issues/new?{query}"


def mathml(display: str) -> tuple[Any, None]:
    """Return Sphinx's pair of visitors for a formula; `display` is "inline" or "block"."""

    def visit(writer: Any, node: nodes.Element) -> None:
        writer.body.append(latex2mathml.converter.convert(node.astext(), display=display))
        raise nodes.SkipNode

    return visit, None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register everything; Sphinx calls this."""
    for option in FOREIGN_OPTIONS:
        app.add_config_value(option, None, "")
    app.add_html_math_renderer("mathml", mathml("inline"), mathml("block"))
    app.add_transform(CellAnchors)
    app.add_transform(Drawings)
    app.connect("config-inited", set_addresses, priority=100)
    app.connect("builder-inited", prepare_builder)
    app.connect("doctree-resolved", mark_predictions)
    app.connect("html-page-context", add_facts, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
