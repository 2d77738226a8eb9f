"""Wrong versions for q1 and q2: activations and their derivatives."""

import numpy as np

from grader import mistake
from reference.activations import sigmoid

# sigmoid ----------------------------------------------------------------------------------------------------


@mistake(
    "sigmoid",
    says="You divide e^x by 1 + e^x, which is inf/inf = nan for large x; use that form for negative x only.",
)
def sigmoid_inf_over_inf(x):
    return np.exp(x) / (1 + np.exp(x))


@mistake("sigmoid", says="You exponentiate x where the formula has −x; σ(x) = 1/(1 + e^{−x}) rises with x.")
def sigmoid_of_minus_x(x):
    return 1 - 0.5 * (1 + np.tanh(0.5 * x))


@mistake(
    "sigmoid",
    says="You clip x before exponentiating, which changes the results of moderate inputs too; leave x as "
    "it is.",
)
def sigmoid_of_clipped_input(x):
    return 1 / (1 + np.exp(-np.clip(x, -10, 10)))


@mistake("sigmoid", says="You exponentiate in base 2; the sigmoid uses powers of e.")
def sigmoid_in_powers_of_two(x):
    return 0.5 * (1 + np.tanh(0.5 * np.log(2) * x))


@mistake(
    "sigmoid",
    says="You fill an array made like x, which cuts results down to 0 when x holds integers; use an array "
    "of floats.",
)
def sigmoid_in_an_array_like_x(x):
    result = np.zeros_like(x)
    result[...] = 0.5 * (1 + np.tanh(0.5 * x))
    return result


@mistake(
    "sigmoid", says="You normalise over the array, as softmax does; a sigmoid looks at one entry at a time."
)
def sigmoid_as_softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


# sigmoid_gradient -------------------------------------------------------------------------------------------


@mistake(
    "sigmoid_gradient",
    says="You return (1 − x)x, as if x were already the sigmoid's value; the gradient is taken at the "
    "input x.",
)
def sigmoid_gradient_of_the_output(x):
    return (1 - x) * x


@mistake("sigmoid_gradient", says="You return σ(1 + σ); the derivative is σ(1 − σ).")
def sigmoid_gradient_plus(x):
    return sigmoid(x) * (1 + sigmoid(x))


@mistake(
    "sigmoid_gradient",
    says="Your gradient has the wrong sign; the sigmoid rises, so its slope is positive.",
)
def sigmoid_gradient_negative(x):
    return sigmoid(x) * (sigmoid(x) - 1)


@mistake(
    "sigmoid_gradient", says="You return 1 − σ², which is tanh's pattern; the sigmoid's slope is σ(1 − σ)."
)
def sigmoid_gradient_like_tanh(x):
    return 1 - sigmoid(x) ** 2


