"""The public tests beside a student's notebook, on a fresh run of it: what grading will say of them."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from grader.errors import Broken, Cause, GradmarkError, LimitHit, SubmissionRejected
from grader.local.files import read_file, test_files
from grader.local.reports import CellError, CheckReport, QuestionReport, TestReport
from grader.notebook.causes import Told
from grader.notebook.given import read_given
from grader.notebook.run import FOR_CALLS
from grader.wording import broken_words, cause_words, ended_words, took_longer, used_up

__all__ = ["check_notebook"]

MAX_KILLED_CELLS = 3
Tell = Callable[[CellError | QuestionReport], None]


def check_notebook(
    notebook: Path,
    question: str | None = None,
    *,
    tell: Tell = lambda _: None,
) -> CheckReport:
    """Run the notebook afresh and then the public tests in tests/ beside it, all or one question's.

    It runs in a process of its own, with the limits that grading has, as far as this machine gives them.

    Args:
        notebook: The file, a notebook or a Python file.
        question: The one to check; all where not given.
        tell: Is given the cells that stopped, once they are run, and then each question, once it is judged.

    Raises:
        GradmarkError: There are no such tests, the question is unknown, or IPython is missing.
        SubmissionRejected: The file is no notebook, or cannot be run.
    """
    notebook = notebook.resolve()
    read_file(notebook)
    files = test_files(notebook.parent / "tests")
    if not files:
        raise GradmarkError(
            f"no tests/ beside {notebook}; put the notebook back into the folder you were given"
        )
    if question is not None and question not in files:
        raise GradmarkError(f"question {question!r} has no public tests; there is {', '.join(files)}")
    tests = {name: str(file) for name, file in files.items() if question in (None, name)}
    return _Check(notebook, tests, tell).report()


class _Check:
    def __init__(self, notebook: Path, tests: dict[str, str], tell: Tell) -> None:
        self._notebook, self._tests, self._tell = notebook, tests, tell
        self._given = read_given(notebook.parent / "tests")
        self._over = time.monotonic() + self._given.submission_seconds
        self._told = Told()
        self._skip: dict[int, str] = {}

    def report(self) -> CheckReport:
        whole = _Judged(self._run(self._tests, None))
        questions: list[QuestionReport] = []
        errors: list[CellError] = []
        earlier: dict[int, dict[str, list[dict[str, Any]]]] = {}
        for name, results in whole:
            if not questions:
                errors = [CellError(cell + 1, words) for cell, words in whole.errors]
                for error in errors:
                    self._tell(error)
            note = ""
            if name in whole.places and not all(result["passed"] for result in results):
                _, broken_by, change = whole.places[name]
                if broken_by not in earlier:
                    earlier[broken_by] = dict(_Judged(self._run(self._tests, broken_by - 1)))
                before = earlier[broken_by].get(name, [])
                if sum(result["passed"] for result in before) > sum(result["passed"] for result in results):
                    results = before
                    note = broken_words(Broken(broken_by + 1, change, change in whole.gone))
            questions.append(QuestionReport(name, [self._worded(name, result) for result in results], note))
            self._tell(questions[-1])
        return CheckReport(questions, errors, [] if sys.platform.startswith("linux") else ["memory"])

    def _worded(self, question: str, result: dict[str, Any]) -> TestReport:
        cause = Cause(**result["cause"]) if result.get("cause") else None
        why = cause_words(cause, self._told.before(question, cause)) if cause else ""
        parts = (why, result.get("summary", ""), result.get("detail", ""))
        return TestReport(result["title"], result["passed"], "\n".join(part for part in parts if part))

    def _run(self, tests: dict[str, str], until: int | None) -> Iterator[dict[str, Any]]:
        """What the process that runs the notebook says; a fresh one takes over where it is ended by the notebook."""
        done: list[tuple[str, int]] = []
        stopped: Counter[str] = Counter()
        titles: dict[str, list[str]] = {}
        finished: set[str] = set()
        ran = False
        while True:
            request = {
                "notebook": str(self._notebook), "tests": tests, "until": until, "skip": sorted(self._skip),
                "seconds": self._left() * (1 if ran else 1 - FOR_CALLS), "done": done, "stopped": stopped,
            }  # fmt: skip
            process = _Process(request)
            cell, test, function = -1, None, ""
            ended = ""
            try:
                for said in process.events(self._left):
                    match said["event"]:
                        case "refused":
                            kind = (
                                SubmissionRejected if said["kind"] == "SubmissionRejected" else GradmarkError
                            )
                            raise kind(said["why"])
                        case "tests":
                            titles = said["titles"]
                        case "cell":
                            cell = said["cell"]
                        case "ran":
                            cell = -1
                            said["errors"] = sorted([*said["errors"], *self._skip.items()])
                            if not ran:
                                yield said
                            ran = True
                        case "test":
                            test, function = (said["question"], said["index"]), ""
                        case "call":
                            function = said["function"]
                        case "result":
                            assert test is not None
                            done.append(test)
                            yield _result(titles, test, said)
                            test = None
                        case "question":
                            finished.add(said["question"])
                            yield said
                        case "stuck":
                            ended = "stuck"
                        case "end":
                            return
            except _TimeIsUp:
                ended = "time"
            finally:
                code = process.close()
            whole = LimitHit("submission_seconds", self._given.submission_seconds)
            if test is not None:
                hit = LimitHit("call_seconds", self._given.call_seconds) if ended == "stuck" else whole
                why = took_longer(function, hit) if ended else f"`{function}` {ended_words(code)}"
                yield _result(titles, test, {"event": "result", "passed": False, "summary": why})
                done.append(test)
                stopped[function] += 1
            elif cell >= 0 and ended != "time" and len(self._skip) < MAX_KILLED_CELLS:
                self._skip[cell] = (
                    f"it took longer than {self._given.cell_seconds:g} seconds and did not stop when asked to"
                    if ended == "stuck"
                    else f"it {ended_words(code)}"
                )
            elif not (ran and ended == "time"):
                why = f"was still running when {used_up(whole)}" if ended == "time" else ended_words(code)
                raise SubmissionRejected(f"your notebook cannot be run to its end: it {why}")
            if ended == "time":
                summary = f"grading stopped, because {used_up(whole)}"
                for name in [name for name in tests if name not in finished]:
                    for index in range(len(titles[name])):
                        if (name, index) not in done:
                            left = {"event": "result", "passed": False, "summary": summary}
                            yield _result(titles, (name, index), left)
                    yield {"event": "question", "question": name}
                return

    def _left(self) -> float:
        return self._over - time.monotonic()


def _result(titles: dict[str, list[str]], test: tuple[str, int], said: dict[str, Any]) -> dict[str, Any]:
    """What a test came to, with its question and its title."""
    question, index = test
    return said | {"question": question, "title": titles[question][index]}


class _Judged:
    """Results by question, as they come, and what was said when the notebook had run."""

    def __init__(self, events: Iterator[dict[str, Any]]) -> None:
        self._events = events
        self.errors: list[tuple[int, str]] = []
        self.places: dict[str, list[Any]] = {}
        self.gone: list[str] = []

    def __iter__(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        results: dict[str, list[dict[str, Any]]] = {}
        for said in self._events:
            if said["event"] == "ran":
                self.errors, self.places, self.gone = said["errors"], said["places"], said["gone"]
            elif said["event"] == "result":
                results.setdefault(said["question"], []).append(said)
            elif said["event"] == "question":
                yield said["question"], results.get(said["question"], [])


class _TimeIsUp(Exception):
    """Nothing is left of the time for all."""


class _Process:
    """The process that runs the notebook."""

    def __init__(self, request: dict[str, Any]) -> None:
        command = [sys.executable, "-m", "grader.local.worker"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
        )
        assert self._process.stdin
        assert self._process.stdout
        assert self._process.stderr
        self._process.stdin.write(json.dumps(request))
        self._process.stdin.close()
        self._lines: queue.Queue[str] = queue.Queue()
        self._errors: list[str] = []
        self._readers = [
            threading.Thread(
                target=self._read, args=(self._process.stdout, self._lines.put, True), daemon=True
            ),
            threading.Thread(
                target=self._read, args=(self._process.stderr, self._errors.append, False), daemon=True
            ),
        ]
        for reader in self._readers:
            reader.start()

    @staticmethod
    def _read(stream: Any, take: Callable[[str], None], ends: bool) -> None:
        for line in stream:
            take(line)
        if ends:
            take("")

    def events(self, left: Callable[[], float]) -> Iterator[dict[str, Any]]:
        """What it says, until it ends; raises _TimeIsUp."""
        began = False
        while True:
            try:
                line = self._lines.get(timeout=max(left(), 0.01))
            except queue.Empty:
                raise _TimeIsUp from None
            if not line:
                break
            began = True
            try:
                yield json.loads(line)
            except ValueError:
                break  # it was ended in the middle of a line
        if not began:
            for reader in self._readers:
                reader.join(timeout=5)
            said = [line for line in self._errors if line.strip()] or ["it said nothing"]
            raise GradmarkError(f"the notebook could not be run here: {said[-1].strip()}")

    def close(self) -> int:
        """Make sure that it is gone; its exit code."""
        self._process.kill()
        code = self._process.wait()
        for reader in self._readers:
            reader.join(timeout=5)
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
        return code
