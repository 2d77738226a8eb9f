"""Wrong versions for q5 and q6: the regularized loss and its gradients."""

from grader import mistake

# regularized_loss: the penalty ------------------------------------------------------------------------------

mistake("regularized_loss", "loss_without_penalty", {"l2_penalty(W, l2)": "0.0"},
        says="You add no penalty; the loss is the mean cross-entropy plus ½λ ΣW².")
mistake("regularized_loss", "loss_penalty_inside_the_mean",
        {"l2_penalty(W, l2)": "l2_penalty(W, l2) / len(y)"},
        says="You divide the penalty by N; it stands outside the mean and does not depend on the number of examples.")
mistake("regularized_loss", "loss_penalty_per_example", {"l2_penalty(W, l2)": "l2_penalty(W, l2) * len(y)"},
        says="You add the penalty once per example; add it once in all.")
mistake("regularized_loss", "loss_penalty_subtracted", {"l2_penalty(W, l2)": "-l2_penalty(W, l2)"},
        says="You subtract the penalty, which rewards large weights; add it.")
mistake("regularized_loss", "loss_biases_penalised",
        {"l2_penalty(W, l2)": "(l2_penalty(W, l2) + l2_penalty(b, l2))"},
        says="You penalise the biases too; the handout penalises only the weights W.")
mistake("regularized_loss", "loss_only_biases_penalised", {"l2_penalty(W, l2)": "l2_penalty(b, l2)"},
        says="You penalise the biases instead of the weights; the penalty is ½λ ΣW².")

mistake("regularized_loss", "loss_without_half", {"0.5": "1.0"},
        says="Your penalty is λ ΣW²; the handout has ½λ ΣW², whose gradient is λW.")
mistake("regularized_loss", "loss_with_quarter", {"0.5": "0.25"},
        says="You halve the penalty twice; the handout has ½λ ΣW².")
mistake("regularized_loss", "loss_penalty_doubled", {"0.5": "2.0"},
        says="You double the penalty; the handout has ½λ ΣW².")
mistake("regularized_loss", "loss_penalty_without_lambda", {"0.5 * l2": "0.5"},
        says="You forget to multiply the penalty by λ (the argument l2).")
mistake("regularized_loss", "loss_lambda_squared", {"0.5 * l2": "0.5 * l2 ** 2"},
        says="You square λ along with the weights; the penalty is ½λ ΣW².")

mistake("regularized_loss", "loss_norm_not_squared", {"(W * W).sum()": "np.linalg.norm(W)"},
        says="Your penalty is the norm of W; the handout has its square, ½λ ΣW².")
mistake("regularized_loss", "loss_spectral_norm", {"(W * W).sum()": "np.linalg.norm(W, 2) ** 2"},
        says="np.linalg.norm(W, 2) of a matrix is its largest singular value; the penalty needs the sum of "
             "the squares.")
mistake("regularized_loss", "loss_absolute_weights", {"(W * W).sum()": "np.abs(W).sum()"},
        says="Your penalty sums |W|, which is L1; the handout asks for squares, L2.")
mistake("regularized_loss", "loss_mean_of_squares", {"(W * W).sum()": "(W * W).mean()"},
        says="Your penalty is the mean of W²; the handout has the sum over all weights.")
mistake("regularized_loss", "loss_square_of_sum", {"(W * W).sum()": "W.sum() ** 2"},
        says="You square the sum of the weights; the penalty is the sum of their squares.")
mistake("regularized_loss", "loss_weights_not_squared", {"(W * W).sum()": "W.sum()"},
        says="You add up the weights without squaring them; the penalty is ½λ ΣW².")
mistake("regularized_loss", "loss_of_matrix_product",
        [{"(W * W).sum()": "(W.T @ W).sum()"}, {"(W * W).sum()": "(W @ W.T).sum()"}],
        says="A product of W and its transpose also multiplies different weights with each other; square "
             "each weight and add them up.")
mistake("regularized_loss", "loss_penalty_per_class",
        [{"(W * W).sum()": "(W * W).sum(axis=0)"}, {"(W * W).sum()": "(W * W).sum(axis=1)"}],
        says="You sum the squares along one axis only; the penalty sums them all, so that the loss is a number.")
mistake("regularized_loss", "loss_first_row_not_penalised", {"W * W": "W[1:] * W[1:]"},
        says="You leave the first row of W out of the penalty; the biases are in b, so every row of W counts.")
