"""Wrong versions for q3: the cross-entropy."""

import numpy as np

from grader import mistake
from reference.softmax import softmax


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
    says="You exponentiate the logits without a shift, which overflows; subtract each row's largest logit "
    "first.",
)
def cross_entropy_without_shift(z, y):
    return (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y]).mean()


@mistake(
    "cross_entropy",
    says="You shift by the largest logit of the whole batch, so a row far below it gets log 0; shift each "
    "row by its own largest logit.",
)
def cross_entropy_shifted_by_global_max(z, y):
    shifted = z - z.max()
    return (np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]).mean()


@mistake(
    "cross_entropy",
    says="You average over all N·C entries; the mean is over the N examples, with one term for each.",
)
def cross_entropy_mean_over_entries(z, y):
    one_hot = np.eye(z.shape[1])[y]
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -(one_hot * log_p).mean()


@mistake("cross_entropy", says="Your loss is negative; it lacks the minus sign of −log p.")
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


@mistake("cross_entropy", says="You sum −log p over every class; only the right class counts, p[i, y[i]].")
def cross_entropy_of_every_class(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p.sum(axis=1).mean()


@mistake(
    "cross_entropy",
    says="You also add −log(1 − p) for the wrong classes, as for C yes-or-no questions; softmax "
    "cross-entropy has only the right class's term.",
)
def cross_entropy_binary(z, y):
    p = softmax(z)
    one_hot = np.eye(z.shape[1])[y]
    return -np.where(one_hot == 1, np.log(p), np.log(1 - p)).sum(axis=1).mean()


@mistake(
    "cross_entropy",
    says="You number only the classes that appear in y, so a class without examples shifts the rest; label "
    "k is column k.",
)
def cross_entropy_classes_from_unique(z, y):
    _, y = np.unique(y, return_inverse=True)
    shifted = z - z.max(axis=1, keepdims=True)
    return (np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]).mean()


@mistake(
    "cross_entropy",
    says="p[:, y] picks every example's label from every row; p[np.arange(N), y] picks one entry per row.",
)
def cross_entropy_every_label_in_every_row(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[:, y].mean()


@mistake(
    "cross_entropy",
    says="You apply softmax to probabilities; z goes through softmax once, and a second pass flattens the "
    "probabilities.",
)
def cross_entropy_softmax_twice(z, y):
    p = softmax(z)
    return (np.log(np.exp(p).sum(axis=1)) - p[np.arange(len(y)), y]).mean()


@mistake("cross_entropy", says="You return 1 − p of the right class; the loss is −log p.")
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


@mistake(
    "cross_entropy",
    says="You return one loss per example; the handout asks for their mean, one number.",
)
def cross_entropy_per_example(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]


@mistake("cross_entropy", says="Your return is inside the loop, so only the first example counts.")
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
    says="You use the class the model prefers instead of the label; the loss uses p[i, y[i]].",
)
def cross_entropy_of_the_prediction(z, y):
    return -np.log(softmax(z).max(axis=1)).mean()


@mistake(
    "cross_entropy",
    says="You return the largest logit minus the label's, which is the perceptron's loss; −log p has log Σ "
    "exp z instead of the largest logit.",
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
