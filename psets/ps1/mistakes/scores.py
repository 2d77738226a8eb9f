"""Wrong versions for q1 and q2: logits and softmax."""

import numpy as np

from grader import mistake
from reference.softmax import softmax

# logits -----------------------------------------------------------------------------------------------------


@mistake("logits", says="You never add the biases; z = XW + b, with b added to every row.")
def logits_without_bias(X, W, b):
    return X @ W


@mistake("logits", says="You subtract the biases; add them: z = XW + b.")
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
    says="Your logits have one column per example; the handout asks for one row per example, shape (N, C).",
)
def logits_transposed(X, W, b):
    return W.T @ X.T + b[:, None]


@mistake(
    "logits",
    says="You store the logits in an array of X's type, which cuts off the decimals when the pixels are "
    "integers; use an array of floats.",
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


@mistake("logits", says="You centre X before you multiply; compute the logits from X as it is.")
def logits_of_centred_inputs(X, W, b):
    return (X - X.mean(axis=0)) @ W + b


@mistake(
    "logits",
    says="Your logits are right, but you write into W to get them; leave the arrays you are given unchanged.",
)
def logits_changes_weights(X, W, b):
    z = X @ W + b
    W += b
    return z


# softmax ----------------------------------------------------------------------------------------------------


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


@mistake("softmax", says="You divide by the sum over the whole batch; each row should sum to 1 by itself.")
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


@mistake("softmax", says="You apply softmax twice; the input here is logits, so once is enough.")
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
    says="You exponentiate −z, so the largest logit becomes the least probable; drop the minus sign.",
)
def softmax_of_minus_logits(z):
    e = np.exp(z.min(axis=1, keepdims=True) - z)
    return e / e.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    says="You add a small number to the sum, which biases every probability; after the shift the sum is at "
    "least 1, so it is not needed.",
)
def softmax_with_epsilon(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / (e.sum(axis=1, keepdims=True) + 1e-8)


@mistake(
    "softmax",
    says="You give the class with the largest logit all of the probability (a hardmax); softmax leaves "
    "every class its share.",
)
def softmax_as_hardmax(z):
    return np.eye(z.shape[1])[z.argmax(axis=1)]


@mistake("softmax", says="You round the probabilities; return them as they are.")
def softmax_rounded(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.round(e / e.sum(axis=1, keepdims=True), 4)


@mistake(
    "softmax",
    says="You apply a sigmoid to each logit separately; softmax divides a total of 1 among the classes of "
    "a row.",
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


@mistake("softmax", says="You leave out the division; divide the exponentials by their row's sum.")
def softmax_not_normalised(z):
    return np.exp(z - z.max(axis=1, keepdims=True))


@mistake("softmax", says="You divide by the row's Euclidean length; divide by its sum.")
def softmax_by_euclidean_norm(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / np.linalg.norm(e, axis=1, keepdims=True)


@mistake(
    "softmax",
    says="You fill an array made like z, which cuts probabilities down to 0 when the logits are integers; "
    "use an array of floats.",
)
def softmax_in_integer_array(z):
    p = np.zeros_like(z)
    for i in range(len(z)):
        e = np.exp(z[i] - z[i].max())
        p[i] = e / e.sum()
    return p
