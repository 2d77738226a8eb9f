"""Wrong versions for q3: the ROC curve."""

import numpy as np

from grader import mistake


@mistake("roc_curve", says="Your curve does not begin at (0, 0); begin with a threshold above all scores.")
def roc_without_origin(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    TP, FP = [], []
    for t in np.unique(scores)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(FP) / (y_true == 0).sum(), np.array(TP) / (y_true == 1).sum()


@mistake(
    "roc_curve",
    says="Your curve does not reach (1, 1); at the lowest threshold everybody passes, so use ≥ and go down "
    "to the smallest score.",
)
def roc_without_end(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    TP, FP = [0], [0]
    for t in np.unique(scores)[:0:-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(FP) / (y_true == 0).sum(), np.array(TP) / (y_true == 1).sum()


@mistake("roc_curve", says="You have swapped the axes; return FPR first, then TPR.")
def roc_axes_swapped(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    TP, FP = [0], [0]
    for t in np.unique(scores)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(TP) / (y_true == 1).sum(), np.array(FP) / (y_true == 0).sum()


@mistake(
    "roc_curve",
    says="You try thresholds on a grid from 0 to 1; scores may be any real numbers, so use the scores "
    "themselves as thresholds.",
)
def roc_thresholds_on_a_grid(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    TP, FP = [0], [0]
    for t in np.linspace(0, 1, 101)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(FP) / (y_true == 0).sum(), np.array(TP) / (y_true == 1).sum()


@mistake(
    "roc_curve",
    says="You try 100 thresholds between the smallest and the largest score and miss those in between;"
    " use the scores themselves as thresholds.",
)
def roc_thresholds_on_a_grid_over_range(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    TP, FP = [0], [0]
    for t in np.linspace(scores.min(), scores.max(), 100)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(FP) / (y_true == 0).sum(), np.array(TP) / (y_true == 1).sum()


@mistake(
    "roc_curve",
    says="You predict positive for low scores; predict positive where the score is at least the threshold.",
)
def roc_low_scores_positive(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    TP, FP = [0], [0]
    for t in np.unique(scores):
        TP.append(((scores <= t) & (y_true == 1)).sum())
        FP.append(((scores <= t) & (y_true == 0)).sum())
    return np.array(FP) / (y_true == 0).sum(), np.array(TP) / (y_true == 1).sum()


@mistake(
    "roc_curve",
    says="Your first array is the specificity, 1 − FPR; return FPR.",
)
def roc_specificity_for_fpr(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    TP, FP = [0], [0]
    for t in np.unique(scores)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return 1 - np.array(FP) / (y_true == 0).sum(), np.array(TP) / (y_true == 1).sum()


@mistake(
    "roc_curve",
    says="Your first array is FP out of those predicted positive (FDR); divide by the number of negatives.",
)
def roc_fdr_for_fpr(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    TP, FP = [0], [0]
    for t in np.unique(scores)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(FP) / np.maximum(np.array(FP) + np.array(TP), 1), np.array(TP) / (y_true == 1).sum()


@mistake(
    "roc_curve",
    says="You divide by the number of all examples; divide FP by the number of negatives and TP by the "
    "number of positives.",
)
def roc_divided_by_everybody(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    TP, FP = [0], [0]
    for t in np.unique(scores)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(FP) / len(y_true), np.array(TP) / len(y_true)


@mistake(
    "roc_curve",
    says="You return counts; divide FP by the number of negatives and TP by the number of positives.",
)
def roc_of_counts(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    TP, FP = [0], [0]
    for t in np.unique(scores)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(FP), np.array(TP)


@mistake(
    "roc_curve",
    says="You put the scores through a sigmoid, which makes large logits equal; use the scores as they are.",
)
def roc_of_sigmoid(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    scores = 1 / (1 + np.exp(-np.clip(scores, -700, 700)))
    TP, FP = [0], [0]
    for t in np.unique(scores)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(FP) / (y_true == 0).sum(), np.array(TP) / (y_true == 1).sum()


@mistake("roc_curve", says="You clip the scores to 0…1; use them as they are.")
def roc_of_clipped_scores(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    scores = np.clip(scores, 0, 1)
    TP, FP = [0], [0]
    for t in np.unique(scores)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(FP) / (y_true == 0).sum(), np.array(TP) / (y_true == 1).sum()


@mistake("roc_curve", says="You round the scores, so close ones become equal; use them as they are.")
def roc_of_rounded_scores(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    scores = np.round(scores, 6)
    TP, FP = [0], [0]
    for t in np.unique(scores)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(FP) / (y_true == 0).sum(), np.array(TP) / (y_true == 1).sum()


@mistake(
    "roc_curve",
    says="You return nan where a class has no example; the handout asks for a ValueError.",
)
def roc_of_one_class_is_nan(y_true, scores):
    TP, FP = [0], [0]
    for t in np.unique(scores)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    with np.errstate(all="ignore"):
        return np.array(FP) / (y_true == 0).sum(), np.array(TP) / (y_true == 1).sum()


@mistake(
    "roc_curve",
    says="You raise an error without positives, but not without negatives; both classes are needed.",
)
def roc_of_positives_only_passes(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("both classes are needed")
    TP, FP = [0], [0]
    for t in np.unique(scores)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(FP) / max((y_true == 0).sum(), 1), np.array(TP) / (y_true == 1).sum()


@mistake(
    "roc_curve",
    says="You make a step for every example, so tied scores depend on the order in which they are listed; "
    "keep only the last of each group of equal scores.",
)
def roc_ignores_ties(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    order = np.argsort(-scores, kind="stable")
    y = y_true[order]
    TP, FP = np.cumsum(y == 1), np.cumsum(y == 0)
    return np.append(0, FP) / FP[-1], np.append(0, TP) / TP[-1]


@mistake(
    "roc_curve",
    says="You keep the first example of each group of equal scores; keep the last, where all of them have "
    "passed.",
)
def roc_keeps_the_first_of_a_tie(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    order = np.argsort(-scores, kind="stable")
    y, s = y_true[order], scores[order]
    TP, FP = np.cumsum(y == 1), np.cumsum(y == 0)
    first = np.append(True, s[1:] != s[:-1])
    last = np.append(first[:-1], True)
    TP, FP = TP[last], FP[last]
    return np.append(0, FP) / FP[-1], np.append(0, TP) / TP[-1]


@mistake(
    "roc_curve",
    says="You treat scores that are close (np.isclose) as equal; only equal scores are tied.",
)
def roc_ties_of_close_scores(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    order = np.argsort(-scores, kind="stable")
    y, s = y_true[order], scores[order]
    TP, FP = np.cumsum(y == 1), np.cumsum(y == 0)
    last = np.append(~np.isclose(s[1:], s[:-1]), True)
    TP, FP = TP[last], FP[last]
    return np.append(0, FP) / FP[-1], np.append(0, TP) / TP[-1]


@mistake("roc_curve", says="~y on integers is −y − 1, not the other class; write y == 0 or 1 - y.")
def roc_inverts_integers(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    order = np.argsort(-scores, kind="stable")
    y, s = y_true[order], scores[order]
    TP, FP = np.cumsum(y == 1), np.cumsum(~y)
    last = np.append(s[1:] != s[:-1], True)
    TP, FP = TP[last], FP[last]
    return np.append(0, FP) / FP[-1], np.append(0, TP) / TP[-1]


@mistake(
    "roc_curve",
    says="Your curve is right, but you sort the caller's scores in place; sort a copy.",
)
def roc_sorts_in_place(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    order = np.argsort(-scores, kind="stable")
    y, s = y_true[order], scores[order]
    TP, FP = np.cumsum(y == 1), np.cumsum(y == 0)
    last = np.append(s[1:] != s[:-1], True)
    scores.sort()
    TP, FP = TP[last], FP[last]
    return np.append(0, FP) / FP[-1], np.append(0, TP) / TP[-1]
