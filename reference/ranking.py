"""ROC and precision-recall curves: how good a score is, over all thresholds.

Notation: y_true (N,) holds 0 for negative and 1 for positive examples; scores (N,) are real numbers, larger for
examples thought more likely positive: probabilities, logits or raw measurements. At the threshold t every example
with score ≥ t is predicted positive. Only the order of the scores matters, and equal scores pass a threshold
together, so a curve has one point for each distinct score. Scores must not be nan.

Everything here takes one sort and one cumulative sum: O(N log N).

Source: lecture row L17.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["average_precision", "counts_by_threshold", "precision_recall_curve", "roc_auc", "roc_curve"]

Array = NDArray[np.float64]
Labels = NDArray[np.integer]


def counts_by_threshold(y_true: Labels, scores: Array) -> tuple[Labels, Labels]:
    """Count the false and the true positives at every distinct score as a threshold, the highest first.

    FP(t) = the number of negatives with score ≥ t, TP(t) = that of positives.

    Shapes: y_true (N,), scores (N,) with T distinct values, N ≥ 1 → (FP (T,), TP (T,)), both ascending.

    >>> counts_by_threshold(np.array([0, 1, 1, 0]), np.array([0.1, 0.7, 0.4, 0.4]))
    (array([0, 1, 2]), array([1, 2, 2]))
    """
    order = np.argsort(scores)[::-1]
    ranked = scores[order]
    # Keep the last of equal scores, where all of them have passed. Compare, since inf − inf would be nan.
    last = np.append(ranked[1:] != ranked[:-1], True)
    FP, TP = np.cumsum(y_true[order] == 0), np.cumsum(y_true[order] == 1)
    return FP[last], TP[last]


def roc_curve(y_true: Labels, scores: Array) -> tuple[Array, Array]:
    """Return the receiver operating characteristic: false against true positive rate, from (0, 0) to (1, 1).

    FPR(t) = FP(t)/negatives and TPR(t) = TP(t)/positives for t from +∞ down through every distinct score. Equal
    scores make one diagonal piece. scikit-learn's curve is the same with collinear points left out, and has the
    thresholds as a third array.

    Shapes: y_true (N,), scores (N,) with T distinct values → (FPR (T+1,), TPR (T+1,)), both ascending.
    Raises `ValueError` without a positive or without a negative example: one of the rates is then 0/0.
    Source: L17.

    >>> roc_curve(np.array([0, 1, 1, 0]), np.array([0.1, 0.7, 0.4, 0.4]))
    (array([0. , 0. , 0.5, 1. ]), array([0. , 0.5, 1. , 1. ]))
    """
    if not np.any(y_true == 1) or not np.any(y_true == 0):
        raise ValueError("a ROC curve needs at least one positive and one negative example")
    FP, TP = counts_by_threshold(y_true, scores)
    FPR = np.append(0, FP) / np.sum(y_true == 0)
    TPR = np.append(0, TP) / np.sum(y_true == 1)
    return FPR, TPR


def roc_auc(y_true: Labels, scores: Array) -> float:
    """Return the area under `roc_curve`, between 0 and 1.

    By trapezoids, which is exact on its straight pieces. It equals the probability that a random positive scores
    above a random negative, a tie counting one half (the Mann-Whitney statistic).

    Shapes: y_true (N,), scores (N,) → a number. Raises `ValueError` as `roc_curve` does. Source: L17.

    >>> roc_auc(np.array([0, 1, 1, 0]), np.array([0.1, 0.7, 0.4, 0.4]))  # 3 pairs right and 1 tied, of 4
    0.875
    """
    FPR, TPR = roc_curve(y_true, scores)
    area = np.trapezoid(TPR, FPR)
    return float(area)


def precision_recall_curve(y_true: Labels, scores: Array) -> tuple[Array, Array]:
    """Return recall and precision at every threshold, from (0, 1) to (1, prevalence).

    R(t) = TP(t)/positives and P(t) = TP(t)/(TP(t)+FP(t)) for t down through every distinct score. It starts at
    (0, 1) by convention, since precision is 0/0 when no example is predicted positive. The curve goes on after full
    recall, down to the threshold at which everything is positive. scikit-learn's has the same points, but returns
    precision first and runs the other way.

    Shapes: y_true (N,), scores (N,) with T distinct values → (recall (T+1,) ascending, precision (T+1,)).
    Raises `ValueError` without a positive example: recall is then 0/0. Source: L17.

    >>> recall, precision = precision_recall_curve(np.array([0, 1, 1, 0]), np.array([0.1, 0.7, 0.4, 0.4]))
    >>> recall, precision.round(3)
    (array([0. , 0.5, 1. , 1. ]), array([1.   , 1.   , 0.667, 0.5  ]))
    """
    if not np.any(y_true == 1):
        raise ValueError("a precision-recall curve needs at least one positive example")
    FP, TP = counts_by_threshold(y_true, scores)
    R, P = TP / np.sum(y_true == 1), TP / (TP + FP)
    recall, precision = np.append(0, R), np.append(1, P)
    return recall, precision


def average_precision(y_true: Labels, scores: Array) -> float:
    """Return the average precision, the mean of the precision over recall, between 0 and 1.

    AP = Σ_k (R_k − R_{k−1}) P_k over the points of `precision_recall_curve`: a sum of steps. The convention is
    scikit-learn's. Trapezoids would join the points by straight lines that no threshold
    reaches, and flatter the result.

    Shapes: y_true (N,), scores (N,) → a number. Raises `ValueError` without a positive example. Source: L17.

    >>> round(average_precision(np.array([0, 1, 1, 0]), np.array([0.1, 0.7, 0.4, 0.4])), 6)  # ½·1 + ½·⅔
    0.833333
    """
    recall, precision = precision_recall_curve(y_true, scores)
    area = np.diff(recall) @ precision[1:]
    return float(area)
