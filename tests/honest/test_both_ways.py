"""Every public test, over every honest notebook of every problem set: on its student's machine and in grading.

Both must come to the same verdict with the same words, and to what the notebook deserves.
"""

from __future__ import annotations

import re

import pytest

from grader.sandbox.isolation import choose_plan
from tests.honest.notebooks import CASES
from tests.honest.runs import checked, differences, graded, outcomes

PROBLEM_SETS = ["ps0", "ps1", "ps2", "ps3", "ps4", "ps5", "la1"]

pytestmark = pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")


@pytest.mark.parametrize("name", PROBLEM_SETS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_check_says_what_grade_says(case, name, problem_set, handout, student_folder, judge, tmp_path):
    asked = problem_set(name)
    files = case.files(asked, handout(name))
    (tmp_path / "home").mkdir()
    result = graded(judge(name), files)
    there = outcomes(result)
    here = checked(student_folder(name), files, tmp_path / "home")
    assert there, "a problem set has public tests"
    found = wrongs(case, asked, result)
    found += [f"check: {word}" for word in unfit(case, asked, here)]
    found += [f"grade: {word}" for word in unfit(case, asked, there)]
    found += differences(here, there)
    assert not found, "\n".join(found)


def lost_by(case, asked):
    """The questions that this work may not have points for."""
    answered = [question.id for question in asked.questions if question.functions]
    return {"nothing": [], "the last question": answered[-1:], "anything": answered}[case.costs]


def wrongs(case, asked, result):
    """What a grade is that it should not be, hidden tests included."""
    if result.status != "graded":
        return [f"{result.status}: {result.reason}"]
    may_fail = lost_by(case, asked)
    told = [
        f"{question.id}: {test.name} {test.status}: {test.message}"
        for question in result.questions
        for test in question.tests
        if test.status != "passed" and question.id not in may_fail
    ]
    full = [q.id for q in result.questions if q.tests and q.score == q.max_score]
    return told + [
        f"{question} has full points"
        for question in may_fail
        if case.costs != "anything" and question in full
    ]


def unfit(case, asked, outcomes):
    """Public tests that should have passed, or say something else than they should."""
    may_fail = lost_by(case, asked)
    found = []
    for one in outcomes:
        if one.passed:
            continue
        if one.question not in may_fail:
            found.append(f"{one.question} fails: {one.message}")
        elif not re.search(case.says, one.message) or (case.never and re.search(case.never, one.message)):
            found.append(f"{one.question} is told {one.message!r}")
        elif not one.message:
            found.append(f"{one.question} is told nothing")
    return found
