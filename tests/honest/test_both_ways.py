"""Every public test, over every honest notebook of every problem set: on its student's machine and in grading.

Both must come to the same verdict with the same words, and to what the notebook deserves.
"""

from __future__ import annotations

import pytest

from grader.sandbox.isolation import choose_plan
from tests.honest.comparing import problems
from tests.honest.notebooks import CASES
from tests.honest.runs import checked, graded

PROBLEM_SETS = ("ps0", "ps1", "ps2", "ps3", "ps4", "ps5")
TRIED = [(case, name) for case in CASES for name in PROBLEM_SETS] + [(case, "la1") for case in CASES[::5]]

pytestmark = pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")


@pytest.mark.parametrize(("case", "name"), TRIED, ids=lambda one: one if isinstance(one, str) else one.name)
def test_check_says_what_grade_says(case, name, problem_set, handout, student_folder, judge):
    files = case.files(problem_set(name), handout(name))
    result = graded(judge(name), files)
    here = checked(student_folder(name), files)
    found = problems(case, problem_set(name), result, here)
    assert not found, "\n".join(found)
