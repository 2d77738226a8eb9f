"""Wrong versions for q2 and q5: the network's loss, its gradients, and the error rate."""

from grader import mistake

# data_loss: the hidden units --------------------------------------------------------------------------------

mistake("data_loss", "loss_with_relu", {
        "np.tanh": "(lambda Z: np.maximum(0, Z))", "1.0 - A1 * A1": "(A1 > 0)"},
        says="Your hidden units are still ReLU; this network's are tanh, with the derivative 1 − A1².")
mistake("data_loss", "loss_with_sigmoids", {
        "np.tanh": "(lambda Z: 1 / (1 + np.exp(-Z)))", "1.0 - A1 * A1": "A1 * (1 - A1)"},
        says="Your hidden units are sigmoids; this network's are tanh, with the derivative 1 − A1².")
mistake("data_loss", "loss_with_linear_units", [{"np.tanh": "np.asarray", "1.0 - A1 * A1": "1.0"},
        {"np.tanh": "np.asarray"}],
        says="You leave out the tanh on the way forward; A1 = tanh(Z1).")

mistake("data_loss", "loss_skipping_tanh_backward", {"1.0 - A1 * A1": "1.0"},
        says="You skip the tanh on the way back; multiply by its derivative, 1 − A1².")
mistake("data_loss", "loss_with_relu_backward", {"1.0 - A1 * A1": "(A1 > 0)"},
        says="You still use ReLU's switch on the way back; tanh multiplies by 1 − A1².")
mistake("data_loss", "loss_with_tanh_of_tanh", {"1.0 - A1 * A1": "1 - np.tanh(A1) ** 2"},
        says="You apply tanh a second time in its derivative; A1 is the tanh already, so the derivative is "
        "1 − A1².")
mistake("data_loss", "loss_with_sigmoids_derivative", {"1.0 - A1 * A1": "A1 * (1 - A1)"},
        says="A1(1 − A1) is the sigmoid's derivative; tanh's is 1 − A1².")
mistake("data_loss", "loss_with_tanh_not_squared", {"1.0 - A1 * A1": "1 - A1"},
        says="You multiply by 1 − A1 on the way back; tanh's derivative is 1 − A1², with the square.")
mistake("data_loss", "loss_with_input_squared", {"1.0 - A1 * A1": "1 - affine_forward(X, W1, b1) ** 2"},
        says="You square tanh's input Z1 on the way back; the derivative is 1 − A1², where A1 = tanh(Z1).")

mistake("data_loss", "loss_without_biases", {"X @ W + b": "X @ W"},
        says="You never add the biases b1 and b2.")
mistake("data_loss", "loss_without_first_biases", {"affine_forward(X, W1, b1)": "X @ W1"},
        says="You never add the hidden units' biases b1; Z1 = XW1 + b1.")
mistake("data_loss", "loss_without_second_biases", {"affine_forward(A1, W2, b2)": "A1 @ W2"},
        says="You never add the biases b2; Z2 = A1W2 + b2.")

# data_loss: the softmax and the loss ------------------------------------------------------------------------

mistake("data_loss", "loss_without_shift", [
        {"exponentials = np.exp(z - np.real(z).max(axis=1, keepdims=True))": "exponentials = np.exp(z)",
         "log_softmax(z)": "np.log(softmax(z))"},
        {"exponentials = np.exp(z - np.real(z).max(axis=1, keepdims=True))": "exponentials = np.exp(z)",
         "shifted = z - np.real(z).max(axis=1, keepdims=True)": "shifted = z"}],
        says="You exponentiate the logits as they are, which overflows; subtract each row's largest logit "
        "first.")
mistake("data_loss", "loss_with_one_shift", [
        {"exponentials = np.exp(z - np.real(z).max(axis=1, keepdims=True))":
        "exponentials = np.exp(z - z.max())",
         "log_softmax(z)": "np.log(softmax(z))"},
        {"exponentials = np.exp(z - np.real(z).max(axis=1, keepdims=True))":
        "exponentials = np.exp(z - z.max())",
         "shifted = z - np.real(z).max(axis=1, keepdims=True)": "shifted = z - z.max()"}],
        says="You shift all rows by the largest logit of the batch, so that a row far below it underflows; "
        "subtract each row's own largest logit (axis=1).")
