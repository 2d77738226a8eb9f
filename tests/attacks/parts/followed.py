import numpy as np

def scores(X, W, b):
    z = np.asarray(X) @ W + b
    return z - z.max(axis=1, keepdims=True)

def regularized_loss(X, y, W, b, l2):
    z = scores(X, W, b)
    data = np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y]
    return data.mean() + 0.5 * l2 * (W * W).sum()

def right_gradients(X, y, W, b, l2):
    p = np.exp(scores(X, W, b))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return X.T @ p / len(y) + l2 * W, p.sum(axis=0) / len(y)

def training(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b, history = np.zeros((X.shape[1], classes)), np.zeros(classes), np.zeros(epochs)
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            dW, db = regularized_gradients(X[rows], y[rows], W, b, l2)
            W, b = W - learning_rate * dW, b - learning_rate * db
        history[epoch] = regularized_loss(X, y, W, b, l2)
    return W, b, history

