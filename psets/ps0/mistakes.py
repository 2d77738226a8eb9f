"""Wrong versions of problem set 0's functions, each with the sentence its author should read.

They are the suite's mutation test (each must fail its question) and the grader's explanations (one that gives
a student's very results names what the student did). Each is written as a student would: numpy, the problem
set's own functions, and never the function it stands for. Thought out from what the handout's conventions
invite and from what public homework on neighbouring topics gets wrong; a class will find others.
"""

import numpy as np

from grader import mistake
from reference.convexity import descend
from reference.regression import mse, mse_gradient, predict

# predict ----------------------------------------------------------------------------------------------------


@mistake(
    "predict",
    says="You never add the intercept: ŷ = Xw + b.",
)
def predict_without_intercept(X, w, b):
    return X @ w


@mistake(
    "predict",
    says="You subtract the intercept; the handout adds it: ŷ = Xw + b.",
)
def predict_intercept_subtracted(X, w, b):
    return X @ w - b


@mistake(
    "predict",
    says="Your predictions are a column of shape (n, 1); the handout asks for (n,).",
)
def predict_as_a_column(X, w, b):
    return (X @ w + b)[:, None]


@mistake(
    "predict",
    says="You multiply features by weights without summing over the features; use X @ w.",
)
def predict_products_not_summed(X, w, b):
    return X * w + b


@mistake(
    "predict",
    says="You add the intercept once a feature; it is added once an example, after the sum over features.",
)
def predict_intercept_for_every_feature(X, w, b):
    return (X * w + b).sum(axis=1)


@mistake(
    "predict",
    says="You store the predictions in an array of X's own type, which cuts decimals off when X holds "
    "integers; make it one of floats.",
)
def predict_truncated_to_integers(X, w, b):
    y = np.zeros(len(X), dtype=X.dtype)
    y[:] = X @ w + b
    return y


@mistake(
    "predict",
    says="You average over the features; a prediction is the sum of weight times feature.",
)
def predict_mean_of_products(X, w, b):
    return (X * w).mean(axis=1) + b


@mistake(
    "predict",
    says="Your predictions are right, but you write into X to get them; leave the arrays you are given as "
    "they are.",
)
def predict_changes_features(X, w, b):
    y = X @ w + b
    X *= w
    return y


# mse --------------------------------------------------------------------------------------------------------


@mistake(
    "mse",
    says="You add the squares up; the handout asks for their mean.",
)
def mse_summed(X, y, w, b):
    return ((predict(X, w, b) - y) ** 2).sum()


@mistake(
    "mse",
    says="You halve the error; that is question 5's cost. Here it is the plain mean of the squares.",
)
def mse_halved(X, y, w, b):
    return ((predict(X, w, b) - y) ** 2).mean() / 2


@mistake(
    "mse",
    says="You return the root of the mean squared error; leave the root out.",
)
def mse_root(X, y, w, b):
    return np.sqrt(((predict(X, w, b) - y) ** 2).mean())


@mistake(
    "mse",
    says="You average absolute errors; the handout asks for their squares.",
)
def mse_absolute(X, y, w, b):
    return np.abs(predict(X, w, b) - y).mean()


@mistake(
    "mse",
    says="You square the mean error, in which errors of opposite sign cancel; take the mean of the squares.",
)
def mse_square_of_the_mean(X, y, w, b):
    return (predict(X, w, b) - y).mean() ** 2


@mistake(
    "mse",
    says="You average the errors themselves, which cancel; square each first.",
)
def mse_not_squared(X, y, w, b):
    return (predict(X, w, b) - y).mean()


@mistake(
    "mse",
    says="You divide by n − 1; the mean divides by n.",
)
def mse_unbiased(X, y, w, b):
    return ((predict(X, w, b) - y) ** 2).sum() / max(len(y) - 1, 1)


@mistake(
    "mse",
    says="You divide by the number of entries of X; the mean divides by the number of examples.",
)
def mse_divided_by_entries(X, y, w, b):
    return ((predict(X, w, b) - y) ** 2).sum() / X.size


@mistake(
    "mse",
    says="Your predictions are a column while y is a row, so numpy forms all n² differences; give both the"
    " shape (n,).",
)
def mse_every_pair(X, y, w, b):
    return ((predict(X, w, b)[:, None] - y) ** 2).mean()


