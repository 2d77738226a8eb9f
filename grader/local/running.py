"""Runs a notebook and its tests, in as many processes as it takes when some of them end early."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.errors import GradmarkError, LimitHit, SubmissionRejected
from grader.local.process import TimeIsUp, WorkerProcess
from grader.notebook.given import Given
from grader.notebook.run import FOR_CALLS
from grader.text import many
from grader.wording import ended_words, took_longer, used_up

__all__ = ["Skipped", "TestedNotebook"]

MAX_KILLED_CELLS = 3
Skipped = dict[int, str]
"""Cells that ended their process, and how; they are left out from then on."""
Result = dict[str, Any]
"""The result of a test: its ``title``, whether it ``passed``, and the words for that."""


class TestedNotebook:
    """A notebook run up to some cell, and the results of its tests by question, as they come.

    Args:
        notebook: The file.
        given: The problem set's settings.
        tests: Test files by question.
        skipped: Cells to leave out; this run adds its own.
        over: When the time for everything is up, by `time.monotonic`.
        until: The last cell to run; None for all of them.
    """

    def __init__(
        self,
        notebook: Path,
        given: Given,
        tests: dict[str, str],
        skipped: Skipped,
        over: float,
        until: int | None = None,
    ) -> None:
        self._notebook, self._given, self._tests = notebook, given, tests
        self._skipped, self._over, self._until = skipped, over, until
        self._titles: dict[str, list[str]] = {}
        self._results: dict[str, list[Result]] = {name: [] for name in tests}
        self._finished: set[str] = set()
        self._stopped: Counter[str] = Counter()
        self._ran = False
        # What the process is doing: a cell, or a test and the function that it calls.
        self._cell, self._test, self._function = -1, "", ""
        self.errors: list[tuple[int, str]] = []
        """Cells that had an error, and their errors. Known, like the next three, once the first question is."""
        self.places: dict[str, list[Any]] = {}
        self.gone: list[str] = []
        self.firsts: list[int] = []

    def __iter__(self) -> Iterator[tuple[str, list[Result]]]:
        """Each question with its results.

        Raises:
            SubmissionRejected: The file is no notebook, or did not run to its end.
        """
        while len(self._finished) < len(self._tests):
            process = WorkerProcess(self._request())
            self._cell, self._test, self._function = -1, "", ""
            stuck = over = False
            try:
                for said in process.events(self._left):
                    stuck = said["event"] == "stuck"
                    self._hear(said)
                    if said["event"] == "question" and said["question"] not in self._finished:
                        yield self._finish(said["question"])
            except TimeIsUp:
                over = True
            finally:
                code = process.close()
            if len(self._finished) < len(self._tests):
                self._note_end(code, stuck=stuck, over=over)
            if over:
                yield from [self._finish(name) for name in self._tests if name not in self._finished]

    def _request(self) -> dict[str, Any]:
        done = [(name, index) for name, results in self._results.items() for index in range(len(results))]
        return {
            "notebook": str(self._notebook), "tests": self._tests, "until": self._until, "skip": sorted(self._skipped),
            "over": self._over - (0 if self._ran else FOR_CALLS * self._left()), "done": done, "stopped": self._stopped,
        }  # fmt: skip

    def _left(self) -> float:
        return self._over - time.monotonic()

    def _hear(self, said: dict[str, Any]) -> None:
        match said["event"]:
            case "refused":
                kind = SubmissionRejected if said["kind"] == "SubmissionRejected" else GradmarkError
                raise kind(said["why"])
            case "tests":
                self._titles = said["titles"]
            case "cell":
                self._cell = said["cell"]
            case "ran":
                self._cell = -1
                if not self._ran:
                    self.errors = sorted([*map(tuple, said["errors"]), *self._skipped.items()])
                    self.places, self.gone, self.firsts = said["places"], said["gone"], said["firsts"]
                self._ran = True
            case "test":
                self._test, self._function = said["question"], ""
            case "call":
                self._function = said["function"]
            case "result":
                self._add(self._test, said)
                self._test = ""

    def _add(self, question: str, result: Result) -> None:
        results = self._results[question]
        results.append(result | {"title": self._titles[question][len(results)]})

    def _finish(self, question: str) -> tuple[str, list[Result]]:
        """The question's results; tests that were not run say so."""
        self._finished.add(question)
        summary = f"grading stopped, because {used_up(self._whole)}"
        while len(self._results[question]) < len(self._titles[question]):
            self._add(question, {"passed": False, "summary": summary})
        return question, self._results[question]

    @property
    def _whole(self) -> LimitHit:
        return LimitHit("submission_seconds", self._given.submission_seconds)

    def _note_end(self, code: int, *, stuck: bool, over: bool) -> None:
        """The process ended before its work was done: note what ended it, so that the next one can continue."""
        if self._test:
            limit = LimitHit("call_seconds", self._given.call_seconds) if stuck else self._whole
            timed = stuck or over
            why = took_longer(self._function, limit) if timed else f"`{self._function}` {ended_words(code)}"
            self._add(self._test, {"passed": False, "summary": why})
            self._stopped[self._function] += 1
        elif self._cell >= 0 and not over and len(self._skipped) < MAX_KILLED_CELLS:
            seconds = many(self._given.cell_seconds, "second")
            self._skipped[self._cell] = (
                f"it took longer than {seconds} and did not stop when asked to"
                if stuck
                else f"it {ended_words(code)}"
            )
        elif not (self._ran and over):
            why = f"was still running when {used_up(self._whole)}" if over else ended_words(code)
            raise SubmissionRejected(f"your notebook did not run to its end: it {why}")
