"""Mistakes for q7, the network: the way back, the penalty and what is returned."""

from grader import mistake

# The gradient by the logits ---------------------------------------------------------------------------------

mistake("mlp_loss", "mlp_loss_label_not_subtracted", {"gradient[np.arange(len(y)), y] -= 1": ""},
        says="You never subtract the label; dZ2 is (p − one-hot label)/N.")
mistake("mlp_loss", "mlp_loss_label_added",
        {"gradient[np.arange(len(y)), y] -= 1": "gradient[np.arange(len(y)), y] += 1"},
        says="You add the label; dZ2 is (p − one-hot label)/N.")
mistake("mlp_loss", "mlp_loss_labels_subtracted_as_numbers",
        {"gradient[np.arange(len(y)), y] -= 1": "gradient -= y[:, None]"},
        says="You subtract the labels as numbers; subtract 1 in the label's column alone (one-hot).")
mistake("mlp_loss", "mlp_loss_labels_subtracted_in_every_row",
        {"gradient[np.arange(len(y)), y] -= 1": "gradient[:, y] -= 1"},
        says="dZ2[:, y] -= 1 subtracts in the labels' columns of every row; dZ2[np.arange(N), y] does in "
             "each row's own.")
mistake("mlp_loss", "mlp_loss_labels_as_rows", {"gradient[np.arange(len(y)), y] -= 1": "gradient[y] -= 1"},
        says="dZ2[y] -= 1 takes the labels for rows; dZ2[np.arange(N), y] is each row's own label.")
mistake("mlp_loss", "mlp_loss_label_not_divided",
        {"gradient[np.arange(len(y)), y] -= 1": "gradient[np.arange(len(y)), y] -= len(y)"},
        says="You divide only p by N, not the label; dZ2 is (p − one-hot label)/N.")
mistake("mlp_loss", "mlp_loss_gradients_with_the_wrong_sign",
        {"cross_entropy_gradient(Z2, y)": "-cross_entropy_gradient(Z2, y)"},
        says="You subtract p from the label, so the gradients have the wrong sign; dZ2 is (p − one-hot "
             "label)/N.")
mistake("mlp_loss", "mlp_loss_gradients_summed",
        {"cross_entropy_gradient(Z2, y)": "cross_entropy_gradient(Z2, y) * len(y)"},
        says="Your gradients are those of a sum over the examples; divide dZ2 by N.")
mistake("mlp_loss", "mlp_loss_gradients_divided_twice",
        {"cross_entropy_gradient(Z2, y)": "cross_entropy_gradient(Z2, y) / len(y)"},
        says="You divide by N twice on the way back; dZ2 has the 1/N already, so only add up after it.")
mistake("mlp_loss", "mlp_loss_gradients_divided_by_classes_too",
        {"cross_entropy_gradient(Z2, y)": "cross_entropy_gradient(Z2, y) / Z2.shape[1]"},
        says="You divide dZ2 by the number of all its entries, N·C; divide it by N.")
mistake("mlp_loss", "mlp_loss_gradients_of_the_mean_alone",
        {"cross_entropy_gradient(Z2, y)": "-np.eye(len(b2))[y] / softmax(Z2) / len(y)"},
        says="You send back −1/p, the slope by the probability; the slope by the logits is (p − one-hot "
             "label)/N.")
mistake("mlp_loss", "mlp_loss_gradients_times_sigmoid_slope",
        {"cross_entropy_gradient(Z2, y)": "cross_entropy_gradient(Z2, y) * softmax(Z2) * (1 - softmax(Z2))"},
        says="You multiply p − label by p(1 − p); for the cross-entropy of softmax, dZ2 is (p − one-hot "
             "label)/N alone.")

# The way back -----------------------------------------------------------------------------------------------

mistake("mlp_loss", "mlp_loss_relu_skipped_on_the_way_back", {"relu_backward(dA1, Z1)": "dA1"},
        says="You skip ReLU on the way back; dZ1 is dA1 where Z1 was positive, and 0 elsewhere.")
