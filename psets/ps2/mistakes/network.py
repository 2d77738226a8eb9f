"""Mistakes for q7, the network: the forward pass, softmax and the loss of the data."""

from grader import mistake

# The forward pass -------------------------------------------------------------------------------------------

mistake("mlp_loss", "mlp_loss_linear_forward", {"relu_forward(Z1)": "Z1"},
        says="Your forward pass skips ReLU, so the two layers are one linear map; use A1 = max(0, Z1).")
mistake("mlp_loss", "mlp_loss_sigmoid_hidden",
        [{"relu_forward(Z1)": "1 / (1 + np.exp(-Z1))", "relu_backward(dA1, Z1)": "dA1 * A1 * (1 - A1)"},
         {"relu_forward(Z1)": "1 / (1 + np.exp(-Z1))"}],
        says="Your hidden layer uses the sigmoid; this network uses A1 = max(0, Z1).")
mistake("mlp_loss", "mlp_loss_tanh_hidden",
        [{"relu_forward(Z1)": "np.tanh(Z1)", "relu_backward(dA1, Z1)": "dA1 * (1 - A1 ** 2)"},
         {"relu_forward(Z1)": "np.tanh(Z1)"}],
        says="Your hidden layer uses tanh; this network uses A1 = max(0, Z1).")
mistake("mlp_loss", "mlp_loss_leaky_hidden",
        [{"relu_forward(Z1)": "np.where(Z1 > 0, Z1, c * Z1)",
          "relu_backward(dA1, Z1)": "np.where(Z1 > 0, dA1, c * dA1)"},
         {"relu_forward(Z1)": "np.where(Z1 > 0, Z1, c * Z1)"}], free={"c": (0.1, 0.01)},
        says="Your hidden layer keeps a slope below 0; this network uses the plain ReLU, A1 = max(0, Z1).")
mistake("mlp_loss", "mlp_loss_hidden_bias_unused",
        {"affine_forward(X, W1, b1)": "affine_forward(X, W1, 0 * b1)"},
        says="You never add b1; Z1 = XW1 + b1.")
mistake("mlp_loss", "mlp_loss_output_bias_unused",
        {"affine_forward(A1, W2, b2)": "affine_forward(A1, W2, 0 * b2)"},
        says="You never add b2; Z2 = A1W2 + b2.")
mistake("mlp_loss", "mlp_loss_hidden_weights_transposed",
        {"affine_forward(X, W1, b1)": "affine_forward(X, W1.T, b1)"},
        says="You use W1 transposed on the way forward; W1 is (D, H), so Z1 = XW1 + b1.")
mistake("mlp_loss", "mlp_loss_output_weights_transposed",
        {"affine_forward(A1, W2, b2)": "affine_forward(A1, W2.T, b2)"},
        says="You use W2 transposed on the way forward; W2 is (H, C), so Z2 = A1W2 + b2.")
mistake("mlp_loss", "mlp_loss_without_the_hidden_layer",
        {"affine_forward(A1, W2, b2)": "affine_forward(X, W2, b2)"},
        says="Your second layer gets X, so the hidden layer is left out; its input is A1.")
mistake("mlp_loss", "mlp_loss_without_the_output_layer",
        [{"affine_forward(A1, W2, b2)": "A1"}, {"affine_forward(A1, W2, b2)": "Z1"}],
        says="You take the hidden layer's result for the logits; the second layer is missing, Z2 = A1W2 + "
             "b2.")
mistake("mlp_loss", "mlp_loss_second_layer_of_z1",
        {"affine_forward(A1, W2, b2)": "affine_forward(Z1, W2, b2)"},
        says="Your second layer gets Z1, what comes before ReLU; its input is A1 = max(0, Z1).")
mistake("mlp_loss", "mlp_loss_relu_on_the_logits",
        [{"affine_forward(A1, W2, b2)": "relu_forward(affine_forward(A1, W2, b2))",
          "cross_entropy_gradient(Z2, y)": "relu_backward(cross_entropy_gradient(Z2, y), Z2)"},
         {"affine_forward(A1, W2, b2)": "relu_forward(affine_forward(A1, W2, b2))"}],
        says="You apply ReLU to the logits too; the last layer has no activation.")
mistake("mlp_loss", "mlp_loss_sigmoid_on_the_logits",
        [{"affine_forward(A1, W2, b2)": "1 / (1 + np.exp(-affine_forward(A1, W2, b2)))"},
         {"affine_forward(A1, W2, b2)": "1 / (1 + np.exp(-affine_forward(A1, W2, b2)))",
          "cross_entropy_gradient(Z2, y)": "cross_entropy_gradient(Z2, y) * Z2 * (1 - Z2)"}],
        says="You apply the sigmoid to the logits before softmax; the last layer has no activation of its "
             "own.")

