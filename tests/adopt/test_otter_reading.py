"""What the readers of otter's family find in assignments of every form, in notebooks, folders and archives."""

from __future__ import annotations

import ast
import doctest
import io
import json
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from otter.test_files.abstract_test import TestCase as OtterCase
from otter.test_files.abstract_test import TestFile as OtterFile

from grader.adopt.assignment import Assignment, Question
from grader.adopt.otter.assignment import looks_like_otter, read_otter
from grader.errors import CourseError

from .otter_courses import COURSES, Homework
from .otter_courses import homework as written
from .otter_courses.writing import write

OK = 'test = {"name": "q1", "points": 2, "suites": [{"cases": [{"code": ">>> x\\n1"}]}]}'


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Assignment]]:
    """Every course's path and what was read there."""
    found = {}
    for homework in COURSES:
        path = write(homework, tmp_path_factory.mktemp("course") / homework.name)
        found[homework.name] = (path, read_otter(path))
    return found


every_course = pytest.mark.parametrize("homework", COURSES, ids=lambda homework: homework.name)


def called(homework: Homework, question: written.Question) -> str:
    """What a question is called in its test file."""
    titled = homework.titled and not homework.exceptions and not homework.form.startswith("assign")
    return f"Question {homework.questions.index(question) + 1}" if titled else question.name


def parts(assignment: Assignment, name: str) -> list[Question]:
    """The questions that stand for one of the original."""
    return [q for q in assignment.questions if q.name == name or q.name.startswith(f"{name} > Suite ")]


@every_course
def test_every_case_is_read_and_nothing_is_doubted(homework: Homework, read: Any) -> None:
    path, assignment = read[homework.name]
    assert looks_like_otter(path)
    assert assignment.doubts == ()
    assert sum(len(question.tests) for question in assignment.questions) == homework.cases
    for question in homework.tested:
        name = called(homework, question)
        tests = [test for part in parts(assignment, name) for test in part.tests]
        assert [test.name for test in tests] == [f"{name} - {k + 1}" for k in range(len(question.tests))]
        assert [test.hidden for test in tests] == [case.hidden for case in question.tests]
        for test, case in zip(tests, question.tests, strict=True):
            if test.kind == "function":
                assert case.code.strip() in test.source
                assert test.function == case.code.partition("(")[0].removeprefix("def ")
                assert "test_case" not in test.source
            else:
                assert examples(test.source)[-len(examples(case.code)) :] == examples(case.code)


def examples(text: str) -> list[tuple[str, str]]:
    """The statements of a doctest, however they are laid out, each with its expected output."""
    found = doctest.DocTestParser().get_examples(text)
    return [(ast.unparse(ast.parse(one.source)), one.want.strip()) for one in found]


@every_course
def test_points_are_those_of_the_original(homework: Homework, read: Any) -> None:
    for question in homework.tested:
        found = parts(read[homework.name][1], called(homework, question))
        tests = [test for part in found for test in part.tests]
        if homework.form == "gofer":
            assert (sum(part.points for part in found), found[0].all_or_nothing) == (1, True)
        elif homework.form == "okpy":
            assert all(part.all_or_nothing for part in found)
            whole = 1 if question.points is None else question.points
            assert [part.points for part in found] == [Fraction(str(whole)) / len(found)] * len(found)
        else:
            own = [None if homework.form == "assign-v0" else case.points for case in question.tests]
            cases = [OtterCase("", "", False, points, None, None) for points in own]
            resolved = OtterFile.resolve_test_file_points(question.points, cases)
            assert [float(test.points) for test in tests] == pytest.approx([case.points for case in resolved])
            assert found[0].all_or_nothing == question.all_or_nothing


@every_course
def test_cells_say_what_they_are_for(homework: Homework, read: Any) -> None:
    assignment = read[homework.name][1]
    if homework.form == "zip":
        assert assignment.cells == ()
        return
    for question in homework.tested:
        names = {part.name for part in parts(assignment, called(homework, question))}
        checking = [cell for cell in assignment.cells if names <= set(cell.checks)]
        assert checking
        assert checking[0].part == "check"
        if not question.prose:
            assert any(cell.part == "starter" and cell.question in names for cell in assignment.cells)
    assert not any(cell.part == "starter" and "import otter" in cell.source for cell in assignment.cells)


@every_course
def test_files_and_solutions_are_found(homework: Homework, read: Any) -> None:
    assignment = read[homework.name][1]
    assert {name: content.decode() for name, content in assignment.files.items()} == dict(homework.files)
    assert assignment.secrets
    assert assignment.seed == homework.config.get("seed")
    has_solution = homework.solved_beside or homework.form.startswith("assign")
    assert assignment.solved == has_solution
    assert (assignment.solution_file is not None) == has_solution
    if homework.form.startswith("assign"):
        answers = [cell.solution for cell in assignment.cells if cell.part == "starter"]
        for question in homework.questions:
            if not question.prose:
                assert any(answer and same_code(answer, question.answer) for answer in answers)
                assert not any(same_code(cell.source, question.answer) for cell in assignment.cells)


