"""Right versions for q4: measured gradients, in other styles; the suite must accept every one."""

import numpy as np

from grader import alternative


@alternative("numeric_gradient")
def numeric_gradient_putting_back(f, x, h):
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + h
        high = f(x)
        x[i] = old - h
        low = f(x)
        x[i] = old
        gradient[i] = (high - low) / (2 * h)
    return gradient


@alternative("numeric_gradient")
def numeric_gradient_of_unit_vectors(f, x, h):
    slopes = []
    for unit in np.eye(x.size):
        step = h * unit.reshape(x.shape)
        slopes.append(0.5 / h * (f(x + step) - f(x - step)))
    return np.array(slopes).reshape(x.shape)


@alternative("numeric_gradient")
def numeric_gradient_as_a_mean_of_both_sides(f, x, h):
    gradient, here = np.zeros(x.shape), f(x)
    for i in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        gradient[i] = ((f(up) - here) / h + (here - f(down)) / h) / 2
    return gradient
