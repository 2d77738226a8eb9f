"""Wrong versions of problem set 5's functions, each with the sentence its author should read.

They are the suite's mutation test (each must fail its question) and the grader's explanations (one that gives
a student's very results names what the student did). Each is written as a student would: numpy, the problem
set's own functions, and never the function it stands for. Collected from public homework and from what the
handout's conventions invite; a class will find others.
"""

import numpy as np

from grader import mistake
from reference.complexity import data_loss
from reference.regularization import l2_gradient, l2_penalty

# l2_penalty ------------------------------------------------------------------------------------------------


@mistake("l2_penalty", says="You leave out the factor ½: the penalty is ½λ Σ W², so that its gradient is λW.")
def penalty_without_half(params, l2):
    return l2 * sum((params[name] ** 2).sum() for name in params if name.startswith("W"))


@mistake("l2_penalty", says="You penalise the biases too; only names that begin with W are penalised.")
def penalty_of_biases_too(params, l2):
    return 0.5 * l2 * sum((value**2).sum() for value in params.values())


@mistake("l2_penalty", says="You sum |W|, which is the L1 penalty; L2 sums the squares, W².")
def penalty_of_absolute_values(params, l2):
    return 0.5 * l2 * sum(np.abs(params[name]).sum() for name in params if name.startswith("W"))


@mistake(
    "l2_penalty",
    says="You take the root of the sum of squares (np.linalg.norm); the penalty is the sum itself.",
)
def penalty_of_norms(params, l2):
    return 0.5 * l2 * sum(np.linalg.norm(params[name]) for name in params if name.startswith("W"))


@mistake(
    "l2_penalty", says="You average the squared weights; the penalty is their sum, whatever their number."
)
def penalty_averaged(params, l2):
    return 0.5 * l2 * sum((params[name] ** 2).mean() for name in params if name.startswith("W"))


@mistake("l2_penalty", says="You penalise W1 alone; every layer's weights belong to the sum.")
def penalty_of_first_layer(params, l2):
    return 0.5 * l2 * (params["W1"] ** 2).sum()


@mistake(
    "l2_penalty",
    says="You penalise W1 and W2 and no others; there may be any number of layers, so go through the keys.",
)
def penalty_of_two_layers(params, l2):
    return 0.5 * l2 * sum((params[name] ** 2).sum() for name in ("W1", "W2") if name in params)


@mistake("l2_penalty", says="You never multiply by λ (l2).")
def penalty_without_strength(params, l2):
    return 0.5 * sum((params[name] ** 2).sum() for name in params if name.startswith("W"))


@mistake("l2_penalty", says="You square λ with the weights; it is ½λ Σ W², with λ itself.")
def penalty_with_squared_strength(params, l2):
    return 0.5 * sum(((l2 * params[name]) ** 2).sum() for name in params if name.startswith("W"))


@mistake("l2_penalty", says="You square the sum of the weights; the penalty is the sum of their squares.")
def penalty_of_squared_sum(params, l2):
    return 0.5 * l2 * sum(params[name].sum() ** 2 for name in params if name.startswith("W"))


@mistake(
    "l2_penalty",
    says="You return one number for each layer; the penalty is a single number, the sum over all layers.",
)
def penalty_layer_by_layer(params, l2):
    return {name: 0.5 * l2 * (params[name] ** 2).sum() for name in params if name.startswith("W")}


# l2_gradient -----------------------------------------------------------------------------------------------


@mistake("l2_gradient", says="Your gradient is 2λW; with the ½ of the penalty it is λW.")
def slope_doubled(params, l2):
    return {name: (2 * l2 if name.startswith("W") else 0.0) * value for name, value in params.items()}


@mistake("l2_gradient", says="Your gradient is ½λW; the ½ cancels the 2 of the square, which leaves λW.")
def slope_halved(params, l2):
    return {name: (0.5 * l2 if name.startswith("W") else 0.0) * value for name, value in params.items()}


@mistake("l2_gradient", says="You give the biases a gradient too; they are not penalised, so theirs is 0.")
def slope_of_biases_too(params, l2):
    return {name: l2 * value for name, value in params.items()}


@mistake(
    "l2_gradient",
    says="You return the weights' gradients alone; the dictionary has all keys of params, with zeros for biases.",
)
def slope_without_biases(params, l2):
    return {name: l2 * value for name, value in params.items() if name.startswith("W")}


@mistake(
    "l2_gradient",
    says="You return 0 for every bias as a number; it is an array of zeros of the bias's shape.",
)
def slope_of_biases_a_number(params, l2):
    return {name: l2 * value if name.startswith("W") else 0.0 for name, value in params.items()}


