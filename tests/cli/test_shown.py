"""What students wrote reaches a terminal as text: all of it is shown, and none obeyed."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys

import msgspec
import pytest
from click.testing import CliRunner
from sqlalchemy import update

from grader.cli import main
from grader.cli.options import say, say_json
from grader.gradebook import open_gradebook
from grader.gradebook.personal import Identity
from grader.intake import take_in
from grader.report.summary import Summarising
from grader.results import QuestionBehaviour, StudentIdentity, SubmissionBehaviour
from tests.gradebook.course import DUE, HandedIn, course, record_results, result
from tests.intake.test_find import tree

WILD = "G\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"


@pytest.fixture
def graded(tmp_path):
    """A gradebook whose people were called so before anything cleaned their names."""
    folder = tmp_path / "graded"
    folder.mkdir()
    engine = open_gradebook(folder / "gradebook.db")
    both = (StudentIdentity("s1", "Ada", "a@x.org"), StudentIdentity("s2", "Ben", "b@x.org"))
    record_results(engine, course(tmp_path), [HandedIn(result("one", 1.0), both, DUE)])
    with engine.begin() as connection:
        connection.execute(update(Identity).values(name=WILD))
    engine.dispose()
    return folder


def obeyed(text: str) -> set[str]:
    return {c for c in text if not c.isprintable() and c != "\n"}


def texts_of(document: object) -> list[str]:
    if isinstance(document, dict | list):
        parts = document.values() if isinstance(document, dict) else document
        return [text for part in parts for text in texts_of(part)]
    return [document] if isinstance(document, str) else []


def test_commands_show_names_and_obey_none(graded, tmp_path):
    export = tmp_path / "export.csv"
    export.write_text("Student,ID,SIS User ID,SIS Login ID,Section,Tiny (1)\n  Points Possible,,,,,9\n")
    for given in (
        [
            *("scores", graded, "--to", "canvas", "--fill", export),
            *("--column", "Tiny", "--output", tmp_path / "c.csv"),
        ],
        ["gradebook", "everything-about", graded, "s1"],
        ["gradebook", "history", graded],
    ):
        done = CliRunner().invoke(main, [str(word) for word in given])
        assert done.exit_code == 0, done.output
        assert not obeyed(done.output)
        if given[0] == "scores":
            assert "owned" in done.stderr
        elif given[1] == "everything-about":
            assert WILD in texts_of(json.loads(done.stdout))


@pytest.mark.parametrize("to", ["csv", "canvas"])
def test_scores_on_a_terminal_are_cleaned_and_in_a_file_they_are_not(graded, to, tmp_path):
    command = [sys.executable, "-m", "grader.cli", "scores", str(graded), "--to", to]
    ours, theirs = os.openpty()
    with open(tmp_path / "err", "wb") as errors:
        assert subprocess.run(command, stdout=theirs, stderr=errors, check=False).returncode == 0
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # how a terminal ends
        while part := os.read(ours, 65_536):
            shown += part
    os.close(ours)
    assert "owned" in shown.decode()
    assert not obeyed(shown.decode().replace("\r\n", "\n"))
    piped = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert WILD in piped


@pytest.mark.parametrize("text", [WILD, "\u2028\U000e0041", "é 李 ✓"])
def test_json_on_a_terminal_is_the_same_json(text, capsys):
    say_json({"outputs": [text]})
    shown = capsys.readouterr().out
    assert not obeyed(shown)
    assert json.loads(shown) == msgspec.json.decode(shown) == {"outputs": [text]}
    say(f"{text}\n{text}")
    assert not obeyed(capsys.readouterr().out)


def test_an_example_on_the_class_page_is_clean(graded):
    from grader.gradebook import scores_of

    engine = open_gradebook(graded / "gradebook.db")
    scores = scores_of(engine, "tiny")
    summing = Summarising(scores, {student.number: f"p{student.number}" for student in scores.students})
    summing.add(result("one", 1.0), scores.students)
    question = QuestionBehaviour(
        question="q1", digest="d", mistake=None, functions=["mean"], source=WILD, outputs=[WILD]
    )
    summary = summing.done([SubmissionBehaviour(submission="one", pset="tiny", questions=[question])])
    engine.dispose()
    (group,) = summary.unnamed
    assert group.example is not None
    shown = [group.example.source, *group.example.outputs, *(row.name for row in summary.rows)]
    assert "owned" in shown[0]
    assert not obeyed("".join(shown))


@pytest.mark.parametrize("folder", [b"\xff\xfe", b"caf\xe9", b"a\x1b[31m"])
def test_a_folder_name_that_is_no_text_is_a_student_like_any_other(folder, tmp_path):
    path = tmp_path / "submitted"
    for name in (os.fsdecode(folder), "ben"):
        tree(path / name / "tiny", "tiny.ipynb", "timestamp.txt")
    intake = take_in([path], "tiny")
    engine = open_gradebook(tmp_path / "gradebook.db")
    submissions = [HandedIn(result(one.name, 1.0), one.students) for one in intake.found]
    assert record_results(engine, course(tmp_path), submissions) == 2
    engine.dispose()


def test_the_table_of_a_grading_run_obeys_no_name(graded):
    from grader.cli.display import _label
    from grader.gradebook import scores_of

    engine = open_gradebook(graded / "gradebook.db")
    for student in scores_of(engine, "tiny").students:
        assert "owned" in _label(student)
        assert not obeyed(_label(student))
    engine.dispose()
