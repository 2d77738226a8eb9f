"""What students get: it comes from otter-assign, is complete, and is the same every time."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from grader.build import build, solution_notebook
from grader.errors import CourseError
from grader.pset import load_problem_set
from grader.wheel import own_wheel
from tests.pset.tiny import write_tiny_course

COURSE = Path(__file__).resolve().parents[2]


def code(notebook: Path) -> list[str]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def is_otters(source: str) -> bool:
    return source.startswith(("# Initialize Otter", "grader."))


def test_the_folder_and_the_zip_hold_the_same_files(built):
    files = {f.relative_to(built / "student").as_posix(): f.read_bytes()
             for f in (built / "student").rglob("*") if f.is_file()}  # fmt: skip
    given = ["tests/gradmark.json", "tests/q1.py"]
    assert sorted(files) == ["README.md", own_wheel()[0], "samples.csv", *given, "tiny.ipynb"]
    with zipfile.ZipFile(built / "tiny-student.zip") as archive:
        assert {name.removeprefix("tiny/"): archive.read(name) for name in archive.namelist()} == files


def test_building_twice_gives_the_same_bytes(tiny, built, tmp_path):
    build(tiny, tmp_path)
    assert (tmp_path / "tiny-student.zip").read_bytes() == (built / "tiny-student.zip").read_bytes()


def test_the_readme_installs_the_wheel_beside_it(built):
    """It installs the file; no name to look up in an index is ours."""
    readme = (built / "student" / "README.md").read_text()
    (line,) = [line.split() for line in readme.splitlines() if "pip install" in line]
    assert line[:4] == ["python", "-m", "pip", "install"]
    assert [word for word in line if word.startswith("gradmark")] == [own_wheel()[0]]
    assert (built / "student" / own_wheel()[0]).read_bytes() == own_wheel()[1]


def test_starter_cells_are_the_students_cells(tiny, built):
    cells = [c for c in code(built / "student" / "tiny.ipynb") if not is_otters(c)]
    assert cells == tiny.starter_cells()


def test_answers_are_editable_and_questions_are_not(built):
    cells = json.loads((built / "student" / "tiny.ipynb").read_text())["cells"]
    locked = {"".join(c["source"]): not c["metadata"].get("editable", True) for c in cells}
    assert not locked['def mean(x):\n    """The mean of x (N,)."""\n    ...']
    assert not locked["_Type your answer here, replacing this text._"]
    assert locked["## Question 2"]


def test_a_manual_question_without_an_answer_gets_a_place_to_write(tmp_path):
    block = "```otter\n# BEGIN SOLUTION\n```\n\nBecause heavy samples pull the centre towards themselves.\n\n"
    end = "```otter\n# END SOLUTION\n# the model answer ends here\n```\n\n"
    pset = load_problem_set(write_tiny_course(tmp_path / "course", tiny=(block + end, "")))
    build(pset, tmp_path / "out")
    text = (tmp_path / "out" / "student" / "tiny.ipynb").read_text()
    assert "_Type your answer here" in text


def test_a_bonus_test_says_so_to_students(tmp_path):
    suite = ('@question("q1", points=1, public=True)', '@question("q1", points="1/3", public=True, bonus=True)')
    settings = ("points: 3", "points: 2")
    pset = load_problem_set(write_tiny_course(tmp_path / "course", test_means=suite, pset=settings))
    build(pset, tmp_path / "out")
    tests = (tmp_path / "out" / "student" / "tests" / "q1.py").read_text()
    assert "The mean of 1, 2 and 6 is 3 (bonus)" in tests
    assert tests.count("(bonus)") == 1
    assert "points=0.33" in tests


def test_the_solution_notebook_is_for_staff_and_solved(tiny):
    sources = [c["source"] for c in solution_notebook(tiny)["cells"] if c["cell_type"] == "code"]
    assert sources == tiny.solution_cells()


def test_a_wrong_course_is_not_built(tmp_path):
    course = write_tiny_course(tmp_path / "course", tiny=("def mean(x):", "def mean(z):"))
    with pytest.raises(CourseError, match="mean takes"):
        build(load_problem_set(course), tmp_path / "out")
    assert not (tmp_path / "out").exists()
