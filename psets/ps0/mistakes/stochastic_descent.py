"""Wrong versions for q5: updates after every example."""

import numpy as np

from grader import mistake


@mistake(
    "stochastic_gradient_descent",
    says="Your updates lack the 1/n: each example's share of the cost's gradient is e·x/n.",
)
def sgd_without_division(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i], b - learning_rate * e
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="Your updates have a factor 2; in this question the cost is Σe²/(2n), so the 2 cancels.",
)
def sgd_with_factor_two(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w, b = w - 2 * learning_rate * e * X[i] / n, b - 2 * learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="You use the same w and b for all examples of an epoch, as in one step along the whole gradient; "
    "update after each example, and use the updated w and b for the next.",
)
def sgd_whole_gradient(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        e = X @ w + b - y
        w, b = w - learning_rate * X.T @ e / n, b - learning_rate * e.mean()
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="You recompute the error with the updated w before you update b; both updates use the same error.",
)
def sgd_intercept_from_new_weights(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w = w - learning_rate * e * X[i] / n
            b = b - learning_rate * (X[i] @ w + b - y[i]) / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="You recompute the error with the updated b before you update w; both updates use the same error.",
)
def sgd_weights_from_new_intercept(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            b = b - learning_rate * e / n
            w = w - learning_rate * (X[i] @ w + b - y[i]) * X[i] / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake("stochastic_gradient_descent", says="You shuffle the examples; take them in the order of the data.")
def sgd_shuffled(X, y, w, b, learning_rate, epochs):
    rng = np.random.default_rng(0)
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in rng.permutation(n):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="You go through the examples from last to first; take them in the order of the data.",
)
def sgd_backwards(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in reversed(range(n)):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake("stochastic_gradient_descent", says="You leave out the last example of every epoch.")
def sgd_last_example_left_out(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n - 1):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="You leave out the first example of every epoch.",
)
def sgd_first_example_left_out(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(1, n):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="You update with a single example per epoch; an epoch goes through all of them.",
)
def sgd_one_example_an_epoch(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in [k % n]:
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="Your history holds the mean squared error; in this question the cost is half of it, Σe²/(2n).",
)
def sgd_cost_not_halved(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).mean()
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="Your history holds Σe²/2; the cost divides by n as well.",
)
def sgd_cost_summed(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).sum() / 2
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="Your history holds the cost before each epoch; the handout asks for it after the epoch.",
)
def sgd_cost_before_the_epoch(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="You add up each example's cost before its own update; the handout asks for the cost over all "
    "examples after the epoch.",
)
def sgd_cost_along_the_way(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        total = 0.0
        for i in range(n):
            e = X[i] @ w + b - y[i]
            total = total + e**2
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
        history[k] = total / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="Your history holds the cost of the last example alone; the cost is over all examples.",
)
def sgd_cost_of_the_last_example(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
        history[k] = (X[-1] @ w + b - y[-1]) ** 2 / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="Your history has an entry for every update; the handout asks for one per epoch.",
)
def sgd_cost_after_every_update(X, y, w, b, learning_rate, epochs):
    n, history = len(y), []
    for _ in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
            history.append(((X @ w + b - y) ** 2).sum() / (2 * n))
    return w, b, np.array(history)


@mistake(
    "stochastic_gradient_descent",
    says="You add the gradient, which walks uphill; subtract it.",
)
def sgd_uphill(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w, b = w + learning_rate * e * X[i] / n, b + learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake("stochastic_gradient_descent", says="Your update of b lacks the 1/n that your update of w has.")
def sgd_intercept_without_division(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="You never update the intercept; update b after every example, as you do w.",
)
def sgd_intercept_never_moves(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w = w - learning_rate * e * X[i] / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="You divide by the number of features; n is the number of examples.",
)
def sgd_divided_by_features(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / len(w), b - learning_rate * e / len(w)
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake("stochastic_gradient_descent", says="You start from 0; start from the w and b you are given.")
def sgd_starts_from_zero(X, y, w, b, learning_rate, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="You return the w and b with the lowest cost; the handout asks for the last ones.",
)
def sgd_returns_the_best(X, y, w, b, learning_rate, epochs):
    best = w, b
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
        if history[k] == history[: k + 1].min():
            best = w, b
    return *best, history


@mistake(
    "stochastic_gradient_descent",
    says="You update w in place (w -= ...), which changes the caller's start; make a new array.",
)
def sgd_changes_the_start(X, y, w, b, learning_rate, epochs):
    w = w if w.dtype == float else w.astype(float)
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w -= learning_rate * e * X[i] / n
            b = b - learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="You keep the type of the start, which cuts off the decimals when it holds integers; make w an "
    "array of floats.",
)
def sgd_in_integers(X, y, w, b, learning_rate, epochs):
    kind = w.dtype
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w = (w - learning_rate * e * X[i] / n).astype(kind)
            b = b - learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history
