"""Wrong versions of problem set 4's functions, each with the sentence its author should read.

They are the suite's mutation test (each must fail its question) and the grader's explanations (one that gives
a student's very results names what the student did). Each is written as a student would: numpy, the problem
set's own functions, and never the function it stands for. Collected from public homework and from what the
handout's conventions invite; a class will find others.
"""

import numpy as np

from grader import mistake
from reference.ranking import precision_recall_curve, roc_curve

# confusion_matrix ------------------------------------------------------------------------------------------


@mistake(
    "confusion_matrix",
    says="Your matrix is transposed: rows are the true classes, columns the predicted ones.",
)
def matrix_transposed(y_true, y_pred, classes):
    M = np.zeros((classes, classes), dtype=int)
    for t, p in zip(y_true, y_pred, strict=True):
        M[p, t] += 1
    return M


@mistake(
    "confusion_matrix",
    says="M[y_true, y_pred] += 1 adds 1 to each place once, however often it is named; count every example.",
)
def matrix_by_fancy_indexing(y_true, y_pred, classes):
    M = np.zeros((classes, classes), dtype=int)
    M[y_true, y_pred] += 1
    return M


@mistake(
    "confusion_matrix",
    says="You read the classes off the true labels, so a class that is only predicted, or not seen at all, has no "
    "row and column; use the argument classes.",
)
def matrix_classes_from_true_labels(y_true, y_pred, classes):
    seen = np.unique(y_true)
    return np.array([[((y_true == t) & (y_pred == p)).sum() for p in seen] for t in seen])


@mistake(
    "confusion_matrix",
    says="You read the classes off all labels, so a class that nobody has and nobody predicts has no row and "
    "column; use the argument classes.",
)
def matrix_classes_from_all_labels(y_true, y_pred, classes):
    seen = np.union1d(y_true, y_pred)
    return np.array([[((y_true == t) & (y_pred == p)).sum() for p in seen] for t in seen])


@mistake(
    "confusion_matrix",
    says="You take the largest label for the number of classes less one; use the argument classes.",
)
def matrix_classes_from_largest_label(y_true, y_pred, classes):
    classes = max(y_true.max(), y_pred.max()) + 1
    return np.bincount(classes * y_true + y_pred, minlength=classes**2).reshape(classes, classes)


@mistake("confusion_matrix", says="You divide each row by its sum; the matrix holds counts.")
def matrix_normalised_by_rows(y_true, y_pred, classes):
    M = np.bincount(classes * y_true + y_pred, minlength=classes**2).reshape(classes, classes)
    return M / np.maximum(M.sum(axis=1, keepdims=True), 1)


@mistake("confusion_matrix", says="You divide by the number of examples; the matrix holds counts.")
def matrix_as_shares(y_true, y_pred, classes):
    M = np.bincount(classes * y_true + y_pred, minlength=classes**2).reshape(classes, classes)
    return M / max(len(y_true), 1)


@mistake("confusion_matrix", says="You put the last class first; row 0 and column 0 are class 0's.")
def matrix_last_class_first(y_true, y_pred, classes):
    M = np.bincount(classes * y_true + y_pred, minlength=classes**2).reshape(classes, classes)
    return M[::-1, ::-1]


@mistake(
    "confusion_matrix", says="You count only the examples that are right; those off the diagonal count too."
)
def matrix_of_right_answers(y_true, y_pred, classes):
    M = np.zeros((classes, classes), dtype=int)
    for t, p in zip(y_true, y_pred, strict=True):
        if t == p:
            M[t, p] += 1
    return M


@mistake("confusion_matrix", says="You treat labels as starting at 1; they start at 0.")
def matrix_labels_from_one(y_true, y_pred, classes):
    M = np.zeros((classes, classes), dtype=int)
    for t, p in zip(y_true, y_pred, strict=True):
        M[t - 1, p - 1] += 1
    return M


