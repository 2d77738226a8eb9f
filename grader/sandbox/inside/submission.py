"""From the files of a submission to a list of cells.

Archives and notebooks are read here, inside the sandbox, because they can be as hostile as the code in them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from grader.errors import SubmissionRejected
from grader.leftovers import Leftovers
from grader.notebook import NotebookCell, read_cells, variant_mark
from grader.sandbox.inside.packed import safe_path, unpack
from grader.suffixes import archive_suffix, code_suffix, is_handout, stem_of

__all__ = ["Opened", "read_submission"]

_NEVER_UNPACKED = (".7z", ".rar", ".gz", ".bz2", ".xz", ".zst")


class Opened(NamedTuple):
    """A submission, ready to run."""

    cells: list[NotebookCell]
    file: Path
    """The notebook's own path. Its cells expect to run in that folder, which has the files beside it."""
    script: bool
    """Whether it is a Python file, which is in the folder too."""
    mark: str = ""
    """The variant that the notebook says it was made for."""


def read_submission(
    files: dict[str, bytes], name: str, folder: Path, *, marked: bool = False, exact: bool = False
) -> Opened:
    """Write the submission's files into ``folder``, and read the cells of its notebook.

    Args:
        files: Contents by relative path; a zip or tar is unpacked if there is no notebook beside it.
        name: The problem set's name: of several notebooks, the one with this name is taken.
        folder: Where the files go, so that they can be imported.
        marked: Whether to look for a mark of a variant.
        exact: Whether no notebook of another name will do, because several are handed in together.

    Raises:
        SubmissionRejected: There is nothing to run, or it cannot be read; the reason is for the student.
    """
    files = _unpacked(files, name)
    main = _main_file(files, name)
    if exact and not is_handout(_base(main), name):
        raise SubmissionRejected(f"{name}.ipynb is not among the files that were handed in")
    script = code_suffix(main) == ".py"
    for path, content in files.items():
        if path != main or script:
            _write(folder, path, content)
    own = folder / safe_path(main)
    own.parent.mkdir(parents=True, exist_ok=True)
    cells = read_cells(files[main], main, script=script)
    return Opened(cells, own, script, variant_mark(files[main]) if marked and not script else "")


def _unpacked(files: dict[str, bytes], name: str) -> dict[str, bytes]:
    """The files, with those of an archive that contains the notebook; the archive may be in another one."""
    leftovers = Leftovers(files)
    own = [path for path in files if path not in leftovers]
    archives = [path for path in own if archive_suffix(path)]
    code = [path for path in own if code_suffix(path)]
    if not archives or any(code_suffix(path) == ".ipynb" or is_handout(_base(path), name) for path in code):
        return files
    try:
        chosen = _the_archive(archives, name)
        inside = unpack(files[chosen], chosen)
        inner = [path for path in inside if archive_suffix(path)]
        if inner and not any(code_suffix(path) for path in inside):
            inmost = _the_archive(inner, name)
            inside |= unpack(inside[inmost], inmost)
    except SubmissionRejected:
        if code:  # the archive may be data that the script opens
            return files
        raise
    # If there is a script, the archive stays too, for the script to open.
    return {path: content for path, content in files.items() if code or path != chosen} | inside


def _main_file(files: Iterable[str], name: str) -> str:
    leftovers = Leftovers(files)
    candidates = sorted(path for path in files if path not in leftovers)
    for suffix in (".ipynb", ".py"):
        found = [path for path in candidates if code_suffix(path) == suffix]
        exact = [path for path in found if _base(path) == name + suffix]
        named = [path for path in found if is_handout(_base(path), name)]
        for several in (exact, named, found):
            if len(several) == 1:
                return several[0]
        if found:
            if not name:
                raise SubmissionRejected(
                    f"there are {len(found)} {suffix} files; name the problem set with --pset, and the one with "
                    "its name is graded"
                )
            raise SubmissionRejected(
                f"there are {len(found)} {suffix} files ({_some(found)}), but not exactly one is {name}{suffix}; "
                f"rename the one to grade to {name}{suffix}"
            )
    packed = [path for path in candidates if path.lower().endswith(_NEVER_UNPACKED)]
    if packed:
        raise SubmissionRejected(
            f"{packed[0][:60]!r} is a kind of archive that is not unpacked; put the notebook into a .zip"
        )
    raise SubmissionRejected("it contains neither a notebook (.ipynb) nor a Python file (.py)")


def _the_archive(archives: list[str], name: str) -> str:
    """The archive to unpack: the only one, or the only one called like the problem set."""
    named = [path for path in archives if is_handout(f"{stem_of(_base(path))}.py", name)]
    for several in (archives, named):
        if len(several) == 1:
            return several[0]
    raise SubmissionRejected(
        f"there are {len(archives)} archives ({_some(archives)}) but no notebook beside them; submit the notebook, or "
        "one archive that contains it"
    )


def _base(path: str) -> str:
    return posixpath.basename(path.replace("\\", "/"))


def _some(paths: list[str]) -> str:
    return ", ".join(repr(path[:60]) for path in paths[:3])


def _write(folder: Path, path: str, content: bytes) -> None:
    target = folder / safe_path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except OSError as error:
        raise SubmissionRejected(
            f"{path[:80]!r} cannot be put beside the notebook: {error.strerror}"
        ) from None