@mistake(
    "sigmoid_gradient",
    says="Your e^{−x}/(1 + e^{−x})² is inf/inf = nan for very negative x; write it with the sigmoid itself.",
)
def sigmoid_gradient_inf_over_inf(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


# tanh -------------------------------------------------------------------------------------------------------


@mistake(
    "tanh",
    says="Your quotient of exponentials is inf/inf = nan for large x; use np.tanh, or the sigmoid of 2x.",
)
def tanh_inf_over_inf(x):
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


@mistake("tanh", says="You return 2σ(x) − 1, which is tanh(x/2); the identity is tanh(x) = 2σ(2x) − 1.")
def tanh_of_half(x):
    return 2 * sigmoid(x) - 1


@mistake("tanh", says="You return the trigonometric tangent; this is the hyperbolic one, np.tanh.")
def tanh_trigonometric(x):
    return np.tan(x)


# tanh_gradient ----------------------------------------------------------------------------------------------


@mistake(
    "tanh_gradient",
    says="You return 1 − x², as if x were already the value of tanh; the gradient is taken at the input x.",
)
def tanh_gradient_of_the_output(x):
    return 1 - x**2


@mistake("tanh_gradient", says="You return 1 − tanh; the derivative is 1 − tanh².")
def tanh_gradient_without_square(x):
    return 1 - np.tanh(x)


@mistake(
    "tanh_gradient",
    says="You return tanh(1 − tanh), which is the sigmoid's pattern; the slope of tanh is 1 − tanh².",
)
def tanh_gradient_like_sigmoid(x):
    return np.tanh(x) * (1 - np.tanh(x))


@mistake(
    "tanh_gradient",
    says="Your formula is right, but it goes through e^x, which overflows to inf/inf = nan; write the "
    "slope as 1 − tanh².",
)
def tanh_gradient_inf_over_inf(x):
    return 4 * np.exp(2 * x) / (np.exp(2 * x) + 1) ** 2


# relu -------------------------------------------------------------------------------------------------------

mistake("relu", "relu_in_place", {"return np.maximum(0.0, x)": "x[x < 0] = 0\nreturn x * 1.0"},
        says="You zero the negative entries of the caller's own array; work on a copy.")
mistake("relu", "relu_absolute", {"np.maximum(0.0, x)": "np.abs(x)"},
        says="You return |x|; negative inputs should become 0.")
mistake("relu", "relu_negative_part", {"np.maximum": "np.minimum"},
        says="You return min(0, x); ReLU keeps the positive part.")
mistake("relu", "relu_cut_at_one", {"np.maximum(0.0, x)": "np.clip(x, 0, 1)"},
        says="You cut the result off at 1; ReLU has no upper bound.")

# relu_gradient ----------------------------------------------------------------------------------------------


@mistake(
    "relu_gradient", says="You return max(0, x), the function itself; its slope is 1 where x is positive."
)
def relu_gradient_is_relu(x):
    return np.maximum(0, x)


@mistake(
    "relu_gradient", says="You divide max(0, x) by x, which is 0/0 = nan at 0; compare x with 0 instead."
)
def relu_gradient_by_division(x):
    return np.maximum(0, x) / x


@mistake(
    "relu_gradient",
    says="You cut x off at 0 and at 1, which gives the slope only outside that range; compare x with 0 "
    "instead.",
)
def relu_gradient_cut_off(x):
    return np.clip(x, 0.0, 1.0)


@mistake("relu_gradient", says="You return the sign of x; where x is negative the slope is 0, not −1.")
def relu_gradient_sign(x):
    return np.sign(x)


@mistake("relu_gradient", says="You have swapped the two sides; the slope is 1 where x is positive.")
def relu_gradient_exchanged(x):
    return np.where(x > 0, 0.0, 1.0)


# leaky_relu -------------------------------------------------------------------------------------------------


@mistake("leaky_relu", says="Your slope below 0 is 0.01; the lecture and this problem set use 0.1.")
def leaky_relu_of_a_hundredth(x):
    return np.maximum(0.01 * x, x)


@mistake("leaky_relu", says="You take the minimum of 0.1x and x; the function is their maximum.")
def leaky_relu_minimum(x):
    return np.minimum(0.1 * x, x)


@mistake("leaky_relu", says="You return the constant 0.1 for negative inputs; return 0.1 times the input.")
def leaky_relu_constant(x):
    return np.where(x > 0, x, 0.1)


@mistake(
    "leaky_relu",
    says="You return positive numbers for negative inputs; return 0.1x, which is negative too.",
)
def leaky_relu_of_size(x):
    return np.where(x > 0, x, -0.1 * x)


@mistake(
    "leaky_relu",
    says="You write 0.1x into a copy of x, which cuts off the decimals when x holds integers; use an array "
    "of floats.",
)
def leaky_relu_in_a_copy(x):
    result = x.copy()
    result[x < 0] = 0.1 * x[x < 0]
    return result


# leaky_relu_gradient ----------------------------------------------------------------------------------------


@mistake("leaky_relu_gradient", says="Your slope below 0 is 0.01; the lecture and this problem set use 0.1.")
def leaky_relu_gradient_of_a_hundredth(x):
    return np.where(x > 0, 1.0, 0.01)


@mistake("leaky_relu_gradient", says="Your slope below 0 is 0, which is ReLU's; Leaky ReLU's is 0.1.")
def leaky_relu_gradient_of_relu(x):
    return np.where(x > 0, 1.0, 0.0)


@mistake(
    "leaky_relu_gradient",
    says="You return 0.1x below 0, which is the function itself; its slope is 0.1.",
)
def leaky_relu_gradient_times_x(x):
    return np.where(x > 0, 1.0, 0.1 * x)


@mistake("leaky_relu_gradient", says="Your slope below 0 is −0.1; 0.1x rises, so its slope is positive.")
def leaky_relu_gradient_negative(x):
    return np.where(x > 0, 1.0, -0.1)
