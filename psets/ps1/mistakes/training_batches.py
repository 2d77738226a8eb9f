"""Wrong versions for q8, training: how minibatches are drawn and averaged."""

import numpy as np

from grader import mistake
from reference.softmax import logits, regularized_gradients, regularized_loss, softmax


@mistake("train", says="You add the gradients, which climbs; subtract them to descend.")
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
    says="You drop an epoch's last minibatch when it is smaller; every example is used once per epoch.",
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
    "own size.",
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
    says="You draw a new permutation for every minibatch; draw one per epoch and take the minibatches as "
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
    says="You draw minibatches with replacement; they are slices of one permutation per epoch, so that "
    "each example is used once.",
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


@mistake("train", says="You make a random generator of your own; use the one you are given, rng.")
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


@mistake("train", says="You take one step per epoch; an epoch goes through all its minibatches.")
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


@mistake("train", says="Your minibatches start one example apart and overlap; advance by batch_size.")
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
