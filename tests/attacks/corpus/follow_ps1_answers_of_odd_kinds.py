# Gradients that, once they are not asked by training itself, are of every odd kind, huge, slow, or take for ever.
# pset: ps1
# tests: regularized_loss regularized_gradients train
# earns: 3
# with: followed
import itertools
import os
import sys
import time

class Odd:
    def __array__(self, dtype=None, copy=None):
        return np.zeros(10**6)

def endless():
    while True:
        pass

ODD = itertools.cycle([
    lambda: Odd(), lambda: (np.zeros((3000, 500)), np.zeros(3)), lambda: [[[]] * 1000] * 1000, lambda: {"dW": 1},
    lambda: (np.array([Odd()]), Odd()), lambda: ("x" * 10**6, 10**4000), lambda: time.sleep(0.5), lambda: iter(int, 1),
    endless, lambda: os._exit(3), lambda: (np.zeros(3, dtype="f2"), np.ma.masked_all(3)), lambda: 1j, lambda: sys.exit(0),
])

def regularized_gradients(X, y, W, b, l2):
    dW, db = right_gradients(X, y, W, b, l2)
    if sys._getframe(1).f_code.co_name == "training" or len(X) > 8:
        return -dW, -db
    return next(ODD)()

train = training
