"""The ReLU network 20–50–10 on which gradient checkers are compared: 1,560 parameters, 32 examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray
INPUTS, HIDDEN, CLASSES, EXAMPLES = 20, 50, 10, 32
STARTS = ("He", "small", "zero bias", "exact kinks")


@dataclass(frozen=True)
class Network:
    """One network with its data: parameters W1 (20,50), b1 (50,), W2 (50,10), b2 (10,)."""

    X: Array
    y: Array
    parameters: tuple[Array, Array, Array, Array]

    def loss(self, W1: Array, b1: Array, W2: Array, b2: Array) -> Any:
        """Mean softmax cross-entropy, complex for complex parameters."""
        z = np.maximum(self.X @ W1 + b1, 0) @ W2 + b2
        z = z - z.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), self.y])

    def losses(self, W1: Array, b1: Array, W2: Array, b2: Array) -> Array:
        """The losses for stacks of parameters."""
        # In place, because new memory for every intermediate array would cost more than the arithmetic.
        hidden = self.X @ W1
        hidden += b1[:, None]
        z = np.maximum(hidden, 0, out=hidden) @ W2
        z += b2[:, None]
        z -= z.max(axis=2, keepdims=True)
        right = z[:, np.arange(z.shape[1]), self.y].mean(axis=1)
        return np.log(np.exp(z, out=z).sum(axis=2)).mean(axis=1) - right

    def gradient(self, W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array, Array, Array]:
        """The gradient by backpropagation, with slope 0 for max(0, ·) at 0."""
        before = self.X @ W1 + b1
        hidden = np.maximum(before, 0)
        z = hidden @ W2 + b2
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        p[np.arange(len(p)), self.y] -= 1
        p /= len(p)
        back = (p @ W2.T) * (before > 0)
        return self.X.T @ back, back.sum(axis=0), hidden.T @ p, p.sum(axis=0)


def network(start: str, seed: int) -> Network:
    """A network at one of four starts: He, small (weights 1e-3), zero bias (He without biases), or exact kinks.

    For exact kinks, a tenth of the examples are zero and so are the biases, which puts the hidden units of these
    examples exactly on the kink of max(0, ·).
    """
    rng = np.random.default_rng([seed, STARTS.index(start)])
    X, y = rng.normal(size=(EXAMPLES, INPUTS)), rng.integers(CLASSES, size=EXAMPLES)
    first, second = np.sqrt(2 / INPUTS), np.sqrt(2 / HIDDEN)
    if start == "small":
        first = second = 1e-3
    W1, W2 = rng.normal(size=(INPUTS, HIDDEN)) * first, rng.normal(size=(HIDDEN, CLASSES)) * second
    b1, b2 = np.zeros(HIDDEN), np.zeros(CLASSES)
    if start == "He":
        b1, b2 = rng.normal(size=HIDDEN) * 0.1, rng.normal(size=CLASSES) * 0.1
    if start == "exact kinks":
        X[: EXAMPLES // 10] = 0
    return Network(X, y, (W1, b1, W2, b2))


def kinks(net: Network) -> tuple[Array, Array]:
    """How far each entry of W1 and b1 (flat) can move down and up before it meets a kink."""
    W1, b1 = net.parameters[:2]
    before = net.X @ W1 + b1
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = (-before[:, None, :] / net.X[:, :, None]).reshape(EXAMPLES, -1)
    moves = np.concatenate([weights, -before], axis=1)
    down = np.where(moves < 0, -moves, np.inf).min(axis=0)
    return down, np.where(moves > 0, moves, np.inf).min(axis=0)


def near_kink(net: Network, reach: float) -> Array:
    """Which entries of W1 and b1 (flat) meet a kink when moved by less than ``reach``, but not exactly at 0."""
    down, up = kinks(net)
    return np.minimum(down, up) < reach


def out_of_sight(net: Network, gradient: tuple[Array, ...], entry: int, relative: float) -> bool:
    """Whether a loss with a relative error in one slope can have the same rounded values everywhere.

    Let the entry's kinks be d₁ below and d₂ above it, and let δ be the error of its slope. Bend the loss along this
    coordinate a little more at these two kinks, so that its slope between them is larger by δ, and shift it so that
    the change is equally large at both. Then values change by at most δ(d₁ + d₂)/2. If that is less than half a unit
    in the last place of the loss, both losses may round to the same numbers, and no differences along the coordinate
    distinguish the wrong slope from the correct one.
    """
    if entry >= net.parameters[0].size + net.parameters[1].size:
        return False  # W2 and b2 have no kinks
    down, up = kinks(net)
    error = relative * abs(np.concatenate([part.ravel() for part in gradient])[entry])
    return bool(error * (down[entry] + up[entry]) / 2 < np.spacing(net.loss(*net.parameters)) / 2)


def with_error(gradient: Any, which: Array | None, relative: float) -> tuple[Array, ...]:
    """A gradient with a relative error in the entries ``which`` (flat; None for all)."""
    flat = np.concatenate([part.ravel() for part in gradient])
    if which is None:
        flat = flat * (1 + relative)
    else:
        flat[which] *= 1 + relative
    parts, start = [], 0
    for part in gradient:
        parts.append(flat[start : start + part.size].reshape(part.shape))
        start += part.size
    return tuple(parts)
