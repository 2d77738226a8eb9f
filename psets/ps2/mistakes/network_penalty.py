"""Wrong versions for q7, the network: the penalty."""

import numpy as np

from grader import mistake
from reference.layers import affine_backward, affine_forward, relu_backward, relu_forward


@mistake(
    "mlp_loss",
    says="Your loss has λΣW² without the ½, but your gradient has λW; add the ½ to the loss.",
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
    "mlp_loss",
    says="You leave the ½ out of the penalty, both in the loss and in the gradients; here it is ½λΣW².",
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


@mistake("mlp_loss", says="The penalty is in your loss but not in your gradients; add λW1 and λW2.")
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


@mistake("mlp_loss", says="The penalty is in your gradients but not in your loss; add ½λ(ΣW1² + ΣW2²).")
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


@mistake("mlp_loss", says="You penalise W2 alone; penalise the weights of both layers.")
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


@mistake("mlp_loss", says="You divide the penalty by N along with the rest; it stands outside the mean.")
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
