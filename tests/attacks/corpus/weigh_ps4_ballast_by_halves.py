# Large answers of the right form and the wrong values in every question, a different one each time, so that no two share anything.
# pset: ps4
# tests: all
import numpy as np

turn = [0]

def filled(count, kind=bool):
    turn[0] += 1
    return np.full(count, turn[0] % 2, kind)

def confusion_matrix(y_true, y_pred, classes):
    return filled((classes, 50_000_000 // classes), np.int8)

def rates(matrix):
    return {name: filled(2_000_000) for name in ("prevalence", "accuracy", "PPV", "FDR", "FOR", "NPV", "TPR", "FNR", "FPR")}

def roc_curve(y_true, scores):
    return filled(3_500_000, float), filled(3_500_000, float)

precision_recall_curve = roc_curve

def roc_auc(y_true, scores):
    return filled((1, 1, 55_000_000))

def average_precision(y_true, scores):
    return filled(13_000_000, "f4")

def class_weights(y, classes):
    return filled((classes, 25_000_000 // classes), "f2")

def oversample(X, y, rng):
    return filled((300_000, 10), float), filled(30_000_000)

def synthesize(X, count, k, rng):
    return np.asfortranarray(filled((count + 1, 50_000_000 // (count + 1))))
