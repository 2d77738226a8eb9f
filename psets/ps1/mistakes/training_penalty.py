"""Wrong versions for q8, training: the penalty."""

import numpy as np

from grader import mistake
from reference.softmax import regularized_gradients, regularized_loss


@mistake("train", says="You train without the penalty; pass l2 on to the gradients.")
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
    says="You subtract the penalty again after the step; regularized_gradients already includes it.",
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


@mistake("train", says="You penalise the biases too; only the weights are penalised.")
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
