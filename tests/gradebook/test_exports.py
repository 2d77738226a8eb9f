"""Scores handed to Canvas, Gradescope and spreadsheets."""

from __future__ import annotations

import csv
import doctest
import importlib
import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from grader.errors import GradmarkError
from grader.gradebook import (
    ManualGrade,
    answers_csv,
    canvas_csv,
    canvas_problems,
    fill_canvas_csv,
    gather_answers,
    grade_by_hand,
    gradescope_results,
    open_gradebook,
    override_points,
    read_grades,
    scores_csv,
    scores_of,
)
from grader.report.outputs import page_names
from grader.results import StudentIdentity
from grader.spreadsheet import csv_text, original_cell, safe_cell
from tests.gradebook.course import (
    DUE,
    SUM_FOR_MEAN,
    HandedIn,
    course,
    handed_in,
    record_results,
    result,
    who,
)

# As Canvas writes it: a byte order mark, a row for posting, a row of points, totals at the end, a test student.
CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Reading (77),Tiny (81),Assignments Current Score,Final Grade\n"
    ",,,,,Manual Posting,,,\n"
    "    Points Possible,,,,,10,9,(read only),(read only)\n"
    '"Student 1",501,s1,login1,01,7,,70,C\n'
    '"Lovelace, Ada",502,,s2@school.edu,01,8,2,80,B\n'
    '"3, Student",503,,nothing,01,9,3,80,B\n'
    '"Somebody Else",504,s99,other,01,6,4,60,D\n'
)


@pytest.fixture
def engine(tmp_path):
    engine = open_gradebook(tmp_path / "gradebook.db")
    record_results(
        engine,
        course(tmp_path),
        [
            handed_in("one", 1),
            handed_in("two", 2, 1.0, 2.0, late=timedelta(hours=25)),
            HandedIn(result("three", 0.0), (StudentIdentity("", "Student 3", ""),), DUE),
            # Without a login before the @, and a formula wherever one can be.
            HandedIn(result("bad"), (StudentIdentity("=1+1", '=HYPERLINK("http://x")', "@evil"),), DUE),
        ],
    )
    grade_by_hand(engine, "tiny", [ManualGrade("one", "q3", 3.5, "=1+1")], by="ta")
    yield engine
    engine.dispose()


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("module", ["grader.gradebook.lateness", "grader.spreadsheet"])
def test_examples_in_docstrings(module):
    done = doctest.testmod(importlib.import_module(module))
    assert done.attempted
    assert not done.failed


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\tx", "'=1", "''+x", "plain", "'quoted'", "", "＝1"]
)
def test_cells_are_no_formulas_and_come_back(text):
    cell = safe_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "＝"))
    assert original_cell(cell) == text


AWKWARD = [
    "a\r=1+1", "b\r\n@SUM(1)", "x;=1+1", "x;'=1+1", "y\t+1", "- one\n- two", " =1", "a; =1", "''\t=1",
    "\r\r=1", "\n'-", "p\x85=1\u2028+1\x0b-1", "'\r\n'", "plain; text", 'say "=1"', ";\n\t=",
]  # fmt: skip


@pytest.mark.parametrize("text", AWKWARD)
def test_no_part_that_a_spreadsheet_could_begin_a_cell_with_is_a_formula(text):
    cell = safe_cell(text)
    assert original_cell(cell) == text
    assert safe_cell(original_cell(cell)) == cell
    written = csv_text([["first", cell, "last"], ["", "", ""]])
    assert list(csv.reader(io.StringIO(written, newline=""), strict=True)) == [
        ["first", cell, "last"],
        ["", "", ""],
    ]
    for part in re.split("[;\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", written):
        assert not part.strip(' ,"').startswith(tuple("=+-@＝"))
    for delimiter in ",;\t":
        rows = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter)
        assert not [one for row in rows for one in row if one.strip().startswith(tuple("=+-@＝"))]


def test_only_cells_that_need_it_are_quoted():
    assert csv_text([["a b", "1.5", "", "x'y"], ["a,b", "a;b", "a\tb", 'a"b']]) == (
        "a b,1.5,,x'y\n" + '"a,b","a;b","a\tb","a""b"\n'
    )


@pytest.mark.parametrize("name", ["a\r=1+1", "b\r\n=1+1", "c;=1+1"])
def test_a_name_that_breaks_lines_breaks_no_export(tmp_path, name):
    engine = open_gradebook(tmp_path / "other.db")
    one = HandedIn(result("one", 1.0), (StudentIdentity("s1", name, "a@x.org"),), DUE)
    record_results(engine, course(tmp_path), [one])
    scores = scores_of(engine, "tiny")
    for text in (scores_csv(scores), canvas_csv(scores)):
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert len({len(row) for row in rows}) == 1
        assert "s1" in rows[-1]
        assert not [part for part in re.split("[\r\n;]", text) if part.startswith("=")]
    assert not canvas_problems(canvas_csv(scores))
    engine.dispose()


