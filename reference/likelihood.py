"""Why the squared error: risk as a mean of −log p, and the Gaussian whose −log p is a square.

Notation: m examples, observations y (m,), their means μ (m,) or one number, a standard deviation σ > 0.
Logarithms are natural. Every function is pure and complex-step safe in μ, σ and the weights.

Source: lecture rows L1 and L3.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.regression import predict

__all__ = [
    "empirical_risk",
    "gaussian_constants",
    "gaussian_log_likelihood",
    "gaussian_log_likelihood_gradient",
    "most_likely_sigma",
    "regression_log_likelihood",
]

# Real everywhere but in the tests' complex step, which sends complex128 through the same code.
Array = NDArray[np.float64]


def empirical_risk(loss: Callable[[Any, Any, Any], float], X: Array, y: Array, theta: Any) -> float:
    """Return the mean of a loss over the examples: what training minimises.

    J(θ) = (1/m) Σ_i L(xⁱ, yⁱ, θ). With L = −log p(y | x; θ) it is the negative log likelihood divided by m, so its
    minimum is the likelihood's maximum.

    Shapes: X (m, …), y (m,), theta whatever ``loss(x, y, theta)`` takes → a number. Source: L1.

    >>> def squared_error(x, y, slope):
    ...     return (slope * x - y) ** 2
    >>> float(empirical_risk(squared_error, np.array([1.0, 2.0]), np.array([3.0, 3.0]), 2.0))
    1.0
    """
    return sum(loss(x, target, theta) for x, target in zip(X, y, strict=True)) / len(y)


def gaussian_constants(sigma: float) -> tuple[float, float]:
    """Return the lecture's C₁ and C₂, so that log f(y) = C₁ − (y − μ)²/C₂ for one observation.

    C₁ = −½ log(2πσ²) and C₂ = 2σ²: neither contains μ, so μ appears only in the square.

    Source: L3.

    >>> C1, C2 = gaussian_constants(2.0)
    >>> round(float(C1), 6), C2
    (-1.612086, 8.0)
    """
    return -0.5 * np.log(2 * np.pi * sigma**2), 2 * sigma**2


def gaussian_log_likelihood(y: Array, mu: Array | float, sigma: float) -> float:
    """Return the log of the probability density of independent Gaussian observations.

    log f = Σ_i [C₁ − (yⁱ − μⁱ)²/C₂], with C₁ = −½ log(2πσ²) and C₂ = 2σ². The convention is the sum over the
    observations, and σ the standard deviation, as in scipy's ``norm``. Never take the log of a product of densities,
    which underflows.

    Shapes: y (m,), mu (m,) or a number, sigma a number → a number. Source: L3.

    >>> round(float(gaussian_log_likelihood(np.array([1.0, 3.0]), 1.0, 2.0)), 6)  # 2·C₁ − 4/8
    -3.724171
    """
    C1, C2 = gaussian_constants(sigma)
    log_density = C1 - (y - mu) ** 2 / C2
    return log_density.sum()


def gaussian_log_likelihood_gradient(y: Array, mu: Array, sigma: float) -> Array:
    """Return the gradient of `gaussian_log_likelihood` with respect to every mean.

    ∂ log f/∂μⁱ = (yⁱ − μⁱ)/σ²: zero exactly where the squared error is least, and a multiple of its gradient
    everywhere.

    Shapes: y (m,), mu (m,), sigma a number → (m,). Source: L3.

    >>> gaussian_log_likelihood_gradient(np.array([1.0, 3.0]), np.array([1.0, 1.0]), 2.0)
    array([0. , 0.5])
    """
    return (y - mu) / sigma**2


def most_likely_sigma(y: Array, mu: Array | float) -> float:
    """Return the standard deviation under which observations are most likely, given their means.

    σ̂ = √((1/m) Σ_i (yⁱ − μⁱ)²), the root of the mean squared error. It divides by m; the unbiased estimate, which
    divides by less, is not the most likely one.

    Shapes: y (m,), mu (m,) or a number → a number. Source: L3.

    >>> float(most_likely_sigma(np.array([1.0, 3.0]), 2.0))
    1.0
    """
    residual = y - mu
    return np.sqrt((residual * residual).mean())


def regression_log_likelihood(X: Array, y: Array, w: Array, b: float, sigma: float) -> float:
    """Return the log likelihood of targets scattered around a line: y ~ Normal(Xw + b, σ²).

    With n examples it is n·C₁ − n·MSE(w, b)/C₂, whatever σ: the line that maximises it is the line of the least
    mean squared error.

    Shapes: X (n, D), y (n,), w (D,), b and sigma numbers → a number. Source: L3.

    >>> X, y = np.array([[1.0], [2.0]]), np.array([3.0, 3.0])  # errors −1 and 1 for ŷ = 2x
    >>> round(float(regression_log_likelihood(X, y, np.array([2.0]), 0.0, 1.0)), 6)  # 2·C₁ − 1
    -2.837877
    """
    return gaussian_log_likelihood(y, predict(X, w, b), sigma)
