"""The problem sets of this course as students get them: complete, and on their machines the solution alone passes."""

from __future__ import annotations

import json

import pytest

from grader.build import build, solution_notebook
from grader.build.notebooks import notebook_bytes
from grader.local import check_notebook
from grader.pset import load_problem_set
from tools.psets import ready


@pytest.mark.parametrize("folder", ready(), ids=lambda p: p.name)
def test_it_builds_and_its_solution_passes_and_its_starter_fails(folder, tmp_path):
    pset = load_problem_set(folder)
    build(pset, tmp_path)
    student = tmp_path / "student"
    cells = json.loads((student / f"{pset.name}.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    otters = ("# Initialize Otter", "grader.")
    assert [cell for cell in code if not cell.startswith(otters)] == pset.starter_cells()
    public = {test.question for test in pset.tests if test.public}
    assert {file.stem for file in (student / "tests").glob("*.py")} == public
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
    assert {f'grader.check("{q.question}")' for q in blank.questions} <= set(code)
