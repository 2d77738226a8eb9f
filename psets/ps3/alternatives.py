"""Right versions of problem set 3's functions in other styles; the suite must accept every one of them.

States are laid out in every way a student may think of, and the small constant stands where the handout allows it.
"""

import numpy as np

from grader import alternative


@alternative("sgd")
def sgd_in_loops(w, dw, state, learning_rate=0.01):
    new = np.empty(w.shape)
    for index in np.ndindex(w.shape):
        new[index] = w[index] - learning_rate * dw[index]
    return new, state


@alternative("sgd")
def sgd_that_counts_and_returns_a_list(w, dw, state, learning_rate=0.01):
    return [np.subtract(w, np.multiply(learning_rate, dw)), {"steps": state.get("steps", 0) + 1}]


@alternative("minibatches")
def minibatches_by_splitting(X, y, batch_size, rng):
    order = rng.permutation(X.shape[0])
    return [(X[part], y[part]) for part in np.split(order, range(batch_size, len(order), batch_size))]


@alternative("minibatches")
def minibatches_shuffled_first(X, y, batch_size, rng):
    order = np.arange(len(y))
    rng.shuffle(order)  # draws what permutation(N) draws
    X, y = X[order], y[order]
    return [[X[i : i + batch_size], y[i : i + batch_size]] for i in range(0, len(y), batch_size)]


@alternative("minibatches")
def minibatches_counted(X, y, batch_size, rng):
    remaining, batches = list(rng.permutation(len(X))), []
    while remaining:
        batch, remaining = remaining[:batch_size], remaining[batch_size:]
        batches.append((np.array([X[i] for i in batch]), np.array([y[i] for i in batch])))
    return tuple(batches)


@alternative("momentum")
def momentum_in_loops(w, dw, state, learning_rate=0.01, mu=0.9):
    if not state:
        state = {"velocity": np.zeros(w.shape)}
    new, v = np.empty(w.shape), np.empty(w.shape)
    for index in np.ndindex(w.shape):
        v[index] = mu * state["velocity"][index] - learning_rate * dw[index]
        new[index] = w[index] + v[index]
    return new, {"velocity": v}


@alternative("momentum")
def momentum_with_the_sign_turned(w, dw, state, learning_rate=0.01, mu=0.9):
    downhill = learning_rate * dw + (mu * state["downhill"] if "downhill" in state else 0)
    return w - downhill, {"downhill": downhill, "settings": (learning_rate, mu), "name": "momentum"}


@alternative("momentum")
def momentum_on_a_copy_of_the_state(w, dw, state, learning_rate=0.01, mu=0.9):
    state = dict(state)
    state.setdefault("v", np.zeros_like(w, dtype=float))
    state["v"] = mu * state["v"] - learning_rate * dw
    return w + state["v"], state


@alternative("momentum")
def momentum_by_the_last_two_points(w, dw, state, learning_rate=0.01, mu=0.9):
    before = state.get("before", w)
    return w + mu * (w - before) - learning_rate * dw, {"before": w}


@alternative("nesterov")
def nesterov_by_both_velocities(w, dw, state, learning_rate=0.01, mu=0.9):
    old = state.get("velocity", np.zeros(w.shape))
    v = mu * old - learning_rate * dw
    return w - mu * old + (1 + mu) * v, {"velocity": v}


@alternative("nesterov")
def nesterov_by_the_textbooks_point(w, dw, state, learning_rate=0.01, mu=0.9):
    v = state["v"] if state else 0.0
    u = w - mu * v
    v = mu * v - learning_rate * dw
    return u + v + mu * v, {"v": v}


@alternative("nesterov")
def nesterov_that_keeps_the_textbooks_point(w, dw, state, learning_rate=0.01, mu=0.9):
    u, v = state.get("u", w), mu * state.get("v", 0.0) - learning_rate * dw
    return u + v + mu * v, {"u": u + v, "v": v}


alternative(
    "adagrad",
    "adagrad_constant_inside_the_root",
    {"np.sqrt(total) + epsilon": "np.sqrt(total + epsilon)"},
    says="You use the small constant inside the root, √(G + δ): accepted.",
)


