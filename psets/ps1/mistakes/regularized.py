"""Wrong versions for q5 and q6: the regularized loss and its gradients."""

import numpy as np

from grader import mistake
from reference.softmax import cross_entropy, cross_entropy_gradient, logits, regularized_loss, softmax

# regularized_loss -------------------------------------------------------------------------------------------


@mistake("regularized_loss", says="You add no penalty; the loss is the mean cross-entropy plus ½λ ΣW².")
def loss_without_penalty(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y)


@mistake("regularized_loss", says="Your penalty is λ ΣW²; the handout has ½λ ΣW², whose gradient is λW.")
def loss_without_half(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) + l2 * (W**2).sum()


@mistake("regularized_loss", says="You halve the penalty twice; the handout has ½λ ΣW².")
def loss_with_quarter(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) + 0.25 * l2 * (W**2).sum()


@mistake(
    "regularized_loss",
    says="You divide the penalty by N; it stands outside the mean and does not depend on the number of "
    "examples.",
)
def loss_penalty_inside_the_mean(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) + 0.5 * l2 * (W**2).sum() / len(y)


@mistake("regularized_loss", says="You add the penalty once per example; add it once in all.")
def loss_penalty_per_example(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) + 0.5 * l2 * (W**2).sum() * len(y)


@mistake("regularized_loss", says="You forget to multiply the penalty by λ (the argument l2).")
def loss_penalty_without_lambda(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) + 0.5 * (W**2).sum()


@mistake("regularized_loss", says="You penalise the biases too; the handout penalises only the weights W.")
def loss_biases_penalised(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) + 0.5 * l2 * ((W**2).sum() + (b**2).sum())


@mistake("regularized_loss", says="Your penalty is the norm of W; the handout has its square, ½λ ΣW².")
def loss_norm_not_squared(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) + 0.5 * l2 * np.linalg.norm(W)


@mistake(
    "regularized_loss",
    says="np.linalg.norm(W, 2) of a matrix is its largest singular value; the penalty needs the sum of the "
    "squares.",
)
def loss_spectral_norm(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) + 0.5 * l2 * np.linalg.norm(W, 2) ** 2


@mistake("regularized_loss", says="Your penalty sums |W|, which is L1; the handout asks for squares, L2.")
def loss_absolute_weights(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) + 0.5 * l2 * np.abs(W).sum()


@mistake("regularized_loss", says="Your penalty is the mean of W²; the handout has the sum over all weights.")
def loss_mean_of_squares(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) + 0.5 * l2 * (W**2).mean()


@mistake(
    "regularized_loss",
    says="You square the sum of the weights; the penalty is the sum of their squares.",
)
def loss_square_of_sum(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) + 0.5 * l2 * W.sum() ** 2


@mistake("regularized_loss", says="You square λ along with the weights; the penalty is ½λ ΣW².")
def loss_lambda_squared(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) + 0.5 * ((l2 * W) ** 2).sum()


@mistake("regularized_loss", says="You subtract the penalty, which rewards large weights; add it.")
def loss_penalty_subtracted(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) - 0.5 * l2 * (W**2).sum()


@mistake("regularized_loss", says="You halve the whole loss; the ½ belongs to the penalty alone.")
def loss_half_of_everything(X, y, W, b, l2):
    return 0.5 * (cross_entropy(logits(X, W, b), y) + l2 * (W**2).sum())


@mistake("regularized_loss", says="You add up the losses of the examples; the handout asks for their mean.")
def loss_summed(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) * len(y) + 0.5 * l2 * (W**2).sum()


@mistake(
    "regularized_loss",
    says="You divide by N again; cross_entropy is already the mean over the examples.",
)
def loss_divided_twice(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) / len(y) + 0.5 * l2 * (W**2).sum()


@mistake("regularized_loss", says="Your logits here lack the biases; z = XW + b.")
def loss_without_bias(X, y, W, b, l2):
    return cross_entropy(X @ W, y) + 0.5 * l2 * (W**2).sum()


