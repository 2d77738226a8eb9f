"""Wrong versions for q5 and q6: the affine and the ReLU layer."""

import numpy as np

from grader import mistake

# affine_forward ---------------------------------------------------------------------------------------------


@mistake("affine_forward", says="You never add the biases; Z = XW + b.")
def affine_forward_without_bias(X, W, b):
    return X @ W


@mistake("affine_forward", says="You use W transposed; W is (D, H), and X @ W is (N, H).")
def affine_forward_transposed(X, W, b):
    return X @ W.T + b


@mistake("affine_forward", says="You multiply entry by entry; Z = XW is a matrix product (@).")
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


# affine_backward --------------------------------------------------------------------------------------------


@mistake(
    "affine_backward",
    says="You divide dW and db by N; if the loss is a mean, its 1/N is already in dZ.",
)
def affine_backward_divided_by_n(dZ, X, W):
    return dZ @ W.T, X.T @ dZ / len(X), dZ.mean(axis=0)


@mistake(
    "affine_backward",
    says="You divide db by N; add up the examples' shares, since a mean's 1/N is already in dZ.",
)
def affine_backward_bias_averaged(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.mean(axis=0)


@mistake("affine_backward", says="Your db has shape (1, H); b is (H,), and so is its gradient.")
def affine_backward_bias_as_a_row(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0, keepdims=True)


@mistake(
    "affine_backward",
    says="Your db sums over the outputs; sum over the examples (axis 0), which leaves one entry per output.",
)
def affine_backward_bias_over_outputs(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=1)


@mistake("affine_backward", says="Your db is one number; each output has a bias and a gradient of its own.")
def affine_backward_bias_as_a_number(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.sum()


@mistake("affine_backward", says="You return dZ itself as db; add it up over the examples.")
def affine_backward_bias_not_summed(dZ, X, W):
    return dZ @ W.T, X.T @ dZ, dZ.copy()


@mistake("affine_backward", says="Your dW is transposed; it is Xᵀ dZ, with the shape of W, (D, H).")
def affine_backward_weights_transposed(dZ, X, W):
    return dZ @ W.T, dZ.T @ X, dZ.sum(axis=0)


@mistake("affine_backward", says="You multiply dZ by W instead of Wᵀ for dX, which fits only where D = H.")
def affine_backward_by_w(dZ, X, W):
    return dZ @ W, X.T @ dZ, dZ.sum(axis=0)


@mistake(
    "affine_backward",
    says="You leave out dZ, so these are the slopes of the layer alone; multiply by dZ to get the loss's.",
)
def affine_backward_without_upstream(dZ, X, W):
    ones = np.ones(dZ.shape)
    return ones @ W.T, X.T @ ones, ones.sum(axis=0)


@mistake("affine_backward", says="You return (dW, dX, db); the order is (dX, dW, db).")
def affine_backward_in_another_order(dZ, X, W):
    return X.T @ dZ, dZ @ W.T, dZ.sum(axis=0)


@mistake("affine_backward", says="Your dX leaves out the weights; dX = dZ Wᵀ.")
def affine_backward_without_weights(dZ, X, W):
    return dZ.sum(axis=1, keepdims=True) * np.ones(X.shape), X.T @ dZ, dZ.sum(axis=0)


# relu_forward -----------------------------------------------------------------------------------------------


@mistake("relu_forward", says="You zero the negative entries of the caller's own Z; work on a copy.")
def relu_forward_in_place(Z):
    Z *= Z > 0
    return Z * 1.0


@mistake("relu_forward", says="Your layer does nothing; negative entries should become 0.")
def relu_forward_does_nothing(Z):
    return Z.copy()


@mistake("relu_forward", says="You return the mask, 1 where Z is positive; return Z there.")
def relu_forward_is_the_mask(Z):
    return np.where(Z > 0, 1.0, 0.0)


@mistake("relu_forward", says="You keep a slope of 0.1 below 0; this layer is the plain ReLU.")
def relu_forward_leaky(Z):
    return np.maximum(0.1 * Z, Z)


# relu_backward ----------------------------------------------------------------------------------------------


@mistake(
    "relu_backward",
    says="`dZ = dA` makes no copy, so you zero entries of the caller's dA; use dA.copy().",
)
def relu_backward_in_place(dA, Z):
    dZ = dA
    dZ[Z <= 0] = 0
    return dZ * 1.0


@mistake("relu_backward", says="You stop the gradient where the gradient is negative; the sign of Z decides.")
def relu_backward_by_the_gradients_sign(dA, Z):
    return np.maximum(0, dA)


@mistake(
    "relu_backward",
    says="You pass the gradient only where both it and Z are positive; the sign of Z alone decides.",
)
def relu_backward_by_both_signs(dA, Z):
    return np.maximum(0, dA) * (Z > 0)


@mistake("relu_backward", says="You let everything through; stop the gradient where Z was not positive.")
def relu_backward_passes_everything(dA, Z):
    return dA.copy()


@mistake("relu_backward", says="You return only the slopes 0 and 1; multiply them by dA.")
def relu_backward_without_upstream(dA, Z):
    return np.where(Z > 0, 1.0, 0.0)


@mistake(
    "relu_backward", says="You multiply by max(0, Z), the layer's value; its slope is 1 where Z is positive."
)
def relu_backward_times_the_value(dA, Z):
    return dA * np.maximum(0, Z)


@mistake("relu_backward", says="You pass the gradient where Z is negative; pass it where Z was positive.")
def relu_backward_exchanged(dA, Z):
    return np.where(Z > 0, 0.0, dA)


@mistake(
    "relu_backward",
    says="You fill an array made like Z, which cuts off the decimals when Z holds integers; use an array "
    "of floats.",
)
def relu_backward_in_an_array_like_z(dA, Z):
    dZ = np.zeros_like(Z)
    dZ[Z > 0] = dA[Z > 0]
    return dZ
