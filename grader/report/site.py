"""Writing the pages of a graded folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from grader.batch.store import ResultStore
from grader.files import write_whole
from grader.gradebook import PsetScores
from grader.report.classpage import class_page
from grader.report.feedback import feedback_page
from grader.report.folder import handed_in
from grader.report.notebooks import NotebookStore
from grader.report.summary import summarise
from grader.report.words import Release

__all__ = ["is_published", "publish", "write_pages"]

_PUBLISHED = "published"


def is_published(folder: Path) -> bool:
    """Whether `publish` was told so."""
    return (folder / _PUBLISHED).exists()


def publish(folder: Path, published: bool) -> None:
    """Remember that grades are published, or are not any more; pages made from now on obey it."""
    if published:
        write_whole(folder / _PUBLISHED, b"Students may see what is after_published, and their scores.\n")
    else:
        (folder / _PUBLISHED).unlink(missing_ok=True)


def write_pages(store: ResultStore, scores: PsetScores, now: datetime) -> int:
    """Make report.html and feedback/ of a graded folder; how many students' pages there are.

    Args:
        store: The folder.
        scores: Everyone's points.
        now: Decides what is shown after the due date.
    """
    release = Release(now, is_published(store.folder))
    summary = summarise(scores, handed_in(store, scores), store.behaviours())
    page = class_page(summary, made=now, published=release.published)
    write_whole(store.folder / "report.html", page.encode())
    feedback = store.folder / "feedback"
    feedback.mkdir(exist_ok=True)
    notebooks = NotebookStore(store.folder)
    shared = notebooks.shared()
    for one in handed_in(store, scores):  # read again rather than held: a class may have any size
        cells = notebooks.cells(one.result.submission, one.result.provenance.submission_sha256, shared)
        page = feedback_page(one, scores, release, cells, made=now)
        write_whole(feedback / f"{one.result.submission}.html", page.encode())
    return len(summary.rows)
