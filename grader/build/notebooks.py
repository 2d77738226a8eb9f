"""The handout as notebooks: otter-assign's master, and the solved one for staff."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from typing import Any

import yaml

from grader.errors import CourseError
from grader.notebook.cells import joined
from grader.points import as_json
from grader.pset import Cell, ProblemSet, Question, public_tests
from grader.pset.otter import holds_solution

__all__ = ["master_notebook", "normalise", "notebook_bytes", "solution_notebook", "stored_bytes"]

Notebook = dict[str, Any]

_ANSWER = "_Type your answer here, replacing this text._"


def _cell(kind: str, source: str, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "metadata": dict(metadata or {}), "source": source}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell


def normalise(notebook: Notebook) -> Notebook:
    """The notebook without what differs between two runs: ids, outputs, counts, kernel details."""
    cells: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for cell in notebook["cells"]:
        source = joined(cell["source"])
        kept = _cell(cell["cell_type"], source, cell.get("metadata"))
        # The id follows from the cell's own text, so that editing one cell changes no other id.
        nth = seen[source] = seen.get(source, -1) + 1
        kept["id"] = hashlib.sha256(f"{nth}:{cell['cell_type']}:{source}".encode()).hexdigest()[:12]
        cells.append(kept)
    metadata = {key: value for key, value in notebook.get("metadata", {}).items() if key == "otter"}
    metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata["language_info"] = {"file_extension": ".py", "name": "python"}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def notebook_bytes(notebook: Notebook) -> bytes:
    """The notebook as a file in Jupyter's layout; the same notebook always gives the same bytes."""
    stored = json.loads(json.dumps(notebook))
    for cell in stored["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    return stored_bytes(stored)


def stored_bytes(stored: Notebook) -> bytes:
    """A notebook whose texts are lists of lines already, as a file."""
    return (json.dumps(stored, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def solution_notebook(pset: ProblemSet) -> Notebook:
    """The solved handout, for staff only: it is never written beside students' files."""
    return normalise({"cells": [_plain(cell) for cell in pset.solved_cells if cell.kind != "raw"]})


def _plain(cell: Cell) -> dict[str, Any]:
    return _cell(cell.kind, cell.source, cell.metadata)


def master_notebook(pset: ProblemSet) -> Notebook:
    """otter-assign's input: the solved handout with its tags, and the public tests."""
    tests = _test_cells(pset)
    cells: list[dict[str, Any]] = []
    answered = False
    for cell in pset.solved_cells:
        question = pset.question(cell.question) if cell.question else None
        match cell.tag:
            case "assignment config":
                cells.append(_cell("raw", _config(pset, cell.source)))
            case "begin question" if question is not None:
                answered = False
                cells.append(_cell("raw", _question(question)))
            case "end question" if question is not None:
                if question.manual and not answered:
                    cells += _between("PROMPT", [_cell("markdown", _ANSWER)])
                cells += _between("TESTS", tests.pop(question.id, []))
                cells.append(_cell("raw", "# END QUESTION"))
            case tag:
                # otter-assign locks a question's cells outside solution blocks, and leaves answers in them.
                wrap = cell.kind == "code" and cell.block is None and holds_solution(cell.source)
                answered = answered or wrap or tag in ("begin solution", "begin prompt")
                cells += _between("SOLUTION", [_plain(cell)]) if wrap else [_plain(cell)]
    if not any(cell.tag == "assignment config" for cell in pset.solved_cells):
        cells.insert(0, _cell("raw", _config(pset, "")))
    return normalise({"cells": cells})


def _between(name: str, cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells in a block of otter's, if there are any."""
    return [_cell("raw", f"# BEGIN {name}"), *cells, _cell("raw", f"# END {name}")] if cells else []


def _test_cells(pset: ProblemSet) -> dict[str, list[dict[str, Any]]]:
    """Public tests as otter's test cells, by question."""
    tests: dict[str, list[dict[str, Any]]] = {}
    for test in public_tests(pset):
        config = yaml.safe_dump({"points": _number(test.points), "hidden": False})
        cell = _cell("code", f'""" # BEGIN TEST CONFIG\n{config}""" # END TEST CONFIG\n{test.source}')
        tests.setdefault(test.question, []).append(cell)
    return tests


def _number(points: Fraction) -> float:
    """Points for otter, whole ones without ``.0``."""
    return int(points) if points.denominator == 1 else as_json(points)


def _question(question: Question) -> str:
    config: dict[str, Any] = {"name": question.id}
    if question.manual:  # other questions' points are those of their tests, of which students have only some
        config |= {"manual": True, "points": _number(question.points)}
    return "# BEGIN QUESTION\n" + yaml.safe_dump(config, sort_keys=False)


def _config(pset: ProblemSet, source: str) -> str:
    """The handout's own otter settings, overridden by those that the build needs."""
    try:
        given = yaml.safe_load(source) or {}
        if not isinstance(given, dict):
            raise yaml.YAMLError("not a mapping")
    except yaml.YAMLError:
        raise CourseError(
            f"{pset.shown(pset.handout_path)}: # ASSIGNMENT CONFIG is not YAML; correct it"
        ) from None
    ours = {
        "name": pset.name,
        "init_cell": True,
        "generate": False,
        "run_tests": False,
        "suppress_no_tests_warning": True,
        "tests": {"files": True, "ok_format": False},
    }
    return "# ASSIGNMENT CONFIG\n" + yaml.safe_dump({"export_cell": False} | given | ours, sort_keys=False)
