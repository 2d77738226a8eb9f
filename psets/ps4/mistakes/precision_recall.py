"""Wrong versions for q5 and q6: the precision-recall curve and average precision."""

import numpy as np

from grader import mistake
from reference.ranking import precision_recall_curve

# precision_recall_curve -------------------------------------------------------------------------------------


@mistake("precision_recall_curve", says="You have swapped the axes; return recall first, then precision.")
def pr_axes_swapped(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    recall, precision = [0.0], [1.0]
    for t in np.unique(scores)[::-1]:
        TP = ((scores >= t) & (y_true == 1)).sum()
        recall.append(TP / (y_true == 1).sum())
        precision.append(TP / (scores >= t).sum())
    return np.array(precision), np.array(recall)


@mistake(
    "precision_recall_curve",
    says="Your curve begins at (0, 0); by convention it begins at recall 0 and precision 1.",
)
def pr_from_zero_precision(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    recall, precision = [0.0], [0.0]
    for t in np.unique(scores)[::-1]:
        TP = ((scores >= t) & (y_true == 1)).sum()
        recall.append(TP / (y_true == 1).sum())
        precision.append(TP / (scores >= t).sum())
    return np.array(recall), np.array(precision)


@mistake("precision_recall_curve", says="Your curve lacks its first point, recall 0 and precision 1.")
def pr_without_beginning(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    recall, precision = [], []
    for t in np.unique(scores)[::-1]:
        TP = ((scores >= t) & (y_true == 1)).sum()
        recall.append(TP / (y_true == 1).sum())
        precision.append(TP / (scores >= t).sum())
    return np.array(recall), np.array(precision)


@mistake(
    "precision_recall_curve",
    says="Your curve begins with 0/0 = nan, where nobody is predicted positive; by convention precision is "
    "1 there.",
)
def pr_begins_with_nan(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    recall, precision = [0.0], [np.nan]
    for t in np.unique(scores)[::-1]:
        TP = ((scores >= t) & (y_true == 1)).sum()
        recall.append(TP / (y_true == 1).sum())
        precision.append(TP / (scores >= t).sum())
    return np.array(recall), np.array(precision)


@mistake(
    "precision_recall_curve",
    says="Your curve stops when recall first reaches 1; go on to the lowest score.",
)
def pr_stops_at_full_recall(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    recall, precision = [0.0], [1.0]
    for t in np.unique(scores)[::-1]:
        TP = ((scores >= t) & (y_true == 1)).sum()
        recall.append(TP / (y_true == 1).sum())
        precision.append(TP / (scores >= t).sum())
        if recall[-1] == 1:
            break
    return np.array(recall), np.array(precision)


@mistake(
    "precision_recall_curve",
    says="Your curve lacks its last point, where everybody is predicted positive; use ≥ and go down to"
    " the smallest score.",
)
def pr_without_lowest_threshold(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    recall, precision = [0.0], [1.0]
    for t in np.unique(scores)[:0:-1]:
        TP = ((scores >= t) & (y_true == 1)).sum()
        recall.append(TP / (y_true == 1).sum())
        precision.append(TP / (scores >= t).sum())
    return np.array(recall), np.array(precision)


@mistake(
    "precision_recall_curve",
    says="You make precision monotone, as for the interpolated curve; leave it jagged.",
)
def pr_interpolated(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    recall, precision = [0.0], [1.0]
    for t in np.unique(scores)[::-1]:
        TP = ((scores >= t) & (y_true == 1)).sum()
        recall.append(TP / (y_true == 1).sum())
        precision.append(TP / (scores >= t).sum())
    return np.array(recall), np.maximum.accumulate(precision[::-1])[::-1]


@mistake(
    "precision_recall_curve",
    says="You try thresholds on a grid from 0 to 1; scores may be any real numbers, so use the scores "
    "themselves as thresholds.",
)
def pr_thresholds_on_a_grid(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    recall, precision = [0.0], [1.0]
    for t in np.linspace(0, 1, 101)[::-1]:
        TP = ((scores >= t) & (y_true == 1)).sum()
        recall.append(TP / (y_true == 1).sum())
        precision.append(TP / max((scores >= t).sum(), 1))
    return np.array(recall), np.array(precision)


@mistake(
    "precision_recall_curve",
    says="You predict positive for low scores; predict positive where the score is at least the threshold.",
)
def pr_of_low_scores(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    recall, precision = [0.0], [1.0]
    for t in np.unique(scores):
        TP = ((scores <= t) & (y_true == 1)).sum()
        recall.append(TP / (y_true == 1).sum())
        precision.append(TP / (scores <= t).sum())
    return np.array(recall), np.array(precision)


@mistake(
    "precision_recall_curve",
    says="Your second array is 1 − FPR; precision is TP out of those predicted positive.",
)
def pr_fpr_for_precision(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    recall, precision = [0.0], [1.0]
    for t in np.unique(scores)[::-1]:
        TP = ((scores >= t) & (y_true == 1)).sum()
        recall.append(TP / (y_true == 1).sum())
        precision.append(1 - ((scores >= t) & (y_true == 0)).sum() / max((y_true == 0).sum(), 1))
    return np.array(recall), np.array(precision)


@mistake(
    "precision_recall_curve",
    says="Your recall divides by all examples; divide by the number of positives.",
)
def pr_recall_of_everybody(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    recall, precision = [0.0], [1.0]
    for t in np.unique(scores)[::-1]:
        TP = ((scores >= t) & (y_true == 1)).sum()
        recall.append(TP / len(y_true))
        precision.append(TP / (scores >= t).sum())
    return np.array(recall), np.array(precision)


@mistake(
    "precision_recall_curve",
    says="You round the scores, so close ones become equal; use them as they are.",
)
def pr_of_rounded_scores(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    scores = np.round(scores, 6)
    recall, precision = [0.0], [1.0]
    for t in np.unique(scores)[::-1]:
        TP = ((scores >= t) & (y_true == 1)).sum()
        recall.append(TP / (y_true == 1).sum())
        precision.append(TP / (scores >= t).sum())
    return np.array(recall), np.array(precision)


@mistake(
    "precision_recall_curve",
    says="You put the scores through a sigmoid, which makes large logits equal; use them as they are.",
)
def pr_of_sigmoid(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    scores = 1 / (1 + np.exp(-np.clip(scores, -700, 700)))
    recall, precision = [0.0], [1.0]
    for t in np.unique(scores)[::-1]:
        TP = ((scores >= t) & (y_true == 1)).sum()
        recall.append(TP / (y_true == 1).sum())
        precision.append(TP / (scores >= t).sum())
    return np.array(recall), np.array(precision)


@mistake(
    "precision_recall_curve",
    says="You return nan where there is no positive example; the handout asks for a ValueError.",
)
def pr_without_positives_is_nan(y_true, scores):
    recall, precision = [0.0], [1.0]
    for t in np.unique(scores)[::-1]:
        TP = ((scores >= t) & (y_true == 1)).sum()
        recall.append(TP / (y_true == 1).sum() if (y_true == 1).any() else np.nan)
        precision.append(TP / (scores >= t).sum())
    return np.array(recall), np.array(precision)


@mistake(
    "precision_recall_curve",
    says="You make a step for every example, so tied scores depend on the order in which they are "
    "listed; keep only the last of each group of equal scores.",
)
def pr_ignores_ties(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    y = y_true[np.argsort(-scores, kind="stable")]
    TP = np.cumsum(y == 1)
    return np.append(0, TP / TP[-1]), np.append(1, TP / np.arange(1, len(y) + 1))


@mistake(
    "precision_recall_curve",
    says="Your curve is right, but you sort the caller's labels in place; sort a copy.",
)
def pr_sorts_in_place(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    order = np.argsort(-scores)
    s = scores[order]
    y_true[:] = y_true[order]
    last = np.append(s[1:] != s[:-1], True)
    TP = np.cumsum(y_true == 1)[last]
    return np.append(0, TP / TP[-1]), np.append(1, TP / (np.flatnonzero(last) + 1))


@mistake(
    "precision_recall_curve",
    says="You return FPR and TPR; the question asks for recall and precision.",
)
def pr_is_the_roc_curve(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    if (y_true == 1).all():
        return np.array([0.0, 0.0]), np.array([0.0, 1.0])
    thresholds = np.append(np.inf, np.unique(scores)[::-1])[:, None]
    return (scores[y_true == 0] >= thresholds).mean(axis=1), (scores[y_true == 1] >= thresholds).mean(axis=1)


# average_precision ------------------------------------------------------------------------------------------


@mistake(
    "average_precision",
    says="You add up trapezoids; the average precision is a sum of steps, each with the precision at "
    "its own threshold.",
)
def ap_by_trapezoids(y_true, scores):
    recall, precision = precision_recall_curve(y_true, scores)
    return np.trapezoid(precision, recall)


@mistake(
    "average_precision",
    says="You multiply each gain in recall by the precision before it; use the precision at the threshold "
    "that brings it.",
)
def ap_with_precision_before(y_true, scores):
    recall, precision = precision_recall_curve(y_true, scores)
    return (np.diff(recall) * precision[:-1]).sum()


@mistake(
    "average_precision",
    says="You use the interpolated (monotone) precision; use each precision as it is.",
)
def ap_interpolated(y_true, scores):
    recall, precision = precision_recall_curve(y_true, scores)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    return (np.diff(recall) * precision[1:]).sum()


@mistake(
    "average_precision",
    says="You average the interpolated precision at eleven recalls; the handout asks for the sum of "
    "steps over all thresholds.",
)
def ap_at_eleven_recalls(y_true, scores):
    recall, precision = precision_recall_curve(y_true, scores)
    return np.mean([precision[recall >= r].max() for r in np.linspace(0, 1, 11)])


@mistake(
    "average_precision",
    says="You average precision over the thresholds; weight each by its gain in recall.",
)
def ap_mean_of_precisions(y_true, scores):
    _, precision = precision_recall_curve(y_true, scores)
    return precision[1:].mean()


@mistake(
    "average_precision",
    says="Your sum is negative, because recall falls along your curve; reverse the arrays.",
)
def ap_negative(y_true, scores):
    recall, precision = precision_recall_curve(y_true, scores)
    return -(np.diff(recall) * precision[1:]).sum()


@mistake(
    "average_precision",
    says="You multiply gains in precision by recall; multiply gains in recall by precision.",
)
def ap_of_precision_gains(y_true, scores):
    recall, precision = precision_recall_curve(y_true, scores)
    return (np.diff(precision) * recall[1:]).sum()


@mistake(
    "average_precision",
    says="You round the average precision; return it as it is.",
)
def ap_rounded(y_true, scores):
    recall, precision = precision_recall_curve(y_true, scores)
    return np.round((np.diff(recall) * precision[1:]).sum(), 4)


@mistake(
    "average_precision",
    says="You return 0 where there is no positive example; the handout asks for a ValueError.",
)
def ap_of_one_class_is_zero(y_true, scores):
    if not (y_true == 1).any():
        return 0.0
    recall, precision = precision_recall_curve(y_true, scores)
    return (np.diff(recall) * precision[1:]).sum()


@mistake(
    "average_precision",
    says="Your number is right, but you sort the caller's scores in place; sort a copy.",
)
def ap_labels_sorted_in_place(y_true, scores):
    recall, precision = precision_recall_curve(y_true, scores)
    scores.sort()
    return (np.diff(recall) * precision[1:]).sum()


@mistake(
    "average_precision",
    says="You return the area under the ROC curve; the question asks for the average precision.",
)
def ap_roc_area(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    positives, negatives = scores[y_true == 1][:, None], scores[y_true == 0]
    if len(negatives) == 0:
        return 1.0
    return ((positives > negatives) + 0.5 * (positives == negatives)).mean()


@mistake(
    "average_precision",
    says="You take the precision at every positive in the order of the list; positives with equal scores "
    "share one threshold, which all of them have passed.",
)
def ap_ignores_ties(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    y = y_true[np.argsort(-scores, kind="stable")]
    places = np.flatnonzero(y == 1)
    return (np.arange(1, len(places) + 1) / (places + 1)).mean()