def same_code(one: str, other: str) -> bool:
    return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))


def test_a_master_is_read_as_otter_assign_writes_it(tmp_path: Path) -> None:
    from otter.assign import main

    homework = next(homework for homework in COURSES if homework.form == "assign" and not homework.exceptions)
    master = write(homework, tmp_path / homework.name)
    main(str(master), str(tmp_path / "dist"), no_pdfs=True, no_run_tests=True)
    ours, theirs = read_otter(master), read_otter(tmp_path)
    assert [q for q in ours.questions if q.tests] == [q for q in theirs.questions if q.tests]
    assert [cell.source for cell in ours.cells] == [cell.source for cell in theirs.cells]
    assert [(cell.part, cell.solution) for cell in ours.cells] == [(c.part, c.solution) for c in theirs.cells]
    assert (ours.files, ours.solved) == (theirs.files, theirs.solved)
    assert {path.name for path in theirs.secrets} >= {"autograder", homework.notebook}


# Notebooks and folders --------------------------------------------------------------------------------------------


def spec(*cases: dict[str, Any], **rest: Any) -> dict[str, Any]:
    """A dictionary with one suite of these cases."""
    made = [{"code": ">>> 1\n1", **case} for case in cases]
    return {"name": "q1", "suites": [{"cases": made, "type": "doctest"}], **rest}


