"""From the files a student handed in to a list of cells.

Archives and notebooks are read here, inside the sandbox, because they are as hostile as the code in them.
"""

from __future__ import annotations

import posixpath
from pathlib import Path

from grader.errors import SubmissionRejected
from grader.notebook import Cell, read_cells
from grader.sandbox.inside.packed import is_ignored, safe_path, unpack
from grader.suffixes import archive_suffix

__all__ = ["read_submission"]


def read_submission(files: dict[str, bytes], name: str, folder: Path) -> list[Cell]:
    """Write the submission's files into ``folder`` and return its cells.

    Args:
        files: Contents by relative path; a single zip or tar is unpacked first.
        name: The problem set's name: of several notebooks, the one called so is taken.
        folder: Where files beside the notebook are put, so that imports of them work.

    Raises:
        SubmissionRejected: There is nothing to run, or it cannot be read; the reason is for the student.
    """
    archives = [path for path in files if archive_suffix(path)]
    if len(files) == 1 and archives:
        files = unpack(files[archives[0]], archives[0])
    main = _main_file(list(files), name)
    for path, content in files.items():
        if path != main:
            _write(folder, path, content)
    return read_cells(files[main], main, script=main.endswith(".py"))


def _write(folder: Path, path: str, content: bytes) -> None:
    target = folder / safe_path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except OSError as error:
        raise SubmissionRejected(
            f"{path[:80]!r} cannot be put beside the notebook: {error.strerror}"
        ) from None


def _main_file(paths: list[str], name: str) -> str:
    candidates = sorted(
        path for path in paths if not is_ignored(path) and not posixpath.basename(path).startswith("._")
    )
    for suffix in (".ipynb", ".py"):
        found = [path for path in candidates if path.endswith(suffix)]
        named = [path for path in found if posixpath.basename(path) == name + suffix]
        if len(named) == 1 or len(found) == 1:
            return (named if len(named) == 1 else found)[0]
        if found:
            if not name:
                raise SubmissionRejected(
                    f"there are {len(found)} {suffix} files; say which problem set this is (--pset), and the one "
                    "of its name is taken"
                )
            some = ", ".join(repr(path[:60]) for path in found[:3])
            raise SubmissionRejected(
                f"there are {len(found)} {suffix} files ({some}) and not exactly one is called {name}{suffix}; "
                f"call the one to grade {name}{suffix}"
            )
    raise SubmissionRejected("there is neither a notebook (.ipynb) nor a Python file (.py) in it")
