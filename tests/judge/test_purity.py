"""A point for leaving arguments alone rests on more than the word of the process that runs the student's code."""

import pytest

from grader.checks import purity
from grader.judge import Submission
from grader.pset import load_problem_set
from grader.validate.bench import Bench
from tests.attacks.catalogue import Attack, chosen
from tests.notebooks import notebook


@pytest.mark.parametrize("attack", chosen("purity"), ids=lambda attack: attack.name)
def test_an_attack_earns_what_its_results_earn_and_nothing_for_purity(ps1, ps1_grader, attack: Attack):
    cells = [*ps1.starter_cells(), attack.path.read_text()]
    result = ps1_grader.grade(Submission("attack", {"ps1.ipynb": notebook(cells)}))
    assert (result.status, result.score) == ("graded", attack.earns)
    tests = {test.name: test.status for question in result.questions for test in question.tests}
    function = "predict" if "one_argument" in attack.name else "softmax"
    (alone,) = (name for name in tests if name.startswith(f"test_{function}_leaves_its_argument"))
    assert tests[alone] == "failed"


@pytest.mark.parametrize("name", ["ps0", "ps1", "ps2", "ps3", "ps4", "ps5"])
def test_no_other_function_that_a_suite_names_is_left_out(name, monkeypatch):
    answered = []
    answers = purity._Other.answers

    def noted(other):
        answered.append((other.name, answers(other)))
        return answered[-1][1]

    monkeypatch.setattr(purity._Other, "answers", noted)
    bench = Bench(load_problem_set(f"psets/{name}"))
    try:
        assert all(run.passed for run in bench.run(bench.namespace(()), 3))
    finally:
        bench.close()
    assert answered
    assert [name for name, answer in answered if not answer] == []