@mistake("l2_gradient", says="Your gradient is λ·sign(W), which belongs to the L1 penalty; that of L2 is λW.")
def slope_of_absolute_values(params, l2):
    return {name: (l2 if name.startswith("W") else 0.0) * np.sign(value) for name, value in params.items()}


@mistake("l2_gradient", says="You never multiply by λ (l2).")
def slope_without_strength(params, l2):
    return {name: (1.0 if name.startswith("W") else 0.0) * value for name, value in params.items()}


@mistake("l2_gradient", says="Your gradient has the wrong sign; return +λW, which descent then subtracts.")
def slope_negative(params, l2):
    return {name: (-l2 if name.startswith("W") else 0.0) * value for name, value in params.items()}


@mistake(
    "l2_gradient", says="You divide λW by the number of weights; the penalty is a sum, so its gradient is λW."
)
def slope_averaged(params, l2):
    return {
        name: (l2 / value.size if name.startswith("W") else 0.0) * value for name, value in params.items()
    }


@mistake(
    "l2_gradient",
    says="You treat W1 and W2 and no others; there may be any number of layers, so go through the keys.",
)
def slope_of_two_layers(params, l2):
    return {name: (l2 if name in ("W1", "W2") else 0.0) * value for name, value in params.items()}


@mistake("l2_gradient", says="You change the arrays of params in place (*=); make new ones.")
def slope_in_place(params, l2):
    gradient = {}
    for name, value in params.items():
        if value.dtype.kind == "f":
            value *= l2 if name.startswith("W") else 0.0
            gradient[name] = value
        else:
            gradient[name] = value * (l2 if name.startswith("W") else 0.0)
    return gradient


# data_loss -------------------------------------------------------------------------------------------------


@mistake(
    "data_loss", says="Your hidden units are still ReLU; this network's are tanh, with derivative 1 − A1²."
)
def loss_with_relu(params, X, y):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ params["W2"] + params["b2"]
    rows, shifted = np.arange(len(y)), Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -logs[rows, y].mean()
    dZ2 = np.exp(logs)
    dZ2[rows, y] -= 1
    dZ2 /= len(y)
    dZ1 = (dZ2 @ params["W2"].T) * (Z1 > 0)
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return loss, gradients


@mistake("data_loss", says="You leave the tanh out going forward; A1 = tanh(Z1).")
def loss_with_linear_units(params, X, y):
    A1 = X @ params["W1"] + params["b1"]
    Z2 = A1 @ params["W2"] + params["b2"]
    rows, shifted = np.arange(len(y)), Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -logs[rows, y].mean()
    dZ2 = np.exp(logs)
    dZ2[rows, y] -= 1
    dZ2 /= len(y)
    dZ1 = dZ2 @ params["W2"].T
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return loss, gradients


@mistake("data_loss", says="Going back you skip the tanh; multiply by its derivative, 1 − A1².")
def loss_skipping_tanh_backward(params, X, y):
    A1 = np.tanh(X @ params["W1"] + params["b1"])
    Z2 = A1 @ params["W2"] + params["b2"]
    rows, shifted = np.arange(len(y)), Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -logs[rows, y].mean()
    dZ2 = np.exp(logs)
    dZ2[rows, y] -= 1
    dZ2 /= len(y)
    dZ1 = dZ2 @ params["W2"].T
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return loss, gradients


@mistake("data_loss", says="Going back you still use ReLU's switch; tanh multiplies by 1 − A1².")
def loss_with_relu_backward(params, X, y):
    A1 = np.tanh(X @ params["W1"] + params["b1"])
    Z2 = A1 @ params["W2"] + params["b2"]
    rows, shifted = np.arange(len(y)), Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -logs[rows, y].mean()
    dZ2 = np.exp(logs)
    dZ2[rows, y] -= 1
    dZ2 /= len(y)
    dZ1 = (dZ2 @ params["W2"].T) * (A1 > 0)
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return loss, gradients


@mistake(
    "data_loss",
    says="You take tanh a second time in its derivative: it is 1 − A1², since A1 is the tanh already.",
)
def loss_with_tanh_of_tanh(params, X, y):
    A1 = np.tanh(X @ params["W1"] + params["b1"])
    Z2 = A1 @ params["W2"] + params["b2"]
    rows, shifted = np.arange(len(y)), Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -logs[rows, y].mean()
    dZ2 = np.exp(logs)
    dZ2[rows, y] -= 1
    dZ2 /= len(y)
    dZ1 = (dZ2 @ params["W2"].T) * (1 - np.tanh(A1) ** 2)
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return loss, gradients


@mistake("data_loss", says="A1(1 − A1) is the sigmoid's derivative; tanh's is 1 − A1².")
def loss_with_sigmoids_derivative(params, X, y):
    A1 = np.tanh(X @ params["W1"] + params["b1"])
    Z2 = A1 @ params["W2"] + params["b2"]
    rows, shifted = np.arange(len(y)), Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -logs[rows, y].mean()
    dZ2 = np.exp(logs)
    dZ2[rows, y] -= 1
    dZ2 /= len(y)
    dZ1 = (dZ2 @ params["W2"].T) * (A1 * (1 - A1))
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return loss, gradients


