# Parameters that are not a number, then infinite, in the right shape, with a state of the same.
# pset: ps3
# tests: all
import numpy as np

turn = [0]

def nowhere(w, dw, state, **_):
    turn[0] += 1
    w = np.full(np.shape(w), (np.nan, np.inf, -np.inf, 1e308)[turn[0] % 4])
    return w, {"w": w}

def minibatches(X, y, batch_size, rng):
    return [(np.full(np.shape(X), np.nan), np.full(np.shape(y), np.nan))]

sgd = momentum = nesterov = adagrad = rmsprop = adadelta = adam = nowhere