mistake("data_loss", "loss_with_mean_shift", [
        {"exponentials = np.exp(z - np.real(z).max(axis=1, keepdims=True))":
         "exponentials = np.exp(z - z.mean(axis=1, keepdims=True))", "log_softmax(z)": "np.log(softmax(z))"},
        {"exponentials = np.exp(z - np.real(z).max(axis=1, keepdims=True))":
         "exponentials = np.exp(z - z.mean(axis=1, keepdims=True))",
         "shifted = z - np.real(z).max(axis=1, keepdims=True)":
         "shifted = z - z.mean(axis=1, keepdims=True)"}],
        says="You subtract each row's mean, so that logits far apart still overflow; subtract its largest "
        "logit.")
mistake("data_loss", "loss_of_underflowed_probability", {"log_softmax(z)": "np.log(softmax(z))"},
        says="You take the logarithm of a probability that may have underflowed to 0; compute log p from "
        "the shifted logits.")
mistake("data_loss", "loss_with_small_number", {"log_softmax(z)": "np.log(softmax(z) + c)"},
        free={"c": (1e-5, 1e-8, 1e-7, 1e-10, 1e-15, 1e-12, 1e-9, 1e-6)},
        says="You add a small number inside the logarithm, which changes every loss; compute log p from the "
        "shifted logits.")
mistake("data_loss", "loss_of_clipped_probability", [{"log_softmax(z)":
        "np.log(np.clip(softmax(z), c, 1 - c))"},
        {"log_softmax(z)": "np.log(np.maximum(softmax(z), c))"}],
        free={"c": (1e-7, 1e-15, 1e-12, 1e-10, 1e-8, 1e-5)},
        says="You cut probabilities off at a small number, which bounds the loss; compute log p from the "
        "shifted logits.")
mistake("data_loss", "loss_over_axis_0", {
        "exponentials = np.exp(z - np.real(z).max(axis=1, keepdims=True))":
        "exponentials = np.exp(z - z.max(axis=0))",
        "exponentials.sum(axis=1, keepdims=True)": "exponentials.sum(axis=0)",
        "shifted = z - np.real(z).max(axis=1, keepdims=True)": "shifted = z - z.max(axis=0)",
        "np.exp(shifted).sum(axis=1, keepdims=True)": "np.exp(shifted).sum(axis=0)"},
        says="Your softmax runs over the examples; it runs over the classes of each example, axis 1.")
mistake("data_loss", "loss_of_softmax_twice", {
        "Z2 = affine_forward(A1, W2, b2)": "Z2 = softmax(affine_forward(A1, W2, b2))"},
        says="You apply softmax twice; the cross-entropy of Z2 applies it already.")
mistake("data_loss", "loss_summed", {
        "-log_softmax(z)[np.arange(len(y)), y].mean()": "-log_softmax(z)[np.arange(len(y)), y].sum()",
        "gradient / len(y)": "gradient"},
        says="Your loss and gradients are sums over the examples; the handout asks for means.")
mistake("data_loss", "loss_with_summed_loss", {
        "-log_softmax(z)[np.arange(len(y)), y].mean()": "-log_softmax(z)[np.arange(len(y)), y].sum()"},
        says="Your loss is a sum over the examples; divide it by N, as your gradients are.")
mistake("data_loss", "loss_averaged_over_classes", {
        "-log_softmax(z)[np.arange(len(y)), y].mean()":
        "-log_softmax(z)[np.arange(len(y)), y].mean() / z.shape[1]"},
        says="You average the loss over the classes too (np.mean of an N × C array?); divide by N alone.")
mistake("data_loss", "loss_negative", {
        "-log_softmax(z)[np.arange(len(y)), y].mean()": "log_softmax(z)[np.arange(len(y)), y].mean()"},
        says="Your loss is negative; the cross-entropy is −log p.")

# data_loss: the gradients -----------------------------------------------------------------------------------

mistake("data_loss", "loss_without_label", {"gradient[np.arange(len(y)), y] -= 1": ""},
        says="You never subtract 1 from the label's probability; the gradient by Z2 is (p − one-hot)/N.")
