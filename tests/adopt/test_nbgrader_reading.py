"""What the readers of nbgrader's assignments find: in courses, folders, notebooks and databases of every version."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grader.adopt.assignment import Assignment
from grader.adopt.nbgrader import place
from grader.adopt.nbgrader.assignment import looks_like_nbgrader, read_nbgrader
from grader.adopt.nbgrader.settings import Settings, read_settings
from grader.errors import CourseError

from .nbgrader_courses import COURSES, Homework, write
from .nbgrader_courses import cells as written
from .nbgrader_courses.writing import Form, Notebook, sources
from .test_nbgrader_notebooks import a_cell, a_notebook, a_test, an_answer, by_name

every_course = pytest.mark.parametrize("homework", COURSES, ids=lambda homework: homework.name)

SMALL = Homework(
    name="ps1",
    form="course",
    notebooks=(
        Notebook(
            "one",
            """
%% md
# Week 1
```python
# no heading
```
## Halves
%% locked tools
import math
%% answer half
def half(x):
    ### BEGIN SOLUTION
    return x / 2
    ### END SOLUTION
%% test half-some 0.1
assert half(2) == 1
### BEGIN HIDDEN TESTS
assert half(5) == 2.5
### END HIDDEN TESTS
%% written why 2
# A heading in an answer
%% task review 3
### Swap
### BEGIN MARK SCHEME
# 3 for anything
### END MARK SCHEME
""",
        ),
    ),
    works="",
)


def graded(assignment: Assignment) -> list[tuple[Any, ...]]:
    """Everything that decides about points."""
    return [(q.name, q.points, q.manual, q.title, q.notebook, q.tests) for q in assignment.questions]


# Courses of every form ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Assignment]]:
    """Every course's path and what was read there."""
    found = {}
    for homework in COURSES:
        path = write(homework, tmp_path_factory.mktemp("course"))
        found[homework.name] = (path, read_nbgrader(path))
    return found


@every_course
def test_every_test_is_read_with_its_hidden_and_its_released_part(homework: Homework, read: Any) -> None:
    path, assignment = read[homework.name]
    assert looks_like_nbgrader(path)
    assert assignment.doubts == ()
    found = by_name(assignment)
    expected = {c.name: c for cells in sources(homework).values() for c in cells if c.kind == "test"}
    assert list(found) == list(expected)
    for name, cell in expected.items():
        test = found[name]
        lines = [line for line in cell.source.split("\n") if "HIDDEN TESTS" not in line]
        assert (test.kind, test.source) == ("cell", "\n".join(lines))
        assert test.released == written.released(cell).source
        assert test.hidden == ("HIDDEN TESTS" in cell.source)
        assert test.points == Fraction(str(cell.points))


@every_course
def test_there_is_a_question_for_each_graded_cell_in_order(homework: Homework, read: Any) -> None:
    _, assignment = read[homework.name]
    several = len(homework.notebooks) > 1
    expected = [
        (cell.name, Fraction(str(cell.points)), cell.kind != "test", name if several else "")
        for name, cells in sorted(sources(homework).items())
        for cell in cells
        if cell.grade or cell.kind == "task"
    ]
    assert [(q.name, q.points, q.manual, q.notebook) for q in assignment.questions] == expected
    assert all(question.title for question in assignment.questions)
    names = [notebook.name for notebook in homework.notebooks]
    assert assignment.several == (tuple(sorted(names)) if several else ())
    assert assignment.name == (homework.name if several else names[0])
    assert assignment.handed_in_as == ("" if homework.form == "notebook" else homework.name)


@every_course
def test_cells_are_those_that_students_get_and_those_of_the_solution(homework: Homework, read: Any) -> None:
    _, assignment = read[homework.name]
    assert assignment.solved == (homework.form != "release")
    for name, given in sources(homework).items():
        found = [cell for cell in assignment.cells if cell.notebook in ("", name)]
        code = [cell for cell in given if cell.type == "code"]
        assert [cell.identity for cell in found] == [cell.name for cell in code]
        assert [cell.source for cell in found] == [written.released(cell).source for cell in code]
        for ours, theirs in zip(found, code, strict=True):
            assert ours.locked == (theirs.kind in ("locked", "test"))
            parts = {"test": "test", "answer": "starter", "program": "starter"}
            assert ours.part == parts.get(theirs.kind, "given")
            assert ours.solution == (theirs.source if theirs.solution and assignment.solved else None)
            assert ours.checks == ((theirs.name,) if theirs.kind == "test" else ())


