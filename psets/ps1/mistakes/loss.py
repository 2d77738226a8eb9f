"""Wrong versions for q3 and q4: the cross-entropy and its gradient."""

from grader import mistake

# cross_entropy: the log probabilities -----------------------------------------------------------------------

mistake("cross_entropy", "cross_entropy_log_of_zero",
        [{"log_softmax(z)": "np.log(softmax(z))"},
         {"log_softmax(z)[np.arange(len(y)), y]": "(np.eye(z.shape[1])[y] * np.log(softmax(z))).sum(axis=1)"},
         {"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))":
          "np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True))"},
         {"log_softmax(z)[np.arange(len(y)), y]": "(np.eye(z.shape[1])[y] * log_softmax(z)).sum(axis=1)",
          "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))":
          "np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True))"}],
        says="You take the logarithm of a probability that has underflowed to 0, so the loss is inf or nan; "
             "compute the log probability from the logits, as z − max − log Σ exp(z − max).")
mistake("cross_entropy", "cross_entropy_with_epsilon",
        [{"log_softmax(z)": "np.log(softmax(z) + c)"},
         {"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))":
          "np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True) + c)"}],
        free={"c": (1e-5, 1e-12, 1e-8, 1e-10, 1e-7, 1e-15, 1e-9, 1e-6, 1e-16, 1e-20)},
        says="You add a constant to the probability inside the logarithm, which biases every loss; compute "
             "the log probability from the logits instead.")
mistake("cross_entropy", "cross_entropy_clipped",
        [{"log_softmax(z)": "np.log(np.clip(softmax(z), c, 1 - c))"},
         {"log_softmax(z)": "np.log(np.maximum(softmax(z), c))"}],
        free={"c": (1e-15, 1e-12, 1e-10, 1e-7, 1e-8, 1e-9, 1e-5, 1e-6)},
        says="You clip the probabilities away from 0, so an improbable label costs too little; compute the "
             "log probability from the logits instead.")
mistake("cross_entropy", "cross_entropy_without_shift",
        [{"z - np.real(z).max(axis=1, keepdims=True)": "z"},
         {"-log_softmax(z)[np.arange(len(y)), y].mean()":
          "np.log(np.exp(z).sum(axis=1)).mean() - z[np.arange(len(y)), y].mean()"}],
        says="You exponentiate the logits without a shift, which overflows; subtract each row's largest logit first.")

mistake("cross_entropy", "cross_entropy_shift_added",
        {"z - np.real(z).max(axis=1, keepdims=True)": "z + np.real(z).max(axis=1, keepdims=True)"},
        says="You add each row's largest logit, which overflows all the sooner; subtract it.")
mistake("cross_entropy", "cross_entropy_shifted_by_global_max",
        {"np.real(z).max(axis=1, keepdims=True)": "z.max()"},
        says="You shift by the largest logit of the whole batch, so a row far below it gets log 0; shift "
             "each row by its own largest logit.")
mistake("cross_entropy", "cross_entropy_shifted_by_column_max",
        {"np.real(z).max(axis=1, keepdims=True)": "z.max(axis=0)"},
        says="You subtract each column's largest logit, which changes the probabilities; subtract each row's "
             "(axis=1, keepdims=True).")
mistake("cross_entropy", "cross_entropy_shifted_by_mean",
        {"np.real(z).max(axis=1, keepdims=True)": "z.mean(axis=1, keepdims=True)"},
        says="You subtract each row's mean, which still overflows when one logit lies far above the others; "
             "subtract its largest logit.")
mistake("cross_entropy", "cross_entropy_shift_not_undone",
        {"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))":
         "z - np.log(np.exp(shifted).sum(axis=1, keepdims=True))"},
        says="You shift the logits inside the exponentials and forget to add the largest logit back: log Σ "
             "exp z = m + log Σ exp(z − m).")
