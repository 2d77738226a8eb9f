"""Wrong versions of problem set 2's functions, each with the sentence its author should read.

They are the suite's mutation test (each must fail its question) and the grader's explanations (one that gives
a student's very results names what the student did). Each is written as a student would: numpy, the problem
set's own functions, and never the function it stands for. A wrong class makes its nodes by ``type(self)``, so that it
can stand under another name. Collected from public homework and from what the handout's conventions invite.
"""

import numpy as np

from grader import mistake
from reference.activations import sigmoid
from reference.layers import affine_backward, affine_forward, relu_backward, relu_forward

# sigmoid and tanh ------------------------------------------------------------------------------------------


@mistake(
    "sigmoid",
    says="You divide e^x by 1 + e^x, which is inf/inf = nan for large x; use that form for negative x only.",
)
def sigmoid_inf_over_inf(x):
    return np.exp(x) / (1 + np.exp(x))


@mistake("sigmoid", says="You exponentiate x where the formula has −x: σ(x) = 1/(1 + e^{−x}) rises with x.")
def sigmoid_of_minus_x(x):
    return 1 - 0.5 * (1 + np.tanh(0.5 * x))


@mistake(
    "sigmoid", says="You clip x before exponentiating, which changes the results of moderate inputs too."
)
def sigmoid_of_clipped_input(x):
    return 1 / (1 + np.exp(-np.clip(x, -10, 10)))


@mistake("sigmoid", says="You exponentiate in base 2; the sigmoid uses powers of e.")
def sigmoid_in_powers_of_two(x):
    return 0.5 * (1 + np.tanh(0.5 * np.log(2) * x))


@mistake("sigmoid", says="You fill an array made like x, which cuts results down to 0 when x holds integers.")
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


@mistake(
    "sigmoid_gradient",
    says="You return (1 − x)x, as if x were already the sigmoid's value; gradients are taken at the input x.",
)
def sigmoid_gradient_of_the_output(x):
    return (1 - x) * x


@mistake("sigmoid_gradient", says="You return σ(1 + σ); the derivative is σ(1 − σ).")
def sigmoid_gradient_plus(x):
    return sigmoid(x) * (1 + sigmoid(x))


@mistake(
    "sigmoid_gradient", says="You have the sign turned round: the sigmoid rises, so its slope is positive."
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


@mistake(
    "tanh_gradient",
    says="You return 1 − x², as if x were already the tangent's value; gradients are taken at the input x.",
)
def tanh_gradient_of_the_output(x):
    return 1 - x**2


@mistake("tanh_gradient", says="You return 1 − tanh; the derivative is 1 − tanh².")
def tanh_gradient_without_square(x):
    return 1 - np.tanh(x)


@mistake(
    "tanh_gradient", says="You return tanh(1 − tanh), which is the sigmoid's pattern; here it is 1 − tanh²."
)
def tanh_gradient_like_sigmoid(x):
    return np.tanh(x) * (1 - np.tanh(x))


@mistake(
    "tanh_gradient", says="Your 1/cosh² is right but works through e^x, which overflows to inf/inf = nan."
)
def tanh_gradient_inf_over_inf(x):
    return 4 * np.exp(2 * x) / (np.exp(2 * x) + 1) ** 2


# ReLU and Leaky ReLU ---------------------------------------------------------------------------------------


@mistake("relu", says="You zero the negative entries of the caller's own array; work on a copy.")
def relu_in_place(x):
    x[x < 0] = 0
    return x * 1.0


@mistake("relu", says="You return |x|; negative inputs become 0.")
def relu_absolute(x):
    return np.abs(x)


@mistake("relu", says="You return min(0, x); ReLU keeps the positive part.")
def relu_negative_part(x):
    return np.minimum(0, x)


@mistake("relu", says="You cut the result off at 1; ReLU grows without bound.")
def relu_cut_at_one(x):
    return np.clip(x, 0, 1)


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
    says="You cut x off at 0 and at 1, which is the slope at whole numbers only; compare x with 0 instead.",
)
def relu_gradient_cut_off(x):
    return np.clip(x, 0.0, 1.0)


@mistake("relu_gradient", says="You return the sign of x; where x is negative the slope is 0, not −1.")
def relu_gradient_sign(x):
    return np.sign(x)


