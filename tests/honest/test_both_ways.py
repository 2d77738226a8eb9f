"""Every public test, over every honest notebook: on its student's machine and in grading.

Both must come to the same verdict with the same words, and to what the notebook deserves. What a notebook does has
little to do with the problem set, so each is tried on one of them, and each problem set with a sixth of the notebooks;
with EVERYWHERE=1 in the environment, each on all.
"""

from __future__ import annotations

import os

import pytest

from grader.sandbox.isolation import choose_plan
from tests.honest.comparing import problems
from tests.honest.notebooks import CASES
from tests.honest.runs import checked, graded

PROBLEM_SETS = ("ps0", "ps1", "ps2", "ps3", "ps4", "ps5")
APART = 1 if os.environ.get("EVERYWHERE") else len(PROBLEM_SETS)
TRIED = [
    (case, name)
    for number, case in enumerate(CASES)
    for name in [*PROBLEM_SETS[number % APART :: APART], *(["la1"] if number % 15 == 0 else [])]
]

pytestmark = pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")


@pytest.mark.parametrize(("case", "name"), TRIED, ids=lambda one: one if isinstance(one, str) else one.name)
def test_check_says_what_grade_says(case, name, problem_set, handout, student_folder, judge):
    files = case.files(problem_set(name), handout(name))
    result = graded(judge(name), files)
    here = checked(student_folder(name), files)
    found = problems(case, problem_set(name), result, here)
    assert not found, "\n".join(found)
