"""What everyone's points are: which attempt counts, what a person's word does, what lateness takes, what is unknown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from grader.errors import GradmarkError
from grader.gradebook import (
    FailingAlike,
    ManualGrade,
    StudentScore,
    choose_attempt,
    extend,
    grade_by_hand,
    open_gradebook,
    override_points,
    publish,
    say_to_group,
    scores_of,
    transaction,
)
from grader.gradebook.models import PsetRow
from grader.pset import ProblemSet
from grader.results import QuestionBehaviour, StudentIdentity
from tests.gradebook.course import DUE, POLICY, HandedIn, course, handed_in, record_results, result, who

DAY = timedelta(days=1)
TWO_DAYS = "data: data\ndue: {due}\nlate: {{percent_per_day: 10, budget_days: 2}}"


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Path:
    """A gradebook with nothing in it: copying one is faster than making one."""
    path = tmp_path_factory.mktemp("empty") / "gradebook.db"
    open_gradebook(path).dispose()
    return path


@pytest.fixture
def engine(empty, tmp_path) -> Iterator[Engine]:
    engine = open_gradebook(shutil.copy(empty, tmp_path))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> ProblemSet:
    """q1 of 3 points, q2 of 2, q3 of 4 graded by hand; 10% a day late."""
    return course(tmp_path_factory.mktemp("course"))


def of(engine: Engine, number: int = 1, counts=None, pset: str = "tiny") -> StudentScore:
    return next(one for one in scores_of(engine, pset, counts).students if one.sid == f"s{number}")


def failed(name: str, status: str, **more) -> HandedIn:
    return HandedIn(result(name, 0.0, 0.0, status=status, reason="why", **more), (who(1),), DUE)


# Which attempt counts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "latest", "best"),
    [
        ([(3.0, 2.0)], 1, 1),
        ([(3.0, 2.0), (1.0, 0.0)], 2, 1),
        ([(1.0, 0.0), (3.0, 2.0)], 2, 2),
        ([(3.0, 0.0), (1.0, 2.0), (0.0, 0.0)], 3, 2),  # of equally good ones the last
        ([(1.0, 0.0), (3.0, 2.0), (2.0, 0.0)], 3, 2),
        ([(0.0, 0.0), (0.0, 0.0)], 2, 2),
    ],
)
def test_the_latest_attempt_counts_or_the_best(engine, tiny, points, latest, best):
    record_results(
        engine, tiny, [handed_in(str(n), 1, *each, late=(n - 9) * DAY) for n, each in enumerate(points, 1)]
    )
    assert of(engine).attempt.submission == of(engine, counts="latest").attempt.submission == str(latest)
    assert of(engine, counts="best").attempt.submission == str(best)
    assert of(engine).attempts == len(points)


def test_an_attempt_without_a_score_is_never_the_best(engine, tiny):
    record_results(engine, tiny, [failed("ours", "grader_error"), failed("unread", "rejected")])
    assert of(engine, counts="best").attempt.submission == "unread"
    record_results(engine, tiny, [handed_in("zero", 1, 0.0, 0.0, late=-9 * DAY)])
    assert of(engine, counts="best").attempt.submission == "zero"
    assert of(engine).attempt.submission == "unread"


def test_the_problem_set_says_which_attempt_counts(engine, tmp_path):
    best = course(tmp_path, f"{POLICY}\ncounts: best")
    record_results(engine, best, [handed_in("a", 1, late=-2 * DAY), handed_in("b", 1, 0.0, 0.0, late=-DAY)])
    assert of(engine).attempt.submission == "a"
    assert of(engine, counts="latest").attempt.submission == "b"


def test_a_chosen_attempt_counts_until_the_choice_is_taken_back(engine, tiny):
    record_results(
        engine, tiny, [handed_in("a", 1, 0.0, 0.0, late=-2 * DAY), handed_in("b", 1), handed_in("c", 2)]
    )
    choose_attempt(engine, "tiny", "s1", "a", why="asked", by="ta")
    assert (of(engine).attempt.submission, of(engine).chosen) == ("a", True)
    assert of(engine, counts="best").attempt.submission == "a"
    assert not of(engine, 2).chosen
    choose_attempt(engine, "tiny", "s1", None, why="asked", by="ta")
    assert (of(engine).attempt.submission, of(engine).chosen) == ("b", False)


def test_the_last_attempt_under_each_name_is_listed_in_the_order_of_handing_in(engine, tiny):
    record_results(
        engine,
        tiny,
        [
            handed_in("b", 1, late=-3 * DAY), handed_in("a", 1, late=-2 * DAY),
            handed_in("b", 1, 1.0, late=-DAY, sha="changed"),
        ],
    )  # fmt: skip
    listed = of(engine).latest
    assert [one.submission for one in listed] == ["b", "a"]
    assert listed[0].questions["q1"] == 1


# What an attempt is worth -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "score", "points", "waiting"),
    [
        ("graded", 4, {"q1": 3, "q2": 1, "q3": None}, ["q3"]),
        ("failed_to_run", 0, {"q1": 0, "q2": 0, "q3": None}, ["q3"]),
        ("rejected", None, {"q1": None, "q2": None, "q3": None}, []),
        ("grader_error", None, {"q1": None, "q2": None, "q3": None}, []),
    ],
)
def test_what_is_not_known_is_none_and_no_zero(engine, tiny, status, score, points, waiting):
    made = result("a", 3.0, 1.0, status=status, reason="why")
    record_results(engine, tiny, [HandedIn(made, (who(1),), DUE)])
    mine = of(engine)
    assert (mine.score, mine.status, mine.attempt.questions, mine.open) == (score, status, points, waiting)
    assert (mine.attempt.reason, mine.attempt.members) == ("why", 1)


def test_a_question_that_the_tests_gave_nothing_for_has_no_points(engine, tiny):
    made = result("a")
    del made.questions[1]
    record_results(engine, tiny, [HandedIn(made, (who(1),), DUE)])
    assert of(engine).attempt.questions == {"q1": 3, "q2": 0, "q3": None}


def test_points_by_hand_are_added_and_the_last_ones_hold(engine, tiny):
    record_results(engine, tiny, [handed_in("a", 1)])
    grade_by_hand(engine, "tiny", [ManualGrade("a", "q3", 1, "short")], by="ta")
    grade_by_hand(engine, "tiny", [ManualGrade("a", "q3", 3, "better")], by="ta")
    mine = of(engine)
    assert (mine.score, mine.open, mine.attempt.manual) == (8, [], {"q3": 3})
    assert mine.attempt.comments == {"q3": "better"}
    grade_by_hand(engine, "tiny", [ManualGrade("a", "q3", None)], by="ta")
    mine = of(engine)
    assert (mine.score, mine.open, mine.attempt.manual) == (5, ["q3"], {"q3": None})
    assert mine.attempt.comments == {"q3": ""}


def test_points_by_hand_hold_for_a_notebook_that_could_not_be_run_and_for_no_error_of_ours(engine, tiny):
    record_results(engine, tiny, [failed("a", "failed_to_run")])
    grade_by_hand(engine, "tiny", [ManualGrade("a", "q3", 3)], by="ta")
    assert of(engine).score == 3
    record_results(engine, tiny, [failed("a", "grader_error")])
    assert (of(engine).score, of(engine).attempt.questions["q3"]) == (None, 3)


def test_points_by_hand_are_for_the_same_content_by_the_same_people(engine, tiny):
    record_results(
        engine,
        tiny,
        [
            handed_in("a", 1, sha="same", late=-2 * DAY), handed_in("again", 1, sha="same", late=-DAY),
            handed_in("theirs", 2, sha="same"), handed_in("changed", 1, sha="other"),
        ],
    )  # fmt: skip
    grade_by_hand(engine, "tiny", [ManualGrade("a", "q3", 3)], by="ta")
    given = {attempt.submission: attempt.questions["q3"] for attempt in of(engine).latest}
    assert given == {"a": 3, "again": 3, "changed": None}
    assert of(engine, 2).attempt.questions["q3"] is None


def test_points_by_hand_hold_for_everyone_who_handed_the_answer_in_together(engine, tiny):
    together = handed_in("together", (1, 2), sha="same", late=-3 * DAY)
    copied = handed_in("copied", 3, sha="same")
    record_results(engine, tiny, [together, handed_in("alone", 1, sha="same", late=-2 * DAY), copied])
    grade_by_hand(engine, "tiny", [ManualGrade("alone", "q3", 3)], by="ta")
    assert [of(engine, one).attempt.questions["q3"] for one in (1, 2, 3)] == [3, 3, None]
    record_results(engine, tiny, [handed_in("other", 2, sha="same", late=-DAY)])
    assert of(engine, 2).attempt.submission == "other"
    assert of(engine, 2).attempt.questions["q3"] == 3, "linked by what both handed in"


def test_points_by_hand_count_only_while_a_person_grades_the_question(engine, tiny):
    record_results(engine, tiny, [handed_in("a", 1)])
    grade_by_hand(engine, "tiny", [ManualGrade("a", "q3", 3)], by="ta")
    with transaction(engine) as connection:
        (questions,) = connection.scalars(select(PsetRow.questions))
        connection.execute(update(PsetRow).values(questions=[q | {"manual": False} for q in questions]))
    assert (of(engine).attempt.questions["q3"], of(engine).attempt.manual) == (0, {})


# What staff decide --------------------------------------------------------------------------------------------


def test_an_override_of_a_question_takes_the_place_of_its_points_before_lateness(engine, tiny):
    record_results(engine, tiny, [handed_in("a", 1, 1.0, 2.0, late=DAY)])
    override_points(engine, "tiny", "s1", 3, question="q1", why="w", by="ta")
    override_points(engine, "tiny", "s1", 2, question="q3", why="w", by="ta")
    mine = of(engine)
    assert mine.score == Fraction(7) * Fraction(9, 10)
    assert (mine.overridden, mine.open) == (["q1", "q3"], [])
    assert mine.given == {"q1": 3, "q3": 2}
    override_points(engine, "tiny", "s1", None, question="q1", why="w", by="ta")
    mine = of(engine)
    assert (mine.score, mine.overridden) == (Fraction(5) * Fraction(9, 10), ["q3"])


def test_a_question_whose_points_staff_set_inherits_nothing(engine, tiny):
    one = result("a", 3.0, 2.0)
    for question in one.questions[:2]:
        question.tests[0].status, question.tests[0].inherited = "failed", ["q9"]
    record_results(engine, tiny, [HandedIn(one, (who(1),), DUE)])
    assert of(engine).attempt.inherited == {"q1", "q2"}
    override_points(engine, "tiny", "s1", 3.0, question="q1", why="w", by="ta")
    assert of(engine).attempt.inherited == {"q2"}


def test_points_that_rest_on_tests_inside_are_known_until_staff_set_them(engine, tiny):
    one = result("a", 3.0, 2.0)
    for question in one.questions[:2]:
        question.tests[0].trust = "inside"
    record_results(engine, tiny, [HandedIn(one, (who(1),), DUE), handed_in("b", 2, 1.0, 1.0)])
    assert (of(engine).inside, of(engine, 2).inside) == (5, 0)
    scores = scores_of(engine, "tiny")
    assert scores.inside == sum(test.max_score for q in one.questions[:2] for test in q.tests if not q.bonus)
    assert scores.by_tests == sum(q.points for q in tiny.questions if not (q.manual or q.bonus))
    override_points(engine, "tiny", "s1", 3.0, question="q1", why="w", by="ta")
    assert of(engine).inside == 2
    override_points(engine, "tiny", "s1", 3.0, why="w", by="ta")
    assert of(engine).inside == 0


def test_an_override_of_everything_has_the_last_word(engine, tiny):
    record_results(engine, tiny, [handed_in("a", 1, late=3 * DAY), handed_in("b", 2)])
    override_points(engine, "tiny", "s1", 8, why="w", by="ta")
    mine = of(engine)
    assert (mine.score, mine.overridden, mine.open, mine.given) == (8, [""], [], {})
    assert mine.attempt.score == Fraction(7, 2)
    assert (of(engine, 2).score, of(engine, 2).overridden) == (5, [])
    override_points(engine, "tiny", "s1", None, why="w", by="ta")
    assert (of(engine).score, of(engine).overridden, of(engine).open) == (Fraction(7, 2), [], ["q3"])


def test_an_override_of_a_question_saves_no_attempt_that_we_failed_to_grade(engine, tiny):
    record_results(engine, tiny, [failed("a", "grader_error")])
    override_points(engine, "tiny", "s1", 3, question="q1", why="w", by="ta")
    assert (of(engine).score, of(engine).attempt.questions["q1"]) == (None, 3)


def test_points_given_to_someone_who_handed_in_nothing(engine, tiny):
    record_results(engine, tiny, [], roster=[who(1), who(2), who(3)])
    assert (of(engine).score, of(engine).status, of(engine).attempts, of(engine).open) == (
        None, "not handed in", 0, [],
    )  # fmt: skip
    assert of(engine, counts="best").attempt is None
    override_points(engine, "tiny", "s1", 1, question="q1", why="w", by="ta")
    override_points(engine, "tiny", "s1", 2, question="q3", why="w", by="ta")
    override_points(engine, "tiny", "s2", 4, why="w", by="ta")
    assert (of(engine).score, of(engine).given) == (3, {"q1": 1, "q3": 2})
    assert (of(engine, 2).score, of(engine, 2).given, of(engine, 3).score) == (4, {}, None)
    record_results(engine, tiny, [], roster=[who(3)])
    assert {one.sid for one in scores_of(engine, "tiny").students} == {"s1", "s2", "s3"}
    override_points(engine, "tiny", "s2", None, why="w", by="ta")
    assert {one.sid for one in scores_of(engine, "tiny").students} == {"s1", "s3"}


def test_each_member_of_a_group_has_their_own_extension_and_overrides(engine, tiny):
    record_results(engine, tiny, [handed_in("a", (1, 2), late=DAY)])
    extend(engine, "tiny", ["s1"], "+2d", why="w", by="ta")
    override_points(engine, "tiny", "s2", 0, question="q1", why="w", by="ta")
    first, second = of(engine), of(engine, 2)
    assert (first.score, second.score) == (5, Fraction(2) * Fraction(9, 10))
    assert first.attempt.members == second.attempt.members == 2
    assert (first.due, first.extended) == (DUE + 2 * DAY, True)
    assert (second.due, second.extended) == (DUE, False)


def test_grades_are_published_until_that_is_taken_back(engine, tiny):
    record_results(engine, tiny, [handed_in("a", 1)])
    assert scores_of(engine, "tiny").published is False
    publish(engine, "tiny", True, by="ta")
    assert scores_of(engine, "tiny").published is True
    publish(engine, "tiny", False, by="ta")
    assert scores_of(engine, "tiny").published is False


# Lateness -----------------------------------------------------------------------------------------------------


def test_what_is_known_of_the_time_decides_the_lateness(engine, tiny):
    marked = HandedIn(result("marked"), (who(1),), None, True)
    record_results(engine, tiny, [marked, handed_in("late", 2, late=2 * DAY)])
    assert of(engine).attempt.lateness.note == "marked late at an unknown time; counted as one day"
    assert (of(engine).score, of(engine, 2).score) == (Fraction(9, 2), 4)


def test_days_late_end_by_the_problem_set_s_clocks(engine, tmp_path):
    """The night in which clocks go forward, a day has 23 hours."""
    zoned = "data: data\ntimezone: America/New_York\ndue: 2027-03-13 23:59\nlate: {percent_per_day: 10}"
    late = datetime.fromisoformat("2027-03-13T23:59:00-05:00") + timedelta(hours=23.5)
    record_results(engine, course(tmp_path, zoned), [HandedIn(result("a"), (who(1),), late)])
    assert of(engine).attempt.lateness.days == 2


def test_late_days_are_used_up_in_the_order_of_the_due_dates(engine, tmp_path):
    due = "2027-02-2{}T23:59:00-05:00"
    psets = {
        name: course(tmp_path / name, TWO_DAYS.format(due=due.format(day)), name=name)
        for name, day in (("first", 1), ("second", 3), ("final", 5))
    }
    apart = course(tmp_path / "apart", name="apart")
    record_results(engine, apart, [handed_in("a", 1, late=DAY)])
    for week, name in ((4, "final"), (2, "second"), (0, "first")):
        late = timedelta(days=week + 1)
        record_results(
            engine, psets[name], [handed_in("a", 1, late=late), handed_in("b", 2, late=late - DAY)]
        )

    def days(number: int = 1) -> list[tuple[int, int]]:
        late = [of(engine, number, pset=name).attempt.lateness for name in psets]
        return [(one.covered, one.left) for one in late]

    assert days() == [(1, 1), (1, 0), (0, 0)]
    assert days(2) == [(0, 2)] * 3
    assert [scores_of(engine, name).later for name in psets] == [("second", "final"), ("final",), ()]
    assert [scores_of(engine, name).budget for name in (*psets, "apart")] == [2, 2, 2, 0]
    assert (scores_of(engine, "apart").later, of(engine, pset="apart").attempt.lateness.covered) == ((), 0)
    # Where lateness costs nothing, no day is used.
    override_points(engine, "first", "s1", 1, why="w", by="ta")
    assert days() == [(1, 1), (1, 1), (1, 0)]
    record_results(
        engine,
        psets["second"],
        [HandedIn(result("a", status="grader_error", sha="new"), (who(1),), DUE + 3 * DAY)],
    )
    assert days()[2] == (1, 1)
    # What changes for an earlier problem set is news for a later one.
    assert scores_of(engine, "final").last_fact == scores_of(engine, "second").last_fact
    assert scores_of(engine, "final").last_fact > scores_of(engine, "first").last_fact


# The class ----------------------------------------------------------------------------------------------------


def test_the_problem_set_and_its_students(engine, tmp_path):
    zoned = "data: data\ntimezone: America/New_York\ndue: 2027-02-21 23:59"
    record_results(
        engine,
        course(tmp_path, zoned),
        [handed_in("b", 2), handed_in("a", 1), HandedIn(result("nameless"), (), DUE)],
        roster=[who(3), replace_name(who(4), "ada")],
    )
    scores = scores_of(engine, "tiny")
    assert [(one.name, one.number) for one in scores.students] == [
        ("", 3), ("ada", 5), ("Student 1", 2), ("Student 2", 1), ("Student 3", 4),
    ]  # fmt: skip
    assert (scores.name, scores.title, str(scores.zone)) == ("tiny", "Tiny", "America/New_York")
    assert (scores.due, str(scores.due.tzinfo), scores.budget) == (DUE, "America/New_York", 0)
    assert [(q.id, q.title, q.points, q.manual, q.bonus) for q in scores.questions] == [
        ("q1", "Mean", 3, False, False), ("q2", "Weighted mean", 2, False, False), ("q3", "Explain", 4, True, False),
    ]  # fmt: skip
    assert [attempt.submission for _, attempt in scores.submissions] == ["a", "b", "nameless"]
    with pytest.raises(GradmarkError, match="has no problem set 'other'"):
        scores_of(engine, "other")


def replace_name(identity: StudentIdentity, name: str) -> StudentIdentity:
    return StudentIdentity(identity.id, name, identity.email)


def test_students_without_a_name_are_in_the_order_of_their_submissions(engine, tiny):
    record_results(engine, tiny, [HandedIn(result(name), (), DUE) for name in "bca"])
    assert [one.attempt.submission for one in scores_of(engine, "tiny").students] == ["a", "b", "c"]


def test_the_last_fact_is_whatever_happened_last(engine, tiny):
    def last() -> datetime:
        return scores_of(engine, "tiny").last_fact

    record_results(engine, tiny, [handed_in("a", 1)])
    before = last()
    assert datetime.now(UTC) - before < timedelta(minutes=5)
    alike = FailingAlike(
        QuestionBehaviour(question="q1", digest="d", mistake=None, functions=[], source="", outputs=[]), ()
    )
    for decide in (
        lambda: grade_by_hand(engine, "tiny", [ManualGrade("a", "q3", 1)], by="ta"),
        lambda: say_to_group(engine, "tiny", alike, "You add one.", by="ta"),
        lambda: publish(engine, "tiny", True, by="ta"),
        lambda: record_results(engine, tiny, [handed_in("a", 1, 0.0)]),
    ):
        decide()
        before, now = last(), before
        assert before > now
