"""Writes a graded folder from its gradebook: results, scores.csv, report.html and everyone's page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from grader.gradebook import (
    AttemptScore,
    Database,
    PsetScores,
    StudentScore,
    behaviours,
    documents_of,
    reading,
    scores_csv,
    scores_of,
)
from grader.report.classpage import class_page
from grader.report.feedback import feedback_page
from grader.report.notebooks import Notebooks
from grader.report.outputs import GradedFolder, page_names, remove_others, write_if_new
from grader.report.summary import Summarising
from grader.report.words import Release
from grader.results import SubmissionResult
from grader.sandbox.outside.rendering import ShownCell

__all__ = ["FolderWritten", "write_folder", "write_scores"]


@dataclass(frozen=True)
class FolderWritten:
    """What was written."""

    scores: PsetScores
    pages: int
    """Students' pages."""
    problems: dict[str, str]
    """Why pages could not be made, by page name."""


def write_folder(
    database: Database, folder: GradedFolder, pset: str, now: datetime, *, pages: bool = True
) -> FolderWritten:
    """Make everything in the folder from the gradebook, and remove files that no longer belong there.

    Every page carries the time of the last fact it shows, so made again later it has the same bytes. ``now`` decides
    only which due dates have passed.

    Args:
        database: The gradebook.
        folder: Where to write.
        pset: The problem set.
        now: The current time.
        pages: Make the pages too, besides results and scores.
    """
    scores = scores_of(database, pset)
    folder.refuse_another(pset)
    folder.create(pset)
    last = {attempt.result: (student, attempt) for student, attempt in scores.submissions}
    work = _Pages(database, folder, scores, now) if pages else None
    for number, result in _documents(database, scores, last if not pages else _all(scores)):
        if number in last:
            folder.write_result(result)
        if work:
            work.add(number, result)
    remove_others(folder.results, ".json", (attempt.submission for _, attempt in last.values()))
    write_scores(folder, scores)
    return FolderWritten(scores, work.finish() if work else 0, work.problems if work else {})


def write_scores(folder: GradedFolder, scores: PsetScores) -> None:
    """Make scores.csv alone, so that it is up to date right after a decision."""
    write_if_new(folder.folder / "scores.csv", scores_csv(scores).encode())


def _all(scores: PsetScores) -> dict[int, tuple[StudentScore, AttemptScore]]:
    """The results that files and pages are made from, each with one of its students."""
    found = {attempt.result: (student, attempt) for student, attempt in scores.submissions}
    for student in scores.students:
        if student.attempt:
            found.setdefault(student.attempt.result, (student, student.attempt))
    return found


def _documents(
    database: Database, scores: PsetScores, wanted: Mapping[int, tuple[StudentScore, AttemptScore]]
) -> Iterator[tuple[int, SubmissionResult]]:
    asked = [(number, attempt.submission, student.identity) for number, (student, attempt) in wanted.items()]
    with reading(database) as connection:
        yield from documents_of(connection, scores.number, asked)


class _Pages:
    """Makes the pages while results go by one at a time, so that a class can have any size."""

    def __init__(self, database: Database, folder: GradedFolder, scores: PsetScores, now: datetime) -> None:
        self._database, self._folder, self._scores = database, folder, scores
        self._release = Release(now, scores.published)
        self._names = page_names(scores)
        self._students: dict[int, list[StudentScore]] = {}
        for student in scores.students:
            if student.attempt:
                self._students.setdefault(student.attempt.result, []).append(student)
        self._notebooks = Notebooks(database, scores.number)
        self._shared = self._notebooks.shared()
        self._summary = Summarising(scores, self._names)
        self.problems: dict[str, str] = {}
        """Why pages could not be made, by page name."""

    def add(self, number: int, result: SubmissionResult) -> None:
        students = self._students.get(number, [])
        if not students:
            return  # it counts for nobody
        self._summary.add(result, students)
        attempt = students[0].attempt
        assert attempt is not None
        cells = self._notebooks.cells(attempt.number, self._shared)
        for student in students:
            self._write(student, result, cells)

    def _write(self, student: StudentScore, result: SubmissionResult | None, cells: list[ShownCell]) -> None:
        """Make a student's page; if it fails, the others are still made."""
        name = self._names[student.number]
        try:
            page = feedback_page(student, result, self._scores, self._release, cells)
        except Exception as error:
            self.problems[name] = f"{type(error).__name__}: {error}"
        else:
            self._folder.write_page(name, page)

    def finish(self) -> int:
        for student in self._scores.students:
            if student.attempt is None:
                self._summary.add_absent(student)
                if student.number in self._names:
                    self._write(student, None, [])
        remove_others(self._folder.feedback, ".html", self._names.values())
        summary = self._summary.done(behaviours(self._database, self._scores))
        page = class_page(
            summary, made=self._scores.last_fact, zone=self._scores.zone, published=self._scores.published
        )
        write_if_new(self._folder.folder / "report.html", page.encode())
        return len(self._names)
