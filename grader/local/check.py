"""Runs a student's notebook afresh and the public tests beside it, to show what grading will say about them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from grader.errors import Broken, Cause, GradmarkError, SubmissionRejected
from grader.local.files import read_file, test_files
from grader.local.reports import CheckReport, QuestionReport, StoppedCell, TestReport
from grader.local.running import Result, Skipped, TestedNotebook
from grader.notebook.causes import Told
from grader.notebook.given import read_given
from grader.wording import broken_words, cause_words, place_of

__all__ = ["check_notebook"]

Tell = Callable[[StoppedCell | QuestionReport], None]


def check_notebook(
    notebook: Path, question: str | None = None, *, tell: Tell = lambda _: None
) -> CheckReport:
    """Run the notebook afresh, and then the public tests in tests/ beside it, for all questions or one.

    It runs in a process of its own, with the limits that grading has, as far as this machine can set them.

    Args:
        notebook: The file, a notebook or a Python file.
        question: The one to check; by default all.
        tell: Gets the cells that stopped once all have run, and then each question once it is judged.

    Raises:
        GradmarkError: There are no such tests, the question is unknown, or IPython is missing.
        SubmissionRejected: The file is no notebook, or cannot be run.
    """
    notebook = notebook.resolve()
    read_file(notebook)
    files = test_files(notebook.parent / "tests")
    if not files:
        raise GradmarkError(
            f"there is no tests/ folder beside {notebook}; put the notebook back into the folder you were given"
        )
    if question is not None and question not in files:
        raise GradmarkError(f"question {question!r} has no public tests; choose one of {', '.join(files)}")
    tests = {name: str(file) for name, file in files.items() if question in (None, name)}
    return _Check(notebook, tests, tell).report()


class _Check:
    def __init__(self, notebook: Path, tests: dict[str, str], tell: Tell) -> None:
        self._notebook, self._tests, self._tell = notebook, tests, tell
        self._given = read_given(notebook.parent / "tests")
        self._over = time.monotonic() + self._given.submission_seconds
        self._skipped: Skipped = {}
        self._told = Told()
        self._before: dict[int, dict[str, list[Result]]] = {}

    def report(self) -> CheckReport:
        whole = self._judged(None)
        questions: list[QuestionReport] = []
        errors: list[StoppedCell] = []
        for name, results in whole:
            if not questions:
                for cell, words in whole.errors:
                    errors.append(StoppedCell(cell + 1, place_of(cell, whole.firsts), words))
                    self._tell(errors[-1])
            questions.append(self._question(name, results, whole))
            self._tell(questions[-1])
        return CheckReport(questions, errors, [] if sys.platform.startswith("linux") else ["memory"])

    def _judged(self, until: int | None) -> TestedNotebook:
        return TestedNotebook(self._notebook, self._given, self._tests, self._skipped, self._over, until)

    def _question(self, name: str, results: list[Result], whole: TestedNotebook) -> QuestionReport:
        """The question's report; if a later cell broke it, from the better of its two states."""
        note = ""
        if name in whole.places and not all(result["passed"] for result in results):
            _, broken_by, change = whole.places[name]
            before = self._results_before(broken_by).get(name, [])
            if sum(result["passed"] for result in before) > sum(result["passed"] for result in results):
                results = before
                line = whole.firsts[broken_by] if whole.firsts else 0
                note = broken_words(Broken(broken_by + 1, change, change in whole.gone, line))
        return QuestionReport(name, [self._worded(name, result) for result in results], note)

    def _results_before(self, cell: int) -> dict[str, list[Result]]:
        """By question, the results without this cell and the ones after it."""
        if cell not in self._before:
            try:
                self._before[cell] = dict(self._judged(cell - 1))
            except SubmissionRejected:  # no time was left for it
                self._before[cell] = {}
        return self._before[cell]

    def _worded(self, question: str, result: Result) -> TestReport:
        cause = Cause(**result["cause"]) if result.get("cause") else None
        why = cause_words(cause, self._told.before(question, cause)) if cause else ""
        parts = (why, result.get("summary", ""), result.get("detail", ""))
        return TestReport(result["title"], result["passed"], "\n".join(part for part in parts if part))
