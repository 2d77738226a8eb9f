"""Written answers: found in the notebook, graded by a person, taken back."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.errors import GradmarkError
from grader.gradebook import read_grades
from grader.judge.written import written_questions
from grader.notebook import NotebookCell
from grader.pset import load_problem_set
from grader.sandbox.inside.written import MAX_ANSWER, written_answers
from tests.commands import modules_after
from tests.gradebook.course import HEADING, course
from tests.pset.tiny import write_tiny_course


@pytest.fixture
def asked(tmp_path):
    return written_questions(load_problem_set(write_tiny_course(tmp_path / "asked")))


def markdown(*sources: str) -> list[NotebookCell]:
    return [NotebookCell("markdown", source) for source in sources]


def test_nothing_of_the_solution_is_told_to_the_sandbox(asked):
    told = repr(asked)
    assert "Question 3" in told
    assert "heavy samples" not in told
    assert "accumulated" not in told


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        (markdown("## Question 2", "mine", "nothing"), None),
        (markdown(HEADING, "<!-- END QUESTION -->"), ""),
        (markdown(HEADING, "Because.", "<!-- END QUESTION -->\n", "Written on."), "Because.\n\nWritten on."),
        (markdown(HEADING, "Because.", "<!-- END QUESTION -->", "## Question 1", "Of another."), "Because."),
        ([*markdown(HEADING, "<!-- END QUESTION -->"), NotebookCell("code", "grader.check_all()")], ""),
        (markdown(HEADING, "One.", "Two."), "One.\n\nTwo."),
        (markdown(HEADING + "\n\nWritten below it."), "Written below it."),
        (markdown(HEADING, "Mine.", "## Question 1", "Of another."), "Mine."),
        (
            [*markdown(HEADING), NotebookCell("code", "x = 1\n"), NotebookCell("raw", "raw")],
            "```python\nx = 1\n```\n\nraw",
        ),
        ([*markdown(HEADING), NotebookCell("code", "'''\n```\n'''")], "````python\n'''\n```\n'''\n````"),
        (markdown(HEADING, "half \ud800 a character"), "half ? a character"),
        (markdown(HEADING, "x" * 10 * MAX_ANSWER), "x" * MAX_ANSWER),
    ],
)
def test_answers_are_found_between_the_handout_s_lines(asked, cells, answer):
    question = next(one for one in asked if one.id == "q3")
    assert question.begin == "## Question 3"
    assert written_answers(cells, asked).get("q3") == answer


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("submission,question,points,comment\nada,q3,2.5,fine\nbob,q3,,later\n", [("ada", 2.5, "fine")]),
        ("\ufeffQuestion;Points;Submission\r\nq3;2,5;ada\r\n", [("ada", 2.5, "")]),
        ('submission,question,points,comment,answer\nada,q3,1,\'=1+1,"two\nlines"\n', [("ada", 1.0, "=1+1")]),
    ],
)
def test_grades_are_read_as_spreadsheets_write_them(tmp_path, text, read):
    (tmp_path / "f.csv").write_text(text, encoding="utf-8", newline="")
    assert [
        (grade.submission, grade.points, grade.comment) for grade in read_grades(tmp_path / "f.csv")
    ] == read


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"a,b\n1,2\n", "f.csv has no column 'submission'; it needs submission, question, points"),
        (b"", "f.csv has no column 'submission'"),
        (b"submission,question,points\nada,q3,many\n", "f.csv:2: points are 'many'; write a number"),
        (b"submission,question,points\nada,q3,nan\n", "f.csv:2: points are 'nan'"),
        (b'submission,question,points\nada,q3,"1\n', "f.csv is not a CSV"),
        (b"\xff\xfe\x00", "f.csv is not UTF-8 text"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path, text, sentence):
    (tmp_path / "f.csv").write_bytes(text)
    with pytest.raises(GradmarkError) as raised:
        read_grades(tmp_path / "f.csv")
    assert str(raised.value).startswith(sentence)


def notebook(answer: str, *code: str) -> str:
    cells = [
        *({"cell_type": "code", "source": source, "outputs": [], "metadata": {}} for source in code),
        {
            "cell_type": "code",
            "source": "def mean(x):\n    return x.sum() / len(x)",
            "outputs": [],
            "metadata": {},
        },
        {"cell_type": "markdown", "source": HEADING, "metadata": {}},
        {"cell_type": "markdown", "source": answer, "metadata": {}},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_exporting_parses_no_answer_in_its_own_process(tmp_path):
    problem_set = course(tmp_path / "course")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.ipynb").write_text(notebook("Heavy *samples*."), encoding="utf-8")
    out = tmp_path / "out"
    graded = CliRunner().invoke(
        main, ["grade", str(problem_set.path), str(tmp_path / "in"), "--out", str(out), "--jobs", "1"]
    )
    assert graded.exit_code == 0, graded.output
    loaded = modules_after("manual", "export", out)
    assert "<em>samples</em>" in (out / "manual" / "q3.html").read_text(encoding="utf-8")
    assert "grader.gradebook.answers" in loaded
    assert not [name for name in loaded if name.startswith(("grader.sandbox.inside", "markdown_it", "mdit"))]


def test_from_notebooks_to_canvas_by_way_of_a_person(tmp_path):
    """grade, manual export, manual import, override, scores: what a TA does in a week."""
    problem_set = course(tmp_path / "course")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.ipynb").write_text(notebook("Heavy samples *pull*."), encoding="utf-8")
    (tmp_path / "in" / "bob.ipynb").write_text(notebook(""), encoding="utf-8")
    (tmp_path / "in" / "cy.ipynb").write_text("{", encoding="utf-8")
    dies = ["import os\nos._exit(1)"] * 5
    (tmp_path / "in" / "di.ipynb").write_text(notebook("Written all the same.", *dies), encoding="utf-8")
    out = tmp_path / "out"

    def run(*arguments: object, code: int = 0):
        done = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert done.exit_code == code, done.output
        return done

    graded = run("grade", problem_set.path, tmp_path / "in", "--out", out, "--jobs", 1, code=1)
    assert "cy was not graded" in graded.output
    assert (out / "gradebook.db").is_file()
    assert "di was not graded (failed_to_run)" in graded.output
    assert "4 answers, 4 of them not graded yet" in run("manual", "export", out).output
    rows = list(csv.DictReader(io.StringIO((out / "manual" / "manual.csv").read_text(encoding="utf-8"))))
    assert [(row["submission"], row["answer"]) for row in rows] == [
        ("ada", "Heavy samples *pull*."),
        ("di", "Written all the same."),
        ("bob", "(nothing was written)"),
        ("cy", "(not found: the notebook cannot be read, or the question's heading is missing)"),
    ]
    assert "Heavy samples <em>pull</em>." in (out / "manual" / "q3.html").read_text(encoding="utf-8")

    for row, points in zip(rows, ("3.5", "2", "0", ""), strict=True):
        row |= {"points": points, "comment": "see the lecture"}
    with (tmp_path / "back.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert (
        "3 answers with points, 3 of them new" in run("manual", "import", out, tmp_path / "back.csv").output
    )
    run(
        "gradebook",
        "override",
        out,
        "bob",
        "1",
        "--question",
        "q2",
        "--why",
        "shown in office hours",
        "--by",
        "ta",
    )
    assert "shown in office hours" in run("gradebook", "history", out, "bob").stdout
    run("gradebook", "extend", out, "bob", "2027-03-01", "--why", "ill", code=1)

    exported = run("scores", out, "--to", "canvas", "--output", tmp_path / "canvas.csv")
    assert "not graded yet" not in exported.stderr, "nothing can be read of the one that is left"
    assert "without a score, because they could not be graded: cy" in exported.stderr
    lines = (tmp_path / "canvas.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == ["    Points Possible,,,,,9", "ada,,,,,6.5", "bob,,,,,4", "cy,,,,,", "di,,,,,2"]
    run("scores", out, "--to", "gradescope")
    assert json.loads((out / "gradescope" / "ada.json").read_text(encoding="utf-8"))["score"] == 6.5
    assert "bob,,,,graded,4,9,3,1,0" in run("scores", out).stdout
