"""A notebook's cells as markup, by nbconvert: made here because a notebook can be as hostile as its author likes.

Nothing in the notebook is run. A cell that goes wrong or takes too long is shown as text. The worker does not believe
what is made here: it accepts only what `grader.sandbox.crossing.markup` knows.

This module is preloaded, so that forked children have nbconvert imported and its template compiled.
`tests/notebook/test_libraries.py` names what it uses of nbconvert that another version could move.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from grader.errors import SubmissionRejected
from grader.notebook import NotebookCell
from grader.notebook.cells import joined
from grader.output import whole
from grader.sandbox.crossing.channel import Channel
from grader.sandbox.crossing.files import files_of
from grader.sandbox.crossing.markup import HTML_TAGS, MATH_TAGS, MATHML
from grader.sandbox.crossing.messages import Rejected, Render, RenderedCell, RenderedMarkup, RenderingDone
from grader.sandbox.inside.pictures import IMAGES, MAX_OUTPUTS, picture
from grader.sandbox.inside.submission import read_submission
from grader.sandbox.inside.timed import TooSlow, limited

__all__ = ["send_page"]

CELL_SECONDS = 2
"""For the markup of one cell."""
MAX_SOURCE = 100_000
"""Characters of a cell that are shown."""
MAX_TEXT = 20_000
"""Characters of an output that are shown."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000\ue001]")
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.?)", re.DOTALL)
# Stands for a formula while the markup around it is cleaned; _CONTROL removes these characters from students' text.
_FORMULA = re.compile("\ue000(\\d+)\ue001")

_TEMPLATE = """
{%- extends 'display_priority.j2' -%}
{% block input %}{{ cell.source | highlight_code(metadata={}) }}{% endblock %}
{% block markdowncell %}{{ cell.source | markdown2html | clean_html }}{% endblock %}
{% block stream %}<pre class="out">{{ output.text | escape_html }}</pre>{% endblock %}
{% block error %}<pre class="out err">{{ super() }}</pre>{% endblock %}
{% block traceback_line %}{{ line | escape_html }}{{ "\n" }}{% endblock %}
{% block data_text %}<pre class="out">{{ output.data['text/plain'] | escape_html }}</pre>{% endblock %}
{% block data_html %}{{ output.data['text/html'] | clean_html }}{% endblock %}
{% block data_png %}<img src="{{ output.data['image/png'] }}" alt="drawn by the cell">{% endblock %}
{% block data_jpg %}<img src="{{ output.data['image/jpeg'] }}" alt="drawn by the cell">{% endblock %}
"""


def send_page(channel: Channel[Any], request: Render, body: bytearray) -> None:
    """Send every cell as text, then the markup of each that has some."""
    try:
        cells = read_submission(files_of(request, body), request.name, Path.cwd()).cells
    except SubmissionRejected as rejection:
        channel.send(Rejected(reason=str(rejection)))
        return
    sources = [_text(cell.source, MAX_SOURCE) for cell in cells]
    for cell, source in zip(cells, sources, strict=True):
        kind: Any = cell.kind if cell.kind in ("code", "markdown") else "other"
        channel.send(RenderedCell(kind=kind, source=source))
    known = set(request.known)
    for index, (cell, source) in enumerate(zip(cells, sources, strict=True)):
        if not cell.outputs and hashlib.sha256(source.encode()).hexdigest() in known:
            continue
        if markup := _markup(cell, source):
            channel.send(RenderedMarkup(cell=index, markup=markup))
    channel.send(RenderingDone())


def _markup(cell: NotebookCell, source: str) -> str:
    """The cell's markup; empty if its text should be shown, because a parser failed in one of many ways."""
    if _RENDERER is None or cell.kind not in ("code", "markdown"):
        return ""
    try:
        with limited(CELL_SECONDS):
            return _RENDERER.markup(cell, source)
    except (Exception, TooSlow):
        return ""


