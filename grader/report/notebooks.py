"""Students' notebooks as their pages show them: rendered in the sandbox once, kept in the gradebook."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import local

import msgspec
from sqlalchemy import Engine

from grader.errors import GradmarkError, SubmissionRejected
from grader.gradebook import reading, transaction
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
"""Bytes of a rendered notebook that are kept; of a larger one the cells' text, if that is less."""

Unrendered = dict[int, str]
"""Why attempts have no rendered notebook, by their numbers."""


class Notebooks:
    """The rendered notebooks of a problem set, with the handout's markup that all of them share."""

    def __init__(self, engine: Engine, pset: int) -> None:
        self._engine, self._pset = engine, pset

    def missing(self, attempts: Iterable[int]) -> list[int]:
        """Those of the attempts whose notebook is not kept, in their order."""
        with reading(self._engine) as connection:
            return without_notebook(connection, attempts)

    def files(self, attempt: int) -> dict[str, bytes]:
        """What was handed in, by path."""
        with reading(self._engine) as connection:
            return files_of(connection, attempt)

    def write(self, attempt: int, cells: list[ShownCell]) -> None:
        """Keep a notebook."""
        for content in (cells, [ShownCell(cell.kind, cell.source) for cell in cells], []):
            encoded = msgspec.json.encode(content)
            if len(encoded) <= LARGEST:
                break
        with transaction(self._engine) as connection:
            keep_notebook(connection, attempt, encoded)

    def shared(self) -> dict[str, str]:
        """The handout's own cells: markup by the SHA-256 of their text."""
        with reading(self._engine) as connection:
            found = handout_of(connection, self._pset)
        return {sha256: markup for sha256, markup in found.items() if is_safe(markup)}

    def write_shared(self, cells: Iterable[ShownCell]) -> dict[str, str]:
        """Add the handout's cells; those of earlier handouts stay, for pages of that time."""
        new = {_digest(cell.source): cell.markup for cell in cells if cell.markup}
        with transaction(self._engine) as connection:
            keep_handout(connection, self._pset, new)
        return self.shared()

    def cells(self, attempt: int, shared: Mapping[str, str]) -> list[ShownCell]:
        """The cells to show, markup checked again; none where nothing is kept."""
        with reading(self._engine) as connection:
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
    """Render every notebook that is not kept yet; what could not be rendered, and why: its page is made without it.

    Args:
        problem_set: What was asked: the handout's own cells are rendered once for everyone.
        notebooks: Where they are kept.
        attempts: What was handed in.
        workers: Sandboxes at work at the same time.
        unsafe: Accept a machine that cannot isolate safely.
        progress: Told of each that is done.
    """
    pending = notebooks.missing(attempts)
    failed: Unrendered = {}
    if not pending:
        return failed
    mine = local()
    with contextlib.ExitStack() as stack, ThreadPoolExecutor(max(1, min(workers, len(pending)))) as pool:

        def sandbox() -> Sandbox:
            """The one of this thread."""
            if not hasattr(mine, "sandbox"):
                mine.sandbox = stack.enter_context(page_sandbox(unsafe=unsafe))
            return mine.sandbox

        def share() -> list[str]:
            """The handout's own cells, rendered once for everyone; without them every page has its own."""
            with contextlib.suppress(Exception):
                return list(notebooks.write_shared(_handout(sandbox(), problem_set)))
            return []

        known = pool.submit(share).result()

        def keep(attempt: int) -> None:
            try:
                files = notebooks.files(attempt)
                if not files:
                    failed[attempt] = "what was handed in is not kept"
                    return
                notebooks.write(attempt, render_notebook(sandbox(), files, problem_set.name, known))
            except SubmissionRejected:
                pass  # the result says so
            except Exception as error:
                failed[attempt] = (
                    str(error) if isinstance(error, GradmarkError) else f"{type(error).__name__}: {error}"
                )
            finally:
                if progress:
                    progress()

        for done in [pool.submit(keep, attempt) for attempt in pending]:
            done.result()
    return failed


def _handout(sandbox: Sandbox, problem_set: ProblemSet) -> list[ShownCell]:
    """The handout as students get it, without what they are to replace."""
    cells = []
    for cell in problem_set.solved_cells:
        source = starter_source(cell.source) if cell.kind == "code" else cell.source
        if cell.kind in ("code", "markdown") and source.strip() and cell.block != "solution":
            cells.append({"cell_type": cell.kind, "source": source})
    # In the sandbox like everyone's: one way to make markup, and a course's Markdown is long-winded to parse.
    content = json.dumps({"cells": cells}).encode()
    try:
        return render_notebook(sandbox, {f"{problem_set.name}.ipynb": content}, problem_set.name)
    except SubmissionRejected as rejection:
        raise GradmarkError(f"the handout of {problem_set.name} cannot be shown: {rejection}") from None