mistake("cross_entropy", "cross_entropy_shift_undone_backwards",
        {"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))":
         "z + np.real(z).max(axis=1, keepdims=True) - np.log(np.exp(shifted).sum(axis=1, keepdims=True))"},
        says="You subtract the largest logit again where it should be added back: log Σ exp z = m + log Σ "
             "exp(z − m).")
mistake("cross_entropy", "cross_entropy_changes_logits",
        {"z - np.real(z).max(axis=1, keepdims=True)":
         "np.subtract(z, np.real(z).max(axis=1, keepdims=True), out=z)"},
        says="You shift the logits in place (z -= ...), which changes the caller's array; work on a new one.")

mistake("cross_entropy", "cross_entropy_normalised_over_examples",
        {"np.exp(shifted).sum(axis=1, keepdims=True)": "np.exp(shifted).sum(axis=0)"},
        says="You sum the exponentials down the columns; sum over the classes of each row (axis=1).")
mistake("cross_entropy", "cross_entropy_normalised_over_everything",
        {"np.exp(shifted).sum(axis=1, keepdims=True)": "np.exp(shifted).sum()"},
        says="You sum the exponentials of the whole batch; sum over the classes of each row (axis=1).")
mistake("cross_entropy", "cross_entropy_of_a_perceptron",
        {"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "shifted"},
        says="You return the largest logit minus the label's, which is the perceptron's loss; −log p has log "
             "Σ exp z instead of the largest logit.")
mistake("cross_entropy", "cross_entropy_without_the_label", {"log_softmax(z)": "(log_softmax(z) - z)"},
        says="You leave out the right class's logit: −log p = log Σ exp z − z[y].")
mistake("cross_entropy", "cross_entropy_of_the_logit", {"log_softmax(z)": "z"},
        says="You return minus the right class's logit; −log p = log Σ exp z − z[y].")
mistake("cross_entropy", "cross_entropy_log_of_logits", {"log_softmax(z)": "np.log(z)"},
        says="You take the logarithm of the logits; they need softmax before they are probabilities.")
mistake("cross_entropy", "cross_entropy_in_bits", {"log_softmax(z)": "(log_softmax(z) / np.log(2))"},
        says="You take logarithms to base 2; the handout asks for natural logarithms.")
mistake("cross_entropy", "cross_entropy_in_base_ten", {"log_softmax(z)": "(log_softmax(z) / np.log(10))"},
        says="You take logarithms to base 10; the handout asks for natural logarithms.")
mistake("cross_entropy", "cross_entropy_softmax_twice", {"log_softmax(z)": "log_softmax(softmax(z))"},
        says="You apply softmax to probabilities; z goes through softmax once, and a second pass flattens "
             "the probabilities.")
mistake("cross_entropy", "cross_entropy_of_sigmoids", {"log_softmax(z)": "np.log(1 / (1 + np.exp(-z)))"},
        says="You apply a sigmoid to each logit separately; p comes from softmax, over all classes of a row.")
mistake("cross_entropy", "cross_entropy_one_minus_p", {"log_softmax(z)": "(softmax(z) - 1)"},
        says="You return 1 − p of the right class; the loss is −log p.")
mistake("cross_entropy", "cross_entropy_without_log", {"log_softmax(z)": "softmax(z)"},
        says="You return −p of the right class, without the logarithm; the loss is −log p.")

# cross_entropy: the classes ---------------------------------------------------------------------------------

mistake("cross_entropy", "cross_entropy_of_every_class",
        {"log_softmax(z)[np.arange(len(y)), y]": "log_softmax(z).sum(axis=1)"},
        says="You sum −log p over every class; only the right class counts, p[i, y[i]].")
mistake("cross_entropy", "cross_entropy_binary",
        [{"log_softmax(z)[np.arange(len(y)), y]":
          "np.where(np.eye(z.shape[1])[y] == 1, np.log(softmax(z)), np.log(1 - softmax(z))).sum(axis=1)"},
         {"log_softmax(z)[np.arange(len(y)), y]":
          "sum((y == k) * np.log(p + c) + (y != k) * np.log(1 - p + c) for k, p in enumerate(softmax(z).T))"}],
        free={"c": (0.0, 1e-8, 1e-10, 1e-7, 1e-12, 1e-6, 1e-15, 1e-9)},
        says="You also add −log(1 − p) for the wrong classes, as for C yes-or-no questions; softmax "
             "cross-entropy has only the right class's term.")
mistake("cross_entropy", "cross_entropy_squared_error",
        [{"log_softmax(z)[np.arange(len(y)), y]": "-((softmax(z) - np.eye(z.shape[1])[y]) ** 2).sum(axis=1)"},
         {"log_softmax(z)[np.arange(len(y)), y]": "-((softmax(z) - np.eye(z.shape[1])[y]) ** 2)"},
         {"log_softmax(z)[np.arange(len(y)), y]":
          "-0.5 * ((softmax(z) - np.eye(z.shape[1])[y]) ** 2).sum(axis=1)"}],
        says="You return the mean squared error between probabilities and one-hot labels; the loss is −log p.")
mistake("cross_entropy", "cross_entropy_of_the_prediction",
        {"log_softmax(z)[np.arange(len(y)), y]": "log_softmax(z).max(axis=1)"},
        says="You use the class the model prefers instead of the label; the loss uses p[i, y[i]].")
mistake("cross_entropy", "cross_entropy_classes_from_unique",
        {"(np.arange(len(y)), y)": "(np.arange(len(y)), np.unique(y, return_inverse=True)[1])"},
        says="You number only the classes that appear in y, so a class without examples shifts the rest; "
             "label k is column k.")
mistake("cross_entropy", "cross_entropy_every_label_in_every_row",
        [{"(np.arange(len(y)), y)": "(slice(None), y)"},
         {"log_softmax(z)[np.arange(len(y)), y].mean()": "log_softmax(z)[:, y].sum() / len(y)"}],
        says="p[:, y] picks every example's label from every row; p[np.arange(N), y] picks one entry per row.")
mistake("cross_entropy", "cross_entropy_rows_by_label", {"(np.arange(len(y)), y)": "y"},
        says="p[y] picks whole rows, those numbered as the labels; p[np.arange(N), y] picks one entry per row.")
mistake("cross_entropy", "cross_entropy_labels_from_one",
        {"(np.arange(len(y)), y)": "(np.arange(len(y)), y - 1)"},
        says="You treat labels as starting at 1; they start at 0, so label k is column k.")

# cross_entropy: the mean ------------------------------------------------------------------------------------

mistake("cross_entropy", "cross_entropy_without_minus",
        {"-log_softmax(z)[np.arange(len(y)), y].mean()": "log_softmax(z)[np.arange(len(y)), y].mean()"},
        says="Your loss is negative; it lacks the minus sign of −log p.")
mistake("cross_entropy", "cross_entropy_summed",
        {"log_softmax(z)[np.arange(len(y)), y].mean()": "log_softmax(z)[np.arange(len(y)), y].sum()"},
        says="Your loss is the sum over the batch; the handout asks for the mean.")
mistake("cross_entropy", "cross_entropy_mean_over_entries",
        {"log_softmax(z)[np.arange(len(y)), y].mean()":
         "log_softmax(z)[np.arange(len(y)), y].sum() / z.size"},
        says="You average over all N·C entries; the mean is over the N examples, with one term for each.")
mistake("cross_entropy", "cross_entropy_divided_by_classes",
        {"log_softmax(z)[np.arange(len(y)), y].mean()":
         "log_softmax(z)[np.arange(len(y)), y].sum() / z.shape[1]"},
        says="You divide by the number of classes; the mean divides by the N examples.")
mistake("cross_entropy", "cross_entropy_divided_twice",
        {"log_softmax(z)[np.arange(len(y)), y].mean()":
         "log_softmax(z)[np.arange(len(y)), y].mean() / len(y)"},
        says="You divide by N twice; the mean over the examples divides once.")
mistake("cross_entropy", "cross_entropy_halved",
        {"log_softmax(z)[np.arange(len(y)), y].mean()": "log_softmax(z)[np.arange(len(y)), y].mean() / 2"},
        says="You halve the loss, as for a squared error; the mean of −log p has no factor ½.")
mistake("cross_entropy", "cross_entropy_per_example",
        {"log_softmax(z)[np.arange(len(y)), y].mean()": "log_softmax(z)[np.arange(len(y)), y]"},
        says="You return one loss per example; the handout asks for their mean, one number.")
mistake("cross_entropy", "cross_entropy_of_first_example",
        [{"log_softmax(z)[np.arange(len(y)), y].mean()": "log_softmax(z)[np.arange(len(y)), y][0]"},
         {"log_softmax(z)[np.arange(len(y)), y].mean()": "log_softmax(z)[np.arange(len(y)), y][0] / len(y)"}],
        says="Your return is inside the loop, so only the first example counts.")
mistake("cross_entropy", "cross_entropy_of_last_example",
        [{"log_softmax(z)[np.arange(len(y)), y].mean()": "log_softmax(z)[np.arange(len(y)), y][-1]"},
         {"log_softmax(z)[np.arange(len(y)), y].mean()":
          "log_softmax(z)[np.arange(len(y)), y][-1] / len(y)"}],
        says="Your loop overwrites the loss at every example, so only the last one counts; add them up.")
mistake("cross_entropy", "cross_entropy_without_last_example",
        {"log_softmax(z)[np.arange(len(y)), y].mean()":
         "log_softmax(z)[np.arange(len(y)), y][:-1].sum() / len(y)"},
        says="Your loop stops one example early; all N examples count.")
mistake("cross_entropy", "cross_entropy_log_of_mean",
        {"log_softmax(z)[np.arange(len(y)), y].mean()":
         "np.log(np.exp(log_softmax(z)[np.arange(len(y)), y]).mean())"},
        says="You take the logarithm of the mean probability; the loss is the mean of the logarithms.")

# cross_entropy_gradient: the probabilities ------------------------------------------------------------------

mistake("cross_entropy_gradient", "gradient_without_shift",
        {"softmax(z)": "(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True))"},
        says="You exponentiate the logits without a shift, which overflows; use your softmax of question 2.")
mistake("cross_entropy_gradient", "gradient_shifted_by_global_max",
        {"softmax(z)": "(np.exp(z - z.max()) / np.exp(z - z.max()).sum(axis=1, keepdims=True))"},
        says="You shift by the largest logit of the whole batch, so a row far below it becomes 0/0; use your "
             "softmax of question 2, with each row's own largest logit.")
mistake("cross_entropy_gradient", "gradient_softmax_twice", {"softmax(z)": "softmax(softmax(z))"},
        says="You apply softmax twice; z holds logits, so once is enough.")
mistake("cross_entropy_gradient", "gradient_of_raw_logits", {"softmax(z)": "(1.0 * z)"},
        says="You use the logits where probabilities belong: the gradient is (softmax(z) − 1(y = j)) / N.")
mistake("cross_entropy_gradient", "gradient_of_sigmoids", {"softmax(z)": "(1 / (1 + np.exp(-z)))"},
        says="You apply a sigmoid to each logit separately; p comes from softmax, over all classes of a row.")
mistake("cross_entropy_gradient", "gradient_of_a_perceptron",
        {"softmax(z)": "np.eye(z.shape[1])[z.argmax(axis=1)]"},
        says="You give the class with the largest logit all of the probability, as a perceptron does; use "
             "softmax's p, minus 1 at the label.")
mistake("cross_entropy_gradient", "gradient_with_log_p",
        [{"softmax(z)": "(z - z.max(axis=1, keepdims=True)"
                        " - np.log(np.exp(z - z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)))"},
         {"softmax(z)": "np.log(softmax(z))"}],
        says="You return log p − 1(y = j); it should be p itself, not its logarithm.")

# cross_entropy_gradient: the label --------------------------------------------------------------------------

mistake("cross_entropy_gradient", "gradient_label_not_subtracted",
        {"gradient[np.arange(len(y)), y] -= 1": ""},
        says="You never subtract 1 at the label; the gradient is (p − 1(y = j)) / N.")
mistake("cross_entropy_gradient", "gradient_label_added",
        {"gradient[np.arange(len(y)), y] -= 1": "gradient[np.arange(len(y)), y] += 1"},
        says="You add 1 at the label; subtract it: the gradient is (p − 1(y = j)) / N.")
mistake("cross_entropy_gradient", "gradient_label_turned_around",
        {"gradient[np.arange(len(y)), y] -= 1":
         "gradient[np.arange(len(y)), y] = 1 - gradient[np.arange(len(y)), y]"},
        says="You put 1 − p at the label; it should be p − 1, which is negative.")
mistake("cross_entropy_gradient", "gradient_label_set_to_minus_one",
        {"gradient[np.arange(len(y)), y] -= 1": "gradient[np.arange(len(y)), y] = -1"},
        says="You put −1 at the label; it should be p − 1, so subtract 1 from what is there.")
mistake("cross_entropy_gradient", "gradient_as_on_the_slide",
        {"gradient[np.arange(len(y)), y] -= 1": "gradient[np.arange(len(y)), y] = gradient.max(axis=1) - 1"},
        says="You subtract 1 from the largest probability and put the result at the label; the label's entry "
             "is its own p[y] − 1, and each row should sum to 0.")
mistake("cross_entropy_gradient", "gradient_minus_label_number",
        {"gradient[np.arange(len(y)), y] -= 1": "gradient -= y[:, None]"},
        says="You subtract the label's number from every probability; subtract 1, and only in the label's column.")
mistake("cross_entropy_gradient", "gradient_minus_one_everywhere",
        {"gradient[np.arange(len(y)), y] -= 1": "gradient -= 1"},
        says="You subtract 1 from every probability; subtract it only in the label's column.")
mistake("cross_entropy_gradient", "gradient_classes_from_unique",
        {"(np.arange(len(y)), y)": "(np.arange(len(y)), np.unique(y, return_inverse=True)[1])"},
        says="You number only the classes that appear in y, so a class without examples shifts the rest; "
             "label k is column k.")
mistake("cross_entropy_gradient", "gradient_every_label_in_every_row",
        {"(np.arange(len(y)), y)": "(slice(None), y)"},
        says="p[:, y] -= 1 subtracts 1 in every row at every label; p[np.arange(N), y] -= 1 subtracts one per row.")
mistake("cross_entropy_gradient", "gradient_rows_by_label", {"(np.arange(len(y)), y)": "y"},
        says="p[y] -= 1 subtracts 1 in whole rows, those numbered as the labels; p[np.arange(N), y] -= 1 "
             "subtracts one per row.")
mistake("cross_entropy_gradient", "gradient_at_the_prediction",
        {"(np.arange(len(y)), y)": "(np.arange(len(y)), gradient.argmax(axis=1))"},
        says="You subtract 1 at the class the model prefers; subtract it at the label, y[i].")
mistake("cross_entropy_gradient", "gradient_labels_from_one",
        {"(np.arange(len(y)), y)": "(np.arange(len(y)), y - 1)"},
        says="You treat labels as starting at 1; they start at 0.")
mistake("cross_entropy_gradient", "gradient_changes_logits",
        {"gradient[np.arange(len(y)), y] -= 1":
         "gradient[np.arange(len(y)), y] -= 1\nz[np.arange(len(y)), y] -= 1"},
        says="You write into z, which changes the caller's logits; work on a new array.")

# cross_entropy_gradient: the mean and what is returned ------------------------------------------------------

mistake("cross_entropy_gradient", "gradient_of_the_sum", {"gradient / len(y)": "gradient"},
        says="Your gradient is that of the sum; the loss is the mean over the examples, so divide by N.")
mistake("cross_entropy_gradient", "gradient_divided_by_entries", {"gradient / len(y)": "gradient / z.size"},
        says="You divide by N·C, as np.mean over all entries does; the loss is the mean over the N examples.")
mistake("cross_entropy_gradient", "gradient_divided_by_classes",
        {"gradient / len(y)": "gradient / z.shape[1]"},
        says="You divide by the number of classes; the mean divides by the N examples.")
mistake("cross_entropy_gradient", "gradient_divided_twice", {"gradient / len(y)": "gradient / len(y) ** 2"},
        says="You divide by N twice; the mean over the examples divides once.")
mistake("cross_entropy_gradient", "gradient_label_not_divided",
        {"softmax(z)": "softmax(z) / len(y)", "gradient / len(y)": "gradient"},
        says="You divide only the probabilities by N and subtract a whole 1 at the label; divide the difference.")
mistake("cross_entropy_gradient", "gradient_only_label_divided",
        {"gradient[np.arange(len(y)), y] -= 1": "gradient[np.arange(len(y)), y] -= 1 / len(y)",
         "gradient / len(y)": "gradient"},
        says="You divide only the label's 1 by N and leave the probabilities whole; divide the difference.")
mistake("cross_entropy_gradient", "gradient_sign_flipped", {"gradient / len(y)": "-gradient / len(y)"},
        says="Your gradient has the wrong sign; it is p minus the one-hot label, not the label minus p.")
mistake("cross_entropy_gradient", "gradient_doubled", {"gradient / len(y)": "2 * gradient / len(y)"},
        says="You double the gradient, as for a squared error; −log p has no factor 2.")
mistake("cross_entropy_gradient", "gradient_halved", {"gradient / len(y)": "gradient / (2 * len(y))"},
        says="You halve the gradient; the mean of −log p has no factor ½.")
mistake("cross_entropy_gradient", "gradient_times_sigmoid_slope",
        {"gradient / len(y)": "gradient * softmax(z) * (1 - softmax(z)) / len(y)"},
        says="You multiply by p(1 − p), as after a sigmoid; with cross-entropy, softmax's slope is already "
             "in p − 1(y = j).")
mistake("cross_entropy_gradient", "gradient_only_at_the_label",
        {"gradient / len(y)": "gradient * np.eye(z.shape[1])[y] / len(y)"},
        says="You keep the gradient only in the label's column; raising any other logit lowers p[y] too, by p_j.")
mistake("cross_entropy_gradient", "gradient_in_the_probability",
        [{"gradient / len(y)": "-np.eye(z.shape[1])[y] / softmax(z) / len(y)"},
         {"gradient / len(y)": "np.where(np.eye(z.shape[1])[y] == 1, -1 / softmax(z), 0.0) / len(y)"}],
        says="You stop at −1/p, the slope of the loss with respect to p; the slope with respect to the "
             "logits is p − 1(y = j).")
mistake("cross_entropy_gradient", "gradient_averaged_over_batch",
        {"gradient / len(y)": "gradient.mean(axis=0)"},
        says="You average over the examples; each example has its own row of the gradient, shape (N, C).")
mistake("cross_entropy_gradient", "gradient_transposed", {"gradient / len(y)": "gradient.T / len(y)"},
        says="Your gradient is transposed; it should have the shape of z, (N, C).")
mistake("cross_entropy_gradient", "gradient_in_integer_array",
        {"gradient / len(y)": "(gradient / len(y)).astype(z.dtype)"},
        says="You fill an array made like z, which cuts the gradient down to whole numbers when the logits "
             "are integers; use an array of floats.")
mistake("cross_entropy_gradient", "gradient_by_differences",
        {"return gradient / len(y)":
         "for index in np.ndindex(z.shape):\n"
         "    moved = z.astype(float)\n"
         "    moved[index] += c\n"
         "    gradient[index] = (cross_entropy(moved, y) - cross_entropy(z, y)) / c\n"
         "return gradient"},
        free={"c": (1e-6, 1e-5, 1e-4, 1e-7, 1e-8, 1e-3)},
        says="You measure the slope from differences of the loss, which is slow and keeps only a few digits; "
             "the question asks for the formula.")