@mistake("data_loss", says="Your loss and gradients are sums over the examples; the handout asks for means.")
def loss_summed(params, X, y):
    A1 = np.tanh(X @ params["W1"] + params["b1"])
    Z2 = A1 @ params["W2"] + params["b2"]
    rows, shifted = np.arange(len(y)), Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -logs[rows, y].mean()
    dZ2 = np.exp(logs)
    dZ2[rows, y] -= 1
    dZ1 = (dZ2 @ params["W2"].T) * (1 - A1**2)
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return len(y) * loss, gradients


@mistake("data_loss", says="Your gradients lack the 1/N that your loss has.")
def loss_with_summed_gradients(params, X, y):
    A1 = np.tanh(X @ params["W1"] + params["b1"])
    Z2 = A1 @ params["W2"] + params["b2"]
    rows, shifted = np.arange(len(y)), Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -logs[rows, y].mean()
    dZ2 = np.exp(logs)
    dZ2[rows, y] -= 1
    dZ1 = (dZ2 @ params["W2"].T) * (1 - A1**2)
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return loss, gradients


@mistake("data_loss", says="Your bias gradients are means over the examples; dZ holds the 1/N, so sum it.")
def loss_with_mean_bias_gradients(params, X, y):
    A1 = np.tanh(X @ params["W1"] + params["b1"])
    Z2 = A1 @ params["W2"] + params["b2"]
    rows, shifted = np.arange(len(y)), Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -logs[rows, y].mean()
    dZ2 = np.exp(logs)
    dZ2[rows, y] -= 1
    dZ2 /= len(y)
    dZ1 = (dZ2 @ params["W2"].T) * (1 - A1**2)
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return loss, {**gradients, "b1": gradients["b1"] / len(y), "b2": gradients["b2"] / len(y)}


@mistake(
    "data_loss",
    says="You exponentiate logits as they are, which overflows; shift each row by its maximum first.",
)
def loss_without_shift(params, X, y):
    A1 = np.tanh(X @ params["W1"] + params["b1"])
    Z2 = A1 @ params["W2"] + params["b2"]
    p = np.exp(Z2) / np.exp(Z2).sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    dZ2 = p.copy()
    dZ2[rows, y] -= 1
    dZ2 = dZ2 / len(y)
    dZ1 = (dZ2 @ params["W2"].T) * (1 - A1**2)
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return -np.log(p[rows, y]).mean(), gradients


@mistake(
    "data_loss",
    says="You take the logarithm of a probability that may have become 0; take log-sum-exp from the shifted logits.",
)
def loss_of_underflowed_probability(params, X, y):
    A1 = np.tanh(X @ params["W1"] + params["b1"])
    Z2 = A1 @ params["W2"] + params["b2"]
    p = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    dZ2 = p.copy()
    dZ2[rows, y] -= 1
    dZ2 = dZ2 / len(y)
    dZ1 = (dZ2 @ params["W2"].T) * (1 - A1**2)
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return -np.log(p[rows, y]).mean(), gradients


@mistake(
    "data_loss",
    says="You add a small number inside the logarithm, which changes every loss; use log-sum-exp.",
)
def loss_with_small_number(params, X, y):
    A1 = np.tanh(X @ params["W1"] + params["b1"])
    Z2 = A1 @ params["W2"] + params["b2"]
    rows, shifted = np.arange(len(y)), Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dZ2 = np.exp(logs)
    dZ2[rows, y] -= 1
    dZ2 /= len(y)
    p = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(y)), y] + 1e-5).mean()
    dZ1 = (dZ2 @ params["W2"].T) * (1 - A1**2)
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return loss, gradients


@mistake("data_loss", says="You never add the biases b1 and b2.")
def loss_without_biases(params, X, y):
    A1 = np.tanh(X @ params["W1"])
    Z2 = A1 @ params["W2"]
    rows, shifted = np.arange(len(y)), Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -logs[rows, y].mean()
    dZ2 = np.exp(logs)
    dZ2[rows, y] -= 1
    dZ2 /= len(y)
    dZ1 = (dZ2 @ params["W2"].T) * (1 - A1**2)
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return loss, gradients


@mistake(
    "data_loss",
    says="Your bias gradients have shape (1, H) and (1, C); they have the biases' own, (H,) and (C,).",
)
def loss_with_row_bias_gradients(params, X, y):
    A1 = np.tanh(X @ params["W1"] + params["b1"])
    Z2 = A1 @ params["W2"] + params["b2"]
    rows, shifted = np.arange(len(y)), Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -logs[rows, y].mean()
    dZ2 = np.exp(logs)
    dZ2[rows, y] -= 1
    dZ2 /= len(y)
    dZ1 = (dZ2 @ params["W2"].T) * (1 - A1**2)
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return loss, {**gradients, "b1": gradients["b1"][None], "b2": gradients["b2"][None]}


