"""A sample of every problem set's known mistakes, graded and written as results.json."""

from __future__ import annotations

import msgspec
import pytest

from grader.gradescope import Metadata, results_of
from grader.judge import Grader, Submission
from grader.pset import load_problem_set
from grader.sandbox.isolation import choose_plan
from tests.gradescope.schema import problems
from tests.notebooks import notebook, submission_cells
from tools.psets import ready

SAMPLE = 4


@pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")
@pytest.mark.parametrize("folder", ready(), ids=lambda folder: folder.name)
def test_the_results_of_mistakes_are_what_gradescope_reads(folder):
    problem_set = load_problem_set(folder)
    known = problem_set.mistakes()
    with Grader(problem_set) as grader:
        for mistake in known[:: max(1, len(known) // SAMPLE)]:
            cells = submission_cells(problem_set, {mistake.function: mistake.cell})
            result = grader.grade(Submission(mistake.name, {f"{folder.name}.ipynb": notebook(cells)}))
            results = results_of(result, problem_set, Metadata())
            assert problems(msgspec.json.encode(results)) == []
            assert results.score == pytest.approx(sum(test.score for test in results.tests))
            assert results.score < sum(test.max_score for test in results.tests), mistake.name
