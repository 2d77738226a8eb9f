"""Wrong versions for q4: gradient descent."""

import numpy as np

from grader import mistake
from reference.regression import mse, mse_gradient


@mistake(
    "gradient_descent",
    says="You add the gradient, which walks uphill; subtract it.",
)
def descent_uphill(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w + learning_rate * dw, b + learning_rate * db
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="You step along the gradient of the sum of squares; use the gradient of the mean, with 1/n.",
)
def descent_of_the_sum(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * len(y) * dw, b - learning_rate * len(y) * db
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="Your steps are half as long as they should be: the gradient of the mean squared error has the "
    "factor 2/n.",
)
def descent_without_two(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * dw / 2, b - learning_rate * db / 2
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="You compute b's gradient after you have updated w; compute both gradients first, then update both.",
)
def descent_intercept_from_new_weights(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        dw = mse_gradient(X, y, w, b)[0]
        w = w - learning_rate * dw
        b = b - learning_rate * mse_gradient(X, y, w, b)[1]
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="You compute w's gradient after you have updated b; compute both gradients first, then update both.",
)
def descent_weights_from_new_intercept(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        db = mse_gradient(X, y, w, b)[1]
        b = b - learning_rate * db
        w = w - learning_rate * mse_gradient(X, y, w, b)[0]
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="Your history holds the error before each step; the handout asks for it after the step.",
)
def descent_history_before_the_step(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        history[k] = mse(X, y, w, b)
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, history


@mistake(
    "gradient_descent",
    says="Your history also holds the error at the start; the handout asks for one error after each step.",
)
def descent_history_with_the_start(X, y, w, b, learning_rate, steps):
    first = mse(X, y, w, b)
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
        history[k] = mse(X, y, w, b)
    return w, b, np.append(first, history)


@mistake(
    "gradient_descent",
    says="Your history holds half the mean squared error, question 5's cost; here it is the plain mean.",
)
def descent_history_halved(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
        history[k] = mse(X, y, w, b) / 2
    return w, b, history


@mistake("gradient_descent", says="You start from 0; start from the w and b you are given.")
def descent_starts_from_zero(X, y, w, b, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="You never update the intercept; b takes a step along its gradient, as w does.",
)
def descent_intercept_never_moves(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        dw = mse_gradient(X, y, w, b)[0]
        w = w - learning_rate * dw
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="You never update the weights; w takes a step along its gradient, as b does.",
)
def descent_weights_never_move(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        db = mse_gradient(X, y, w, b)[1]
        b = b - learning_rate * db
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake("gradient_descent", says="You take one step too few.")
def descent_one_step_too_few(X, y, w, b, learning_rate, steps):
    taken = max(steps - 1, 0)
    history = np.zeros(taken)
    for k in range(taken):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="You compute the gradient once, at the start; compute it again at every step.",
)
def descent_gradient_of_the_start(X, y, w, b, learning_rate, steps):
    dw, db = mse_gradient(X, y, w, b)
    history = np.zeros(steps)
    for k in range(steps):
        w, b = w - learning_rate * dw, b - learning_rate * db
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake("gradient_descent", says="You stop when the error rises; take all the steps anyway.")
def descent_stops_when_the_error_rises(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
        history[k] = mse(X, y, w, b)
        if k > 0 and history[k] > history[k - 1]:
            break
    return w, b, history[: k + 1] if steps else history


@mistake(
    "gradient_descent",
    says="You return the w and b with the lowest error; the handout asks for the last ones.",
)
def descent_returns_the_best(X, y, w, b, learning_rate, steps):
    best = w, b
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
        history[k] = mse(X, y, w, b)
        if history[k] == history[: k + 1].min():
            best = w, b
    return *best, history


@mistake(
    "gradient_descent",
    says="You update w in place (w -= ...), which changes the caller's start; make a new array.",
)
def descent_changes_the_start(X, y, w, b, learning_rate, steps):
    w = w if w.dtype == float else w.astype(float)
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w -= learning_rate * dw
        b = b - learning_rate * db
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="You keep the type of the start, which cuts off the decimals when it holds integers; make w an "
    "array of floats.",
)
def descent_in_integers(X, y, w, b, learning_rate, steps):
    kind = w.dtype
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = (w - learning_rate * dw).astype(kind), b - learning_rate * db
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake("gradient_descent", says="You let the learning rate shrink from step to step; keep it constant.")
def descent_rate_decays(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate / (k + 1) * dw, b - learning_rate / (k + 1) * db
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="You divide the gradient by its length; plain gradient descent uses it as it is.",
)
def descent_unit_gradient(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        size = max(np.sqrt(dw @ dw + db * db), 1e-300)
        w, b = w - learning_rate * dw / size, b - learning_rate * db / size
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="You return only the history; the handout asks for (w, b, history).",
)
def descent_weights_not_returned(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
        history[k] = mse(X, y, w, b)
    return history


@mistake("gradient_descent", says="You return the history first; the order is (w, b, history).")
def descent_history_first(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
        history[k] = mse(X, y, w, b)
    return history, w, b
