"""The layers of a feedforward network, each as a pair: forward, and backward through the same layer.

Notation: N examples, D inputs, H outputs; X (N, D), W (D, H), b (H,), Z (N, H). For a loss L that depends on a
layer's result Z alone, dZ stands for ∂L/∂Z. A backward function takes dZ and what it needs from the forward pass, and
returns the gradients of L by the layer's own inputs; it need not know L.

Source: lecture rows L12 and L13.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["affine_backward", "affine_forward", "relu_backward", "relu_forward"]

# Real everywhere but in the tests' complex step, which sends complex128 through the same code.
Array = NDArray[np.float64]


def affine_forward(X: Array, W: Array, b: Array) -> Array:
    """Return Z = XW + b, one example per row.

    Shapes: X (N, D), W (D, H), b (H,) → (N, H). Source: L10.

    >>> affine_forward(np.array([[1.0, 2.0]]), np.array([[1.0], [3.0]]), np.array([0.5]))
    array([[7.5]])
    """
    return X @ W + b


def affine_backward(dZ: Array, X: Array, W: Array) -> tuple[Array, Array, Array]:
    """Return the gradients by the inputs, weights and biases of an affine layer.

    dX = dZ Wᵀ and dW = Xᵀ dZ (a product switches its factors), and db = Σ_i dZⁱ (the bias branches to every
    example, so the gradients add). A 1/N of the loss is already in dZ.

    Shapes: dZ (N, H), X (N, D), W (D, H) → dX (N, D), dW (D, H), db (H,). Source: L12.

    >>> X, W = np.array([[1.0, 2.0]]), np.array([[1.0], [3.0]])
    >>> dX, dW, db = affine_backward(np.array([[2.0]]), X, W)
    >>> dX.tolist(), dW.tolist(), db.tolist()
    ([[2.0, 6.0]], [[2.0], [4.0]], [2.0])
    """
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


def relu_forward(Z: Array) -> Array:
    """Return A = max(0, Z), entry by entry.

    Shapes: any. Source: L9.

    >>> relu_forward(np.array([[-1.0, 2.0]]))
    array([[0., 2.]])
    """
    return np.maximum(0.0, Z)


def relu_backward(dA: Array, Z: Array) -> Array:
    """Return dZ: the gradient dA where the forward input was positive, and 0 elsewhere.

    At exactly 0 we take 0; any share from 0 to 1 of dA would do as well.

    Shapes: dA and Z of one shape, any → the same. Source: L13.

    >>> relu_backward(np.array([[5.0, -3.0]]), np.array([[-1.0, 2.0]]))
    array([[ 0., -3.]])
    """
    return np.where(Z > 0, dA, 0.0)
