"""Public tests of figures, output and files, run by `gradmark check` as on a student's own machine."""

from __future__ import annotations

import json

import pytest

from grader.build import build
from grader.local import check_notebook
from grader.pset import load_problem_set
from grader.pset.otter import starter_source
from tests.asking.answering import COURSE


@pytest.fixture(scope="module", params=["figures", "output"])
def solved(request, tmp_path_factory):
    """The student's folder of a problem set, and its cells with the solution in them."""
    problem_set = load_problem_set(COURSE / "psets" / request.param)
    out = tmp_path_factory.mktemp(request.param)
    build(problem_set, out)
    notebook = json.loads((out / "student" / f"{request.param}.ipynb").read_text())
    starters = {starter_source(cell): cell for cell in problem_set.solution_cells()}
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        cell["source"] = starters.get(source, source)
    return out / "student", request.param, notebook


def told(solved, change=lambda source: source):
    folder, name, notebook = solved
    changed = json.loads(json.dumps(notebook))
    for cell in changed["cells"]:
        cell["source"] = change(cell["source"])
    (folder / f"{name}.ipynb").write_text(json.dumps(changed))
    (folder / "run.csv").write_text("mine")
    report = check_notebook(folder / f"{name}.ipynb")
    assert (folder / "run.csv").read_text() == "mine"
    return {
        question.question: "\n".join(test.message for test in question.tests if not test.passed)
        for question in report.questions
    }


def test_the_solution_passes(solved):
    assert set(told(solved).values()) == {""}


def test_slips_are_told_as_in_grading(solved):
    name = solved[1]
    if name == "figures":
        found = told(
            solved, lambda source: source.replace('plt.xlabel("error")', "").replace("plt.plot(", "plt.bar(")
        )
        assert found["q2"] == "the histogram has no x label: set it with `ax.set_xlabel`."
        found = told(
            solved, lambda source: source.replace("plt.hist", "np.histogram").replace("plt.xlabel", "len")
        )
        assert found["q2"].startswith("The cell of q2 draws no figure")
        found = told(
            solved,
            lambda source: source.replace("    axes.plot(epochs, test", "    axes.scatter(epochs, test"),
        )
        assert "line 2 of 2 is drawn as points" in found["q1"]
    else:
        found = told(
            solved, lambda source: source.replace("epoch {", "Epoch {").replace("losses.npy", "losses")
        )
        assert "In line 1, `report` prints `Epoch` where `epoch` was asked for." in found["q1"]
        assert "Expected:\nepoch 1: loss=0.7000, accuracy=50.0%\n" in found["q1"]
        assert found["q3"] == ""
        found = told(solved, lambda source: source.replace('np.save("losses.npy"', 'np.save("Losses.npy"'))
        assert found["q3"] == "The notebook writes no file losses.npy, but Losses.npy."
