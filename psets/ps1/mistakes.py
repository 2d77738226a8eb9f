"""Wrong versions of problem set 1's functions, each with the sentence its author should read.

They are the suite's mutation test (each must fail its question) and the grader's explanations (one that gives
a student's very results names what the student did). Each is written as a student would: numpy, the problem
set's own functions, and never the function it stands for. Collected from public homework and from what the
handout's conventions invite; a class will find others.
"""

import numpy as np

from grader import mistake
from reference.softmax import (
    cross_entropy,
    cross_entropy_gradient,
    logits,
    regularized_gradients,
    regularized_loss,
    softmax,
)

# logits ----------------------------------------------------------------------------------------------------


@mistake("logits", says="You never add the biases: z = XW + b, with b added to every row.")
def logits_without_bias(X, W, b):
    return X @ W


@mistake("logits", says="You subtract the biases; the handout adds them: z = XW + b.")
def logits_bias_subtracted(X, W, b):
    return X @ W - b


@mistake(
    "logits",
    says="You add the sum of all biases to every logit; each class has its own bias, b[k] for column k.",
)
def logits_bias_summed(X, W, b):
    return X @ W + b.sum()


@mistake("logits", says="You add the first class's bias to every class; column k needs b[k].")
def logits_first_bias_for_all(X, W, b):
    return X @ W + b[0]


@mistake(
    "logits",
    says="Your logits have one column an example; the handout asks for one row an example, shape (N, C).",
)
def logits_transposed(X, W, b):
    return W.T @ X.T + b[:, None]


@mistake(
    "logits",
    says="You store the logits in an array of X's own type, which cuts the decimals off when the pixels "
    "are integers; make the array one of floats.",
)
def logits_truncated_to_integers(X, W, b):
    z = np.zeros((X.shape[0], W.shape[1]), dtype=X.dtype)
    z[:] = X @ W + b
    return z


@mistake("logits", says="You return probabilities; logits are the scores before softmax.")
def logits_already_softmax(X, W, b):
    return softmax(X @ W + b)


@mistake(
    "logits",
    says="You set negative logits to 0; this model is linear, with no ReLU, and logits may have any sign.",
)
def logits_through_relu(X, W, b):
    return np.maximum(0, X @ W + b)


@mistake("logits", says="You centre X before you multiply; the logits are those of X as it is given.")
def logits_of_centred_inputs(X, W, b):
    return (X - X.mean(axis=0)) @ W + b


@mistake(
    "logits",
    says="Your logits are right, but you write into W to get them; leave the arrays you are given as they "
    "are.",
)
def logits_changes_weights(X, W, b):
    z = X @ W + b
    W += b
    return z


# softmax ---------------------------------------------------------------------------------------------------


