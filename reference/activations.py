"""The activations at a node's output, each with its derivative: sigmoid, tanh, ReLU and Leaky ReLU.

Every function works entry by entry on arrays of any shape, returns floats even for integers, and neither
overflows nor gives nan for any finite input. Every activation is complex-step safe: it branches on the real part.

Source: lecture rows L9 and L11.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "leaky_relu",
    "leaky_relu_gradient",
    "relu",
    "relu_gradient",
    "sigmoid",
    "sigmoid_gradient",
    "tanh",
    "tanh_gradient",
]

# Real everywhere but in the tests' complex step, which sends complex128 through the same code.
Array = NDArray[np.float64]


def sigmoid(x: Array) -> Array:
    """Return the sigmoid of every entry, between 0 and 1.

    σ(x) = 1/(1 + e^{−x}), and for negative x the same number as e^x/(1 + e^x): the exponent is never positive,
    so nothing overflows.

    Shapes: any. Source: L9.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    e = np.exp(np.where(np.real(x) >= 0, -x, x))
    return np.where(np.real(x) >= 0, 1.0, e) / (1.0 + e)


def sigmoid_gradient(x: Array) -> Array:
    """Return the derivative of `sigmoid` at every entry of x (the input, not the sigmoid's value).

    dσ/dx = (1 − σ)σ, with 1 − σ(x) written as σ(−x), because the difference would lose digits where σ is near 1.

    Shapes: any. Source: L11.

    >>> sigmoid_gradient(np.array([0.0, 1000.0]))
    array([0.25, 0.  ])
    """
    return sigmoid(-x) * sigmoid(x)


def tanh(x: Array) -> Array:
    """Return the hyperbolic tangent of every entry, between −1 and 1.

    tanh x = (e^x − e^{−x})/(e^x + e^{−x}) = 2σ(2x) − 1.

    Shapes: any. Source: L9.

    >>> tanh(np.array([-1000.0, 0.0, 1000.0]))
    array([-1.,  0.,  1.])
    """
    return np.tanh(x)


def tanh_gradient(x: Array) -> Array:
    """Return the derivative of `tanh` at every entry of x, 1 − tanh² x.

    Accurate to an absolute 1e-16; the difference loses relative digits where tanh x is near ±1.

    Shapes: any. Source: L9.

    >>> tanh_gradient(np.array([0.0, 1000.0]))
    array([1., 0.])
    """
    return 1.0 - np.tanh(x) ** 2


def relu(x: Array) -> Array:
    """Return the positive part of every entry, max(0, x).

    Shapes: any. Source: L9.

    >>> relu(np.array([-2, 3]))
    array([0., 3.])
    """
    return np.maximum(0.0, x)


def relu_gradient(x: Array) -> Array:
    """Return the derivative of `relu` at every entry of x: 1 where x > 0, else 0.

    At exactly 0 the slope jumps from 0 to 1. We take 0, as torch and jax do; any number in between would do as well.

    Shapes: any. Source: L9, L13.

    >>> relu_gradient(np.array([-2.0, 3.0]))
    array([0., 1.])
    """
    return np.where(x > 0, 1.0, 0.0)


def leaky_relu(x: Array) -> Array:
    """Return max(0.1x, x) of every entry: the lecture's slope of 0.1 below 0.

    Libraries differ in the slope: torch 0.01, older Keras 0.3, TensorFlow 0.2.

    Shapes: any. Source: L9.

    >>> leaky_relu(np.array([-2.0, 3.0]))
    array([-0.2,  3. ])
    """
    return np.maximum(0.1 * x, x)


def leaky_relu_gradient(x: Array) -> Array:
    """Return the derivative of `leaky_relu` at every entry of x: 1 where x > 0, else 0.1.

    At exactly 0 the slope jumps from 0.1 to 1, and we take 0.1.

    Shapes: any. Source: L9.

    >>> leaky_relu_gradient(np.array([-2.0, 3.0]))
    array([0.1, 1. ])
    """
    return np.where(x > 0, 1.0, 0.1)
