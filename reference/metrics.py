"""Confusion matrices, and the rates computed from one with two classes.

Notation: y_true (N,) and y_pred (N,) hold integer labels from 0 to C−1; of two classes, 1 is the positive one
(the disease, say). Rows of a confusion matrix are the true classes and columns the predicted ones, so that for
two classes it reads [[TN, FP], [FN, TP]]. scikit-learn arranges it the same way; the lecture's first slide on
metrics has the predicted classes in the rows.

Source: lecture rows L15 and L16.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["confusion_matrix", "rates", "ratio"]

Labels = NDArray[np.integer]


def confusion_matrix(y_true: Labels, y_pred: Labels, classes: int) -> Labels:
    """Count the examples of every true class by the class predicted for them.

    M[i, j] = the number of examples of class i that were predicted to be of class j. The number of classes is
    given, not taken from the labels, so a class without examples or predictions keeps its row and column.

    Shapes: y_true (N,), y_pred (N,) integers 0 … classes−1 → (classes, classes) integers with the sum N.
    Source: L15, L16.

    >>> confusion_matrix(np.array([0, 0, 1, 1, 1]), np.array([0, 1, 1, 1, 0]), 2)
    array([[1, 1],
           [1, 2]])
    """
    M = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(M, (y_true, y_pred), 1)  # unlike M[y_true, y_pred] += 1, counts a pair as often as it occurs
    return M


def ratio(part: float, whole: float) -> float:
    """Return part/whole for numbers ≥ 0, where 0/0 is nan and anything else divided by 0 is infinite.

    Every rate below is such a ratio, so this is the one place where undefined ones are decided. The rule is that
    of floating-point arithmetic: nan says that nothing is known. scikit-learn's default is 0 and a warning.

    >>> ratio(1, 4), ratio(0, 0), ratio(3, 0)
    (0.25, nan, inf)
    """
    with np.errstate(all="ignore"):
        return float(np.divide(part, whole))


def rates(matrix: Labels) -> dict[str, float]:
    """Return every rate of L15 of a two-class confusion matrix, under every name L15 has for it.

    Of all N examples: prevalence = (TP+FN)/N, accuracy = (TP+TN)/N.
    Of those predicted positive: PPV = precision = TP/(TP+FP), FDR = FP/(TP+FP).
    Of those predicted negative: FOR = FN/(FN+TN), NPV = TN/(FN+TN).
    Of the positives: TPR = recall = sensitivity = power = TP/(TP+FN), FNR = miss rate = FN/(TP+FN).
    Of the negatives: FPR = fall-out = FP/(FP+TN), TNR = specificity = TN/(FP+TN).
    Together: LR+ = TPR/FPR, LR- = FNR/TNR, DOR = LR+/LR-, F1 = 2TP/(2TP+FP+FN).

    Undefined ratios are those of `ratio`: 0/0 is nan, x/0 is infinite. This F1 equals the lecture's harmonic mean
    2/(1/recall + 1/precision) wherever both rates are defined, and is nan only where TP = FP = FN = 0.

    Shapes: matrix (2, 2) of counts, [[TN, FP], [FN, TP]] → a dictionary of 21 numbers. Source: L15.

    >>> found = rates(np.array([[50, 10], [5, 100]]))  # L16
    >>> {name: round(found[name], 4) for name in ("accuracy", "precision", "recall", "LR+", "DOR", "F1")}
    {'accuracy': 0.9091, 'precision': 0.9091, 'recall': 0.9524, 'LR+': 5.7143, 'DOR': 100.0, 'F1': 0.9302}
    """
    (TN, FP), (FN, TP) = matrix
    N = TP + FN + FP + TN
    prevalence, accuracy = ratio(TP + FN, N), ratio(TP + TN, N)
    PPV, NPV = ratio(TP, TP + FP), ratio(TN, FN + TN)
    FDR, FOR = ratio(FP, TP + FP), ratio(FN, FN + TN)
    TPR, FPR = ratio(TP, TP + FN), ratio(FP, FP + TN)
    FNR, TNR = ratio(FN, TP + FN), ratio(TN, FP + TN)
    plus, minus = ratio(TPR, FPR), ratio(FNR, TNR)
    found = {
        "prevalence": prevalence,
        "accuracy": accuracy,
        "PPV": PPV,
        "FDR": FDR,
        "FOR": FOR,
        "NPV": NPV,
        "TPR": TPR,
        "FPR": FPR,
        "FNR": FNR,
        "TNR": TNR,
        "LR+": plus,
        "LR-": minus,
        "DOR": ratio(plus, minus),
        "F1": ratio(2 * TP, 2 * TP + FP + FN),
    }
    # L15 gives many of its rates two names or more.
    found |= {"precision": PPV, "recall": TPR, "sensitivity": TPR, "power": TPR}
    found |= {"fall-out": FPR, "miss rate": FNR, "specificity": TNR}
    return found
