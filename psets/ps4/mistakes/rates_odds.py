"""Wrong versions for q2, rates: likelihood ratios, the odds ratio, and the dictionary."""

import numpy as np

from grader import mistake


@mistake("rates", says="Your LR- is upside down; it is FNR/TNR.")
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


@mistake("rates", says="Your LR+ is upside down; it is TPR/FPR.")
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
    says="You add ½ to every count before you take the odds ratio (Haldane's correction); use the counts "
    "as they are.",
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
    says="Your dictionary lacks the rates' other names: precision, recall, sensitivity, power, miss rate, "
    "fall-out and specificity.",
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
    says="You return only the numbers; the handout asks for a dictionary from names to numbers.",
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


@mistake("rates", says="Your rates are right, but you write into the matrix to get them; leave it unchanged.")
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
