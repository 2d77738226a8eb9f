"""Right versions of problem set 4's functions in other styles; the suite must accept every one of them."""

import numpy as np

from grader import alternative
from reference.ranking import precision_recall_curve, roc_curve


@alternative("confusion_matrix")
def matrix_in_a_loop(y_true, y_pred, classes):
    M = np.zeros((classes, classes))
    for t, p in zip(y_true, y_pred, strict=True):
        M[t, p] += 1
    return M


@alternative("confusion_matrix")
def matrix_by_add_at(y_true, y_pred, classes):
    M = np.zeros((classes, classes), dtype=np.int32)
    np.add.at(M, (y_true, y_pred), 1)
    return M


@alternative("confusion_matrix")
def matrix_of_one_hots(y_true, y_pred, classes):
    return np.eye(classes)[y_true].T @ np.eye(classes)[y_pred]


@alternative("confusion_matrix")
def matrix_as_lists(y_true, y_pred, classes):
    return [[int(sum((y_true == t) & (y_pred == p))) for p in range(classes)] for t in range(classes)]


@alternative("rates")
def rates_of_plain_numbers(matrix):
    TN, FP, FN, TP = (int(count) for count in matrix.ravel())

    def share(part, whole):
        if whole == 0:
            return np.nan if part == 0 or np.isnan(part) else np.inf
        return part / whole

    found = {}
    found["prevalence"] = share(TP + FN, TN + FP + FN + TP)
    found["accuracy"] = share(TP + TN, TN + FP + FN + TP)
    found["PPV"] = found["precision"] = share(TP, TP + FP)
    found["FDR"] = share(FP, TP + FP)
    found["FOR"] = share(FN, FN + TN)
    found["NPV"] = share(TN, FN + TN)
    found["TPR"] = found["recall"] = found["sensitivity"] = found["power"] = share(TP, TP + FN)
    found["FNR"] = found["miss rate"] = share(FN, TP + FN)
    found["FPR"] = found["fall-out"] = share(FP, FP + TN)
    found["TNR"] = found["specificity"] = share(TN, FP + TN)
    found["LR+"] = share(found["TPR"], found["FPR"])
    found["LR-"] = share(found["FNR"], found["TNR"])
    found["DOR"] = share(found["LR+"], found["LR-"])
    found["F1"] = share(2 * TP, 2 * TP + FP + FN)
    return found


@alternative("rates")
def rates_with_complements_and_counts(matrix):
    (TN, FP), (FN, TP) = matrix
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, npv = TP / (TP + FP), TN / (TN + FN)
        recall, specificity = TP / (TP + FN), TN / (TN + FP)
        found = {
            "F1": TP / (TP + (FP + FN) / 2),
            "DOR": TP * TN / (FP * FN),
            "LR-": FN * (FP + TN) / (TN * (TP + FN)),
            "LR+": TP * (FP + TN) / (FP * (TP + FN)),
            "prevalence": (TP + FN) / matrix.sum(),
            "accuracy": np.trace(matrix) / np.sum(matrix),
            "PPV": precision,
            "precision": precision,
            "FDR": 1 - precision,
            "NPV": npv,
            "FOR": 1 - npv,
        }
    found.update(dict.fromkeys(["TPR", "recall", "sensitivity", "power"], recall))
    found.update(dict.fromkeys(["FNR", "miss rate"], 1 - recall))
    found.update(dict.fromkeys(["TNR", "specificity"], specificity))
    found.update(dict.fromkeys(["FPR", "fall-out"], 1 - specificity))
    return found


@alternative("rates")
def rates_as_written_on_the_slide(matrix):
    (TN, FP), (FN, TP) = np.array(matrix, dtype=float)
    with np.errstate(all="ignore"):
        predicted, missed, ill, well = TP + FP, FN + TN, TP + FN, FP + TN
        rows = {
            "prevalence": ill / (ill + well),
            "accuracy": (TP + TN) / (ill + well),
            "PPV precision": TP / predicted,
            "FDR": FP / predicted,
            "FOR": FN / missed,
            "NPV": TN / missed,
            "TPR recall sensitivity power": TP / ill,
            "FPR fall-out": FP / well,
            "FNR miss_rate": FN / ill,
            "TNR specificity": TN / well,
            "LR+": (TP / ill) / (FP / well),
            "LR-": (FN / ill) / (TN / well),
            "DOR": ((TP / ill) / (FP / well)) / ((FN / ill) / (TN / well)),
            "F1": TP / (0.5 * (ill + predicted)),
        }
    return {name.replace("_", " "): float(value) for names, value in rows.items() for name in names.split()}


