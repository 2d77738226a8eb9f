"""Mistakes for q5 and q6: the affine and the ReLU layer."""

from grader import mistake

# affine_forward ---------------------------------------------------------------------------------------------

mistake("affine_forward", "affine_forward_without_bias", {"b": "0.0"},
        says="You never add the biases; Z = XW + b.")
mistake("affine_forward", "affine_forward_transposed", {"W": "W.T"},
        says="You use W transposed; W is (D, H), and X @ W is (N, H).")
mistake("affine_forward", "affine_forward_in_another_order", {"X @ W": "W @ X"},
        says="You multiply in the order WX; each row of X is an example, so it is X @ W.")
mistake("affine_forward", "affine_forward_entry_by_entry", {"X @ W": "X * W"},
        says="You multiply entry by entry; Z = XW is a matrix product (@).")
mistake("affine_forward", "affine_forward_bias_summed", {"b": "b.sum()"},
        says="You add the sum of the biases everywhere; column k gets b[k].")
mistake("affine_forward", "affine_forward_bias_as_a_column", {"b": "b[:, None]"},
        says="You add b as a column, one bias for each example; there is one for each output, so add b to "
             "every row.")
mistake("affine_forward", "affine_forward_bias_subtracted", {"X @ W + b": "X @ W - b"},
        says="You subtract the biases; Z = XW + b.")
mistake("affine_forward", "affine_forward_bias_multiplied", {"X @ W + b": "X @ (W + b)"},
        says="You add b to W before you multiply; Z = XW + b adds it to the product.")
mistake("affine_forward", "affine_forward_through_relu", {"X @ W + b": "np.maximum(0, X @ W + b)"},
        says="You apply ReLU in the affine layer; here Z may have any sign.")
mistake("affine_forward", "affine_forward_in_an_array_like_x", {"X @ W + b": "(X @ W + b).astype(X.dtype)"},
        says="You fill an array made like X, which cuts off the decimals when X holds integers; use an "
             "array of floats.")
mistake("affine_forward", "affine_forward_reshapes_the_bias",
        {"return X @ W + b": "b.shape = (1, -1)\nreturn X @ W + b"},
        says="You give b another shape in place, which changes the caller's b; use b[None, :].")

# affine_backward --------------------------------------------------------------------------------------------

mistake("affine_backward", "affine_backward_divided_by_n",
        {"X.T @ dZ": "X.T @ dZ / len(X)", "dZ.sum(axis=0)": "dZ.sum(axis=0) / len(X)"},
        says="You divide dW and db by N; if the loss is a mean, its 1/N is already in dZ.")
mistake("affine_backward", "affine_backward_bias_averaged", {"dZ.sum(axis=0)": "dZ.sum(axis=0) / len(X)"},
        says="You divide db by N; add up the examples' shares, since a mean's 1/N is already in dZ.")
mistake("affine_backward", "affine_backward_weights_averaged", {"X.T @ dZ": "X.T @ dZ / len(X)"},
        says="You divide dW by N; if the loss is a mean, its 1/N is already in dZ.")
mistake("affine_backward", "affine_backward_all_divided_by_n",
        {"dZ @ W.T": "dZ @ W.T / len(X)", "X.T @ dZ": "X.T @ dZ / len(X)",
         "dZ.sum(axis=0)": "dZ.sum(axis=0) / len(X)"},
        says="You divide dX, dW and db by N; if the loss is a mean, its 1/N is already in dZ.")
mistake("affine_backward", "affine_backward_bias_as_a_row", {"dZ.sum(axis=0)": "dZ.sum(axis=0)[None, :]"},
        says="Your db has shape (1, H); b is (H,), and so is its gradient.")
mistake("affine_backward", "affine_backward_bias_as_a_column", {"dZ.sum(axis=0)": "dZ.sum(axis=0)[:, None]"},
        says="Your db has shape (H, 1); b is (H,), and so is its gradient.")
mistake("affine_backward", "affine_backward_bias_over_outputs", {"dZ.sum(axis=0)": "dZ.sum(axis=1)"},
        says="Your db sums over the outputs; sum over the examples (axis 0), which leaves one entry per "
             "output.")
mistake("affine_backward", "affine_backward_bias_as_a_number", {"dZ.sum(axis=0)": "dZ.sum(axis=0).sum()"},
        says="Your db is one number; each output has a bias and a gradient of its own.")
mistake("affine_backward", "affine_backward_bias_not_summed", {"dZ.sum(axis=0)": "dZ.copy()"},
        says="You return dZ itself as db; add it up over the examples.")
mistake("affine_backward", "affine_backward_weights_transposed", {"X.T @ dZ": "(X.T @ dZ).T"},
        says="Your dW is transposed; it is Xᵀ dZ, with the shape of W, (D, H).")
mistake("affine_backward", "affine_backward_by_w", {"W.T": "W"},
        says="You multiply dZ by W instead of Wᵀ for dX, which fits only where D = H.")
mistake("affine_backward", "affine_backward_inputs_transposed", {"dZ @ W.T": "(dZ @ W.T).T"},
        says="Your dX is transposed; it is dZ Wᵀ, with the shape of X, (N, D).")
