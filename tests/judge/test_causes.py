"""Mistakes of a part are found alone, together, on top of right alternatives and with any number; or none is."""

from __future__ import annotations

import numpy as np
import pytest

from grader.judge import causes
from grader.judge.calls import CallLog
from grader.judge.explain import Explainer
from grader.judge.objects import ObservedStudent
from tests.judge.small_course import small_problem_set

SOLUTION = """
import numpy as np

def probabilities(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def penalty(W, l2):
    return 0.5 * l2 * (W * W).sum()

def loss(z, y, W, b, l2):
    p = probabilities(z)[np.arange(len(y)), y]
    logs = np.log(np.maximum(p, 1e-300))
    data = -logs.mean()
    dW, db = l2 * W, b * 0.0
    return data + penalty(W, l2), {"W": dW, "b": db}

def step(w, dw, state, rate=0.1, epsilon=1e-8):
    v = 0.9 * state.get("v", 0.0) + 0.1 * dw**2
    return w - rate * dw / (np.sqrt(v) + epsilon), {"v": v}

def shown(z, y, W, b, l2):
    return loss(z, y, W, b, l2)[0] + 1.0
"""
MISTAKES = """
from grader import mistake
mistake("loss", "half_missing", {"0.5 * l2 * (W * W).sum()": "l2 * (W * W).sum()"}, says="The half.")
mistake("loss", "unshifted", {"np.exp(z - z.max(axis=1, keepdims=True))": "np.exp(z)"}, says="The shift.")
mistake("loss", "summed", {"-logs.mean()": "-logs.sum()"}, says="The mean.")
mistake("loss", "bias_row", {"b * 0.0": "(b * 0.0)[None]"}, says="The shape of b.")
mistake("loss", "renamed", {'{"W": dW, "b": db}': '{"dW": dW, "db": db}'}, says="The keys.")
mistake("loss", "constant", {"np.maximum(p, 1e-300)": "p + c"}, says="A constant.", free={"c": (1e-5, 1e-8)})
mistake("loss", "clipped", [{"1e-300": "c"}], says="Cut off.", free={"c": (1e-12,)})
mistake("loss", "no_penalty", {"data + penalty(W, l2)": "data"}, says="No penalty.")
mistake("loss", "in_two_ways", [{"l2 * W": "2 * l2 * W"}, {"l2 * W": "l2 * W / len(y)"}], says="A factor.")
mistake("step", "not_squared", {"dw**2": "dw"}, says="The square.")
mistake("step", "rate_as_weight", {"0.1 * dw**2": "rate * dw**2"}, says="The weight.")
mistake("step", "forgets", {'{"v": v}': "dict(state)"}, says="The state.")
mistake("step", "epsilon_fixed", {"np.sqrt(v) + epsilon": "np.sqrt(v) + c"}, says="ε.", free={"c": (1e-8, 1e-6)})
mistake("shown", "too_much", {"1.0": "2.0"}, says="Too much.")
"""
ALTERNATIVES = """
from grader import alternative
alternative("step", "inside", {"np.sqrt(v) + epsilon": "np.sqrt(v + epsilon)"}, says="Inside the root.")
@alternative("loss")
def loss_otherwise(z, y, W, b, l2):
    return -np.log(probabilities(z)[range(len(y)), y]).mean() + l2 * (W**2).sum() / 2, {"W": W * l2, "b": 0 * b}
import numpy as np
"""
FUNCTIONS = ("loss", "step", "shown")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """What an explainer needs of a problem set."""
    return small_problem_set(tmp_path_factory.mktemp("course"), FUNCTIONS, SOLUTION, MISTAKES, ALTERNATIVES)


@pytest.fixture(scope="module")
def explainer(course):
    return Explainer(course)


def written(*changes, functions=None):
    """The solution's code, with some texts replaced."""
    source = SOLUTION
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    return source


