"""Wrong versions for q8, training: the start, the steps and what is returned."""

import numpy as np

from grader import mistake
from reference.softmax import regularized_gradients, regularized_loss


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


@mistake("train", says="You never update the biases; b takes the step −ε·db, as W takes −ε·dW.")
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


@mistake(
    "train",
    says="You compute db after you have updated W; compute both gradients first, then update both.",
)
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
    says="You divide all of the probability among the classes with the largest logit, as a perceptron "
    "would; the gradients are those of softmax.",
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
    "where the last one ended.",
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


@mistake("train", says="You count the classes that appear in y; use the argument classes.")
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
    says="You take one more than the largest label as the number of classes; use the argument classes.",
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
    says="You return the weights with the lowest loss; the handout asks for those after the last epoch.",
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


@mistake("train", says="You clip the gradients; plain SGD uses them as they are.")
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


@mistake("train", says="You standardise X inside train; use X as it is.")
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


@mistake("train", says="You return the history first; the order is (W, b, history).")
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