@pytest.mark.parametrize("comment", ["a\r=1+1", "good;\r\n- but", "'-x\n\n=y\t@z"])
def test_comments_come_back_to_the_letter(engine, tmp_path, comment):
    grade_by_hand(engine, "tiny", [ManualGrade("one", "q3", 3.5, comment)], by="ta")
    file = tmp_path / "manual.csv"
    file.write_bytes(answers_csv(gather_answers(engine, scores_of(engine, "tiny"))).encode())
    assert [grade.comment for grade in read_grades(file)] == [comment]


def test_csv_has_everything_that_decides(engine):
    override_points(engine, "tiny", "s2", 0.5, question="q1", why="w", by="ta")
    one, two, three = (
        next(row for row in rows_of(scores_csv(scores_of(engine, "tiny"))) if row["submission"] == name)
        for name in ("one", "two", "three")
    )
    assert (one["score"], one["q1"], one["q2"], one["q3"], one["to_grade_by_hand"]) == (
        "8.5",
        "3",
        "2",
        "3.5",
        "",
    )
    assert (two["score"], two["late_days"], two["late_percent"], two["overridden"]) == ("2", "2", "20", "q1")
    assert (two["q1"], two["q3"], two["to_grade_by_hand"]) == ("0.5", "", "q3")
    assert (three["name"], three["student_id"], three["max_score"]) == ("Student 3", "", "9")


def test_no_export_holds_a_formula(engine):
    scores = scores_of(engine, "tiny")
    for text in (scores_csv(scores), canvas_csv(scores), fill_canvas_csv(scores, CANVAS, column="Tiny").text):
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_canvas_from_nothing_obeys_the_importer(engine):
    text = canvas_csv(scores_of(engine, "tiny"), column="Tiny (81)", match="ID")
    assert canvas_problems(text) == []
    lines = text.splitlines()
    assert lines[:2] == ["Student,ID,SIS User ID,SIS Login ID,Section,Tiny (81)", "    Points Possible,,,,,9"]
    assert "Student 1,s1,,s1@school.edu,,8.5" in lines
    assert "three" not in text, "who has a name is called by it"


def test_canvas_s_own_file_is_filled_in(engine):
    done = fill_canvas_csv(scores_of(engine, "tiny"), CANVAS, column="Tiny")
    assert canvas_problems(done.text) == []
    header, posting, points, *students = list(csv.reader(io.StringIO(done.text)))
    assert header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Tiny (81)"], (
        "nothing but ours"
    )
    assert points[-1] == "9"
    assert posting[-1] == ""
    assert [row[-1] for row in students] == ["8.5", "2.4", "2", "4"], (
        "where we have none, Canvas's points stay"
    )
    assert students[1][:4] == ["Lovelace, Ada", "502", "", "s2@school.edu"]
    assert (done.filled, done.not_in_gradebook, done.not_in_canvas) == (3, 1, ['=HYPERLINK("http://x")'])
    with pytest.raises(GradmarkError, match=r"no assignment 'Tinny'; did you mean 'Tiny \(81\)'\?"):
        fill_canvas_csv(scores_of(engine, "tiny"), CANVAS, column="Tinny")


@pytest.mark.parametrize(
    ("row", "filled", "doubtful"),
    [
        # Display names are chosen: two that are called like ours, and one that is called like one found by the login.
        ('"3, Student",666,,evil,01,9,3,80,B\n', 2, ["3, Student", "3, Student"]),
        ("Student 3,666,,evil,01,9,3,80,B\n", 2, ["3, Student", "Student 3"]),
        ("Student 1,666,,evil,01,9,3,80,B\n", 3, []),
        # One number that is ours by one column, and another's by another.
        ("Eve,s1,s2,evil,01,9,3,80,B\n", 3, ["Eve"]),
        ("Eve,s1,,evil,01,9,3,80,B\n", 2, ["Student 1", "Eve"]),
        ("Eve,666,,S1,01,9,3,80,B\n", 3, []),
    ],
)
def test_nobody_gets_another_s_points_by_a_name(engine, row, filled, doubtful):
    done = fill_canvas_csv(scores_of(engine, "tiny"), CANVAS + row, column="Tiny")
    assert list(csv.reader(io.StringIO(done.text)))[-1][-1] == "3", "what Canvas has stays"
    assert (done.filled, done.doubtful) == (filled, doubtful)


def test_a_cell_of_blanks_costs_no_more_than_its_length(engine):
    row = f"{' ' * 100_000}x,900,,blank,01,9,3,80,B\n"
    assert fill_canvas_csv(scores_of(engine, "tiny"), CANVAS + row, column="Tiny").filled == 3


def test_no_file_or_page_of_one_student_takes_another_s_name(tmp_path):
    engine = open_gradebook(tmp_path / "gradebook.db")
    group = tuple(StudentIdentity(f"s{number}", f"S {number}") for number in range(3))
    handed = [HandedIn(result("x"), group, DUE)]
    handed += [
        HandedIn(result(f"x-{number}"), (StudentIdentity(f"t{number}"),), DUE) for number in range(1, 8)
    ]
    record_results(engine, course(tmp_path), handed)
    scores = scores_of(engine, "tiny")
    files = [name for name, _ in gradescope_results(engine, scores)]
    pages = page_names(scores)
    engine.dispose()
    assert len(set(files)) == len(files) == 10
    assert len(set(pages.values())) == len(pages) == 10