def log_of(source, functions=("loss",)):
    """The calls of three tests."""
    names = {"__name__": "student"}
    exec(source, names)
    log = CallLog()
    rng = np.random.default_rng(3)
    for test, scale in (("usual", 1.0), ("other", 1.0), ("far", 2000.0)):
        student = ObservedStudent(names, log.recorder(test))
        z, y, W = scale * rng.normal(size=(5, 3)), rng.integers(3, size=5), rng.normal(size=(4, 3))
        with np.errstate(all="ignore"):
            for function in functions:
                if function == "step":
                    w, state = W, {}
                    for _ in range(3):
                        w, state = student.step(w, scale * rng.normal(size=W.shape), state, 0.05, 1e-3)
                else:
                    getattr(student, function)(z, y, W, z[0], 0.3)
    return log


def named(explainer, source, functions=("loss",), test="usual"):
    found = explainer.explain(log_of(source, functions), ["usual", "other", "far"])
    return found[test].name if test in found else None


HALF = ("0.5 * l2 * (W * W).sum()", "(W * W * l2).sum()")
ROW = ("b * 0.0", "(0.0 * b).reshape(1, -1)")
RENAMED = ('{"W": dW, "b": db}', '{"dW": dW, "db": db}')
SUMMED = ("-logs.mean()", "-sum(logs)")


def test_one_mistake_is_found(explainer):
    assert named(explainer, written(HALF)) == "half_missing"


def test_two_mistakes_of_different_parts_are_found(explainer):
    assert named(explainer, written(HALF, ROW)) == "half_missing + bias_row"


def test_three_mistakes_are_found(explainer):
    assert named(explainer, written(HALF, ROW, SUMMED)) == "half_missing + summed + bias_row"


def test_a_part_under_another_name_is_still_compared(explainer):
    assert named(explainer, written(HALF, RENAMED)) == "half_missing + renamed"


def test_two_mistakes_of_one_value_are_found(explainer):
    assert named(explainer, written(HALF, SUMMED)) == "half_missing + summed"


def test_every_way_of_making_a_mistake_is_known_by_one_name(explainer):
    assert named(explainer, written(("l2 * W,", "l2 * 2 * W,"))) == "in_two_ways"
    assert named(explainer, written(("l2 * W,", "l2 / len(y) * W,"))) == "in_two_ways"
    assert named(explainer, written(HALF, ("l2 * W,", "l2 / len(y) * W,"))) == "half_missing + in_two_ways"


@pytest.mark.parametrize("c", ["1e-5", "1e-7", "0.003"])
def test_any_constant_is_found(explainer, c):
    assert named(explainer, written(("np.maximum(p, 1e-300)", f"{c} + p"))) == "constant"


def test_a_constant_is_found_beside_another_mistake(explainer):
    assert named(explainer, written(("np.maximum(p, 1e-300)", "p + 2e-4"), ROW)) == "bias_row + constant"
    assert named(explainer, written(("np.maximum(p, 1e-300)", "p + 2e-4"), HALF)) == "half_missing + constant"


def test_a_number_that_fits_one_number_alone_proves_nothing(course):
    log = CallLog()
    names = {"__name__": "student"}
    exec(written(("np.maximum(p, 1e-300)", "p + 2e-4")), names)
    student = ObservedStudent(names, log.recorder("usual"))
    student.loss(np.eye(3), np.array([0, 1, 1]), np.eye(3), np.ones(3), 0.1)
    assert Explainer(course).explain(log, ["usual"]) == {}


def test_what_overflows_is_one_symptom_whatever_it_becomes(explainer):
    infinite = written(
        ("e = np.exp(z - z.max(axis=1, keepdims=True))", "e = np.exp(z)"),
        ("-logs.mean()", "np.where(np.isnan(logs), np.inf, -logs).mean()"),
    )
    assert named(explainer, infinite, test="far") == "unshifted"