@mistake("data_loss", says="You return the loss alone; return the pair (loss, gradients).")
def loss_without_gradients(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -logs[np.arange(len(y)), y].mean()


@mistake(
    "data_loss",
    says="You return a gradient by X too, as in problem set 2; the dictionary has the keys of params and no others.",
)
def loss_with_gradient_of_the_examples(params, X, y):
    A1 = np.tanh(X @ params["W1"] + params["b1"])
    Z2 = A1 @ params["W2"] + params["b2"]
    rows, shifted = np.arange(len(y)), Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -logs[rows, y].mean()
    dZ2 = np.exp(logs)
    dZ2[rows, y] -= 1
    dZ2 /= len(y)
    dZ1 = (dZ2 @ params["W2"].T) * (1 - A1**2)
    gradients = {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
    return loss, {**gradients, "X": dZ1 @ params["W1"].T}


# initialize_mlp --------------------------------------------------------------------------------------------


@mistake("initialize_mlp", says="Your variance is 2/n, He's for ReLU; this network's is 1/n.")
def start_by_he(features, hidden, classes, rng):
    first = rng.normal(size=(features, hidden)) * np.sqrt(2 / features)
    second = rng.normal(size=(hidden, classes)) * np.sqrt(2 / hidden)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp", says="Your variance is 2/(inputs + outputs), Glorot's; ours is 1/n, n the inputs alone."
)
def start_by_glorot(features, hidden, classes, rng):
    first = rng.normal(size=(features, hidden)) * np.sqrt(2 / (features + hidden))
    second = rng.normal(size=(hidden, classes)) * np.sqrt(2 / (hidden + classes))
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp",
    says="You divide by n instead of its root: 1/n is the variance, so the standard deviation is 1/√n.",
)
def start_divided_by_inputs(features, hidden, classes, rng):
    first = rng.normal(size=(features, hidden)) / features
    second = rng.normal(size=(hidden, classes)) / hidden
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake("initialize_mlp", says="You scale by the number of outputs; n is the number of inputs of the layer.")
def start_by_outputs(features, hidden, classes, rng):
    first = rng.normal(size=(features, hidden)) / np.sqrt(hidden)
    second = rng.normal(size=(hidden, classes)) / np.sqrt(classes)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp", says="Your weights have variance 1 whatever the width; it must be 1/n, n the inputs."
)
def start_unscaled(features, hidden, classes, rng):
    first = rng.normal(size=(features, hidden))
    second = rng.normal(size=(hidden, classes))
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp",
    says="Your weights have the standard deviation 0.01 whatever the width; it must be 1/√n.",
)
def start_small(features, hidden, classes, rng):
    first = 0.01 * rng.normal(size=(features, hidden))
    second = 0.01 * rng.normal(size=(hidden, classes))
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp",
    says="You scale both layers by the number of features; W2's inputs are the hidden units.",
)
def start_scaled_by_features(features, hidden, classes, rng):
    first = rng.normal(size=(features, hidden)) / np.sqrt(features)
    second = rng.normal(size=(hidden, classes)) / np.sqrt(features)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp",
    says="Your weights are uniform (rng.random or rng.uniform); draw them from a normal distribution.",
)
def start_uniform(features, hidden, classes, rng):
    first = rng.uniform(-1, 1, size=(features, hidden)) * np.sqrt(3 / features)
    second = rng.uniform(-1, 1, size=(hidden, classes)) * np.sqrt(3 / hidden)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp",
    says="Your weights lie between 0 and 1 (rng.random); draw them from a normal distribution.",
)
def start_positive(features, hidden, classes, rng):
    first = rng.random(size=(features, hidden)) / np.sqrt(features)
    second = rng.random(size=(hidden, classes)) / np.sqrt(hidden)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake(
    "initialize_mlp", says="All weights start at 0, so all hidden units stay the same; draw them at random."
)
def start_at_zero(features, hidden, classes, rng):
    first, second = np.zeros((features, hidden)), np.zeros((hidden, classes))
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake("initialize_mlp", says="Your biases start at random; they start at 0.")
def start_with_random_biases(features, hidden, classes, rng):
    return {
        "W1": rng.normal(size=(features, hidden)) / np.sqrt(features),
        "b1": rng.normal(size=hidden) / np.sqrt(features),
        "W2": rng.normal(size=(hidden, classes)) / np.sqrt(hidden),
        "b2": rng.normal(size=classes) / np.sqrt(hidden),
    }