mistake("affine_backward", "affine_backward_without_upstream",
        {"dZ @ W.T": "np.ones(dZ.shape) @ W.T", "X.T @ dZ": "X.T @ np.ones(dZ.shape)",
         "dZ.sum(axis=0)": "np.ones(dZ.shape).sum(axis=0)"},
        says="You leave out dZ, so these are the slopes of the layer alone; multiply by dZ to get the "
             "loss's.")
mistake("affine_backward", "affine_backward_in_another_order",
        {"dZ @ W.T": "X.T @ dZ", "X.T @ dZ": "dZ @ W.T"},
        says="You return (dW, dX, db); the order is (dX, dW, db).")
mistake("affine_backward", "affine_backward_without_weights",
        {"dZ @ W.T": "dZ.sum(axis=1, keepdims=True) * np.ones(X.shape)"},
        says="Your dX leaves out the weights; dX = dZ Wᵀ.")
mistake("affine_backward", "affine_backward_in_an_array_like_x", {"dZ @ W.T": "(dZ @ W.T).astype(X.dtype)"},
        says="You fill an array made like X, which cuts off the decimals when X holds integers; use an "
             "array of floats.")
mistake("affine_backward", "affine_backward_without_dx",
        {"(dZ @ W.T, X.T @ dZ, dZ.sum(axis=0))": "(X.T @ dZ, dZ.sum(axis=0))"},
        says="You return only dW and db; the layer before needs dX, so return (dX, dW, db).")

# relu_forward -----------------------------------------------------------------------------------------------

mistake("relu_forward", "relu_forward_in_place",
        {"return np.maximum(0.0, Z)": "Z *= Z > 0\nreturn np.maximum(0.0, Z)"},
        says="You zero the negative entries of the caller's own Z; work on a copy.")
mistake("relu_forward", "relu_forward_does_nothing", {"np.maximum(0.0, Z)": "Z.copy()"},
        says="Your layer does nothing; negative entries should become 0.")
mistake("relu_forward", "relu_forward_is_the_mask", {"np.maximum(0.0, Z)": "np.where(Z > 0, 1.0, 0.0)"},
        says="You return the mask, 1 where Z is positive; return Z there.")
mistake("relu_forward", "relu_forward_leaky", [{"0.0": "0.1 * Z"}, {"0.0": "0.01 * Z"}],
        says="You keep a slope below 0, as Leaky ReLU does; this layer is the plain ReLU.")
mistake("relu_forward", "relu_forward_absolute", {"np.maximum(0.0, Z)": "np.abs(Z)"},
        says="You return |Z|; negative entries should become 0.")
mistake("relu_forward", "relu_forward_negative_part", {"np.maximum": "np.minimum"},
        says="You return min(0, Z); ReLU keeps the positive part.")

# relu_backward ----------------------------------------------------------------------------------------------

mistake("relu_backward", "relu_backward_in_place",
        {"return np.where(Z > 0, dA, 0.0)": "dA[Z <= 0] = 0\nreturn np.where(Z > 0, dA, 0.0)"},
        says="`dZ = dA` makes no copy, so you zero entries of the caller's dA; use dA.copy().")
mistake("relu_backward", "relu_backward_by_the_gradients_sign", {"Z > 0": "dA > 0"},
        says="You stop the gradient where the gradient is negative; the sign of Z decides.")
mistake("relu_backward", "relu_backward_by_both_signs", {"Z > 0": "(Z > 0) & (dA > 0)"},
        says="You pass the gradient only where both it and Z are positive; the sign of Z alone decides.")
mistake("relu_backward", "relu_backward_passes_everything", {"np.where(Z > 0, dA, 0.0)": "dA.copy()"},
        says="You let everything through; stop the gradient where Z was not positive.")
mistake("relu_backward", "relu_backward_leaky", [{"0.0": "0.1 * dA"}, {"0.0": "0.01 * dA"}],
        says="You let a share through where Z is negative, as Leaky ReLU does; this layer is the plain ReLU.")
mistake("relu_backward", "relu_backward_without_upstream", {"dA": "1.0"},
        says="You return only the slopes 0 and 1; multiply them by dA.")
mistake("relu_backward", "relu_backward_times_the_value", {"dA": "dA * Z"},
        says="You multiply by max(0, Z), the layer's value; its slope is 1 where Z is positive.")
mistake("relu_backward", "relu_backward_exchanged", {"Z > 0": "Z <= 0"},
        says="You pass the gradient where Z is negative; pass it where Z was positive.")
mistake("relu_backward", "relu_backward_of_exchanged_arguments",
        {"np.where(Z > 0, dA, 0.0)": "np.where(dA > 0, Z, 0.0)"},
        says="You have exchanged dA and Z; the sign of Z decides, and dA is what passes.")
mistake("relu_backward", "relu_backward_is_relu", {"dA": "Z"},
        says="You return max(0, Z), the layer's value; pass dA where Z was positive.")
mistake("relu_backward", "relu_backward_in_an_array_like_z",
        {"np.where(Z > 0, dA, 0.0)": "np.where(Z > 0, dA, 0.0).astype(Z.dtype)"},
        says="You fill an array made like Z, which cuts off the decimals when Z holds integers; use an "
             "array of floats.")