# Softmax ----------------------------------------------------------------------------------------------------

mistake("mlp_loss", "mlp_loss_without_shift",
        [{"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "np.log(softmax(z))",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))": "np.exp(z)"},
         {"shifted = z - np.real(z).max(axis=1, keepdims=True)": "shifted = z",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))": "np.exp(z)"},
         {"shifted = z - np.real(z).max(axis=1, keepdims=True)": "shifted = z",
          "softmax(z)": "np.exp(log_softmax(z))"},
         {"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "np.log(softmax(z))",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))": "np.exp(z)",
          "log_softmax(z)[np.arange(len(y)), y]": "(np.eye(z.shape[1])[y] * log_softmax(z)).sum(axis=1)"},
         {"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "np.log(softmax(z))",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))": "np.exp(z)",
          "relu_backward(dA1, Z1)": "dA1 * (Z1 > 0)"},
         {"shifted = z - np.real(z).max(axis=1, keepdims=True)": "shifted = z",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))": "np.exp(z)",
          "relu_backward(dA1, Z1)": "dA1 * (Z1 > 0)"},
         {"shifted = z - np.real(z).max(axis=1, keepdims=True)": "shifted = z"},
         {"np.exp(z - np.real(z).max(axis=1, keepdims=True))": "np.exp(z)"}],
        says="You exponentiate the logits as they are, which overflows; subtract each row's largest logit "
             "first.")
mistake("mlp_loss", "mlp_loss_shift_added",
        [{"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "np.log(softmax(z))",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))":
          "np.exp(z + np.real(z).max(axis=1, keepdims=True))"},
         {"shifted = z - np.real(z).max(axis=1, keepdims=True)":
          "shifted = z + np.real(z).max(axis=1, keepdims=True)",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))":
          "np.exp(z + np.real(z).max(axis=1, keepdims=True))"}],
        says="You add each row's largest logit, which makes exp overflow even sooner; subtract it.")
mistake("mlp_loss", "mlp_loss_shift_of_all_rows",
        [{"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "np.log(softmax(z))",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))": "np.exp(z - np.real(z).max())"},
         {"shifted = z - np.real(z).max(axis=1, keepdims=True)": "shifted = z - np.real(z).max()",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))": "np.exp(z - np.real(z).max())"},
         {"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "np.log(softmax(z))",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))": "np.exp(z - np.real(z).max())",
          "relu_backward(dA1, Z1)": "dA1 * (Z1 > 0)"},
         {"shifted = z - np.real(z).max(axis=1, keepdims=True)": "shifted = z - np.real(z).max()",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))": "np.exp(z - np.real(z).max())",
          "relu_backward(dA1, Z1)": "dA1 * (Z1 > 0)"}],
        says="You shift all rows by one maximum, so a row far below it becomes 0/0; subtract each row's own "
             "maximum.")
mistake("mlp_loss", "mlp_loss_shift_of_the_mean",
        [{"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "np.log(softmax(z))",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))":
          "np.exp(z - np.real(z).mean(axis=1, keepdims=True))"},
         {"shifted = z - np.real(z).max(axis=1, keepdims=True)":
          "shifted = z - np.real(z).mean(axis=1, keepdims=True)",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))":
          "np.exp(z - np.real(z).mean(axis=1, keepdims=True))"}],
        says="You subtract each row's mean, above which exp may still overflow; subtract the row's maximum.")
mistake("mlp_loss", "mlp_loss_shift_of_each_column",
        {"shifted = z - np.real(z).max(axis=1, keepdims=True)": "shifted = z - np.real(z).max(axis=0)",
         "np.exp(z - np.real(z).max(axis=1, keepdims=True))": "np.exp(z - np.real(z).max(axis=0))"},
        says="You subtract each class's largest logit, which changes the probabilities; subtract each row's "
             "(axis=1).")
mistake("mlp_loss", "mlp_loss_softmax_over_the_examples",
        [{"np.exp(shifted).sum(axis=1, keepdims=True)": "np.exp(shifted).sum(axis=0)",
          "exponentials.sum(axis=1, keepdims=True)": "exponentials.sum(axis=0)"},
         {"shifted = z - np.real(z).max(axis=1, keepdims=True)": "shifted = z - np.real(z).max(axis=0)",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))": "np.exp(z - np.real(z).max(axis=0))",
          "np.exp(shifted).sum(axis=1, keepdims=True)": "np.exp(shifted).sum(axis=0)",
          "exponentials.sum(axis=1, keepdims=True)": "exponentials.sum(axis=0)"}],
        says="Your softmax adds up to 1 over the examples (axis 0); it should over the classes of each row "
             "(axis 1).")
