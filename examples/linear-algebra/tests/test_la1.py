"""The reference is correct: by what defines each answer, and compared with numpy."""

import numpy as np
import pytest
import reference.conditioning as conditioning
import reference.eigen as eigen
import reference.orthogonal as orthogonal

SHAPES = [(1, 1), (6, 1), (5, 5), (30, 12)]


@pytest.mark.parametrize("shape", SHAPES)
def test_qr_is_numpys_up_to_signs(shape):
    A = np.random.default_rng(0).normal(size=shape)
    Q, R = orthogonal.householder_qr(A)
    theirs, _ = np.linalg.qr(A)
    assert np.allclose(np.abs(np.sum(Q * theirs, axis=0)), 1)
    assert np.allclose(Q @ R, A)
    assert np.array_equal(R, np.triu(R))


def test_reflectors_reflect_to_the_far_side():
    for x in (np.array([3.0, 4.0]), np.array([-3.0, 4.0]), np.array([0.0, 5.0]), np.array([1.0, 1e-12])):
        v = orthogonal.reflector(x)
        mirrored = x - 2 * v * (v @ x)
        assert np.allclose(mirrored[1:], 0, atol=1e-15)
        assert np.isclose(mirrored[0], -np.copysign(np.linalg.norm(x), x[0]))


def test_least_squares_is_numpys():
    rng = np.random.default_rng(1)
    A, b = rng.normal(size=(20, 5)), rng.normal(size=20)
    assert np.allclose(orthogonal.least_squares(A, b), np.linalg.lstsq(A, b)[0])


def test_iterations_find_what_eigh_finds():
    rng = np.random.default_rng(2)
    V, _ = np.linalg.qr(rng.normal(size=(6, 6)))
    A = V * np.array([-4.0, 3, 2, 1, 0.5, 0]) @ V.T
    value, x = eigen.power_iteration(A, rng.normal(size=6), 1e-12, 1000)
    assert np.isclose(value, -4)
    assert np.isclose(abs(x @ V[:, 0]), 1)
    Q = eigen.dominant_subspace(A, rng.normal(size=(6, 3)), 200)
    assert np.allclose(Q @ Q.T, V[:, :3] @ V[:, :3].T)


def test_condition_number_is_numpys():
    A = np.random.default_rng(3).normal(size=(7, 4))
    assert np.isclose(conditioning.condition_number(A), np.linalg.cond(A))
    assert conditioning.condition_number(np.diag([1.0, 0.0])) == np.inf
