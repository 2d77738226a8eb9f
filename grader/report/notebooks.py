"""Students' notebooks as their pages show them: rendered once, in the sandbox, and kept in the gradebook."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import local

import msgspec

from grader.errors import GradmarkError, SubmissionRejected
from grader.gradebook import Database, reading, transaction
from grader.gradebook.content import (
    files_of,
    handout_of,
    keep_handout,
    keep_notebook,
    notebook_of,
    without_notebook,
)
from grader.pset import ProblemSet, starter_source
from grader.sandbox.crossing.markup import is_safe
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.rendering import ShownCell, page_sandbox, render_notebook

__all__ = ["Notebooks", "Unrendered", "keep_notebooks"]

LARGEST = 16 << 20
"""Bytes of a rendered notebook that is kept. For a larger one, the cells' text is kept if it is small enough."""

Unrendered = dict[int, str]
"""Why attempts have no rendered notebook, by attempt number."""


class Notebooks:
    """A problem set's rendered notebooks, and the markup of the handout's cells, which they share."""

    def __init__(self, database: Database, pset: int) -> None:
        self._database, self._pset = database, pset

    def missing(self, attempts: Iterable[int]) -> list[int]:
        """Which of these attempts have no notebook kept, in the same order."""
        with reading(self._database) as connection:
            return without_notebook(connection, attempts)

    def files(self, attempt: int) -> dict[str, bytes]:
        """The files of an attempt, by path."""
        with reading(self._database) as connection:
            return files_of(connection, attempt)

    def write(self, attempt: int, cells: list[ShownCell]) -> None:
        """Keep a notebook."""
        for content in (cells, [ShownCell(cell.kind, cell.source) for cell in cells], []):
            encoded = msgspec.json.encode(content)
            if len(encoded) <= LARGEST:
                break
        with transaction(self._database) as connection:
            keep_notebook(connection, attempt, encoded)

    def shared(self) -> dict[str, str]:
        """Markup of the handout's own cells, by the SHA-256 of their text."""
        with reading(self._database) as connection:
            found = handout_of(connection, self._pset)
        return {sha256: markup for sha256, markup in found.items() if is_safe(markup)}

    def write_shared(self, cells: Iterable[ShownCell]) -> dict[str, str]:
        """Add the handout's cells; those of earlier handouts stay for the notebooks made from them."""
        new = {_digest(cell.source): cell.markup for cell in cells if cell.markup}
        with transaction(self._database) as connection:
            keep_handout(connection, self._pset, new)
        return self.shared()

    def cells(self, attempt: int, shared: Mapping[str, str]) -> list[ShownCell]:
        """The cells to show, with their markup checked again; none if no notebook is kept."""
        with reading(self._database) as connection:
            content = notebook_of(connection, attempt)
        cells = msgspec.json.decode(content, type=list[ShownCell]) if content else []
        for cell in cells:
            if not cell.markup:
                cell.markup = shared.get(_digest(cell.source), "")
            elif not is_safe(cell.markup):
                cell.markup = ""
        return cells


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def keep_notebooks(
    problem_set: ProblemSet,
    notebooks: Notebooks,
    attempts: Iterable[int],
    *,
    workers: int,
    unsafe: bool = False,
    progress: Callable[[], None] | None = None,
) -> Unrendered:
    """Render and keep every notebook that is not kept yet; says which could not be rendered, and why.

    Args:
        problem_set: The problem set, whose handout's cells are rendered once for everyone.
        notebooks: Where to keep them.
        attempts: The attempts to render.
        workers: How many sandboxes work at a time.
        unsafe: Accept a machine that cannot isolate submissions safely.
        progress: Called after each notebook.
    """
    pending = notebooks.missing(attempts)
    if not pending:
        return {}
    with contextlib.ExitStack() as stack, ThreadPoolExecutor(max(1, min(workers, len(pending)))) as pool:
        rendering = _Rendering(problem_set, notebooks, stack, unsafe)
        pool.submit(rendering.share).result()
        running = {pool.submit(rendering.keep, attempt): attempt for attempt in pending}
        failed = {}
        for done in as_completed(running):
            if why := done.result():
                failed[running[done]] = why
            if progress:
                progress()
    return failed


class _Rendering:
    """Renders notebooks in sandboxes, one for each thread, which live as long as ``stack``."""

    def __init__(
        self, problem_set: ProblemSet, notebooks: Notebooks, stack: contextlib.ExitStack, unsafe: bool
    ) -> None:
        self._problem_set, self._notebooks, self._stack, self._unsafe = problem_set, notebooks, stack, unsafe
        self._mine = local()
        self._shared: list[str] = []

    def _sandbox(self) -> Sandbox:
        if not hasattr(self._mine, "sandbox"):
            self._mine.sandbox = self._stack.enter_context(page_sandbox(unsafe=self._unsafe))
        return self._mine.sandbox

    def share(self) -> None:
        """Render the handout's own cells once for everyone; if that fails, every page renders them itself."""
        with contextlib.suppress(Exception):
            self._shared = list(self._notebooks.write_shared(_handout(self._sandbox(), self._problem_set)))

    def keep(self, attempt: int) -> str:
        """Render and keep an attempt's notebook; why that failed, or empty."""
        try:
            files = self._notebooks.files(attempt)
            if not files:
                return "its files are not kept"
            cells = render_notebook(self._sandbox(), files, self._problem_set.name, self._shared)
            self._notebooks.write(attempt, cells)
        except SubmissionRejected:
            pass  # the result says why
        except Exception as error:
            return str(error) if isinstance(error, GradmarkError) else f"{type(error).__name__}: {error}"
        return ""


def _handout(sandbox: Sandbox, problem_set: ProblemSet) -> list[ShownCell]:
    """The handout as students get it, without the cells they replace."""
    cells = []
    for cell in problem_set.solved_cells:
        source = starter_source(cell.source) if cell.kind == "code" else cell.source
        if cell.kind in ("code", "markdown") and source.strip() and cell.block != "solution":
            cells.append({"cell_type": cell.kind, "source": source})
    # Rendered in the sandbox too: there is only one way to make markup, and a course's Markdown can be slow to parse.
    content = json.dumps({"cells": cells}).encode()
    try:
        return render_notebook(sandbox, {f"{problem_set.name}.ipynb": content}, problem_set.name)
    except SubmissionRejected as rejection:
        raise GradmarkError(f"the handout of {problem_set.name} cannot be shown: {rejection}") from None
