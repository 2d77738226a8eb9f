"""Softmax classification: a linear model, its loss, its gradients and its training by minibatch SGD.

Notation throughout: N examples, D features, C classes; X (N, D), W (D, C), b (C,), logits z (N, C), and
integer labels y (N,) from 0 to C−1. All losses are in nats.

Every function is pure. Every loss is complex-step safe in its real arguments: the shift by the row's largest
logit does not affect the derivative, so it is taken from the real part, and no step crosses a kink.

Source: lecture rows L1, L2, L20 and L21.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "accuracy",
    "cross_entropy",
    "cross_entropy_gradient",
    "l2_gradient",
    "l2_penalty",
    "log_softmax",
    "logits",
    "predict",
    "regularized_gradients",
    "regularized_loss",
    "softmax",
    "train",
]

# Real everywhere but in the tests' complex step, which sends complex128 through the same code.
Array = NDArray[np.float64]
Labels = NDArray[np.integer]


def logits(X: Array, W: Array, b: Array) -> Array:
    """Return the scores of every class for every example, before any normalisation.

    z = XW + b, the rows of the lecture's zⁱ = Wᵀxⁱ + b.

    Shapes: X (N, D), W (D, C), b (C,) → (N, C). Source: L21.

    >>> W, b = np.array([[1.0, 0.0, -1.0], [0.5, 1.0, 0.0]]), np.array([0.0, 0.0, 3.0])
    >>> logits(np.array([[1.0, 2.0]]), W, b)
    array([[2., 2., 2.]])
    """
    return X @ W + b


def log_softmax(z: Array) -> Array:
    """Return the logarithm of every class's probability, finite wherever the logits are.

    log p_k = (z_k − m) − log Σ_j exp(z_j − m), with m the largest logit of the same row: the largest exponent
    is 0, so nothing overflows, the sum is at least 1, and the log never gets an underflowed 0.

    Shapes: z (N, C) → (N, C), in nats, each at most 0. Source: L21.

    >>> log_softmax(np.array([[0.0, 20000.0]])).tolist()
    [[-20000.0, 0.0]]
    """
    shifted = z - np.real(z).max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def softmax(z: Array) -> Array:
    """Return the probability of every class: positive rows that sum to 1.

    p_k = exp(z_k) / Σ_j exp(z_j), computed after subtracting each row's own largest logit, which changes no
    probability. A shift by the largest logit of the whole batch would turn a row far below it into 0/0.

    Shapes: z (N, C) → (N, C). Source: L21.

    >>> softmax(np.log(np.array([[6.0, 3.0, 1.0]]))).round(12)
    array([[0.6, 0.3, 0.1]])
    """
    exponentials = np.exp(z - np.real(z).max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def cross_entropy(z: Array, y: Labels) -> float:
    """Return the mean over the examples of the negative log probability of the right class.

    L = −(1/N) Σ_i log softmax(zⁱ)[yⁱ]. The convention is the mean (L1), as in scikit-learn's ``log_loss`` and
    torch's default; others sum over the batch. Taken from `log_softmax`, it stays finite where p underflows.

    Shapes: z (N, C), y (N,) → a number, in nats. Source: L1, L21.

    >>> loss = cross_entropy(np.log(np.array([[6.0, 3.0, 1.0]])), np.array([1]))  # −log 0.3
    >>> round(float(loss), 9)
    1.203972804
    """
    return -log_softmax(z)[np.arange(len(y)), y].mean()


def cross_entropy_gradient(z: Array, y: Labels) -> Array:
    """Return the gradient of `cross_entropy` with respect to every logit.

    ∂L/∂z_ij = (p_ij − 1(yⁱ = j)) / N, so each row sums to 0. For one example with p = [0.6, 0.3, 0.1] it is
    [0.6, −0.7, 0.1] when the second class is right and [−0.4, 0.3, 0.1] when the first is; the lecture's
    slide mixes the two.

    Shapes: z (N, C), y (N,) → (N, C). Source: L21.

    >>> cross_entropy_gradient(np.log(np.array([[6.0, 3.0, 1.0]])), np.array([1])).round(12)
    array([[ 0.6, -0.7,  0.1]])
    """
    gradient = softmax(z)
    gradient[np.arange(len(y)), y] -= 1
    return gradient / len(y)


def l2_penalty(W: Array, l2: float) -> float:
    """Return the L2 penalty on the weights, ½λ Σ W².

    The convention is the lecture's: with the ½, so that the gradient is λW; biases are never penalised; and
    the penalty does not depend on the number of examples. Libraries that write λΣW² double it.

    Shapes: W (D, C), l2 = λ ≥ 0 a number → a number. Source: L20.

    >>> float(l2_penalty(np.array([[3.0, 4.0]]), 0.1))
    1.25
    """
    return 0.5 * l2 * (W * W).sum()


def l2_gradient(W: Array, l2: float) -> Array:
    """Return the gradient of `l2_penalty` with respect to the weights, λW.

    Shapes: W (D, C), l2 = λ a number → (D, C). Source: L20.

    >>> l2_gradient(np.array([[3.0, 4.0]]), 0.5)
    array([[1.5, 2. ]])
    """
    return l2 * W


def regularized_loss(X: Array, y: Labels, W: Array, b: Array, l2: float) -> float:
    """Return the mean cross-entropy of the model on the data plus the L2 penalty on its weights.

    J(W, b) = (1/N) Σ_i L_i + ½λ Σ W². The penalty stands outside the mean and leaves b out.

    Shapes: X (N, D), y (N,), W (D, C), b (C,), l2 = λ a number → a number. Source: L1, L20.

    >>> X, y = np.array([[1.0, 2.0]]), np.array([0])
    >>> round(float(regularized_loss(X, y, np.zeros((2, 4)), np.zeros(4), 0.1)), 9)  # log 4
    1.386294361
    """
    return cross_entropy(logits(X, W, b), y) + l2_penalty(W, l2)


def regularized_gradients(X: Array, y: Labels, W: Array, b: Array, l2: float) -> tuple[Array, Array]:
    """Return the gradients of `regularized_loss` with respect to the weights and to the biases.

    With G = ∂L/∂z, which already includes the 1/N: ∂J/∂W = XᵀG + λW and ∂J/∂b = Σ_i Gⁱ.

    Shapes: X (N, D), y (N,), W (D, C), b (C,), l2 = λ a number → (dW (D, C), db (C,)). Source: L20, L21.

    >>> X, y = np.array([[1.0, 2.0]]), np.array([0])
    >>> dW, db = regularized_gradients(X, y, np.ones((2, 2)), np.zeros(2), 0.1)
    >>> dW
    array([[-0.4,  0.6],
           [-0.9,  1.1]])
    >>> db
    array([-0.5,  0.5])
    """
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2_gradient(W, l2), dz.sum(axis=0)


def predict(X: Array, W: Array, b: Array) -> Labels:
    """Return the most probable class of every example, the first if several are equal.

    ŷⁱ = argmax_k zⁱ_k: softmax keeps the order, so the logits decide.

    Shapes: X (N, D), W (D, C), b (C,) → (N,) integers 0 … C−1. Source: L21.

    >>> predict(np.array([[1.0], [-1.0]]), np.array([[-2.0, 2.0]]), np.zeros(2))
    array([1, 0])
    """
    return logits(X, W, b).argmax(axis=1)


def accuracy(y_true: Labels, y_pred: Labels) -> float:
    """Return the share of the predictions that are right, between 0 and 1.

    Shapes: y_true (N,), y_pred (N,) → a number.

    >>> float(accuracy(np.array([0, 1, 2, 2]), np.array([0, 1, 2, 0])))
    0.75
    """
    return (y_true == y_pred).mean()


def train(
    X: Array,
    y: Labels,
    classes: int,
    learning_rate: float,
    epochs: int,
    batch_size: int,
    l2: float,
    rng: np.random.Generator,
) -> tuple[Array, Array, Array]:
    """Return the weights and biases that minibatch SGD reaches, and the loss after every epoch.

    θ ← θ − ε ∂J_B/∂θ, where J_B is `regularized_loss` on the minibatch B alone: its cross-entropy is averaged
    over B's own examples, and the whole penalty is added every time.

    The conventions, so that two correct implementations give the same numbers: W and b start at 0; ``rng`` is
    used for one thing, ``order = rng.permutation(N)`` at the start of each epoch; the minibatches are the
    consecutive slices of ``order`` of ``batch_size`` examples, the last of them shorter where ``batch_size``
    does not divide N (all N at once where it exceeds N); history[k] is `regularized_loss` on all of X and y
    after the last update of epoch k. The learning rate ε is constant.

    Shapes: X (N, D), y (N,) → (W (D, classes), b (classes,), history (epochs,)). Source: L2.

    >>> X, y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
    >>> W, b, history = train(X, y, 2, 0.5, 3, 3, 0.01, np.random.default_rng(0))
    >>> history.round(4)
    array([0.1914, 0.133 , 0.1016])
    >>> predict(X, W, b)
    array([0, 0, 1, 1])
    """
    N, D = X.shape
    W, b = np.zeros((D, classes)), np.zeros(classes)
    history = np.zeros(epochs)
    for epoch in range(epochs):
        order = rng.permutation(N)
        for start in range(0, N, batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W, b = W - learning_rate * dW, b - learning_rate * db
        history[epoch] = regularized_loss(X, y, W, b, l2)
    return W, b, history