mistake("mlp_loss", "mlp_loss_softmax_over_everything",
        [{"np.exp(shifted).sum(axis=1, keepdims=True)": "np.exp(shifted).sum()",
          "exponentials.sum(axis=1, keepdims=True)": "exponentials.sum()"},
         {"shifted = z - np.real(z).max(axis=1, keepdims=True)": "shifted = z - np.real(z).max()",
          "np.exp(z - np.real(z).max(axis=1, keepdims=True))": "np.exp(z - np.real(z).max())",
          "np.exp(shifted).sum(axis=1, keepdims=True)": "np.exp(shifted).sum()",
          "exponentials.sum(axis=1, keepdims=True)": "exponentials.sum()"}],
        says="Your softmax adds up to 1 over the whole array; it should over the classes of each row (axis "
             "1).")
mistake("mlp_loss", "mlp_loss_softmax_twice",
        [{"cross_entropy(Z2, y)": "cross_entropy(softmax(Z2), y)",
          "cross_entropy_gradient(Z2, y)": "cross_entropy_gradient(softmax(Z2), y)"},
         {"cross_entropy(Z2, y)": "cross_entropy(softmax(Z2), y)"}],
        says="You apply softmax twice; apply it once, to the logits.")
mistake("mlp_loss", "mlp_loss_of_the_largest_logit",
        {"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "shifted",
         "softmax(z)": "np.eye(z.shape[1])[z.argmax(axis=1)]"},
        says="You give the class with the largest logit all of the probability; softmax leaves every class "
             "its share.")
