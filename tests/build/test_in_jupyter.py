"""The built notebook in a real kernel: grader.check runs the public tests, with our messages."""

from __future__ import annotations

import shutil

import nbclient
import nbformat
import pytest

STARTER = 'def mean(x):\n    """The mean of x (N,)."""\n    ...'


def check_output(student, answer: str, tmp_path) -> str:
    """The output of ``grader.check("q1")`` after all cells ran, with ``answer`` in the notebook."""
    notebook = nbformat.read(student / "tiny.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.source == STARTER:
            cell.source = answer
    nbclient.NotebookClient(
        notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": str(student)}}
    ).execute()
    check = next(c for c in notebook.cells if c.source == 'grader.check("q1")')
    return "".join(o.get("data", {}).get("text/plain", "") + o.get("text", "") for o in check.outputs)


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("def mean(x):\n    return x.mean()", ["q1 results: All test cases passed!"]),
        (
            "def mean(x):\n    return x.sum()",
            ["q1 results", "CheckFailed: mean: wrong value", "expected 3.0, got 9.0"],
        ),
        (
            "def mean(x):\n    return x.middle",
            ["StudentError: `mean` raised AttributeError at line 2 of its cell", "no attribute 'middle"],
        ),
        ("average = 3", ["StudentMissing: `mean` is not defined in your notebook"]),
    ],
    ids=["right", "wrong", "raises", "missing"],
)
def test_grader_check_in_a_kernel(built, tmp_path, answer, shown):
    student = shutil.copytree(built / "student", tmp_path / "student")
    output = check_output(student, answer, tmp_path)
    for part in shown:
        assert part in output


def test_a_notebook_shows_the_same_messages_as_tidy_html(built, tmp_path):
    student = shutil.copytree(built / "student", tmp_path / "student")
    notebook = nbformat.read(student / "tiny.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.source == STARTER:
            cell.source = "def mean(x):\n    return x.middle"
    nbclient.NotebookClient(
        notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": str(student)}}
    ).execute()
    check = next(c for c in notebook.cells if c.source == 'grader.check("q1")')
    (page,) = [o["data"]["text/html"] for o in check.outputs if "text/html" in o.get("data", {})]
    assert "q1: 0 of 3 checks pass." in page
    assert "The mean of 1, 2 and 6 is 3" in page, "a test is called by its title"
    assert "<code>mean</code> raised AttributeError at line 2 of its cell" in page
    assert "no attribute &#x27;middle&#x27;" in page
    assert "in test q1" not in page, "the line of our test says nothing to a student"