@mistake(
    "softmax",
    says="You exponentiate the logits as they are, which overflows to inf/inf; subtract each row's largest"
    " logit first.",
)
def softmax_without_shift(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    says="You subtract the largest logit of the whole batch, so a row far below it becomes 0/0; subtract "
    "each row's own largest logit.",
)
def softmax_shifted_by_global_max(z):
    e = np.exp(z - z.max())
    return e / e.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    says="You subtract each column's largest logit, which changes the probabilities; subtract each row's "
    "(axis=1, keepdims=True).",
)
def softmax_shifted_by_column_max(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    says="You subtract each row's mean, which still overflows when one logit lies far above the others; "
    "subtract its largest logit.",
)
def softmax_shifted_by_mean(z):
    e = np.exp(z - z.mean(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    says="You subtract each row's smallest logit, which makes the others larger still; subtract its largest.",
)
def softmax_shifted_by_min(z):
    e = np.exp(z - z.min(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    says="You subtract the largest absolute value, so a row of very negative logits becomes 0/0; subtract "
    "the largest logit, whatever its sign.",
)
def softmax_shifted_by_largest_size(z):
    e = np.exp(z - np.abs(z).max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    says="You clip the logits before exponentiating, which makes very different logits equally probable; "
    "subtract each row's largest logit instead.",
)
def softmax_of_clipped_logits(z):
    e = np.exp(np.clip(z, -500, 500))
    return e / e.sum(axis=1, keepdims=True)


@mistake("softmax", says="You normalise down the columns; each row (axis=1) has to sum to 1.")
def softmax_over_examples(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


@mistake("softmax", says="You divide by the sum over the whole batch; each row has to sum to 1 by itself.")
def softmax_over_everything(z):
    e = np.exp(z - z.max())
    return e / e.sum()


@mistake(
    "softmax",
    says="You divide by row sums of shape (N,), which numpy matches with the columns; keep them a column "
    "with keepdims=True.",
)
def softmax_without_keepdims(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1)


@mistake("softmax", says="You apply softmax twice; its input here is logits, and one pass is enough.")
def softmax_twice(z):
    for _ in range(2):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        z = e / e.sum(axis=1, keepdims=True)
    return z


@mistake(
    "softmax",
    says="You shift the logits in place (z -= ...), which changes the caller's array; work on a new one.",
)
def softmax_changes_logits(z):
    z = np.asarray(z)
    z -= z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


@mistake("softmax", says="You use powers of 2; softmax uses powers of e.")
def softmax_in_powers_of_two(z):
    e = 2.0 ** (z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    says="You exponentiate −z, so that the largest logit is the least probable; drop the sign.",
)
def softmax_of_minus_logits(z):
    e = np.exp(z.min(axis=1, keepdims=True) - z)
    return e / e.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    says="You add a small number to the sum, which biases every probability; after the shift the sum is at"
    " least 1 and needs no such help.",
)
def softmax_with_epsilon(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / (e.sum(axis=1, keepdims=True) + 1e-8)


@mistake(
    "softmax",
    says="You give the class with the largest logit the whole probability, a hardmax; softmax leaves every class its "
    "share.",
)
def softmax_as_hardmax(z):
    return np.eye(z.shape[1])[z.argmax(axis=1)]


@mistake("softmax", says="You round the probabilities; return them as they are.")
def softmax_rounded(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.round(e / e.sum(axis=1, keepdims=True), 4)


@mistake(
    "softmax",
    says="You apply a sigmoid to every logit by itself; softmax shares one probability among a row's "
    "classes.",
)
def softmax_by_sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


@mistake("softmax", says="You divide each sigmoid by their sum; softmax divides exponentials by theirs.")
def softmax_of_normalised_sigmoids(z):
    s = 0.5 * (1 + np.tanh(0.5 * z))
    return s / s.sum(axis=1, keepdims=True)


@mistake("softmax", says="You return log probabilities; the question asks for the probabilities themselves.")
def softmax_in_logarithms(z):
    shifted = z - z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@mistake("softmax", says="You leave out the division: exponentials have to be divided by their row's sum.")
def softmax_not_normalised(z):
    return np.exp(z - z.max(axis=1, keepdims=True))


@mistake(
    "softmax",
    says="You divide by the row's length in the sense of Euclid; probabilities are divided by their sum.",
)
def softmax_by_euclidean_norm(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / np.linalg.norm(e, axis=1, keepdims=True)


@mistake(
    "softmax",
    says="You fill an array made like z, which cuts probabilities down to 0 when the logits are integers; "
    "make it an array of floats.",
)
def softmax_in_integer_array(z):
    p = np.zeros_like(z)
    for i in range(len(z)):
        e = np.exp(z[i] - z[i].max())
        p[i] = e / e.sum()
    return p


# cross_entropy ---------------------------------------------------------------------------------------------


@mistake("cross_entropy", says="Your loss is the sum over the batch; the handout asks for the mean.")
def cross_entropy_summed(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    return (np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]).sum()


@mistake(
    "cross_entropy",
    says="You take the logarithm of a probability that has underflowed to 0, so the loss is inf; compute "
    "the log probability from the logits, as z − max − log Σ exp(z − max).",
)
def cross_entropy_log_of_zero(z, y):
    return -np.log(softmax(z)[np.arange(len(y)), y]).mean()


@mistake(
    "cross_entropy",
    says="You add 1e-5 to the probability inside the logarithm, which biases every loss; compute the log "
    "probability from the logits instead.",
)
def cross_entropy_large_epsilon(z, y):
    return -np.log(softmax(z)[np.arange(len(y)), y] + 1e-5).mean()


@mistake(
    "cross_entropy",
    says="You add 1e-12 to the probability inside the logarithm, so no example can cost more than about "
    "28; compute the log probability from the logits instead.",
)
def cross_entropy_small_epsilon(z, y):
    return -np.log(softmax(z)[np.arange(len(y)), y] + 1e-12).mean()


@mistake(
    "cross_entropy",
    says="You clip the probabilities away from 0, so an improbable label costs too little; compute the log"
    " probability from the logits instead.",
)
def cross_entropy_clipped(z, y):
    p = np.clip(softmax(z), 1e-15, 1 - 1e-15)
    return -np.log(p[np.arange(len(y)), y]).mean()


@mistake(
    "cross_entropy",
    says="You exponentiate the logits without a shift, which overflows; subtract each row's largest logit.",
)
def cross_entropy_without_shift(z, y):
    return (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y]).mean()


@mistake(
    "cross_entropy",
    says="You shift by the largest logit of the whole batch, so a row far below it costs log 0; shift each"
    " row by its own largest logit.",
)
def cross_entropy_shifted_by_global_max(z, y):
    shifted = z - z.max()
    return (np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]).mean()


@mistake(
    "cross_entropy",
    says="You average over all N·C entries; the mean is over the N examples, one term for each.",
)
def cross_entropy_mean_over_entries(z, y):
    one_hot = np.eye(z.shape[1])[y]
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -(one_hot * log_p).mean()


@mistake("cross_entropy", says="Your loss is negative: it lacks the minus sign of −log p.")
def cross_entropy_without_minus(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    return (shifted[np.arange(len(y)), y] - np.log(np.exp(shifted).sum(axis=1))).mean()


@mistake("cross_entropy", says="You take logarithms to base 2; the handout asks for natural logarithms.")
def cross_entropy_in_bits(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    return (np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]).mean() / np.log(2)


@mistake("cross_entropy", says="You take logarithms to base 10; the handout asks for natural logarithms.")
def cross_entropy_in_base_ten(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    return (np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]).mean() / np.log(10)


@mistake(
    "cross_entropy",
    says="You sum −log p over every class; only the class that is right counts, p[i, y[i]].",
)
def cross_entropy_of_every_class(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p.sum(axis=1).mean()


@mistake(
    "cross_entropy",
    says="You also add −log(1 − p) for the classes that are wrong, as for C yes-or-no questions; softmax "
    "cross-entropy has only the term of the right class.",
)
def cross_entropy_binary(z, y):
    p = softmax(z)
    one_hot = np.eye(z.shape[1])[y]
    return -np.where(one_hot == 1, np.log(p), np.log(1 - p)).sum(axis=1).mean()


@mistake(
    "cross_entropy",
    says="You number the classes by those that appear in y, so a class that no example has shifts the "
    "rest; label k is column k.",
)
def cross_entropy_classes_from_unique(z, y):
    _, y = np.unique(y, return_inverse=True)
    shifted = z - z.max(axis=1, keepdims=True)
    return (np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]).mean()


@mistake(
    "cross_entropy",
    says="p[:, y] picks every example's label from every row; p[np.arange(N), y] picks one entry a row.",
)
def cross_entropy_every_label_in_every_row(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[:, y].mean()


@mistake(
    "cross_entropy",
    says="You apply softmax to probabilities: z already goes through softmax once, and twice flattens it.",
)
def cross_entropy_softmax_twice(z, y):
    p = softmax(z)
    return (np.log(np.exp(p).sum(axis=1)) - p[np.arange(len(y)), y]).mean()


@mistake("cross_entropy", says="You return 1 − p of the right class; the loss is its −log p.")
def cross_entropy_one_minus_p(z, y):
    return (1 - softmax(z)[np.arange(len(y)), y]).mean()


@mistake("cross_entropy", says="You return −p of the right class, without the logarithm; the loss is −log p.")
def cross_entropy_without_log(z, y):
    return -softmax(z)[np.arange(len(y)), y].mean()


@mistake(
    "cross_entropy",
    says="You return the mean squared error between probabilities and one-hot labels; the loss is −log p.",
)
def cross_entropy_squared_error(z, y):
    return ((softmax(z) - np.eye(z.shape[1])[y]) ** 2).sum(axis=1).mean()


@mistake("cross_entropy", says="You divide by the number of classes; the mean divides by the N examples.")
def cross_entropy_divided_by_classes(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    return (np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]).sum() / z.shape[1]


@mistake("cross_entropy", says="You treat labels as starting at 1; they start at 0, so label k is column k.")
def cross_entropy_labels_from_one(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    return (np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y - 1]).mean()


@mistake("cross_entropy", says="You return one loss an example; the handout asks for their mean, one number.")
def cross_entropy_per_example(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]


@mistake("cross_entropy", says="Your return stands inside the loop, so only the first example counts.")
def cross_entropy_of_first_example(z, y):
    total = 0.0
    for row, label in zip(z, y, strict=True):
        shifted = row - row.max()
        total += np.log(np.exp(shifted).sum()) - shifted[label]
        return total
    return total


@mistake("cross_entropy", says="Your loop stops one example early; all N examples count.")
def cross_entropy_without_last_example(z, y):
    total = 0.0
    for i in range(len(y) - 1):
        shifted = z[i] - z[i].max()
        total += np.log(np.exp(shifted).sum()) - shifted[y[i]]
    return total / len(y)


@mistake(
    "cross_entropy",
    says="You shift the logits inside the exponentials and forget to add the largest logit back: log Σ exp"
    " z = m + log Σ exp(z − m).",
)
def cross_entropy_shift_not_undone(z, y):
    m = z.max(axis=1, keepdims=True)
    return (np.log(np.exp(z - m).sum(axis=1)) - z[np.arange(len(y)), y]).mean()


@mistake("cross_entropy", says="You leave out the right class's logit: −log p = log Σ exp z − z[y].")
def cross_entropy_without_the_label(z, y):
    m = z.max(axis=1)
    return (m + np.log(np.exp(z - m[:, None]).sum(axis=1))).mean()


@mistake(
    "cross_entropy",
    says="You use the class the model prefers instead of the label; the loss looks at p[i, y[i]].",
)
def cross_entropy_of_the_prediction(z, y):
    return -np.log(softmax(z).max(axis=1)).mean()


@mistake(
    "cross_entropy",
    says="You take the largest logit less the label's, the perceptron's loss; −log p has log Σ exp z in the place of "
    "the largest.",
)
def cross_entropy_of_a_perceptron(z, y):
    return (z.max(axis=1) - z[np.arange(len(y)), y]).mean()


@mistake(
    "cross_entropy",
    says="You take the logarithm of the mean probability; the loss is the mean of the logarithms.",
)
def cross_entropy_log_of_mean(z, y):
    return -np.log(softmax(z)[np.arange(len(y)), y].mean())


@mistake(
    "cross_entropy",
    says="You shift the logits in place (z -= ...), which changes the caller's array; work on a new one.",
)
def cross_entropy_changes_logits(z, y):
    z -= z.max(axis=1, keepdims=True)
    return (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y]).mean()


# cross_entropy_gradient ------------------------------------------------------------------------------------


@mistake(
    "cross_entropy_gradient",
    says="Your gradient is that of the sum: it lacks the 1/N of a loss that is the mean over the examples.",
)
def gradient_of_the_sum(z, y):
    return softmax(z) - np.eye(z.shape[1])[y]


@mistake(
    "cross_entropy_gradient",
    says="You never take 1 off at the label: the gradient is (p − 1(y = j)) / N.",
)
def gradient_label_not_subtracted(z, y):
    return softmax(z) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You divide by N·C, as np.mean over all entries does; the loss is the mean over the N examples.",
)
def gradient_divided_by_entries(z, y):
    return (softmax(z) - np.eye(z.shape[1])[y]) / z.size


@mistake(
    "cross_entropy_gradient",
    says="You divide by the number of classes; the mean divides by N examples.",
)
def gradient_divided_by_classes(z, y):
    return (softmax(z) - np.eye(z.shape[1])[y]) / z.shape[1]


@mistake("cross_entropy_gradient", says="You divide by N twice; the mean over the examples divides once.")
def gradient_divided_twice(z, y):
    return (softmax(z) - np.eye(z.shape[1])[y]) / len(y) ** 2


@mistake(
    "cross_entropy_gradient",
    says="Your gradient has the wrong sign: it is p minus the one-hot label, not the label minus p.",
)
def gradient_sign_flipped(z, y):
    return (np.eye(z.shape[1])[y] - softmax(z)) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="At the label you put a number that is not p[y] − 1 with the label's own p: you take 1 off the "
    "largest probability. Each row has to sum to 0.",
)
def gradient_as_on_the_slide(z, y):
    p = softmax(z)
    gradient = p.copy()
    gradient[np.arange(len(y)), y] = p.max(axis=1) - 1
    return gradient / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You number the classes by those that appear in y, so a class that no example has shifts the "
    "rest; label k is column k.",
)
def gradient_classes_from_unique(z, y):
    _, y = np.unique(y, return_inverse=True)
    return (softmax(z) - np.eye(z.shape[1])[y]) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="p[:, y] -= 1 takes 1 off every row at every label; p[np.arange(N), y] -= 1 takes one off a row.",
)
def gradient_every_label_in_every_row(z, y):
    p = softmax(z)
    p[:, y] -= 1
    return p / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You multiply by p(1 − p) as after a sigmoid; with cross-entropy the softmax's slope is already "
    "in p − 1(y = j).",
)
def gradient_times_sigmoid_slope(z, y):
    p = softmax(z)
    return (p - np.eye(z.shape[1])[y]) * p * (1 - p) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You divide only the probabilities by N and take a whole 1 off at the label; divide the difference.",
)
def gradient_label_not_divided(z, y):
    return softmax(z) / len(y) - np.eye(z.shape[1])[y]


