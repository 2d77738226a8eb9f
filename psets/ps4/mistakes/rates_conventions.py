"""Wrong versions for q2, rates: how the matrix is read, undefined ratios, the form of numbers."""

import numpy as np

from grader import mistake


@mistake(
    "rates",
    says="You have swapped precision and recall; precision (PPV) is out of those predicted positive, "
    "recall (TPR) out of those who are positive.",
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
    says="You read the matrix with the predictions in its rows; matrix[0, 1] is FP and matrix[1, 0] is FN.",
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
    says="You read the matrix as [[TP, FP], [FN, TN]], as in the lecture's table; it is [[TN, FP], [FN, "
    "TP]].",
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
    says="You add a small number to every denominator, which biases each ratio and hides the undefined "
    "ones; divide as it is.",
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


@mistake("rates", says="Your shares are percentages; return them as numbers from 0 to 1.")
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
