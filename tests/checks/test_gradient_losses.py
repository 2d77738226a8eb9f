"""Gradients judged with a loss that may be wrong; it costs a correct gradient nothing and earns a wrong one nothing."""

from __future__ import annotations

import numpy as np
import pytest

from grader import LocalStudent, check_gradient
from tests.checks.gradient_cases import BY, failure, softmax_gradients, softmax_loss, softmax_problem

WRT = {"dW1": 0, "db1": 1, "dW2": 2, "db2": 3}
ERRORS = [1e-2, 1e-4, 1e-6, 1e-7, 1e-8]


@pytest.mark.parametrize(
    "loss",
    [
        lambda *a: 2 * softmax_loss(*a),
        lambda *a: softmax_loss(*a) + 1e-6,
        lambda X, y, W, b, l2: softmax_loss(X, y, W, b, 0.0),
        lambda *a: None,
        lambda *a: float("nan"),
        lambda *a: 1 / 0,
    ],
)
def test_a_wrong_loss_does_not_cost_a_right_gradient(loss):
    at = softmax_problem()
    student = LocalStudent({"loss": loss, "gradients": softmax_gradients})
    check_gradient(student.loss, student.gradients, at, wrt=BY, reference=softmax_loss)
    dW, db = softmax_gradients(*at)
    for error in (1.0, 1e-6):
        failure(student.loss, (dW * (1 + error), db), at, wrt=BY, reference=softmax_loss)
        failure(softmax_loss, (dW * (1 + error), db), at, wrt=BY, reference=softmax_loss)


class Bending:
    """The right loss ``asked`` times near a place, and from then on a plane with the slope of a wrong gradient."""

    name = "loss"

    def __init__(self, right, slope, asked):
        self.right, self.slope, self.asked, self.seen = right, slope, asked, []

    def __call__(self, x):
        for place in self.seen:
            if np.abs(x - place["x"]).max() < 0.5:
                place["asked"] += 1
                if place["asked"] > self.asked:
                    return place["value"] + float(np.sum(self.slope * (x - place["x"])))
                break
        else:
            self.seen.append({"x": np.array(x), "value": self.right(x), "asked": 0})
        return self.right(x)


def cubes(x):
    return float(np.sum(x**3))


@pytest.mark.parametrize("asked", [0, 1, 3, 10, 40])
@pytest.mark.parametrize("prove", [True, False])
def test_a_loss_that_bends_towards_a_wrong_gradient_earns_nothing(asked, prove):
    x, sevens = np.linspace(-1.0, 2.0, 12), np.full(12, 7.0)
    failure(Bending(cubes, sevens, asked), sevens, x, reference=cubes, prove=prove)
    check_gradient(Bending(cubes, sevens, asked), 3 * x**2, x, reference=cubes)
    said = failure(Bending(cubes, sevens, asked), 3 * x**2, x, reference=cubes, prove=True)
    assert said.summary.startswith("The loss itself is wrong at ")


@pytest.mark.parametrize(
    ("loss", "gradient"),
    [
        (lambda x: 0.0, np.zeros),
        (lambda x: float(np.sum(x)), np.ones),
        (lambda x: 7 * np.sum(x), 7 * np.ones(12)),
    ],
)
def test_a_wrong_loss_that_agrees_with_its_gradient_earns_nothing(loss, gradient):
    x, wrong = np.linspace(-1.0, 2.0, 12), gradient(12) if callable(gradient) else gradient
    check_gradient(loss, wrong, x)
    assert "not the slope" in failure(loss, wrong, x, reference=cubes).summary
    assert "The loss itself is wrong" in failure(loss, wrong, x, reference=cubes, prove=True).summary


def test_a_right_loss_in_another_order_is_proved_and_one_that_is_none_is_not():
    for seed in range(50):
        at = softmax_problem(seed)
        order = np.random.default_rng(seed).permutation(11)
        own = lambda X, y, *rest, order=order: softmax_loss(X[order], y[order], *rest)  # noqa: E731
        check_gradient(own, softmax_gradients, at, wrt=BY, reference=softmax_loss, prove=True)
    for loss in (lambda *a: softmax_loss(*a) * (1 + 1e-6), lambda *a: float("nan"), lambda *a: None):
        assert (
            "loss" in failure(loss, softmax_gradients, at, wrt=BY, reference=softmax_loss, prove=True).summary
        )


def test_a_loss_that_is_rounding_alone_at_the_point_is_proved_by_its_size_nearby():
    X, w = np.random.default_rng(3).normal(size=(9, 4)), np.arange(4.0)
    y = X @ w
    own = lambda v: np.mean((X[::-1] @ v - y[::-1]) ** 2)  # noqa: E731
    check_gradient(own, 2 * (X @ w - y) @ X / 9, w, reference=lambda v: np.mean((X @ v - y) ** 2), prove=True)


def test_a_reference_may_be_vouched_for_and_a_loss_is_proved_by_a_reference_alone():
    x = np.linspace(-1, 1, 5)
    right = lambda x: np.sum(np.exp(x))  # noqa: E731
    check_gradient(None, np.exp, x, reference=right, complex_step=True)
    failure(None, np.exp(x) * (1 + 1e-8), x, reference=right, complex_step=True)
    for options in ({}, {"reference": right, "complex_step": True}):
        with pytest.raises(ValueError, match="reference"):
            check_gradient(right, np.exp, x, prove=True, **options)
