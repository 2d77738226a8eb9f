"""Model complexity: networks of any capacity, and their errors on examples they have and have not seen.

The network has one hidden layer of tanh units: X → affine(W1, b1) → tanh → affine(W2, b2) → softmax. With tanh its
decision boundaries are smooth, as in the demonstration that the lecture links to; `reference.mlp` has ReLU.
Notation: N examples, D features, H hidden units, C classes.

Source: lecture rows L2, L19 and L20.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.layers import affine_backward, affine_forward
from reference.minibatch import minibatches
from reference.regularization import l2_gradient
from reference.softmax import cross_entropy, cross_entropy_gradient

__all__ = ["complexity_curve", "data_loss", "error_rate", "initialize_mlp", "train_mlp"]

# Real everywhere but in the tests' complex step, which sends complex128 through the same code.
Array = NDArray[np.float64]
Labels = NDArray[np.integer]
Examples = tuple[Array, Labels]


def data_loss(params: Mapping[str, Array], X: Array, y: Labels) -> tuple[float, dict[str, Array]]:
    """Return the network's mean cross-entropy, without any penalty, and its gradient by every parameter.

    L = (1/N) Σ_i −log softmax(Z2ⁱ)[yⁱ] with Z2 = tanh(X W1 + b1) W2 + b2, the left half of the lecture's sum. Backward,
    tanh multiplies by 1 − A1², where A1 is its own output.

    Shapes: params holds W1 (D, H), b1 (H,), W2 (H, C), b2 (C,); X (N, D), y (N,) → a number, in nats, and a dictionary
    with the keys and shapes of params. Source: L1, L20, L21.

    >>> params = {"W1": np.zeros((2, 3)), "b1": np.zeros(3), "W2": np.ones((3, 4)), "b2": np.zeros(4)}
    >>> loss, gradients = data_loss(params, np.array([[1.0, 2.0]]), np.array([0]))
    >>> round(float(loss), 9)  # log 4
    1.386294361
    >>> gradients["b2"]
    array([-0.75,  0.25,  0.25,  0.25])
    """
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    A1 = np.tanh(affine_forward(X, W1, b1))
    Z2 = affine_forward(A1, W2, b2)
    dA1, dW2, db2 = affine_backward(cross_entropy_gradient(Z2, y), A1, W2)
    _, dW1, db1 = affine_backward(dA1 * (1.0 - A1 * A1), X, W1)
    return cross_entropy(Z2, y), {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def initialize_mlp(features: int, hidden: int, classes: int, rng: np.random.Generator) -> dict[str, Array]:
    """Return random parameters to start from.

    Every weight is drawn independently from a normal distribution of mean 0 and variance 1/n, where n is the number of
    inputs of its layer: a sum of n terms then has the size of one input, whatever the width. Biases are 0. For ReLU the
    variance is commonly doubled (He); Glorot's mean of inputs and outputs is another choice.

    Shapes: D, H, C → W1 (D, H), b1 (H,), W2 (H, C), b2 (C,). All randomness comes from rng. Source: L19.

    >>> params = initialize_mlp(2, 5, 3, np.random.default_rng(0))
    >>> {name: value.shape for name, value in params.items()}
    {'W1': (2, 5), 'b1': (5,), 'W2': (5, 3), 'b2': (3,)}
    """
    return {
        "W1": rng.normal(size=(features, hidden)) / np.sqrt(features),
        "b1": np.zeros(hidden),
        "W2": rng.normal(size=(hidden, classes)) / np.sqrt(hidden),
        "b2": np.zeros(classes),
    }


def train_mlp(
    params: Mapping[str, Array],
    X: Array,
    y: Labels,
    l2: float,
    learning_rate: float,
    epochs: int,
    batch_size: int,
    rng: np.random.Generator,
) -> dict[str, Array]:
    """Return the parameters that minibatch SGD reaches from the given ones.

    θ ← θ − ε ∂J_B/∂θ with J_B the data loss of the minibatch B, averaged over its own examples, plus the whole of
    ½λ Σ W². The minibatches of every epoch are those of `reference.minibatch.minibatches`, so ``rng`` is used for one
    permutation per epoch. Five epochs at once are therefore the same as two, and then three more with the
    parameters and the generator left by these.

    Shapes: params as in `data_loss`, X (N, D), y (N,), l2 = λ, learning_rate = ε → a dictionary like params. Source:
    L2, L20.

    >>> X, y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
    >>> rng = np.random.default_rng(0)
    >>> params = train_mlp(initialize_mlp(1, 2, 2, rng), X, y, 0.01, 0.5, 20, 3, rng)
    >>> float(error_rate(params, X, y))
    0.0
    """
    params = dict(params)
    for _ in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            _, of_data = data_loss(params, X_batch, y_batch)
            of_weights = l2_gradient(params, l2)
            for name in params:
                params[name] = params[name] - learning_rate * (of_data[name] + of_weights[name])
    return params


def error_rate(params: Mapping[str, Array], X: Array, y: Labels) -> float:
    """Return the share of the examples that the network puts into a wrong class, between 0 and 1.

    The network's class is that of the largest logit, the first if several are equal.

    Shapes: params as in `data_loss`, X (N, D), y (N,) → a number. Source: L19.

    >>> params = {"W1": np.ones((1, 1)), "b1": np.zeros(1), "W2": np.array([[-1.0, 1.0]]), "b2": np.zeros(2)}
    >>> float(error_rate(params, np.array([[-1.0], [2.0], [3.0], [-4.0]]), np.array([0, 1, 0, 0])))
    0.25
    """
    A1 = np.tanh(affine_forward(X, params["W1"], params["b1"]))
    predicted = affine_forward(A1, params["W2"], params["b2"]).argmax(axis=1)
    return (predicted != y).mean()


def complexity_curve(
    fit: Callable[[Array, Labels, Any, int], Any],
    error: Callable[[Any, Array, Labels], float],
    settings: Sequence[Any],
    train: Examples,
    validation: Examples,
    seeds: Sequence[int],
) -> tuple[Array, Array]:
    """Return the training and the validation error against capacity, each the mean over several seeds.

    For each setting (a width, a λ: whatever ``fit`` makes of it) and each seed, one model is trained by
    ``fit(X, y, setting, seed)`` on the training examples alone, and its ``error(model, X, y)`` is measured on both
    sets. High errors on both mean underfitting; a validation error far above the training error means overfitting.
    Giving all settings the same seeds makes their comparison fairer.

    Shapes: train and validation are pairs (X, y); S settings → two arrays (S,), in the order of settings. Source: L19.

    >>> def fit(X, y, setting, seed):  # a "model" that is one number
    ...     return setting * X.mean()
    >>> def error(model, X, y):
    ...     return abs(model - y).mean()
    >>> train, validation = (np.array([1.0, 3.0]), np.array([2.0, 2.0])), (np.array([5.0]), np.array([5.0]))
    >>> complexity_curve(fit, error, [0, 1, 2], train, validation, [0, 1])
    (array([2., 0., 2.]), array([5., 3., 1.]))
    """
    train_errors, validation_errors = np.zeros(len(settings)), np.zeros(len(settings))
    for i, setting in enumerate(settings):
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors[i] = np.mean([error(model, *train) for model in models])
        validation_errors[i] = np.mean([error(model, *validation) for model in models])
    return train_errors, validation_errors
