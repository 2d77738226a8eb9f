"""Shapes, number of results, purity, exceptions, curves and speed."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import grader
import grader.checks
from grader import (
    CheckFailed,
    LocalStudent,
    StudentTimeout,
    check_curve,
    check_faster_than,
    check_outputs,
    check_pure,
    check_raises,
    check_scalar,
    check_shape,
    set_parameters,
)
from grader.errors import Raised, StudentError
from grader.operators import Operators

HOSTILE = [None, "x", b"x", {}, {"a": 1}, [[1], [2, 3]], [None], 10**5000, print, ..., np.array(["a"]), 1j]


def summary(function, *arguments, **options) -> str:
    with pytest.raises(CheckFailed) as caught:
        function(*arguments, **options)
    assert len(str(caught.value)) <= 620
    return caught.value.summary


def test_every_check_is_public():
    assert set(grader.checks.__all__) < set(grader.__all__)
    assert all(hasattr(grader, name) for name in grader.__all__)


@pytest.mark.parametrize(
    ("got", "shape", "text"),
    [
        (
            np.ones((3, 2)),
            (2, 3),
            "result has shape (3, 2), but shape (2, 3) was expected. It is transposed.",
        ),
        (
            np.ones(6),
            (2, 3),
            "result has shape (6,), but shape (2, 3) was expected. It has the right number of entries",
        ),
        (np.ones((2, 4)), (2, 3), "result has shape (2, 4), but shape (2, 3) was expected."),
        (np.ones((2, 4)), (None, 3), "but shape (any, 3) was expected."),
        (np.ones((1, 3)), 3, "but shape (3,) was expected."),
        (1.0, (3,), "result is a single number, but shape (3,) was expected."),
        (np.ones(1), (), "result has shape (1,), but a single number was expected."),
        ("abc", (3,), "result is a string"),
    ],
)
def test_check_shape(got, shape, text):
    assert text in summary(check_shape, got, shape)


def test_right_shapes_pass():
    assert check_shape([[1, 2]], (None, 2)).shape == (1, 2)
    assert check_shape(3, ()).shape == ()
    check_shape(np.ones(3), 3)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            None,
            "the function returned None, but should return two values (dW, db). Is there a return statement?",
        ),
        (np.ones((2, 2)), "the function returned an array of shape (2, 2)"),
        ((1,), "the function returned one value, but should return two values (dW, db)"),
        ({"dW": 1, "db": 2}, "returned a dictionary"),
        ("ab", "returned a string"),
    ],
)
def test_check_outputs(value, text):
    assert text in summary(check_outputs, value, ("dW", "db"))
    assert check_outputs([1, 2], ("dW", "db")) == (1, 2)


def test_check_scalar():
    assert check_scalar(np.array(2)) == 2.0
    assert check_scalar(np.inf, finite=False) == np.inf
    assert "shape (1,)" in summary(check_scalar, np.ones(1))
    assert "nan" in summary(check_scalar, np.nan)
    assert "truth value" in summary(check_scalar, True)
    assert "complex" in summary(check_scalar, 1j)


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: type(value).__name__)
def test_hostile_values_only_ever_fail_the_check(value):
    summary(check_shape, value, (3,))
    summary(check_scalar, value)
    summary(check_outputs, value, ("a", "b", "c"))
    summary(check_curve, value, ([0, 1], [0, 1]))
    summary(check_curve, (value, value), ([0, 1], [0, 1]))


def relu_backward(dout, x):
    dx = dout
    dx[x <= 0] = 0
    return dx


def test_check_pure():
    up, x = np.ones(3), np.array([-1.0, 0, 1])
    for function in (relu_backward, LocalStudent({"relu_backward": relu_backward}).relu_backward):
        assert "relu_backward changes argument 1 in place" in summary(check_pure, function, up, x)
    assert np.all(up == 1)
    assert np.all(check_pure(lambda x: x * 2, up) == 2)
    check_pure(lambda x, rng: rng.normal(size=3) + x, up, np.random.default_rng(0))
    count = iter(range(9))
    assert "a different result" in summary(check_pure, lambda x: x + next(count), up)
    check_pure(lambda: [1.0, [2.0, np.nan], {"a": None}, "x", (1, [2, "y"])])


def fails(error):
    def f(*arguments):
        raise error

    return f


def test_check_raises():
    check_raises(fails(ValueError()))
    check_raises(fails(UnicodeError()))
    check_raises(LocalStudent({"f": fails(KeyError("k"))}).f, 1, error=LookupError)
    check_raises(fails(StudentError("f raised ValueError", raised=Raised("ValueError"))))
    check_raises(
        fails(StudentError("f raised LinAlgError", raised=Raised("LinAlgError", ("ValueError",)))),
        error=np.linalg.LinAlgError,
    )
    assert "f raises TypeError, but should raise ValueError" in summary(check_raises, fails(TypeError("7.5")))
    assert "another kind" in summary(
        check_raises, fails(StudentError("f raised Secret: raised ValueError", raised=Raised("Secret")))
    )
    assert "returned a result" in summary(check_raises, abs, 1)
    with pytest.raises(StudentTimeout):
        check_raises(fails(StudentTimeout("slow")), error=Exception)


def roc(scores, truth):
    """ROC by sorting, one point for each distinct score, and (0, 0)."""
    cuts = np.unique(scores)[::-1]
    x = [0.0] + [float(np.mean(scores[truth == 0] >= c)) for c in cuts]
    y = [0.0] + [float(np.mean(scores[truth == 1] >= c)) for c in cuts]
    return np.array(x), np.array(y)


def one_by_one(scores, truth):
    order = np.argsort(-scores, kind="stable")
    positive = truth[order] == 1
    x = np.concatenate([[0], np.cumsum(~positive) / (~positive).sum()])
    return x, np.concatenate([[0], np.cumsum(positive) / positive.sum()])


def sample(seed, ties):
    rng = np.random.default_rng(seed)
    truth = np.r_[0, 1, rng.integers(2, size=28)]
    scores = truth + 1.5 * rng.normal(size=30)
    return (np.round(scores) if ties else scores), truth


def test_the_same_curve_with_other_points_passes():
    for seed in range(100):
        x, y = roc(*sample(seed, ties=seed % 2 == 0))
        check_curve((x, y), (x, y))
        check_curve((x[::-1].tolist(), y[::-1].tolist(), [0] * len(x)), (x, y))
        finer = np.interp(np.linspace(0, len(x) - 1, 4 * len(x) - 3), np.arange(len(x)), x)
        check_curve(
            (finer, np.interp(np.linspace(0, len(x) - 1, 4 * len(x) - 3), np.arange(len(x)), y)), (x, y)
        )
        corner = np.r_[True, np.abs(np.diff(x, 2)) + np.abs(np.diff(y, 2)) > 1e-12, True]
        check_curve((x[corner], y[corner]), (x, y))
        check_curve((x, y), (x[corner], y[corner]))
    check_curve(one_by_one(*sample(1, ties=False)), roc(*sample(1, ties=False)))


@pytest.mark.parametrize("error", [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8])
def test_a_curve_that_is_off_is_caught(error):
    for seed in range(20):
        x, y = roc(*sample(seed, ties=False))
        one = error * (np.arange(len(y)) == len(y) // 2)  # up and to the left leaves every stair
        for moved in ((x, y * (1 - error)), (x - one, y + one)):
            summary(check_curve, moved, (x, y))


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda x, y: (y, x), "roc has its axes swapped: FPR should come first, then TPR"),
        (lambda x, y: (x[1:], y[1:]), "roc lacks one of its ends; otherwise it is right."),
        (lambda x, y: (x[:-1], y[:-1]), "roc lacks one of its ends; otherwise it is right."),
        (lambda x, y: (x[1:-1], y[1:-1]), "roc lacks both of its ends"),
        (lambda x, y: (x, 1 - y), "roc misses"),
        (lambda x, y: (np.r_[x, x[::-1]], np.r_[y, y[::-1]]), "in the wrong order"),
        (lambda x, y: (x, y[1:]), "values of FPR but"),
        (lambda x, y: (x * np.nan, y), "roc's FPR has nan"),
        (lambda x, y: x, "two arrays (FPR, TPR) were expected"),
        (lambda x, y: (np.zeros(10**6), np.zeros(10**6)), "far more than"),
    ],
)
def test_messages_on_curves(change, text):
    x, y = roc(*sample(2, ties=False))
    assert text in summary(check_curve, change(x, y), (x, y), name="roc", axes=("FPR", "TPR"))


def test_ties_taken_one_by_one_are_named():
    x, y = np.array([0, 0.0, 0.5, 1]), np.array([0, 0.5, 1, 1.0])
    wrong = np.array([0, 0.0, 0.0, 0.5, 1]), np.array([0, 0.5, 1, 1.0, 1])
    assert "Do tied scores count as one threshold?" in summary(check_curve, wrong, (x, y))


class Timed:
    """A function that takes what it says: its runs last ``seconds``, one after the other, the last one again."""

    def __init__(self, clock: list[float], *seconds: float):
        self.clock, self.seconds, self.calls = clock, seconds, 0

    def __call__(self, *arguments) -> None:
        self.clock[0] += self.seconds[min(self.calls, len(self.seconds) - 1)]
        self.calls += 1


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr("grader.checks.timing.time", SimpleNamespace(perf_counter=lambda: now[0]))
    return now


def test_check_faster_than(clock):
    loop, baseline = Timed(clock, 0.08), Timed(clock, 0.002)
    text = summary(check_faster_than, loop, baseline, 1, ratio=5, repeats=2)
    assert "too slow: it takes about 40 times as long as the baseline (at most 5 is allowed)" in text
    assert (loop.calls, baseline.calls) == (2, 2)
    assert check_faster_than(Timed(clock, 0.002), Timed(clock, 0.08), 1) == pytest.approx(1 / 40)


def test_the_fastest_runs_are_compared_and_the_first_good_pair_is_enough(clock):
    answer, baseline = Timed(clock, 0.5, 0.06, 0.009), Timed(clock, 0.01)
    assert check_faster_than(answer, baseline, repeats=5) == pytest.approx(0.9)
    assert (answer.calls, baseline.calls) == (3, 3)
    disturbed = Timed(clock, 0.01, 0.01, 1.0)
    assert "is too slow" in summary(check_faster_than, Timed(clock, 0.08), disturbed, ratio=5, repeats=3)


def test_what_takes_next_to_nothing_is_as_fast_as_nothing(clock):
    check_faster_than(Timed(clock, 1e-4), Timed(clock, 1e-7))
    assert "is too slow" in summary(check_faster_than, Timed(clock, 4e-4), Timed(clock, 1e-7))


@pytest.mark.parametrize(
    "shapes", [{"w": (np.array([1, 2]), 3)}, {"w": 3}, {1: (2,)}, {"w": (True,)}, [("w", (2,))], None, "w"]
)
def test_a_network_whose_shapes_are_no_shapes_is_none(shapes):
    class Module(Operators):
        def _operate(self, name, *operands):
            return shapes

    with pytest.raises(CheckFailed, match="network"):
        set_parameters(Module(), {"w": np.zeros((2, 3))})
