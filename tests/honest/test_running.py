"""What stops a run on a grading machine, or comes after the answers, costs an honest notebook nothing."""

from __future__ import annotations

import pytest

from grader.sandbox.isolation import choose_plan
from tests.honest.comparing import problems
from tests.honest.notebooks import CASES
from tests.honest.runs import checked, differences, graded, outcomes
from tests.honest.work import Work, markdown

pytestmark = pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")

# A few; tests/honest/test_both_ways.py has all of them, in every problem set.
QUICK = ("magic_cd", "del_np_at_the_end", "missing_package", "exported")


@pytest.mark.parametrize("case", [case for case in CASES if case.name in QUICK], ids=lambda case: case.name)
def test_it_costs_nothing(case, problem_set, handout, student_folder, judge):
    files = case.files(problem_set("ps1"), handout("ps1"))
    result = graded(judge("ps1"), files)
    found = problems(case, problem_set("ps1"), result, checked(student_folder("ps1"), files))
    assert not found, "\n".join(found)


def test_a_function_in_a_markdown_cell_is_told_so_and_no_later_cell_is_blamed(
    problem_set, handout, student_folder, judge
):
    """Others need it too: theirs is the same cause."""
    work = Work(problem_set("ps1"), handout("ps1"))
    cell = work.answer("softmax")
    cell |= markdown(cell["source"])
    work.last("history = train(np.eye(3), np.arange(3), 3, 0.5, 2, 2, 0.0, np.random.default_rng(0))[2]")
    files = {work.notebook: work.stored()}
    result, here = graded(judge("ps1"), files), checked(student_folder("ps1"), files)
    for told in (outcomes(result), here):
        (softmax,) = (one.message for one in told if one.question == "q2")
        assert "Markdown" in softmax
        assert not [one.message for one in told if "stopped" in one.message]
        assert {one.question for one in told if not one.passed} >= {"q2", "q4"}
    assert differences(here, outcomes(result)) == []
    assert {question.id for question in result.questions if question.score == question.max_score} >= {
        "q1",
        "q3",
        "q7",
    }