mistake("mlp_loss", "mlp_loss_log_of_zero",
        [{"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "np.log(softmax(z))"},
         {"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "np.log(softmax(z))",
          "log_softmax(z)[np.arange(len(y)), y]": "(np.eye(z.shape[1])[y] * log_softmax(z)).sum(axis=1)"}],
        says="You take the logarithm of a probability that may be 0, so the loss is inf; compute log p from "
             "the logits.")
mistake("mlp_loss", "mlp_loss_epsilon_in_the_logarithm",
        {"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "np.log(softmax(z) + c)"},
        free={"c": (1e-08, 1e-05, 1e-07, 1e-10, 1e-12)},
        says="You add a small number inside the logarithm, which biases the loss; compute log p from the "
             "logits.")
mistake("mlp_loss", "mlp_loss_probability_cut_off",
        [{"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))":
          "np.log(np.maximum(softmax(z), c))"},
         {"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))":
          "np.log(np.clip(softmax(z), c, 1 - c))"}], free={"c": (1e-12, 1e-15, 1e-10, 1e-08, 1e-07)},
        says="You cut probabilities off at a small number, so a large loss comes out too small; compute log "
             "p from the logits.")

# The loss of the data ---------------------------------------------------------------------------------------

mistake("mlp_loss", "mlp_loss_summed",
        {"cross_entropy(Z2, y)": "cross_entropy(Z2, y) * len(y)",
         "cross_entropy_gradient(Z2, y)": "cross_entropy_gradient(Z2, y) * len(y)"},
        says="Your loss and gradients are sums over the examples; here they are means.")
mistake("mlp_loss", "mlp_loss_loss_summed", {"cross_entropy(Z2, y)": "cross_entropy(Z2, y) * len(y)"},
        says="Your loss is a sum over the examples; divide it by N, before you add the penalty.")
mistake("mlp_loss", "mlp_loss_mean_over_classes_too",
        {"cross_entropy(Z2, y)": "cross_entropy(Z2, y) / Z2.shape[1]"},
        says="You divide the loss by the number of all entries, N·C, as np.mean over a one-hot product "
             "does; divide it by N.")
mistake("mlp_loss", "mlp_loss_divided_by_features",
        {"cross_entropy(Z2, y)": "cross_entropy(Z2, y) * len(y) / X.shape[1]",
         "cross_entropy_gradient(Z2, y)": "cross_entropy_gradient(Z2, y) * len(y) / X.shape[1]"},
        says="You divide by the number of features, X.shape[1]; the mean is over the examples, X.shape[0].")
mistake("mlp_loss", "mlp_loss_negative", {"cross_entropy(Z2, y)": "-cross_entropy(Z2, y)"},
        says="Your loss is the mean of log p, which is negative; the minus sign is missing.")
mistake("mlp_loss", "mlp_loss_to_another_base",
        [{"cross_entropy(Z2, y)": "cross_entropy(Z2, y) / np.log(2)"},
         {"cross_entropy(Z2, y)": "cross_entropy(Z2, y) / np.log(10)"}],
        says="You take the logarithm to base 2 or 10; here it is the natural one, np.log.")
mistake("mlp_loss", "mlp_loss_of_the_penalty_alone", {"cross_entropy(Z2, y)": "0.0"},
        says="Your loss is the penalty alone; add the mean cross-entropy of the examples.")
mistake("mlp_loss", "mlp_loss_for_each_example",
        {"log_softmax(z)[np.arange(len(y)), y].mean()": "log_softmax(z)[np.arange(len(y)), y]"},
        says="You return a loss for every example; return their mean, one number.")
mistake("mlp_loss", "mlp_loss_of_the_last_example",
        [{"log_softmax(z)[np.arange(len(y)), y].mean()": "log_softmax(z)[-1, y[-1]]"},
         {"log_softmax(z)[np.arange(len(y)), y].mean()": "log_softmax(z)[-1, y[-1]] / len(y)"}],
        says="Only the last example counts in your loss; add the examples' losses up with +=, then divide "
             "by N.")
mistake("mlp_loss", "mlp_loss_of_the_likeliest_class",
        {"log_softmax(z)[np.arange(len(y)), y]": "log_softmax(z).max(axis=1)"},
        says="You use the largest probability of each row; use the probability of the label.")
mistake("mlp_loss", "mlp_loss_of_every_class",
        [{"log_softmax(z)[np.arange(len(y)), y]": "log_softmax(z).sum(axis=1)"},
         {"log_softmax(z)[np.arange(len(y)), y]": "log_softmax(z)"}],
        says="You add up −log p of every class; only that of the label counts.")
mistake("mlp_loss", "mlp_loss_of_every_label_in_every_row",
        [{"log_softmax(z)[np.arange(len(y)), y]": "log_softmax(z)[:, y]"},
         {"log_softmax(z)[np.arange(len(y)), y]": "log_softmax(z)[:, y].sum(axis=1)"}],
        says="p[:, y] takes the labels of all examples in every row; p[np.arange(N), y] takes each row's "
             "own.")
mistake("mlp_loss", "mlp_loss_with_two_logarithms",
        {"log_softmax(z)[np.arange(len(y)), y]":
         "np.log(np.abs(1 - np.eye(z.shape[1])[y] - softmax(z))).sum(axis=1)"},
        says="You add log(1 − p) of the other classes, as for yes-or-no labels; softmax's loss is −log p of "
             "the label alone.")
mistake("mlp_loss", "mlp_loss_without_logarithm",
        [{"log_softmax(z)[np.arange(len(y)), y]": "softmax(z)[np.arange(len(y)), y]"},
         {"-log_softmax(z)[np.arange(len(y)), y].mean()": "(1 - softmax(z)[np.arange(len(y)), y]).mean()"}],
        says="You leave out the logarithm; an example's loss is −log p of its label.")
mistake("mlp_loss", "mlp_loss_logarithm_of_the_mean",
        {"log_softmax(z)[np.arange(len(y)), y].mean()":
         "np.log(np.exp(log_softmax(z)[np.arange(len(y)), y]).mean())"},
        says="You take the logarithm of the mean probability; take the mean of the logarithms.")
mistake("mlp_loss", "mlp_loss_of_squares",
        [{"cross_entropy(Z2, y)": "((softmax(Z2) - np.eye(len(b2))[y]) ** 2).sum() / len(y)"},
         {"cross_entropy(Z2, y)": "((softmax(Z2) - np.eye(len(b2))[y]) ** 2).sum() / len(y) / 2"},
         {"cross_entropy(Z2, y)": "((softmax(Z2) - np.eye(len(b2))[y]) ** 2).mean()"}],
        says="You add up squared errors of the probabilities; the loss is the mean of −log p of the label.")

# Labels -----------------------------------------------------------------------------------------------------

mistake("mlp_loss", "mlp_loss_classes_from_unique",
        {"Z1 = affine_forward(X, W1, b1)":
         "y = np.unique(y, return_inverse=True)[1]\nZ1 = affine_forward(X, W1, b1)"},
        says="You number only the classes that appear in y, so a class without examples shifts the rest; "
             "label k is column k.")
mistake("mlp_loss", "mlp_loss_labels_from_one",
        {"Z1 = affine_forward(X, W1, b1)": "y = y - 1\nZ1 = affine_forward(X, W1, b1)"},
        says="You subtract 1 from the labels; they count from 0 already, so label k is column k.")
