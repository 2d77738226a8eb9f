"""Right versions of problem set 0's functions in other styles; the suite must accept every one of them."""

import numpy as np

from grader import alternative
from reference.convexity import descend
from reference.regression import mse, mse_gradient, predict


@alternative("predict")
def predict_example_by_example(X, w, b):
    return np.array([sum(x * weight for x, weight in zip(row, w, strict=True)) + b for row in X])


@alternative("predict")
def predict_as_on_the_slide(X, w, b):
    return np.transpose(w) @ X.T + b


@alternative("predict")
def predict_with_a_column_of_ones(X, w, b):
    return np.hstack([X, np.ones((len(X), 1))]).dot(np.append(w, b))


@alternative("mse")
def mse_in_a_loop(X, y, w, b):
    total = 0.0
    for row, target in zip(X, y, strict=True):
        total += float(row @ w + b - target) ** 2
    return total / len(y)


@alternative("mse")
def mse_by_the_norm(X, y, w, b):
    return np.linalg.norm(y - predict(X, w, b)) ** 2 / X.shape[0]


@alternative("mse")
def mse_by_a_scalar_product(X, y, w, b):
    error = np.asarray(predict(X, w, b) - y, dtype=float)
    return np.dot(error, error) / error.size


@alternative("mse_gradient")
def mse_gradient_example_by_example(X, y, w, b):
    dw, db = np.zeros(len(w)), 0.0
    for row, target in zip(X, y, strict=True):
        error = row @ w + b - target
        dw += 2 * error * row
        db += 2 * error
    return dw / len(y), db / len(y)


@alternative("mse_gradient")
def mse_gradient_by_means(X, y, w, b):
    error = predict(X, w, b) - y
    return [np.mean(2 * error[:, np.newaxis] * X, axis=0), np.mean(2 * error)]


@alternative("mse_gradient")
def mse_gradient_by_normal_equations(X, y, w, b):
    design = np.column_stack([X, np.ones(X.shape[0])])
    both = 2 / len(y) * (design.T @ design @ np.append(w, b) - design.T @ y)
    return both[:-1], both[-1]


@alternative("gradient_descent")
def gradient_descent_with_a_list(X, y, w, b, learning_rate, steps):
    theta, history = [np.array(w, dtype=float), float(b)], []
    for _ in range(steps):
        theta = [p - learning_rate * g for p, g in zip(theta, mse_gradient(X, y, *theta), strict=True)]
        history.append(float(mse(X, y, *theta)))
    return theta[0], theta[1], history


@alternative("gradient_descent")
def gradient_descent_in_place_on_a_copy(X, y, w, b, learning_rate, steps):
    w, n = w.astype(float).copy(), len(y)
    history = np.empty(steps)
    for k in range(steps):
        error = X @ w + b - y
        w -= learning_rate * 2 / n * X.T @ error
        b = b - learning_rate * 2 / n * np.sum(error)
        history[k] = np.mean((X @ w + b - y) ** 2)
    return w, b, history


@alternative("gradient_descent")
def gradient_descent_with_a_column_of_ones(X, y, w, b, learning_rate, steps):
    design, theta = np.column_stack([X, np.ones(len(y))]), np.append(w, b).astype(float)
    history = []
    for _ in range(steps):
        theta = theta - learning_rate * 2 * design.T @ (design @ theta - y) / len(y)
        history.append(np.square(design @ theta - y).mean())
    return theta[:-1], theta[-1], np.array(history)


@alternative("stochastic_gradient_descent")
def stochastic_by_index(X, y, w, b, learning_rate, epochs):
    n, D = X.shape
    w, history = [float(v) for v in w], []
    for _ in range(epochs):
        for i in range(n):
            e = b - y[i]
            for d in range(D):
                e = e + w[d] * X[i, d]
            for d in range(D):
                w[d] -= learning_rate * e * X[i, d] / n
            b = b - learning_rate * e / n
        history.append(np.sum((X @ np.array(w) + b - y) ** 2) / n / 2)
    return np.array(w), b, history