@alternative("adagrad")
def adagrad_of_all_gradients(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    gradients = [*state.get("gradients", []), dw]
    length = np.linalg.norm(np.stack([np.asarray(g, dtype=float) for g in gradients]), axis=0)
    return w - learning_rate / (length + epsilon) * dw, {"gradients": gradients}


@alternative("adagrad")
def adagrad_that_keeps_the_root(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    root = np.hypot(state.get("root", 0.0), dw)
    return w - learning_rate * dw / (root + epsilon), {"root": root}


alternative(
    "rmsprop",
    "rmsprop_constant_inside_the_root",
    {"np.sqrt(cache) + epsilon": "np.sqrt(cache + epsilon)"},
    says="You use the small constant inside the root, √(C + δ): accepted.",
)


@alternative("rmsprop")
def rmsprop_by_difference(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    mean_square = state["mean_square"] if state else np.zeros(w.shape)
    mean_square = mean_square + (1 - decay) * (np.square(dw) - mean_square)
    return w - (learning_rate / (mean_square**0.5 + epsilon)) * dw, {"mean_square": mean_square}


@alternative("rmsprop")
def rmsprop_in_loops_on_lists(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    old = state.get("cache", [0.0] * w.size)
    cache = [decay * c + (1 - decay) * float(g) ** 2 for c, g in zip(old, dw.ravel(), strict=True)]
    moved = [
        p - learning_rate * g / (float(c) ** 0.5 + epsilon)
        for p, g, c in zip(w.ravel(), dw.ravel(), cache, strict=True)
    ]
    return np.array(moved).reshape(w.shape), {"cache": cache}


@alternative("adadelta")
def adadelta_by_roots(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    def root(x):
        return np.sqrt(x + epsilon)

    if not state:
        state = {"g2": np.zeros(w.shape), "d2": np.zeros(w.shape)}
    g2 = rho * state["g2"] + (1 - rho) * np.square(dw)
    delta = dw * root(state["d2"]) / root(g2)
    return w - learning_rate * delta, {"g2": g2, "d2": rho * state["d2"] + (1 - rho) * np.square(delta)}


@alternative("adadelta")
def adadelta_with_a_pair_for_a_memory(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    G, D = state.get("averages", (0.0, 0.0))
    G = G + (1 - rho) * (dw * dw - G)
    step = -dw * ((D + epsilon) / (G + epsilon)) ** 0.5
    D = D + (1 - rho) * (step * step - D)
    return w + learning_rate * step, {"averages": (G, D)}


alternative(
    "adam",
    "adam_constant_inside_the_root",
    {"np.sqrt(v_hat) + epsilon": "np.sqrt(v_hat + epsilon)"},
    says="You use the small constant inside the root, √(v̂ + δ): accepted.",
)


@alternative("adam")
def adam_by_products_of_betas(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if not state:
        state = {"m": np.zeros(w.shape), "v": np.zeros(w.shape), "b1": 1.0, "b2": 1.0}
    new = {
        "m": state["m"] + (1 - beta1) * (dw - state["m"]),
        "v": state["v"] + (1 - beta2) * (np.square(dw) - state["v"]),
        "b1": state["b1"] * beta1,
        "b2": state["b2"] * beta2,
    }
    root = np.sqrt(new["v"] / (1 - new["b2"]))
    return w - learning_rate / (root + epsilon) * new["m"] / (1 - new["b1"]), new


@alternative("adam")
def adam_by_the_papers_shortcut(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v, t = state.get("all", (0.0, 0.0, 1))
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw * dw
    late = np.sqrt(1 - beta2**t)
    return w - learning_rate * late / (1 - beta1**t) * m / (np.sqrt(v) + epsilon * late), {
        "all": (m, v, t + 1)
    }


@alternative("adam")
def adam_of_all_gradients(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    gradients = [*state.get("gradients", []), dw]
    ages = np.arange(len(gradients))[::-1]
    past = np.stack([np.asarray(g, dtype=float) for g in gradients])
    mean = np.average(past, axis=0, weights=beta1**ages)
    mean_square = np.average(past**2, axis=0, weights=beta2**ages)
    return w - learning_rate * mean / (np.sqrt(mean_square) + epsilon), {"gradients": gradients}


@alternative("sgd")
def sgd_in_single_precision(w, dw, state, learning_rate=0.01):
    return (w - learning_rate * dw).astype(np.float32), {}
