"""What the author's notebook says between its cells of code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from grader.adopt.assignment import Assignment
from grader.adopt.nbgrader.assignment import kinds_and_texts
from grader.adopt.otter.assignment import notebook_of
from grader.adopt.otter.notebook import Notebook

__all__ = ["prose_of"]

_FENCE = re.compile(r"^([ \t]*)```", re.MULTILINE)
_TAG = re.compile(
    r"#\s+(BEGIN|END)\s+(QUESTION|SOLUTION|PROMPT|TESTS)\b|#\s+ASSIGNMENT\s+CONFIG\b", re.IGNORECASE
)


def prose_of(assignment: Assignment, notebook: Notebook | None = None) -> list[list[str]]:
    """The Markdown in front of each cell of code, and behind the last one.

    Args:
        assignment: The assignment.
        notebook: The notebook whose cells it has, if they are not its own files'.
    """
    if notebook is None and assignment.form == "otter":
        notebook = notebook_of(assignment.path)
    if notebook is not None:
        cells: Sequence[tuple[str, str]] = [(cell.kind, cell.source) for cell in notebook.cells]
    elif assignment.form == "nbgrader":
        cells = kinds_and_texts(assignment.path)
    else:
        cells = []
    found = _between(cells)
    missing = len(assignment.cells) + 1 - len(found)
    return found if not missing else [[] for _ in range(len(assignment.cells) + 1)]


def _between(cells: Iterable[tuple[str, str]]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for kind, text in cells:
        if kind == "code":
            found.append([])
        elif kind == "markdown" and text.strip() and not _TAG.match(text.lstrip("` \n")):
            # Three backticks with a language would be a cell of code in jupytext's Markdown.
            found[-1].append(_FENCE.sub(r"\1~~~", text.strip("\n")))
    return found