def notebook(*cells: str, kernel: str = "python", **metadata: Any) -> str:
    """A notebook of code cells, and Markdown cells where the text begins with #!"""
    made = [
        {
            "cell_type": "markdown" if text.startswith("#!") else "code",
            "source": text.removeprefix("#!"),
            "metadata": {},
        }
        for text in cells
    ]
    metadata = {"kernelspec": {"language": kernel}, **metadata}
    return json.dumps({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def folder(where: Path, **files: str) -> Path:
    """A folder of files; two underscores stand for a slash, and a name without suffix for a notebook."""
    for name, text in files.items():
        path = where / (name.replace("__", "/") + ("" if "." in name else ".ipynb"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return where


START = "import otter\ngrader = otter.Notebook()"
CELLS = [
    (START, "check", ()),
    ("!pip install otter-grader\n" + START, "check", ()),
    ("import numpy as np\n" + START, "given", ()),
    ("grader.check('q1')", "check", ("q1",)),
    ("_ = grader.check('q1')", "check", ("q1",)),
    ("x = 1\ngrader.check('q1')", "starter", ("q1",)),  # nothing is left out in it: it is solved
    ("x = ...\ngrader.check('q1')", "starter", ("q1",)),
    ("# grader.check('q1')", "given", ()),
    ("y = table[..., 0]", "given", ()),
    ("grader.export()", "check", ()),
    ("for q in names:\n    grader.check(q)", "check", ("q1",)),
    ("grader.check_all()", "check", ()),  # otter does nothing there while it grades
]


@pytest.mark.parametrize(("source", "part", "checks"), CELLS)
def test_what_a_cell_is_for(source: str, part: str, checks: Any, tmp_path: Path) -> None:
    found = read_otter(folder(tmp_path, hw=notebook(START, source), **{"tests__q1.py": OK}))
    assert (found.cells[1].part, found.cells[1].checks) == (part, checks)


def test_questions_for_people_are_found_in_a_released_notebook(tmp_path: Path) -> None:
    cells = (
        "#!<!-- BEGIN QUESTION -->\n**Question 1b.** Why?",
        "#!<!-- END QUESTION -->\nText",
        "#!<!--\nBEGIN QUESTION\nname: q2\nmanual: true\npoints: 3\n-->",
        "#!<!-- BEGIN QUESTION -->",
        "grader.check('q1')",
        "#!<!-- END QUESTION -->",
    )
    found = read_otter(folder(tmp_path, hw=notebook(START, *cells), **{"tests__q1.py": OK}))
    assert [(q.name, q.points, q.manual) for q in found.questions] == [
        ("Question 1b", 0, True),
        ("q2", 3, True),
        ("q1", 2, False),
    ]
    assert found.doubts == ("Question 1b in hw.ipynb, which people grade, says no points: it counts 0.",)


def test_hidden_tests_come_from_the_solution_and_the_archive_beside(tmp_path: Path) -> None:
    public, full = (
        {"otter": {"OK_FORMAT": True, "tests": {"q1": spec(*cases)}}} for cases in ([{}], [{}, {}])
    )
    at = folder(tmp_path / "a", hw=notebook(START, "x = ...", "grader.check('q1')", **public))
    folder(at, **{"hw-sol": notebook(START, "x = 1", "grader.check('q1')", **full)})
    found = read_otter(at)
    assert (found.name, len(found.questions[0].tests), found.solved) == ("hw", 2, True)
    assert [cell.solution for cell in found.cells] == [None, "x = 1", None]
    at = folder(
        tmp_path / "b", hw=notebook(START, "grader.check('q1')"), **{"tests__q1.py": OK, "data.csv": "1"}
    )
    archive(at / "autograder.zip", {"tests/q1.py": f"test = {spec({}, {}, {})}", "files/extra.csv": "2"})
    found = read_otter(at)
    assert (len(found.questions[0].tests), sorted(found.files)) == (3, ["data.csv", "extra.csv"])
    assert {path.name for path in found.secrets} == {"tests", "autograder.zip"}


def test_of_several_notebooks_the_one_that_is_meant_is_taken(tmp_path: Path) -> None:
    tests = {
        "tests__q1.py": OK,
        "tests__q2.py": OK.replace("q1", "q2"),
        "tests__q3.py": OK.replace("q1", "q3"),
    }
    books = {
        "a": notebook(START, "grader.check('q1')", "grader.check('q3')"),
        "b": notebook(START, "grader.check('q2')"),
    }
    found = read_otter(folder(tmp_path / "hw", **tests, **books))
    assert (found.name, [question.name for question in found.questions]) == ("a", ["q1", "q3"])
    assert found.doubts == ("tests/q2.py is left out, because only b.ipynb checks it.",)
    assert read_otter(tmp_path / "hw/b.ipynb").name == "b"
    same = {name: notebook(START, "grader.check('q1')") for name in ("c", "d")}
    found = read_otter(folder(tmp_path / "lab", **same, **{"tests__q1.py": OK, "tests__q2.py": OK}))
    assert (found.cells, [question.name for question in found.questions]) == ((), ["q1", "q2"])
    assert [doubt.partition(" (")[0] for doubt in found.doubts] == [
        "Several notebooks check the same tests",
        "2 test files call themselves 'q1'; each counts here, under its file's name.",
    ]


def archive(path: Path, files: dict[str, str]) -> Path:
    """An autograder.zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, text in {"otter_config.json": "{}", **files}.items():
            made.writestr(name, text)
    path.write_bytes(content.getvalue())
    return path


def test_an_archive_says_its_settings(tmp_path: Path) -> None:
    settings = json.dumps({"seed": 42, "seed_variable": "s", "points_possible": 10, "lang": "python"})
    files = {"otter_config.json": settings, "tests/q1.py": OK, "../evil": "x", "files/a/b.csv": "1"}
    requirements = "otter-grader==7\n# comment\nnumpy>=2 # why\n-r other.txt\n"
    found = read_otter(archive(tmp_path / "hw1-autograder.zip", {**files, "requirements.txt": requirements}))
    assert (found.seed, found.seed_variable, found.files) == (42, "s", {"a/b.csv": b"1"})
    assert found.requirements == ("numpy>=2",)
    assert found.doubts == (
        "otter_config.json scales the total to 10 points; the points of the tests are counted as they are.",
    )


def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path) -> None:
    r = json.dumps({"lang": "r"})
    broken = {
        "there is nothing": tmp_path / "nothing",
        "has no tests/ and no notebook": folder(tmp_path / "empty", hw=notebook("x = 1")),
        "is no notebook, folder or autograder.zip": folder(tmp_path, **{"x.py": ""}) / "x.py",
        "is not a notebook": folder(tmp_path / "bad", **{"hw": "{"}) / "hw.ipynb",
        "in r; only Python can be graded": folder(
            tmp_path / "r", hw=notebook(START, kernel="R"), **{"tests__q1.py": OK}
        ),
        "is in r; only Python": archive(tmp_path / "r.zip", {"tests/q1.py": OK, "otter_config.json": r}),
        "is not a zip that can be read": folder(tmp_path, **{"x.zip": "PK"}) / "x.zip",
        "holds several assignments (a.ipynb, b.ipynb)": folder(
            tmp_path / "two", **{name: master_of("q1: [") for name in "ab"}
        ),
        "otter assign cannot read m.ipynb": folder(tmp_path / "m", m=master_of("q1: [")) / "m.ipynb",
    }
    for says, path in broken.items():
        with pytest.raises(CourseError) as raised:
            read_otter(path)
        assert says.replace("there is nothing", "does not exist") in str(raised.value)
        assert not looks_like_otter(path) or path.suffix in (".zip", ".ipynb") or path.name in ("r", "two")


def master_of(question: str) -> str:
    """A master with one question of these settings."""
    raw = {"cell_type": "raw", "source": f"# BEGIN QUESTION\n{question}", "metadata": {}}
    return json.dumps({"cells": [raw], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


@every_course
def test_the_same_files_are_read_the_same_again(homework: Homework, read: Any) -> None:
    path, assignment = read[homework.name]
    (path if path.is_dir() else path.parent).joinpath("gradmark-plan.json").write_text("{}")
    assert read_otter(path) == assignment
