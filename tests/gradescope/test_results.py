"""What becomes of a grading result: points, what students and staff are told, and what the schema accepts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import msgspec
import pytest

from grader.gradescope import Metadata, PreviousSubmission, failed_results, results_of
from grader.points import exact, total
from grader.pset import load_problem_set
from grader.results import (
    Explained,
    NamedMistake,
    NotebookError,
    Provenance,
    QuestionResult,
    Showing,
    SubmissionResult,
    TestResult,
)
from grader.wording import title_of
from tests.gradescope.schema import problems, shown_to_students
from tests.pset.tiny import write_tiny_course

M_SUM = Explained(
    mistakes=[NamedMistake(name="m_sum", says="The sum, not the mean.", function="mean")],
    shown=[Showing(function="mean", wrong=2, calls=2)],
)
DUE = datetime(2027, 2, 21, 23, 59, tzinfo=UTC)
LATE = "due: 2027-02-21T23:59:00Z\nlate: {percent_per_day: 10, grace_minutes: 15, cap_percent: 50}\n"


@pytest.fixture
def course(tmp_path):
    def made(settings=""):
        return load_problem_set(write_tiny_course(tmp_path, pset=("expected_hours: 1\n", settings)))

    return made


def test_of(**changed):
    settled = {
        "name": "test_mean_of_a_list", "status": "passed", "score": 2.0, "max_score": 2.0, "visibility": "hidden",
        "summary": "", "seconds": 0.25,
    } | changed  # fmt: skip
    settled["title"] = title_of(settled["name"], None)
    return TestResult(**(settled | {name: exact(settled[name]) for name in ("score", "max_score")}))


test_of.__test__ = False


def graded(*tests, status="graded", reason="", errors=()):
    tests = list(tests) or [test_of()]
    points = total(test.score for test in tests)
    question = QuestionResult(id="q1", title="Mean", score=points, max_score=Fraction(3), tests=tests)
    where = Provenance(
        submission_sha256="a" * 64, pset_sha256="b" * 64, gradmark="0.1", python="3.11", numpy="2.4", seed="5eed",
        isolation=["seccomp"],
    )  # fmt: skip
    return SubmissionResult(
        submission="submission", pset="tiny", student=None, status=status, reason=reason, score=points,
        max_score=Fraction(9), questions=[question], notebook_errors=list(errors), provenance=where,
    )  # fmt: skip


def before(*scores):
    """Earlier attempts with these points."""
    known = (None if score is None else exact(score) for score in scores)
    return Metadata(previous=tuple(map(PreviousSubmission, known)))


def made(result, problem_set, metadata=None, **more):
    content = msgspec.json.encode(results_of(result, problem_set, metadata or Metadata(), **more))
    assert problems(content) == []
    return msgspec.json.decode(content)


def test_a_graded_submission(course):
    failed = test_of(
        name="test_shift[3]", status="failed", score=0.0, max_score=1.0, visibility="visible", explanation=M_SUM,
        summary="mean: wrong value",
    )  # fmt: skip
    results = made(graded(test_of(), failed), course())
    assert results["score"] == 2.0
    assert [(t["name"], t["number"], t["status"], t["visibility"]) for t in results["tests"]] == [
        ("q1 Mean: Mean of a list", "1.1", "passed", "hidden"),
        ("q1 Mean: Shift (3)", "1.2", "failed", "visible"),
    ]
    assert results["tests"][1]["output"] == (
        "```text\nThe sum, not the mean.\nThis shows in `mean`, in every call that this test makes.\n"
        "mean: wrong value\n```"
    )
    assert results["tests"][1]["extra_data"] == {"status": "failed", "mistake": "m_sum", "seconds": 0.25}
    assert results["output"] == (
        "```text\nThe sum, not the mean.\n"
        "Mend this first: it is in `mean` (q1) and costs 1 point in the tests shown here.\n```\n\n"
        "A person grades q3 (4 points); these points come later."
    )
    assert results["stdout_visibility"] == "hidden"
    assert results["extra_data"]["gradmark"]["provenance"]["seed"] == "5eed"


def test_an_inherited_failure_is_failed_and_says_what_it_earns(course):
    failed = test_of(
        status="failed", score=1.0, max_score=2.0, visibility="visible", explanation=M_SUM, inherited=["q1"],
        summary="train: wrong value",
    )  # fmt: skip
    (test, *_) = made(graded(failed), course())["tests"]
    assert (test["status"], test["score"], test["max_score"]) == ("failed", 1.0, 2.0)
    assert test["output"] == (
        "```text\nRight, given your `mean`: mend that first (q1).\nIt earns half of its 2 points.\n"
        "The sum, not the mean.\ntrain: wrong value\n```"
    )
    assert test["extra_data"]["inherited"] == ["q1"]
    full = test_of(status="failed", visibility="visible", inherited=["q1"])
    (test, *_) = made(graded(full), course())["tests"]
    assert (test["status"], test["score"]) == ("failed", 2.0)


def test_time_that_ran_out_before_failures_were_followed_is_told(course):
    result = graded(test_of(status="failed", score=0.0))
    result.unfollowed = True
    assert (
        "before we could tell which failures come from another question" in made(result, course())["output"]
    )


def test_a_mistake_that_only_hidden_tests_show_is_not_the_first_sentence(course):
    hidden = test_of(status="failed", score=0.0, explanation=M_SUM)
    assert "The sum, not the mean." not in made(graded(hidden), course())["output"]


def test_a_hidden_test_is_not_spoken_of_where_students_read(course):
    hidden = test_of(name="test_of_secrets", status="failed", score=0.0, summary="its hidden message")
    told = shown_to_students(made(graded(hidden), course()))
    assert "secrets" not in told
    assert "hidden message" not in told


def test_a_message_cannot_be_markdown(course):
    message = "mean: raised ValueError\n```\n# Full marks\n````\n<b>10</b>"
    failed = test_of(status="failed", score=0.0, visibility="visible", summary=message)
    output = made(graded(failed), course())["tests"][0]["output"]
    assert output == f"`````text\n{message}\n`````"


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("error", "Your code stopped with an error.\nwhy"),
        ("timeout", "Your code took too long.\nwhy"),
        ("crashed", "Your code crashed.\nwhy"),
        ("missing", "Something that this test calls is not defined.\nwhy"),
        ("failed", "why"),
        ("passed", "why"),
        ("grader_error", "There was an error on our side, so this was not judged."),
    ],
)
def test_what_happened_is_a_sentence(course, status, says):
    one = test_of(status=status, score=0.0, visibility="visible", summary="why")
    assert made(graded(one), course())["tests"][0]["output"] == f"```text\n{says}\n```"


def test_one_point_is_one_point(course):
    problem_set = course("counts: best\n")
    vars(problem_set)["tests"] = []
    output = made(graded(test_of(score=0.0, status="failed")), problem_set, before(1.0))["output"]
    assert "an earlier one got 1 point, this one 0." in output


def test_cells_that_stop_are_named(course):
    output = made(graded(errors=[NotebookError(cell=4, exception="NameError", text="x")]), course())["output"]
    assert "```text\nThe 4th code cell: NameError: x\n```" in output


@pytest.mark.parametrize(
    ("hours", "score", "said"),
    [
        (-1, 2.0, ""),
        (0.2, 2.0, ""),
        (1, 1.8, "1 day late, which costs 10% of the points earned"),
        (25, 1.6, "2 days late"),
        (2400, 1.0, "100 days late, which costs 50% of the points earned"),
    ],
)
def test_lateness_costs_what_the_problem_set_says(course, hours, score, said):
    results = made(graded(), course(LATE), Metadata(submitted=DUE + timedelta(hours=hours), due=DUE))
    assert results["score"] == score
    assert said in results["output"]


def test_without_a_rule_lateness_is_told_and_costs_nothing(course):
    results = made(graded(), course(), Metadata(submitted=DUE + timedelta(hours=1), due=DUE))
    assert results["score"] == 2.0
    assert "1 day late, which costs nothing" in results["output"]


def test_a_budget_is_taken_for_unused_and_said_to_be_counted_later(course):
    policy = "due: 2027-02-21T23:59:00Z\nlate: {percent_per_day: 10, budget_days: 5, budget_days_each: 1}\n"
    results = made(graded(), course(policy), Metadata(submitted=DUE + timedelta(hours=25), due=DUE))
    assert results["score"] == 1.8
    assert "This uses 1 of your 5 late days for the whole course, if that many are left" in results["output"]
    assert results["extra_data"]["gradmark"]["budget_days_covered"] == 1
    assert "as if none had been used" in results["tests"][-1]["output"]
    assert "as if none had been used" not in shown_to_students(results)


def test_days_are_the_calendar_s_in_the_course_s_zone(course):
    problem_set = course(LATE.replace("2027-02-21T23:59:00Z", "2027-03-13 23:59\ntimezone: America/New_York"))
    end = datetime.fromisoformat("2027-03-14T23:59:00-04:00")
    for late, days in ((timedelta(0), 1), (timedelta(seconds=1), 2)):
        results = made(graded(), problem_set, Metadata(submitted=end + late))
        assert results["extra_data"]["gradmark"]["days_late"] == days


@pytest.mark.parametrize(
    ("unread", "said"),
    [
        ((), "The submission time is not known"),
        (("the created_at …",), "The submission time cannot be read"),
    ],
)
def test_a_time_that_is_not_known_is_said(course, unread, said):
    results = made(graded(), course(LATE), Metadata(due=DUE, unread=unread))
    assert results["score"] == 2.0
    assert f"{said}, so nothing is taken off for lateness." in results["output"]
    assert all(sentence in results["tests"][-1]["output"] for sentence in unread)


def test_a_due_date_of_one_s_own_counts(course):
    mine = Metadata(submitted=DUE + timedelta(hours=30), due=DUE, extension=DUE + timedelta(days=1))
    results = made(graded(), course(LATE), mine)
    assert results["score"] == 1.8
    assert "1 day late after your own due date, which costs 10% of the points earned" in results["output"]


def test_the_problem_set_s_due_date_serves_where_gradescope_has_none(course):
    assert made(graded(), course(LATE), Metadata(submitted=DUE + timedelta(hours=1)))["score"] == 1.8


@pytest.mark.parametrize(
    ("scores", "score"), [([1.0, 2.5, None], 2.5), ([1.0], 2.0), ([], 2.0), ([100.0], 9.0)]
)
def test_the_best_attempt_counts_where_the_problem_set_says_so(course, scores, score):
    metadata = before(*scores)
    problem_set = course("counts: best\n")
    vars(problem_set)["tests"] = [replace(test, public=True) for test in problem_set.tests]
    best = made(graded(test_of(visibility="visible")), problem_set, metadata)
    assert best["score"] == score
    assert ("Your best attempt counts" in best["output"]) == (score > 2)
    if score == 2.5:
        assert "an earlier one got 2.5 points, this one 2." in best["output"]


def test_no_sentence_tells_points_of_tests_that_are_not_shown(course):
    """Otherwise one could try one option after another, and read off which earns more."""
    hidden = (
        course("counts: best\n"),
        graded(test_of(visibility="visible"), test_of(name="test_choice", held=True)),
    )
    outputs = {
        made(hidden[1], hidden[0], before(*earlier))["output"] for earlier in ([1.0], [2.5], [7.5, 2.0], [])
    }
    assert len(outputs) == 1
    assert "The best of your attempts counts." in outputs.pop()
    broken = graded(
        test_of(status="grader_error", score=0.0), status="grader_error", reason="a test of ours failed"
    )
    kept = {made(broken, course(), before(points))["output"] for points in (0.0, 1.0, 2.5)}
    assert len(kept) == 1
    assert "Until then you keep the points of your last attempt." in kept.pop()
    refused = graded(status="rejected", reason="no notebook")
    refused.questions = []
    assert len({made(refused, hidden[0], before(points))["output"] for points in (1.0, 2.5)}) == 1


def test_the_latest_attempt_counts_otherwise(course):
    assert made(graded(), course(), before(2.5))["score"] == 2.0


THIRDS = "due: 2027-02-21T23:59:00Z\nlate: {percent_per_day: 100/3}\n"


def test_lateness_is_exact_and_rounded_once(course):
    results = made(graded(), course(THIRDS), Metadata(submitted=DUE + timedelta(hours=1), due=DUE))
    assert results["score"] == 1.33
    assert "which costs 33.33% of the points earned" in results["output"]
    about = results["extra_data"]["gradmark"]
    assert (about["percent_off"], about["points_before_lateness"]) == (33.33, 2.0)
    whole = made(graded(), course(THIRDS), Metadata(submitted=DUE + timedelta(days=2.5), due=DUE))
    assert whole["score"] == 0
    assert "100% of the points earned" in whole["output"]


def test_three_thirds_are_full_marks(course):
    third = [test_of(score="1/3", max_score="1/3") for _ in range(3)]
    results = made(graded(*third), course())
    assert results["score"] == 1.0
    assert [test["score"] for test in results["tests"]] == [0.33, 0.33, 0.33]


def test_an_earlier_attempt_of_the_same_points_is_not_better_by_rounding(course):
    results = made(graded(test_of(score="2/3")), course("counts: best\n"), before(0.67))
    assert results["score"] == 0.67
    assert "best attempt" not in results["output"]


def test_bonus_points_are_named_and_no_earlier_ones_are_cut(tmp_path):
    bonus = "expected_hours: 1\n", "counts: best\n"
    folder = write_tiny_course(tmp_path, pset=bonus)
    text = (folder / "pset.yaml").read_text()
    (folder / "pset.yaml").write_text(text.replace("manual: true", "manual: true, bonus: true"))
    more = test_of(score=1, max_score=1, bonus=True, name="test_more")
    results = made(graded(test_of(), more), load_problem_set(folder), before(11))
    assert results["score"] == 11.0  # of 9
    assert [test["name"] for test in results["tests"]] == ["q1 Mean: Mean of a list", "q1 Mean: More (bonus)"]
    assert "q3 (4 bonus points)" in results["output"]


@pytest.mark.parametrize("status", ["rejected", "failed_to_run"])
def test_what_is_wrong_with_a_submission_is_told_to_its_student(course, status):
    results = made(graded(test_of(score=0.0), status=status, reason="broken.ipynb is no notebook"), course())
    assert "broken.ipynb is no notebook" in results["output"]
    assert "later" not in results["output"]


def test_our_fault_takes_nothing_away_and_is_explained_to_staff_only(course):
    broken = test_of(name="test_x", status="grader_error", score=0.0, visibility="visible")
    result = graded(broken, test_of(score=1.0), status="grader_error", reason="a test of ours failed: test_x")
    results = made(result, course(), before(2.5, 1.5))
    assert results["score"] == 1.5
    assert "because of an error on our side" in results["output"]
    assert "Until then you keep the points of your last attempt." in results["output"]
    assert "status" not in results["tests"][0]
    assert "test_x" not in shown_to_students(results)
    assert results["tests"][-1]["name"] == "For staff only"
    assert "test_x" in results["tests"][-1]["output"]


def test_a_long_traceback_is_cut():
    results = failed_results("no\ncourse", notes=["x" * 100_000])
    assert problems(msgspec.json.encode(results)) == []
    assert len(results.tests[0].output) < 25_000


def test_the_schema_refuses_what_it_should():
    def refused(text):
        return problems(text.encode())

    assert refused('{"score": 1}') == []
    assert refused('{"tests": [{"score": 1}]}') == []
    for wrong in (
        "{}", '{"tests": []}', '{"tests": [{}]}', '{"score": "1"}', '{"score": NaN}', '{"score": 1, "tests": {}}', "[",
        '{"score": 1, "visibility": "secret"}', '{"score": 1, "tests": [{"vizibility": "hidden"}]}',
        '{"score": 1, "tests": [{"status": "error"}]}', '{"score": 1, "output_format": "markdown"}',
    ):  # fmt: skip
        assert refused(wrong), wrong
