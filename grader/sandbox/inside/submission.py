"""From the files a student handed in to a list of cells.

Archives and notebooks are read here, inside the sandbox, because they are as hostile as the code in them.
"""

from __future__ import annotations

import ast
import io
import itertools
import json
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from grader.errors import SubmissionRejected
from grader.leftovers import Leftovers
from grader.sandbox.inside.packed import safe_path, unpack
from grader.suffixes import archive_suffix, code_suffix, is_handout, stem_of

__all__ = ["Cell", "Opened", "code_cells", "read_submission"]

MAX_CELLS = 2_000
_NEVER_UNPACKED = (".7z", ".rar", ".gz", ".bz2", ".xz", ".zst")
_PERCENT_CELL = re.compile(r"^# ?(%%|In\[[ \d]*\]:).*$", re.MULTILINE)


class Cell(NamedTuple):
    """A cell that a notebook may have: ``kind`` is ``"code"``, ``"markdown"`` or something of the student's own."""

    kind: str
    source: str
    outputs: object = None
    """What the notebook's file has as the cell's outputs, whatever that is."""
    attachments: object = None
    """What it has as the pictures in the cell's text, by name, whatever that is."""


class Opened(NamedTuple):
    """What was handed in, ready to run."""

    cells: list[Cell]
    folder: Path
    """Of the notebook, where its cells expect to run: files beside it are there."""


def code_cells(cells: list[Cell]) -> list[str]:
    """The source of each cell that is to be run."""
    return [cell.source for cell in cells if cell.kind == "code"]


def read_submission(files: dict[str, bytes], name: str, folder: Path) -> Opened:
    """Write the submission's files into ``folder`` as they lay together, and read the cells of its notebook.

    Args:
        files: Contents by relative path; a zip or tar is unpacked where no notebook lies beside it.
        name: The problem set's name: of several notebooks, the one called so is taken.
        folder: Where the files are put, so that imports of them work.

    Raises:
        SubmissionRejected: There is nothing to run, or it cannot be read; the reason is for the student.
    """
    files = _unpacked(files, name)
    main = _main_file(files, name)
    for path, content in files.items():
        if path != main:
            _write(folder, path, content)
    own = (folder / safe_path(main)).parent
    own.mkdir(parents=True, exist_ok=True)
    text = _decode(files[main], main)
    if code_suffix(main) == ".ipynb":
        cells = _notebook_cells(text, main)
    else:
        cells = [Cell("code", source) for source in _script_cells(text)]
    code = code_cells(cells)
    if len(code) > MAX_CELLS:
        raise SubmissionRejected(f"{main} has {len(code):,} code cells; at most {MAX_CELLS:,} are run")
    if not any(cell.strip() for cell in code):
        raise SubmissionRejected(f"{main} has no code in it; hand in the notebook you worked in")
    return Opened(cells, own)


def _unpacked(files: dict[str, bytes], name: str) -> dict[str, bytes]:
    """The files, with those of an archive that holds the notebook; one such archive may lie in another."""
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
        if code:  # the archive may be data, for the script to say
            return files
        raise
    # Where there is a script, the archive itself stays too, for the script to open.
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
                    f"there are {len(found)} {suffix} files; say which problem set this is (--pset), and the one "
                    "of its name is taken"
                )
            raise SubmissionRejected(
                f"there are {len(found)} {suffix} files ({_some(found)}) and not exactly one is called {name}{suffix}; "
                f"call the one to grade {name}{suffix}"
            )
    packed = [path for path in candidates if path.lower().endswith(_NEVER_UNPACKED)]
    if packed:
        raise SubmissionRejected(
            f"{packed[0][:60]!r} is an archive of a kind that is not unpacked; pack the notebook into a .zip"
        )
    raise SubmissionRejected("there is neither a notebook (.ipynb) nor a Python file (.py) in it")


def _the_archive(archives: list[str], name: str) -> str:
    """The archive to unpack: the only one, or the only one called like the problem set."""
    named = [path for path in archives if is_handout(f"{stem_of(_base(path))}.py", name)]
    for several in (archives, named):
        if len(several) == 1:
            return several[0]
    raise SubmissionRejected(
        f"there are {len(archives)} archives ({_some(archives)}) and no notebook beside them; hand in the notebook, or "
        "one archive that holds it"
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


def _decode(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SubmissionRejected(f"{path} is not UTF-8 text; save it again in Jupyter") from None


def _notebook_cells(text: str, path: str) -> list[Cell]:
    if not text.strip():
        raise SubmissionRejected(f"{path} is empty; save the notebook before handing it in")
    try:
        notebook = json.loads(text)
    except MemoryError:
        raise SubmissionRejected(
            f"{path} is too large to be read; clear its outputs and save it again"
        ) from None
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise SubmissionRejected(
            f"{path} is not a notebook: its JSON is broken{where}; open it in Jupyter and save it again"
        ) from None
    if not isinstance(notebook, dict):
        raise SubmissionRejected(f"{path} is not a notebook; hand in the .ipynb file that Jupyter saved")
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):  # nbformat 3
        sheets = [sheet.get("cells") for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if not isinstance(cells, list):
        raise SubmissionRejected(f"{path} is not a notebook: it has no list of cells")
    return [
        Cell(kind, _source(cell), cell.get("outputs"), attachments=cell.get("attachments"))
        for cell in cells
        if isinstance(cell, dict) and isinstance(kind := cell.get("cell_type"), str)
    ]


def _source(cell: dict[str, object]) -> str:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _script_cells(text: str) -> list[str]:
    """The cells of a Python file: at its markers if it has some, else one for each top-level statement.

    Statement by statement, so that one that fails does not take the rest of the file with it.
    """
    starts = [match.start() for match in _PERCENT_CELL.finditer(text)]
    if starts:
        bounds = [0, *starts, len(text)]
        return [text[a:b] for a, b in itertools.pairwise(bounds) if text[a:b].strip()]
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [text]
    lines = io.StringIO(
        text, newline=""
    ).readlines()  # as Python counts them; str.splitlines knows more line ends
    firsts = [
        min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
        for node in statements
    ]
    # Each cell reaches to the next statement's first line, so that no comment is lost; statements that
    # share a line stay together, also one that a backslash goes on from.
    apart = {first for first in firsts if not lines[first - 2].rstrip("\r\n").endswith("\\")} | {*firsts[:1]}
    bounds = [*sorted(apart), len(lines) + 1]
    return ["".join(lines[a - 1 : b - 1]) for a, b in itertools.pairwise(bounds)]
