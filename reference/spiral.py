"""The spiral that problem set 5 is about: classes wound around one another, with some wrong labels.

The idea is the spiral of the CS231n course notes (Karpathy), which the lecture links to; numbers and code are our own.
``python -m reference.spiral`` prints the table that is shipped as ``spiral.csv``.

Source: lecture rows L19 and L20.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray

__all__ = ["spiral", "spiral_table"]

Array = NDArray[np.float64]
Labels = NDArray[np.integer]

HEADER = "set,arm,x1,x2"
SETS = ((20, 1), (100, 101), (100, 201))
"""Points per arm and seed of the training, validation and test sets. Whether 60 points show overfitting clearly is a
matter of luck; seed 1 was chosen from three because its points do."""


def spiral(
    points: int, arms: int, noise: float, flipped: float, rng: np.random.Generator
) -> tuple[Array, Labels]:
    """Return points along the arms of a spiral, and the arm each is said to belong to.

    Point k = 1 … points of an arm lies at radius r = 3k/points and at the angle 2π arm/arms + πr/3, half a turn from
    the centre to the end, plus normal noise of that standard deviation in radians. Every label is then replaced,
    with probability ``flipped``, by one of the others.

    The draws, in this order: normal for all angles, random for which labels to replace, integers for the replacements.

    Shapes: → X (points·arms, 2), y (points·arms,). Source: L20.

    >>> X, y = spiral(2, 3, 0.0, 0.0, np.random.default_rng(0))
    >>> y
    array([0, 0, 1, 1, 2, 2])
    >>> X[:2].round(3) + 0.0
    array([[ 0. ,  1.5],
           [-3. ,  0. ]])
    """
    y = np.repeat(np.arange(arms), points)
    r = np.tile(3.0 * np.arange(1, points + 1) / points, arms)
    angle = 2 * np.pi * y / arms + np.pi * r / 3 + noise * rng.normal(size=len(y))
    wrong = rng.random(len(y)) < flipped
    said = np.where(wrong, (y + rng.integers(1, arms, size=len(y))) % arms, y)
    return np.stack([r * np.cos(angle), r * np.sin(angle)], axis=1), said


def spiral_table() -> Array:
    """Return the rows of ``spiral.csv``: set (0 training, 1 validation, 2 test), arm, x1, x2; four decimals.

    Three arms, noise of 0.4 radians, a tenth of the labels wrong in all three sets.

    Shapes: → (660, 4).

    >>> np.bincount(spiral_table()[:, 0].astype(int))
    array([ 60, 300, 300])
    """
    blocks = []
    for number, (points, seed) in enumerate(SETS):
        X, y = spiral(points, 3, 0.4, 0.1, np.random.default_rng(seed))
        blocks.append(np.column_stack([np.full(len(y), number), y, X.round(4)]))
    return np.concatenate(blocks)


if __name__ == "__main__":
    np.savetxt(
        sys.stdout,
        spiral_table(),
        fmt=["%d", "%d", "%.4f", "%.4f"],
        delimiter=",",
        header=HEADER,
        comments="",
    )
