"""A multilayer perceptron with one hidden layer: its loss, and all its gradients by backpropagation.

X → affine(W1, b1) → ReLU → affine(W2, b2) → softmax cross-entropy. Notation: N examples, D features, H hidden
units, C classes.

Source: lecture rows L10, L12, L13, L20 and L21.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from reference.layers import affine_backward, affine_forward, relu_backward, relu_forward
from reference.softmax import cross_entropy, cross_entropy_gradient, l2_gradient, l2_penalty

__all__ = ["mlp_loss"]

# Real everywhere but in the tests' complex step, which sends complex128 through the same code.
Array = NDArray[np.float64]
Labels = NDArray[np.integer]


def mlp_loss(params: Mapping[str, Array], X: Array, y: Labels, l2: float) -> tuple[float, dict[str, Array]]:
    """Return the network's regularized loss, and its gradient by every parameter.

    J = (1/N) Σ_i −log softmax(Z2ⁱ)[yⁱ] + ½λ (Σ W1² + Σ W2²), with Z2 = max(0, X W1 + b1) W2 + b2. The conventions
    are those of `reference.softmax`: mean over the examples, ½λ outside the mean, biases not penalised.

    Shapes: params holds W1 (D, H), b1 (H,), W2 (H, C), b2 (C,); X (N, D), y (N,), l2 = λ a number → a number, and a
    dictionary with the keys and shapes of params. Source: L12, L13, L20.

    >>> params = {"W1": np.ones((2, 3)), "b1": np.zeros(3), "W2": np.zeros((3, 4)), "b2": np.zeros(4)}
    >>> loss, gradients = mlp_loss(params, np.array([[1.0, 2.0]]), np.array([0]), 0.1)
    >>> round(float(loss), 9)  # log 4 + ½ · 0.1 · 6
    1.686294361
    >>> gradients["b2"]
    array([-0.75,  0.25,  0.25,  0.25])
    """
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    loss = cross_entropy(Z2, y) + l2_penalty(W1, l2) + l2_penalty(W2, l2)

    dZ2 = cross_entropy_gradient(Z2, y)
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    # As in affine_backward, but without the gradient by X, which nobody needs and which would be a third of the work.
    dW1, db1 = X.T @ dZ1, dZ1.sum(axis=0)
    return loss, {
        "W1": dW1 + l2_gradient(W1, l2),
        "b1": db1,
        "W2": dW2 + l2_gradient(W2, l2),
        "b2": db2,
    }
