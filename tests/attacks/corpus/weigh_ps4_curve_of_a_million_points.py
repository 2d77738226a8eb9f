# Curves of millions of points, as arrays, as lists and as one table, whose thresholds are fifty megabytes of anything.
# pset: ps4
# tests: roc_curve precision_recall_curve
import numpy as np

turn = [0]

def long(y_true, scores):
    turn[0] += 1
    line = np.linspace(0, 1, 2_000_000)
    forms = [
        (line, line),
        (line[:90_000].tolist(), line[:90_000].tolist(), None),
        np.vstack([line, line]),
        (line[:20_000], line[:20_000], np.ones(20_000_000, np.int8)),
        (line[:2], line[:2], [["x" * 500_000] + ["y"] * 400] * 2),
    ]
    return forms[turn[0] % 5]

roc_curve = precision_recall_curve = long
