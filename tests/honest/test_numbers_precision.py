"""float32 costs nobody a point, whether an answer is in it or came through it; a wrong formula gains nothing by it."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from grader import LocalStudent, check_close, check_gradient, check_raises
from grader.checks.precision import coarse_by, is_single
from grader.errors import CheckFailed
from grader.pset import load_problem_set
from grader.validate.bench import Bench
from reference import optimizers

from .styles import FORMS, PRECISIONS, in_style

SINGLE = np.float32

# Questions that ask for differences which float32 does not keep; the handouts say so.
FLOAT64 = {
    "ps0": {"is_convex"},
    "ps4": {"roc_curve", "roc_auc", "precision_recall_curve", "average_precision"},
    "ps5": {"early_stopping", "choose_l2"},
}
# Of counts and of whole numbers, which cannot be moved a little, a sum of float32 and float64 cannot be told from a
# wrong one; nor can that of constants.
COUNTED = {
    "ps0": {"descend", "minima_reached"},
    "ps1": {"accuracy"},
    "ps2": {"leaky_relu_gradient"},
    "ps4": {"confusion_matrix", "rates", "class_weights", "oversample"},
    "ps5": {"error_rate"},
}
# An answer in these is handed back to the function that gave it, which has to go on with it.
HANDED_BACK = {"ps0": {"stochastic_gradient_descent"}, "ps3": set(optimizers.__all__)}
PSETS = ["ps0", "ps1", "ps2", "ps3", "ps4", "ps5"]


@pytest.fixture(scope="module", params=PSETS)
def bench(request):
    with contextlib.closing(Bench(load_problem_set(f"psets/{request.param}"))) as made:
        yield made


def failures(bench, style, *, but=frozenset(), throughout, seed=1):
    """Tests that a whole right submission in a style fails."""
    functions = [one for one in bench.problem_set.functions if one not in but]
    namespace = in_style(bench.namespace(()), functions, style, throughout=throughout)
    runs = bench.run_as(lambda: LocalStudent(namespace), seed)
    assert len(runs) > 20
    return [(run.name, run.error) for run in runs if not run.passed]


@pytest.mark.parametrize("style", PRECISIONS)
def test_a_right_submission_in_any_precision_has_full_marks(bench, style):
    name = bench.problem_set.name
    but = FLOAT64.get(name, set()) if "throughout" in style or "widened" in style else set()
    if "half" in style:
        but = FLOAT64.get(name, set()) | COUNTED.get(name, set())
    if style == "long double":
        but = {"complexity_curve"}  # the test's own models refuse it
    assert failures(bench, PRECISIONS[style], but=but, throughout=True) == []


@pytest.mark.parametrize("style", FORMS)
def test_a_right_submission_in_any_form_has_full_marks(bench, style):
    name = bench.problem_set.name
    but = HANDED_BACK.get(name, set())
    if name == "ps4" and style in ("lists", "arrays of objects"):
        but = {"synthesize"}  # of no examples at all, a list has lost how many features they have
    assert failures(bench, FORMS[style], but=but, throughout=False) == []


# One function ---------------------------------------------------------------------------------------------------


def loss(z, y):
    """The mean cross-entropy."""
    top = z.max(axis=1)
    return (top + np.log(np.exp(z - top[:, None]).sum(axis=1)) - z[np.arange(len(y)), y]).mean()


def gradient(z, y):
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


def through_float32(function):
    """In float64 at the end, and not all of it float32."""
    return lambda z, y: function(z.astype(SINGLE), y) * np.float64(1 / 3) + 2 / 3 * function(z, y)


WAYS = {
    "in float32": lambda function: lambda z, y: SINGLE(function(z, y)),
    "widened": lambda function: lambda z, y: np.float64(SINGLE(function(z, y))),
    "through float32": through_float32,
    "as a list": lambda function: lambda z, y: SINGLE(function(z.astype(SINGLE), y)).tolist(),
}


def problem(seed):
    rng = np.random.default_rng(seed)
    N, C = rng.integers(2, 9, size=2)
    return 2 * rng.normal(size=(N, C)), rng.integers(C, size=N)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("function", [loss, gradient])
def test_right_answers_of_float32_pass_over_many_seeds(function, way):
    for seed in range(200):
        z, y = problem(seed)
        student = LocalStudent({"f": WAYS[way](function)})
        check_close(student.f(z, y), function(z, y), scale=1 + np.abs(z).max())


@pytest.mark.parametrize("error", [1e-2, 1e-3, 1e-4])
@pytest.mark.parametrize("way", WAYS)
def test_float32_excuses_no_error_beyond_its_own(way, error):
    for seed in range(50):
        z, y = problem(seed)
        student = LocalStudent({"f": WAYS[way](lambda z, y: gradient(z, y) * (1 + error))})
        with pytest.raises(CheckFailed):
            check_close(student.f(z, y), gradient(z, y))


@pytest.mark.parametrize("error", [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8])
@pytest.mark.parametrize("form", [float, np.float64, np.longdouble, lambda value: [value]])
def test_errors_in_float64_are_caught_however_small_and_the_function_asked_again(form, error):
    for seed in range(50):
        z, y = problem(seed)
        student = LocalStudent({"f": lambda z, y: form(loss(z, y) + error * max(1.0, loss(z, y)))})
        answer = student.f(z, y)
        right = [loss(z, y)] if isinstance(answer, list) else loss(z, y)
        with pytest.raises(CheckFailed):
            check_close(answer, right)


@pytest.mark.parametrize("epsilon", [1e-5, 1e-7, 1e-8])
def test_a_small_constant_in_the_logarithm_is_no_rounding(epsilon):
    def constant(z, y):
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        return -np.log(p[np.arange(len(y)), y] + epsilon).mean()

    for seed in range(50):
        z, y = problem(seed)
        student = LocalStudent({"f": constant})
        with pytest.raises(CheckFailed):
            check_close(student.f(z, y), loss(z, y))


def test_another_function_in_float32_excuses_none():
    z, y = problem(3)
    student = LocalStudent({"rough": lambda z, y: SINGLE(loss(z, y)), "f": lambda z, y: loss(z, y) + 1e-8})
    student.rough(z, y)
    with pytest.raises(CheckFailed):
        check_close(student.f(z, y), loss(z, y))


def test_the_parts_of_one_answer_share_its_precision():
    def both(z, y):
        g = gradient(z, y).astype(SINGLE)
        return g, g.astype(np.float64).sum(axis=0) * np.array(1 / 3)

    z, y = problem(5)
    g, total = LocalStudent({"f": both}).f(z, y)
    check_close(g, gradient(z, y))
    check_close(total, gradient(z, y).sum(axis=0) / 3, scale=1.0)
    with pytest.raises(CheckFailed):  # without the call that it comes from nobody knows
        check_close(total + 0.0, gradient(z, y).sum(axis=0) / 3)


def test_a_gradient_that_came_through_float32_is_a_slope():
    for seed in range(20):
        z, y = problem(seed)
        for way in WAYS.values():
            claimed = LocalStudent({"f": way(gradient)}).f(z, y)
            check_gradient(
                loss, (np.asarray(claimed) if isinstance(claimed, list) else claimed,), (z, y), wrt=[0]
            )
        wrong = LocalStudent({"f": lambda z, y: gradient(z, y) * (1 + 1e-6)}).f(z, y)
        with pytest.raises(CheckFailed):
            check_gradient(loss, (wrong,), (z, y), wrt=[0])


def test_where_float64_is_asked_for_float32_is_not_enough():
    z, y = problem(1)
    student = LocalStudent({"f": through_float32(gradient)})
    check_close(student.f(z, y), gradient(z, y))
    with pytest.raises(CheckFailed):
        check_close(student.f(z, y), gradient(z, y), dtype=np.float64)
    with pytest.raises(CheckFailed, match="It is float16, which keeps 3 digits"):
        check_close(gradient(z, y).astype(np.float16), gradient(z, y))


def test_rounding_is_told_from_whole_numbers_and_short_fractions():
    assert is_single(np.array([0.1, 2.0], SINGLE))
    assert is_single(np.float64(SINGLE(0.1)).reshape(()))
    assert not is_single(np.array([0.1, 2.0]))
    assert not is_single(np.array([3.0, 0.125, 1e5]))  # float32 holds them too
    with pytest.raises(CheckFailed):
        check_close(123456.0, 123456.4)


def test_a_function_that_fails_or_waits_at_other_arguments_tells_nothing():
    z, y = problem(2)
    seen = []

    def once(z, y):
        seen.append(1)
        if len(seen) > 1:
            raise ValueError("no")
        return loss(z, y) + 1e-8

    answer = LocalStudent({"f": once}).f(z, y)
    assert coarse_by(answer) == 0.0
    assert len(seen) == 2
    check_raises(once, z, y)