mistake("mlp_loss", "mlp_loss_relu_by_the_gradients_sign", {"relu_backward(dA1, Z1)": "np.maximum(0, dA1)"},
        says="Your ReLU stops negative gradients on the way back; the sign of Z1 decides, not that of dA1.")
mistake("mlp_loss", "mlp_loss_relu_by_both_signs",
        {"relu_backward(dA1, Z1)": "np.maximum(0, relu_backward(dA1, Z1))"},
        says="You stop negative gradients too on the way back; the sign of Z1 alone decides.")
mistake("mlp_loss", "mlp_loss_relu_exchanged", {"relu_backward(dA1, Z1)": "relu_backward(dA1, -Z1)"},
        says="You let the gradient through where Z1 was negative; it passes where Z1 was positive.")
mistake("mlp_loss", "mlp_loss_relu_times_the_value", {"relu_backward(dA1, Z1)": "dA1 * relu_forward(Z1)"},
        says="You multiply dA1 by A1; ReLU's slope is 1 where Z1 was positive, and 0 elsewhere.")
mistake("mlp_loss", "mlp_loss_relu_without_upstream",
        {"relu_backward(dA1, Z1)": "relu_backward(np.ones(dA1.shape), Z1)"},
        says="You send back ReLU's slopes alone; multiply them by dA1.")
mistake("mlp_loss", "mlp_loss_slope_of_another_activation",
        [{"relu_backward(dA1, Z1)": "dA1 * A1 * (1 - A1)"}, {"relu_backward(dA1, Z1)": "dA1 * (1 - A1 ** 2)"},
         {"relu_backward(dA1, Z1)": "dA1 / (2 + np.exp(Z1) + np.exp(-Z1))"},
         {"relu_backward(dA1, Z1)": "dA1 * (1 - np.tanh(Z1) ** 2)"}],
        says="Your hidden layer goes back with the slope of sigmoid or tanh; ReLU's is 1 where Z1 was "
             "positive, else 0.")
mistake("mlp_loss", "mlp_loss_relu_skipped_in_dw1", {"X.T @ dZ1": "X.T @ dA1"},
        says="You use dA1 in dW1, so ReLU is skipped there; use dZ1.")
mistake("mlp_loss", "mlp_loss_relu_skipped_in_db1", {"dZ1.sum(axis=0)": "dA1.sum(axis=0)"},
        says="You use dA1 in db1, so ReLU is skipped there; use dZ1.")
mistake("mlp_loss", "mlp_loss_weights_of_output_from_input",
        {"affine_backward(dZ2, A1, W2)": "affine_backward(dZ2, Z1, W2)"},
        says="You use Z1 instead of A1 in dW2; the second layer's input is what ReLU let through.")
mistake("mlp_loss", "mlp_loss_weights_of_output_from_x",
        {"affine_backward(dZ2, A1, W2)": "affine_backward(dZ2, X, W2)"},
        says="You use X instead of A1 in dW2; the second layer's input is what ReLU let through.")
mistake("mlp_loss", "mlp_loss_backward_through_penalised_weights",
        {"affine_backward(dZ2, A1, W2)": "affine_backward(dZ2, A1, W2 + l2 * W2)"},
        says="You add λW2 to W2 before it carries the gradient back; for dA1, multiply dZ2 by the W2 of the "
             "forward pass.")
mistake("mlp_loss", "mlp_loss_backward_without_w2",
        {"dZ1 = relu_backward(dA1, Z1)":
         "dA1 = np.ones(A1.shape) * dZ2.sum(axis=1, keepdims=True)\ndZ1 = relu_backward(dA1, Z1)"},
        says="You leave out W2 on the way back; dA1 = dZ2 W2ᵀ.")
mistake("mlp_loss", "mlp_loss_backward_by_w2",
        {"dZ1 = relu_backward(dA1, Z1)": "dA1 = dZ2 @ W2\ndZ1 = relu_backward(dA1, Z1)"},
        says="You multiply dZ2 by W2 on the way back, which fits only where H = C; dA1 = dZ2 W2ᵀ.")
