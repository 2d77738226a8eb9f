"""Wrong versions for q2 and q5: the network's loss, its gradients, and the error rate."""

import numpy as np

from grader import mistake

# data_loss --------------------------------------------------------------------------------------------------


@mistake(
    "data_loss",
    says="Your hidden units are still ReLU; this network's are tanh, with the derivative 1 − A1².",
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


@mistake("data_loss", says="You leave out the tanh on the way forward; A1 = tanh(Z1).")
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


@mistake("data_loss", says="You skip the tanh on the way back; multiply by its derivative, 1 − A1².")
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


@mistake("data_loss", says="You still use ReLU's switch on the way back; tanh multiplies by 1 − A1².")
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
    says="You apply tanh a second time in its derivative; A1 is the tanh already, so the derivative is 1 − "
    "A1².",
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


@mistake(
    "data_loss",
    says="Your bias gradients are means over the examples; dZ already includes the 1/N, so sum it.",
)
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
    says="You exponentiate the logits as they are, which overflows; subtract each row's largest logit first.",
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
    says="You take the logarithm of a probability that may have underflowed to 0; compute log p from the "
    "shifted logits.",
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
    says="You add a small number inside the logarithm, which changes every loss; compute log p from the "
    "shifted logits.",
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
    says="Your bias gradients have shape (1, H) and (1, C); they should have the biases' shapes, (H,) and "
    "(C,).",
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


@mistake("data_loss", says="You return only the loss; return the pair (loss, gradients).")
def loss_without_gradients(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -logs[np.arange(len(y)), y].mean()


@mistake(
    "data_loss",
    says="You also return the gradient by X, as in problem set 2; the dictionary should have the keys of "
    "params and no others.",
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


# error_rate -------------------------------------------------------------------------------------------------


@mistake("error_rate", says="You return the accuracy; the error rate is the share of wrong answers.")
def rate_of_right_answers(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return (Z2.argmax(axis=1) == y).mean()


@mistake("error_rate", says="You return the number of wrong answers; divide it by the number of examples.")
def rate_as_a_count(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return (Z2.argmax(axis=1) != y).sum()


@mistake("error_rate", says="You return a percentage; return a share between 0 and 1.")
def rate_in_per_cent(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return 100 * (Z2.argmax(axis=1) != y).mean()


@mistake("error_rate", says="You leave out the tanh; the network's answer goes through its hidden units.")
def rate_with_linear_units(params, X, y):
    Z2 = (X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return (Z2.argmax(axis=1) != y).mean()


@mistake("error_rate", says="Your hidden units are ReLU; this network's are tanh.")
def rate_with_relu(params, X, y):
    Z2 = np.maximum(0, X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return (Z2.argmax(axis=1) != y).mean()


@mistake("error_rate", says="You leave out the biases b1 and b2.")
def rate_without_biases(params, X, y):
    return ((np.tanh(X @ params["W1"]) @ params["W2"]).argmax(axis=1) != y).mean()


@mistake("error_rate", says="You take the last of equal logits; the first is the network's answer.")
def rate_with_last_of_ties(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return ((Z2.shape[1] - 1 - Z2[:, ::-1].argmax(axis=1)) != y).mean()


@mistake("error_rate", says="You return the data loss; the error rate counts wrong answers.")
def rate_as_loss(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    shifted = Z2 - Z2.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -logs[np.arange(len(y)), y].mean()


@mistake("error_rate", says="You average the differences between class numbers; every wrong answer counts 1.")
def rate_as_distance(params, X, y):
    Z2 = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return np.abs(Z2.argmax(axis=1) - y).mean()
