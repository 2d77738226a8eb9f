"""Right versions for q1 and q2: activations and their derivatives, in other styles; the suite must accept every one."""

import numpy as np

from grader import alternative
from reference.activations import leaky_relu, sigmoid

alternative(
    "sigmoid",
    "sigmoid_by_tanh",
    {"np.where(np.real(x) >= 0, 1.0, e) / (1.0 + e)": "0.5 * (1 + np.tanh(0.5 * x))"},
)
alternative(
    "sigmoid",
    "sigmoid_of_a_clipped_input",
    {
        "np.where(np.real(x) >= 0, -x, x)": "-np.clip(x, -700, 700)",
        "np.where(np.real(x) >= 0, 1.0, e) / (1.0 + e)": "1 / (1 + e)",
    },
)


@alternative("sigmoid")
def sigmoid_as_printed(x):
    with np.errstate(over="ignore"):  # 1/inf is the 0 that is wanted
        return 1 / (1 + np.exp(-x))


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


alternative(
    "sigmoid_gradient",
    "sigmoid_gradient_by_cosh",
    {"sigmoid(-x) * sigmoid(x)": "1 / (4 * np.cosh(np.clip(x / 2, -300, 300)) ** 2)"},
)

alternative("tanh", "tanh_by_sigmoid", {"np.tanh(x)": "2 * sigmoid(2 * x) - 1"})


@alternative("tanh")
def tanh_by_exponentials(x):
    e = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - e) / (1 + e)


alternative(
    "tanh_gradient",
    "tanh_gradient_by_sigmoid",
    {"1.0 - np.tanh(x) ** 2": "4 * sigmoid(2 * x) * sigmoid(-2 * x)"},
)
alternative(
    "tanh_gradient",
    "tanh_gradient_by_cosh",
    {"1.0 - np.tanh(x) ** 2": "np.cosh(np.clip(x, -300, 300)) ** -2.0"},
)

alternative("relu", "relu_by_product", {"np.maximum(0.0, x)": "x * (x > 0)"})
alternative("relu", "relu_by_size", {"np.maximum(0.0, x)": "(np.abs(x) + x) / 2"})


@alternative("relu")
def relu_in_a_copy(x):
    result = x.copy()
    result[result < 0] = 0
    return result


alternative("relu_gradient", "relu_gradient_of_one_at_zero", {"x > 0": "x >= 0"})
alternative(
    "relu_gradient", "relu_gradient_as_truth_values", {"np.where(x > 0, 1.0, 0.0)": "(x >= 0).astype(int)"}
)
alternative(
    "relu_gradient", "relu_gradient_of_a_half_at_zero", {"np.where(x > 0, 1.0, 0.0)": "np.heaviside(x, 0.5)"}
)

alternative("leaky_relu", "leaky_relu_by_where", {"np.maximum(0.1 * x, x)": "np.where(x < 0, 0.1 * x, x)"})
alternative("leaky_relu", "leaky_relu_of_two_parts", {"np.maximum(0.1 * x, x)": "relu(x) - 0.1 * relu(-x)"})

alternative("leaky_relu_gradient", "leaky_relu_gradient_of_one_at_zero", {"x > 0": "x >= 0"})


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
