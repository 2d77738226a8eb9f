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
from grader.pset import Cell, ProblemSet, public_tests

__all__ = ["master_notebook", "normalise", "notebook_bytes", "solution_notebook"]

Notebook = dict[str, Any]

_ANSWER = "_Type your answer here, replacing this text._"


def _cell(kind: str, source: str, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "metadata": dict(metadata or {}), "source": source}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell


def normalise(notebook: Notebook) -> Notebook:
    """The notebook with what differs between two runs taken out: ids, outputs, counts, kernel details."""
    cells: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for cell in notebook["cells"]:
        source = joined(cell["source"])
        kept = _cell(cell["cell_type"], source, cell.get("metadata"))
        # A cell's own text names it, so that editing one cell of the handout changes no other id.
        nth = seen[source] = seen.get(source, -1) + 1
        kept["id"] = hashlib.sha256(f"{nth}:{cell['cell_type']}:{source}".encode()).hexdigest()[:12]
        cells.append(kept)
    metadata = {key: value for key, value in notebook.get("metadata", {}).items() if key == "otter"}
    metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata["language_info"] = {"file_extension": ".py", "name": "python"}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def notebook_bytes(notebook: Notebook) -> bytes:
    """The notebook as a file, always the same bytes for the same notebook, as Jupyter would lay it out."""
    stored = json.loads(json.dumps(notebook))
    for cell in stored["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    return (json.dumps(stored, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def solution_notebook(pset: ProblemSet) -> Notebook:
    """The solved handout, for staff: never written where a student's files are."""
    return normalise({"cells": [_plain(c) for c in pset.solved_cells if c.kind != "raw"], "metadata": {}})


def _plain(cell: Cell) -> dict[str, Any]:
    return _cell(cell.kind, cell.source, cell.metadata)


def master_notebook(pset: ProblemSet) -> Notebook:
    """What otter-assign is given: the solved handout, its tags and the public tests.

    Raises `CourseError` for a question whose handout block cannot be built.
    """
    tests: dict[str, list[dict[str, Any]]] = {}
    for test in public_tests(pset):
        config = yaml.safe_dump({"points": _number(test.points), "hidden": False})
        tests.setdefault(test.question, []).append(
            _cell("code", f'""" # BEGIN TEST CONFIG\n{config}""" # END TEST CONFIG\n{test.source}')
        )
    cells: list[dict[str, Any]] = []
    answered = False
    for cell in pset.solved_cells:
        question = pset.question(cell.question) if cell.question else None
        match cell.tag:
            case "assignment config":
                cells.append(_cell("raw", _config(pset, cell.source)))
                continue
            case "begin question":
                assert question is not None
                answered = False
                cells.append(_cell("raw", _question(question.id, _number(question.points), question.manual)))
                continue
            case "end question":
                assert question is not None
                if question.manual and not answered:
                    cells += [_cell("raw", "# BEGIN PROMPT"), _cell("markdown", _ANSWER)]
                    cells += [_cell("raw", "# END PROMPT")]
                if tests.get(question.id):
                    cells += [_cell("raw", "# BEGIN TESTS"), *tests.pop(question.id)]
                    cells += [_cell("raw", "# END TESTS")]
                cells.append(_cell("raw", "# END QUESTION"))
                continue
            case "begin solution" | "begin prompt":
                answered = True
        # otter-assign locks the cells of a question outside a solution block, and leaves answers in them.
        wrap = cell.kind == "code" and cell.block is None and "# BEGIN SOLUTION" in cell.source
        if wrap and question is None:
            raise CourseError(
                f"{pset.shown(pset.handout_path)}:{cell.line}: a solution stands outside a question; move it "
                "between # BEGIN QUESTION and # END QUESTION"
            )
        answered = answered or wrap
        cells += [_cell("raw", "# BEGIN SOLUTION")] if wrap else []
        cells.append(_plain(cell))
        cells += [_cell("raw", "# END SOLUTION")] if wrap else []
    if not any(cell.tag == "assignment config" for cell in pset.solved_cells):
        cells.insert(0, _cell("raw", _config(pset, "")))
    return normalise({"cells": cells, "metadata": {}})


def _number(points: Fraction) -> float:
    """Points as otter takes them, whole ones without ``.0``."""
    return int(points) if points.denominator == 1 else as_json(points)


def _question(question_id: str, points: float, manual: bool) -> str:
    # Points of an autograded question are its tests'; only some of those are in the student's hands.
    config = {"name": question_id, "manual": True, "points": points} if manual else {"name": question_id}
    return "# BEGIN QUESTION\n" + yaml.safe_dump(config, sort_keys=False)


def _config(pset: ProblemSet, source: str) -> str:
    """The handout's own otter settings, under those that the build relies on."""
    try:
        given = yaml.safe_load(source) or {}
        if not isinstance(given, dict):
            raise yaml.YAMLError("not a mapping")
    except yaml.YAMLError:
        raise CourseError(
            f"{pset.shown(pset.handout_path)}: # ASSIGNMENT CONFIG is not YAML; mend it"
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