@alternative("stochastic_gradient_descent")
def stochastic_by_the_gradient_of_one_example(X, y, w, b, learning_rate, epochs):
    n, history = len(y), []
    for _ in range(epochs):
        for i in range(n):
            dw, db = mse_gradient(X[i : i + 1], y[i : i + 1], w, b)
            w, b = w - learning_rate * dw / (2 * n), b - learning_rate * db / (2 * n)
        history.append(mse(X, y, w, b) / 2)
    return w, b, np.array(history)


@alternative("gaussian_log_likelihood")
def log_likelihood_in_a_loop(y, mu, sigma):
    means = np.broadcast_to(mu, y.shape)
    return sum(
        -np.log(sigma) - 0.5 * np.log(2 * np.pi) - 0.5 * ((v - m) / sigma) ** 2
        for v, m in zip(y.tolist(), means.tolist(), strict=True)
    )


@alternative("gaussian_log_likelihood")
def log_likelihood_from_the_mean_square(y, mu, sigma):
    m = y.size
    return -m / 2 * (np.log(2 * np.pi) + 2 * np.log(sigma) + np.mean((mu - y) ** 2) / sigma**2)


@alternative("gaussian_log_likelihood")
def log_likelihood_of_standard_scores(y, mu, sigma):
    z = (y - mu) / sigma
    return np.sum(-0.5 * z * z - np.log(sigma * np.sqrt(2 * np.pi)))


@alternative("descend")
def descend_with_a_list(gradient, start, learning_rate, steps):
    path = [float(start)]
    while len(path) <= steps:
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return path


@alternative("descend")
def descend_in_arrays(gradient, start, learning_rate, steps):
    x, path = np.array([start], dtype=float), [np.array([start], dtype=float)]
    for _ in range(steps):
        x = x - learning_rate * gradient(x)
        path.append(x)
    return np.concatenate(path)


@alternative("minima_reached")
def minima_of_all_starts_at_once(gradient, starts, learning_rate, steps, apart):
    x = np.array(starts, dtype=float)
    for _ in range(steps):
        x = x - learning_rate * gradient(x)
    x, kept = np.sort(x), []
    while len(x):
        kept.append(x[0])
        x = x[x - kept[-1] > apart]
    return np.array(kept)


@alternative("minima_reached")
def minima_kept_in_a_list(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    ends.sort()
    kept = [ends[0]]
    for end in ends[1:]:
        if abs(end - kept[-1]) > apart:
            kept.append(end)
    return kept


@alternative("is_convex")
def is_convex_by_second_differences(f, a, b, points):
    y = np.asarray(f(np.linspace(a, b, points)))
    return np.all(np.diff(y, n=2) >= -2e-9 * np.max(np.abs(y)))


@alternative("is_convex")
def is_convex_point_by_point(f, a, b, points):
    step = (b - a) / (points - 1)
    y = [float(f(a + i * step)) for i in range(points - 1)] + [float(f(b))]
    slack = 1e-9 * max(abs(v) for v in y)
    worst = -np.inf
    for i in range(1, points - 1):
        worst = max(worst, y[i] - (y[i - 1] + y[i + 1]) / 2)
    return worst <= slack


@alternative("is_convex")
def is_convex_by_all_chords(f, a, b, points):
    y = np.array([float(f(x)) for x in np.linspace(a, b, points)])
    slack = 1e-9 * np.abs(y).max()
    for i in range(points):
        for j in range(i + 2, points):
            t = np.arange(1, j - i) / (j - i)
            if (y[i + 1 : j] > (1 - t) * y[i] + t * y[j] + slack).any():
                return False
    return True


@alternative("stochastic_gradient_descent")
def sgd_in_single_precision(X, y, w, b, learning_rate, epochs):
    n, history = len(y), np.zeros(epochs)
    for k in range(epochs):
        for i in range(n):
            e = X[i] @ w + b - y[i]
            w, b = w - learning_rate * e * X[i] / n, b - learning_rate * e / n
            w, b = w.astype(np.float32), np.float32(b)
        history[k] = ((X @ w + b - y) ** 2).sum() / (2 * n)
    return w, b, history