alternative(
    "rates",
    "rates_from_their_complements",
    {
        "ratio(FP, TP + FP)": "1 - PPV",
        "ratio(FN, FN + TN)": "1 - NPV",
        "ratio(FN, TP + FN)": "1 - TPR",
        "ratio(TN, FP + TN)": "1 - FPR",
    },
)

alternative(
    "roc_curve",
    "roc_at_the_score_of_every_example",
    {"np.append(ranked[1:] != ranked[:-1], True)": "np.searchsorted(-ranked, -ranked, side='right') - 1"},
)


@alternative("roc_curve")
def roc_threshold_by_threshold(y_true, scores):
    positives, negatives = scores[y_true == 1], scores[y_true == 0]
    if len(positives) == 0 or len(negatives) == 0:
        raise ValueError("both classes are needed")
    thresholds = [np.inf, *sorted(set(scores.tolist()), reverse=True)]
    return (
        [float(np.mean(negatives >= t)) for t in thresholds],
        [float(np.mean(positives >= t)) for t in thresholds],
    )


@alternative("roc_curve")
def roc_by_searching_in_ascending_order(y_true, scores):
    if len(set(y_true.tolist())) < 2:
        raise ValueError(f"only one class among {len(y_true)} labels")
    positives, negatives = np.sort(scores[y_true == 1]), np.sort(scores[y_true == 0])
    thresholds = np.append(np.unique(scores), np.inf)
    FPR = 1 - np.searchsorted(negatives, thresholds, side="left") / len(negatives)
    TPR = 1 - np.searchsorted(positives, thresholds, side="left") / len(positives)
    return FPR[::-1], TPR[::-1]


@alternative("roc_curve")
def roc_corners_only(y_true, scores):
    P, N = int(np.sum(y_true)), int(np.sum(1 - y_true))
    if P * N == 0:
        raise ValueError("no ROC curve")
    points, FP, TP = [(0.0, 0.0)], 0, 0
    ranked = sorted(zip(scores.tolist(), y_true.tolist(), strict=True), reverse=True)
    while ranked:
        highest = ranked[0][0]
        tied = [label for score, label in ranked if score == highest]
        ranked = ranked[len(tied) :]
        TP, FP = TP + sum(tied), FP + len(tied) - sum(tied)
        x, y = FP / N, TP / P
        if len(points) > 1 and (points[-2][0] == points[-1][0] == x or points[-2][1] == points[-1][1] == y):
            points.pop()
        points.append((x, y))
    return np.array(points).T


@alternative("roc_auc")
def auc_of_all_pairs(y_true, scores):
    if y_true.min() == y_true.max():
        raise ValueError("a single class has no area")
    difference = np.sign(scores[y_true == 1][:, None].astype(float) - scores[y_true == 0][None, :])
    return float(np.mean((1 + difference) / 2))


@alternative("roc_auc")
def auc_of_mean_ranks(y_true, scores):
    n, m = np.count_nonzero(y_true == 1), np.count_nonzero(y_true == 0)
    if n == 0 or m == 0:
        raise ValueError("both classes are needed")
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    return (ranks[y_true == 1].sum() - n * (n + 1) / 2) / (n * m)


@alternative("roc_auc")
def auc_by_trapezoids_in_a_loop(y_true, scores):
    FPR, TPR = roc_curve(y_true, scores)
    area = 0.0
    for i in range(1, len(FPR)):
        area += (FPR[i] - FPR[i - 1]) * (TPR[i] + TPR[i - 1]) / 2
    return area


alternative(
    "precision_recall_curve",
    "precision_recall_at_the_score_of_every_example",
    {"np.append(ranked[1:] != ranked[:-1], True)": "np.searchsorted(-ranked, -ranked, side='right') - 1"},
)


