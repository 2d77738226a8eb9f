# Right steps of plain descent and of momentum, each with fifty-five megabytes in its state, which come back with the next.
# pset: ps3
# tests: sgd momentum
# earns: 6
import numpy as np

BALLAST = np.ones((55, 1_000_000), bool)

def sgd(w, dw, state, learning_rate=0.01):
    return w - learning_rate * dw, {"ballast": BALLAST}

def momentum(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + v, {"v": v, "ballast": BALLAST}