mistake("mlp_loss", "mlp_loss_weight_gradients_transposed",
        [{"dW1": "dW1.T", "dW2": "dW2.T"},
         {"dW1 + l2_gradient(W1, l2)": "(dW1 + l2_gradient(W1, l2)).T",
          "dW2 + l2_gradient(W2, l2)": "(dW2 + l2_gradient(W2, l2)).T"}],
        says="Your weight gradients are transposed; dW1 = Xᵀ dZ1 and dW2 = A1ᵀ dZ2 have the shapes of W1 "
             "and W2.")
mistake("mlp_loss", "mlp_loss_weight_gradients_summed", {"dW1": "dW1 * len(y)", "dW2": "dW2 * len(y)"},
        says="Your weight gradients are sums over the examples; divide them by N, as those of the biases "
             "are.")
mistake("mlp_loss", "mlp_loss_weight_gradients_averaged", {"dW1": "dW1 / len(y)", "dW2": "dW2 / len(y)"},
        says="You divide dW1 and dW2 by N again; dZ2 has the 1/N already.")
mistake("mlp_loss", "mlp_loss_bias_gradients_summed", {"db1": "db1 * len(y)", "db2": "db2 * len(y)"},
        says="Your bias gradients are sums over the examples; divide them by N, as those of the weights are.")
mistake("mlp_loss", "mlp_loss_bias_gradients_averaged", {"db1": "db1 / len(y)", "db2": "db2 / len(y)"},
        says="You divide db1 and db2 by N again; dZ2 has the 1/N already, so add up the rows.")
mistake("mlp_loss", "mlp_loss_first_layer_summed",
        {"relu_backward(dA1, Z1)": "relu_backward(dA1, Z1) * len(y)"},
        says="The gradients of the first layer are sums over the examples; send back dZ2 with its 1/N.")
mistake("mlp_loss", "mlp_loss_first_layer_averaged",
        {"relu_backward(dA1, Z1)": "relu_backward(dA1, Z1) / len(y)"},
        says="You divide the first layer's gradients by N again; dZ2 has the 1/N already.")
mistake("mlp_loss", "mlp_loss_second_layer_summed", {"dW2": "dW2 * len(y)", "db2": "db2 * len(y)"},
        says="dW2 and db2 are sums over the examples; divide them by N, as those of the first layer are.")
mistake("mlp_loss", "mlp_loss_second_layer_averaged", {"dW2": "dW2 / len(y)", "db2": "db2 / len(y)"},
        says="You divide dW2 and db2 by N again; dZ2 has the 1/N already.")
mistake("mlp_loss", "mlp_loss_bias_gradients_over_the_units",
        {"dZ1.sum(axis=0)": "dZ1.sum(axis=1)", "db2": "dZ2.sum(axis=1)"},
        says="Your bias gradients add up over the units; add up over the examples (axis 0), one entry for "
             "each bias.")
mistake("mlp_loss", "mlp_loss_bias_gradients_not_summed", {"dZ1.sum(axis=0)": "dZ1", "db2": "dZ2"},
        says="You return dZ1 and dZ2 as bias gradients; add them up over the examples (axis 0).")
mistake("mlp_loss", "mlp_loss_bias_gradients_as_numbers", {"db1": "db1.sum()", "db2": "db2.sum()"},
        says="Your bias gradients are single numbers; add up over the examples alone (axis 0), one entry "
             "for each bias.")
mistake("mlp_loss", "mlp_loss_bias_gradients_as_rows", {"db1": "db1[None, :]", "db2": "db2[None, :]"},
        says="Your bias gradients have shape (1, H) and (1, C); they should have the shapes of the biases.")
mistake("mlp_loss", "mlp_loss_bias_gradients_as_columns", {"db1": "db1[:, None]", "db2": "db2[:, None]"},
        says="Your bias gradients have shape (H, 1) and (C, 1); they should have the shapes of the biases.")

# The penalty ------------------------------------------------------------------------------------------------