mistake("regularized_loss", "loss_changes_weights", {"W * W": "np.multiply(W, W, out=W)"},
        says="Your loss is right, but you square W in place to get it; leave the arrays you are given unchanged.")

# regularized_loss: the data loss ----------------------------------------------------------------------------

mistake("regularized_loss", "loss_of_penalty_alone", {"cross_entropy(logits(X, W, b), y)": "0.0"},
        says="You return the penalty alone; add the mean cross-entropy.")
mistake("regularized_loss", "loss_half_of_everything",
        {"cross_entropy(logits(X, W, b), y)": "0.5 * cross_entropy(logits(X, W, b), y)"},
        says="You halve the whole loss; the ½ belongs to the penalty alone.")
mistake("regularized_loss", "loss_summed",
        {"cross_entropy(logits(X, W, b), y)": "cross_entropy(logits(X, W, b), y) * len(y)"},
        says="You add up the losses of the examples; the handout asks for their mean.")
mistake("regularized_loss", "loss_divided_twice",
        {"cross_entropy(logits(X, W, b), y)": "cross_entropy(logits(X, W, b), y) / len(y)"},
        says="You divide by N again; cross_entropy is already the mean over the examples.")
mistake("regularized_loss", "loss_with_epsilon",
        {"cross_entropy(logits(X, W, b), y)":
         "-np.log(softmax(logits(X, W, b))[np.arange(len(y)), y] + c).mean()"},
        free={"c": (1e-5, 1e-6, 1e-7, 1e-8, 1e-4, 1e-3)},
        says="You add a constant to the probability inside the logarithm, which biases every loss; use your "
             "cross_entropy.")
mistake("regularized_loss", "loss_without_bias", {"logits(X, W, b)": "X @ W"},
        says="Your logits here lack the biases; z = XW + b.")
mistake("regularized_loss", "loss_of_probabilities", {"logits(X, W, b)": "softmax(logits(X, W, b))"},
        says="You give cross_entropy probabilities; it applies softmax itself and needs the logits.")
mistake("regularized_loss", "loss_as_a_pair",
        {"cross_entropy(logits(X, W, b), y) + l2_penalty(W, l2)":
         "(cross_entropy(logits(X, W, b), y), l2_penalty(W, l2))"},
        says="You return loss and penalty as a pair; the handout asks for their sum.")

# regularized_gradients: the penalty's gradient --------------------------------------------------------------

mistake("regularized_gradients", "gradients_without_penalty", {"l2_gradient(W, l2)": "0.0"},
        says="Your dW lacks the penalty's gradient, λW.")
mistake("regularized_gradients", "gradients_penalty_divided",
        {"l2_gradient(W, l2)": "l2_gradient(W, l2) / len(y)"},
        says="You divide λW by N; the penalty does not depend on the number of examples.")
mistake("regularized_gradients", "gradients_penalty_per_example",
        {"l2_gradient(W, l2)": "l2_gradient(W, l2) * len(y)"},
        says="You add λW once per example; add it once in all.")
mistake("regularized_gradients", "gradients_penalty_subtracted",
        {"l2_gradient(W, l2)": "-l2_gradient(W, l2)"},
        says="You subtract λW; the penalty is added to the loss, so add its gradient.")
mistake("regularized_gradients", "gradients_biases_penalised",
        {"dz.sum(axis=0)": "dz.sum(axis=0) + l2_gradient(b, l2)"},
        says="You add λb to db; the handout does not penalise biases.")
mistake("regularized_gradients", "gradients_penalty_doubled", {"l2 * W": "2 * (l2 * W)"},
        says="You add 2λW; the penalty is ½λ ΣW², whose gradient is λW.")
mistake("regularized_gradients", "gradients_penalty_halved", {"l2 * W": "0.5 * (l2 * W)"},
        says="You add ½λW; the ½ of ½λ ΣW² cancels the 2 of the square, so add λW.")
mistake("regularized_gradients", "gradients_penalty_without_lambda", {"l2 * W": "W"},
        says="You add W without multiplying it by λ (the argument l2).")
mistake("regularized_gradients", "gradients_lambda_alone", {"l2 * W": "l2"},
        says="You add λ without multiplying it by W; the penalty's gradient is λW.")
