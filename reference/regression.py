"""Linear regression: a line through data, its mean squared error, and descent down that error.

Notation throughout: n examples, D features; X (n, D), targets y (n,), weights w (D,), intercept b a number, and
predictions ŷ = Xw + b (n,).

The lecture uses two costs, and this module has both, under different names. `mse`, its gradient and
`gradient_descent` use the mean of the squares, whose gradient has the factor 2/n (L4). The printed training
run that `stochastic_gradient_descent` repeats uses half of that, `half_mse` = Σ(ŷ−y)²/(2n), and one update per
example with that example's share of its gradient, (ŷ−y)x/n (L5).

Every function is pure, and every cost is complex-step safe in its real arguments.

Source: lecture rows L2, L4 and L5.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "gradient_descent",
    "half_mse",
    "least_squares",
    "minibatch_gradient",
    "mse",
    "mse_gradient",
    "predict",
    "stochastic_gradient_descent",
]

# Real everywhere but in the tests' complex step, which sends complex128 through the same code.
Array = NDArray[np.float64]


def predict(X: Array, w: Array, b: float) -> Array:
    """Return the prediction of the linear model for every example.

    ŷ = Xw + b, the rows of the lecture's wᵀxⁱ + b.

    Shapes: X (n, D), w (D,), b a number → (n,). Source: L4.

    >>> predict(np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([3.0, 0.5]), 1.0)
    array([5. , 0.5])
    """
    return X @ w + b


def mse(X: Array, y: Array, w: Array, b: float) -> float:
    """Return the mean over the examples of the squared error of the prediction.

    E = (1/n) Σ_i (ŷⁱ − yⁱ)². The convention is the plain mean, as in scikit-learn and torch; L5's run halves it
    (see `half_mse`), and the slide's argmin leaves out the factor 1/n.

    Shapes: X (n, D), y (n,), w (D,), b a number → a number, in units of y squared. Source: L4.

    >>> float(mse(np.array([[1.0], [2.0]]), np.array([3.0, 3.0]), np.array([2.0]), 0.0))
    1.0
    """
    error = predict(X, w, b) - y
    return (error * error).mean()


def mse_gradient(X: Array, y: Array, w: Array, b: float) -> tuple[Array, float]:
    """Return the gradients of `mse` with respect to the weights and to the intercept.

    ∂E/∂w = (2/n) Σ_i (ŷⁱ − yⁱ) xⁱ and ∂E/∂b = (2/n) Σ_i (ŷⁱ − yⁱ).

    Shapes: X (n, D), y (n,), w (D,), b a number → (dw (D,), db a number). Source: L4.

    >>> dw, db = mse_gradient(np.array([[1.0], [2.0]]), np.array([3.0, 3.0]), np.array([2.0]), 0.0)
    >>> dw, float(db)
    (array([1.]), 0.0)
    """
    error = predict(X, w, b) - y
    return 2 * (X.T @ error) / len(y), 2 * error.mean()


def minibatch_gradient(
    X: Array, y: Array, w: Array, b: float, batch: NDArray[np.integer]
) -> tuple[Array, float]:
    """Return the gradients of `mse` on some of the examples, averaged over their own number m′.

    g = (1/m′) ∇ Σ_{i ∈ batch} (ŷⁱ − yⁱ)². The mean of g over all batches of one size is the whole gradient.

    Shapes: X (n, D), y (n,), batch (m′,) indices of examples → (dw (D,), db a number). Source: L2.

    >>> X, y = np.array([[1.0], [2.0]]), np.array([3.0, 3.0])
    >>> dw, db = minibatch_gradient(X, y, np.array([2.0]), 0.0, np.array([1]))
    >>> dw, float(db)
    (array([4.]), 2.0)
    """
    return mse_gradient(X[batch], y[batch], w, b)


def gradient_descent(
    X: Array, y: Array, w: Array, b: float, learning_rate: float, steps: int
) -> tuple[Array, float, Array]:
    """Return the weights and intercept that gradient descent on `mse` reaches, and the error after every step.

    θ ← θ − ε ∂E/∂θ, both parameters at once: the gradients of a step are taken at the same w and b.
    history[k] is `mse` after step k + 1, so the error at the start is not in it.

    Shapes: X (n, D), y (n,), w (D,), b a number → (w (D,), b a number, history (steps,)). Source: L4.

    >>> X, y = np.array([[-1.0], [1.0]]), np.array([0.0, 4.0])  # the line y = 2x + 2
    >>> w, b, history = gradient_descent(X, y, np.zeros(1), 0.0, 0.25, 3)
    >>> w, float(b), history
    (array([1.75]), 1.75, array([2.   , 0.5  , 0.125]))
    """
    history = np.empty(steps)
    for step in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
        history[step] = mse(X, y, w, b)
    return w, b, history


def half_mse(X: Array, y: Array, w: Array, b: float) -> float:
    """Return the cost of the lecture's printed run, half of `mse`.

    cost = Σ_i (ŷⁱ − yⁱ)² / (2n). The half is there for the derivative, (1/n) Σ_i (ŷⁱ − yⁱ) xⁱ.

    Shapes: X (n, D), y (n,), w (D,), b a number → a number. Source: L5.

    >>> float(half_mse(np.array([[1.0], [2.0]]), np.array([3.0, 3.0]), np.array([2.0]), 0.0))
    0.5
    """
    error = predict(X, w, b) - y
    return (error * error).sum() / (2 * len(y))


def stochastic_gradient_descent(
    X: Array, y: Array, w: Array, b: float, learning_rate: float, epochs: int
) -> tuple[Array, float, Array]:
    """Return the weights and intercept after several epochs of one update per example, and the cost after each.

    For i = 1 … n in the order of the data: e = wᵀxⁱ + b − yⁱ, then w ← w − ε e xⁱ/n and b ← b − ε e/n, with one e
    for both. This is the example's share of the gradient of `half_mse`; n is the number of all examples: the
    lecture's program divides by it even though each update uses one. history[k] is `half_mse` on all the
    examples after epoch k + 1.

    On the lecture's 17 points with ε = 0.01, from the W and b printed for epoch 50, it meets every later row of
    the printed table to within 1e-6: six printed digits are good to 5e-7, and so is the start.

    Shapes: X (n, D), y (n,), w (D,), b a number → (w (D,), b a number, history (epochs,)). Source: L5.

    >>> X, y = np.array([[-1.0], [1.0]]), np.array([0.0, 4.0])
    >>> w, b, history = stochastic_gradient_descent(X, y, np.zeros(1), 0.0, 0.5, 2)
    >>> w, float(b), history
    (array([1.5]), 1.5, array([1.  , 0.25]))
    """
    n = len(y)
    history = np.empty(epochs)
    for epoch in range(epochs):
        for i in range(n):
            error = X[i] @ w + b - y[i]
            dw, db = error * X[i] / n, error / n
            w, b = w - learning_rate * dw, b - learning_rate * db
        history[epoch] = half_mse(X, y, w, b)
    return w, b, history


def least_squares(X: Array, y: Array) -> tuple[Array, float]:
    """Return the weights and intercept of the smallest `mse`, in closed form; the shortest if there are several.

    The error is a convex parabola in (w, b), so its minimum is where the gradient is 0: [X 1]ᵀ([X 1]θ − y) = 0,
    solved by singular values. The descents of this module approach it.

    Shapes: X (n, D), y (n,) → (w (D,), b a number). Source: L4.

    >>> w, b = least_squares(np.array([[-1.0], [1.0]]), np.array([0.0, 4.0]))
    >>> w.round(12), round(float(b), 12)
    (array([2.]), 2.0)
    """
    design = np.column_stack([X, np.ones(len(y))])
    theta = np.asarray(np.linalg.lstsq(design, y, rcond=None)[0], dtype=np.float64)
    return theta[:-1], theta[-1]
