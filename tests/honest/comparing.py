"""What a notebook came to, here and there, against what it deserves."""

from __future__ import annotations

import re

from grader.pset import ProblemSet
from grader.results import SubmissionResult
from tests.honest.case import Case
from tests.honest.runs import Outcome, differences, outcomes

__all__ = ["problems"]


def problems(case: Case, problem_set: ProblemSet, result: SubmissionResult, here: list[Outcome]) -> list[str]:
    """Every way in which grading's result and `gradmark check`'s outcomes are not what they should be."""
    there = outcomes(result)
    return [
        *_undeserved(case, problem_set, result),
        *(f"grade: {problem}" for problem in _ill_told(case, problem_set, there)),
        *(f"check: {problem}" for problem in _ill_told(case, problem_set, here)),
        *differences(here, there),
    ]


def _may_lose(case: Case, problem_set: ProblemSet) -> list[str]:
    tested = [question.id for question in problem_set.questions if question.functions]
    return {"nothing": [], "the last question": tested[-1:], "anything": tested}[case.costs]


def _undeserved(case: Case, problem_set: ProblemSet, result: SubmissionResult) -> list[str]:
    """Hidden tests included."""
    if result.status != "graded":
        return [f"{result.status}: {result.reason}"]
    may_lose = _may_lose(case, problem_set)
    lost = [
        f"{question.id} loses {len(failed)} of {len(question.tests)} tests, first {failed[0].name}: {failed[0].message}"
        for question in result.questions
        if question.id not in may_lose
        and (failed := [test for test in question.tests if test.status != "passed"])
    ]
    kept = [
        f"{question.id} has full points, although it is not answered"
        for question in result.questions
        if case.costs == "the last question"
        and question.id in may_lose
        and question.score == question.max_score
    ]
    return lost + kept


def _ill_told(case: Case, problem_set: ProblemSet, said: list[Outcome]) -> list[str]:
    """Public tests that should have passed, and messages that do not say what they should."""
    may_lose = _may_lose(case, problem_set)
    found = []
    for one in said:
        if one.passed:
            continue
        if one.question not in may_lose:
            found.append(f"{one.question} fails: {one.message}")
        elif not one.message or not re.search(case.says, one.message):
            found.append(f"{one.question} is told {one.message!r}, which says nothing of {case.says!r}")
        elif case.never and re.search(case.never, one.message):
            found.append(f"{one.question} is told {one.message!r}, which has no place there")
    return found
