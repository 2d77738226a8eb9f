"""Right versions of problem set 5's functions, written as students write them; the suite must accept every one."""

import numpy as np

from grader import alternative
from reference.complexity import data_loss
from reference.regularization import l2_gradient


@alternative("l2_penalty")
def penalty_in_loops(params, l2):
    total = 0.0
    for name in params:
        if name[0] == "W":
            for w in params[name].ravel():
                total += float(w) ** 2
    return l2 * total / 2


@alternative("l2_penalty")
def penalty_by_norms(params, l2):
    return l2 / 2 * sum(np.linalg.norm(value) ** 2 for name, value in params.items() if "W" in name)


@alternative("l2_penalty")
def penalty_of_all_weights_joined(params, l2):
    weights = np.concatenate([params[name].ravel() for name in params if not name.startswith("b")]).astype(
        float
    )
    return float(np.dot(weights, weights) * l2 * 0.5)


@alternative("l2_gradient")
def slope_by_cases(params, l2):
    gradient = {}
    for name in sorted(params):
        if name.startswith("b"):
            gradient[name] = np.zeros_like(params[name])
        else:
            gradient[name] = params[name] * l2
    return gradient


@alternative("l2_gradient")
def slope_on_a_copy(params, l2):
    gradient = {name: np.array(value, dtype=float) for name, value in params.items()}
    for name in gradient:
        gradient[name] *= l2 * name.startswith("W")
    return gradient


@alternative("data_loss")
def loss_written_out(params, X, y):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    N = X.shape[0]
    hidden = np.tanh(X @ W1 + b1)
    scores = hidden @ W2 + b2
    scores = scores - np.max(scores, axis=1, keepdims=True)
    log_sum = np.log(np.sum(np.exp(scores), axis=1))
    loss = np.mean(log_sum - scores[range(N), y])
    slopes = np.exp(scores - log_sum[:, None])
    slopes[range(N), y] -= 1
    slopes /= N
    back = slopes @ W2.T / np.cosh(X @ W1 + b1) ** 2
    return float(loss), {
        "b2": slopes.sum(0),
        "W2": hidden.T @ slopes,
        "b1": back.sum(0),
        "W1": X.T @ back,
    }


@alternative("data_loss")
def loss_one_example_at_a_time(params, X, y):
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    loss, gradients = 0.0, {name: np.zeros(np.shape(value)) for name, value in params.items()}
    for x, label in zip(X, y, strict=True):
        a = np.tanh(x @ W1 + b1)
        z = a @ W2 + b2
        log_p = z - z.max() - np.log(np.exp(z - z.max()).sum())
        loss -= log_p[label] / len(X)
        dz = (np.exp(log_p) - np.eye(len(z))[label]) / len(X)
        da = (W2 @ dz) * (1 - a**2)
        gradients["W2"] += np.outer(a, dz)
        gradients["b2"] += dz
        gradients["W1"] += np.outer(x, da)
        gradients["b1"] += da
    return [loss, gradients]


# Other draws, for mistakes that are made on top of them.
alternative(
    "initialize_mlp",
    "start_of_the_second_layer_first",
    {
        "{'W1': rng.normal(size=(features, hidden)) / np.sqrt(features), 'b1': np.zeros(hidden), "
        "'W2': rng.normal(size=(hidden, classes)) / np.sqrt(hidden), 'b2': np.zeros(classes)}": "{"
        "'W2': rng.normal(size=(hidden, classes)) / np.sqrt(hidden), 'b2': np.zeros(classes), "
        "'W1': rng.normal(size=(features, hidden)) / np.sqrt(features), 'b1': np.zeros(hidden)}"
    },
)
alternative(
    "initialize_mlp",
    "start_drawn_by_columns",
    {
        "rng.normal(size=(features, hidden))": "rng.normal(size=(hidden, features)).T",
        "rng.normal(size=(hidden, classes))": "rng.normal(size=(classes, hidden)).T",
    },
)


@alternative("initialize_mlp")
def start_drawn_backwards(features, hidden, classes, rng):
    W2 = rng.standard_normal((hidden, classes)) * np.sqrt(1 / hidden)
    W1 = rng.standard_normal((features, hidden)) * features**-0.5
    return {"W2": W2, "W1": W1, "b1": np.zeros((hidden,)), "b2": np.zeros((classes,))}


@alternative("initialize_mlp")
def start_with_the_deviation_given(features, hidden, classes, rng):
    params = {}
    for layer, (n, m) in enumerate(((features, hidden), (hidden, classes)), start=1):
        params[f"W{layer}"] = rng.normal(0, 1 / np.sqrt(n), (m, n)).T
        params[f"b{layer}"] = np.zeros(m)
    return params


@alternative("initialize_mlp")
def start_drawn_at_once(features, hidden, classes, rng):
    draws = rng.normal(size=features * hidden + hidden * classes)
    W1, W2 = np.split(draws, [features * hidden])
    return {
        "W1": W1.reshape(features, hidden) / np.sqrt(features),
        "b1": np.zeros(hidden, dtype=int),
        "W2": W2.reshape(hidden, classes) / np.sqrt(hidden),
        "b2": np.zeros(classes, dtype=int),
    }


