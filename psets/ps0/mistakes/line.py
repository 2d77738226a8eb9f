"""Wrong versions for q1 to q3: the linear model, its mean squared error and the gradient."""

import numpy as np

from grader import mistake
from reference.regression import predict

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
    says="You add the intercept once per feature; add it once per example, after the sum over the features.",
)
def predict_intercept_for_every_feature(X, w, b):
    return (X * w + b).sum(axis=1)


@mistake(
    "predict",
    says="You store the predictions in an array of X's type, which cuts off the decimals when X holds "
    "integers; use an array of floats.",
)
def predict_truncated_to_integers(X, w, b):
    y = np.zeros(len(X), dtype=X.dtype)
    y[:] = X @ w + b
    return y


@mistake("predict", says="You average over the features; a prediction is the sum of weight times feature.")
def predict_mean_of_products(X, w, b):
    return (X * w).mean(axis=1) + b


@mistake(
    "predict",
    says="Your predictions are right, but you write into X to get them; leave the arrays you are given "
    "unchanged.",
)
def predict_changes_features(X, w, b):
    y = X @ w + b
    X *= w
    return y


# mse --------------------------------------------------------------------------------------------------------


@mistake("mse", says="You add up the squares; the handout asks for their mean.")
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


@mistake("mse", says="You average absolute errors; the handout asks for the mean of the squared errors.")
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


@mistake("mse", says="You divide by n − 1; a mean divides by n.")
def mse_unbiased(X, y, w, b):
    return ((predict(X, w, b) - y) ** 2).sum() / max(len(y) - 1, 1)


@mistake("mse", says="You divide by the number of entries of X; the mean divides by the number of examples.")
def mse_divided_by_entries(X, y, w, b):
    return ((predict(X, w, b) - y) ** 2).sum() / X.size


@mistake(
    "mse",
    says="Your predictions are a column while y is a row, so numpy forms all n² differences; give both the "
    "shape (n,).",
)
def mse_every_pair(X, y, w, b):
    return ((predict(X, w, b)[:, None] - y) ** 2).mean()


@mistake("mse", says="You leave the intercept out of the predictions; add b to each.")
def mse_without_intercept(X, y, w, b):
    return ((X @ w - y) ** 2).mean()


@mistake(
    "mse",
    says="You return the variance of the errors, which leaves out their mean; take the mean of the squares.",
)
def mse_variance(X, y, w, b):
    return np.var(predict(X, w, b) - y)


@mistake("mse", says="You return one squared error per example; the answer is their mean, a single number.")
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
    says="Your gradients lack the factor 2, which comes from the derivative of the square.",
)
def gradient_without_two(X, y, w, b):
    error = predict(X, w, b) - y
    return X.T @ error / len(y), error.mean()


@mistake("mse_gradient", says="Your gradients are those of the sum; the mean has the factor 1/n.")
def gradient_summed(X, y, w, b):
    error = predict(X, w, b) - y
    return 2 * X.T @ error, 2 * error.sum()


@mistake(
    "mse_gradient",
    says="Your gradients point downhill; the error is prediction minus target, not target minus prediction.",
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
    says="Your dw leaves out the features; multiply each error by its x, as in X.T @ error.",
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


@mistake("mse_gradient", says="You leave the intercept out of the predictions; add b to each.")
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
    says="Your gradients are right, but you write into y to get them; leave the arrays you are given "
    "unchanged.",
)
def gradient_changes_targets(X, y, w, b):
    error = predict(X, w, b) - y
    y[:] = 0
    return 2 * X.T @ error / len(y), 2 * error.mean()
