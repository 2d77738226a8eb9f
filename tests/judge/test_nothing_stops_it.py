"""Whatever goes wrong while one submission is judged ends as its result, and the next one is graded as ever."""

from __future__ import annotations

import contextlib
import threading
import time
from pathlib import Path

import pytest

from grader.judge import Judge, Submission
from grader.judge.bounded import TooLong, bounded
from grader.judge.calls import CallLog
from grader.judge.explain import Explainer
from grader.judge.objects import UNANSWERED
from grader.pset import load_problem_set
from grader.results import SubmissionResult
from grader.sandbox.isolation import choose_plan
from grader.sandbox.outside.session import Session
from grader.student import Call
from tests.notebooks import notebook
from tests.pset.tiny import write_tiny_course

pytestmark = pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")

SECONDS = 12
"""Of a submission, where its time is to run out."""
SLACK = 15
"""Seconds that a busy machine may take beyond; without a bound, it would be for ever."""
SUITE = """
import sys
import time
import numpy as np
import pytest
from grader import check_close, question


{fixture}
@question("q1", points=3)
def test_mean(student):
    {body}


@question("q2", points=2)
def test_weighted(student):
    check_close(student.weighted_mean(np.ones(3), np.ones(3)), 1.0)
"""
CHECK = "check_close(student.mean(np.arange(3.0)), 1.0)"
WEIGHTED = "def weighted_mean(x, w):\n    return (x * w).sum() / w.sum()"
RIGHT = "def mean(x):\n    return x.mean()"
SUM = "def mean(x):\n    return x.sum()"
ENDLESS = "def mean(x):\n    return 1e15"


def grader(tmp_path: Path, body: str = CHECK, fixture: str = "", seconds: int = 180) -> Judge:
    """Of the tiny course with a suite of two tests."""
    limits = f"{{cell_seconds: 3, call_seconds: 3, submission_seconds: {seconds}}}"
    folder = write_tiny_course(tmp_path / "course", pset=("data: data", f"data: data\nlimits: {limits}"))
    body = body.replace("\n", "\n    ")
    (folder / "suite" / "test_means.py").write_text(
        SUITE.format(body=body, fixture=fixture), encoding="utf-8"
    )
    made = Judge(load_problem_set(folder))
    made.sandbox.start()  # before any clock runs
    return made


def handed_in(mean: str = RIGHT) -> Submission:
    return Submission("someone", {"tiny.ipynb": notebook(["import numpy as np", mean, WEIGHTED])})


def verdicts(result: SubmissionResult) -> list[str]:
    return [test.status for question in result.questions for test in question.tests]


def test_an_infinite_loop_costs_its_own_question_only(tmp_path):
    with grader(tmp_path) as judge:
        result = judge.grade(handed_in("def mean(x):\n    while True:\n        pass"))
    assert result.status == "graded"
    assert verdicts(result) == ["timeout", "passed"]
    assert [question.score for question in result.questions][:2] == [0, 2]


# A test's own time -------------------------------------------------------------------------------------------

LOOP = "for _ in range(int(student.mean(np.arange(3.0)))):\n    {}\n"


@pytest.mark.parametrize(
    ("body", "fixture"),
    [
        (LOOP.format("pass"), ""),
        (LOOP.format("time.sleep(0.01)"), ""),
        ("try:\n    " + LOOP.format("    pass") + "except BaseException:\n    pass", ""),
        (LOOP.format("pass"), "@pytest.fixture(autouse=True, scope='module')\ndef opened():\n    yield\n"),
    ],
    ids=["counting", "waiting", "swallowing everything", "with a fixture"],
)
def test_a_test_that_counts_up_to_a_students_number_ends_with_the_submissions_time(tmp_path, body, fixture):
    with grader(tmp_path, body, fixture, SECONDS) as judge:
        started = time.monotonic()
        result = judge.grade(handed_in(ENDLESS))
        assert time.monotonic() - started < SECONDS + SLACK
        assert (result.status, verdicts(result)) == ("graded", ["timeout", "timeout"])
        first, second = (question.tests[0] for question in result.questions[:2])
        assert first.message == (
            "The test was still working with what your code returned when your whole submission reached its time limit "
            f"of {SECONDS} seconds"
        )
        assert f"your whole submission reached its time limit of {SECONDS} seconds" in second.message
        other = judge.grade(handed_in())
        assert (other.status, verdicts(other)) == ("graded", ["passed", "passed"]), "the next one"