@alternative("precision_recall_curve")
def precision_recall_threshold_by_threshold(y_true, scores):
    P = (y_true == 1).sum()
    if P == 0:
        raise ValueError("no positives")
    recall, precision = [0.0], [1.0]
    for t in sorted(set(scores), reverse=True):
        called = scores >= t
        recall.append((called & (y_true == 1)).sum() / P)
        precision.append((y_true[called] == 1).mean())
    return recall, precision


@alternative("precision_recall_curve")
def precision_recall_by_a_stable_sort(y_true, scores):
    if not y_true.any():
        raise ValueError("no positives")
    order = np.argsort(-scores, kind="mergesort")
    y, s = y_true[order], scores[order]
    ends = np.r_[np.nonzero(np.diff(s))[0], y.size - 1]
    TP = np.cumsum(y)[ends]
    recall, precision = TP / TP[-1], TP / (1 + ends)
    return np.r_[0.0, recall], np.r_[1.0, precision]


@alternative("average_precision")
def average_precision_step_by_step(y_true, scores):
    P, before, total = int((y_true == 1).sum()), 0.0, 0.0
    if P == 0:
        raise ValueError("no positives")
    for t in np.unique(scores)[::-1]:
        called = scores >= t
        TP = int((called & (y_true == 1)).sum())
        total += (TP / P - before) * TP / int(called.sum())
        before = TP / P
    return total


@alternative("average_precision")
def average_precision_over_positives(y_true, scores):
    positives = scores[y_true == 1]
    if positives.size == 0:
        raise ValueError("no positives")
    return np.mean([(positives >= s).sum() / (scores >= s).sum() for s in positives])


@alternative("average_precision")
def average_precision_of_the_curve_reversed(y_true, scores):
    recall, precision = (part[::-1] for part in precision_recall_curve(y_true, scores))
    return -np.sum(np.diff(recall) * precision[:-1])


@alternative("class_weights")
def weights_class_by_class(y, classes):
    weights = []
    for c in range(classes):
        n_c = list(y).count(c)
        weights.append(len(y) / (classes * n_c) if n_c else 0.0)
    return weights


@alternative("class_weights")
def weights_from_one_hot(y, classes):
    share = np.eye(classes)[y].mean(axis=0)
    return np.divide(1.0, classes * share, out=np.zeros(classes), where=share > 0)


@alternative("oversample")
def oversample_by_choice(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    X_parts, y_parts = [X], [y]
    for label, n_c in zip(labels, counts, strict=True):
        m = counts.max() - n_c
        if m:
            extra = rng.choice(np.where(y == label)[0], size=m)
            X_parts.append(X[extra])
            y_parts.append(np.full(m, label))
    return np.vstack(X_parts), np.hstack(y_parts)


@alternative("oversample")
def oversample_through_lists(X, y, rng):
    rows, labels = [list(x) for x in X], [int(label) for label in y]
    largest = max(labels.count(label) for label in labels)
    for label in range(max(labels) + 1):
        own = [x for x, given in zip(X, y, strict=True) if given == label]
        if own:
            for place in rng.integers(len(own), size=largest - len(own)):
                rows.append(list(own[place]))
                labels.append(label)
    return np.array(rows), np.array(labels)


@alternative("synthesize")
def synthesize_one_by_one(X, count, k, rng):
    N = len(X)
    which, place, u = rng.integers(N, size=count), rng.integers(k, size=count), rng.random(count)
    made = np.empty((count, X.shape[1]))
    for row in range(count):
        i = which[row]
        others = [j for j in range(N) if j != i]
        others.sort(key=lambda j: np.linalg.norm(X[i] - X[j]))
        made[row] = (1 - u[row]) * X[i] + u[row] * X[others[place[row]]]
    return made


@alternative("synthesize")
def synthesize_dropping_the_first_of_the_sorted(X, count, k, rng):
    X = X.astype(float)
    i = rng.integers(0, len(X), count)
    j = rng.integers(0, k, count)
    u = rng.uniform(size=(count, 1))
    squared = ((X[:, np.newaxis] - X) ** 2).sum(-1)
    neighbours = np.argsort(squared, axis=1)[:, 1 : k + 1]
    return X[i] + (X[neighbours[i, j]] - X[i]) * u