@alternative("train_mlp")
def trained_by_slices(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    params = {name: value.copy() for name, value in params.items()}
    for _ in range(epochs):
        order = rng.permutation(len(y))
        shuffled, labels = X[order], y[order]
        for i in range(0, len(y), batch_size):
            gradients = data_loss(params, shuffled[i : i + batch_size], labels[i : i + batch_size])[1]
            for name, slope in gradients.items():
                if name in ("W1", "W2"):
                    slope = slope + l2 * params[name]
                params[name] -= learning_rate * slope
    return params


@alternative("train_mlp")
def trained_with_weight_decay(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = np.arange(len(X))
        rng.shuffle(order)  # draws what permutation(N) draws
        for batch in np.split(order, range(batch_size, len(X), batch_size)):
            _, slopes = data_loss(params, X[batch], y[batch])
            keep = {name: 1 - learning_rate * l2 if name[0] == "W" else 1.0 for name in params}
            params = {name: keep[name] * params[name] - learning_rate * slopes[name] for name in params}
    return params


@alternative("train_mlp")
def trained_with_summed_gradients(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        waiting = list(rng.permutation(len(X)))
        while waiting:
            batch, waiting = waiting[:batch_size], waiting[batch_size:]
            total = l2_gradient(params, l2)
            for i in batch:
                _, slopes = data_loss(params, X[[i]], y[[i]])
                total = {name: total[name] + slopes[name] / len(batch) for name in total}
            params = {name: params[name] - learning_rate * total[name] for name in total}
    return params


@alternative("error_rate")
def rate_one_example_at_a_time(params, X, y):
    wrong = 0
    for x, label in zip(X, y, strict=True):
        z = np.tanh(x @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
        wrong += int(np.argmax(z) != label)
    return wrong / len(y)


@alternative("error_rate")
def rate_by_probabilities(params, X, y):
    z = np.dot(np.tanh(np.dot(X, params["W1"]) + params["b1"]), params["W2"]) + params["b2"]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return 1 - np.mean(np.argmax(p, axis=1) == y)


@alternative("complexity_curve")
def curve_by_seeds_first(fit, error, settings, train, validation, seeds):
    X, y = train
    sums = np.zeros((2, len(settings)))
    for seed in seeds:
        for i in range(len(settings)):
            model = fit(X, y, settings[i], seed)
            sums[:, i] += [error(model, X, y), error(model, *validation)]
    train_errors, validation_errors = sums / len(seeds) if len(seeds) else sums
    return train_errors, validation_errors


@alternative("complexity_curve")
def curve_of_lists(fit, error, settings, train, validation, seeds):
    curves = [], []
    for setting in settings:
        models = [fit(train[0], train[1], setting, seed) for seed in seeds]
        for curve, examples in zip(curves, (train, validation), strict=True):
            curve.append(sum(error(model, *examples) for model in models) / len(models))
    return list(curves)


@alternative("complexity_curve")
def curve_by_keyword(fit, error, settings, train, validation, seeds):
    curves = np.zeros((2, len(settings)))
    for i, setting in enumerate(settings):
        for seed in seeds:
            model = fit(X=train[0], y=train[1], setting=setting, seed=seed)
            for curve, (X, y) in zip(curves, (train, validation), strict=True):
                curve[i] += error(model=model, X=X, y=y) / len(seeds)
    return curves[0], curves[1]


@alternative("early_stopping")
def stopping_by_counting(errors, patience):
    best, bad = 0, 0
    for epoch in range(1, len(errors)):
        if errors[epoch] < errors[best]:
            best, bad = epoch, 0
        else:
            bad += 1
            if bad >= patience:
                return best, epoch
    return best, len(errors) - 1


@alternative("early_stopping")
def stopping_by_nanargmin(errors, patience):
    errors = np.asarray(errors, dtype=float)
    for last in range(len(errors)):
        best = np.nanargmin(errors[: last + 1])
        if last - best >= patience:
            break
    return best, last


@alternative("early_stopping")
def stopping_by_running_minimum(errors, patience):
    lows = np.fmin.accumulate(np.asarray(errors, dtype=float))
    improved = np.flatnonzero(np.append(True, lows[1:] < lows[:-1]))
    ends = np.append(improved[1:], len(lows))
    for best, following in zip(improved.tolist(), ends.tolist(), strict=True):
        if following - best > patience:
            return [best, best + patience]
    return [best, len(lows) - 1]


@alternative("choose_l2")
def choice_by_sorting(l2s, errors):
    pairs = [(error, -l2) for l2, error in zip(l2s, errors, strict=True) if not np.isnan(error)]
    return -sorted(pairs)[0][1]


@alternative("choose_l2")
def choice_by_masks(l2s, errors):
    l2s, errors = np.array(l2s), np.array(errors)
    return float(l2s[errors == np.nanmin(errors)].max())


@alternative("choose_l2")
def choice_by_going_through(l2s, errors):
    best = None
    for i in range(len(l2s)):
        if errors[i] != errors[i]:
            continue
        if best is None or errors[i] < errors[best] or (errors[i] == errors[best] and l2s[i] > l2s[best]):
            best = i
    return l2s[best]
