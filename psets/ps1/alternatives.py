"""Right versions of problem set 1's functions in other styles; the suite must accept every one of them."""

import numpy as np

from grader import alternative
from reference.softmax import cross_entropy, logits, regularized_gradients, regularized_loss, softmax


@alternative("logits")
def logits_by_einsum(X, W, b):
    return np.einsum("nd,dc->nc", X, W) + b


@alternative("logits")
def logits_as_on_the_slide(X, W, b):
    return np.array([W.T @ x + b for x in X])


@alternative("logits")
def logits_with_a_column_of_ones(X, W, b):
    return np.hstack([X, np.ones((len(X), 1))]) @ np.vstack([W, b])


@alternative("softmax")
def softmax_in_loops(z):
    import math

    p = np.empty(z.shape)
    for i, row in enumerate(z):
        largest = max(row)
        total = sum(math.exp(v - largest) for v in row)
        for k, v in enumerate(row):
            p[i, k] = math.exp(v - largest) / total
    return p


@alternative("softmax")
def softmax_through_logarithms(z):
    m = np.max(z, axis=-1, keepdims=True)
    return np.exp(z - m - np.log(np.sum(np.exp(z - m), axis=-1, keepdims=True)))


@alternative("softmax")
def softmax_of_columns(z):
    columns = np.exp(z.T - np.amax(z.T, axis=0))
    return (columns / columns.sum(axis=0)).T


@alternative("softmax")
def softmax_row_by_row(z):
    rows = []
    for row in z - z.max(axis=1)[:, np.newaxis]:
        e = np.exp(row)
        rows.append((e / e.sum()).tolist())
    return np.array(rows)


@alternative("cross_entropy")
def cross_entropy_in_loops(z, y):
    import math

    total = 0.0
    for i in range(len(y)):
        m = max(z[i])
        total += m + math.log(sum(math.exp(v - m) for v in z[i])) - z[i][y[i]]
    return float(total / len(y))


@alternative("cross_entropy")
def cross_entropy_by_logaddexp(z, y):
    right = np.take_along_axis(z, y[:, None], axis=1)[:, 0]
    return np.mean(np.logaddexp.reduce(z, axis=1) - right)


@alternative("cross_entropy")
def cross_entropy_by_one_hot(z, y):
    one_hot = np.zeros(z.shape)
    one_hot[np.arange(len(y)), y] = 1.0
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.einsum("nc,nc->", one_hot, log_p) / len(y)


@alternative("cross_entropy")
def cross_entropy_by_margins(z, y):
    margins = z - z[np.arange(len(y)), y][:, None]
    m = margins.max(axis=1)
    return np.average(m + np.log(np.exp(margins - m[:, None]).sum(axis=1)))


@alternative("cross_entropy_gradient")
def gradient_by_one_hot(z, y):
    return (softmax(z) - np.eye(z.shape[1])[y]) / z.shape[0]


@alternative("cross_entropy_gradient")
def gradient_by_add_at(z, y):
    gradient = softmax(z) / len(y)
    np.add.at(gradient, (np.arange(len(y)), y), -1.0 / len(y))
    return gradient


@alternative("cross_entropy_gradient")
def gradient_by_comparison(z, y):
    is_label = np.arange(z.shape[1]) == y.reshape(-1, 1)
    return np.where(is_label, softmax(z) - 1.0, softmax(z)) * (1.0 / len(y))


@alternative("cross_entropy_gradient")
def gradient_row_by_row(z, y):
    gradient = []
    for p, label in zip(softmax(z), y, strict=True):
        row = p.copy()
        row[label] = p[label] - 1
        gradient.append(row / len(y))
    return np.stack(gradient)


@alternative("regularized_loss")
def loss_by_frobenius_norm(X, y, W, b, l2):
    return cross_entropy(X @ W + b, y) + l2 / 2 * np.linalg.norm(W) ** 2


@alternative("regularized_loss")
def loss_in_loops(X, y, W, b, l2):
    total = 0.0
    for x, label in zip(X, y, strict=True):
        total += cross_entropy((x @ W + b)[None, :], np.array([label]))
    penalty = sum(w * w for w in W.flatten().tolist())
    return total / len(X) + 0.5 * l2 * penalty


