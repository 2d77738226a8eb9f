"""Wrong versions for q4: the area under the ROC curve."""

import numpy as np

from grader import mistake
from reference.ranking import roc_curve


@mistake(
    "roc_auc",
    says="You count a tie as lost; a tie counts one half.",
)
def auc_ties_count_nothing(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    wins = scores[y_true == 1][:, None] > scores[y_true == 0][None, :]
    return wins.mean()


@mistake(
    "roc_auc",
    says="You count a tie as won; a tie counts one half.",
)
def auc_ties_count_fully(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    wins = scores[y_true == 1][:, None] > scores[y_true == 0][None, :]
    ties = scores[y_true == 1][:, None] == scores[y_true == 0][None, :]
    return (wins + 1.0 * ties).mean()


@mistake("roc_auc", says="You return 1 − AUC; high scores are the positive ones.")
def auc_upside_down(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    wins = scores[y_true == 1][:, None] > scores[y_true == 0][None, :]
    ties = scores[y_true == 1][:, None] == scores[y_true == 0][None, :]
    return 1 - (wins + 0.5 * ties).mean()


@mistake("roc_auc", says="Your area is negative, because FPR falls along your curve; reverse the arrays.")
def auc_negative(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    wins = scores[y_true == 1][:, None] > scores[y_true == 0][None, :]
    ties = scores[y_true == 1][:, None] == scores[y_true == 0][None, :]
    return -(wins + 0.5 * ties).mean()


@mistake(
    "roc_auc",
    says="You turn areas below ½ over; a score that ranks the wrong way round has an area below ½.",
)
def auc_turned_over_below_half(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    wins = scores[y_true == 1][:, None] > scores[y_true == 0][None, :]
    ties = scores[y_true == 1][:, None] == scores[y_true == 0][None, :]
    area = (wins + 0.5 * ties).mean()
    return max(area, 1 - area)


@mistake(
    "roc_auc",
    says="You return 2·AUC − 1 (Gini's coefficient); return the area itself.",
)
def auc_gini(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    wins = scores[y_true == 1][:, None] > scores[y_true == 0][None, :]
    ties = scores[y_true == 1][:, None] == scores[y_true == 0][None, :]
    return 2 * (wins + 0.5 * ties).mean() - 1


@mistake(
    "roc_auc",
    says="You put the scores through a sigmoid, which makes large logits equal; use them as they are.",
)
def auc_of_sigmoid(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    scores = 1 / (1 + np.exp(-np.clip(scores, -700, 700)))
    wins = scores[y_true == 1][:, None] > scores[y_true == 0][None, :]
    ties = scores[y_true == 1][:, None] == scores[y_true == 0][None, :]
    return (wins + 0.5 * ties).mean()


@mistake(
    "roc_auc",
    says="You take the area for decisions at a threshold of ½; the curve includes all thresholds.",
)
def auc_of_decisions(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    scores = (scores >= 0.5).astype(float)
    wins = scores[y_true == 1][:, None] > scores[y_true == 0][None, :]
    ties = scores[y_true == 1][:, None] == scores[y_true == 0][None, :]
    return (wins + 0.5 * ties).mean()


@mistake(
    "roc_auc",
    says="You count pairs without dividing by the number of pairs, positives times negatives.",
)
def auc_not_divided(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    wins = scores[y_true == 1][:, None] > scores[y_true == 0][None, :]
    ties = scores[y_true == 1][:, None] == scores[y_true == 0][None, :]
    return (wins + 0.5 * ties).sum()


@mistake(
    "roc_auc",
    says="You return nan where a class has no example; the handout asks for a ValueError.",
)
def auc_of_one_class_is_nan(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        return np.nan
    wins = scores[y_true == 1][:, None] > scores[y_true == 0][None, :]
    ties = scores[y_true == 1][:, None] == scores[y_true == 0][None, :]
    return (wins + 0.5 * ties).mean()


@mistake(
    "roc_auc",
    says="You return ½ where a class has no example; the handout asks for a ValueError.",
)
def auc_of_one_class_is_half(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        return 0.5
    wins = scores[y_true == 1][:, None] > scores[y_true == 0][None, :]
    ties = scores[y_true == 1][:, None] == scores[y_true == 0][None, :]
    return (wins + 0.5 * ties).mean()


@mistake(
    "roc_auc",
    says="You return the average precision; the question asks for the area under the ROC curve.",
)
def auc_average_precision(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    total = 0.0
    for s in scores[y_true == 1]:
        total += (scores[y_true == 1] >= s).sum() / (scores >= s).sum()
    return total / (y_true == 1).sum()


@mistake(
    "roc_auc",
    says="You average TPR over the thresholds; the area weights each piece by its width in FPR.",
)
def auc_mean_tpr(y_true, scores):
    _, TPR = roc_curve(y_true, scores)
    return TPR.mean()


@mistake(
    "roc_auc",
    says="You rank tied scores one after another, so the area depends on the order of the examples; give "
    "ties their mean rank.",
)
def auc_of_ranks_without_ties(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    n = (y_true == 1).sum()
    return (ranks[y_true == 1].sum() - n * (n + 1) / 2) / (n * (len(scores) - n))


@mistake(
    "roc_auc",
    says="You round the area; return it as it is.",
)
def auc_rounded(y_true, scores):
    FPR, TPR = roc_curve(y_true, scores)
    return np.round(np.trapezoid(TPR, FPR), 4)


@mistake(
    "roc_auc",
    says="Your area is right, but you sort the caller's scores in place; sort a copy.",
)
def auc_of_sorted_in_place(y_true, scores):
    FPR, TPR = roc_curve(y_true, scores)
    scores.sort()
    return np.trapezoid(TPR, FPR)
