"""A class that was graded with another grader's assignment: its pages, its exports, and what a person grades of it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from grader.adopt.assignment import Assignment, Question
from grader.adopt.written import fenced, written_questions
from grader.cli import main
from grader.notebook.cells import NotebookCell
from grader.sandbox.inside.written import written_answers
from tests.adopt import nbgrader_courses, otter_courses
from tests.adopt.nbgrader_courses import writing as nbgraders
from tests.adopt.otter_courses import writing as otters

INSIDE = {"by-date-average", "hottest-generator"}
"""The tests of the course week5 that only the student's process can judge."""
SAYS = "8 of 10 points judged outside the student's process"
ASKED = "**Question 2.** What did you see?"
STUB = "_Type your answer here, replacing this text._"


class Class(NamedTuple):
    """A class that was graded."""

    assignment: Path
    submissions: Path
    out: Path
    said: str

    def result(self, name: str) -> dict:
        return json.loads((self.out / "results" / f"{name}.json").read_text())

    def page(self, name: str) -> str:
        return unescape((self.out / "feedback" / f"{name}.html").read_text())

    @property
    def report(self) -> str:
        return unescape((self.out / "report.html").read_text())

    @property
    def scores(self) -> dict[str, dict[str, str]]:
        return {row["submission"]: row for row in rows((self.out / "scores.csv").read_text())}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def run(*words: object) -> str:
    runner = CliRunner(env={"COLUMNS": "80"})
    done = runner.invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def graded(assignment: Path, handed_in: dict[str, bytes], folder: Path, *options: str) -> Class:
    submissions, out = folder / "submissions", folder / "graded"
    submissions.mkdir(parents=True)
    for name, content in handed_in.items():
        (submissions / f"{name}.ipynb").write_bytes(content)
    return Class(
        assignment,
        submissions,
        out,
        run("grade", *options, assignment, submissions, "--out", out, "--jobs", 2),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def week5(folder) -> tuple[Path, dict[str, bytes]]:
    course = next(one for one in nbgrader_courses.COURSES if one.name == "week5")
    made = nbgraders.submissions(course)
    return nbgraders.write(course, folder / "week5"), {
        name: made[name].content for name in ("right", "wrong_means", "blank", "deleted_test")
    }


@pytest.fixture(scope="module")
def class_(week5, folder) -> Class:
    return graded(*week5, folder / "class")


@pytest.fixture(scope="module")
def by_hand(week5, folder, class_) -> Class:
    """The same class with what runs inside left to people; ``class_`` has made the plan."""
    return graded(*week5, folder / "by-hand", "--outside-only")


@pytest.fixture(scope="module")
def hw16(folder) -> Class:
    course = next(one for one in otter_courses.COURSES if one.name == "hw16")
    made = otters.submissions(course)
    handed_in = {name: made[name].content for name in ("right", "wrong-1", "blank")}
    return graded(otters.write(course, folder / "hw16"), handed_in, folder / "class-hw16")


@pytest.fixture
def copied(by_hand, tmp_path) -> Class:
    return by_hand._replace(out=Path(shutil.copytree(by_hand.out, tmp_path / "graded")))


# Where tests were judged ------------------------------------------------------------------------------------------


def test_every_test_of_a_result_says_where_it_was_judged(class_):
    for name in ("right", "wrong_means", "blank"):
        tests = [test for question in class_.result(name)["questions"] for test in question["tests"]]
        assert {test["name"] for test in tests if test["trust"] == "inside"} == INSIDE
        assert {test["trust"] for test in tests if test["name"] not in INSIDE} == {"outside"}


def test_the_terminal_and_the_class_page_say_how_many_points_could_be_forged(class_):
    assert SAYS in " ".join(class_.said.split())
    assert SAYS in class_.report
    assert "could read those tests and forge what they say" in class_.report
    for name in INSIDE:
        assert f"{name} <span" in class_.report.partition("Inside the student's process ran")[2][:300]


def test_scores_have_a_last_column_for_the_points_that_rest_on_tests_inside(class_):
    assert list(class_.scores["right"])[-1] == "points_inside"
    assert {name: row["points_inside"] for name, row in class_.scores.items()} == {
        "right": "2", "wrong_means": "0", "blank": "1", "deleted_test": "1",
    }  # fmt: skip


def test_a_student_s_page_marks_just_the_tests_that_ran_inside(class_):
    page = class_.page("wrong_means")
    items = [item.partition("</span>")[0] for item in page.split("<li>")[1:]]
    marked = {item.partition(" <span")[0] for item in items if "ran in your notebook's own process" in item}
    assert marked == INSIDE


def test_gradescope_is_told_of_tests_inside_alone(class_, tmp_path):
    run("scores", class_.out, "--to", "gradescope", "--output", tmp_path)
    tests = json.loads((tmp_path / "right.json").read_text())["tests"]
    told = {
        test["name"].partition(": ")[2] for test in tests if test.get("extra_data") == {"trust": "inside"}
    }
    assert told == INSIDE
    assert sum("extra_data" in test for test in tests) == len(INSIDE)


def test_the_terminal_shows_points_by_question_only_where_their_names_fit(class_, hw16):
    assert "by_date" not in class_.said.partition("The first thing to look at")[0]
    assert any(line.split() == ["right", "10"] for line in class_.said.splitlines())
    assert any(line.split() == ["right", "6", "2", "3", "1", "-"] for line in hw16.said.splitlines())


def test_nothing_is_said_of_it_where_everything_was_judged_outside(hw16):
    assert "outside the student" not in hw16.said + hw16.report
    assert "points_inside" not in hw16.scores["right"]
    assert "own process" not in hw16.page("right")


# What a person grades ---------------------------------------------------------------------------------------------


def test_what_would_run_inside_waits_for_a_person_with_the_code_that_it_is_about(copied):
    assert "outside the student" not in copied.said
    assert "points_inside" not in copied.scores["right"]
    assert copied.result("right")["score"] == 8
    run("manual", "export", copied.out)
    answers = {
        (row["submission"], row["question"]): row["answer"]
        for row in rows((copied.out / "manual" / "manual.csv").read_text())
    }
    assert {question for _, question in answers} == {
        "by_date_average_by_hand", "hottest_generator_by_hand", "discuss",
    }  # fmt: skip
    assert "found[date] = temperature" in answers["wrong_means", "by_date_average_by_hand"]
    assert answers["wrong_means", "by_date_average_by_hand"].startswith("```python\ndef average(")
    assert "def hottest_first(" in answers["right", "hottest_generator_by_hand"]
    # The cell that is gone was the test's, not the answer's.
    assert "def by_date(" in answers["deleted_test", "by_date_average_by_hand"]
    page = (copied.out / "manual" / "by_date_average_by_hand.html").read_text()
    assert "def" in page
    assert "average" in page


def test_points_by_hand_reach_the_score(copied):
    run("manual", "export", copied.out)
    file = copied.out / "manual" / "manual.csv"
    lines = file.read_text().replace("right,by_date_average_by_hand,,", "right,by_date_average_by_hand,0.5,")
    file.write_text(lines)
    run("manual", "import", copied.out, file)
    row = copied.scores["right"]
    assert (row["score"], row["by_date_average_by_hand"], row["max_score"]) == ("8.5", "0.5", "12")
    assert row["to_grade_by_hand"] == "hottest_generator_by_hand discuss"


def test_written_answers_are_found_in_notebooks_of_both(class_, hw16):
    assert class_.result("right")["answers"]["discuss"].startswith("The line of the second day")
    assert class_.result("blank")["answers"]["discuss"] == ""
    assert hw16.result("right")["answers"]["q4"].startswith("Shorter showers")
    assert hw16.result("blank")["answers"]["q4"] == ""


def otters_answers(*cells: tuple[str, str]) -> dict[str, str]:
    """The answers in a notebook handed in with these cells, of a handout with a question between two others."""
    texts = (
        "**Question 1.** Count.",
        f"<!-- BEGIN QUESTION -->\n\n{ASKED}",
        STUB,
        "<!-- END QUESTION -->",
        "## End",
    )
    question = Question("q2", 1, manual=True, asked=texts[1:3])  # type: ignore[arg-type]
    assignment = Assignment("otter", "hw", "Hw", Path(), (question,), (), texts)
    return written_answers(
        [NotebookCell(kind, source) for kind, source in cells], written_questions(assignment, "hw", str.upper)
    )


@pytest.mark.parametrize(
    ("between", "answer"),
    [
        ([("markdown", STUB)], ""),
        ([("markdown", "It fell.")], "It fell."),
        ([("markdown", STUB), ("markdown", "It fell.")], "It fell."),
        ([("markdown", "It fell.\n\n---\n\nThen it rose.")], "It fell.\n\n---\n\nThen it rose."),
        (
            [("markdown", f"{STUB}\n\nIt fell."), ("code", "height(3)")],
            "It fell.\n\n```python\nheight(3)\n```",
        ),
        ([("markdown", STUB), ("markdown", "<!-- END QUESTION -->"), ("markdown", "It fell.")], "It fell."),
    ],
)
def test_an_answer_of_otter_s_stands_anywhere_between_the_author_s_cells(between, answer):
    before = [("markdown", "**Question 1.** Count."), ("markdown", f"<!-- BEGIN QUESTION -->\n\n{ASKED}")]
    assert otters_answers(*before, *between, ("markdown", "## End"), ("markdown", "Thanks!")) == {
        "Q2": answer
    }


def test_an_answer_whose_question_is_gone_is_not_found():
    assert otters_answers(("markdown", "**Question 1.** Count."), ("markdown", "It fell.")) == {}


def test_code_that_holds_fences_is_fenced_all_the_same():
    assert fenced('"""\n```\n"""') == '````python\n"""\n```\n"""\n````'


# Pages and commands -----------------------------------------------------------------------------------------------


def test_what_the_author_says_to_who_passes_and_who_fails_is_on_the_page(folder):
    course = next(one for one in otter_courses.COURSES if one.name == "hw05")
    made = otters.submissions(course)
    handed_in = {name: made[name].content for name in ("right", "wrong-1")}
    hw05 = graded(otters.write(course, folder / "hw05"), handed_in, folder / "class-hw05")
    assert "q1a: as it should be." in hw05.page("right")
    assert "read the question once more" not in hw05.page("right")
    wrong = hw05.page("wrong-1")
    assert "q2: read the question once more." in wrong
    assert "Failed example:" in wrong
    assert "*****" not in wrong


def test_a_question_without_a_title_is_called_by_its_id(class_):
    assert ">by_date_values<" in class_.page("right")
    assert "by_date_values: " not in class_.page("right")


@pytest.mark.parametrize("which", ["class_", "hw16"])
def test_every_command_on_a_graded_folder_takes_it(which, request, tmp_path):
    graded = request.getfixturevalue(which)
    assert "1 submission" in run("mistakes", graded.out)
    assert "Points Possible" in run("scores", graded.out, "--to", "canvas")
    assert "grades are not published" in run("report", graded.out)
    said = run("similar", graded.submissions, "--pset", graded.assignment, "--out", tmp_path / "similar.html")
    assert "submissions" in said
    assert (tmp_path / "similar.html").is_file()