mistake("regularized_gradients", "gradients_lambda_squared", {"l2 * W": "l2 ** 2 * W"},
        says="You square λ; the penalty's gradient is λW.")
mistake("regularized_gradients", "gradients_penalty_value_added", {"l2 * W": "0.5 * l2 * (W * W).sum()"},
        says="You add the penalty itself, one number, to dW; add its gradient, λW.")
mistake("regularized_gradients", "gradients_sign_of_weights", {"l2 * W": "l2 * np.sign(W)"},
        says="You add λ times the sign of W, the gradient of L1; L2's is λW.")
mistake("regularized_gradients", "gradients_penalty_squared", {"l2 * W": "l2 * W ** 2"},
        says="You add λW²; the derivative of ½W² is W.")
mistake("regularized_gradients", "gradients_sum_of_weights",
        [{"l2 * W": "l2 * W.sum()"}, {"l2 * W": "l2 * W.sum(axis=0)"}],
        says="You add up the weights; each weight's own gradient is λ times that weight, so add λW.")
mistake("regularized_gradients", "gradients_first_row_not_penalised",
        {"l2 * W": "l2 * np.vstack([0 * W[:1], W[1:]])"},
        says="You leave the first row of W out of λW; the biases are in b, so every row of W counts.")
mistake("regularized_gradients", "gradients_change_weights", {"l2 * W": "np.multiply(l2, W, out=W)"},
        says="Your gradients are right, but you multiply W by λ in place; leave the arrays you are given unchanged.")

# regularized_gradients: the logits' gradient ----------------------------------------------------------------

mistake("regularized_gradients", "gradients_without_bias", {"logits(X, W, b)": "X @ W"},
        says="Your logits here lack the biases; z = XW + b.")
mistake("regularized_gradients", "gradients_of_probabilities",
        {"logits(X, W, b)": "softmax(logits(X, W, b))"},
        says="You give cross_entropy_gradient probabilities; it applies softmax itself and needs the logits.")
mistake("regularized_gradients", "gradients_divided_twice",
        {"cross_entropy_gradient(logits(X, W, b), y)": "cross_entropy_gradient(logits(X, W, b), y) / len(y)"},
        says="You divide dW and db by N again; cross_entropy_gradient already includes the 1/N.")
mistake("regularized_gradients", "gradients_of_the_sum",
        [{"cross_entropy_gradient(logits(X, W, b), y)":
          "cross_entropy_gradient(logits(X, W, b), y) * len(y)"},
         {"cross_entropy_gradient(logits(X, W, b), y)": "softmax(logits(X, W, b)) - np.eye(len(b))[y]"}],
        says="Your dW and db lack the 1/N; the loss is a mean over the examples.")
mistake("regularized_gradients", "gradients_label_not_subtracted",
        {"cross_entropy_gradient(logits(X, W, b), y)": "softmax(logits(X, W, b)) / len(y)"},
        says="You never subtract 1 at the label; ∂L/∂z is (p − 1(y = j)) / N.")
mistake("regularized_gradients", "gradients_without_shift",
        {"cross_entropy_gradient(logits(X, W, b), y)":
         "(np.exp(logits(X, W, b)) / np.exp(logits(X, W, b)).sum(axis=1, keepdims=True)"
         " - np.eye(len(b))[y]) / len(y)"},
        says="You exponentiate the logits without a shift, which overflows; use your cross_entropy_gradient.")
mistake("regularized_gradients", "gradients_of_a_perceptron",
        {"cross_entropy_gradient(logits(X, W, b), y)":
         "(np.eye(len(b))[logits(X, W, b).argmax(axis=1)] - np.eye(len(b))[y]) / len(y)"},
        says="You give the class with the largest logit all of the probability, as a perceptron does; ∂L/∂z "
             "is (p − 1(y = j)) / N with softmax's p.")

# regularized_gradients: dW and db ---------------------------------------------------------------------------

mistake("regularized_gradients", "gradients_weights_not_divided", {"X.T @ dz": "X.T @ dz * len(y)"},
        says="Your dW lacks the 1/N of the mean, though your db has it.")
mistake("regularized_gradients", "gradients_weights_divided_twice", {"X.T @ dz": "X.T @ dz / len(y)"},
        says="You divide dW by N again; cross_entropy_gradient already includes the 1/N.")
