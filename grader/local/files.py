"""A student's files: the notebook, and the public tests beside it in otter's form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.errors import GradmarkError, SubmissionRejected
from grader.notebook import NotebookCell, otter, read_cells
from grader.wording import title_of

__all__ = ["load_tests", "read_file", "test_files", "test_title"]


def test_files(folder: Path) -> dict[str, Path]:
    """The test files in a folder by question, with q2 before q10."""
    return {file.stem: file for file in sorted(folder.glob("*.py"), key=_natural)}


def test_title(test: Callable[..., None]) -> str:
    """A public test's title, as on the graded page."""
    return title_of(test.__name__, test.__doc__)


# pytest would take these for tests by their names.
test_files.__test__ = False  # type: ignore[attr-defined]
test_title.__test__ = False  # type: ignore[attr-defined]


def _natural(file: Path) -> tuple[str, int]:
    digits = file.stem.lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
    return (file.stem[: len(file.stem) - len(digits)], int(digits) if digits.isdigit() else -1)


def read_file(notebook: Path) -> list[NotebookCell]:
    """The cells of a notebook or a Python file; raises SubmissionRejected if there are none."""
    try:
        content = notebook.read_bytes()
    except FileNotFoundError:
        raise SubmissionRejected(f"{notebook} does not exist; give the path of your notebook") from None
    except IsADirectoryError:
        raise SubmissionRejected(f"{notebook} is a folder; give the path of the notebook in it") from None
    except OSError as error:
        raise SubmissionRejected(
            f"{notebook} cannot be read ({error.strerror}); save it again from Jupyter"
        ) from None
    return read_cells(content, notebook.name, script=notebook.suffix.lower() == ".py")


def load_tests(file: Path) -> list[Callable[..., None]]:
    """The tests of one question; raises GradmarkError if the file cannot be read as such."""
    namespace: dict[str, Any] = {"__name__": f"public_tests_{file.stem}"}
    try:
        with otter.test_files():
            exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), namespace)
    except Exception as error:
        raise GradmarkError(
            f"{file} cannot be read ({type(error).__name__}: {error}); copy it from the course's zip again"
        ) from error
    return [value.function for value in namespace.values() if isinstance(value, otter.TestCase)]
