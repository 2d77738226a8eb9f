"""Iterations that find dominant eigenvalues: one at a time, and a subspace at once.

Source: L. N. Trefethen and D. Bau, Numerical Linear Algebra (SIAM, 1997), lectures 27 and 28.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reference.orthogonal import householder_qr

__all__ = ["dominant_subspace", "power_iteration"]

Array = NDArray[np.float64]


def power_iteration(A: Array, x: Array, tolerance: float, steps: int) -> tuple[float, Array]:
    """The eigenvalue of largest magnitude of a symmetric matrix, and its eigenvector, by power iteration.

    x ← x/‖x‖; then at most ``steps`` times: λ = xᵀAx, stop if ‖Ax − λx‖ ≤ tolerance·|λ|, else x ← Ax/‖Ax‖. λ is the
    Rayleigh quotient of the x that is returned. It converges like |λ₂/λ₁|ᵏ, and λ like its square.

    Shapes: A (n, n) symmetric, x (n,) not zero → (λ, x (n,)), ‖x‖ = 1.

    >>> value, vector = power_iteration(np.diag([-3.0, 1.0]), np.ones(2), 1e-12, 100)
    >>> round(value, 12), np.abs(vector).round(12).tolist()
    (-3.0, [1.0, 0.0])
    """
    x = x / np.linalg.norm(x)
    for _ in range(steps):
        y = A @ x
        value = x @ y
        if np.linalg.norm(y - value * x) <= tolerance * abs(value):
            break
        x = y / np.linalg.norm(y)
    return float(x @ A @ x), x


def dominant_subspace(A: Array, X: Array, steps: int) -> Array:
    """An orthonormal basis of the span of AᵏX, by orthogonal iteration: k times, Q of the QR factorization of AX.

    Only the span is determined; it approaches the span of the eigenvectors of the largest eigenvalues. Without the
    factorization in every step, all columns turn towards the first eigenvector and the rest is lost to rounding.

    Shapes: A (n, n) symmetric, X (n, p) of full rank, steps k ≥ 1 → (n, p).

    >>> Q = dominant_subspace(np.diag([3.0, -3.0, 1.0]), np.ones((3, 2)) + np.eye(3, 2), 60)
    >>> np.abs(Q @ Q.T).round(9).tolist()
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]
    """
    for _ in range(steps):
        X, _ = householder_qr(A @ X)
    return X