@mistake(
    "cross_entropy_gradient",
    says="You divide only the label's 1 by N and leave the probabilities whole; divide the difference.",
)
def gradient_only_label_divided(z, y):
    return softmax(z) - np.eye(z.shape[1])[y] / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You average over the examples; each example's logits have a row of the gradient, shape (N, C).",
)
def gradient_averaged_over_batch(z, y):
    return (softmax(z) - np.eye(z.shape[1])[y]).mean(axis=0)


@mistake("cross_entropy_gradient", says="You treat labels as starting at 1; they start at 0.")
def gradient_labels_from_one(z, y):
    p = softmax(z)
    p[np.arange(len(y)), y - 1] -= 1
    return p / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You exponentiate the logits without a shift, which overflows; use your softmax of question 2.",
)
def gradient_without_shift(z, y):
    e = np.exp(z)
    return (e / e.sum(axis=1, keepdims=True) - np.eye(z.shape[1])[y]) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You keep the gradient only in the label's column; raising any other logit lowers p[y] too, by p_j.",
)
def gradient_only_at_the_label(z, y):
    one_hot = np.eye(z.shape[1])[y]
    return one_hot * (softmax(z) - 1) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You differentiate to log p − 1(y = j); it is p itself that belongs there.",
)
def gradient_with_log_p(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return (log_p - np.eye(z.shape[1])[y]) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You stop at −1/p, the slope of the loss in the probability; the slope in the logits is p − 1(y ="
    " j).",
)
def gradient_in_the_probability(z, y):
    return -np.eye(z.shape[1])[y] / softmax(z) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You take 1 off at the class the model prefers; it belongs at the label y[i].",
)
def gradient_at_the_prediction(z, y):
    p = softmax(z)
    p[np.arange(len(y)), p.argmax(axis=1)] -= 1
    return p / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You take the class with the largest logit for certain, as a perceptron does; the gradient is softmax's p, "
    "with 1 taken off at the label.",
)
def gradient_of_a_perceptron(z, y):
    one_hot = np.eye(z.shape[1])
    return (one_hot[z.argmax(axis=1)] - one_hot[y]) / len(y)


