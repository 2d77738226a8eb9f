"""A handout as HTML that needs no network: formulas are MathML, and pictures are in the page.

It is only for the course's own notebooks. `grader.sandbox` renders what students made, and trusts nothing.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from grader.build.notebooks import notebook_bytes, solution_notebook
from grader.errors import CourseError
from grader.pset import ProblemSet

__all__ = ["CELL_SECONDS", "handout_page", "solved_notebook"]

CELL_SECONDS = 120
# The lab template fetches MathJax, require.js and mermaid; none of them is needed here.
_FETCHED = re.compile(
    r"<script[^>]*\bsrc=\"https?://[^>]*>\s*</script>|<script type=\"module\">.*?</script>", re.DOTALL
)


class _Renderer(IPythonRenderer):
    """Markdown with its formulas as MathML; those that cannot be read stay as typed."""

    def inline_math(self, body: str) -> str:
        return _mathml(body, "inline")

    def block_math(self, body: str) -> str:
        return _mathml(body, "block")

    def latex_environment(self, name: str, body: str) -> str:
        return _mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")


def _mathml(latex: str, display: str) -> str:
    from latex2mathml.converter import convert

    try:
        return str(convert(latex, display=display))
    except Exception:  # what it raises is not documented
        return f"<code>{html.escape(latex)}</code>"


class _Exporter(HTMLExporter):
    def default_filters(self) -> Any:
        yield from super().default_filters()
        yield (
            "markdown2html",
            lambda source: str(MarkdownWithMath(renderer=_Renderer(escape=False)).render(source)),
        )


def handout_page(notebook: dict[str, Any]) -> str:
    """A notebook as one page of HTML."""
    read = nbformat.reads(json.dumps(notebook), as_version=4)  # joins the lines of each text
    page, _ = _Exporter(template_name="lab").from_notebook_node(read)
    return _FETCHED.sub("", str(page))


def solved_notebook(pset: ProblemSet, folder: Path) -> dict[str, Any]:
    """The solved handout, run from top to bottom by Jupyter in ``folder``, which has the tests and data.

    Raises `CourseError` if a cell, or a check in it, fails.
    """
    notebook = nbformat.reads(notebook_bytes(solution_notebook(pset)).decode(), as_version=4)
    client = NotebookClient(notebook, timeout=CELL_SECONDS, resources={"metadata": {"path": str(folder)}})
    try:
        client.execute()
    except CellExecutionError as error:
        problem = str(error).strip().splitlines()[-1]
        raise CourseError(
            f"{pset.shown(pset.handout_path)}: a cell of the solved handout failed: {problem}"
        ) from None
    return dict(notebook)
