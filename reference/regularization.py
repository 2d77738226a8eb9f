"""Regularization: the L2 penalty on a network's weights, stopping early, and choosing λ by validation.

A network's parameters are a dictionary of arrays. Names that begin with W hold weights, all others (b1, b2, …)
biases, which are never penalised.

Source: lecture row L20.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["choose_l2", "early_stopping", "l2_gradient", "l2_penalty"]

# Real everywhere but in the tests' complex step, which sends complex128 through the same code.
Array = NDArray[np.float64]


def l2_penalty(params: Mapping[str, Array], l2: float) -> float:
    """Return the regularization loss, ½λ Σ W², summed over all weights of all layers.

    The convention is the lecture's and that of `reference.softmax.l2_penalty`, which takes a single array: the half is
    in, biases are out, and the number of examples plays no part. Libraries that write λΣW² double it.

    Shapes: params a dictionary of arrays, l2 = λ ≥ 0 a number → a number. Source: L20.

    >>> params = {"W1": np.array([[3.0, 4.0]]), "b1": np.array([7.0, 7.0]), "W2": np.array([[1.0], [2.0]])}
    >>> float(l2_penalty(params, 0.1))  # ½ · 0.1 · (9 + 16 + 1 + 4)
    1.5
    """
    return 0.5 * l2 * sum((W * W).sum() for name, W in params.items() if name.startswith("W"))


def l2_gradient(params: Mapping[str, Array], l2: float) -> dict[str, Array]:
    """Return the gradient of `l2_penalty` by every parameter: λW for weights and 0 for biases.

    It has the keys and shapes of params, so that it can be added to the gradient of the data loss key by key.

    Shapes: params a dictionary of arrays, l2 = λ a number → a dictionary like it. Source: L20.

    >>> l2_gradient({"W1": np.array([[3.0, 4.0]]), "b1": np.array([7.0, 7.0])}, 0.5)
    {'W1': array([[1.5, 2. ]]), 'b1': array([0., 0.])}
    """
    return {name: (l2 if name.startswith("W") else 0.0) * value for name, value in params.items()}


def early_stopping(errors: Sequence[float], patience: int) -> tuple[int, int]:
    """Return the epoch whose parameters are kept, and the epoch after which training ends.

    Training ends as soon as ``patience`` epochs in a row have brought no improvement, and the parameters of the best
    epoch so far are kept. A lower error that would have come later is never seen.

    The conventions: epochs count from 0; an improvement is an error strictly lower than all before, so of equal
    errors the first is the best; nan (training that blew up) is no improvement; if the curve ends before the patience
    does, training ends at its last epoch. Libraries differ by one in what they call patience.

    Shapes: errors (epochs,), of which the first is a number, patience ≥ 1 → two integers. Source: L20.

    >>> early_stopping([0.5, 0.3, 0.2, 0.25, 0.2, 0.1], 2)  # the 0.1 is never reached
    (2, 4)
    >>> early_stopping([0.5, 0.3, 0.2, 0.25, 0.2, 0.1], 3)
    (5, 5)
    """
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best, epoch
    return best, len(errors) - 1


def choose_l2(l2s: Sequence[float], errors: Sequence[float]) -> float:
    """Return the λ with the lowest validation error, the largest of them if several errors are equal.

    The larger λ gives the simpler model. A λ whose error is nan (training that blew up) is never chosen.

    Shapes: l2s and errors of one length, λ in any order, at least one error a number → a number. Source: L20.

    >>> choose_l2([0.001, 0.01, 0.1], [0.25, 0.125, 0.125])
    0.1
    """
    lowest = np.nanmin(errors)
    return max(l2 for l2, error in zip(l2s, errors, strict=True) if error == lowest)
