"""Checks of linear algebra: right answers pass over many seeds, small errors are caught and said."""

import numpy as np
import pytest

from grader import CheckFailed, check_close, check_directions, check_orthonormal, check_residual, check_span

SEEDS = range(200)
SHAPES = [(1, 1), (5, 1), (6, 6), (40, 3), (60, 50)]
ERRORS = [1e-2, 1e-4, 1e-6, 1e-8]


def matrix(rng, shape, condition=1e3):
    """Singular values from 1 down to 1/condition."""
    U, _, Vt = np.linalg.svd(rng.normal(size=shape), full_matrices=False)
    return U * np.geomspace(1, 1 / condition, min(shape)) @ Vt


def message(check, *arguments, **keywords):
    with pytest.raises(CheckFailed) as raised:
        check(*arguments, **keywords)
    return str(raised.value)


@pytest.mark.parametrize("shape", SHAPES)
def test_right_factorizations_pass_whatever_the_seed_and_the_condition(shape):
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        A = matrix(rng, shape, condition=10.0 ** rng.integers(0, 14)) * 10.0 ** rng.integers(-100, 100)
        Q, R = np.linalg.qr(A)
        signs = rng.choice([-1, 1], size=shape[1])
        check_orthonormal(Q * signs)
        check_residual(A - Q @ R, np.linalg.norm(A), name="A − QR")
        check_directions(Q * signs, Q)
        rotation, _ = np.linalg.qr(rng.normal(size=(shape[1], shape[1])))
        check_span(Q @ rotation * 3, Q)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("where", ["everywhere", "one entry"])
def test_small_errors_are_caught(error, where):
    for seed in range(20):
        rng = np.random.default_rng(seed)
        Q, _ = np.linalg.qr(rng.normal(size=(8, 4)))
        noise = (
            rng.normal(size=Q.shape)
            if where == "everywhere"
            else np.eye(8, 4)[:, [0, 3, 2, 1]] * [0, 1, 0, 0]
        )
        wrong = Q + error * noise
        message(check_orthonormal, wrong)
        message(check_directions, wrong, Q)
        message(check_span, wrong, Q)
        message(check_residual, wrong - Q, 1.0)


def test_what_is_wrong_is_said():
    Q = np.linalg.qr(np.random.default_rng(0).normal(size=(6, 3)))[0]
    assert "Column 1 of Q does not have length 1." in message(check_orthonormal, Q * [1, 2, 1])
    skew = Q.copy()
    skew[:, 2] = (Q[:, 2] + 1e-3 * Q[:, 0]) / np.hypot(1, 1e-3)
    assert "Columns 0 and 2 of Q are not orthogonal: their inner product is about 1e-3" in message(
        check_orthonormal, skew
    )
    assert "has 3 columns of length 2" in message(check_orthonormal, np.ones((2, 3)))
    assert "right direction but the wrong length" in message(check_directions, 2 * Q[:, 0], Q[:, 0], name="x")
    assert "x points in the wrong direction" in message(check_directions, Q[:, 1], Q[:, 0], name="x")
    assert "2 of 3 columns are wrong" in message(check_directions, Q[:, [0, 2, 1]], Q)
    assert "shape (6, 3) was expected" in message(check_directions, Q[:, :2], Q)
    assert "are linearly dependent" in message(check_span, Q[:, [0, 1, 1]], Q)
    assert "span the wrong space" in message(check_span, Q[:, [0, 1]], Q[:, [0, 2]])
    assert "about 1e-3 of what it is computed from" in message(check_residual, np.array([1.0]), 1000.0)
    assert "should be 0 up to 1e-06" in message(check_residual, np.array([1.0]), 1000.0, rtol=1e-6)


@pytest.mark.parametrize("check", [check_orthonormal, check_residual, check_directions, check_span])
@pytest.mark.parametrize(
    "value", [None, "x", [[1.0], [1.0, 2.0]], np.full((2, 1), np.nan), np.full((2, 1), 1e300)]
)
def test_hostile_values_fail_like_any_other(check, value):
    arguments = {check_residual: (value, 1.0), check_orthonormal: (value,)}.get(
        check, (value, np.eye(2)[:, :1])
    )
    if check is check_span and isinstance(value, np.ndarray) and np.isfinite(value).all():
        arguments = (value, np.eye(2)[:, :1])
    message(check, *arguments)


def test_a_complex_phase_is_a_direction_too():
    q = np.array([0.6, 0.8j])
    check_directions(q * np.exp(1.2j), q)
    message(check_directions, q.conj(), q)


@pytest.mark.parametrize("phase", [1j, np.exp(0.7j), -1 + 0j])
def test_no_phase_makes_a_real_answer(phase):
    Q, R = np.linalg.qr(np.random.default_rng(0).normal(size=(4, 4)))
    for says in (
        message(check_directions, Q[:, 0] * phase, Q[:, 0]),
        message(check_span, Q[:, :2] * phase, Q[:, :2]),
        message(check_orthonormal, Q * phase),
        message(check_residual, (Q * phase) @ (R / phase) - Q @ R, 1.0),
    ):
        assert says.endswith("is complex, but a real result was expected.")
    assert check_orthonormal(Q * phase, real=False).shape == (4, 4)
    check_residual((Q * phase) @ (R / phase) - Q @ R, 100.0, real=False)


def test_single_precision_has_its_own_rounding():
    for seed in SEEDS:
        A = np.random.default_rng(seed).normal(size=(20, 10)).astype(np.float32)
        Q, R = np.linalg.qr(A)
        check_orthonormal(Q)
        check_residual(A - Q @ R, float(np.linalg.norm(A)))
    message(check_orthonormal, Q.astype(np.float64))


def test_a_condition_number_allows_what_the_problem_enlarges_and_no_more():
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        condition = 10.0 ** rng.integers(0, 11)
        A, x = matrix(rng, (12, 12), condition), rng.normal(size=12)
        b = A @ x
        got = np.linalg.solve(A, b)
        check_close(got, x, condition=np.linalg.cond(A) if condition < 1e10 else 1e10)
        message(check_close, got + 1e-12 * condition * abs(got).max() + 1e-8, x, condition=condition)
    assert "at most 2e-09 is allowed" in message(check_close, 2.0, 1.0, condition=10)
    with pytest.raises(ValueError, match="check a residual instead"):
        check_close(1.0, 1.0, condition=1e12)
    with pytest.raises(ValueError, match="not both"):
        check_close(1.0, 1.0, condition=10, rtol=1e-3)
