"""What the readers find in one notebook of nbgrader's: cells, points, regions, and what nbgrader refuses."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grader.adopt.assignment import Assignment
from grader.adopt.nbgrader.assignment import read_nbgrader
from grader.adopt.nbgrader.notebook import without_region
from grader.errors import CourseError


def by_name(assignment: Assignment) -> dict[str, Any]:
    return {test.name: test for question in assignment.questions for test in question.tests}


def a_cell(source: str, kind: str = "code", **ours: object) -> dict[str, Any]:
    flags = {"grade": False, "solution": False, "locked": False, "schema_version": 3} | ours
    return {"cell_type": kind, "metadata": {"nbgrader": flags}, "source": source, "outputs": []}


def a_test(name: str, source: str = "assert x", **ours: object) -> dict[str, Any]:
    return a_cell(source, **({"grade": True, "locked": True, "grade_id": name, "points": 1} | ours))


def an_answer(name: str, source: str = "x = 1") -> dict[str, Any]:
    return a_cell(source, solution=True, grade_id=name)


def a_notebook(path: Path, *cells: dict[str, Any], **metadata: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n  # BEGIN x\nb\n# END\nc", ("a\n  ...\n  pass\nc", True, False)),
        ("a\n# END\nb", ("a\nb", False, False)),
        ("# BEGIN\na\n# BEGIN\nb\n# END\nc", ("...\npass\nc", True, True)),
        ("a\n# BEGIN\nb", ("a\n...\npass", True, True)),
        ("a\r\n\tBEGIN END\nb\nEND", ("a\r\n\t...\n\tpass", True, False)),
        ("", ("", False, False)),
    ],
)
def test_regions_are_replaced_as_nbgrader_does(text: str, expected: tuple[str, bool, bool]) -> None:
    assert without_region(text, "BEGIN", "END", "...\npass") == expected


@pytest.mark.parametrize(
    ("points", "schema", "expected", "doubted"),
    [
        (2, 3, Fraction(2), False),
        (0.1, 3, Fraction(1, 10), False),
        ("1.5", 1, Fraction(3, 2), False),
        (1e-05, 3, Fraction(1, 100_000), False),
        ("", 0, Fraction(0), False),
        (-1, 0, Fraction(0), False),
        (-1, 3, Fraction(0), True),
        ("many", 3, Fraction(0), True),
        (None, 3, Fraction(0), True),
        (float("nan"), 3, Fraction(0), True),
        (float("inf"), 3, Fraction(0), True),
        (1e300, 3, Fraction(0), True),
    ],
)
def test_points_are_exact(
    points: object, schema: int, expected: Fraction, doubted: bool, tmp_path: Path
) -> None:
    path = a_notebook(tmp_path / "n.ipynb", an_answer("a"), a_test("t", points=points, schema_version=schema))
    assignment = read_nbgrader(path)
    assert assignment.questions[0].points == expected
    assert bool(assignment.doubts) == doubted


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        {"kernelspec": {"name": "conda-env-x-py", "language": "python"}},
        {"language_info": {"name": "python"}},
    ],
)
def test_notebooks_in_python_are_read(metadata: dict[str, Any], tmp_path: Path) -> None:
    assert read_nbgrader(a_notebook(tmp_path / "n.ipynb", a_test("t"), **metadata)).questions


@pytest.mark.parametrize(
    ("metadata", "called"),
    [
        ({"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}, "R"),
        ({"kernelspec": {"name": "julia-1.9"}}, "julia-1.9"),
        ({"language_info": {"name": "octave"}}, "octave"),
    ],
)
def test_another_kernel_is_refused_by_its_name(metadata: dict[str, Any], called: str, tmp_path: Path) -> None:
    path = a_notebook(tmp_path / "n.ipynb", a_test("t"), **metadata)
    with pytest.raises(CourseError, match=f"for the kernel {called}; only notebooks in Python"):
        read_nbgrader(path)


def test_of_cells_with_the_same_name_the_last_counts(tmp_path: Path) -> None:
    path = a_notebook(
        tmp_path / "n.ipynb", a_test("t", "assert 1", points=2), a_test("t", "assert 2", points=3)
    )
    assignment = read_nbgrader(path)
    assert [(q.name, q.points, q.tests[0].source) for q in assignment.questions] == [("t", 3, "assert 2")]
    assert [(cell.part, cell.locked) for cell in assignment.cells] == [("given", False), ("test", True)]
    assert "t twice" in assignment.doubts[0]


def test_cells_without_a_name(tmp_path: Path) -> None:
    locked = a_cell("import math", locked=True)
    assignment = read_nbgrader(a_notebook(tmp_path / "n.ipynb", locked, locked, a_test("t"), an_answer("a")))
    assert [cell.locked for cell in assignment.cells] == [False, False, True, False]
    (doubt,) = assignment.doubts
    assert "cell 1, cell 2 of n.ipynb should have a grade_id" in doubt
    with pytest.raises(CourseError, match=r"Cell 2 of .* has no grade_id"):
        read_nbgrader(a_notebook(tmp_path / "m.ipynb", a_test("t"), a_test("")))


@pytest.mark.parametrize(
    ("cells", "doubt"),
    [
        ([a_test("t", "assert 1\n### BEGIN HIDDEN TESTS\nassert 2")], "without an end"),
        ([a_test("t"), a_cell("### BEGIN SOLUTION\nx = 1\n### END SOLUTION")], "not marked as one"),
        ([a_test("t"), a_cell("### BEGIN HIDDEN TESTS\nx = 1\n### END HIDDEN TESTS")], "gives no points"),
        ([a_test("t"), an_answer("a"), {**a_test("m"), "cell_type": "markdown"}], "a person grades it"),
    ],
)
def test_what_nbgrader_refuses_is_a_doubt(cells: list[dict[str, Any]], doubt: str, tmp_path: Path) -> None:
    assignment = read_nbgrader(a_notebook(tmp_path / "n.ipynb", *cells))
    assert any(doubt in one for one in assignment.doubts)
    assert not any(mark in cell.source for cell in assignment.cells for mark in ("x = 1", "assert 2"))


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="schema 4; up to 3"):
        read_nbgrader(a_notebook(tmp_path / "n.ipynb", a_test("t", schema_version=4)))


def test_a_notebook_of_format_3(tmp_path: Path) -> None:
    test = a_test("t", schema_version=1)
    heading = {"cell_type": "heading", "level": 2, "source": ["Old"], "metadata": {}}
    cells = [heading, {**test, "input": ["assert 1\n", "assert 2"]}]
    del cells[1]["source"]
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps({"worksheets": [{"cells": cells}], "metadata": {}, "nbformat": 3}))
    assignment = read_nbgrader(path)
    assert by_name(assignment)["t"].source == "assert 1\nassert 2"
    assert assignment.title == "Old"


def test_a_solution_beside_its_assignment_is_noticed(tmp_path: Path) -> None:
    for name in ("lab", "lab_ans"):
        a_notebook(tmp_path / f"{name}.ipynb", an_answer("a"), a_test("t"), a_test("u"))
    (doubt,) = read_nbgrader(tmp_path).doubts
    assert "lab.ipynb and lab_ans.ipynb have the same grade_ids" in doubt


def test_a_notebook_with_nothing_filled_in_is_not_solved(tmp_path: Path) -> None:
    for text in ("# YOUR CODE HERE\nraise NotImplementedError()", "", "# here\n...", "pass"):
        path = a_notebook(tmp_path / "source" / "ps1" / "n.ipynb", an_answer("a", text), a_test("t"))
        assert not read_nbgrader(path).solved
        assert read_nbgrader(path).cells[0].solution is None


# Tests that nbgrader writes -------------------------------------------------------------------------------------


def with_autotest(root: Path) -> Path:
    source = (
        "import math\n### HASHED AUTOTEST x\n### BEGIN HIDDEN TESTS\n### AUTOTEST x + 1\n### END HIDDEN TESTS"
    )
    a_notebook(root / "source" / "ps1" / "n.ipynb", an_answer("a"), a_test("t", source, points=2))
    return root


def test_tests_that_are_not_written_yet_are_left_to_a_person(tmp_path: Path) -> None:
    assignment = read_nbgrader(with_autotest(tmp_path))
    (question,) = assignment.questions
    assert (question.manual, question.tests, question.points) == (True, (), 2)
    assert "the tests of t of source/ps1/n.ipynb are still to be written by nbgrader" in assignment.doubts[0]


def test_tests_are_taken_from_what_nbgrader_wrote(tmp_path: Path) -> None:
    course = with_autotest(tmp_path)
    a_notebook(course / "release" / "ps1" / "n.ipynb", an_answer("a"), a_test("t", "assert x == 1", points=2))
    assignment = read_nbgrader(course)
    assert by_name(assignment)["t"].source == "assert x == 1"
    assert assignment.doubts == ()
    full = "assert x == 1\n### BEGIN HIDDEN TESTS\nassert x + 1 == 2\n### END HIDDEN TESTS"
    a_notebook(course / "source_with_tests" / "ps1" / "n.ipynb", an_answer("a"), a_test("t", full, points=2))
    test = by_name(read_nbgrader(course))["t"]
    assert (test.released, test.source, test.hidden) == (
        "assert x == 1",
        "assert x == 1\nassert x + 1 == 2",
        True,
    )
