"""How much a linear problem magnifies the uncertainty of its data.

Source: L. N. Trefethen and D. Bau, Numerical Linear Algebra (SIAM, 1997), lecture 12.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["condition_number"]

Array = NDArray[np.float64]


def condition_number(A: Array) -> float:
    """κ₂(A) = σ_max/σ_min, the ratio of the largest to the smallest singular value; inf where σ_min is 0.

    Only for a symmetric matrix is this the ratio of the eigenvalues' magnitudes.

    Shapes: A (m, n), m ≥ n, not zero → a number ≥ 1, inf without full rank.

    >>> condition_number(np.array([[2.0, 0.0], [0.0, 0.5]])), condition_number(np.eye(2, 2) * [1, 0])
    (4.0, inf)
    """
    values = np.linalg.svd(A, compute_uv=False)
    with np.errstate(divide="ignore"):
        return float(values[0] / values[-1])