@mistake(
    "confusion_matrix",
    says="Your matrix has two rows and columns whatever the number of classes; it needs one for each class.",
)
def matrix_of_two_classes_only(y_true, y_pred, classes):
    return np.array([[((y_true == t) & (y_pred == p)).sum() for p in (0, 1)] for t in (0, 1)])


# rates ------------------------------------------------------------------------------------------------------


@mistake(
    "rates",
    says="Precision and recall are swapped: precision (PPV) is out of those predicted positive, recall"
    " (TPR) out of those who are.",
)
def rates_precision_and_recall_swapped(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FN), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FP), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = PPV / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="You read the matrix with predictions in its rows: matrix[0, 1] is FP and matrix[1, 0] is FN.",
)
def rates_of_transposed_matrix(matrix):
    (TN, FN), (FP, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="You read the matrix with the positive class first; it is [[TN, FP], [FN, TP]].",
)
def rates_positive_class_first(matrix):
    (TP, FN), (FP, TN) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="You read the matrix as [[TP, FP], [FN, TN]], as the lecture's table stands; it is [[TN, FP],"
    " [FN, TP]].",
)
def rates_positive_first_and_transposed(matrix):
    (TP, FP), (FN, TN) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="You return 0 where a ratio is 0/0; the handout asks for nan.",
)
def rates_zero_where_undefined(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    found = {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip
    return {name: 0.0 if np.isnan(value) else value for name, value in found.items()}


@mistake(
    "rates",
    says="You return nan wherever a denominator is 0; only 0/0 is nan, and a positive number divided "
    "by 0 is inf.",
)
def rates_nan_where_infinite(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    found = {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip
    return {name: np.nan if np.isinf(value) else value for name, value in found.items()}


@mistake(
    "rates",
    says="You add a small number to every denominator, which biases each ratio and hides the undefined ones.",
)
def rates_with_epsilon(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / (N + 1e-8), (TP + TN) / (N + 1e-8)
        PPV, FDR = TP / (TP + FP + 1e-8), FP / (TP + FP + 1e-8)
        FOR, NPV = FN / (FN + TN + 1e-8), TN / (FN + TN + 1e-8)
        TPR, FNR = TP / (TP + FN + 1e-8), FN / (TP + FN + 1e-8)
        FPR, TNR = FP / (FP + TN + 1e-8), TN / (FP + TN + 1e-8)
        plus, minus = TPR / (FPR + 1e-8), FNR / (TNR + 1e-8)
        DOR, F1 = plus / (minus + 1e-8), 2 * TP / (2 * TP + FP + FN + 1e-8)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="You round the rates; return them as they are.",
)
def rates_rounded(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    found = {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip
    return {name: np.round(value, 4) for name, value in found.items()}


@mistake(
    "rates",
    says="Your shares are in percent; return them as numbers from 0 to 1.",
)
def rates_in_percent(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    found = {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip
    return {name: v if name in ("LR+", "LR-", "DOR") else 100 * v for name, v in found.items()}


@mistake(
    "rates",
    says="Your F1 is the arithmetic mean of precision and recall; it is their harmonic mean.",
)
def rates_f1_arithmetic_mean(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, (PPV + TPR) / 2
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your F1 lacks the factor 2: it is 2TP/(2TP + FP + FN).",
)
def rates_f1_without_two(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, PPV * TPR / (PPV + TPR)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your F1 counts TP once; it is 2TP/(2TP + FP + FN), with TP twice in the denominator too.",
)
def rates_f1_jaccard(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, TP / (TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="You compute F1 from precision and recall as 2PR/(P + R), which is nan where both are 0 or "
    "one is undefined; use the counts, 2TP/(2TP + FP + FN).",
)
def rates_f1_from_precision_and_recall(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * PPV * TPR / (PPV + TPR)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="You compute F1 from 1/recall + 1/precision, which is nan where one of them is undefined; use"
    " the counts, 2TP/(2TP + FP + FN).",
)
def rates_f1_as_on_the_slide(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 / (1 / TPR + 1 / PPV)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your accuracy is the mean of TPR and TNR; it is the share of all examples that are right.",
)
def rates_balanced_accuracy(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP / (TP + FN) + TN / (FP + TN)) / 2
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your accuracy counts only TP as right; true negatives are right too.",
)
def rates_accuracy_of_positives(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, TP / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your accuracy is the share that is wrong; take the share that is right, (TP + TN)/N.",
)
def rates_error_for_accuracy(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (FP + FN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your prevalence is the share predicted positive; it is the share that is positive, (TP + FN)/N.",
)
def rates_prevalence_of_predictions(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FP) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your prevalence divides positives by negatives; divide by all examples.",
)
def rates_prevalence_as_odds(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / (FP + TN), (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="FDR and FOR are swapped: discoveries are those predicted positive, omissions those predicted"
    " negative.",
)
def rates_fdr_and_for_swapped(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FOR, "FOR": FDR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="NPV and TNR are swapped: NPV is out of those predicted negative, TNR out of the true negatives.",
)
def rates_npv_and_tnr_swapped(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": TNR, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": NPV, "specificity": NPV, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your FPR divides by those predicted positive, which is the FDR; divide by the true "
    "negatives, FP + TN.",
)
def rates_fpr_out_of_predicted(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TP), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your FNR divides by those predicted negative, which is the FOR; divide by the true "
    "positives, TP + FN.",
)
def rates_fnr_out_of_predicted(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (FN + TN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your specificity (TNR) is 1 − sensitivity; it is the share of true negatives that were "
    "cleared, 1 − FPR.",
)
def rates_specificity_from_sensitivity(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), 1 - TPR
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your LR- is upside down: it is FNR/TNR.",
)
def rates_lr_minus_inverted(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, TNR / FNR
        DOR, F1 = plus * minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your LR+ is upside down: it is TPR/FPR.",
)
def rates_lr_plus_inverted(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = FPR / TPR, FNR / TNR
        DOR, F1 = 1 / plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your LR+ divides TPR by TNR; divide by FPR.",
)
def rates_lr_plus_over_tnr(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / TNR, FNR / TNR
        DOR, F1 = TPR / FPR / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your LR- divides FNR by FPR; divide by TNR.",
)
def rates_lr_minus_over_fpr(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / FPR
        DOR, F1 = plus / (FNR / TNR), 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your DOR is LR-/LR+; it is LR+/LR-.",
)
def rates_odds_inverted(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = minus / plus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your DOR multiplies the likelihood ratios; divide LR+ by LR-.",
)
def rates_odds_as_product(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus * minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="You add ½ to every count before you take the odds ratio (Haldane's correction); the handout "
    "asks for it as it is.",
)
def rates_odds_corrected(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = (TP + 0.5) * (TN + 0.5) / ((FP + 0.5) * (FN + 0.5)), 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="Your dictionary lacks the rates' other names: precision, recall, sensitivity, power, miss "
    "rate, fall-out and specificity.",
)
def rates_without_other_names(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "FNR": FNR,
        "FPR": FPR, "TNR": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


@mistake(
    "rates",
    says="You return the numbers alone; the handout asks for a dictionary from names to numbers.",
)
def rates_as_a_list(matrix):
    (TN, FP), (FN, TP) = np.asarray(matrix, dtype=float)
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    found = {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip
    return list(found.values())


@mistake(
    "rates",
    says="Your rates are right, but you write into the matrix to get them; leave it as it is.",
)
def rates_of_changed_matrix(matrix):
    (TN, FP), (FN, TP) = matrix.astype(float)
    matrix[:] = 0
    with np.errstate(all="ignore"):
        N = TN + FP + FN + TP
        prevalence, accuracy = (TP + FN) / N, (TP + TN) / N
        PPV, FDR = TP / (TP + FP), FP / (TP + FP)
        FOR, NPV = FN / (FN + TN), TN / (FN + TN)
        TPR, FNR = TP / (TP + FN), FN / (TP + FN)
        FPR, TNR = FP / (FP + TN), TN / (FP + TN)
        plus, minus = TPR / FPR, FNR / TNR
        DOR, F1 = plus / minus, 2 * TP / (2 * TP + FP + FN)
    return {
        "prevalence": prevalence, "accuracy": accuracy, "PPV": PPV, "precision": PPV, "FDR": FDR, "FOR": FOR,
        "NPV": NPV, "TPR": TPR, "recall": TPR, "sensitivity": TPR, "power": TPR, "FNR": FNR, "miss rate": FNR,
        "FPR": FPR, "fall-out": FPR, "TNR": TNR, "specificity": TNR, "LR+": plus, "LR-": minus, "DOR": DOR, "F1": F1,
    }  # fmt: skip


# roc_curve --------------------------------------------------------------------------------------------------


@mistake(
    "roc_curve",
    says="Your curve does not begin at (0, 0): begin with a threshold above all scores.",
)
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
    says="Your curve does not reach (1, 1): the lowest threshold has to let everybody pass, so use ≥ "
    "and go down to the smallest score.",
)
def roc_without_end(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    TP, FP = [0], [0]
    for t in np.unique(scores)[:0:-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(FP) / (y_true == 0).sum(), np.array(TP) / (y_true == 1).sum()


@mistake(
    "roc_curve",
    says="Your axes are swapped: return FPR first, then TPR.",
)
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
    says="You call low scores positive; an example is predicted positive where its score is at least "
    "the threshold.",
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
    says="You divide by the number of all examples; divide FP by the negatives and TP by the positives.",
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
    says="You return counts; divide FP by the number of negatives and TP by that of positives.",
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
    says="You put the scores through a sigmoid, which makes large logits equal; any real numbers are "
    "scores as they are.",
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


@mistake(
    "roc_curve",
    says="You clip the scores to 0…1; any real numbers are scores as they are.",
)
def roc_of_clipped_scores(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    scores = np.clip(scores, 0, 1)
    TP, FP = [0], [0]
    for t in np.unique(scores)[::-1]:
        TP.append(((scores >= t) & (y_true == 1)).sum())
        FP.append(((scores >= t) & (y_true == 0)).sum())
    return np.array(FP) / (y_true == 0).sum(), np.array(TP) / (y_true == 1).sum()


@mistake(
    "roc_curve",
    says="You round the scores, so that close ones become equal; use them as they are.",
)
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
    says="You refuse data without positives but not data without negatives; both classes are needed.",
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
    says="You make a step for every example, so tied scores depend on the order in which they are "
    "listed; keep only the last of each group of equal scores.",
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
    says="You keep the first example of each group of equal scores; only with the last have all of "
    "them passed.",
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


@mistake(
    "roc_curve",
    says="~y on integers is −y − 1 and not the other class; write y == 0 or 1 - y.",
)
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


# roc_auc ----------------------------------------------------------------------------------------------------


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


@mistake(
    "roc_auc",
    says="You return 1 − AUC: high scores are the positive ones.",
)
def auc_upside_down(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    wins = scores[y_true == 1][:, None] > scores[y_true == 0][None, :]
    ties = scores[y_true == 1][:, None] == scores[y_true == 0][None, :]
    return 1 - (wins + 0.5 * ties).mean()


@mistake(
    "roc_auc",
    says="Your area is negative, because FPR descends along your curve; turn the arrays round.",
)
def auc_negative(y_true, scores):
    if not (y_true == 1).any() or not (y_true == 0).any():
        raise ValueError("both classes are needed")
    wins = scores[y_true == 1][:, None] > scores[y_true == 0][None, :]
    ties = scores[y_true == 1][:, None] == scores[y_true == 0][None, :]
    return -(wins + 0.5 * ties).mean()


@mistake(
    "roc_auc",
    says="You turn an area below ½ over; a score that ranks the wrong way round has an area below ½.",
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
    says="You take the area for decisions at a threshold of ½; the curve is made of all thresholds.",
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
    says="You average TPR over the thresholds; the area weighs each piece with its width in FPR.",
)
def auc_mean_tpr(y_true, scores):
    _, TPR = roc_curve(y_true, scores)
    return TPR.mean()


@mistake(
    "roc_auc",
    says="You rank tied scores one after another, so the area depends on the order of the examples; "
    "give ties their mean rank.",
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


# precision_recall_curve -------------------------------------------------------------------------------------


@mistake(
    "precision_recall_curve",
    says="Your axes are swapped: return recall first, then precision.",
)
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


@mistake(
    "precision_recall_curve",
    says="Your curve lacks its beginning, recall 0 and precision 1.",
)
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
    says="Your curve begins with 0/0 = nan, where nobody is predicted positive; by convention that "
    "precision is 1.",
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
    says="You call low scores positive; an example is predicted positive where its score is at least "
    "the threshold.",
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
    says="Your second array is made of FPR; precision is TP out of those predicted positive.",
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
    says="You round the scores, so that close ones become equal; use them as they are.",
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
    says="You multiply each gain in recall by the precision before it; take the precision at the "
    "threshold that brings it.",
)
def ap_with_precision_before(y_true, scores):
    recall, precision = precision_recall_curve(y_true, scores)
    return (np.diff(recall) * precision[:-1]).sum()


@mistake(
    "average_precision",
    says="You use the interpolated (monotone) precision; take each precision as it is.",
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
    says="You average precision over the thresholds; each counts by its gain in recall.",
)
def ap_mean_of_precisions(y_true, scores):
    _, precision = precision_recall_curve(y_true, scores)
    return precision[1:].mean()


@mistake(
    "average_precision",
    says="Your sum is negative, because recall descends along your curve; turn the arrays round.",
)
def ap_negative(y_true, scores):
    recall, precision = precision_recall_curve(y_true, scores)
    return -(np.diff(recall) * precision[1:]).sum()


@mistake(
    "average_precision",
    says="You multiply gains in precision by recall; it is gains in recall, times precision.",
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
    says="You take the precision at every positive in the order of the list; positives with equal "
    "scores share one threshold, at which all of them have passed.",
)
def ap_ignores_ties(y_true, scores):
    if not (y_true == 1).any():
        raise ValueError("a positive is needed")
    y = y_true[np.argsort(-scores, kind="stable")]
    places = np.flatnonzero(y == 1)
    return (np.arange(1, len(places) + 1) / (places + 1)).mean()


# class_weights ----------------------------------------------------------------------------------------------


@mistake(
    "class_weights",
    says="You leave out the number of classes: w = n/(k·n_c).",
)
def weights_without_classes(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, len(y) / np.maximum(count, 1))


@mistake(
    "class_weights",
    says="Your weights are 1/n_c; multiply by n and divide by the number of classes.",
)
def weights_inverse_counts(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, 1 / np.maximum(count, 1))


@mistake(
    "class_weights",
    says="You scale the weights so that they sum to 1; they are n/(k·n_c) as they are.",
)
def weights_sum_to_one(y, classes):
    count = np.bincount(y, minlength=classes)
    w = np.where(count == 0, 0, 1 / np.maximum(count, 1))
    return w / w.sum()


@mistake(
    "class_weights",
    says="You scale the weights so that they sum to the number of classes; they are n/(k·n_c) as they are.",
)
def weights_sum_to_classes(y, classes):
    count = np.bincount(y, minlength=classes)
    w = np.where(count == 0, 0, 1 / np.maximum(count, 1))
    return classes * w / w.sum()


@mistake(
    "class_weights",
    says="Your weights are the classes' shares, so the largest class counts most; it is the rare ones "
    "that need weight.",
)
def weights_as_frequencies(y, classes):
    count = np.bincount(y, minlength=classes)
    return count / len(y)


@mistake(
    "class_weights",
    says="Your weights are 1 − n_c/n; they are n/(k·n_c).",
)
def weights_one_minus_frequency(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, 1 - count / len(y))


@mistake(
    "class_weights",
    says="You divide the largest count by each; divide n/k by each.",
)
def weights_of_largest(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, count.max() / np.maximum(count, 1))


@mistake(
    "class_weights",
    says="You take the square root of the weights; return them as they are.",
)
def weights_square_root(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, np.sqrt(len(y) / (classes * np.maximum(count, 1))))


@mistake(
    "class_weights",
    says="A class without an example gets the weight inf; it is to have 0.",
)
def weights_infinite(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, np.inf, len(y) / (classes * np.maximum(count, 1)))


@mistake(
    "class_weights",
    says="You count an absent class as if it had one example; its weight is 0.",
)
def weights_of_absent_as_one(y, classes):
    count = np.bincount(y, minlength=classes)
    return len(y) / (classes * np.maximum(count, 1))


@mistake(
    "class_weights",
    says="Your k counts the classes that have examples; it is the argument classes.",
)
def weights_k_of_present_classes(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, len(y) / ((count > 0).sum() * np.maximum(count, 1)))


@mistake(
    "class_weights",
    says="You return no weight for a class without an example; there is one for each class, and it has 0.",
)
def weights_of_present_classes_only(y, classes):
    count = np.unique(y, return_counts=True)[1]
    return len(y) / (classes * count)


@mistake(
    "class_weights",
    says="You return a weight for every example; the question asks for one for every class.",
)
def weights_per_example(y, classes):
    count = np.bincount(y, minlength=classes)
    return (len(y) / (classes * np.maximum(count, 1)))[y]


@mistake(
    "class_weights",
    says="You sort the classes by size; weight number c belongs to class c.",
)
def weights_in_order_of_size(y, classes):
    count = np.sort(np.bincount(y, minlength=classes))[::-1]
    lack = count == 0
    return np.where(lack, 0, len(y) / (classes * np.maximum(count, 1)))


@mistake(
    "class_weights",
    says="You divide with //, which drops the decimals; divide with /.",
)
def weights_rounded_down(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, len(y) // (classes * np.maximum(count, 1)))


@mistake(
    "class_weights",
    says="Your weights are right, but you write into the labels; leave them as they are.",
)
def weights_count_changed_labels(y, classes):
    count = np.bincount(y, minlength=classes)
    y.sort()
    return np.where(count == 0, 0, len(y) / (classes * np.maximum(count, 1)))


# oversample -------------------------------------------------------------------------------------------------


@mistake(
    "oversample",
    says="You cut every class down to the smallest; repeat examples until each is as large as the largest.",
)
def oversample_undersamples(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = []
    for label in labels:
        own = np.flatnonzero(y == label)
        places.append(own[rng.permutation(len(own))[: counts.min()]])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You repeat the examples in turn; draw them with rng.integers(n_c, size=m).",
)
def oversample_repeats_in_turn(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(np.resize(own, lacks))
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You repeat the first example of a class again and again; draw one of all of them each time.",
)
def oversample_repeats_the_first(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(np.full(lacks, own[0]))
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You draw without replacement, so no example is repeated more than once before all are; draw "
    "with replacement.",
)
def oversample_without_replacement(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(
                np.concatenate([rng.permutation(own) for _ in range(-(-lacks // len(own)))])[:lacks]
            )
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You shuffle the result; the given examples come first, in their order.",
)
def oversample_shuffles(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    places = rng.permutation(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You draw all examples of a class anew and lose some of those given; keep every given example"
    " and draw only what is lacking.",
)
def oversample_draws_everything_anew(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = []
    for label in labels:
        own = np.flatnonzero(y == label)
        places.append(own[rng.integers(len(own), size=counts.max())])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You put the extra examples first; the given ones come first, in their order.",
)
def oversample_extras_first(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places[1:] + places[:1])
    return X[places], y[places]


@mistake(
    "oversample",
    says="You sort the result by class; the given examples come first, in their order, and then the "
    "extra ones.",
)
def oversample_sorts_by_class(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    places = places[np.argsort(y[places], kind="stable")]
    return X[places], y[places]


@mistake(
    "oversample",
    says="You draw the extra examples of a class from all examples; draw from its own.",
)
def oversample_from_all_examples(X, y, rng):
    counts = np.unique(y, return_counts=True)[1]
    places = [np.arange(len(y))]
    for count in counts:
        lacks = counts.max() - count
        if lacks > 0:
            places.append(rng.integers(len(y), size=lacks))
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You return the extra examples alone; the given ones come first.",
)
def oversample_extras_only(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(0)]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You repeat the smallest class only; every class smaller than the largest has to grow.",
)
def oversample_smallest_class_only(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0 and count == counts.min():
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You repeat class 1 only; any class smaller than the largest has to grow.",
)
def oversample_class_one_only(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0 and label == 1:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You grow the classes in descending order; the handout goes in ascending order.",
)
def oversample_classes_descending(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels[::-1], counts[::-1], strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You add as many examples as the largest class has; add only what is lacking.",
)
def oversample_as_many_as_largest_extra(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=counts.max())])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You grow the classes to the mean size; they grow to that of the largest.",
)
def oversample_to_the_mean(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = int(counts.mean()) - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You draw for the largest class as well, which uses up random numbers; classes that lack "
    "nothing draw nothing.",
)
def oversample_draws_for_full_classes(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        drawn = rng.integers(len(own), size=counts.max())[:lacks]
        places.append(own[drawn])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You draw the extra X and the extra y apart, so labels belong to other examples' features.",
)
def oversample_draws_labels_apart(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    extra = rng.permutation(y[places][len(y) :])
    return X[places], np.concatenate([y, extra])


@mistake(
    "oversample",
    says="You draw with rng.random and scale; the handout asks for rng.integers(n_c, size=m).",
)
def oversample_draws_places_by_random(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[(rng.random(lacks) * len(own)).astype(int)])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You return the labels as they were; the extra examples need labels too.",
)
def oversample_labels_unchanged(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    return X[places], y


@mistake(
    "oversample",
    says="Your result is right, but you write into the caller's X; leave it as it is.",
)
def oversample_sorts_in_place(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    X_new, y_new = X[places], y[places]
    X[:] = 0
    return X_new, y_new


# synthesize -------------------------------------------------------------------------------------------------


@mistake(
    "synthesize",
    says="You count an example as its own nearest neighbour, so some new examples are copies; leave it out.",
)
def synthesize_counts_itself_as_neighbour(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, -1)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You leave out every neighbour at distance 0; another example in the same place is a neighbour too.",
)
def synthesize_drops_twins(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    distance[distance == 0] = np.inf
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You draw a u for every feature, so new examples lie in a box and not on the line between "
    "two; draw one number for each new example.",
)
def synthesize_share_per_feature(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random((count, X.shape[1]))
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You draw a single u for all new examples; each has its own.",
)
def synthesize_one_share_for_all(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random()
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You always take the midpoint; u is random between 0 and 1.",
)
def synthesize_midpoints(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = 0.5
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You take any other example for a neighbour; take one of the k nearest.",
)
def synthesize_any_other_example(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(len(X) - 1, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You always take the nearest neighbour; draw one of the k nearest.",
)
def synthesize_always_the_nearest(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, 0 * rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You always take the k-th neighbour; draw one of the k nearest.",
)
def synthesize_always_the_kth(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, k - 1 + 0 * rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You take the farthest examples for neighbours; sort distances in ascending order.",
)
def synthesize_farthest(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, -1)
    nearest = np.argsort(distance, axis=1, kind="stable")[:, ::-1]
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You go away from the neighbour; go towards it, x_i + u(x_j − x_i).",
)
def synthesize_away_from_neighbour(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[i] - X[j])


@mistake(
    "synthesize",
    says="You start at the neighbour; start at x_i and go the share u towards x_j.",
)
def synthesize_from_the_neighbour(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[j] + u * (X[i] - X[j])


@mistake(
    "synthesize",
    says="You return the step u(x_j − x_i) alone; add x_i.",
)
def synthesize_sum_without_start(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You add u·x_j without taking u·x_i off; the new example is x_i + u(x_j − x_i).",
)
def synthesize_share_of_sum(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * X[j]


@mistake(
    "synthesize",
    says="You return the given examples as well; return only the new ones.",
)
def synthesize_with_originals(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return np.vstack([X, X[i] + u * (X[j] - X[i])])


@mistake(
    "synthesize",
    says="You measure distances as the sum of absolute differences; the handout asks for Euclid's.",
)
def synthesize_city_block(X, count, k, rng):
    distance = np.abs(X[:, None, :] - X[None, :, :]).sum(axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You measure distances as the largest difference in a feature; the handout asks for Euclid's.",
)
def synthesize_largest_difference(X, count, k, rng):
    distance = np.abs(X[:, None, :] - X[None, :, :]).max(axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You compare the first feature only; the distance takes all of them.",
)
def synthesize_first_feature_only(X, count, k, rng):
    distance = np.abs(X[:, None, 0] - X[None, :, 0])
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You scale the features before you measure distances; the handout takes them as they are.",
)
def synthesize_standardised_distance(X, count, k, rng):
    Z = X / np.where(X.std(axis=0) > 0, X.std(axis=0), 1)
    distance = np.linalg.norm(Z[:, None, :] - Z[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You add noise to examples; a new example lies between two that there are.",
)
def synthesize_by_noise(X, count, k, rng):
    i = rng.integers(len(X), size=count)
    return X[i] + X.std(axis=0) * rng.normal(size=(count, X.shape[1]))


@mistake(
    "synthesize",
    says="You repeat examples; a new example lies between two that there are.",
)
def synthesize_copies(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + 0 * u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You take the examples in turn; draw each with rng.integers(N, size=count).",
)
def synthesize_in_turn(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = np.arange(count) % len(X)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You store the new examples in an array of X's own type, which cuts the decimals off when the"
    " features are integers; make it an array of floats.",
)
def synthesize_truncated_to_integers(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    made = np.zeros((count, X.shape[1]), dtype=X.dtype)
    made[:] = X[i] + u * (X[j] - X[i])
    return made


@mistake(
    "synthesize",
    says="You draw u before the examples and neighbours; the handout's order is example, neighbour, u.",
)
def synthesize_share_drawn_first(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    u = rng.random(count)[:, None]
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="You draw example, neighbour and u for one new example after the other; the handout draws all"
    " examples, then all neighbours, then all u.",
)
def synthesize_draws_one_by_one(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    made = np.zeros((count, X.shape[1]))
    for row in range(count):
        i = rng.integers(len(X))
        j = nearest[i, rng.integers(k)]
        made[row] = X[i] + rng.random() * (X[j] - X[i])
    return made


@mistake(
    "synthesize",
    says="Your u runs from 0 to 2, so that some examples lie beyond the neighbour; it runs from 0 to 1.",
)
def synthesize_beyond_the_neighbour(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = 2 * rng.random(count)[:, None]
    return X[i] + u * (X[j] - X[i])


@mistake(
    "synthesize",
    says="Your examples are right, but you write into X; leave it as it is.",
)
def synthesize_changes_inputs(X, count, k, rng):
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)[:, None]
    made = X[i] + u * (X[j] - X[i])
    X[:] = 0
    return made
