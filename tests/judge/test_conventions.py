"""The accepted convention that results show is told where it is the only one that they show."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from grader.errors import StudentFault
from grader.judge.calls import CallLog
from grader.judge.explain import Explainer
from grader.judge.objects import ObservedStudent
from tests.judge.small_course import small_problem_set

SOLUTION = """
import numpy as np

def spread(x):
    return ((x - x.mean()) ** 2).sum() / len(x)

def slower(x, state):
    kept = state.get("kept", 0.0) + x
    return x / (np.sqrt(kept) + 1.0), {"kept": kept}
"""
MISTAKES = """
from grader import mistake
mistake("spread", "unsquared", {"(x - x.mean()) ** 2": "x - x.mean()"}, says="The square.")
"""
ALTERNATIVES = """
from grader import alternative
alternative("spread", "by_one_less", {"len(x)": "(len(x) - 1)"}, says="You divide by one less.")
alternative("spread", "by_one_less_from_three_on", {"len(x)": "(len(x) - (len(x) > 2))"}, says="Only sometimes.")
alternative("spread", "as_a_mean", {"((x - x.mean()) ** 2).sum() / len(x)": "((x - x.mean()) ** 2).mean()"})
alternative("slower", "inside", {"np.sqrt(kept) + 1.0": "np.sqrt(kept + 1.0)"}, says="Inside the root.")
"""
ONE_LESS = "def spread(x):\n    return np.var(x, ddof=1)\n"
TWO, THREE = np.array([1.0, 4.0]), np.array([1.0, 4.0, 9.0])


@pytest.fixture(scope="module")
def explainer(tmp_path_factory) -> Explainer:
    folder = tmp_path_factory.mktemp("course")
    return Explainer(small_problem_set(folder, ("spread", "slower"), SOLUTION, MISTAKES, ALTERNATIVES))


def told(
    explainer: Explainer, code: str, spreads: Iterable[np.ndarray] = (), slower: int = 0
) -> dict[str, str]:
    """The sentence for each function that a student's code shows a convention in."""
    names = {"__name__": "student", "np": np}
    exec(SOLUTION + code, names)
    log = CallLog()
    student = ObservedStudent(names, log.recorder("test"))
    try:
        for x in spreads:
            student.spread(x)
        state = {}
        for _ in range(slower):
            _, state = student.slower(2.0, state)
    except StudentFault:
        pass
    return {function: one.says for function, one in explainer.conventions(log).items()}


def test_the_convention_of_all_results_is_told(explainer):
    assert told(explainer, ONE_LESS, [TWO, THREE]) == {"spread": "You divide by one less."}


def test_the_solutions_own_results_show_none(explainer):
    assert told(explainer, "", [TWO, THREE], slower=2) == {}
    assert told(explainer, "", []) == {}


def test_nothing_is_told_where_two_conventions_give_the_results(explainer):
    assert told(explainer, ONE_LESS, [THREE]) == {}


def test_nothing_is_told_where_the_solution_gives_the_results_too(explainer):
    """Of equal numbers, the spread is 0 whatever it is divided by."""
    assert told(explainer, ONE_LESS, [np.ones(2), np.ones(3)]) == {}


def test_nothing_is_told_of_other_results_or_exceptions(explainer):
    assert told(explainer, "def spread(x):\n    return 1.01 * np.var(x, ddof=1)\n", [TWO, THREE]) == {}
    raises = ONE_LESS + "def spread(x, right=spread):\n    return right(x) if len(x) < 4 else x.wrong\n"
    assert told(explainer, raises, [TWO, THREE]) == {"spread": "You divide by one less."}
    assert told(explainer, raises, [TWO, THREE, np.arange(4.0)]) == {}


def test_a_state_may_be_laid_out_in_any_way(explainer):
    inside = """
def slower(x, state):
    kept = [*state.get("all", []), x]
    return x / np.sqrt(sum(kept) + 1.0), {"all": kept}
"""
    assert told(explainer, inside, slower=3) == {"slower": "Inside the root."}
    assert told(explainer, ONE_LESS + inside, [TWO, THREE], slower=3) == {
        "spread": "You divide by one less.",
        "slower": "Inside the root.",
    }
