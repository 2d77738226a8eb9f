# A dictionary of five thousand rates, most of them lists of lists, under names of hundreds of letters and of tuples.
# pset: ps4
# tests: confusion_matrix rates
import numpy as np

LONG = {f"{'rate' * 120} {k}": [[0.5] * 4] * 4 for k in range(4_000)}

def rates(matrix):
    return {**LONG, ("LEAK" * 500_000, 1, None): 0.0, "accuracy": np.zeros((3_000, 1_000)), 0.5: LONG}

def confusion_matrix(y_true, y_pred, classes):
    return {classes: LONG}