@mistake("relu_gradient", says="You have the two sides exchanged: the slope is 1 where x is positive.")
def relu_gradient_exchanged(x):
    return np.where(x > 0, 0.0, 1.0)


@mistake("leaky_relu", says="Your slope below 0 is 0.01; the lecture and this problem set use 0.1.")
def leaky_relu_of_a_hundredth(x):
    return np.maximum(0.01 * x, x)


@mistake("leaky_relu", says="You take the minimum of 0.1x and x; the function is their maximum.")
def leaky_relu_minimum(x):
    return np.minimum(0.1 * x, x)


@mistake("leaky_relu", says="Negative inputs give the constant 0.1; they give 0.1 times the input.")
def leaky_relu_constant(x):
    return np.where(x > 0, x, 0.1)


@mistake("leaky_relu", says="Negative inputs become positive: their result is 0.1x, which is negative too.")
def leaky_relu_of_size(x):
    return np.where(x > 0, x, -0.1 * x)


@mistake(
    "leaky_relu",
    says="You write 0.1x into a copy of x, which cuts the decimals off when x holds integers.",
)
def leaky_relu_in_a_copy(x):
    result = x.copy()
    result[x < 0] = 0.1 * x[x < 0]
    return result


@mistake("leaky_relu_gradient", says="Your slope below 0 is 0.01; the lecture and this problem set use 0.1.")
def leaky_relu_gradient_of_a_hundredth(x):
    return np.where(x > 0, 1.0, 0.01)


@mistake("leaky_relu_gradient", says="Your slope below 0 is 0, which is ReLU's; Leaky ReLU's is 0.1.")
def leaky_relu_gradient_of_relu(x):
    return np.where(x > 0, 1.0, 0.0)


@mistake("leaky_relu_gradient", says="You return 0.1x below 0, which is the function; its slope is 0.1.")
def leaky_relu_gradient_times_x(x):
    return np.where(x > 0, 1.0, 0.1 * x)


@mistake("leaky_relu_gradient", says="Your slope below 0 is −0.1; 0.1x rises, so its slope is positive.")
def leaky_relu_gradient_negative(x):
    return np.where(x > 0, 1.0, -0.1)


# Value -----------------------------------------------------------------------------------------------------


@mistake(
    "Value",
    says="You set a node's gradient instead of adding to it, so of several ways back only the last one counts.",
)
class ValueOverwrites:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad = slope * node.grad


@mistake(
    "Value",
    says="Each visit hands on the whole gradient gathered so far, so what came by an earlier way is handed on twice.",
)
class ValueHandsOnTwice:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self, arriving=1.0):
        self.grad += arriving
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.backward(slope * self.grad)


@mistake(
    "Value",
    says="You visit nodes by their distance from the output, so one that is also reached by a longer way passes its "
    "gradient on too early; a node has to wait for every gate that it feeds.",
)
class ValueBreadthFirst:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self):
        self.grad = 1.0
        queue, seen = [self], {self}
        while queue:
            node = queue.pop(0)
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += slope * node.grad
                if parent not in seen:
                    seen.add(parent)
                    queue.append(parent)


@mistake(
    "Value",
    says="Your backward() reaches only the inputs of the last gate; each of them has to send its gradient on in turn.",
)
class ValueOneStepBack:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self):
        self.grad = 1.0
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad += slope * self.grad


@mistake(
    "Value",
    says="You never start: the output's own gradient stays 0 instead of 1, and 0 is all that flows back.",
)
class ValueWithoutStart:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self):
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad += slope * self.grad
            parent.backward()


@mistake(
    "Value",
    says="You keep slopes in a dictionary by node, so one that is used twice by a gate, as in a·a, counts once.",
)
class ValueParentsInADictionary:
    def __init__(self, data, slopes=None):
        self.data, self.grad, self.slopes = float(data), 0.0, slopes or {}

    def __add__(self, other):
        return type(self)(self.data + other.data, {self: 1.0, other: 1.0})

    def __mul__(self, other):
        return type(self)(self.data * other.data, {self: other.data, other: self.data})

    def max(self, other):
        first = self.data > other.data
        return type(self)(max(self.data, other.data), {self: float(first), other: float(not first)})

    def exp(self):
        return type(self)(np.exp(self.data), {self: np.exp(self.data)})

    def reciprocal(self):
        return type(self)(1 / self.data, {self: -1 / self.data**2})

    def backward(self, arriving=1.0):
        self.grad += arriving
        for parent, slope in self.slopes.items():
            parent.backward(slope * arriving)