class _Renderer:
    """nbconvert with a template that gives the markup of cells without a page around them."""

    def __init__(self) -> None:
        import bleach
        import nbformat
        from nbconvert.exporters import TemplateExporter
        from nbconvert.filters import Highlight2HTML

        # Not nbformat's own constructors, which check each node against its schema: all nodes are made here.
        self._node = nbformat.from_dict
        self._formulas: list[str] = []
        # Students' HTML may have no pictures, no classes, and no parts of a page's frame.
        tags = frozenset(HTML_TAGS) - {"img", "span", "div"}
        allowed = {tag: sorted(HTML_TAGS[tag]) for tag in tags if tag != "pre"}
        cleaner = bleach.Cleaner(tags=tags, attributes=allowed, protocols={"http", "https", "mailto"})
        self._exporter = TemplateExporter(
            template_name="base", raw_template=_TEMPLATE, preprocessors=[], default_preprocessors=[]
        )
        self._exporter.register_filter("highlight_code", Highlight2HTML(pygments_lexer="ipython3"))
        self._exporter.register_filter("markdown2html", self._markdown())
        self._exporter.register_filter("clean_html", cleaner.clean)

    def markup(self, cell: NotebookCell, source: str) -> str:
        """The cell as HTML and MathML."""
        self._formulas.clear()
        made: dict[str, Any] = {"cell_type": cell.kind, "metadata": {}, "source": source}
        if cell.kind == "code":
            made |= {"execution_count": None, "outputs": list(self._outputs(cell.outputs))}
        notebook = {"cells": [made], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
        text, _ = self._exporter.from_notebook_node(self._node(notebook))
        return _FORMULA.sub(lambda found: self._formulas[int(found[1])], text).strip()

    @staticmethod
    def _outputs(outputs: Any) -> Iterator[dict[str, Any]]:
        """The stored outputs that are shown, as in nbformat 4: text, tables, and pictures of bounded size."""
        for output in outputs[:MAX_OUTPUTS] if isinstance(outputs, list) else []:
            if not isinstance(output, dict):
                continue
            kind, data = output.get("output_type"), output.get("data")
            if kind == "stream":
                text = _text(joined(output.get("text")), MAX_TEXT)
                yield {"output_type": "stream", "name": "stdout", "text": text}
            elif kind == "error":
                traceback = output.get("traceback")
                lines = (
                    [line for line in traceback if isinstance(line, str)]
                    if isinstance(traceback, list)
                    else []
                )
                shown = _text("\n".join(lines), MAX_TEXT).split("\n")
                yield {"output_type": "error", "ename": "", "evalue": "", "traceback": shown}
            elif kind in ("display_data", "execute_result") and isinstance(data, dict):
                texts = {
                    mime: _text(joined(data.get(mime)), MAX_TEXT) for mime in ("text/html", "text/plain")
                }
                images = {mime: picture(mime, joined(data.get(mime))) for mime in IMAGES}
                kept = {mime: content for mime, content in (texts | images).items() if content}
                if kept:
                    yield {"output_type": "display_data", "metadata": {}, "data": kept}

    def _markdown(self) -> Any:
        from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

        formula = self._formula

        class Renderer(IPythonRenderer):
            """Formulas become MathML, pictures their descriptions: a student's page fetches nothing."""

            def image(self, text: str, url: str, title: str | None = None) -> str:
                return f"<em>[picture: {html.escape(text or 'without a description')}]</em>"

            def inline_math(self, body: str) -> str:
                return formula(body, "inline")

            def block_math(self, body: str) -> str:
                return formula(body, "block")

            def latex_environment(self, name: str, body: str) -> str:
                return formula(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")

        def render(source: str) -> str:
            renderer = Renderer(escape=False, exclude_anchor_links=True)
            return str(MarkdownWithMath(renderer=renderer).render(source))

        return render

    def _formula(self, latex: str, display: str) -> str:
        """Keep a formula as MathML, or as it was typed if it cannot be read; returns its placeholder."""
        try:
            made = _mathml(latex, display)
        except Exception:
            made = f"<code>{html.escape(latex.strip())}</code>"
        self._formulas.append(made)
        return f"\ue000{len(self._formulas) - 1}\ue001"


def _mathml(latex: str, display: str) -> str:
    from latex2mathml.converter import convert_to_element

    element = convert_to_element(latex, display=display)
    for node in element.iter():
        # Its texts contain character references.
        node.text = html.unescape(node.text) if node.text else node.text
        known = MATH_TAGS[node.tag]
        node.attrib = {name: value for name, value in node.attrib.items() if name in known}
    element.set("xmlns", MATHML)
    return ElementTree.tostring(element, encoding="unicode", short_empty_elements=False)


def _text(text: str, most: int) -> str:
    """Text without control characters and terminal escape sequences, cut if it is long."""
    short = text[: 2 * most].replace("\r\n", "\n")
    plain = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _TERMINAL.sub("", short))
    if len(plain) > most or len(text) > 2 * most:
        plain = plain[:most] + "\n… (the rest is not shown)"
    return whole(plain)  # JSON may hold half a character


def _ready() -> _Renderer | None:
    """The renderer, warmed up; None if nbconvert is not installed, and then every cell is shown as text."""
    try:
        renderer = _Renderer()
    except ImportError:
        return None
    renderer.markup(
        NotebookCell("markdown", ""), "# a\n\n| b |\n|---|\n| $c^2$ |\n\n```python\nd = 1\n```\n<b>e</b>"
    )
    renderer.markup(NotebookCell("code", ""), "f = 1")
    return renderer


_RENDERER = _ready()
