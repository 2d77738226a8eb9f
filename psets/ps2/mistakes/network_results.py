"""Wrong versions for q7, the network: means, biases, softmax, and what is returned."""

import numpy as np

from grader import mistake
from reference.layers import affine_backward, affine_forward, relu_backward, relu_forward


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


@mistake("mlp_loss", says="Your loss is a mean, but its gradients are those of the sum; divide dZ2 by N.")
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


@mistake("mlp_loss", says="You never subtract the label; dZ2 is (p − one-hot label)/N.")
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
    says="You number only the classes that appear in y, so a class without examples shifts the rest; label "
    "k is column k.",
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


@mistake("mlp_loss", says="You never add b1; Z1 = XW1 + b1.")
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
    "mlp_loss",
    says="You use Z1 instead of A1 in dW2; the second layer's input is what ReLU let through.",
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
    says="You add λW2 to W2 before it carries the gradient back; for dA1, multiply dZ2 by the W2 of the "
    "forward pass.",
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


@mistake(
    "mlp_loss",
    says="Your bias gradients have shape (1, H) and (1, C); they should have the shapes of the biases.",
)
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