@mistake("cross_entropy_gradient", says="Your gradient is transposed; it has the shape of z, (N, C).")
def gradient_transposed(z, y):
    return ((softmax(z) - np.eye(z.shape[1])[y]) / len(y)).T


@mistake(
    "cross_entropy_gradient",
    says="You subtract the label's number from every probability; subtract 1, and only in the label's "
    "column.",
)
def gradient_minus_label_number(z, y):
    return (softmax(z) - y[:, None]) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You use the logits where probabilities belong: the gradient is (softmax(z) − 1(y = j)) / N.",
)
def gradient_of_raw_logits(z, y):
    return (z - np.eye(z.shape[1])[y]) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You double the gradient, as for a squared error; −log p brings no factor 2.",
)
def gradient_doubled(z, y):
    return 2 * (softmax(z) - np.eye(z.shape[1])[y]) / len(y)


@mistake("cross_entropy_gradient", says="You apply softmax twice; z holds logits, and one pass is enough.")
def gradient_softmax_twice(z, y):
    return (softmax(softmax(z)) - np.eye(z.shape[1])[y]) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You fill an array made like z, which cuts the gradient down to whole numbers when the logits are"
    " integers; make it an array of floats.",
)
def gradient_in_integer_array(z, y):
    gradient = np.zeros_like(z)
    gradient[:] = (softmax(z) - np.eye(z.shape[1])[y]) / len(y)
    return gradient