@every_course
def test_files_beside_are_kept_and_solutions_are_secret(homework: Homework, read: Any) -> None:
    path, assignment = read[homework.name]
    assert assignment.files == {name: text.encode() for name, text in homework.files}
    secrets = {secret.name for secret in assignment.secrets}
    if homework.form == "notebook":
        assert secrets == {path.name}
    else:
        assert ("source" in secrets) == (homework.form != "release")
        assert ("gradebook.db" in secrets) == (homework.gradebook or homework.form == "release")
        assert "release" not in secrets


@pytest.mark.parametrize("schema", [0, 1, 2, 3])
@pytest.mark.parametrize("form", ["course", "assignment", "source", "release", "notebook"])
def test_every_form_and_schema_says_the_same(form: Form, schema: int, tmp_path: Path) -> None:
    text = SMALL.notebooks[0].text.partition("%% task")[0]  # a task needs schema 3
    homework = replace(SMALL, notebooks=(Notebook("one", text),))
    usual = read_nbgrader(write(homework, tmp_path / "usual"))
    other = read_nbgrader(write(replace(homework, form=form, schema=schema), tmp_path / "other"))
    assert graded(other) == graded(usual)
    assert [cell.source for cell in other.cells] == [cell.source for cell in usual.cells]
    assert other.doubts == ()


def test_titles_are_headings_that_students_see(tmp_path: Path) -> None:
    assignment = read_nbgrader(write(SMALL, tmp_path))
    assert assignment.title == "Week 1"
    assert {q.name: q.title for q in assignment.questions} == {
        "half-some": "Halves",
        "why": "Halves",
        "review": "Swap",
    }


def test_a_course_with_several_assignments_says_which(tmp_path: Path) -> None:
    write(SMALL, tmp_path)
    write(replace(SMALL, name="ps2"), tmp_path)
    with pytest.raises(CourseError, match=r"the assignments ps1 and ps2; give one .* such as .*/source/ps1"):
        read_nbgrader(tmp_path)
    assert looks_like_nbgrader(tmp_path)
    assert read_nbgrader(tmp_path / "source" / "ps2").name == "one"
    assert read_nbgrader(tmp_path / "release" / "ps2").solved  # from source/ beside
    with pytest.raises(CourseError, match=r"such as .*/source/ps1"):
        read_nbgrader(tmp_path / "source")


def test_one_notebook_of_several(tmp_path: Path) -> None:
    text = SMALL.notebooks[0].text
    homework = replace(
        SMALL, notebooks=(Notebook("one", text), Notebook("two", text.replace("half", "part")))
    )
    write(homework, tmp_path)
    both = read_nbgrader(tmp_path)
    assert both.several == ("one", "two")
    assert {q.notebook for q in both.questions} == {"one", "two"}
    assert {cell.notebook for cell in both.cells} == {"one", "two"}
    two = read_nbgrader(tmp_path / "source" / "ps1" / "two.ipynb")
    assert (two.name, two.several, list(by_name(two))) == ("two", (), ["part-some"])


