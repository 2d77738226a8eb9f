# A penalty on the biases as well, without the half, and the gradient of just that.
# pset: ps5
# tests: l2_penalty
import numpy as np

def l2_penalty(params, l2):
    return l2 * sum(float(np.sum(np.square(value))) for value in params.values())

def l2_gradient(params, l2):
    return {name: 2 * l2 * np.asarray(value) for name, value in params.items()}
