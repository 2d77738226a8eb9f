"""Wrong versions for q7, the network: ReLU and the logits."""

import numpy as np

from grader import mistake
from reference.layers import affine_backward, affine_forward, relu_backward, relu_forward


@mistake(
    "mlp_loss",
    says="Your forward pass skips ReLU, so the two layers are one linear map; use A1 = max(0, Z1).",
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


@mistake("mlp_loss", says="You skip ReLU on the way back; dZ1 is dA1 where Z1 was positive, and 0 elsewhere.")
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
    says="You give the class with the largest logit all of the probability; softmax leaves every class its "
    "share.",
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