@alternative("regularized_gradients")
def gradients_example_by_example(X, y, W, b, l2):
    dW, db = np.zeros(W.shape), np.zeros(b.shape)
    for x, label in zip(X, y, strict=True):
        dz = softmax((x @ W + b)[None, :])[0]
        dz[label] -= 1
        dW += np.outer(x, dz)
        db += dz
    return dW / len(y) + l2 * W, db / len(y)


@alternative("regularized_gradients")
def gradients_by_einsum_as_a_list(X, y, W, b, l2):
    dz = softmax(logits(X, W, b)) - np.eye(W.shape[1])[y]
    return [np.einsum("nd,nc->dc", X, dz) / len(X) + l2 * W, dz.mean(axis=0)]


@alternative("predict")
def predict_from_probabilities(X, W, b):
    return np.argmax(softmax(logits(X, W, b)), axis=-1)


@alternative("predict")
def predict_as_a_list(X, W, b):
    return [int(np.argmax(x @ W + b)) for x in X]


@alternative("accuracy")
def accuracy_by_counting(y_true, y_pred):
    return sum(int(t == p) for t, p in zip(y_true, y_pred, strict=True)) / len(y_true)


@alternative("accuracy")
def accuracy_from_the_error(y_true, y_pred):
    return 1.0 - np.count_nonzero(y_true - y_pred) / y_true.size


@alternative("train")
def train_in_place_with_a_list(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    import math

    W = np.zeros((X.shape[1], classes))
    b = np.zeros(classes)
    history = []
    for _ in range(epochs):
        order = rng.permutation(X.shape[0])
        X_shuffled, y_shuffled = X[order], y[order]
        for i in range(math.ceil(len(X) / batch_size)):
            rows = slice(i * batch_size, (i + 1) * batch_size)
            dW, db = regularized_gradients(X_shuffled[rows], y_shuffled[rows], W, b, l2)
            W -= learning_rate * dW
            b -= learning_rate * db
        history.append(float(regularized_loss(X, y, W, b, l2)))
    return W, b, history


@alternative("train")
def train_by_splitting(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    N = len(y)
    weights = {"W": np.zeros((X.shape[1], classes)), "b": np.zeros((classes,))}
    history = np.empty(epochs)
    for k in range(epochs):
        for batch in np.split(rng.permutation(N), range(batch_size, N, batch_size)):
            gradients = regularized_gradients(X[batch], y[batch], weights["W"], weights["b"], l2)
            for name, gradient in zip(("W", "b"), gradients, strict=True):
                weights[name] = weights[name] - learning_rate * gradient
        history[k] = regularized_loss(X, y, weights["W"], weights["b"], l2)
    return [weights["W"], weights["b"], history]


@alternative("train")
def train_with_weight_decay(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    one_hot = np.eye(classes)[y]
    W, b = np.zeros((X.shape[1], classes)), np.zeros((1, classes))
    history = []
    for _ in range(epochs):
        remaining = list(rng.permutation(len(y)))
        while remaining:
            batch, remaining = remaining[:batch_size], remaining[batch_size:]
            dz = (softmax(X[batch] @ W + b) - one_hot[batch]) / len(batch)
            W = (1 - learning_rate * l2) * W - learning_rate * X[batch].T @ dz
            b = b - learning_rate * dz.sum(axis=0, keepdims=True)
        history.append(cross_entropy(X @ W + b, y) + 0.5 * l2 * np.sum(np.square(W)))
    return W, b[0], np.array(history)


@alternative("softmax")
def softmax_in_single_precision(z):
    e = np.exp((z - z.max(axis=1, keepdims=True)).astype(np.float32))
    return e / e.sum(axis=1, keepdims=True)


@alternative("train")
def train_weights_in_float32(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b = np.zeros((X.shape[1], classes)), np.zeros(classes)
    W, b = W.astype(np.float32), b.astype(np.float32)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start : start + batch_size]
            dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)
            W = W - learning_rate * dW
            b = b - learning_rate * db
            W, b = W.astype(np.float32), b.astype(np.float32)
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, np.array(history)
