"""Householder reflections, the QR factorization they give, and least squares by it.

Source: L. N. Trefethen and D. Bau, Numerical Linear Algebra (SIAM, 1997), lectures 10, 11 and 16.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["householder_qr", "least_squares", "reflector"]

Array = NDArray[np.float64]


def reflector(x: Array) -> Array:
    """The unit vector v whose reflection I − 2vvᵀ takes x to −sign(x₁)‖x‖e₁.

    v ∝ x + sign(x₁)‖x‖e₁ with sign(0) = 1: the sum of two numbers of one sign, so nothing cancels. −v would do too.

    Shapes: x (m,), not zero → (m,).

    >>> reflector(np.array([3.0, 4.0])).round(4)
    array([0.8944, 0.4472])
    """
    v = np.array(x, dtype=np.float64)
    v[0] += np.copysign(np.linalg.norm(x), x[0])
    return v / np.linalg.norm(v)


def householder_qr(A: Array) -> tuple[Array, Array]:
    """The reduced factorization A = QR by Householder reflections.

    Unique, for A of full rank, up to the signs of Q's columns and R's rows. Here R_jj has the sign of −R's entry
    before the reflection; textbooks with a positive diagonal differ only in signs.

    Shapes: A (m, n), m ≥ n, of full rank → (Q (m, n), R (n, n)). Q is orthonormal to rounding whatever A's
    condition; Gram–Schmidt's is not.

    >>> Q, R = householder_qr(np.array([[3.0], [4.0]]))
    >>> Q.round(4).tolist(), R.round(4).tolist()
    ([[-0.6], [-0.8]], [[-5.0]])
    """
    m, n = A.shape
    R = np.array(A, dtype=np.float64)
    reflections = []
    for j in range(n):
        v = reflector(R[j:, j])
        R[j:, j:] -= 2 * np.outer(v, v @ R[j:, j:])
        reflections.append(v)
    Q = np.eye(m, n)
    for j in reversed(range(n)):
        v = reflections[j]
        Q[j:] -= 2 * np.outer(v, v @ Q[j:])
    return Q, np.triu(R[:n])


def least_squares(A: Array, b: Array) -> Array:
    """The x that makes ‖Ax − b‖ smallest, from QR: Rx = Qᵀb, solved from the last row up.

    Backward stable; the normal equations AᵀAx = Aᵀb have the condition number squared.

    Shapes: A (m, n), m ≥ n, of full rank, b (m,) → (n,).

    >>> least_squares(np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]), np.array([1.0, 3.0, 5.0])).round(12)
    array([1., 2.])
    """
    Q, R = householder_qr(A)
    y = Q.T @ b
    x = np.zeros(len(y))
    for i in reversed(range(len(y))):
        x[i] = (y[i] - R[i, i + 1 :] @ x[i + 1 :]) / R[i, i]
    return x
