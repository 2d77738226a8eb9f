"""Right versions for q1 and q2: activations and their derivatives, in other styles; the suite must accept every one."""

import numpy as np

from grader import alternative
from reference.activations import leaky_relu, relu, sigmoid


@alternative("sigmoid")
def sigmoid_as_printed(x):
    with np.errstate(over="ignore"):  # 1/inf is the 0 that is wanted
        return 1 / (1 + np.exp(-x))


@alternative("sigmoid")
def sigmoid_by_tanh(x):
    return 0.5 * (1 + np.tanh(0.5 * x))


@alternative("sigmoid")
def sigmoid_entry_by_entry(x):
    result = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        v = float(x[i])
        result[i] = 1 / (1 + np.exp(-v)) if v > -700 else np.exp(v)
    return result


@alternative("sigmoid_gradient")
def sigmoid_gradient_as_printed(x):
    s = sigmoid(x)
    return (1 - s) * s


@alternative("sigmoid_gradient")
def sigmoid_gradient_by_cosh(x):
    return 1 / (4 * np.cosh(np.clip(x / 2, -300, 300)) ** 2)


@alternative("tanh")
def tanh_by_sigmoid(x):
    return 2 * sigmoid(2 * x) - 1


@alternative("tanh")
def tanh_by_exponentials(x):
    e = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - e) / (1 + e)


@alternative("tanh_gradient")
def tanh_gradient_by_sigmoid(x):
    s = sigmoid(2 * x)
    return 4 * s * (1 - s)


@alternative("tanh_gradient")
def tanh_gradient_by_cosh(x):
    return np.cosh(np.clip(x, -300, 300)) ** -2.0


@alternative("relu")
def relu_by_product(x):
    return x * (x > 0)


@alternative("relu")
def relu_by_size(x):
    return (np.abs(x) + x) / 2


@alternative("relu")
def relu_in_a_copy(x):
    result = x.copy()
    result[result < 0] = 0
    return result


@alternative("relu_gradient")
def relu_gradient_as_truth_values(x):
    return (x >= 0).astype(int)


@alternative("relu_gradient")
def relu_gradient_of_a_half_at_zero(x):
    return np.heaviside(x, 0.5)


@alternative("relu_gradient")
def relu_gradient_by_sign(x):
    return (1 + np.sign(x)) / 2


@alternative("leaky_relu")
def leaky_relu_by_where(x):
    return np.where(x < 0, 0.1 * x, x)


@alternative("leaky_relu")
def leaky_relu_of_two_parts(x):
    return relu(x) - 0.1 * relu(-x)


@alternative("leaky_relu_gradient")
def leaky_relu_gradient_in_loops(x):
    flat = [1.0 if v >= 0 else 0.1 for v in x.ravel()]
    return np.array(flat).reshape(x.shape)


@alternative("leaky_relu_gradient")
def leaky_relu_gradient_of_ones(x):
    slope = np.ones(x.shape)
    slope[x <= 0] = 0.1
    return slope


@alternative("leaky_relu_gradient")
def leaky_relu_gradient_by_differences(x):
    # Exact to rounding where the step crosses no corner, and a mean of both slopes at it.
    h = np.where(x == 0, 1.0, np.abs(x) / 2)
    return (leaky_relu(x + h) - leaky_relu(x - h)) / (2 * h)
