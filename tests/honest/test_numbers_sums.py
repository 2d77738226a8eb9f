"""Sums in any order: where larger numbers cancel, what is left is judged by their size, also where it is exactly 0."""

from __future__ import annotations

import contextlib
import math
from fractions import Fraction

import numpy as np
import pytest

from grader import LocalStudent, check_close
from grader.errors import CheckFailed
from grader.pset import load_problem_set
from grader.validate.bench import Bench


def log_sums(z):
    top = z.max(axis=1)
    return top + np.log(np.exp(z - top[:, None]).sum(axis=1))


def labelled(z, y):
    return z[np.arange(len(y)), y]


def running_mean(values):
    mean = 0.0
    for k, value in enumerate(values, 1):
        mean = mean * (k - 1) / k + value / k
    return mean


def one_at_a_time(z, y):
    total = 0.0
    for row, label in zip(z.tolist(), y.tolist(), strict=True):
        top = max(row)
        total += top + math.log(math.fsum(math.exp(value - top) for value in row))
        total -= row[label]
    return total / len(y)


ORDERS = {
    "means apart": lambda z, y: log_sums(z).mean() - labelled(z, y).mean(),
    "labels first": lambda z, y: float(sum(log_sums(z).tolist()[::-1], -labelled(z, y).sum()) / len(y)),
    "means kept up to date": lambda z, y: running_mean(log_sums(z)) - running_mean(labelled(z, y)),
    "by weights": lambda z, y: (
        np.full(len(y), 1 / len(y)) @ log_sums(z) - np.einsum("nc,nc", z / len(y), np.eye(z.shape[1])[y])
    ),
    "divided early": lambda z, y: sum((log_sums(z) - labelled(z, y).mean()) / len(y)),
    "one number at a time": one_at_a_time,
    "fsum": lambda z, y: math.fsum([*log_sums(z), *-labelled(z, y)]) / len(y),
    "shifted by the mean": lambda z, y: (
        np.log(np.exp(z - z.mean()).sum(axis=1)) + z.mean() - labelled(z, y)
    ).mean() if np.ptp(z) < 600 else one_at_a_time(z, y),
    "long double": lambda z, y: float(ORDERS["means apart"](z.astype(np.longdouble), y)),
    "exact fractions": lambda z, y: float(
        sum(map(Fraction, log_sums(z).tolist())) / len(y) - sum(map(Fraction, map(float, labelled(z, y)))) / len(y)
    ),
}  # fmt: skip


def gradient_by_logarithms(z, y):
    """Probabilities as exp(z − log Σ exp z), so that one class has a probability of nearly 1."""
    p = np.exp(z - log_sums(z)[:, None])
    return (p - np.eye(z.shape[1])[y]) / len(y)


@pytest.fixture(scope="module")
def failed():
    """Gives the tests that a submission fails which is right but for the functions that are replaced."""
    benches = {}

    def failed(name, replaced, questions=None):
        if name not in benches:
            benches[name] = stack.enter_context(contextlib.closing(Bench(load_problem_set(f"psets/{name}"))))
        bench = benches[name]
        namespace = bench.namespace(())
        namespace.update(replaced(namespace))
        runs = [
            run
            for seed in (1, 2)
            for run in bench.run_as(lambda: LocalStudent(namespace), seed, questions=questions)
        ]
        assert runs
        return [(run.name, run.error) for run in runs if not run.passed]

    with contextlib.ExitStack() as stack:
        yield failed


@pytest.mark.parametrize("order", ORDERS)
def test_a_right_loss_has_full_marks_in_any_order_of_its_sums(failed, order):
    assert failed("ps1", lambda names: {"cross_entropy": ORDERS[order]}) == []


def test_a_gradient_of_nearly_0_has_full_marks(failed):
    assert failed("ps1", lambda names: {"cross_entropy_gradient": gradient_by_logarithms}) == []


@pytest.mark.parametrize("order", ORDERS)
def test_a_network_with_one_class_has_a_loss_of_0_in_any_order(failed, order):
    def network(names):
        original = names["data_loss"]

        def data_loss(params, X, y):
            z = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
            return ORDERS[order](z, y), original(params, X, y)[1]

        return {"data_loss": data_loss}

    assert failed("ps5", network, questions=["q2"]) == []


def test_a_squared_error_that_is_multiplied_out_has_full_marks(failed):
    def mse(X, y, w, b):
        guess = X @ w + b
        return (guess * guess).mean() - 2 * (guess * y).mean() + (y * y).mean()

    assert failed("ps0", lambda names: {"mse": mse}, questions=["q2"]) == []


@pytest.mark.parametrize("name", ["rates", "roc_auc"])
def test_a_share_may_be_1_less_another(failed, name):
    def replaced(names):
        if name == "rates":
            original = names["rates"]

            def rates(matrix):
                found = original(matrix)
                for share, other in (("FNR", "TPR"), ("TNR", "FPR"), ("FDR", "PPV"), ("NPV", "FOR")):
                    found[share] = 1 - found[other]
                found["miss rate"], found["specificity"] = found["FNR"], found["TNR"]
                return found

            return {"rates": rates}
        roc_auc = names["roc_auc"]
        return {"roc_auc": lambda y, scores: 1 - roc_auc(1 - np.asarray(y), scores)}

    assert failed("ps4", replaced, questions=["q2", "q4"]) == []


@pytest.mark.parametrize("error", [1e-2, 1e-4, 1e-6, 1e-8])
def test_a_scale_hides_no_mistake(error):
    for seed in range(50):
        rng = np.random.default_rng(seed)
        z = 3 * rng.normal(size=(5, 4))
        right = ORDERS["fsum"](z, np.zeros(5, int))
        with pytest.raises(CheckFailed):
            check_close(right + error * np.abs(z).max(), right, scale=np.abs(z).max())
        with pytest.raises(CheckFailed):
            check_close(error, 0.0, scale=np.abs(z).max())


def test_a_scale_has_the_form_of_what_is_expected():
    small = np.array([1e-14])
    check_close((small, 0.0), (np.zeros(1), 0.0), scale=(1.0, 0.0))
    check_close({"a": small}, {"a": np.zeros(1)}, scale={"a": 1.0})
    for scale in ((1.0,), {"a": 1.0, "b": 1.0}):
        with pytest.raises(ValueError, match="scale must have the form"):
            check_close((small, 0.0), (np.zeros(1), 0.0), scale=scale)
    with pytest.raises(CheckFailed):
        check_close((small, small), (np.zeros(1), np.zeros(1)), scale=(1.0, 0.0))
