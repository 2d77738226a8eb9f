"""`gradmark check` on a built notebook, with and without IPython, and without otter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.build import build
from grader.errors import GradmarkError, SubmissionRejected
from grader.local import check_notebook
from grader.pset import load_problem_set
from tests.pset.tiny import write_tiny_course

STARTER = 'def mean(x):\n    """The mean of x (N,)."""\n    ...'
RIGHT = "def mean(x):\n    return x.mean()"
WRONG = "def mean(x):\n    return (x[0] + x[-1]) / 2"


@pytest.fixture(scope="module")
def student(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("built")
    build(load_problem_set(write_tiny_course(tmp_path_factory.mktemp("course"))), out)
    return out / "student"


def answered(student: Path, answer: str, name: str = "mine.ipynb", extra: str | None = None) -> Path:
    notebook = json.loads((student / "tiny.ipynb").read_text())
    for cell in notebook["cells"]:
        if "".join(cell["source"]) == STARTER:
            cell["source"] = answer
    if extra is not None:
        blank = {"cell_type": "code", "source": extra, "metadata": {}, "outputs": [], "execution_count": None}
        notebook["cells"].insert(0, blank)
    (student / name).write_text(json.dumps(notebook))
    return student / name


@pytest.fixture(params=["ipython", "plain"])
def interpreter(request, monkeypatch):
    if request.param == "plain":
        monkeypatch.setitem(sys.modules, "IPython.core.interactiveshell", None)


@pytest.mark.usefixtures("interpreter")
def test_a_right_answer_passes(student):
    report = check_notebook(answered(student, RIGHT))
    assert report.passed
    assert report.errors == []
    assert [(q.question, len(q.tests)) for q in report.questions] == [("q1", 3)]


@pytest.mark.usefixtures("interpreter")
def test_a_wrong_answer_fails_with_the_tests_own_message(student):
    report = check_notebook(answered(student, WRONG), "q1")
    assert not report.passed
    assert [t.passed for t in report.questions[0].tests] == [False, True, True]
    first = report.questions[0].tests[0]
    assert first.title == "The mean of 1, 2 and 6 is 3"
    assert first.message == "mean: wrong value\nexpected 3.0, got 3.5"


@pytest.mark.usefixtures("interpreter")
@pytest.mark.parametrize("bad", ["1/0", "raise SystemExit(3)", "this is not python"])
def test_a_cell_that_stops_is_named_and_the_rest_runs(student, bad):
    report = check_notebook(answered(student, RIGHT, extra=bad))
    assert report.passed
    assert [e.cell for e in report.errors] == [1]


@pytest.mark.usefixtures("interpreter")
def test_otters_calls_and_magics_are_harmless(student):
    extra = "%config Completer.use_jedi = False\nimport otter\notter.Notebook().check('q1')"
    report = check_notebook(answered(student, RIGHT, extra=extra))
    assert report.passed
    assert report.errors == []


def test_the_surroundings_are_put_back(student):
    before = Path.cwd(), os.environ.get("MPLBACKEND"), list(sys.path), sys.modules["__main__"]
    check_notebook(answered(student, RIGHT))
    assert before == (Path.cwd(), os.environ.get("MPLBACKEND"), sys.path, sys.modules["__main__"])
    assert "Notebook" not in vars(sys.modules.get("otter", object)) or hasattr(
        sys.modules["otter"], "__file__"
    )


def test_bad_input_is_one_sentence(student, tmp_path):
    with pytest.raises(SubmissionRejected, match=r"does not exist; give the path of your notebook"):
        check_notebook(tmp_path / "none.ipynb")
    (tmp_path / "broken.ipynb").write_text("{")
    with pytest.raises(SubmissionRejected, match="is not a notebook; save it again"):
        check_notebook(tmp_path / "broken.ipynb")
    (tmp_path / "alone.ipynb").write_text('{"cells": []}')
    with pytest.raises(GradmarkError, match=r"no tests/ beside .*alone.ipynb"):
        check_notebook(tmp_path / "alone.ipynb")
    with pytest.raises(GradmarkError, match="question 'q9' has no public tests; there is q1"):
        check_notebook(answered(student, RIGHT), "q9")


def test_numpy_and_click_are_enough(student):
    """The command itself on a machine that has none of the staff's packages."""
    notebook = answered(student, RIGHT, "lonely.ipynb")
    absent = ("otter", "IPython", "msgspec", "yaml", "nbformat", "jupytext", "pytest", "rich", "traitlets")
    program = (
        "import sys\n"
        f"sys.modules.update(dict.fromkeys({absent!r}))\n"
        "from grader.cli import main\n"
        f"main(['check', {str(notebook)!r}])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "q1  passed  3 of 3\n"
