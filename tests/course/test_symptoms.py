"""The symptoms that problem sets list: told of wrong results of their kind, not of others."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from grader.draws import GRADED
from grader.judge.calls import CallLog
from grader.judge.symptoms import Symptoms
from grader.pset import load_problem_set
from grader.validate.bench import Bench

UNSHIFTED_ROWS = """
def softmax(z):
    p = np.exp(z)
    return p / p.sum(axis=1)[:, None]
"""
NEVER_TRAINS = """
def train(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    return W, b, np.linspace(1, 0.5, epochs)
"""
FIRST_LAYER = """
_right = mlp_loss
def mlp_loss(params, X, y, l2):
    loss, g = _right(params, X, y, l2)
    return loss, {**g, "W1": 1.3 * g["W1"], "b1": g["b1"] - 0.2}
"""
ONLY_LOSS = """
_right = mlp_loss
def mlp_loss(params, X, y, l2):
    loss, g = _right(params, X, y, l2)
    return np.inf if loss > 50 else loss, g
"""


@pytest.mark.parametrize(
    ("pset", "code", "begins"),
    [
        ("ps1", UNSHIFTED_ROWS, "Where a row has logits beyond ±700"),
        ("ps1", "def softmax(z):\n    return 1.1 / (1 + np.exp(-z))\n", "Your rows do not sum to 1"),
        ("ps1", NEVER_TRAINS, "W and b are still what training starts from"),
        (
            "ps1",
            "def cross_entropy_gradient(z, y):\n    return softmax(z) / 7\n",
            "Your rows do not sum to 0",
        ),
        ("ps2", FIRST_LAYER, "The gradients of W2 and b2 are right"),
        ("ps2", ONLY_LOSS, "Your loss is inf or nan"),
    ],
)
def test_a_listed_symptom_is_told(pset, code, begins):
    bench = Bench(load_problem_set(f"psets/{pset}"))
    try:
        log = CallLog()
        with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
            runs = bench.run(bench.namespace([code]), GRADED, log=log)
            told = Symptoms(bench.problem_set).of(log, [run.key for run in runs if not run.passed])
    finally:
        bench.close()
    assert any(sentence.startswith(begins) for sentence in told.values()), set(told.values())