@mistake(
    "cross_entropy_gradient",
    says="You write into z, which changes the caller's logits; work on a new array.",
)
def gradient_changes_logits(z, y):
    p = softmax(z)
    p[np.arange(len(y)), y] -= 1
    z[np.arange(len(y)), y] -= 1
    return p / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You measure the slope by a difference of losses, which keeps about 7 digits and is slow; the "
    "question asks for the formula.",
)
def gradient_by_differences(z, y):
    gradient = np.zeros(z.shape)
    for index in np.ndindex(z.shape):
        moved = z.astype(float)
        moved[index] += 1e-6
        gradient[index] = (cross_entropy(moved, y) - cross_entropy(z, y)) / 1e-6
    return gradient


# regularized_loss ------------------------------------------------------------------------------------------


@mistake("regularized_loss", says="You add no penalty: the loss is the mean cross-entropy plus ½λ ΣW².")
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


@mistake("regularized_loss", says="You add the penalty once for every example; it is added once in all.")
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
    says="np.linalg.norm(W, 2) of a matrix is its largest singular value; the penalty is the sum of squares.",
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


@mistake("regularized_loss", says="You add up the examples' losses; the handout asks for their mean.")
def loss_summed(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) * len(y) + 0.5 * l2 * (W**2).sum()


@mistake(
    "regularized_loss",
    says="You divide by N again; cross_entropy is already the mean over the examples.",
)
def loss_divided_twice(X, y, W, b, l2):
    return cross_entropy(logits(X, W, b), y) / len(y) + 0.5 * l2 * (W**2).sum()


@mistake("regularized_loss", says="Your logits here lack the biases: z = XW + b.")
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
    says="Your loss is right, but you square W in place to get it; leave the arrays you are given as they "
    "are.",
)
def loss_changes_weights(X, y, W, b, l2):
    loss = cross_entropy(logits(X, W, b), y)
    W *= W
    return loss + 0.5 * l2 * W.sum()


# regularized_gradients -------------------------------------------------------------------------------------


