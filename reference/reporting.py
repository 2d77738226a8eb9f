"""Showing what a classifier does: its training curves, a table of metrics for each class, and its ROC curves.

Notation: y_true (N,) and y_pred (N,) hold integer labels from 0 to C−1, P (N, C) the probabilities of every class, and
``names`` (C,) the classes' names. A class has its ROC curve against all others together.

Source: lecture rows L15, L17 and L19.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reference.ranking import roc_curve as roc_points

__all__ = ["metrics_table", "plot_roc", "plot_training"]

Array = NDArray[np.float64]
Labels = NDArray[np.integer]


def plot_training(training: Array, validation: Array) -> Any:
    """Draw the training and the validation loss by epoch, and mark the epoch of the smallest validation loss.

    Epochs count from 1. The loss axis is logarithmic, since losses fall by factors. The mark is a vertical line at the
    first of the best epochs.

    Shapes: training (E,), validation (E,), positive, in nats → a figure with one pair of axes. Source: L19.

    >>> axes = plot_training(np.array([1.0, 0.1]), np.array([1.0, 2.0])).axes[0]
    >>> axes.get_yscale(), [line.get_label() for line in axes.lines]
    ('log', ['training', 'validation', 'best'])
    """
    fig, ax = plt.subplots()
    epochs = np.arange(1, len(training) + 1)
    ax.plot(epochs, training, label="training")
    ax.plot(epochs, validation, label="validation")
    ax.axvline(epochs[np.argmin(validation)], linestyle=":", label="best")
    ax.set(xlabel="epoch", ylabel="loss", yscale="log")
    ax.legend()
    return fig


def metrics_table(y_true: Labels, y_pred: Labels, names: Sequence[str]) -> pd.DataFrame:
    """Return the number of examples, precision, recall and F1 of every class, the most frequent class first.

    Of class c: precision = M_cc / Σ_i M_ic, recall = M_cc / Σ_j M_cj and F1 = 2 M_cc / (Σ_i M_ic + Σ_j M_cj), where
    M_ij counts the examples of class i that were predicted to be of class j. An undefined ratio 0/0 is nan. Classes
    that are equally frequent stay in the order of ``names``.

    Shapes: y_true (N,), y_pred (N,), names (C,) → C rows, with the names as index and the columns examples (integers),
    precision, recall and F1. Source: L15.

    >>> metrics_table(np.array([0, 1, 1, 1]), np.array([0, 0, 1, 1]), ["a", "b"]).round(2)
       examples  precision  recall    F1
    b         3        1.0    0.67  0.80
    a         1        0.5    1.00  0.67
    """
    C = len(names)
    predicted = np.bincount(y_pred, minlength=C)
    examples = np.bincount(y_true, minlength=C)
    right = np.bincount(y_true[y_true == y_pred], minlength=C)
    with np.errstate(invalid="ignore"):
        precision, recall = right / predicted, right / examples
        F1 = 2 * right / (predicted + examples)
    columns = {"examples": examples, "precision": precision, "recall": recall, "F1": F1}
    table = pd.DataFrame(columns, index=names)
    return table.sort_values("examples", ascending=False, kind="stable")


def plot_roc(y_true: Labels, P: Array, names: Sequence[str]) -> Any:
    """Draw each class's ROC curve against all other classes, with its area in the legend, and the line of chance.

    The score of class c is its probability P[:, c]. Areas are those of trapezoids, with two decimals.

    Shapes: y_true (N,) with every class, P (N, C), names (C,) → a figure with one pair of axes. Source: L17.

    >>> fig = plot_roc(np.array([0, 1, 1]), np.array([[0.9, 0.1], [0.2, 0.8], [0.4, 0.6]]), ["a", "b"])
    >>> [line.get_label() for line in fig.axes[0].lines]
    ['a (AUC 1.00)', 'b (AUC 1.00)', 'chance']
    """
    fig, ax = plt.subplots()
    for c, name in enumerate(names):
        FPR, TPR = roc_points(y_true == c, P[:, c])
        ax.plot(FPR, TPR, label=f"{name} (AUC {np.trapezoid(TPR, FPR):.2f})")
    ax.plot([0, 1], [0, 1], ":", label="chance")
    ax.set(xlabel="false positive rate", ylabel="true positive rate")
    ax.legend()
    return fig
