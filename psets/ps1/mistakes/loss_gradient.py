"""Wrong versions for q4: the gradient of the cross-entropy."""

import numpy as np

from grader import mistake
from reference.softmax import cross_entropy, softmax


@mistake(
    "cross_entropy_gradient",
    says="Your gradient is that of the sum; the loss is the mean over the examples, so divide by N.",
)
def gradient_of_the_sum(z, y):
    return softmax(z) - np.eye(z.shape[1])[y]


@mistake(
    "cross_entropy_gradient",
    says="You never subtract 1 at the label; the gradient is (p − 1(y = j)) / N.",
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
    says="You divide by the number of classes; the mean divides by the N examples.",
)
def gradient_divided_by_classes(z, y):
    return (softmax(z) - np.eye(z.shape[1])[y]) / z.shape[1]


@mistake("cross_entropy_gradient", says="You divide by N twice; the mean over the examples divides once.")
def gradient_divided_twice(z, y):
    return (softmax(z) - np.eye(z.shape[1])[y]) / len(y) ** 2


@mistake(
    "cross_entropy_gradient",
    says="Your gradient has the wrong sign; it is p minus the one-hot label, not the label minus p.",
)
def gradient_sign_flipped(z, y):
    return (np.eye(z.shape[1])[y] - softmax(z)) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You subtract 1 from the largest probability and put the result at the label; the label's entry "
    "is its own p[y] − 1, and each row should sum to 0.",
)
def gradient_as_on_the_slide(z, y):
    p = softmax(z)
    gradient = p.copy()
    gradient[np.arange(len(y)), y] = p.max(axis=1) - 1
    return gradient / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You number only the classes that appear in y, so a class without examples shifts the rest; label "
    "k is column k.",
)
def gradient_classes_from_unique(z, y):
    _, y = np.unique(y, return_inverse=True)
    return (softmax(z) - np.eye(z.shape[1])[y]) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="p[:, y] -= 1 subtracts 1 in every row at every label; p[np.arange(N), y] -= 1 subtracts one per "
    "row.",
)
def gradient_every_label_in_every_row(z, y):
    p = softmax(z)
    p[:, y] -= 1
    return p / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You multiply by p(1 − p), as after a sigmoid; with cross-entropy, softmax's slope is already in "
    "p − 1(y = j).",
)
def gradient_times_sigmoid_slope(z, y):
    p = softmax(z)
    return (p - np.eye(z.shape[1])[y]) * p * (1 - p) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You divide only the probabilities by N and subtract a whole 1 at the label; divide the difference.",
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
    says="You average over the examples; each example has its own row of the gradient, shape (N, C).",
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
    says="You return log p − 1(y = j); it should be p itself, not its logarithm.",
)
def gradient_with_log_p(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return (log_p - np.eye(z.shape[1])[y]) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You stop at −1/p, the slope of the loss with respect to p; the slope with respect to the logits "
    "is p − 1(y = j).",
)
def gradient_in_the_probability(z, y):
    return -np.eye(z.shape[1])[y] / softmax(z) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You subtract 1 at the class the model prefers; subtract it at the label, y[i].",
)
def gradient_at_the_prediction(z, y):
    p = softmax(z)
    p[np.arange(len(y)), p.argmax(axis=1)] -= 1
    return p / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You give the class with the largest logit all of the probability, as a perceptron does; use "
    "softmax's p, minus 1 at the label.",
)
def gradient_of_a_perceptron(z, y):
    one_hot = np.eye(z.shape[1])
    return (one_hot[z.argmax(axis=1)] - one_hot[y]) / len(y)


@mistake("cross_entropy_gradient", says="Your gradient is transposed; it should have the shape of z, (N, C).")
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
    says="You double the gradient, as for a squared error; −log p has no factor 2.",
)
def gradient_doubled(z, y):
    return 2 * (softmax(z) - np.eye(z.shape[1])[y]) / len(y)


@mistake("cross_entropy_gradient", says="You apply softmax twice; z holds logits, so once is enough.")
def gradient_softmax_twice(z, y):
    return (softmax(softmax(z)) - np.eye(z.shape[1])[y]) / len(y)


@mistake(
    "cross_entropy_gradient",
    says="You fill an array made like z, which cuts the gradient down to whole numbers when the logits are "
    "integers; use an array of floats.",
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
    says="You measure the slope from differences of the loss, which is slow and keeps only about 7 digits; "
    "the question asks for the formula.",
)
def gradient_by_differences(z, y):
    gradient = np.zeros(z.shape)
    for index in np.ndindex(z.shape):
        moved = z.astype(float)
        moved[index] += 1e-6
        gradient[index] = (cross_entropy(moved, y) - cross_entropy(z, y)) / 1e-6
    return gradient
