"""Wrong versions for q2, rates: F1 and the shares."""

import numpy as np

from grader import mistake


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


@mistake("rates", says="Your F1 lacks the factor 2; it is 2TP/(2TP + FP + FN).")
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


@mistake("rates", says="Your F1 counts TP only once; it is 2TP/(2TP + FP + FN).")
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
    says="You have swapped FDR and FOR; discoveries are those predicted positive, omissions those "
    "predicted negative.",
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
    says="You have swapped NPV and TNR; NPV is out of those predicted negative, TNR out of those who are "
    "negative.",
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
    says="Your FPR divides by those predicted positive, which gives the FDR; divide by those who are "
    "negative, FP + TN.",
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
    says="Your FNR divides by those predicted negative, which gives the FOR; divide by those who are "
    "positive, TP + FN.",
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
    says="Your specificity (TNR) is 1 − sensitivity; it is the share of the negatives that were cleared, 1 "
    "− FPR.",
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