mistake("data_loss", "loss_with_gradients_reversed", {"gradient / len(y)": "-gradient / len(y)"},
        says="Your gradients have the wrong sign; the gradient by Z2 is (p − one-hot)/N.")
mistake("data_loss", "loss_with_summed_gradients", {"gradient / len(y)": "gradient"},
        says="Your gradients lack the 1/N that your loss has.")
mistake("data_loss", "loss_with_gradients_divided_twice", [
        {"X.T @ dZ": "X.T @ dZ / len(X)", "dZ.sum(axis=0)": "dZ.sum(axis=0) / len(X)"},
        {"X.T @ dZ": "X.T @ dZ / len(X)"}],
        says="You divide gradients by N twice; the gradient by Z2 already includes the 1/N.")
mistake("data_loss", "loss_with_mean_bias_gradients", {"dZ.sum(axis=0)": "dZ.mean(axis=0)"},
        says="Your bias gradients are means over the examples; dZ already includes the 1/N, so sum it.")
mistake("data_loss", "loss_with_summed_bias_gradients", {"dZ.sum(axis=0)": "len(dZ) * dZ.sum(axis=0)"},
        says="Your bias gradients lack the 1/N that the weights' gradients have.")
mistake("data_loss", "loss_with_row_bias_gradients", {"dZ.sum(axis=0)": "dZ.sum(axis=0, keepdims=True)"},
        says="Your bias gradients have shape (1, H) and (1, C); they should have the biases' shapes, (H,) "
        "and (C,).")
mistake("data_loss", "loss_with_bias_gradients_as_numbers", {"dZ.sum(axis=0)": "dZ.sum()"},
        says="Your bias gradients are single numbers; sum over the examples alone, axis 0.")
mistake("data_loss", "loss_without_gradients", {
        "(cross_entropy(Z2, y), {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2})": "cross_entropy(Z2, y)"},
        says="You return only the loss; return the pair (loss, gradients).")
mistake("data_loss", "loss_with_gradient_of_the_examples", {
        "{'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}":
        "{'X': _, 'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}"},
        says="You also return the gradient by X, as in problem set 2; the dictionary should have the keys "
        "of params and no others.")

# error_rate -------------------------------------------------------------------------------------------------

mistake("error_rate", "rate_of_right_answers", {"predicted != y": "predicted == y"},
        says="You return the accuracy; the error rate is the share of wrong answers.")
mistake("error_rate", "rate_as_distance", {"predicted != y": "np.abs(predicted - y)"},
        says="You average the differences between class numbers; every wrong answer counts 1.")
mistake("error_rate", "rate_as_a_count", {"(predicted != y).mean()": "(predicted != y).sum()"},
        says="You return the number of wrong answers; divide it by the number of examples.")
mistake("error_rate", "rate_in_per_cent", {"(predicted != y).mean()": "100 * (predicted != y).mean()"},
        says="You return a percentage; return a share between 0 and 1.")
mistake("error_rate", "rate_as_loss", {
        "(predicted != y).mean()": "cross_entropy(affine_forward(A1, params['W2'], params['b2']), y)"},
        says="You return the data loss; the error rate counts wrong answers.")

mistake("error_rate", "rate_with_linear_units", {"np.tanh": "np.asarray"},
        says="You leave out the tanh; the network's answer goes through its hidden units.")
mistake("error_rate", "rate_with_relu", {"np.tanh": "(lambda Z: np.maximum(0, Z))"},
        says="Your hidden units are ReLU; this network's are tanh.")
mistake("error_rate", "rate_without_biases", {"X @ W + b": "X @ W"},
        says="You leave out the biases b1 and b2.")
mistake("error_rate", "rate_with_last_of_ties", {
        "affine_forward(A1, params['W2'], params['b2']).argmax(axis=1)":
        "len(params['b2']) - 1 - affine_forward(A1, params['W2'], params['b2'])[:, ::-1].argmax(axis=1)"},
        says="You take the last of equal logits; the first is the network's answer.")
mistake("error_rate", "rate_of_the_smallest", {
        "affine_forward(A1, params['W2'], params['b2']).argmax(axis=1)":
        "affine_forward(A1, params['W2'], params['b2']).argmin(axis=1)"},
        says="You take the class of the smallest logit; the largest is the network's answer.")