def test_a_canvas_file_with_semicolons_is_read(engine):
    exported = "\n".join(";".join(row) for row in csv.reader(io.StringIO(CANVAS)))
    assert fill_canvas_csv(scores_of(engine, "tiny"), exported, column="Tiny").filled == 3


HEADER = "Student,ID,SIS User ID,SIS Login ID,Section,Tiny (81)\n"
POINTS = "    Points Possible,,,,,9\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the header must have more than three columns"),
        ("Name,ID,Section,Tiny\n", "start with Student and ID"),
        ("Student,ID,SIS Login ID,Tiny\n", "no Section"),
        (
            "Student,ID,SIS User ID,Section,Tiny\n" + POINTS[:-3] + "9\n",
            "Canvas does not know the columns ID, SIS User ID",
        ),
        ("Student,ID,Section,\n    Points Possible,,,\n", "an assignment has no name"),
        ("Student,ID,SIS Login ID,Section\n    Points Possible,,,\n", "there is no assignment"),
        (HEADER.replace("Tiny (81)", "Final Score of Tiny") + POINTS, "as a total"),
        (HEADER.replace("Tiny (81)", "Section") + POINTS, "there are two columns 'Section'"),
        (HEADER + "Ada,1,,,,3\n", "there is no row with Points Possible"),
        (HEADER + POINTS + "Ada,1,,,3\n", "line 3 has 5 columns, but the header has 6"),
        (HEADER + POINTS + ",,,,,3\n", "line 3 does not say which student it is about"),
        (HEADER + POINTS + "Ada,1,,,,3 of 9\n", "line 3 has '3 of 9' for Tiny (81)"),
    ],
)
def test_what_canvas_would_misread_is_found(text, problem):
    assert any(problem in found for found in canvas_problems(text)), canvas_problems(text)


def test_a_title_that_canvas_would_pass_over_is_refused(engine):
    with pytest.raises(GradmarkError, match="as a total; give the assignment another name"):
        canvas_csv(scores_of(engine, "tiny"), column="Final Grade")


def test_gradescope_s_results(engine):
    override_points(engine, "tiny", "s2", 2.0, question="q1", why="w", by="ta")
    found = dict(gradescope_results(engine, scores_of(engine, "tiny")))
    assert set(found) == {"one", "two", "three", "bad"}
    two = found["two"]
    assert two["score"] == 3.2
    assert two["output"].splitlines() == [
        "2 days late, which costs 20% of the points earned.",
        "The points for q1 were set by staff.",
        "Still to be graded by a person: q3.",
    ]
    allowed = {"name", "number", "score", "max_score", "status", "output", "visibility", "tags"}
    for results in found.values():
        assert set(results) <= {
            "score", "output", "output_format", "test_output_format", "test_name_format", "tests", "extra_data",
        }  # fmt: skip
        for test in results["tests"]:
            assert set(test) == allowed
            assert test["status"] in ("passed", "failed")
            assert test["visibility"] in ("hidden", "after_due_date", "after_published", "visible")
            assert all(isinstance(tag, str) for tag in test["tags"])
    assert [test["score"] for test in found["one"]["tests"]] == [3.0, 2.0, 3.5]
    assert found["one"]["tests"][2]["output"] == "=1+1"


def test_an_inherited_failure_is_no_pass_in_gradescope_whatever_it_earns(engine, tmp_path):
    inheriting = result("cy", 1.0, 2.0)
    own, inherited = (question.tests[0] for question in inheriting.questions[:2])
    own.visibility = "visible"
    inherited.status, inherited.inherited, inherited.explanation = "failed", ["q1"], SUM_FOR_MEAN
    record_results(engine, course(tmp_path), [HandedIn(inheriting, (who(9),), DUE)])
    scores = scores_of(engine, "tiny")
    (cy,) = [student for student in scores.students if student.sid == "s9"]
    assert cy.attempt.inherited == {"q2"}
    results = dict(gradescope_results(engine, scores))["cy"]
    test = results["tests"][1]
    assert (test["status"], test["score"], test["max_score"]) == ("failed", 2.0, 2.0)
    assert test["output"].splitlines()[:2] == [
        "Right, given your `mean`: mend that first (q1).",
        "It earns its full 2 points.",
    ]
    assert results["output"].splitlines()[:2] == [
        "You sum.",
        "Mend this first: it is in `mean` (q1) and costs 2 points in the tests shown here.",
    ]


def test_exporting_a_class_to_gradescope_takes_few_queries(engine, tmp_path):
    record_results(engine, course(tmp_path), [handed_in(f"many{n}", n) for n in range(100, 400)])
    scores = scores_of(engine, "tiny")
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))
    assert len(list(gradescope_results(engine, scores))) == 304
    assert len(asked) == 12, "for each 100 a BEGIN, the sentences of staff and the documents"