@mistake(
    "mse",
    says="You leave the intercept out of the predictions.",
)
def mse_without_intercept(X, y, w, b):
    return ((X @ w - y) ** 2).mean()


@mistake(
    "mse",
    says="You return the variance of the errors, which forgets their mean; take the mean of the squares.",
)
def mse_variance(X, y, w, b):
    return np.var(predict(X, w, b) - y)


@mistake(
    "mse",
    says="You return one squared error an example; the answer is their mean, a single number.",
)
def mse_one_per_example(X, y, w, b):
    return (predict(X, w, b) - y) ** 2


@mistake(
    "mse",
    says="Your error is right, but you subtract in place (y -= ...), which changes the caller's targets; "
    "work on a new array.",
)
def mse_changes_targets(X, y, w, b):
    y -= predict(X, w, b).astype(y.dtype)
    return (y**2).mean()


# mse_gradient -----------------------------------------------------------------------------------------------


@mistake(
    "mse_gradient",
    says="Your gradients lack the factor 2 that the square's derivative brings.",
)
def gradient_without_two(X, y, w, b):
    error = predict(X, w, b) - y
    return X.T @ error / len(y), error.mean()


@mistake(
    "mse_gradient",
    says="Your gradients are those of the sum; the mean has the factor 1/n.",
)
def gradient_summed(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * X.T @ error, 2 * error.sum()


@mistake(
    "mse_gradient",
    says="Your gradients point downhill: the error is prediction minus target.",
)
def gradient_sign(X, y, w, b):
    error = y - predict(X, w, b)
    return 2 * X.T @ error / len(y), 2 * error.mean()


@mistake(
    "mse_gradient",
    says="Your dw is right, but db is a sum over the examples where it should be the mean.",
)
def gradient_intercept_summed(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * X.T @ error / len(y), 2 * error.sum()


@mistake(
    "mse_gradient",
    says="Your db is right, but dw is a sum over the examples where it should be the mean.",
)
def gradient_weights_summed(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * X.T @ error, 2 * error.mean()


@mistake(
    "mse_gradient",
    says="Your dw is right, but db lacks the factor 2.",
)
def gradient_intercept_without_two(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * X.T @ error / len(y), error.mean()


@mistake(
    "mse_gradient",
    says="You divide by the number of features; the mean divides by the number of examples.",
)
def gradient_divided_by_features(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * X.T @ error / X.shape[1], 2 * error.sum() / X.shape[1]


@mistake(
    "mse_gradient",
    says="Your dw leaves out the features: each error counts with its x, as in X.T @ error.",
)
def gradient_errors_not_weighted(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * error.mean() * np.ones(len(w)), 2 * error.mean()


@mistake(
    "mse_gradient",
    says="You multiply the mean error by the mean features; average the products error · x.",
)
def gradient_mean_error_times_mean_x(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * error.mean() * X.mean(axis=0), 2 * error.mean()


@mistake(
    "mse_gradient",
    says="Your predictions leave the intercept out.",
)
def gradient_without_intercept(X, y, w, b):
    error = X @ w - y
    return 2 * X.T @ error / len(y), 2 * error.mean()


@mistake(
    "mse_gradient",
    says="You use the squared errors; the derivative of e² is 2e.",
)
def gradient_of_squares(X, y, w, b):
    error = (predict(X, w, b) - y) ** 2
    return 2 * X.T @ error / len(y), 2 * error.mean()


@mistake(
    "mse_gradient",
    says="You use only the signs of the errors, as for the absolute error; the derivative of e² is 2e.",
)
def gradient_of_absolute_error(X, y, w, b):
    error = np.sign(predict(X, w, b) - y)
    return 2 * X.T @ error / len(y), 2 * error.mean()


@mistake(
    "mse_gradient",
    says="Your dw is a column of shape (D, 1); the handout asks for (D,), the shape of w.",
)
def gradient_as_a_column(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * X.T @ error[:, None] / len(y), 2 * error.mean()


@mistake(
    "mse_gradient",
    says="Your db is an array of shape (1,); the handout asks for a single number.",
)
def gradient_intercept_as_array(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * X.T @ error / len(y), np.array([2 * error.mean()])


@mistake(
    "mse_gradient",
    says="You return (db, dw); the handout asks for (dw, db).",
)
def gradient_order_swapped(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * error.mean(), 2 * X.T @ error / len(y)


@mistake(
    "mse_gradient",
    says="Your dw is right, but db has the wrong sign.",
)
def gradient_intercept_negated(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * X.T @ error / len(y), -2 * error.mean()


@mistake(
    "mse_gradient",
    says="Your gradients are right, but you write into y to get them; leave the arrays you are given as "
    "they are.",
)
def gradient_changes_targets(X, y, w, b):
    error = predict(X, w, b) - y
    y[:] = 0
    return 2 * X.T @ error / len(y), 2 * error.mean()


# gradient_descent -------------------------------------------------------------------------------------------


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
    says="You step along the gradient of the sum of squares; it is to be that of the mean, with 1/n.",
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
    says="You update b with the gradient at the already updated w; take both gradients first, then update "
    "both.",
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
    says="You update w with the gradient at the already updated b; take both gradients first, then update "
    "both.",
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


@mistake(
    "gradient_descent",
    says="You start from 0 instead of from the w and b that are given.",
)
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
    says="You never update the intercept.",
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
    says="You never update the weights.",
)
def descent_weights_never_move(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        db = mse_gradient(X, y, w, b)[1]
        b = b - learning_rate * db
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="You take one step less than asked for.",
)
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
    says="You take the gradient once, at the start; take it anew in every step.",
)
def descent_gradient_of_the_start(X, y, w, b, learning_rate, steps):
    dw, db = mse_gradient(X, y, w, b)
    history = np.zeros(steps)
    for k in range(steps):
        w, b = w - learning_rate * dw, b - learning_rate * db
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="You stop when the error rises; the handout takes all the steps.",
)
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
    says="You return the w and b of the least error; the handout asks for the last ones.",
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
    says="You keep the type of the start, which cuts the decimals off when it holds integers; make w an "
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


@mistake(
    "gradient_descent",
    says="You let the learning rate shrink from step to step; it stays constant.",
)
def descent_rate_decays(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate / (k + 1) * dw, b - learning_rate / (k + 1) * db
        history[k] = mse(X, y, w, b)
    return w, b, history


@mistake(
    "gradient_descent",
    says="You divide the gradient by its length; plain descent takes it as it is.",
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


@mistake(
    "gradient_descent",
    says="You return the history first; the handout asks for (w, b, history), in that order.",
)
def descent_history_first(X, y, w, b, learning_rate, steps):
    history = np.zeros(steps)
    for k in range(steps):
        dw, db = mse_gradient(X, y, w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
        history[k] = mse(X, y, w, b)
    return history, w, b


# stochastic_gradient_descent --------------------------------------------------------------------------------


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
    says="Your updates have a factor 2: in this question the cost is Σe²/(2n), whose 2 has cancelled.",
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
    says="All examples of an epoch meet the same w and b, as in one step along the whole gradient; each "
    "example has to meet what the one before it left.",
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


@mistake(
    "stochastic_gradient_descent",
    says="You shuffle the examples; the handout takes them in the order of the data.",
)
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
    says="You go through the examples from last to first; the handout takes them in the order of the data.",
)
def sgd_backwards(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in reversed(range(n)):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history


@mistake(
    "stochastic_gradient_descent",
    says="You leave out the last example of every epoch.",
)
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
    says="You update with a single example each epoch; an epoch goes through all of them.",
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
    says="You add up each example's cost before its own update; the handout asks for the cost of all "
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
    says="Your history holds the cost of the last example alone; it is over all examples.",
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
    says="Your history has an entry for every update; the handout asks for one an epoch.",
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


@mistake(
    "stochastic_gradient_descent",
    says="Your update of b lacks the 1/n that the one of w has.",
)
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
    says="You never update the intercept.",
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


@mistake(
    "stochastic_gradient_descent",
    says="You start from 0 instead of from the w and b that are given.",
)
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
    says="You return the w and b of the least cost; the handout asks for the last ones.",
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
    says="You keep the type of the start, which cuts the decimals off when it holds integers; make w an "
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


# gaussian_log_likelihood ------------------------------------------------------------------------------------


@mistake(
    "gaussian_log_likelihood",
    says="You average over the observations; the log likelihood is their sum.",
)
def likelihood_mean(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / (2 * sigma**2)).mean()


@mistake(
    "gaussian_log_likelihood",
    says="You return the negative log likelihood; drop the sign.",
)
def likelihood_negative(y, mu, sigma):
    return (0.5 * np.log(2 * np.pi * sigma**2) + (y - mu) ** 2 / (2 * sigma**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You take sigma for the variance; it is the standard deviation, so square it.",
)
def likelihood_sigma_as_variance(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma) - (y - mu) ** 2 / (2 * sigma)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You leave log 2π out; it is part of the density.",
)
def likelihood_without_two_pi(y, mu, sigma):
    return (-np.log(sigma) - (y - mu) ** 2 / (2 * sigma**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You leave log σ out of the constant.",
)
def likelihood_without_sigma(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi) - (y - mu) ** 2 / (2 * sigma**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You leave the constant C₁ out; the log likelihood contains it once an observation.",
)
def likelihood_without_constant(y, mu, sigma):
    return -((y - mu) ** 2).sum() / (2 * sigma**2)


@mistake(
    "gaussian_log_likelihood",
    says="You add the constant C₁ once; every observation brings it.",
)
def likelihood_constant_once(y, mu, sigma):
    return -0.5 * np.log(2 * np.pi * sigma**2) - ((y - mu) ** 2).sum() / (2 * sigma**2)


@mistake(
    "gaussian_log_likelihood",
    says="Your square lacks the ½: it is divided by 2σ².",
)
def likelihood_square_without_half(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / sigma**2).sum()


@mistake(
    "gaussian_log_likelihood",
    says="Your constant lacks the ½: it is −½ log(2πσ²), from the root of 2πσ².",
)
def likelihood_constant_without_half(y, mu, sigma):
    return (-np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / (2 * sigma**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="Your constant has the wrong sign: C₁ = −½ log(2πσ²).",
)
def likelihood_constant_positive(y, mu, sigma):
    return (0.5 * np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / (2 * sigma**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="Your square has the wrong sign: observations far from the mean are less likely.",
)
def likelihood_square_positive(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma**2) + (y - mu) ** 2 / (2 * sigma**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You divide the square by 2σ; it is divided by 2σ².",
)
def likelihood_divided_by_sigma(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / (2 * sigma)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You use the absolute difference; a Gaussian has its square.",
)
def likelihood_absolute(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma**2) - np.abs(y - mu) / (2 * sigma**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You return the density itself; the question asks for its logarithm.",
)
def likelihood_not_a_logarithm(y, mu, sigma):
    return np.prod(np.exp(-((y - mu) ** 2) / (2 * sigma**2)) / np.sqrt(2 * np.pi * sigma**2))


@mistake(
    "gaussian_log_likelihood",
    says="You multiply the densities first; the product of many underflows to 0, whose log is −∞. Add "
    "logarithms.",
)
def likelihood_log_of_product(y, mu, sigma):
    return np.log(np.prod(np.exp(-((y - mu) ** 2) / (2 * sigma**2)) / np.sqrt(2 * np.pi * sigma**2)))


@mistake(
    "gaussian_log_likelihood",
    says="You take the log of each density; far from the mean the density underflows to 0, whose log is "
    "−∞. Simplify the formula first.",
)
def likelihood_log_of_density(y, mu, sigma):
    return np.log(np.exp(-((y - mu) ** 2) / (2 * sigma**2)) / np.sqrt(2 * np.pi * sigma**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You add 1e-12 to the density inside the log, so no observation can be less likely than that; "
    "simplify the formula first.",
)
def likelihood_with_epsilon(y, mu, sigma):
    density = np.exp(-((y - mu) ** 2) / (2 * sigma**2)) / np.sqrt(2 * np.pi * sigma**2)
    return np.log(density + 1e-12).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You take logarithms to base 10; the handout asks for natural logarithms.",
)
def likelihood_base_ten(y, mu, sigma):
    return (-0.5 * np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / (2 * sigma**2)).sum() / np.log(10)


@mistake(
    "gaussian_log_likelihood",
    says="You return one number an observation; the log likelihood is their sum.",
)
def likelihood_per_observation(y, mu, sigma):
    return -0.5 * np.log(2 * np.pi * sigma**2) - (y - mu) ** 2 / (2 * sigma**2)


@mistake(
    "gaussian_log_likelihood",
    says="You use the mean of the observations; every one counts with its own square.",
)
def likelihood_of_the_mean_observation(y, mu, sigma):
    return len(y) * (-0.5 * np.log(2 * np.pi * sigma**2) - (np.mean(y - mu)) ** 2 / (2 * sigma**2))


@mistake(
    "gaussian_log_likelihood",
    says="You estimate σ from the data; use the σ that is given.",
)
def likelihood_sigma_estimated(y, mu, sigma):
    spread = np.sqrt(np.mean((y - mu) ** 2)) + 1e-300
    return (-0.5 * np.log(2 * np.pi * spread**2) - (y - mu) ** 2 / (2 * spread**2)).sum()


@mistake(
    "gaussian_log_likelihood",
    says="You subtract the means in place (y -= ...), which changes the caller's array; work on a new one.",
)
def likelihood_changes_observations(y, mu, sigma):
    y = np.asarray(y)
    if y.dtype == float:
        y -= mu
        residual = y
    else:
        residual = y - mu
    return (-0.5 * np.log(2 * np.pi * sigma**2) - residual**2 / (2 * sigma**2)).sum()


# descend ----------------------------------------------------------------------------------------------------


@mistake(
    "descend",
    says="Your path leaves out the start.",
)
def descend_without_the_start(gradient, start, learning_rate, steps):
    x, path = start, []
    for _ in range(steps):
        x = x - learning_rate * gradient(x)
        path.append(x)
    return np.array(path)


@mistake(
    "descend",
    says="You return the end of the path; the question asks for all of it, the start included.",
)
def descend_only_the_end(gradient, start, learning_rate, steps):
    x = start
    for _ in range(steps):
        x = x - learning_rate * gradient(x)
    return x


@mistake(
    "descend",
    says="You add the slope, which walks uphill; subtract it.",
)
def descend_uphill(gradient, start, learning_rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] + learning_rate * gradient(path[-1]))
    return np.array(path)


@mistake(
    "descend",
    says="Your path has `steps` numbers; it has steps + 1, the start and one after each step.",
)
def descend_one_step_too_few(gradient, start, learning_rate, steps):
    path = [start]
    for _ in range(steps - 1):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@mistake(
    "descend",
    says="You use only the slope's sign; the step is the rate times the slope.",
)
def descend_by_sign(gradient, start, learning_rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * np.sign(gradient(path[-1])))
    return np.array(path)


@mistake(
    "descend",
    says="You take the slope once, at the start; take it anew at every place.",
)
def descend_slope_of_the_start(gradient, start, learning_rate, steps):
    slope, path = gradient(start), [start]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * slope)
    return np.array(path)


@mistake(
    "descend",
    says="You store the path in an array of the start's type, which cuts decimals off when it is an "
    "integer; use floats.",
)
def descend_in_integers(gradient, start, learning_rate, steps):
    path = np.zeros(steps + 1, dtype=type(start))
    path[0] = start
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path


@mistake(
    "descend",
    says="You push the start a little when its slope is 0; a start on a hilltop stays there.",
)
def descend_pushed_off_the_hill(gradient, start, learning_rate, steps):
    x = start if gradient(start) != 0 else start + 1e-3
    path = [x]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@mistake(
    "descend",
    says="You refuse steps after which the slope is steeper; the handout takes every step.",
)
def descend_keeps_the_lower(gradient, start, learning_rate, steps):
    path = [start]
    for _ in range(steps):
        x = path[-1] - learning_rate * gradient(path[-1])
        path.append(x if abs(gradient(x)) <= abs(gradient(path[-1])) else path[-1])
    return np.array(path)


@mistake(
    "descend",
    says="You stop when the steps become small or there are none; the path always has steps + 1 numbers.",
)
def descend_stops_early(gradient, start, learning_rate, steps):
    path = [start]
    for _ in range(steps):
        x = path[-1] - learning_rate * gradient(path[-1])
        if x == path[-1]:
            break
        path.append(x)
    return np.array(path)


# minima_reached ---------------------------------------------------------------------------------------------


@mistake(
    "minima_reached",
    says="You return the end of every descent; ends that agree count once.",
)
def minima_with_repeats(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    return np.sort(ends)


@mistake(
    "minima_reached",
    says="You join only ends that are equal to the last digit; those within `apart` are one minimum.",
)
def minima_exactly_equal(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    return np.unique(ends)


@mistake(
    "minima_reached",
    says="You return the minima in the order of the starts; the handout asks for rising order.",
)
def minima_in_order_of_starts(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in ends:
        if all(abs(end - other) > apart for other in minima):
            minima.append(end)
    return np.array(minima)


@mistake(
    "minima_reached",
    says="You compare each end with the one before it; the handout compares with the last one kept.",
)
def minima_chained(gradient, starts, learning_rate, steps, apart):
    ends = np.sort([descend(gradient, start, learning_rate, steps)[-1] for start in starts])
    return ends[np.append(True, np.diff(ends) > apart)]


@mistake(
    "minima_reached",
    says="You keep ends that are exactly `apart` above the last one kept; it takes more than that.",
)
def minima_at_least_apart(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] >= apart:
            minima.append(end)
    return np.array(minima)


@mistake(
    "minima_reached",
    says="Your minima fall; the handout asks for rising order.",
)
def minima_falling(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return np.array(minima[::-1])


@mistake(
    "minima_reached",
    says="You keep the largest of the ends that lie together; the smallest stands for them.",
)
def minima_largest_of_each_group(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in sorted(ends, reverse=True):
        if not minima or minima[-1] - end > apart:
            minima.append(end)
    return np.array(minima[::-1])


@mistake(
    "minima_reached",
    says="You return how many minima there are; the question asks where they are.",
)
def minima_counted(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return len(minima)


@mistake(
    "minima_reached",
    says="You return one minimum only; the question asks for every one that is reached.",
)
def minima_lowest_alone(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    return np.array([min(ends)])


@mistake(
    "minima_reached",
    says="You return the slopes at the ends; the question asks where the descents end.",
)
def minima_of_slopes(gradient, starts, learning_rate, steps, apart):
    slopes = [gradient(descend(gradient, start, learning_rate, steps)[-1]) for start in starts]
    minima = []
    for slope in sorted(slopes):
        if not minima or slope - minima[-1] > apart:
            minima.append(slope)
    return np.array(minima)


@mistake(
    "minima_reached",
    says="You round the ends; return them as they are, and let `apart` decide which are one.",
)
def minima_rounded(gradient, starts, learning_rate, steps, apart):
    ends = np.round([descend(gradient, start, learning_rate, steps)[-1] for start in starts], 3)
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return np.array(minima)


@mistake(
    "minima_reached",
    says="You collect all places on the paths; only the ends count.",
)
def minima_all_places_passed(gradient, starts, learning_rate, steps, apart):
    ends = np.concatenate([descend(gradient, start, learning_rate, steps) for start in starts])
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return np.array(minima)


@mistake(
    "minima_reached",
    says="You sort the caller's starts in place; sort a copy.",
)
def minima_sorts_the_callers_starts(gradient, starts, learning_rate, steps, apart):
    if isinstance(starts, np.ndarray):
        starts.sort()
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return np.array(minima)


@mistake(
    "minima_reached",
    says="You take one step less than asked for.",
)
def minima_one_step_too_few(gradient, starts, learning_rate, steps, apart):
    steps = max(steps - 1, 0)
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return np.array(minima)


@mistake(
    "minima_reached",
    says="You leave out the first start.",
)
def minima_first_start_left_out(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts[1:]]
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return np.array(minima)


# is_convex --------------------------------------------------------------------------------------------------


@mistake(
    "is_convex",
    says="You forgive no rounding, so straight lines fail; allow 1e-9 of the largest |f|.",
)
def convex_without_tolerance(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2).all())


@mistake(
    "is_convex",
    says="You ask each point to lie below its chord; a point on the chord is convex too.",
)
def convex_strictly(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] < (y[:-2] + y[2:]) / 2 - 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="Your tolerance is 1e-9 whatever the size of f; it is 1e-9 of the largest |f|.",
)
def convex_absolute_tolerance(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9).all())


@mistake(
    "is_convex",
    says="Your tolerance is far too large, so that a small bump passes; it is 1e-9 of the largest |f|.",
)
def convex_tolerance_too_large(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-3 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You take the largest f for the tolerance, which is wrong where f is negative; take the largest "
    "|f|.",
)
def convex_tolerance_of_the_largest_value(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * y.max()).all())


@mistake(
    "is_convex",
    says="You compare second differences with 1e-9·max|f|; they are twice the distance from the chord, so "
    "the bound is 2e-9.",
)
def convex_second_difference_with_the_chords_tolerance(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((np.diff(y, n=2) >= -1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You test for points below their chords, which is concavity; turn the comparison round.",
)
def convex_is_concave(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] >= (y[:-2] + y[2:]) / 2 - 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You answer True if some point lies below its chord; all of them have to.",
)
def convex_at_any_point(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * np.abs(y).max()).any())


@mistake(
    "is_convex",
    says="You look at one chord only, from a to b at its middle; look at every inner point and its "
    "neighbours.",
)
def convex_one_chord(f, a, b, points):
    y = np.array([f(a), f((a + b) / 2), f(b)])
    return bool(y[1] <= (y[0] + y[2]) / 2 + 1e-9 * np.abs(y).max())


@mistake(
    "is_convex",
    says="You compare with the chord from a to b alone; compare each point with the chord of its neighbours.",
)
def convex_under_the_long_chord(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    t = np.linspace(0, 1, points)
    return bool((y <= (1 - t) * y[0] + t * y[-1] + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You leave out the last inner point; every inner point counts.",
)
def convex_by_the_middle_triples(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-2] <= (y[:-3] + y[2:-1]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You leave out the first inner point; every inner point counts.",
)
def convex_first_point_left_out(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[2:-1] <= (y[1:-2] + y[3:]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You look at every other inner point only; every inner point counts.",
)
def convex_every_other_point(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1:2] <= (y[:-2:2] + y[2::2]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You compare with the sum of the neighbours; the middle of the chord is half of it.",
)
def convex_without_half(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= y[:-2] + y[2:] + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You ask each point not to exceed its larger neighbour, which other functions satisfy too; "
    "compare with the middle of the chord.",
)
def convex_below_both_neighbours(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= np.maximum(y[:-2], y[2:]) + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You ask whether f rises; a convex function is one whose slope rises.",
)
def convex_if_rising(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((np.diff(y) >= -1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You look at the sign of f; convexity is about chords.",
)
def convex_if_positive(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y >= -1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="Your grid leaves b out; it holds both a and b.",
)
def convex_without_the_end(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points, endpoint=False)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You ask f outside of [a, b], where it may not exist; compare inner points only.",
)
def convex_asks_beyond_the_ends(f, a, b, points):
    h = (b - a) / (points - 1)
    x = np.linspace(a, b, points)
    y, left, right = (np.array([f(v) for v in x + s]) for s in (0.0, -h, h))
    return bool((y <= (left + right) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You measure the second derivative with steps so small that rounding decides; compare "
    "neighbouring grid points.",
)
def convex_by_tiny_differences(f, a, b, points):
    x, h = np.linspace(a, b, points)[1:-1], 1e-7
    second = np.array([(f(v - h) - 2 * f(v) + f(v + h)) / h**2 for v in x])
    return bool((second >= -1e-9).all())


@mistake(
    "is_convex",
    says="You use ten points whatever is asked for; use `points`.",
)
def convex_on_a_coarse_grid(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, 10)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You use a hundred points whatever is asked for; use `points`.",
)
def convex_on_a_fine_grid(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, 100)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="Your grid has one point too many; `points` counts both a and b.",
)
def convex_with_a_point_too_many(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points + 1)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You return how far f lies above its chords; the question asks for True or False.",
)
def convex_violation_returned(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return np.max(y[1:-1] - (y[:-2] + y[2:]) / 2)


@mistake(
    "is_convex",
    says="You return an answer for every point; the question asks for one, True or False.",
)
def convex_at_every_point(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * np.abs(y).max()
