"""gradmark mistakes: groups that fail alike, with a message each, and who did not answer."""

from __future__ import annotations

import json

import msgspec
import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.gradebook import Delivery, Recorder, documents_of, open_gradebook, reading, scores_of
from grader.results import QuestionBehaviour, SubmissionBehaviour
from tests.gradebook.course import course, result, who

BLANK = {
    "digest": "b1a2c3d4e5f60718",
    "answered": False,
    "message": "`mean` is not answered yet",
    "source": "",
}
ALIKE = {
    "digest": "a1b2c3d4e5f60718",
    "message": "It is 2 times the right value.",
    "source": "def mean(x): ...",
}
KNOWN = {"digest": "c1c2c3c4c5c60718", "message": "You sum.", "source": "", "mistake": "sum_for_mean"}


@pytest.fixture
def graded(tmp_path):
    """Three who did not answer q1, two who fail it alike, one with a known mistake."""
    folder = tmp_path / "graded"
    folder.mkdir()
    engine = open_gradebook(folder / "gradebook.db")
    recorder = Recorder(engine, course(tmp_path))
    for number, behaved in enumerate([BLANK, BLANK, ALIKE, ALIKE, BLANK, KNOWN], 1):
        name = f"sub{number}"
        question = {
            "question": "q1",
            "mistake": None,
            "functions": ["mean"],
            "outputs": ["mean → 2.0"],
        } | behaved
        one = result(name, 0.0)
        test = one.questions[0].tests[0]
        test.explanation = None
        one.questions[0].tests.append(msgspec.structs.replace(test, name="test_inherited", inherited=["q2"]))
        attempt, _ = recorder.hand_in(Delivery(name, one.provenance.submission_sha256, (who(number),)))
        behaviour = SubmissionBehaviour(
            submission=name, pset="tiny", questions=[QuestionBehaviour(**question)]
        )
        assert recorder.record(attempt, one, behaviour)
    engine.dispose()
    return folder


def run(*given: object) -> str:
    done = CliRunner().invoke(main, ["mistakes", *map(str, given)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_each_group_shows_a_message_and_blanks_are_counted_apart(graded):
    shown = run(graded).splitlines()
    assert shown == [
        "q1-a1b2c3: 2 submissions",
        "  sub3, sub4",
        "  It is 2 times the right value.",
        "    def mean(x): ...",
        "    mean → 2.0",
        "",
        "Not answered: q1 (3 submissions)",
        "Not listed: 1 group with a known mistake; use --all to see everything",
    ]
    assert "q1-c1c2c3: 1 submission, known as sum_for_mean" in run(graded, "--all")


def test_json_has_the_message_and_who_answered(graded):
    alike, blank = json.loads(run(graded, "--json"))
    assert (alike["group"], alike["answered"], alike["message"]) == ("q1-a1b2c3", True, ALIKE["message"])
    assert alike["submissions"] == ["sub3", "sub4"]
    assert alike["example"]["digest"] == ALIKE["digest"]
    assert (blank["answered"], blank["submissions"]) == (False, ["sub1", "sub2", "sub5"])


def test_a_sentence_reaches_its_group_and_no_other(graded):
    run(graded, "--say", "q1-a1b2c3", "You double it.")
    engine = open_gradebook(graded / "gradebook.db")
    scores = scores_of(engine, "tiny")
    wanted = [(attempt.result, attempt.submission, None) for _, attempt in scores.submissions]
    with reading(engine) as connection:
        said = {
            one.submission: [test.said for test in one.questions[0].tests]
            for _, one in documents_of(connection, 1, wanted)
        }
    engine.dispose()
    told = {name: sentences for name, sentences in said.items() if any(sentences)}
    assert told == {name: ["You double it.", ""] for name in ("sub3", "sub4")}, "not of what is inherited"


def test_promoting_a_group_drafts_its_entry(graded):
    assert '@mistake("mean"' in run(graded, "--promote", "q1-a1b2c3")