@mistake("regularized_gradients", says="Your dW lacks the penalty's gradient, λW.")
def gradients_without_penalty(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz, dz.sum(axis=0)


@mistake("regularized_gradients", says="You add 2λW; the penalty is ½λ ΣW², whose gradient is λW.")
def gradients_penalty_doubled(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + 2 * l2 * W, dz.sum(axis=0)


@mistake("regularized_gradients", says="You add ½λW; the ½ of ½λ ΣW² cancels the 2 of the square: add λW.")
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


@mistake("regularized_gradients", says="You add λW once for every example; it is added once in all.")
def gradients_penalty_per_example(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W * len(y), dz.sum(axis=0)


@mistake("regularized_gradients", says="You add W without λ (the argument l2).")
def gradients_penalty_without_lambda(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="You subtract λW; the penalty is added to the loss, so its gradient is too.",
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
    says="You average for db over examples that are already divided by N; sum the rows of ∂L/∂z.",
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
    says="You divide dW by N again; cross_entropy_gradient already holds the 1/N.",
)
def gradients_weights_divided_twice(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz / len(y) + l2 * W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="You divide dW and db by N again; cross_entropy_gradient already holds the 1/N.",
)
def gradients_divided_twice(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y) / len(y)
    return X.T @ dz + l2 * W, dz.sum(axis=0)


@mistake("regularized_gradients", says="Neither dW nor db has the 1/N of a loss that is a mean.")
def gradients_of_the_sum(X, y, W, b, l2):
    dz = softmax(logits(X, W, b)) - np.eye(len(b))[y]
    return X.T @ dz + l2 * W, dz.sum(axis=0)


@mistake("regularized_gradients", says="Your db has shape (1, C); it has to have b's own shape, (C,).")
def gradients_bias_with_two_axes(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W, dz.sum(axis=0, keepdims=True)


@mistake("regularized_gradients", says="For db you sum over the classes; sum over the examples, axis=0.")
def gradients_bias_over_classes(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W, dz.sum(axis=1)


@mistake(
    "regularized_gradients",
    says="For db you add everything into one number; each class has its own, (C,).",
)
def gradients_bias_one_number(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return X.T @ dz + l2 * W, dz.sum()


@mistake("regularized_gradients", says="Your dW is transposed; it has W's own shape, (D, C).")
def gradients_weights_transposed(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return dz.T @ X + l2 * W.T, dz.sum(axis=0)


@mistake("regularized_gradients", says="You return (db, dW); the handout asks for (dW, db), in that order.")
def gradients_in_the_other_order(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return dz.sum(axis=0), X.T @ dz + l2 * W


@mistake("regularized_gradients", says="You return only dW; the handout asks for both, (dW, db).")
def gradients_of_weights_only(X, y, W, b, l2):
    return X.T @ cross_entropy_gradient(logits(X, W, b), y) + l2 * W


@mistake("regularized_gradients", says="Your logits here lack the biases: z = XW + b.")
def gradients_without_bias(X, y, W, b, l2):
    dz = cross_entropy_gradient(X @ W, y)
    return X.T @ dz + l2 * W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="Your db is 0; the biases are not penalised, but they do change the loss.",
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


@mistake("regularized_gradients", says="You return the directions of descent; the gradients point uphill.")
def gradients_negated(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    return -(X.T @ dz + l2 * W), -dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="You never take 1 off at the label: ∂L/∂z is (p − 1(y = j)) / N.",
)
def gradients_label_not_subtracted(X, y, W, b, l2):
    dz = softmax(logits(X, W, b)) / len(y)
    return X.T @ dz + l2 * W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="You take the class with the largest logit for certain, as a perceptron does; ∂L/∂z is "
    "(p − 1(y = j)) / N with the p of softmax.",
)
def gradients_of_a_perceptron(X, y, W, b, l2):
    one_hot = np.eye(W.shape[1])
    dz = (one_hot[logits(X, W, b).argmax(axis=1)] - one_hot[y]) / len(y)
    return X.T @ dz + l2 * W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="Your gradients are right, but you multiply W by λ in place; leave the arrays you are given as "
    "they are.",
)
def gradients_change_weights(X, y, W, b, l2):
    dz = cross_entropy_gradient(logits(X, W, b), y)
    W *= l2
    return X.T @ dz + W, dz.sum(axis=0)


@mistake(
    "regularized_gradients",
    says="You measure the slopes by differences of the loss, which keeps about 7 digits and is slow; the "
    "question asks for the formula.",
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


# predict ---------------------------------------------------------------------------------------------------


@mistake(
    "predict",
    says="You take the largest example of each class (axis 0); take each row's largest class.",
)
def predict_over_examples(X, W, b):
    return logits(X, W, b).argmax(axis=0)


@mistake("predict", says="You take the largest entry of the whole batch; every example needs its own class.")
def predict_over_everything(X, W, b):
    return logits(X, W, b).argmax()


@mistake("predict", says="You take the least probable class; use argmax.")
def predict_least_probable(X, W, b):
    return logits(X, W, b).argmin(axis=1)


@mistake("predict", says="You return the largest logit; the question asks for its class, the index.")
def predict_largest_logit(X, W, b):
    return logits(X, W, b).max(axis=1)


@mistake("predict", says="You return the largest probability; the question asks for its class, the index.")
def predict_largest_probability(X, W, b):
    return softmax(logits(X, W, b)).max(axis=1)


@mistake("predict", says="You return all the probabilities; the question asks for one class an example.")
def predict_probabilities(X, W, b):
    return softmax(logits(X, W, b))


@mistake("predict", says="You return one-hot rows; the question asks for one integer an example.")
def predict_one_hot(X, W, b):
    return np.eye(len(b))[logits(X, W, b).argmax(axis=1)]


@mistake("predict", says="Your predictions have shape (N, 1); they have to have shape (N,).")
def predict_as_a_column(X, W, b):
    return logits(X, W, b).argmax(axis=1)[:, None]


@mistake("predict", says="Your predictions ignore the biases: z = XW + b.")
def predict_without_bias(X, W, b):
    return (X @ W).argmax(axis=1)


@mistake("predict", says="You number the classes from 1; they are numbered from 0.")
def predict_classes_from_one(X, W, b):
    return logits(X, W, b).argmax(axis=1) + 1


@mistake("predict", says="You ask only whether the last class has more than half; compare all classes.")
def predict_by_threshold(X, W, b):
    return (softmax(logits(X, W, b))[:, -1] > 0.5).astype(int)


@mistake(
    "predict",
    says="You compare the sizes of the logits without their signs; a logit of −5 is a low score.",
)
def predict_by_size(X, W, b):
    return np.abs(logits(X, W, b)).argmax(axis=1)


@mistake("predict", says="You clip negative logits to 0, so classes tie where all are negative.")
def predict_through_relu(X, W, b):
    return np.maximum(0, logits(X, W, b)).argmax(axis=1)


@mistake(
    "predict",
    says="You normalise down the columns before choosing; compare the classes of one example.",
)
def predict_normalised_over_examples(X, W, b):
    z = logits(X, W, b)
    e = np.exp(z - z.max(axis=0))
    return (e / e.sum(axis=0)).argmax(axis=1)


@mistake("predict", says="You round the probabilities before choosing, which makes ties that were none.")
def predict_from_rounded(X, W, b):
    return softmax(logits(X, W, b)).round().argmax(axis=1)


@mistake("predict", says="You exponentiate without a shift: where exp overflows, nan wins the argmax.")
def predict_by_overflow(X, W, b):
    e = np.exp(logits(X, W, b))
    return (e / e.sum(axis=1, keepdims=True)).argmax(axis=1)


# accuracy --------------------------------------------------------------------------------------------------


@mistake(
    "accuracy",
    says="You return how many are right; the question asks for their share, between 0 and 1.",
)
def accuracy_as_a_count(y_true, y_pred):
    return (y_true == y_pred).sum()


@mistake("accuracy", says="You return a percentage; the question asks for a share between 0 and 1.")
def accuracy_in_percent(y_true, y_pred):
    return 100 * (y_true == y_pred).mean()


@mistake("accuracy", says="You return the share that is wrong; accuracy is the share that is right.")
def accuracy_as_error(y_true, y_pred):
    return (y_true != y_pred).mean()


@mistake(
    "accuracy",
    says="Your accuracy is 1 when all are right and else 0 (as // or np.array_equal make it); "
    "return the share that is right.",
)
def accuracy_whole_division(y_true, y_pred):
    return (y_true == y_pred).sum() // len(y_true)


@mistake("accuracy", says="You round the accuracy; return it as it is.")
def accuracy_rounded(y_true, y_pred):
    return np.round((y_true == y_pred).mean(), 2)


@mistake("accuracy", says="You measure how far the label numbers are apart; classes are only equal or not.")
def accuracy_by_distance(y_true, y_pred):
    return 1 - np.abs(y_true - y_pred).mean()


@mistake("accuracy", says="You average the classes' own accuracies; accuracy weighs every example equally.")
def accuracy_balanced(y_true, y_pred):
    return np.mean([(y_pred[y_true == k] == k).mean() for k in np.unique(y_true)])


@mistake(
    "accuracy",
    says="You compare sorted labels, which forgets which prediction belongs to which example.",
)
def accuracy_of_sorted_labels(y_true, y_pred):
    return (np.sort(y_true) == np.sort(y_pred)).mean()


@mistake("accuracy", says="np.isin asks whether a class occurs anywhere; compare example by example with ==.")
def accuracy_by_membership(y_true, y_pred):
    return np.isin(y_pred, y_true).mean()


@mistake("accuracy", says="You leave out the examples of class 0; it is a class like the others.")
def accuracy_without_class_zero(y_true, y_pred):
    return ((y_true == y_pred) & (y_true > 0)).mean()


@mistake(
    "accuracy",
    says="You treat the labels as true or false; two classes above 0 are not the same class.",
)
def accuracy_of_truth_values(y_true, y_pred):
    return (y_true.astype(bool) == y_pred.astype(bool)).mean()


@mistake("accuracy", says="You divide by N − 1; a share divides by all N predictions.")
def accuracy_divided_by_one_less(y_true, y_pred):
    return (y_true == y_pred).sum() / max(len(y_true) - 1, 1)


@mistake(
    "accuracy",
    says="You return which predictions are right; the question asks for one number, their share.",
)
def accuracy_per_example(y_true, y_pred):
    return y_true == y_pred


# train ----------------------------------------------------------------------------------------------------


@mistake("train", says="You add the gradients, which climbs; descent subtracts them.")
def train_uphill(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W + learning_rate * dW
            b = b + learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You drop the last, smaller minibatch of an epoch; every example is used once an epoch.",
)
def train_last_minibatch_dropped(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y) - batch_size + 1, batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You divide the last, smaller minibatch by the full batch size; average over the examples it has.",
)
def train_last_minibatch_divided_by_full_size(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dz = (softmax(logits(X[batch], W, b)) - np.eye(classes)[y[batch]]) / batch_size
            dW, db = X[batch].T @ dz + l2 * W, dz.sum(axis=0)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You add up the minibatch's gradients instead of averaging them, so the step grows with the batch"
    " size.",
)
def train_gradient_summed_over_minibatch(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dz = softmax(logits(X[batch], W, b)) - np.eye(classes)[y[batch]]
            dW, db = X[batch].T @ dz + l2 * W, dz.sum(axis=0)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You divide a minibatch's gradients by N, the number of all examples; divide by the minibatch's "
    "own.",
)
def train_divided_by_all_examples(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dz = (softmax(logits(X[batch], W, b)) - np.eye(classes)[y[batch]]) / len(y)
            dW, db = X[batch].T @ dz + l2 * W, dz.sum(axis=0)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You never shuffle; each epoch begins with order = rng.permutation(N).")
def train_without_shuffling(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = np.arange(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You shuffle once before the first epoch; every epoch draws its own order = rng.permutation(N).",
)
def train_shuffled_once(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    order = rng.permutation(len(y))
    for _ in range(epochs):
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You draw a new permutation for every minibatch; one is drawn an epoch, and the minibatches are "
    "its slices.",
)
def train_shuffled_every_minibatch(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        for _start in range(0, len(y), batch_size):
            batch = rng.permutation(len(y))[:batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You draw minibatches with replacement; the minibatches are slices of one permutation an epoch, "
    "so that each example is used once.",
)
def train_drawn_with_replacement(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        for _ in range(0, len(y), batch_size):
            batch = rng.integers(len(y), size=batch_size)
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You make a random generator of your own; use the one that is passed in as rng.")
def train_own_generator(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    rng = np.random.default_rng(0)
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You shuffle X but not y, so examples get one another's labels; index both with the same order.",
)
def train_labels_not_shuffled(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[start : start + batch_size], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You take one step an epoch; an epoch goes through all its minibatches.")
def train_one_minibatch_an_epoch(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, 1):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You step along the gradient of all examples at once; each step uses one minibatch of batch_size.",
)
def train_full_batch(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        rng.permutation(len(y))
        for _start in range(0, len(y), batch_size):
            dW, db = regularized_gradients(X, y, W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You take a step for every single example; each step uses a minibatch of batch_size.")
def train_one_example_a_step(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(len(y)):
            batch = order[start : start + 1]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="Your minibatches begin one example apart and overlap; advance by batch_size.")
def train_minibatches_overlap(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y)):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="Your history holds the last minibatch's loss; it asks for the loss on all of X and y after each "
    "epoch.",
)
def train_history_of_last_minibatch(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X[batch], y[batch], W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="Your history holds the loss before each epoch; it asks for the loss after it.")
def train_history_before_the_epoch(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        history.append(regularized_loss(X, y, W, b, l2))
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
    return W, b, np.array(history)


@mistake(
    "train",
    says="Your history begins with the loss before training; it asks for epochs numbers, the first after "
    "the first epoch.",
)
def train_history_with_the_start(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = [regularized_loss(X, y, W, b, l2)]
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="Your history leaves the penalty out; it asks for the regularized loss.")
def train_history_without_penalty(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(cross_entropy(logits(X, W, b), y))
    return W, b, np.array(history)


@mistake(
    "train",
    says="Your history averages the minibatches' losses along the way; it asks for the loss on all of X "
    "and y after each epoch.",
)
def train_history_averaged_over_minibatches(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        losses = []
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            losses.append(regularized_loss(X[batch], y[batch], W, b, l2))
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(np.mean(losses))
    return W, b, np.array(history)


@mistake("train", says="Your history has one number a step; it asks for one an epoch.")
def train_history_of_every_step(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
            history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="Your history holds accuracies; it asks for the regularized loss.")
def train_history_of_accuracy(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append((logits(X, W, b).argmax(axis=1) == y).mean())
    return W, b, np.array(history)


@mistake("train", says="Your history holds only the last loss; it asks for one number an epoch.")
def train_history_only_at_the_end(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history[-1:])


@mistake(
    "train",
    says="You return the last loss as a plain number; history holds one loss an epoch, shape (epochs,).",
)
def train_history_overwritten(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, history[-1]


@mistake("train", says="You train without the penalty: pass l2 on to the gradients.")
def train_without_penalty(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, 0.0)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You scale the penalty by the minibatch's share of the examples; every step has the whole λW.",
)
def train_penalty_shared_among_minibatches(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2 * len(batch) / len(y))
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You subtract the penalty once more after the step; regularized_gradients already holds it.",
)
def train_penalty_twice(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * (dW + l2 * W)
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You penalise the biases too; only the weights are.")
def train_biases_penalised(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * (db + l2 * b)
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You start from random weights; the handout starts W and b at 0.")
def train_random_start(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = 0.01 * rng.normal(size=(X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You start at ones; the handout starts W and b at 0.")
def train_start_at_one(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.ones((X.shape[1], classes)), np.ones(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You never update the biases; b follows −ε·db as W follows −ε·dW.")
def train_biases_never_updated(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, _ = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You compute db after W has moved; both gradients belong to the same point.")
def train_bias_gradient_at_new_weights(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, _ = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * regularized_gradients(X[batch], y[batch], W, b, l2)[1]
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You divide the step by the batch size; the gradients are already averages.")
def train_rate_divided_by_batch(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate / len(batch) * dW
            b = b - learning_rate / len(batch) * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="Your learning rate shrinks from epoch to epoch; the handout keeps it constant.")
def train_rate_decays(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        learning_rate *= 0.95
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You use momentum; the handout asks for plain SGD, θ ← θ − ε·g.")
def train_with_momentum(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    vW, vb = 0.0, 0.0
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            vW, vb = 0.9 * vW - learning_rate * dW, 0.9 * vb - learning_rate * db
            W = W + vW
            b = b + vb
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You run one epoch too few; range(epochs) counts them all.")
def train_one_epoch_short(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(1, epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You run one epoch too many; range(epochs) counts them all.")
def train_one_epoch_too_many(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs + 1):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You divide one probability among the classes with the largest logit, as a perceptron would; the gradients "
    "are those of softmax.",
)
def train_as_a_perceptron(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            z = X[batch] @ W + b
            largest = z == z.max(axis=1, keepdims=True)
            dz = (largest / largest.sum(axis=1, keepdims=True) - np.eye(classes)[y[batch]]) / len(batch)
            W = W - learning_rate * (X[batch].T @ dz + l2 * W)
            b = b - learning_rate * dz.sum(axis=0)
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You set W and b back to 0 at every epoch; set them once, before the loop.")
def train_starts_over_every_epoch(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You compute every minibatch's gradients at the weights the epoch began with; each step starts "
    "where the last ended.",
)
def train_steps_from_the_epochs_start(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        W0, b0 = W, b
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W0, b0, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You count the classes that y shows instead of using the argument classes.")
def train_classes_from_labels(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    classes = len(np.unique(y))
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake(
    "train",
    says="You take the largest label for the number of classes less one; use the argument classes.",
)
def train_classes_from_largest_label(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    classes = y.max() + 1
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You stop when the loss rises; the handout runs all epochs.")
def train_stops_early(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
        if len(history) > 1 and history[-1] > history[-2]:
            break
    return W, b, np.array(history)


@mistake(
    "train",
    says="You return the weights of the lowest loss; the handout asks for those after the last epoch.",
)
def train_returns_the_best(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
        if history[-1] == min(history):
            best = W, b
    return *best, np.array(history)


@mistake("train", says="You clip the gradients; plain SGD takes them as they are.")
def train_clips_gradients(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            dW, db = np.clip(dW, -0.05, 0.05), np.clip(db, -0.05, 0.05)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You standardise X inside train; train takes X as it is given.")
def train_standardises_inputs(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    X = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-8)
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You shuffle the caller's X and y in place; index them with order instead.")
def train_shuffles_in_place(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        X[:], y[:] = X[order], y[order]
        for start in range(0, len(y), batch_size):
            batch = slice(start, start + batch_size)
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)


@mistake("train", says="You return only W and b; the handout asks for (W, b, history).")
def train_weights_only_returned(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b


@mistake("train", says="You return the history first; the handout asks for (W, b, history), in that order.")
def train_history_first(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return np.array(history), W, b