def test_a_test_that_never_ends_with_the_reference_either_is_ours(tmp_path):
    body = "if student.mean(np.arange(3.0)) != 1.0:\n    raise TypeError\nwhile True:\n    pass"
    with grader(tmp_path, body, seconds=SECONDS) as judge:
        started = time.monotonic()
        result = judge.grade(handed_in(SUM))
        assert time.monotonic() - started < SECONDS + SLACK
        assert (result.status, verdicts(result)[0]) == ("grader_error", "grader_error")


def test_what_is_swallowed_comes_again_and_ends_with_the_block():
    swallowed: list[TooLong] = []

    def swallow() -> None:
        with bounded(0.05):
            while len(swallowed) < 3:
                try:
                    while True:
                        pass
                except TooLong as error:
                    swallowed.append(error)

    with pytest.raises(TooLong):
        swallow()
    assert len(swallowed) == 3
    end = time.monotonic() + 1.0
    while time.monotonic() < end:  # nothing comes afterwards
        pass


def test_a_block_that_waits_is_bounded_by_the_wall_clock():
    def wait() -> None:
        with bounded(10.0, wall=0.2):
            while True:
                time.sleep(0.01)

    started = time.monotonic()
    with pytest.raises(TooLong):
        wait()
    assert time.monotonic() - started < 5


def test_a_block_that_ends_in_time_is_left_alone_and_so_is_its_exception():
    with bounded(5.0):
        threads = threading.active_count()
    for _ in range(200):
        with bounded(5.0):
            pass
        with pytest.raises(KeyError), bounded(5.0):
            raise KeyError
    assert threading.active_count() <= threads


def test_a_block_within_another_has_a_bound_of_its_own():
    def outer() -> str:
        with bounded(60.0), contextlib.suppress(TooLong), bounded(0.05):
            while True:
                pass
        return "went on"

    assert outer() == "went on"


def test_how_many_calls_a_stopped_test_made_is_not_kept():
    log = CallLog()
    record = log.recorder("test_it")
    for function in ("f", "f", "g"):
        record(Call(function, (), {}, 1.0, "float"))
    record.forget()
    assert [(call.function, call.error) for call in log] == [("f", UNANSWERED), ("g", UNANSWERED)]


# Whatever else goes wrong ------------------------------------------------------------------------------------


@pytest.mark.parametrize("fixture", ["", "@pytest.fixture(autouse=True)\ndef opened():\n    yield\n"])
@pytest.mark.parametrize(
    "body",
    [
        "raise MemoryError",
        "def deeper():\n    deeper()\ndeeper()",
        "sys.exit('done')",
        "pytest.exit('done')",
        "raise KeyboardInterrupt",
    ],
    ids=["memory", "recursion", "exit", "pytest.exit", "interrupt"],
)
def test_whatever_a_test_raises_is_that_tests_error(tmp_path, body, fixture):
    with grader(tmp_path, body, fixture) as judge:
        for _ in range(2):
            result = judge.grade(handed_in())
            assert (result.status, verdicts(result)) == ("grader_error", ["grader_error", "passed"])
            assert result.reason == "error on our side in test_means.py::test_mean"


@pytest.mark.parametrize("ends", ["raise OSError('the disk is full')", "pytest.exit('done')", "sys.exit(1)"])
@pytest.mark.parametrize("when", ["    yield\n    {}\n", "    {}\n    yield\n"], ids=["teardown", "setup"])
def test_a_fixture_that_fails_is_our_fault_and_stops_nothing(tmp_path, ends, when):
    fixture = f"@pytest.fixture(autouse=True, scope='module')\ndef opened():\n{when.format(ends)}"
    with grader(tmp_path, CHECK, fixture) as judge:
        for _ in range(2):
            result = judge.grade(handed_in())
            assert result.status == "grader_error"
            assert "test" in result.reason or "the suite stopped with" in result.reason


def fails(*_: object, **__: object) -> None:
    raise RuntimeError("a slip of ours")