@mistake(
    "Value",
    says="Multiplication switches: the gradient of a by ab is b, and that of b is a; you have each get its own data.",
)
class ValueMultipliesWithoutSwitching:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (self.data, other.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self, arriving=1.0):
        self.grad += arriving
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.backward(slope * arriving)


@mistake("Value", says="Your max sends the gradient to both inputs; only the larger one gets it.")
class ValueMaxToBoth:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        return type(self)(max(self.data, other.data), (self, other), (1.0, 1.0))

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self, arriving=1.0):
        self.grad += arriving
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.backward(slope * arriving)


@mistake("Value", says="The slope of 1/x is −1/x²; yours lacks the minus sign.")
class ValueReciprocalRises:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (1 / self.data**2,))

    def backward(self, arriving=1.0):
        self.grad += arriving
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.backward(slope * arriving)


@mistake("Value", says="The slope of e^x is e^x, the gate's result; you multiply by its input x.")
class ValueExpTimesInput:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (self.data,))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self, arriving=1.0):
        self.grad += arriving
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.backward(slope * arriving)


# numeric_gradient ------------------------------------------------------------------------------------------


@mistake(
    "numeric_gradient",
    says="You measure on one side only, (f(x + h) − f(x))/h; the central difference moves x both ways.",
)
def numeric_gradient_forward_difference(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up = x.astype(float)
        up[i] += h
        gradient[i] = (f(up) - f(x.astype(float))) / h
    return gradient


@mistake("numeric_gradient", says="You divide by h; between x − h and x + h lies a distance of 2h.")
def numeric_gradient_divided_by_h(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / h
    return gradient


@mistake("numeric_gradient", says="You multiply by h: (a − b) / 2 * h means ((a − b)/2)·h; write (2 * h).")
def numeric_gradient_without_brackets(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / 2 * h
    return gradient


@mistake("numeric_gradient", says="You use a step of your own (1e-5) instead of the h you are given.")
def numeric_gradient_with_its_own_step(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[i] += 1e-5
        down[i] -= 1e-5
        gradient[i] = (f(up) - f(down)) / 2e-5
    return gradient


@mistake("numeric_gradient", says="You move x by h/2 each way; the formula moves it by h each way.")
def numeric_gradient_with_half_the_step(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[i] += h / 2
        down[i] -= h / 2
        gradient[i] = (f(up) - f(down)) / h
    return gradient


@mistake(
    "numeric_gradient", says="You move all entries at once; each slope belongs to one entry moved alone."
)
def numeric_gradient_of_all_at_once(f, x, h):
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))


@mistake("numeric_gradient", says="You never put an entry back after moving it, so the moves pile up.")
def numeric_gradient_moves_pile_up(f, x, h):
    x, gradient = x.astype(float), np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        high = f(x)
        x[i] -= 2 * h
        gradient[i] = (high - f(x)) / (2 * h)
    return gradient


@mistake("numeric_gradient", says="You walk along the first axis only, and move whole rows at a time.")
def numeric_gradient_of_rows(f, x, h):
    gradient = np.zeros(x.shape)
    for i in range(len(x)):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


@mistake(
    "numeric_gradient", says="You scale the step by the entry's size; the formula uses the same h everywhere."
)
def numeric_gradient_with_relative_steps(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = h * max(1.0, abs(x[i]))
        up, down = x.astype(float), x.astype(float)
        up[i] += step
        down[i] -= step
        gradient[i] = (f(up) - f(down)) / (2 * step)
    return gradient


@mistake(
    "numeric_gradient", says="You add h to a copy that is an integer array, which cuts the fraction off."
)
def numeric_gradient_in_integers(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] = x[i] + h
        down[i] = x[i] - h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


@mistake(
    "numeric_gradient",
    says="Adding h, taking away 2h and adding h again does not give back x to the last bit, and x is the caller's; "
    "move a copy, or keep the old number and put it back.",
)
def numeric_gradient_not_put_back_exactly(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        high = f(x)
        x[i] -= 2 * h
        gradient[i] = (high - f(x)) / (2 * h)
        x[i] += h
    return gradient


@mistake("numeric_gradient", says="Your x − h and x + h are exchanged, so every slope has the wrong sign.")
def numeric_gradient_exchanged(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        gradient[i] = (f(down) - f(up)) / (2 * h)
    return gradient


# affine layer ----------------------------------------------------------------------------------------------


@mistake("affine_forward", says="You never add the biases: Z = XW + b.")
def affine_forward_without_bias(X, W, b):
    return X @ W


@mistake("affine_forward", says="You use W transposed; W is (D, H), and X @ W is (N, H).")
def affine_forward_transposed(X, W, b):
    return X @ W.T + b


@mistake("affine_forward", says="You multiply entry by entry; Z = XW is a product of matrices (@).")
def affine_forward_entry_by_entry(X, W, b):
    return X * W + b


@mistake("affine_forward", says="You add the sum of the biases everywhere; column k gets b[k].")
def affine_forward_bias_summed(X, W, b):
    return X @ W + b.sum()


@mistake("affine_forward", says="You apply ReLU in the affine layer; here Z may have any sign.")
def affine_forward_through_relu(X, W, b):
    return np.maximum(0, X @ W + b)


@mistake(
    "affine_forward", says="You give b another shape in place, which changes the caller's b; use b[None, :]."
)
def affine_forward_reshapes_the_bias(X, W, b):
    b.shape = (1, -1)
    return X @ W + b


@mistake("affine_backward", says="You divide dW and db by N; a mean's 1/N is in dZ already.")
def affine_backward_divided_by_n(dZ, X, W):
    return dZ @ W.T, X.T @ dZ / len(X), dZ.mean(axis=0)


@mistake(
    "affine_backward", says="You divide db by N; every example's share is added, and a mean's 1/N is in dZ."
)
def affine_backward_bias_averaged(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.mean(axis=0)


@mistake("affine_backward", says="Your db has the shape (1, H); b is (H,), and so is its gradient.")
def affine_backward_bias_as_a_row(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0, keepdims=True)


@mistake(
    "affine_backward",
    says="Your db sums over the outputs; sum over the examples (axis 0), one entry an output.",
)
def affine_backward_bias_over_outputs(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=1)


@mistake("affine_backward", says="Your db is one number; each output has a bias and a gradient of its own.")
def affine_backward_bias_as_a_number(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.sum()


@mistake("affine_backward", says="You return dZ itself as db; add it up over the examples.")
def affine_backward_bias_not_summed(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.copy()


@mistake("affine_backward", says="Your dW is transposed: it has the shape of W, (D, H), and is Xᵀ dZ.")
def affine_backward_weights_transposed(dZ, X, W):
    return dZ @ W.T, dZ.T @ X, dZ.sum(axis=0)


@mistake("affine_backward", says="You multiply dZ by W instead of Wᵀ for dX, which fits only where D = H.")
def affine_backward_by_w(dZ, X, W):
    return dZ @ W, X.T @ dZ, dZ.sum(axis=0)


@mistake("affine_backward", says="You leave dZ out: these are the layer's own slopes, not yet the loss's.")
def affine_backward_without_upstream(dZ, X, W):
    ones = np.ones(dZ.shape)
    return ones @ W.T, X.T @ ones, ones.sum(axis=0)


@mistake("affine_backward", says="You return (dW, dX, db); the order asked for is (dX, dW, db).")
def affine_backward_in_another_order(dZ, X, W):
    return X.T @ dZ, dZ @ W.T, dZ.sum(axis=0)


@mistake(
    "affine_backward",
    says="Your dX leaves the weights out: every entry of dZ comes back times its weight, dX = dZ Wᵀ.",
)
def affine_backward_without_weights(dZ, X, W):
    return dZ.sum(axis=1, keepdims=True) * np.ones(X.shape), X.T @ dZ, dZ.sum(axis=0)


# ReLU layer ------------------------------------------------------------------------------------------------


@mistake("relu_forward", says="You zero the negative entries of the caller's own Z; work on a copy.")
def relu_forward_in_place(Z):
    Z *= Z > 0
    return Z * 1.0


@mistake("relu_forward", says="Your layer does nothing: negative entries have to become 0.")
def relu_forward_does_nothing(Z):
    return Z.copy()


@mistake("relu_forward", says="You return the mask, 1 where Z is positive; the layer returns Z there.")
def relu_forward_is_the_mask(Z):
    return np.where(Z > 0, 1.0, 0.0)


@mistake("relu_forward", says="You leave a slope of 0.1 below 0; this layer is the plain ReLU.")
def relu_forward_leaky(Z):
    return np.maximum(0.1 * Z, Z)


@mistake("relu_backward", says="`dZ = dA` makes no copy: you zero entries of the caller's dA.")
def relu_backward_in_place(dA, Z):
    dZ = dA
    dZ[Z <= 0] = 0
    return dZ * 1.0


@mistake(
    "relu_backward", says="You stop the gradient where the gradient is negative; it is Z's sign that decides."
)
def relu_backward_by_the_gradients_sign(dA, Z):
    return np.maximum(0, dA)


@mistake(
    "relu_backward", says="You stop the gradient unless both it and Z are positive; Z's sign alone decides."
)
def relu_backward_by_both_signs(dA, Z):
    return np.maximum(0, dA) * (Z > 0)


@mistake(
    "relu_backward", says="You let everything through; the gradient is stopped where Z was not positive."
)
def relu_backward_passes_everything(dA, Z):
    return dA.copy()


@mistake("relu_backward", says="You return the slopes 0 and 1 alone; multiply them by dA.")
def relu_backward_without_upstream(dA, Z):
    return np.where(Z > 0, 1.0, 0.0)


@mistake(
    "relu_backward", says="You multiply by max(0, Z), the layer's value; its slope is 1 where Z is positive."
)
def relu_backward_times_the_value(dA, Z):
    return dA * np.maximum(0, Z)


@mistake("relu_backward", says="You pass the gradient where Z is negative; it passes where Z was positive.")
def relu_backward_exchanged(dA, Z):
    return np.where(Z > 0, 0.0, dA)


@mistake(
    "relu_backward", says="You fill an array made like Z, which cuts decimals off when Z holds integers."
)
def relu_backward_in_an_array_like_z(dA, Z):
    dZ = np.zeros_like(Z)
    dZ[Z > 0] = dA[Z > 0]
    return dZ


# mlp_loss --------------------------------------------------------------------------------------------------


@mistake(
    "mlp_loss", says="Your forward pass skips ReLU, so the two layers are one linear map; A1 = max(0, Z1)."
)
def mlp_loss_linear_forward(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = Z1
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake("mlp_loss", says="You skip ReLU on the way back: dZ1 is dA1 only where Z1 was positive.")
def mlp_loss_relu_skipped_on_the_way_back(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = dA1
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake(
    "mlp_loss",
    says="Your ReLU stops negative gradients on the way back; the sign of Z1 decides, not that of dA1.",
)
def mlp_loss_relu_by_the_gradients_sign(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = np.maximum(0, dA1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake("mlp_loss", says="You apply ReLU to the logits too; the last layer has no activation.")
def mlp_loss_relu_on_the_logits(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = relu_forward(affine_forward(A1, W2, b2))
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(relu_backward(dZ2, Z2), A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake(
    "mlp_loss",
    says="You take the class with the largest logit for certain; softmax leaves all others some probability.",
)
def mlp_loss_of_the_largest_logit(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    loss = (Z2.max(axis=1) - Z2[np.arange(N), y]).mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.eye(len(b2))[Z2.argmax(axis=1)] - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake(
    "mlp_loss",
    says="Your loss has λΣW² without the ½, while the gradient has λW; the two belong to different losses.",
)
def mlp_loss_doubled_penalty(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake("mlp_loss", says="Your gradient has 2λW; the derivative of ½λΣW² is λW.")
def mlp_loss_doubled_penalty_gradient(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + 2 * l2 * W1, "b1": db1, "W2": dW2 + 2 * l2 * W2, "b2": db2}


@mistake(
    "mlp_loss", says="You leave the ½ out of the penalty, in loss and gradients alike; here it is ½λΣW²."
)
def mlp_loss_both_penalties_doubled(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + 2 * l2 * W1, "b1": db1, "W2": dW2 + 2 * l2 * W2, "b2": db2}


@mistake("mlp_loss", says="The penalty is in your loss but not in your gradients: add λW1 and λW2.")
def mlp_loss_penalty_missing_from_gradients(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


@mistake("mlp_loss", says="The penalty is in your gradients but not in your loss: add ½λ(ΣW1² + ΣW2²).")
def mlp_loss_penalty_missing_from_loss(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean()
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake("mlp_loss", says="You penalise W2 alone; the weights of both layers are penalised.")
def mlp_loss_penalty_on_w2_only(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * (W2**2).sum()
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake("mlp_loss", says="You penalise the biases too; only the weights W1 and W2 are penalised.")
def mlp_loss_biases_penalised(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * sum((value**2).sum() for value in params.values())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1 + l2 * b1, "W2": dW2 + l2 * W2, "b2": db2 + l2 * b2}


@mistake("mlp_loss", says="You divide the penalty by N with the rest; it stands outside the mean.")
def mlp_loss_penalty_divided_by_n(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 / N * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 / N * W1, "b1": db1, "W2": dW2 + l2 / N * W2, "b2": db2}


@mistake("mlp_loss", says="Your loss and gradients are sums over the examples; here they are means.")
def mlp_loss_summed(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].sum() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = np.exp(log_p) - np.eye(len(b2))[y]
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake("mlp_loss", says="Your loss is a mean but its gradients are those of the sum: divide dZ2 by N.")
def mlp_loss_gradients_summed(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = np.exp(log_p) - np.eye(len(b2))[y]
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake("mlp_loss", says="You never subtract the label: dZ2 is (p − one-hot label)/N.")
def mlp_loss_label_not_subtracted(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = np.exp(log_p) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake(
    "mlp_loss",
    says="You take the classes from those that appear in y, so a class without examples shifts the rest.",
)
def mlp_loss_classes_from_unique(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    _, y = np.unique(y, return_inverse=True)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake("mlp_loss", says="You never add b1, so the hidden layer cannot shift its corners.")
def mlp_loss_hidden_bias_unused(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, 0 * b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake(
    "mlp_loss", says="You use Z1 where A1 belongs in dW2: the second layer's input is what ReLU let through."
)
def mlp_loss_weights_of_output_from_input(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, Z1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake(
    "mlp_loss",
    says="You add λW2 to W2 before it carries the gradient back; dA1 is dZ2 times the W2 of the forward pass.",
)
def mlp_loss_backward_through_penalised_weights(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2 + l2 * W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake(
    "mlp_loss",
    says="You exponentiate the logits as they are, which overflows; subtract each row's largest logit first.",
)
def mlp_loss_without_shift(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    log_p = Z2 - np.log(np.exp(Z2).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake(
    "mlp_loss",
    says="You take the logarithm of a probability that may be 0, so the loss is inf; compute log p from the logits.",
)
def mlp_loss_log_of_zero(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.log(np.exp(log_p))[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake(
    "mlp_loss",
    says="You add a small number inside the logarithm, which biases the loss; compute log p from the logits.",
)
def mlp_loss_epsilon_in_the_logarithm(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.log(np.exp(log_p) + 1e-8)[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1, "W2": dW2 + l2 * W2, "b2": db2}


@mistake("mlp_loss", says="Your bias gradients have the shape (1, H); they have the shape of the biases.")
def mlp_loss_bias_gradients_as_rows(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"W1": dW1 + l2 * W1, "b1": db1[None, :], "W2": dW2 + l2 * W2, "b2": db2[None, :]}


@mistake("mlp_loss", says="Your gradients are called dW1, db1 and so on; use the keys of params.")
def mlp_loss_keys_with_a_d(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    return loss, {"dW1": dW1 + l2 * W1, "db1": db1, "dW2": dW2 + l2 * W2, "db2": db2}


@mistake(
    "mlp_loss",
    says="You store the gradients in params itself, which is the caller's; return them in a new dictionary.",
)
def mlp_loss_overwrites_params(params, X, y, l2):
    W1, b1, W2, b2, N = params["W1"], params["b1"], params["W2"], params["b2"], len(y)
    Z1 = affine_forward(X, W1, b1)
    A1 = relu_forward(Z1)
    Z2 = affine_forward(A1, W2, b2)
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    dZ2 = (np.exp(log_p) - np.eye(len(b2))[y]) / N
    dA1, dW2, db2 = affine_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = affine_backward(dZ1, X, W1)
    params["W1"], params["b1"] = dW1 + l2 * W1, db1
    params["W2"], params["b2"] = dW2 + l2 * W2, db2
    return loss, params