mistake("regularized_gradients", "gradients_weights_turned", {"X.T @ dz": "dz.T @ X"},
        says="You multiply dzᵀ by X, which gives (C, D); W needs Xᵀ times dz, shape (D, C).")
mistake("regularized_gradients", "gradients_bias_not_divided", {"dz.sum(axis=0)": "dz.sum(axis=0) * len(y)"},
        says="Your db lacks the 1/N of the mean, though your dW has it.")
mistake("regularized_gradients", "gradients_bias_divided_twice", {"dz.sum(axis=0)": "dz.mean(axis=0)"},
        says="You average the rows of ∂L/∂z for db, but they are already divided by N; sum them.")
mistake("regularized_gradients", "gradients_bias_with_two_axes",
        {"dz.sum(axis=0)": "dz.sum(axis=0, keepdims=True)"},
        says="Your db has shape (1, C); it should have b's shape, (C,).")
mistake("regularized_gradients", "gradients_bias_over_classes", {"dz.sum(axis=0)": "dz.sum(axis=1)"},
        says="You sum over the classes for db; sum over the examples, axis=0.")
mistake("regularized_gradients", "gradients_bias_one_number", {"dz.sum(axis=0)": "dz.sum()"},
        says="You add everything up into one number for db; each class has its own, shape (C,).")
mistake("regularized_gradients", "gradients_bias_per_example", {"dz.sum(axis=0)": "dz"},
        says="You return ∂L/∂z itself as db; b reaches every row, so add up the rows, axis=0.")
mistake("regularized_gradients", "gradients_bias_from_weights", {"dz.sum(axis=0)": "(X.T @ dz).sum(axis=0)"},
        says="You add up the columns of dW for db; db is the sum of the rows of ∂L/∂z, without X.")
mistake("regularized_gradients", "gradients_bias_zero", {"dz.sum(axis=0)": "np.zeros_like(b)"},
        says="Your db is 0; the biases are not penalised, but they do change the data loss.")
mistake("regularized_gradients", "gradients_overwritten",
        {"X.T @ dz": "np.outer(X[-1], dz[-1])", "dz.sum(axis=0)": "dz[-1]"},
        says="Your loop overwrites dW and db at every example, so only the last one counts; add to them with +=.")

mistake("regularized_gradients", "gradients_weights_transposed",
        {"X.T @ dz + l2_gradient(W, l2)": "(X.T @ dz + l2_gradient(W, l2)).T"},
        says="Your dW is transposed; it should have W's shape, (D, C).")
mistake("regularized_gradients", "gradients_negated",
        {"(X.T @ dz + l2_gradient(W, l2), dz.sum(axis=0))":
         "(-(X.T @ dz + l2_gradient(W, l2)), -dz.sum(axis=0))"},
        says="You return the directions of descent; the gradients have the opposite sign.")
mistake("regularized_gradients", "gradients_in_the_other_order",
        {"(X.T @ dz + l2_gradient(W, l2), dz.sum(axis=0))":
         "(dz.sum(axis=0), X.T @ dz + l2_gradient(W, l2))"},
        says="You return (db, dW); the order is (dW, db).")
mistake("regularized_gradients", "gradients_of_weights_only",
        {"(X.T @ dz + l2_gradient(W, l2), dz.sum(axis=0))": "X.T @ dz + l2_gradient(W, l2)"},
        says="You return only dW; the handout asks for both, (dW, db).")
mistake("regularized_gradients", "gradients_by_differences",
        {"return X.T @ dz + l2_gradient(W, l2), dz.sum(axis=0)":
         "loss, moved = regularized_loss(X, y, W, b, l2), [W.astype(float), b.astype(float)]\n"
         "slopes = np.zeros(W.shape), np.zeros(b.shape)\n"
         "for array, slope in zip(moved, slopes, strict=True):\n"
         "    for index in np.ndindex(array.shape):\n"
         "        before = array[index]\n"
         "        array[index] += c\n"
         "        slope[index] = (regularized_loss(X, y, *moved, l2) - loss) / c\n"
         "        array[index] = before\n"
         "return slopes"},
        free={"c": (1e-6, 1e-5, 1e-4, 1e-7, 1e-8, 1e-3)},
        says="You measure the slopes from differences of the loss, which is slow and keeps only a few "
             "digits; the question asks for the formula.")