mistake("mlp_loss", "mlp_loss_doubled_penalty", {"0.5 * l2": "l2"},
        says="Your loss has λΣW² without the ½; write ½λΣW².")
mistake("mlp_loss", "mlp_loss_doubled_penalty_gradient", {"l2 * W": "2 * l2 * W"},
        says="Your gradient has 2λW; the derivative of ½λΣW² is λW.")
mistake("mlp_loss", "mlp_loss_both_penalties_doubled", {"0.5 * l2": "l2", "l2 * W": "2 * l2 * W"},
        says="You leave the ½ out of the penalty, both in the loss and in the gradients; here it is ½λΣW².")
mistake("mlp_loss", "mlp_loss_halved_penalty_gradient", {"l2 * W": "0.5 * l2 * W"},
        says="Your gradient has ½λW; the derivative of ½λΣW² is λW.")
mistake("mlp_loss", "mlp_loss_penalty_missing_from_gradients", {"l2 * W": "0 * W"},
        says="The penalty is missing from your gradients; add λW1 and λW2.")
mistake("mlp_loss", "mlp_loss_penalty_missing_from_loss", {"0.5 * l2": "0.0"},
        says="The penalty is missing from your loss; add ½λ(ΣW1² + ΣW2²).")
mistake("mlp_loss", "mlp_loss_lambda_missing_from_loss", {"0.5 * l2": "0.5"},
        says="The penalty in your loss is not multiplied by λ; add ½λ(ΣW1² + ΣW2²).")
mistake("mlp_loss", "mlp_loss_lambda_missing_from_gradients", {"l2 * W": "W"},
        says="The penalty in your gradients is not multiplied by λ; add λW1 and λW2.")
mistake("mlp_loss", "mlp_loss_penalty_subtracted",
        [{"0.5 * l2": "-0.5 * l2"}, {"l2 * W": "-l2 * W"}, {"0.5 * l2": "-0.5 * l2", "l2 * W": "-l2 * W"}],
        says="You subtract the penalty; add it to the loss, and λW to the gradients.")
mistake("mlp_loss", "mlp_loss_penalty_of_weights_not_squared",
        [{"(W * W).sum()": "W.sum()"}, {"(W * W).sum()": "np.abs(W).sum()"},
         {"(W * W).sum()": "np.abs(W).sum()", "l2 * W": "l2 * np.sign(W)"}],
        says="Your penalty adds up the weights as they are; it adds up their squares, ½λΣW².")
mistake("mlp_loss", "mlp_loss_penalty_of_norms", {"(W * W).sum()": "np.linalg.norm(W)"},
        says="Your penalty has the norm of W, the root of ΣW²; leave out the root.")
mistake("mlp_loss", "mlp_loss_penalty_averaged", {"(W * W).sum()": "(W * W).mean()"},
        says="Your penalty has the mean of the squared weights; it is their sum, ½λΣW².")
mistake("mlp_loss", "mlp_loss_penalty_without_brackets", {"l2_penalty(W2, l2)": "(W2 * W2).sum()"},
        says="½λ multiplies only ΣW1² in your loss; put brackets around the sum of both layers.")
mistake("mlp_loss", "mlp_loss_penalty_of_w1_twice", {"l2_penalty(W2, l2)": "l2_penalty(W1, l2)"},
        says="Your loss penalises W1 twice and W2 not at all; add ½λ(ΣW1² + ΣW2²).")
mistake("mlp_loss", "mlp_loss_penalty_on_w2_only",
        {"l2_penalty(W1, l2)": "0.0", "l2_gradient(W1, l2)": "0.0"},
        says="You penalise W2 alone; penalise the weights of both layers.")
mistake("mlp_loss", "mlp_loss_penalty_on_w1_only",
        {"l2_penalty(W2, l2)": "0.0", "l2_gradient(W2, l2)": "0.0"},
        says="You penalise W1 alone; penalise the weights of both layers.")
mistake("mlp_loss", "mlp_loss_loss_penalises_w2_only", {"l2_penalty(W1, l2)": "0.0"},
        says="Your loss penalises W2 alone; add ½λΣW1² too.")