@pytest.mark.parametrize(
    ("step", "what"),
    [
        ("grader.judge.explain.Explainer.explain", "known mistakes cannot be named"),
        ("grader.judge.telling.Explainer", "known mistakes cannot be named"),
        ("grader.judge.telling.Teller.conventions", "accepted conventions cannot be named"),
        ("grader.judge.telling.behaviours", "failed questions cannot be summed up"),
    ],
)
def test_where_only_what_is_said_of_them_fails_the_verdicts_stay_and_staff_hear_of_it(
    tmp_path, monkeypatch, step, what
):
    with grader(tmp_path) as judge:
        with monkeypatch.context() as broken:
            broken.setattr(step, fails)
            result = judge.grade(handed_in(SUM))
        assert (result.status, verdicts(result), result.score) == ("graded", ["failed", "passed"], 2)
        (problem,) = judge.problems
        assert problem.startswith(f"{what}: RuntimeError: a slip of ours (test_nothing_stops_it.py, line ")
        result = judge.grade(handed_in(SUM))
        assert (result.questions[0].tests[0].mistake, judge.problems) == ("sum_for_mean", [])


def test_a_known_mistake_that_ends_the_program_ends_nothing(tmp_path, monkeypatch):
    def leave(*_: object) -> None:
        raise SystemExit("done")

    with grader(tmp_path) as judge:
        monkeypatch.setattr(Explainer, "explain", leave)
        assert verdicts(judge.grade(handed_in(SUM))) == ["failed", "passed"]
        assert "SystemExit: done" in judge.problems[0]


def test_an_explanation_that_takes_too_long_leaves_the_verdicts(tmp_path, monkeypatch):
    def endless(*_: object) -> dict[str, object]:
        while True:
            pass

    with grader(tmp_path, seconds=SECONDS) as judge:
        monkeypatch.setattr(Explainer, "explain", endless)
        started = time.monotonic()
        result = judge.grade(handed_in(SUM))
        assert time.monotonic() - started < SECONDS + SLACK
        assert (result.status, verdicts(result)) == ("graded", ["failed", "passed"])


@pytest.mark.parametrize(
    "step",
    [
        "grader.sandbox.outside.session.Session.load",
        "grader.sandbox.outside.session.Session.close",
        "grader.judge.examine.judge",
        "grader.judge.plugin.SuitePlugin.run",
        "grader.judge.runner.SuiteRunner.submit",
    ],
)
def test_a_fault_of_ours_at_any_step_is_that_submissions_result(tmp_path, monkeypatch, step):
    with grader(tmp_path) as judge:
        with monkeypatch.context() as broken:
            broken.setattr(step, fails)
            result = judge.grade(handed_in())
        assert (result.status, result.score, verdicts(result)) == ("grader_error", 0, [])
        assert result.reason.startswith("grading stopped: RuntimeError: a slip of ours (test_nothing")
        assert verdicts(judge.grade(handed_in())) == ["passed", "passed"]


def test_an_exception_without_words_is_reported_all_the_same(tmp_path, monkeypatch):
    class Speechless(Exception):
        def __str__(self) -> str:
            raise ValueError

    def fail(*_: object) -> None:
        raise Speechless

    with grader(tmp_path) as judge:
        monkeypatch.setattr(Session, "load", fail)
        result = judge.grade(handed_in())
        assert "Speechless" in result.reason


def test_a_template_that_cannot_start_is_that_submissions_result(tmp_path, monkeypatch):
    with grader(tmp_path) as judge:
        judge.sandbox.close()
        with monkeypatch.context() as broken:
            broken.setattr("grader.sandbox.outside.host.sys.executable", "/no/such/python")
            result = judge.grade(handed_in())
        assert result.status == "grader_error"
        assert "the sandbox could not start a submission" in result.reason
        assert verdicts(judge.grade(handed_in())) == ["passed", "passed"]


def test_a_suite_that_was_spoilt_meanwhile_is_said_for_each_submission(tmp_path, monkeypatch):
    with grader(tmp_path) as judge:
        with monkeypatch.context() as broken:
            broken.setattr("grader.judge.examine.judge", fails)
            judge.grade(handed_in())
        (judge.problem_set.suite_dir / "test_means.py").write_text(
            "import no_such_module\n", encoding="utf-8"
        )
        for _ in range(2):
            result = judge.grade(handed_in())
            assert result.status == "grader_error"
            assert "cannot be collected" in result.reason