def test_a_mistake_on_top_of_an_accepted_alternative_is_found(explainer):
    inside = ("np.sqrt(v) + epsilon", "np.sqrt(v + epsilon)")
    assert named(explainer, written(inside, ("0.1 * dw**2", "rate * dw**2")), ["step"]) == "rate_as_weight"
    assert named(explainer, written(("0.1 * dw**2", "rate * dw**2")), ["step"]) == "rate_as_weight"


def test_a_setting_that_is_ignored_is_found_whatever_stands_in_its_place(explainer):
    assert named(explainer, written(("+ epsilon)", "+ 3.3e-7)")), ["step"]) == "epsilon_fixed"


OTHER_STATE = (
    ('0.9 * state.get("v", 0.0)', '0.9 * (state["all"][-1] if state else 0.0)'),
    ('{"v": v}', '{"all": [*state.get("all", []), v]}'),
)


def test_mistakes_are_found_whatever_the_states_layout(explainer):
    weight, fixed = ("0.1 * dw**2", "rate * dw**2"), ("+ epsilon)", "+ 1e-6)")
    assert named(explainer, written(*OTHER_STATE, weight), ["step"]) == "rate_as_weight"
    assert named(explainer, written(*OTHER_STATE, fixed), ["step"]) == "epsilon_fixed"
    assert (
        named(explainer, written(*OTHER_STATE, weight, fixed), ["step"]) == "rate_as_weight + epsilon_fixed"
    )
    assert named(explainer, written(*OTHER_STATE), ["step"]) is None


def test_nothing_is_said_where_only_the_state_could_tell(explainer):
    standing = ("w - rate * dw / (np.sqrt(v) + epsilon), ", "w, ")
    assert named(explainer, written(*OTHER_STATE, standing), ["step"]) is None


def test_nothing_is_said_where_no_set_of_mistakes_gives_the_results(explainer):
    assert named(explainer, written(HALF, ("return data +", "return 1.001 * data +"))) is None


def test_nothing_is_said_where_two_sets_of_mistakes_give_the_results(course):
    """With W all zeros, the half that is missing and the whole penalty cannot be told apart."""
    log = CallLog()
    names = {"__name__": "student"}
    exec(written(SUMMED, HALF), names)
    student = ObservedStudent(names, log.recorder("usual"))
    student.loss(np.eye(3), np.array([0, 1, 1]), np.zeros((2, 3)), np.ones(3), 0.1)
    explained = Explainer(course).explain(log, ["usual"])
    assert explained["usual"].name == "summed"  # the other mistake shows nowhere


def test_what_all_explanations_share_is_told(tmp_path):
    """With a count of 1, the sum and the cube give the same: one of them was made, and nobody knows which."""
    solution = "\ndef size(x):\n    n = len(x)\n    return x.sum() + n * n\n\ndef shown(x):\n    return 2.0 * size(x)\n"
    mistakes = """
from grader import mistake
mistake("size", "counts_once", {"n = len(x)": "n = 1"}, says="The count.")
mistake("size", "doubled", {"n * n": "n + n"}, says="The square.")
mistake("size", "cubed", {"n * n": "n**3 + 1"}, says="The cube.")
"""
    course = small_problem_set(tmp_path, ("size", "shown"), solution, mistakes, "")

    def names_of(source, *functions):
        log, names = CallLog(), {"__name__": "student"}
        exec(source, names)
        for function in functions:
            student = ObservedStudent(names, log.recorder(function))
            for many in (3, 4):
                getattr(student, function)(np.arange(many) + 0.5)
        return {test: found.name for test, found in Explainer(course).explain(log, functions).items()}

    once = solution.replace("n = len(x)", "n = 1")
    assert names_of(once, "size") == {"size": "counts_once"}
    either = once.replace("n * n", "n + n")
    assert names_of(either, "size", "shown") == {"size": "counts_once", "shown": "counts_once"}
    assert names_of(solution.replace("n * n", "n + n"), "size") == {"size": "doubled"}