def test_what_is_no_assignment_is_not_taken_for_one(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    plain = a_notebook(tmp_path / "plain.ipynb", {"cell_type": "code", "metadata": {}, "source": "1"})
    locked = a_notebook(tmp_path / "locked.ipynb", a_cell("1", locked=True, grade_id="a"))
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{")
    for path in (empty, plain, locked, broken, tmp_path, tmp_path / "nothing"):
        assert not looks_like_nbgrader(path)
        with pytest.raises(CourseError):
            read_nbgrader(path)


# Two places that disagree ---------------------------------------------------------------------------------------


def changed(path: Path, name: str, **new: object) -> None:
    """Change a cell of a notebook by its name: its source, or its points."""
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        ours = cell["metadata"].get("nbgrader", {})
        if ours.get("grade_id") == name:
            cell["source"] = new.get("source", cell["source"])
            ours["points"] = new.get("points", ours.get("points"))
    path.write_text(json.dumps(notebook))


def test_a_release_alone_has_no_hidden_tests_and_says_so(tmp_path: Path) -> None:
    write(replace(SMALL, form="release"), tmp_path)
    (tmp_path / "gradebook.db").unlink()
    assignment = read_nbgrader(tmp_path)
    test = by_name(assignment)["half-some"]
    assert (test.source, test.hidden) == (test.released, False)
    assert not assignment.solved
    (doubt,) = assignment.doubts
    assert "release/ps1/one.ipynb is what students get" in doubt


def test_the_source_counts_and_differences_are_doubts(tmp_path: Path) -> None:
    write(replace(SMALL, gradebook=True), tmp_path)
    usual = graded(read_nbgrader(tmp_path))
    changed(tmp_path / "release" / "ps1" / "one.ipynb", "half-some", source="assert half(4) == 2", points=7)
    with closing(sqlite3.connect(tmp_path / "gradebook.db")) as book, book:
        book.execute("UPDATE source_cell SET source = 'pass' WHERE name = 'half-some'")
        book.execute("UPDATE task_cells SET max_score = 30")
    assignment = read_nbgrader(tmp_path)
    assert graded(assignment) == usual
    where = "source/ps1/one.ipynb"
    assert assignment.doubts == (
        f"gradebook.db has other code in half-some than {where}; {where} counts",
        f"gradebook.db has other points for review than {where}; {where} counts",
        f"release/ps1/one.ipynb has other code in half-some than {where}; {where} counts",
        f"release/ps1/one.ipynb has other points for half-some than {where}; {where} counts",
    )


def test_the_database_counts_where_there_is_no_source(tmp_path: Path) -> None:
    path = write(replace(SMALL, form="release"), tmp_path)
    changed(path / "release" / "ps1" / "one.ipynb", "half-some", source="assert half(4) == 2", points=7)
    assignment = read_nbgrader(path)
    test = by_name(assignment)["half-some"]
    assert test.released == "assert half(2) == 1"
    assert (test.source, test.points) == ("assert half(2) == 1\nassert half(5) == 2.5", Fraction(1, 10))
    assert [cell.source for cell in assignment.cells if cell.identity == "half-some"] == [
        "assert half(2) == 1"
    ]
    assert ["the database's count" in doubt for doubt in assignment.doubts] == [True, True]


def test_the_database_of_an_earlier_nbgrader(tmp_path: Path) -> None:
    path = write(replace(SMALL, form="release"), tmp_path)
    usual = graded(read_nbgrader(path))
    with closing(sqlite3.connect(path / "gradebook.db")) as book, book:
        book.execute(
            "CREATE TABLE grade_cell AS SELECT base_cell.id, name, max_score, cell_type, notebook_id "
            "FROM grade_cells JOIN base_cell ON base_cell.id = grade_cells.id"
        )
        for table in ("grade_cells", "solution_cells", "task_cells", "base_cell"):
            book.execute(f"DROP TABLE {table}")
    assignment = read_nbgrader(path)
    assert graded(assignment) == usual


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_a_broken_database_is_a_doubt(content: bytes, tmp_path: Path) -> None:
    path = write(replace(SMALL, form="release"), tmp_path)
    (path / "gradebook.db").write_bytes(content)
    doubts = read_nbgrader(path).doubts
    assert "cannot be read as nbgrader's database" in doubts[0]
    assert (path / "gradebook.db").read_bytes() == content
    assert {one.name for one in path.iterdir()} == {"gradebook.db", "release"}


# Settings -------------------------------------------------------------------------------------------------------


def test_a_course_may_change_the_marks_and_the_stub(tmp_path: Path) -> None:
    config = (
        "c.ClearSolutions.begin_solution_delimeter = 'ANSWER ['",
        "c.ClearSolutions.end_solution_delimeter = '] ANSWER'",
        "c.ClearSolutions.code_stub = {'python': '# fill in\\n...', 'R': 'fail()'}",
        "c.ClearHiddenTests.begin_test_delimeter = 'VVV'",
        "c.ClearHiddenTests.end_test_delimeter = '^^^'",
        "c.Execute.timeout = 90",
        "c.CourseDirectory.source_directory = 'master'",
    )
    write(replace(SMALL, config=config), tmp_path)
    (tmp_path / "source" / "ps1" / "one.ipynb").unlink()
    (tmp_path / "release" / "ps1" / "one.ipynb").unlink()
    a_notebook(
        tmp_path / "master" / "ps1" / "one.ipynb",
        an_answer("a", "def f():\n    # ANSWER [\n    return 1\n    # ] ANSWER"),
        an_answer("b", "y = 2"),
        a_test("t", "assert f()\n# VVV\nassert f() == 1\n# ^^^"),
    )
    assignment = read_nbgrader(tmp_path)
    sources = {cell.identity: cell.source for cell in assignment.cells}
    assert sources == {"a": "def f():\n    # fill in\n    ...", "b": "# fill in\n...", "t": "assert f()"}
    assert by_name(assignment)["t"].source == "assert f()\nassert f() == 1"
    assert assignment.cell_seconds == 90
    assert [secret.name for secret in assignment.secrets] == ["master"]
    assert assignment.doubts == ()


def test_a_configuration_is_read_and_never_run(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text(
        f"open({str(tmp_path / 'ran')!r}, 'w')\n"
        "c = get_config()\n"
        "c.CourseDirectory.release_directory = 'out' + str(1)\n"
        "c.IgnorePattern.pattern = '.*Warning.*'\n"
        "if True:\n    c.Execute.timeout = 5\n"
        "c.ClearHiddenTests.begin_test_delimeter = ''\n"
        "raise SystemExit\n"
    )
    settings = read_settings(tmp_path)
    assert replace(settings, doubts=()) == Settings()
    assert len(settings.doubts) == 2
    assert "IgnorePattern.pattern, which is not followed" in settings.doubts[0]
    names = "ClearHiddenTests.begin_test_delimeter, CourseDirectory.release_directory and Execute.timeout"
    assert names in settings.doubts[1]
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("text", ["c = (", "\0", "x = 1\n" + "(" * 5000])
def test_a_broken_configuration_is_a_doubt(text: str, tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text(text)
    (doubt,) = read_settings(tmp_path).doubts
    assert "nbgrader's default settings count" in doubt


def test_header_and_footer_are_around_every_notebook(tmp_path: Path) -> None:
    write(
        replace(SMALL, form="course", config=("c.IncludeHeaderFooter.header = 'source/header.ipynb'",)),
        tmp_path,
    )
    a_notebook(
        tmp_path / "source" / "header.ipynb", {"cell_type": "code", "metadata": {}, "source": "import numpy"}
    )
    assert [cell.source for cell in read_nbgrader(tmp_path).cells][:2] == ["import numpy", "import math"]


# Files beside ---------------------------------------------------------------------------------------------------


def test_files_of_an_assignment(tmp_path: Path) -> None:
    path = write(SMALL, tmp_path)
    folder = tmp_path / "source" / "ps1"
    for name in (
        "data/a.csv",
        "tools.py",
        "__pycache__/tools.pyc",
        ".ipynb_checkpoints/one.ipynb",
        ".git/config",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    assert read_nbgrader(path).files == {"data/a.csv": b"data/a.csv", "tools.py": b"tools.py"}


def test_students_work_is_not_taken_for_files_of_a_folder_of_notebooks(tmp_path: Path) -> None:
    a_notebook(tmp_path / "n.ipynb", an_answer("a"), a_test("t"))
    for name in ("submitted/ada/ps1/n.py", "gradebook.db", "nbgrader_config.py", "data.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert list(read_nbgrader(tmp_path).files) == ["data.csv"]


def test_too_many_bytes_beside_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(SMALL, tmp_path)
    (tmp_path / "source" / "ps1" / "data.bin").write_bytes(bytes(1001))
    monkeypatch.setattr(place, "MAX_FILES_BYTES", 1000)
    with pytest.raises(CourseError, match="beside its notebooks"):
        read_nbgrader(path)


def test_a_submission_is_noticed(tmp_path: Path) -> None:
    write(SMALL, tmp_path)
    assignment = read_nbgrader(tmp_path / "submitted" / "right" / "ps1" / "one.ipynb")
    assert not assignment.solved
    assert "someone filled in half of one.ipynb" in assignment.doubts[0]
    blank = read_nbgrader(tmp_path / "submitted" / "blank" / "ps1" / "one.ipynb")
    assert not any("filled in" in doubt for doubt in blank.doubts)
