"""Right versions for q5 and q6: the affine and the ReLU layer, in other styles; the suite must accept every one."""

import numpy as np

from grader import alternative

alternative(
    "affine_forward",
    "affine_forward_by_einsum",
    {"X @ W": 'np.einsum("nd,dh->nh", X, W)', "b": "b[np.newaxis, :]"},
)
alternative(
    "affine_forward",
    "affine_forward_row_by_row",
    {"X @ W + b": "np.array([[float(x @ W[:, k] + b[k]) for k in range(len(b))] for x in X])"},
)

alternative(
    "affine_backward",
    "affine_backward_by_einsum",
    {
        "dZ @ W.T": 'np.einsum("nh,dh->nd", dZ, W)',
        "X.T @ dZ": 'np.einsum("nd,nh->dh", X, dZ)',
        "dZ.sum(axis=0)": 'np.einsum("nh->h", dZ)',
    },
)
alternative(
    "affine_backward",
    "affine_backward_with_ones",
    {"dZ @ W.T": "(W @ dZ.T).T", "X.T @ dZ": "(dZ.T @ X).T", "dZ.sum(axis=0)": "np.ones(len(dZ)) @ dZ"},
)


@alternative("affine_backward")
def affine_backward_example_by_example(dZ, X, W):
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for i in range(len(X)):
        dX[i] = W @ dZ[i]
        dW += np.outer(X[i], dZ[i])
        db += dZ[i]
    return dX, dW, db


alternative("relu_forward", "relu_forward_by_where", {"np.maximum(0.0, Z)": "np.where(Z < 0, 0, Z)"})
alternative("relu_forward", "relu_forward_by_clip", {"np.maximum(0.0, Z)": "np.clip(Z, 0, None)"})

alternative("relu_backward", "relu_backward_by_product", {"np.where(Z > 0, dA, 0.0)": "dA * (Z > 0)"})
alternative("relu_backward", "relu_backward_with_all_at_zero", {"Z > 0": "Z >= 0"})
alternative(
    "relu_backward",
    "relu_backward_with_half_at_zero",
    {"np.where(Z > 0, dA, 0.0)": "dA * np.heaviside(Z, 0.5)"},
)


@alternative("relu_backward")
def relu_backward_in_a_copy(dA, Z):
    dZ = np.array(dA, copy=True)
    dZ[Z < 0] = 0
    return dZ