ROUNDING = """
import numpy as np

def area(x):
    return x.sum()

def areas(x, y):
    return np.array([area(x) + 1e-5 * area(y), area(y)])
"""
ROUNDED = """
from grader import mistake
mistake("area", "area_rounded", {"x.sum()": "np.round(x, c).sum()"}, free={"c": (1, 2, 3, 4)}, says="You round x.")
mistake("areas", "areas_rounded", {"area(x)": "area(np.round(x, c))"}, free={"c": (1, 2, 3, 4)}, says="You round it.")
"""


@pytest.mark.parametrize("digits", [2, 4])
def test_a_number_that_a_functions_own_calls_leave_open_blames_nothing_that_uses_it(tmp_path, digits):
    """Its own calls tell only that less than five digits are kept, those of what uses it how many."""
    course = small_problem_set(tmp_path, ("area", "areas"), ROUNDING, ROUNDED, "")
    names: dict = {"__name__": "notebook"}
    exec(ROUNDING.replace("x.sum()", f"np.round(x, {digits}).sum()"), names)
    log = CallLog()
    ObservedStudent(names, log.recorder("own")).area(np.array([0.00001, 3.0]))
    ObservedStudent(names, log.recorder("used")).areas(np.array([0.123456, 0.7]), np.array([0.98765, 0.4]))
    found = Explainer(course).explain(log, ["own", "used"])
    told = {test: explanation.name for test, explanation in found.items()}
    assert told == {"own": "area_rounded", "used": "area_rounded"}


def test_a_test_is_told_only_of_what_matters_in_it(explainer):
    source = written(HALF, ("e = np.exp(z - z.max(axis=1, keepdims=True))", "e = np.exp(z)"))
    assert named(explainer, source, test="far") == "unshifted"
    assert named(explainer, source, test="usual") == "half_missing"


def test_a_mistake_elsewhere_that_changes_nothing_here_is_not_told(explainer):
    source = written(("e = np.exp(z - z.max(axis=1, keepdims=True))", "e = np.exp(z)"), ("+ 1.0", "+ 2.0"))
    assert named(explainer, source, ("shown", "loss"), test="far") == "unshifted"
    assert named(explainer, source, ("shown", "loss"), test="usual") == "too_much"


def test_no_more_sets_are_put_together_than_are_allowed(course, monkeypatch):
    monkeypatch.setitem(causes.MAX_STEPS, "sets", 0)
    assert named(Explainer(course), written(HALF, ROW)) is None
    assert named(Explainer(course), written(HALF)) == "half_missing"


def test_no_more_numbers_are_looked_for_than_are_allowed(course, monkeypatch):
    monkeypatch.setitem(causes.MAX_STEPS, "numbers", 100)
    assert named(Explainer(course), written(("np.maximum(p, 1e-300)", "p + 2e-4"))) is None


def test_what_the_suite_accepts_is_right_for_what_uses_it(course):
    """A way of its own in a function whose tests pass silences nothing elsewhere."""
    log = log_of(
        written(("return data +", "return (1 + 1e-9) * data +"), ("+ 1.0", "+ 2.0")), ("loss", "shown")
    )
    apart = CallLog()
    for test, calls in log.by_test.items():
        for call in calls:
            apart.by_test.setdefault(f"{test} {call.function}", []).append(call)
    failed = [test for test in apart.by_test if test.endswith("shown")]
    known = [one for one in apart.by_test if not one.endswith("shown")]
    assert Explainer(course).explain(apart, failed) == {}
    close = written(("return data +", "return (1 + 1e-13) * data +"), ("+ 1.0", "+ 2.0"))
    for test, calls in log_of(close, ("loss", "shown")).by_test.items():
        apart.by_test[f"{test} shown"] = [call for call in calls if call.function == "shown"]
    apart.passed = set(known)
    found = Explainer(course).explain(apart, failed)
    assert {explanation.name for explanation in found.values()} == {"too_much"}
