"""The process that a notebook runs in when it is checked: a fresh one, which may be ended at any time.

It reads what to do as JSON from its standard input, and reports its progress as lines of JSON on its standard output,
where nothing that the notebook prints can interfere.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from grader.errors import CellError, CheckFailed, GradmarkError, LimitHit, StudentFault
from grader.local import display
from grader.local.files import load_tests, read_file, test_title
from grader.local.student import CheckedStudent
from grader.local.watchdog import Watchdog
from grader.notebook import NotebookCell, Run, Shell, Stop
from grader.notebook.causes import in_file
from grader.notebook.given import Given, read_given
from grader.notebook.regions import cells_of
from grader.notebook.run import NOTICE_SECONDS
from grader.notebook.surroundings import be_somebody
from grader.notebook.traces import CellTraces
from grader.places import starts_here
from grader.traces import read_file as read_left
from grader.traces import stamps
from grader.wording import TOO_MUCH, error_words, unusable

__all__ = ["main"]

SEED = 0
"""For the notebook's global generators. Grading uses another, so no answer may depend on it."""


class _Worker:
    def __init__(self, request: dict[str, Any], tell: Callable[..., None]) -> None:
        self._request, self._tell = request, tell
        self._notebook = Path(request["notebook"])
        self._given: Given = read_given(self._notebook.parent / "tests")
        self._watchdog = Watchdog(lambda: tell("stuck"))
        self._failed: dict[int, CellError] = {}

    def __call__(self) -> None:
        tests = {name: load_tests(Path(file)) for name, file in self._request["tests"].items()}
        self._tell(
            "tests", titles={name: list(map(test_title, functions)) for name, functions in tests.items()}
        )
        student = self._run(read_file(self._notebook))
        done = {(question, index) for question, index in self._request["done"]}
        for question, functions in tests.items():
            for index, test in enumerate(functions):
                if (question, index) not in done:
                    self._tell("test", question=question, index=index)
                    self._tell("result", **self._test(test, student))
            self._tell("question", question=question)

    def _run(self, cells: list[NotebookCell]) -> CheckedStudent:
        """Run the cells in the notebook's folder."""
        folder = self._notebook.parent
        script = self._notebook.suffix.lower() == ".py"
        os.chdir(folder)
        sys.path.insert(0, str(folder))
        starts_here()
        be_somebody("student")
        random.seed(SEED)
        np.random.seed(SEED)
        shell = Shell()
        shell.open_output(0)
        shell.enter(str(folder), [str(self._notebook)], str(self._notebook) if script else None)
        regions = {one.question: cells_of(cells, one) for one in self._given.regions}
        # A file that an earlier run left would not be there in grading.
        old = stamps()
        shell.traces = traces = CellTraces({cell for ones in regions.values() for cell in ones})
        _limit_memory(self._given.memory_mb)
        request = self._request
        self._over = request["over"]  # by a clock of the whole machine: a slow start of this process counts
        self._firsts = [cell.first for cell in cells if cell.first]
        run = Run(
            shell,
            cells,
            self._given.asked,
            started=lambda cell: self._tell("cell", cell=cell),
            finished=self._finished,
            clock=self._cell_limit,
            skip=request["skip"],
        )
        notes = run.go(
            seconds=max(self._over - time.monotonic() - NOTICE_SECONDS, 0.0), until=request["until"]
        )
        if notes.unrun >= 0:
            self._failed.setdefault(notes.unrun, CellError(limit=self._whole))
        failed = sorted(self._failed.items())
        self._tell(
            "ran",
            errors=[[cell, error_words(error)] for cell, error in failed],
            places={question: list(place) for question, place in notes.places.items()},
            gone=list(notes.gone),
            firsts=notes.firsts,
            unrun=notes.unrun,
        )
        student = CheckedStudent(
            shell.namespace,
            notes,
            self._failed,
            self._watchdog,
            self._given,
            lambda name: self._tell("call", function=name),
            Counter(request["stopped"]),
            lambda trace, question: (
                read_left(trace.path, trace.form, old)
                if trace.kind == "file"
                else traces.of(trace, regions.get(question, ()))
            ),
        )
        display.speak_for(student)
        return student

    @property
    def _whole(self) -> LimitHit:
        return LimitHit("submission_seconds", self._given.submission_seconds)

    def _cell_limit(self) -> Any:
        """What bounds the next cell: its own time, or what is left for all of them."""
        return self._watchdog.limit(min(self._given.cell_seconds, self._over - time.monotonic()))

    def _finished(self, cell: int, stop: Stop | None) -> None:
        if stop is None:
            return
        if stop.exception:
            memory = LimitHit("memory_mb", self._given.memory_mb) if stop.limit == "memory_mb" else None
            error = CellError(stop.exception, stop.text, stop.line, memory, went_on=stop.went_on)
        elif time.monotonic() >= self._over:
            error = CellError(limit=self._whole)
        else:
            error = CellError(limit=LimitHit("cell_seconds", self._given.cell_seconds))
        self._failed[cell] = in_file(error, self._firsts[cell]) if self._firsts else error

    @staticmethod
    def _test(test: Callable[..., None], student: CheckedStudent) -> dict[str, Any]:
        """The result of a public test, in the words of grading."""
        told: dict[str, Any] = {"passed": False}
        student.last = None
        try:
            test(student._namespace)
        except StudentFault as fault:
            cause = asdict(fault.cause) if fault.cause else None
            return told | {"summary": fault.summary, "detail": fault.detail, "cause": cause}
        except CheckFailed as failed:
            return told | {"summary": failed.summary, "detail": failed.detail}
        except AssertionError as error:
            if str(error):
                return told | {"summary": str(error)}
            return told | {"summary": _could_not_go_on(student)}
        except MemoryError:
            return told | {"summary": TOO_MUCH}
        except Exception:
            return told | {"summary": _could_not_go_on(student)}
        return told | {"passed": True}


def _could_not_go_on(student: CheckedStudent) -> str:
    last = student.last
    return unusable(last.function if last else "", last is not None and last.value is None)


def _limit_memory(megabytes: int) -> None:
    """Limit the memory that the notebook may take from now on, if the system can."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[5])
    most = pages * resource.getpagesize() + (megabytes << 20)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def main() -> None:
    """Do what the request on standard input says."""
    request = json.load(sys.stdin)
    line = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):  # for what the notebook, or a library that it uses, prints or reads
        os.dup2(nowhere, descriptor)

    def tell(event: str, **words: Any) -> None:
        line.write(json.dumps({"event": event, **words}) + "\n")
        line.flush()

    try:
        _Worker(request, tell)()
        tell("end")
    except GradmarkError as error:
        tell("refused", kind=type(error).__name__, why=str(error))


if __name__ == "__main__":
    main()
