# Curves between the largest and the smallest numbers there are, where every difference overflows and every square vanishes.
# pset: ps4
# tests: roc_curve precision_recall_curve
import numpy as np

def wild(y_true, scores):
    rng = np.random.default_rng(len(y_true))
    size = 10.0 ** rng.uniform(-320, 308, size=10_000) * rng.choice([-1.0, 1.0], size=10_000)
    x, y = np.concatenate([[0.0], size, [1.0]]), np.concatenate([[0.0], size[::-1], [1.0]])
    return x, y

roc_curve = precision_recall_curve = wild
