"""The second course is written with the public interface alone, and has no errors in its files."""

import ast
from pathlib import Path

import pytest

import grader
from grader.pset import load_problem_set
from grader.validate import examine

COURSE = Path(__file__).resolve().parents[2] / "examples" / "linear-algebra"
FILES = sorted(COURSE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(COURSE).as_posix())
def test_it_imports_only_what_a_course_may(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert {alias.name.split(".")[0] for alias in node.names} <= {"numpy", "pytest", "reference"}
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None
            if node.module == "grader":
                assert {alias.name for alias in node.names} <= set(grader.__all__)
            else:
                assert node.module.split(".")[0] in ("__future__", "numpy", "reference")


def test_nothing_of_the_tool_knows_it():
    sources = [file.read_text(encoding="utf-8") for file in COURSE.parents[1].glob("grader/**/*.py")]
    assert not any("householder" in source or "power_iteration" in source for source in sources)


def test_its_files_have_no_errors_and_it_is_of_a_real_size():
    folder = COURSE / "psets" / "la1"
    assert examine(folder) == []
    problem_set = load_problem_set(folder)
    assert len(problem_set.questions) == 6
    assert len(problem_set.mistakes()) >= 25
    assert {one.function for one in problem_set.alternatives()} == set(problem_set.functions)