@mistake("initialize_mlp", says="You make a generator of your own, so every start is the same; use rng.")
def start_from_own_generator(features, hidden, classes, rng):
    rng = np.random.default_rng(0)
    first = rng.normal(size=(features, hidden)) / np.sqrt(features)
    second = rng.normal(size=(hidden, classes)) / np.sqrt(hidden)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake("initialize_mlp", says="All hidden units get the same weights; draw every weight by itself.")
def start_with_equal_units(features, hidden, classes, rng):
    first = np.tile(rng.normal(size=(features, 1)) / np.sqrt(features), (1, hidden))
    second = rng.normal(size=(hidden, classes)) / np.sqrt(hidden)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake("initialize_mlp", says="Your weights have shapes (H, D) and (C, H); they are (D, H) and (H, C).")
def start_transposed(features, hidden, classes, rng):
    first = rng.normal(size=(hidden, features)) / np.sqrt(features)
    second = rng.normal(size=(classes, hidden)) / np.sqrt(hidden)
    return {"W1": first, "b1": np.zeros(hidden), "W2": second, "b2": np.zeros(classes)}


@mistake("initialize_mlp", says="Your biases have shape (1, H) and (1, C); they are (H,) and (C,).")
def start_with_row_biases(features, hidden, classes, rng):
    return {
        "W1": rng.normal(size=(features, hidden)) / np.sqrt(features),
        "b1": np.zeros((1, hidden)),
        "W2": rng.normal(size=(hidden, classes)) / np.sqrt(hidden),
        "b2": np.zeros((1, classes)),
    }


# train_mlp -------------------------------------------------------------------------------------------------


