"""docs/lecture-map.md names what exists, all rows of the lecture, and all of the course."""

import ast
import re
from pathlib import Path

import pytest

import reference
from grader.pset import load_problem_set

ROOT = Path(__file__).parents[1]
HEAD = ["Row", "Topic", "Reference", "Questions", "Judged by", "Proven by"]


def table():
    """The map's rows, each a dictionary by column."""
    text = (ROOT / "docs" / "lecture-map.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0] == HEAD
    return [dict(zip(HEAD, row, strict=True)) for row in cells[2:]]


ROWS = table()
every_row = pytest.mark.parametrize("row", ROWS, ids=[row["Row"] for row in ROWS])
PSETS = {folder.name: load_problem_set(folder) for folder in sorted((ROOT / "psets").glob("ps?"))}
MODULES = sorted(file.stem for file in (ROOT / "reference").glob("*.py") if file.stem != "__init__")


def quoted(cell):
    return re.findall(r"`([^`]+)`", cell)


def questions(row):
    return [tuple(name.split()) for name in row["Questions"].split(", ")]


def names_of(module):
    """The public names of a module of the reference, which need not be importable here."""
    tree = ast.parse((ROOT / "reference" / f"{module}.py").read_text(encoding="utf-8"))
    (names,) = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    return names


def proofs_in(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_the_rows_are_those_of_the_lecture():
    assert [row["Row"] for row in ROWS] == [f"L{number}" for number in range(1, 22)]
    assert all(row["Topic"] for row in ROWS)


@every_row
def test_every_function_of_the_reference_exists_and_says_its_row(row):
    names = quoted(row["Reference"])
    assert names
    for name in names:
        module, _, function = name.partition(".")
        assert function in names_of(module), name
    sources = [
        (ROOT / "reference" / f"{name.split('.')[0]}.py").read_text(encoding="utf-8") for name in names
    ]
    # L2 is not meant by L20.
    assert all(re.search(rf"\b{row['Row']}\b", source) for source in sources)


@every_row
def test_every_question_exists(row):
    assert questions(row)
    for pset, question in questions(row):
        assert question in {found.id for found in PSETS[pset].questions}, (pset, question)


@every_row
def test_every_test_of_a_suite_exists_and_belongs_to_a_question_of_its_row(row):
    names = quoted(row["Judged by"])
    assert names
    for name in names:
        pset, _, test = name.partition("::")
        found = [one.question for one in PSETS[pset].tests if one.name == test]
        assert found, name
        assert (pset, found[0]) in questions(row), f"{name} belongs to {found[0]}"


@every_row
def test_every_question_of_a_row_that_is_not_graded_by_hand_has_a_function_in_it(row):
    """The answer of the question is in the row's modules; choices and numbers are in the handout."""
    modules = {name.split(".")[0] for name in quoted(row["Reference"])}
    known = {name for module in modules for name in names_of(module)}
    for pset, question in questions(row):
        found = next(one for one in PSETS[pset].questions if one.id == question)
        assert found.manual or found.values or known & set(found.functions), (pset, question)


@every_row
def test_every_proof_exists(row):
    names = quoted(row["Proven by"])
    assert names
    for name in names:
        file, _, test = name.partition("::")
        assert test in proofs_in(ROOT / "tests" / "reference" / f"test_{file}.py"), name


def test_every_question_of_the_course_is_in_the_map():
    asked = {
        (name, question.id)
        for name, pset in PSETS.items()
        for question in pset.questions
        if not question.manual
    }
    assert asked <= {question for row in ROWS for question in questions(row)}


def test_every_module_of_the_reference_is_listed_and_in_the_map():
    assert reference.__all__ == MODULES
    assert {name.split(".")[0] for row in ROWS for name in quoted(row["Reference"])} == set(MODULES)
    for module in MODULES:
        assert f"`{module}`" in reference.__doc__
