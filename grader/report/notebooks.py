"""Students' notebooks as their pages show them: rendered in the sandbox once, kept beside the results."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local

import msgspec

from grader.errors import GradmarkError, SubmissionRejected
from grader.files import write_whole
from grader.pset import ProblemSet, starter_source
from grader.sandbox.host import Sandbox
from grader.sandbox.markup import is_safe
from grader.sandbox.rendering import ShownCell, page_sandbox, render_notebook

__all__ = ["Handin", "NotebookStore", "keep_notebooks"]

Handin = tuple[str, str, Callable[[], Mapping[str, bytes]]]
"""A submission's name, its SHA-256, and what reads its files."""


class _Kept(msgspec.Struct):
    """The content of ``notebooks/<submission>.json``."""

    submission_sha256: str
    cells: list[ShownCell]


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


class NotebookStore:
    """``notebooks/`` of a graded folder, and ``handout.json``, the markup that all of them share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "notebooks"
        self._shared = folder / "handout.json"

    def has(self, submission: str, sha256: str) -> bool:
        """Whether this very submission is kept already."""
        kept = self._read(submission)
        return kept is not None and kept.submission_sha256 == sha256

    def cells(self, submission: str, sha256: str, shared: Mapping[str, str]) -> list[ShownCell]:
        """The cells to show, markup checked again; none where nothing is kept of this very submission."""
        kept = self._read(submission)
        cells = kept.cells if kept and kept.submission_sha256 == sha256 else []
        for cell in cells:
            if not cell.markup:
                cell.markup = shared.get(_digest(cell.source), "")
            elif not is_safe(cell.markup):
                cell.markup = ""
        return cells

    def write(self, submission: str, sha256: str, cells: list[ShownCell]) -> None:
        self._folder.mkdir(exist_ok=True)
        write_whole(self._folder / f"{submission}.json", msgspec.json.encode(_Kept(sha256, cells)))

    def shared(self) -> dict[str, str]:
        """The handout's own cells: markup by the SHA-256 of their text."""
        try:
            found = msgspec.json.decode(self._shared.read_bytes(), type=dict[str, str])
        except (FileNotFoundError, msgspec.MsgspecError):
            return {}
        return {digest: markup for digest, markup in found.items() if is_safe(markup)}

    def write_shared(self, cells: Iterable[ShownCell]) -> dict[str, str]:
        shared = {_digest(cell.source): cell.markup for cell in cells if cell.markup}
        write_whole(self._shared, msgspec.json.encode(shared))
        return shared

    def _read(self, submission: str) -> _Kept | None:
        try:
            return msgspec.json.decode((self._folder / f"{submission}.json").read_bytes(), type=_Kept)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None


def keep_notebooks(
    problem_set: ProblemSet,
    handins: Iterable[Handin],
    folder: Path,
    *,
    workers: int,
    unsafe: bool = False,
    progress: Callable[[], None] | None = None,
) -> None:
    """Render every notebook that is not kept yet; one that cannot be read is left out, and its page says so.

    Args:
        problem_set: What was asked: the handout's own cells are rendered once for everyone.
        handins: What was handed in.
        folder: The graded folder.
        workers: Sandboxes at work at the same time.
        unsafe: Accept a machine that cannot isolate safely.
        progress: Told of each that is done.
    """
    store = NotebookStore(folder)
    pending = [handin for handin in handins if not store.has(handin[0], handin[1])]
    if not pending:
        return
    mine = local()
    with contextlib.ExitStack() as stack:

        def start() -> None:
            mine.sandbox = stack.enter_context(page_sandbox(unsafe=unsafe))

        with ThreadPoolExecutor(max(1, min(workers, len(pending))), initializer=start) as pool:
            shared = pool.submit(lambda: _handout(mine.sandbox, problem_set)).result()
            known = list(store.write_shared(shared))

            def keep(handin: Handin) -> None:
                name, sha256, read = handin
                with contextlib.suppress(SubmissionRejected):
                    store.write(name, sha256, render_notebook(mine.sandbox, read(), problem_set.name, known))
                if progress:
                    progress()

            for done in [pool.submit(keep, handin) for handin in pending]:
                done.result()


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