@mistake(
    "regularized_loss",
    says="You leave the first row of W out of the penalty; the biases are in b, so every row of W counts.",
)
def loss_first_row_not_penalised(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) + 0.5 * l2 * (W[1:] ** 2).sum()


@mistake("regularized_loss", says="You return loss and penalty as a pair; the handout asks for their sum.")
def loss_as_a_pair(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y), 0.5 * l2 * (W**2).sum()


@mistake(
    "regularized_loss",
    says="Your loss is right, but you square W in place to get it; leave the arrays you are given unchanged.",
)
def loss_changes_weights(X, y, W, b, l2):
    loss = cross_entropy(logits(X, W, b), y)
    W *= W
    return loss + 0.5 * l2 * W.sum()


# regularized_gradients --------------------------------------------------------------------------------------


@mistake("regularized_gradients", says="Your dW lacks the penalty's gradient, λW.")
def gradients_without_penalty(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz, dz.sum(axis=0)


@mistake("regularized_gradients", says="You add 2λW; the penalty is ½λ ΣW², whose gradient is λW.")
def gradients_penalty_doubled(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + 2 * l2 * W, dz.sum(axis=0)


@mistake("regularized_gradients", says="You add ½λW; the ½ of ½λ ΣW² cancels the 2 of the square, so add λW.")
def gradients_penalty_halved(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + 0.5 * l2 * W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="You divide λW by N; the penalty does not depend on the number of examples.",
)
def gradients_penalty_divided(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W / len(y), dz.sum(axis=0)


@mistake("regularized_gradients", says="You add λW once per example; add it once in all.")
def gradients_penalty_per_example(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W * len(y), dz.sum(axis=0)


@mistake("regularized_gradients", says="You add W without multiplying it by λ (the argument l2).")
def gradients_penalty_without_lambda(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="You subtract λW; the penalty is added to the loss, so add its gradient.",
)
def gradients_penalty_subtracted(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz - l2 * W, dz.sum(axis=0)


@mistake("regularized_gradients", says="You add the penalty itself, one number, to dW; add its gradient, λW.")
def gradients_penalty_value_added(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + 0.5 * l2 * (W**2).sum(), dz.sum(axis=0)


@mistake("regularized_gradients", says="You add λ times the sign of W, the gradient of L1; L2's is λW.")
def gradients_sign_of_weights(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * np.sign(W), dz.sum(axis=0)


@mistake("regularized_gradients", says="You add λW²; the derivative of ½W² is W.")
def gradients_penalty_squared(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W**2, dz.sum(axis=0)


@mistake("regularized_gradients", says="You add λb to db; the handout does not penalise biases.")
def gradients_biases_penalised(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W, dz.sum(axis=0) + l2 * b


@mistake("regularized_gradients", says="Your db lacks the 1/N of the mean, though your dW has it.")
def gradients_bias_not_divided(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W, dz.sum(axis=0) * len(y)


@mistake(
    "regularized_gradients",
    says="You average the rows of ∂L/∂z for db, but they are already divided by N; sum them.",
)
def gradients_bias_divided_twice(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W, dz.mean(axis=0)


@mistake("regularized_gradients", says="Your dW lacks the 1/N of the mean, though your db has it.")
def gradients_weights_not_divided(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz * len(y) + l2 * W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="You divide dW by N again; cross_entropy_gradient already includes the 1/N.",
)
def gradients_weights_divided_twice(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz / len(y) + l2 * W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="You divide dW and db by N again; cross_entropy_gradient already includes the 1/N.",
)
def gradients_divided_twice(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y) / len(y)
    return X.T @ dz + l2 * W, dz.sum(axis=0)


@mistake("regularized_gradients", says="Your dW and db lack the 1/N; the loss is a mean over the examples.")
def gradients_of_the_sum(X, y, W, b, l2):
    dz = softmax(logits(X, W, b)) - np.eye(len(b))[y]
    return X.T @ dz + l2 * W, dz.sum(axis=0)


@mistake("regularized_gradients", says="Your db has shape (1, C); it should have b's shape, (C,).")
def gradients_bias_with_two_axes(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W, dz.sum(axis=0, keepdims=True)


@mistake("regularized_gradients", says="You sum over the classes for db; sum over the examples, axis=0.")
def gradients_bias_over_classes(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W, dz.sum(axis=1)


@mistake(
    "regularized_gradients",
    says="You add everything up into one number for db; each class has its own, shape (C,).",
)
def gradients_bias_one_number(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W, dz.sum()


@mistake("regularized_gradients", says="Your dW is transposed; it should have W's shape, (D, C).")
def gradients_weights_transposed(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return dz.T @ X + l2 * W.T, dz.sum(axis=0)


@mistake("regularized_gradients", says="You return (db, dW); the order is (dW, db).")
def gradients_in_the_other_order(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return dz.sum(axis=0), X.T @ dz + l2 * W


@mistake("regularized_gradients", says="You return only dW; the handout asks for both, (dW, db).")
def gradients_of_weights_only(X, y, W, b, l2):
    return X.T @ cross_entropy_gradient(logits(X, W, b), y) + l2 * W


@mistake("regularized_gradients", says="Your logits here lack the biases; z = XW + b.")
def gradients_without_bias(X, y, W, b, l2):
    dz = cross_entropy_gradient(X @ W, y)
    return X.T @ dz + l2 * W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="Your db is 0; the biases are not penalised, but they do change the data loss.",
)
def gradients_bias_zero(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W, np.zeros_like(b)


@mistake(
    "regularized_gradients",
    says="Your loop overwrites dW and db at every example, so only the last one counts; add to them with +=.",
)
def gradients_overwritten(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    for i in range(len(y)):
        dW = np.outer(X[i], dz[i])
        db = dz[i]
    return dW + l2 * W, db


@mistake(
    "regularized_gradients",
    says="You return the directions of descent; the gradients have the opposite sign.",
)
def gradients_negated(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return -(X.T @ dz + l2 * W), -dz.sum(axis=0)


@mistake("regularized_gradients", says="You never subtract 1 at the label; ∂L/∂z is (p − 1(y = j)) / N.")
def gradients_label_not_subtracted(X, y, W, b, l2):
    dz = softmax(logits(X, W, b)) / len(y)
    return X.T @ dz + l2 * W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="You give the class with the largest logit all of the probability, as a perceptron does; ∂L/∂z is "
    "(p − 1(y = j)) / N with softmax's p.",
)
def gradients_of_a_perceptron(X, y, W, b, l2):
    one_hot = np.eye(W.shape[1])
    dz = (one_hot[logits(X, W, b).argmax(axis=1)] - one_hot[y]) / len(y)
    return X.T @ dz + l2 * W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="Your gradients are right, but you multiply W by λ in place; leave the arrays you are given "
    "unchanged.",
)
def gradients_change_weights(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    W *= l2
    return X.T @ dz + W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="You measure the slopes from differences of the loss, which is slow and keeps only about 7 "
    "digits; the question asks for the formula.",
)
def gradients_by_differences(X, y, W, b, l2):
    at = regularized_loss(X, y, W, b, l2)
    dW, db = np.zeros(W.shape), np.zeros(b.shape)
    for index in np.ndindex(W.shape):
        moved = W.astype(float)
        moved[index] += 1e-6
        dW[index] = (regularized_loss(X, y, moved, b, l2) - at) / 1e-6
    for k in range(len(b)):
        moved = b.astype(float)
        moved[k] += 1e-6
        db[k] = (regularized_loss(X, y, W, moved, l2) - at) / 1e-6
    return dW, db