mistake("mlp_loss", "mlp_loss_loss_penalises_w1_only", {"l2_penalty(W2, l2)": "0.0"},
        says="Your loss penalises W1 alone; add ½λΣW2² too.")
mistake("mlp_loss", "mlp_loss_w1_gradient_without_penalty", {"l2_gradient(W1, l2)": "0.0"},
        says="The gradient by W1 lacks the penalty; add λW1.")
mistake("mlp_loss", "mlp_loss_w2_gradient_without_penalty", {"l2_gradient(W2, l2)": "0.0"},
        says="The gradient by W2 lacks the penalty; add λW2.")
mistake("mlp_loss", "mlp_loss_biases_penalised",
        {"l2_penalty(W2, l2)": "(l2_penalty(W2, l2) + l2_penalty(b1, l2) + l2_penalty(b2, l2))",
         "db1": "db1 + l2_gradient(b1, l2)", "db2": "db2 + l2_gradient(b2, l2)"},
        says="You penalise the biases too; only the weights W1 and W2 are penalised.")
mistake("mlp_loss", "mlp_loss_biases_penalised_in_loss",
        {"l2_penalty(W2, l2)": "(l2_penalty(W2, l2) + l2_penalty(b1, l2) + l2_penalty(b2, l2))"},
        says="Your loss penalises the biases too; only the weights W1 and W2 are penalised.")
mistake("mlp_loss", "mlp_loss_biases_penalised_in_gradients",
        {"db1": "db1 + l2_gradient(b1, l2)", "db2": "db2 + l2_gradient(b2, l2)"},
        says="You add λb to the bias gradients; only the weights W1 and W2 are penalised.")
mistake("mlp_loss", "mlp_loss_penalty_divided_by_n",
        {"Z1 = affine_forward(X, W1, b1)": "l2 = l2 / len(y)\nZ1 = affine_forward(X, W1, b1)"},
        says="You divide the penalty by N along with the rest; it stands outside the mean.")
mistake("mlp_loss", "mlp_loss_penalty_divided_by_n_in_loss",
        {"l2_penalty(W1, l2)": "l2_penalty(W1, l2) / len(y)",
         "l2_penalty(W2, l2)": "l2_penalty(W2, l2) / len(y)"},
        says="You divide the penalty in your loss by N; it stands outside the mean.")
mistake("mlp_loss", "mlp_loss_penalty_divided_by_n_in_gradients",
        {"l2_gradient(W1, l2)": "l2_gradient(W1, l2) / len(y)",
         "l2_gradient(W2, l2)": "l2_gradient(W2, l2) / len(y)"},
        says="You divide the penalty in your gradients by N; add λW1 and λW2 as they are.")
mistake("mlp_loss", "mlp_loss_penalty_for_each_example",
        {"l2_penalty(W1, l2)": "l2_penalty(W1, l2) * len(y)",
         "l2_penalty(W2, l2)": "l2_penalty(W2, l2) * len(y)"},
        says="You add the penalty once for each example; add it once, after the mean.")
mistake("mlp_loss", "mlp_loss_penalty_for_each_example_in_gradients",
        {"l2_gradient(W1, l2)": "l2_gradient(W1, l2) * len(y)",
         "l2_gradient(W2, l2)": "l2_gradient(W2, l2) * len(y)"},
        says="You add the penalty to the gradients once for each example; add λW1 and λW2 once.")

# What is returned -------------------------------------------------------------------------------------------

mistake("mlp_loss", "mlp_loss_keys_with_a_d",
        {"{'W1': dW1 + l2_gradient(W1, l2), 'b1': db1, 'W2': dW2 + l2_gradient(W2, l2), 'b2': db2}":
         "{'dW1': dW1 + l2_gradient(W1, l2), 'db1': db1, 'dW2': dW2 + l2_gradient(W2, l2), 'db2': db2}"},
        says="Your gradients are called dW1, db1 and so on; use the keys of params.")
