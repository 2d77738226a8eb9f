"""Wrong versions for q8, training: the history."""

import numpy as np

from grader import mistake
from reference.softmax import cross_entropy, logits, regularized_gradients, regularized_loss


@mistake(
    "train",
    says="Your history holds the last minibatch's loss; it should hold the loss on all of X and y after "
    "each epoch.",
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


@mistake("train", says="Your history holds the loss before each epoch; it should hold the loss after it.")
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
    says="Your history begins with the loss before training; it should have `epochs` numbers, the first "
    "after the first epoch.",
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


@mistake("train", says="Your history leaves out the penalty; it should hold the regularized loss.")
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
    says="Your history averages the minibatches' losses along the way; it should hold the loss on all of X "
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


@mistake("train", says="Your history has one number per step; it should have one per epoch.")
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


@mistake("train", says="Your history holds accuracies; it should hold the regularized loss.")
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


@mistake("train", says="Your history holds only the last loss; it should have one number per epoch.")
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
    says="You return the last loss as a single number; history holds one loss per epoch, shape (epochs,).",
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
