"""A score that moves because a failure is inherited: the run says so."""

from __future__ import annotations

from fractions import Fraction

from grader.gradebook import open_gradebook
from grader.gradebook.moves import words_of_moves
from grader.gradebook.record import Delivery, Recorder
from grader.results import SubmissionResult
from tests.gradebook.course import course, result, who


def inheriting(given: SubmissionResult, points: Fraction | int, *origins: str) -> SubmissionResult:
    """The result with q2's failure inherited, which gives these points."""
    (test,) = given.questions[1].tests
    test.inherited = list(origins) or None
    test.status, test.score = "failed", Fraction(points)
    given.questions[1].score = Fraction(points)
    given.score = sum(question.score for question in given.questions)
    return given


def test_what_is_said_of_it():
    before, after = inheriting(result("a"), 0), inheriting(result("a"), 2, "q1", "q3")
    assert words_of_moves(before, after) == ["q2: 2 more points: its failure is inherited from q1 and q3."]
    assert words_of_moves(after, before) == [
        "q2: 2 fewer points: less of its failure is inherited than before."
    ]
    one = inheriting(result("a"), 1, "q1")
    assert words_of_moves(before, one) == ["q2: 1 more point: its failure is inherited from q1."]
    assert words_of_moves(one, one) == []


def test_a_run_that_grades_again_says_why_a_score_moved(tmp_path):
    problem_set = course(tmp_path / "course")
    database = open_gradebook(tmp_path / "gradebook.db")
    delivery = Delivery("ada", "a" * 64, (who(1),), None, False)

    def run(given: SubmissionResult) -> Recorder:
        recorder = Recorder(database, problem_set)
        attempt, _ = recorder.hand_in(delivery)
        recorder.record(attempt, given)
        moved = recorder.finish()
        assert set(moved) >= set(recorder.why)
        return recorder

    assert run(inheriting(result("ada"), 0)).why == {}
    assert run(inheriting(result("ada"), 2, "q1")).why == {
        "ada": ["q2: 2 more points: its failure is inherited from q1."]
    }
    assert run(inheriting(result("ada"), 2, "q1")).why == {}
    database.dispose()