@mistake("train_mlp", says="You train without the penalty; add its gradient, λW, at every step.")
def trained_without_penalty(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            params = {name: params[name] - learning_rate * of_data[name] for name in params}
    return params


@mistake("train_mlp", says="You let the penalty pull at the biases too; it concerns the weights alone.")
def trained_with_penalised_biases(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            params = {
                name: params[name] - learning_rate * (of_data[name] + l2 * params[name]) for name in params
            }
    return params


@mistake("train_mlp", says="The penalty pulls twice as hard as it should: its gradient is λW, not 2λW.")
def trained_with_doubled_penalty(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, 2 * l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="You divide the penalty by the minibatch's size; the whole penalty is added at every step.",
)
def trained_with_penalty_per_example(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2 / len(batch))
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="You share the penalty out over the epoch's minibatches; the whole penalty is added at every step.",
)
def trained_with_shared_penalty(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        batches = [order[start : start + batch_size] for start in range(0, len(X), batch_size)]
        for batch in batches:
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2 / len(batches))
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You apply the penalty once an epoch; it belongs to every step.")
def trained_with_penalty_once_an_epoch(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            params = {name: params[name] - learning_rate * of_data[name] for name in params}
        of_weights = l2_gradient(params, l2)
        params = {name: params[name] - learning_rate * of_weights[name] for name in params}
    return params


@mistake(
    "train_mlp",
    says="You shrink the weights by λ without the learning rate; the step is ε times the whole gradient.",
)
def trained_with_decay_without_rate(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * of_data[name] - of_weights[name] for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="Your penalty pushes weights away from 0: its gradient is subtracted with that of the data.",
)
def trained_with_penalty_reversed(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, -l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="You add the penalty itself, a number, to the gradients; what belongs there is its gradient, λW.",
)
def trained_with_penalty_for_gradient(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            penalty = l2_penalty(params, l2)
            params = {name: params[name] - learning_rate * (of_data[name] + penalty) for name in params}
    return params


@mistake("train_mlp", says="You penalise W1 alone; the penalty pulls at W2 as well.")
def trained_with_first_layer_penalised(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_data = {**of_data, "W1": of_data["W1"] + l2 * params["W1"]}
            params = {name: params[name] - learning_rate * of_data[name] for name in params}
    return params


@mistake(
    "train_mlp", says="You draw one order and keep it for all epochs; draw a new one at the start of each."
)
def trained_in_one_order(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    order = rng.permutation(len(X))
    for _ in range(epochs):
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You never shuffle; each epoch begins with order = rng.permutation(N).")
def trained_without_shuffling(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = np.arange(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You make a generator of your own; use the rng you are given.")
def trained_with_own_generator(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    rng = np.random.default_rng(0)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You shuffle X but not y, so the labels stand with other examples; index both.")
def trained_with_labels_not_shuffled(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        shuffled = X[rng.permutation(len(X))]
        order = np.arange(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, shuffled[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="You draw a random minibatch for every step; an epoch goes through one order of all examples.",
)
def trained_with_replacement(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        for _ in range(0, len(X), batch_size):
            batch = rng.integers(len(X), size=min(batch_size, len(X)))
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You drop an epoch's last minibatch when it is smaller than the others; keep it.")
def trained_without_last_batch(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for k in range(len(X) // batch_size):
            batch = order[k * batch_size : (k + 1) * batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You use all examples at every step; each step uses one minibatch.")
def trained_on_everything(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        rng.permutation(len(X))
        for _ in range(0, len(X), batch_size):
            _, of_data = data_loss(params, X, y)
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="You divide the last, smaller minibatch's loss by batch_size; it is the mean over its own examples.",
)
def trained_with_last_batch_diluted(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            share = len(batch) / batch_size
            params = {
                name: params[name] - learning_rate * (share * of_data[name] + of_weights[name])
                for name in params
            }
    return params


@mistake(
    "train_mlp", says="You make one step an epoch, with the first minibatch alone; go through all of them."
)
def trained_on_first_batches(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        batch = rng.permutation(len(X))[:batch_size]
        _, of_data = data_loss(params, X[batch], y[batch])
        of_weights = l2_gradient(params, l2)
        params = {name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params}
    return params


@mistake("train_mlp", says="You add the gradient, which climbs; to descend, subtract it.")
def trained_uphill(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] + learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You train for one epoch, whatever epochs says; is your return inside the loop?")
def trained_for_one_epoch(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(min(epochs, 1)):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="You change the caller's params (params[name] -= ... or = ...); work on a copy and make new arrays.",
)
def trained_in_place(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            for name in params:
                params[name] -= learning_rate * (of_data[name] + of_weights[name])
    return params


@mistake(
    "train_mlp",
    says="You update one parameter after another and measure anew in between; all move by the same gradient.",
)
def trained_one_parameter_at_a_time(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            for name in ("W1", "b1", "W2", "b2"):
                slope = data_loss(params, X[batch], y[batch])[1][name] + l2_gradient(params, l2)[name]
                params = {**params, name: params[name] - learning_rate * slope}
    return params


# error_rate ------------------------------------------------------------------------------------------------


@mistake("error_rate", says="You return the accuracy; the error rate is the share of wrong answers.")
def rate_of_right_answers(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return (Z2.argmax(axis=1) == y).mean()


@mistake("error_rate", says="You return the number of wrong answers; divide it by the number of examples.")
def rate_as_a_count(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return (Z2.argmax(axis=1) != y).sum()


@mistake("error_rate", says="You return per cent; return a share between 0 and 1.")
def rate_in_per_cent(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return 100 * (Z2.argmax(axis=1) != y).mean()


@mistake("error_rate", says="You leave the tanh out; the network's answer goes through its hidden units.")
def rate_with_linear_units(params, X, y):
    Z2 = (X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return (Z2.argmax(axis=1) != y).mean()


@mistake("error_rate", says="Your hidden units are ReLU; this network's are tanh.")
def rate_with_relu(params, X, y):
    Z2 = np.maximum(0, X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return (Z2.argmax(axis=1) != y).mean()


@mistake("error_rate", says="You leave the biases out.")
def rate_without_biases(params, X, y):
    return ((np.tanh(X @ params["W1"]) @ params["W2"]).argmax(axis=1) != y).mean()


@mistake("error_rate", says="Of equal logits you take the last; the first is the network's answer.")
def rate_with_last_of_ties(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return ((Z2.shape[1] - 1 - Z2[:, ::-1].argmax(axis=1)) != y).mean()


@mistake("error_rate", says="You return the data loss; the error rate counts wrong answers.")
def rate_as_loss(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -logs[np.arange(len(y)), y].mean()


@mistake(
    "error_rate",
    says="You average the distance of the class numbers; a wrong answer counts 1, whichever it is.",
)
def rate_as_distance(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return np.abs(Z2.argmax(axis=1) - y).mean()


# complexity_curve ------------------------------------------------------------------------------------------


@mistake(
    "complexity_curve", says="You return the two curves the wrong way round: training errors come first."
)
def curve_swapped(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(validation_errors), np.array(train_errors)


@mistake(
    "complexity_curve",
    says="You fit anew on the validation examples before you measure their error; fit on the training examples alone.",
)
def curve_fitted_on_validation(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        train_errors.append(np.mean([error(fit(*train, setting, seed), *train) for seed in seeds]))
        validation_errors.append(
            np.mean([error(fit(*validation, setting, seed), *validation) for seed in seeds])
        )
    return np.array(train_errors), np.array(validation_errors)


@mistake(
    "complexity_curve",
    says="You fit on training and validation examples together; the validation examples must stay unseen.",
)
def curve_fitted_on_everything(fit, error, settings, train, validation, seeds):
    both = [np.concatenate(pair) for pair in zip(train, validation, strict=True)]
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*both, setting, seed) for seed in seeds]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake("complexity_curve", says="You measure both errors on the training examples.")
def curve_without_validation(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *train) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake("complexity_curve", says="You sum the errors over the seeds; the handout asks for their mean.")
def curve_summed(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(sum(error(model, *train) for model in models))
        validation_errors.append(sum(error(model, *validation) for model in models))
    return np.array(train_errors), np.array(validation_errors)


@mistake("complexity_curve", says="You train with the first seed alone; train with each and take the mean.")
def curve_of_first_seed(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds[:1]]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake("complexity_curve", says="You keep the last seed's errors alone; take the mean over all seeds.")
def curve_of_last_seed(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds[-1:]]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake(
    "complexity_curve",
    says="You keep the best seed's error, which is low by luck; take the mean over all seeds.",
)
def curve_of_best_seed(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(min(error(model, *train) for model in models))
        validation_errors.append(min(error(model, *validation) for model in models))
    return np.array(train_errors), np.array(validation_errors)


@mistake("complexity_curve", says="You take the median over the seeds; the handout asks for the mean.")
def curve_of_median_seed(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(np.median([error(model, *train) for model in models]))
        validation_errors.append(np.median([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake(
    "complexity_curve",
    says="You use 0, 1, 2, … for seeds; use the seeds you are given.",
)
def curve_with_counted_seeds(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in range(len(seeds))]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake(
    "complexity_curve",
    says="You average over the settings, for each seed; average over the seeds, for each setting.",
)
def curve_along_seeds(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for seed in seeds:
        models = [fit(*train, setting, seed) for setting in settings]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake(
    "complexity_curve", says="You return one error for each setting and seed; take the mean over the seeds."
)
def curve_not_averaged(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append([error(model, *train) for model in models])
        validation_errors.append([error(model, *validation) for model in models])
    return np.array(train_errors), np.array(validation_errors)


@mistake(
    "complexity_curve", says="You sort the settings; the curves are in the order in which settings come."
)
def curve_in_sorted_order(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in sorted(settings):
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake("complexity_curve", says="You return 1 minus the errors; return the errors themselves.")
def curve_of_accuracies(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(1 - np.mean([error(model, *train) for model in models]))
        validation_errors.append(1 - np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake(
    "complexity_curve",
    says="You return the validation errors alone; return both curves, training errors first.",
)
def curve_of_validation_alone(fit, error, settings, train, validation, seeds):
    errors = []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(errors)


# early_stopping --------------------------------------------------------------------------------------------


@mistake(
    "early_stopping",
    says="You take the lowest error of the whole curve; what comes after the patience has run out is never seen.",
)
def stopping_at_lowest_of_all(errors, patience):
    best, last = 0, len(errors) - 1
    lowest = errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
    return best, min(best + patience, last)


@mistake(
    "early_stopping",
    says="You keep the epoch at which training ends; keep the best one, `patience` epochs earlier.",
)
def stopping_keeps_the_last(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return epoch, epoch
    return len(errors) - 1, len(errors) - 1


@mistake(
    "early_stopping",
    says="You end one epoch late: training ends with the epoch that is the `patience`-th without improvement.",
)
def stopping_one_late(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best > patience:
            return best, epoch
    return best, len(errors) - 1


@mistake("early_stopping", says="You end one epoch early: wait for `patience` epochs without improvement.")
def stopping_one_early(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        elif epoch - best >= patience - 1:
            return best, epoch
    return best, len(errors) - 1


@mistake(
    "early_stopping",
    says="You count an error as low as the lowest as an improvement; it must be strictly lower.",
)
def stopping_equal_is_better(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error <= lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best, epoch
    return best, len(errors) - 1


@mistake(
    "early_stopping",
    says="You compare each error with the one before; an improvement is lower than all before.",
)
def stopping_compares_neighbours(errors, patience):
    best, bad, lowest = 0, 0, errors[0]
    for epoch in range(1, len(errors)):
        bad = 0 if errors[epoch] < errors[epoch - 1] else bad + 1
        if errors[epoch] < lowest:
            best, lowest = epoch, errors[epoch]
        if bad == patience:
            return best, epoch
    return best, len(errors) - 1


@mistake(
    "early_stopping",
    says="You never set the count back when an improvement comes; only epochs in a row use the patience up.",
)
def stopping_never_resets(errors, patience):
    best, bad, lowest = 0, 0, errors[0]
    for epoch in range(1, len(errors)):
        if errors[epoch] < lowest:
            best, lowest = epoch, errors[epoch]
        else:
            bad += 1
        if bad == patience:
            return best, epoch
    return best, len(errors) - 1


@mistake("early_stopping", says="You count epochs from 1; they count from 0.")
def stopping_counts_from_one(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best + 1, epoch + 1
    return best + 1, len(errors)


@mistake("early_stopping", says="You return the lowest error; return the epoch in which it was reached.")
def stopping_returns_the_error(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return lowest, epoch
    return lowest, len(errors) - 1


@mistake(
    "early_stopping",
    says="When patience never runs out you return one epoch too many: the last of the curve is len(errors) − 1.",
)
def stopping_beyond_the_end(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best, epoch
    return best, len(errors)


@mistake(
    "early_stopping",
    says="When patience never runs out you return nothing; training then ends with the curve's last epoch.",
)
def stopping_without_an_end(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best, epoch
    return None


@mistake(
    "early_stopping",
    says="When patience never runs out you keep the last epoch; keep the best one all the same.",
)
def stopping_keeps_the_end(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best, epoch
    return len(errors) - 1, len(errors) - 1


@mistake(
    "early_stopping",
    says="A nan hides the errors before it from np.argmin; it is no improvement and must be passed over.",
)
def stopping_lost_in_nan(errors, patience):
    for epoch in range(len(errors)):
        best = int(np.argmin(errors[: epoch + 1]))
        if epoch - best >= patience:
            return best, epoch
    return best, len(errors) - 1


@mistake(
    "early_stopping",
    says="You return the epochs the wrong way round: first the one that is kept, then the one training ends after.",
)
def stopping_swapped(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return epoch, best
    return len(errors) - 1, best


@mistake("early_stopping", says="You return the best epoch alone; return the pair (best, last).")
def stopping_best_alone(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best
    return best


@mistake(
    "early_stopping",
    says="You never look at patience; training ends once that many epochs in a row brought no improvement.",
)
def stopping_without_patience(errors, patience):
    return int(np.nanargmin(errors)), len(errors) - 1


@mistake(
    "early_stopping",
    says="You pass over improvements that are small (min_delta); every error strictly lower than all before is one.",
)
def stopping_with_tolerance(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest - 1e-4:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best, epoch
    return best, len(errors) - 1


# choose_l2 -------------------------------------------------------------------------------------------------


@mistake("choose_l2", says="Of equally good λ you choose the first in the list; choose the largest.")
def choice_of_the_first(l2s, errors):
    return l2s[np.nanargmin(errors)]


@mistake(
    "choose_l2",
    says="Of equally good λ you choose the last in the list; choose the largest, wherever it stands.",
)
def choice_of_the_last(l2s, errors):
    lowest = np.nanmin(errors)
    return [l2 for l2, error in zip(l2s, errors, strict=True) if error == lowest][-1]


@mistake(
    "choose_l2", says="Of equally good λ you choose the smallest; choose the largest, the simplest model."
)
def choice_of_the_smallest(l2s, errors):
    lowest = np.nanmin(errors)
    return min(l2 for l2, error in zip(l2s, errors, strict=True) if error == lowest)


@mistake("choose_l2", says="You choose the highest error; choose the lowest.")
def choice_of_the_worst(l2s, errors):
    highest = np.nanmax(errors)
    return max(l2 for l2, error in zip(l2s, errors, strict=True) if error == highest)


@mistake("choose_l2", says="You return the position of the best λ; return the λ itself.")
def choice_as_position(l2s, errors):
    lowest = np.nanmin(errors)
    return max((l2, i) for i, (l2, error) in enumerate(zip(l2s, errors, strict=True)) if error == lowest)[1]


@mistake("choose_l2", says="You return the lowest error; return the λ that reaches it.")
def choice_as_error(l2s, errors):
    return np.nanmin(errors)


@mistake("choose_l2", says="You choose the largest λ of all; the lowest error decides first.")
def choice_of_the_largest(l2s, errors):
    return max(l2s)


@mistake(
    "choose_l2", says="A λ whose error is nan is chosen (np.argmin takes nan for the lowest); pass it over."
)
def choice_of_nan(l2s, errors):
    order = np.argsort(l2s)[::-1]
    return l2s[order[np.argmin(errors[order])]]


@mistake(
    "choose_l2",
    says="You call two λ equally good when their errors are merely close; only equal errors are a tie.",
)
def choice_with_tolerance(l2s, errors):
    lowest = np.nanmin(errors)
    return max(l2 for l2, error in zip(l2s, errors, strict=True) if error <= lowest + 0.02)


@mistake(
    "choose_l2",
    says="You look for ties with np.isclose, to which errors that differ a little are equal; compare with ==.",
)
def choice_by_isclose(l2s, errors):
    return np.asarray(l2s)[np.isclose(errors, np.nanmin(errors))].max()


@mistake(
    "choose_l2", says="You sort the λ without their errors, which then belong to others; keep them together."
)
def choice_sorted_apart(l2s, errors):
    lowest = np.nanmin(errors)
    return max(l2 for l2, error in zip(np.sort(l2s), errors, strict=True) if error == lowest)
