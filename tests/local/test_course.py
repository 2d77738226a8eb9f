"""The problem sets of this course on a student's machine: the solution passes, the starter does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.build import build, solution_notebook
from grader.build.notebooks import notebook_bytes
from grader.local import check_notebook
from grader.pset import load_problem_set

FOLDERS = sorted(p.parent for p in Path(__file__).resolve().parents[2].glob("psets/*/pset.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_the_solution_passes_and_the_starter_fails(folder, tmp_path):
    pset = load_problem_set(folder)
    build(pset, tmp_path)
    student = tmp_path / "student"
    (student / "solved.ipynb").write_bytes(notebook_bytes(solution_notebook(pset)))
    solved = check_notebook(student / "solved.ipynb")
    assert [t.message for q in solved.questions for t in q.tests if not t.passed] == []
    assert solved.errors == []
    blank = check_notebook(student / f"{pset.name}.ipynb")
    assert not any(question.passed for question in blank.questions)
    for question in blank.questions:
        for test in question.tests:
            assert test.message
            assert "Traceback" not in test.message
    notebook = json.loads((student / f"{pset.name}.ipynb").read_text(encoding="utf-8"))
    checks = {"".join(c["source"]) for c in notebook["cells"]}
    assert {f'grader.check("{q.question}")' for q in blank.questions} <= checks
