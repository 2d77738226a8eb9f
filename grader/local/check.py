"""The public tests beside a student's notebook, on a fresh run of it."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.errors import CheckFailed, GradmarkError, StudentFault
from grader.local.notebook import CellError, code_cells, run_cells

__all__ = ["CheckReport", "QuestionReport", "TestReport", "check_notebook", "test_title"]


@dataclass(frozen=True)
class TestReport:
    """One public test: its title, and why it failed if it did."""

    __test__ = False  # a name pytest would take for its own

    title: str
    passed: bool
    message: str = ""


@dataclass(frozen=True)
class QuestionReport:
    """The public tests of one question."""

    question: str
    tests: list[TestReport]

    @property
    def passed(self) -> bool:
        return all(test.passed for test in self.tests)


@dataclass(frozen=True)
class CheckReport:
    """All that `gradmark check` has to say."""

    questions: list[QuestionReport]
    errors: list[CellError] = field(default_factory=list)
    """Cells that raised; on their own they fail nothing."""

    @property
    def passed(self) -> bool:
        return all(question.passed for question in self.questions)


class _TestCase:
    """otter's ``test_case`` decorator, as far as an exported test needs it."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.function: Callable[..., None] = lambda env: None

    def __call__(self, function: Callable[..., None]) -> _TestCase:
        self.function = function
        return self


@contextmanager
def _otter_test_files() -> Iterator[None]:
    """``from otter.test_files import test_case`` works, whether or not otter is installed."""
    saved = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "otter"}
    for name in saved:
        del sys.modules[name]
    package, files = types.ModuleType("otter"), types.ModuleType("otter.test_files")
    files.test_case = _TestCase  # type: ignore[attr-defined]
    sys.modules |= {"otter": package, "otter.test_files": files}
    try:
        yield
    finally:
        for name in [n for n in sys.modules if n.partition(".")[0] == "otter"]:
            del sys.modules[name]
        sys.modules.update(saved)


def _load_tests(file: Path) -> list[Callable[..., None]]:
    namespace: dict[str, Any] = {"__name__": f"public_tests_{file.stem}"}
    try:
        with _otter_test_files():
            exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), namespace)
    except Exception as error:
        raise GradmarkError(
            f"{file} cannot be read ({type(error).__name__}: {error}); take it from the course's zip again"
        ) from error
    return [value.function for value in namespace.values() if isinstance(value, _TestCase)]


def test_title(test: Callable[..., None]) -> str:
    """What a public test is called: the first line of its docstring, else its name."""
    return (test.__doc__ or test.__name__.removeprefix("test_").replace("_", " ")).strip().splitlines()[0]


test_title.__test__ = False  # type: ignore[attr-defined]  # a name pytest would take for a test


def _run(test: Callable[..., None], namespace: dict[str, Any]) -> TestReport:
    title = test_title(test)
    try:
        test(namespace)
    except CheckFailed as failed:
        return TestReport(title, False, failed.message(public=True))
    except StudentFault as fault:
        return TestReport(title, False, str(fault))
    except Exception as error:
        return TestReport(title, False, f"{type(error).__name__}: {error}")
    return TestReport(title, True)


def check_notebook(notebook: Path, question: str | None = None) -> CheckReport:
    """Run the notebook afresh and then the public tests in tests/ beside it, all or one question's.

    Raises `GradmarkError` without such tests or for an unknown question, `SubmissionRejected` for a file
    that is no notebook.
    """
    notebook = notebook.resolve()
    sources = code_cells(notebook)
    folder = notebook.parent / "tests"
    files = {file.stem: file for file in sorted(folder.glob("*.py"), key=_natural)}
    if not files:
        raise GradmarkError(
            f"no tests/ beside {notebook}; put the notebook back into the folder you were given"
        )
    if question is not None and question not in files:
        raise GradmarkError(f"question {question!r} has no public tests; there is {', '.join(files)}")
    tests = {name: _load_tests(file) for name, file in files.items() if question in (None, name)}
    ran = run_cells(sources, notebook.parent)
    reports = [QuestionReport(name, [_run(t, ran.namespace) for t in cases]) for name, cases in tests.items()]
    return CheckReport(reports, ran.errors)


def _natural(file: Path) -> tuple[str, int]:
    """q2 before q10."""
    digits = file.stem.lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
    return (file.stem[: len(file.stem) - len(digits)], int(digits) if digits.isdigit() else -1)