mistake("mlp_loss", "mlp_loss_keys_exchanged",
        {"dW1 + l2_gradient(W1, l2)": "dW2 + l2_gradient(W2, l2)",
         "dW2 + l2_gradient(W2, l2)": "dW1 + l2_gradient(W1, l2)", "db1": "db2", "db2": "db1"},
        says="You have exchanged the layers: the gradients of W1 and b1 are under W2 and b2.")
mistake("mlp_loss", "mlp_loss_gradients_in_a_tuple",
        {"{'W1': dW1 + l2_gradient(W1, l2), 'b1': db1, 'W2': dW2 + l2_gradient(W2, l2), 'b2': db2}":
         "(dW1 + l2_gradient(W1, l2), db1, dW2 + l2_gradient(W2, l2), db2)"},
        says="You return the gradients one after the other; put them into a dictionary with the keys of "
             "params.")
mistake("mlp_loss", "mlp_loss_without_first_layers_gradients",
        {"{'W1': dW1 + l2_gradient(W1, l2), 'b1': db1, 'W2': dW2 + l2_gradient(W2, l2), 'b2': db2}":
         "{'W2': dW2 + l2_gradient(W2, l2), 'b2': db2}"},
        says="The gradients of W1 and b1 are missing; send the gradient back through W2 and ReLU to the "
             "first layer.")
mistake("mlp_loss", "mlp_loss_without_bias_gradients",
        {"{'W1': dW1 + l2_gradient(W1, l2), 'b1': db1, 'W2': dW2 + l2_gradient(W2, l2), 'b2': db2}":
         "{'W1': dW1 + l2_gradient(W1, l2), 'W2': dW2 + l2_gradient(W2, l2)}"},
        says="The gradients of b1 and b2 are missing; add up dZ1 and dZ2 over the examples.")
mistake("mlp_loss", "mlp_loss_without_gradients",
        {"{'W1': dW1 + l2_gradient(W1, l2), 'b1': db1, 'W2': dW2 + l2_gradient(W2, l2), 'b2': db2}": "{}"},
        says="You return no gradients; give one for each of W1, b1, W2 and b2.")
mistake("mlp_loss", "mlp_loss_is_the_loss_alone",
        {"(loss, {'W1': dW1 + l2_gradient(W1, l2), 'b1': db1, 'W2': dW2 + l2_gradient(W2, l2), 'b2': db2})":
         "loss"},
        says="You return the loss alone; return a pair, the loss and the gradients.")
mistake("mlp_loss", "mlp_loss_in_another_order",
        {"(loss, {'W1': dW1 + l2_gradient(W1, l2), 'b1': db1, 'W2': dW2 + l2_gradient(W2, l2), 'b2': db2})":
         "({'W1': dW1 + l2_gradient(W1, l2), 'b1': db1, 'W2': dW2 + l2_gradient(W2, l2), 'b2': db2}, loss)"},
        says="You return the gradients first; the order is the loss, then the gradients.")
mistake("mlp_loss", "mlp_loss_first_layers_gradients_left_at_zero",
        {"X.T @ dZ1": "0.0 * W1", "dZ1.sum(axis=0)": "0.0 * b1"},
        says="Nothing of the data reaches the gradients of W1 and b1; send dZ2 back through W2 and ReLU.")
mistake("mlp_loss", "mlp_loss_bias_gradients_left_at_zero", {"db1": "0.0 * b1", "db2": "0.0 * b2"},
        says="Your bias gradients are 0; add up dZ1 and dZ2 over the examples.")
mistake("mlp_loss", "mlp_loss_overwrites_params",
        {"return (loss, {'W1': dW1 + l2_gradient(W1, l2), 'b1': db1, 'W2': dW2 + l2_gradient(W2, l2), 'b2': db2})":
         "params['W1'], params['b1'] = dW1 + l2_gradient(W1, l2), db1\n"
         "params['W2'], params['b2'] = dW2 + l2_gradient(W2, l2), db2\n"
         "return (loss, params)"},
        says="You store the gradients in params itself, which is the caller's; return them in a new "
             "dictionary.")
