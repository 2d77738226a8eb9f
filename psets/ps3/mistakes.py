"""Wrong versions of problem set 3's functions, each with the sentence its author should read.

They are the suite's mutation test (each must fail its question) and the grader's explanations (one that gives a
student's very results names what the student did). Each is written as a student would, with the state that the
solution keeps where nothing is wrong with it. Collected from public homework and from what the handout's
conventions invite; a class will find others.
"""

import numpy as np

from grader import mistake

# sgd -------------------------------------------------------------------------------------------------------


@mistake("sgd", says="You add the gradient, which climbs; to descend, subtract it.")
def sgd_uphill(w, dw, state, learning_rate=0.01):
    return w + learning_rate * dw, {}


@mistake("sgd", says="Your rate is always 0.01; use the argument learning_rate.")
def sgd_fixed_rate(w, dw, state, learning_rate=0.01):
    return w - 0.01 * dw, {}


@mistake(
    "sgd",
    says="You step by the gradient's sign alone; the step is the learning rate times the gradient itself.",
)
def sgd_of_signs(w, dw, state, learning_rate=0.01):
    return w - learning_rate * np.sign(dw), {}


@mistake("sgd", says="You divide the gradient by its length; plain descent takes it as it is.")
def sgd_of_unit_length(w, dw, state, learning_rate=0.01):
    return w - learning_rate * dw / np.linalg.norm(dw), {}


@mistake(
    "sgd",
    says="You divide the gradient by the number of parameters; it is a mean already, and over examples.",
)
def sgd_divided_by_size(w, dw, state, learning_rate=0.01):
    return w - learning_rate * dw / np.size(w), {}


@mistake("sgd", says="You return w alone; every optimizer returns the pair (w, state).")
def sgd_without_state(w, dw, state, learning_rate=0.01):
    return w - learning_rate * dw


@mistake("sgd", says="You return the step; the new w is the old one plus the step.")
def sgd_step_alone(w, dw, state, learning_rate=0.01):
    return -learning_rate * dw, {}


@mistake("sgd", says="You write into the caller's w (w -= ...); return a new array.")
def sgd_in_place(w, dw, state, learning_rate=0.01):
    w = np.asarray(w)
    w -= learning_rate * dw
    return w, {}


# minibatches -----------------------------------------------------------------------------------------------


@mistake(
    "minibatches", says="You keep the examples in their order; shuffle them by rng.permutation(N) first."
)
def minibatches_in_order(X, y, batch_size, rng):
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]


@mistake("minibatches", says="You drop the last minibatch when it is smaller than the others; keep it.")
def minibatches_last_dropped(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for k in range(len(X) // batch_size):
        batch = order[k * batch_size : (k + 1) * batch_size]
        batches.append((X[batch], y[batch]))
    return batches


@mistake(
    "minibatches",
    says="You add a minibatch without examples at the end when batch_size divides N; count with a ceiling.",
)
def minibatches_empty_at_the_end(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for k in range(len(X) // batch_size + 1):
        batch = order[k * batch_size : (k + 1) * batch_size]
        batches.append((X[batch], y[batch]))
    return batches


@mistake(
    "minibatches",
    says="You fill the last minibatch up with examples from the start, which come twice then; leave it short.",
)
def minibatches_filled_up(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for start in range(0, len(X), batch_size):
        batch = np.arange(start, start + batch_size) % len(X)
        batches.append((X[order[batch]], y[order[batch]]))
    return batches


@mistake(
    "minibatches",
    says="You join the examples left over to the last full minibatch; they make a smaller one of their own.",
)
def minibatches_rest_joined(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    ends = list(range(batch_size, len(X) - batch_size + 1, batch_size))
    return [(X[batch], y[batch]) for batch in np.split(order, ends)]


@mistake(
    "minibatches",
    says="You cut the order into parts as equal as possible; all minibatches but the last have batch_size "
    "examples.",
)
def minibatches_of_equal_sizes(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    parts = np.array_split(order, -(-len(X) // batch_size))
    return [(X[batch], y[batch]) for batch in parts]


@mistake("minibatches", says="You shuffle X but not y, so the labels stand with other examples; index both.")
def minibatches_labels_not_shuffled(X, y, batch_size, rng):
    X = X[rng.permutation(len(X))]
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]


@mistake(
    "minibatches",
    says="You draw one order for X and another for y, so the labels stand with other examples; use one order.",
)
def minibatches_shuffled_apart(X, y, batch_size, rng):
    X, y = X[rng.permutation(len(X))], y[rng.permutation(len(y))]
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]


@mistake("minibatches", says="You shuffle the caller's X and y in place; index them with order instead.")
def minibatches_shuffle_in_place(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    X[:], y[:] = X[order], y[order]
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]


@mistake(
    "minibatches",
    says="You make a generator of your own, so that every epoch has the same order; use the rng you are given.",
)
def minibatches_from_own_generator(X, y, batch_size, rng):
    order = np.random.default_rng(0).permutation(len(X))
    batches = []
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        batches.append((X[batch], y[batch]))
    return batches


@mistake(
    "minibatches",
    says="You draw every minibatch anew from all examples, so some come twice and others never; an epoch has "
    "each one once.",
)
def minibatches_with_replacement(X, y, batch_size, rng):
    batches = []
    for start in range(0, len(X), batch_size):
        batch = rng.integers(len(X), size=min(batch_size, len(X) - start))
        batches.append((X[batch], y[batch]))
    return batches


@mistake("minibatches", says="You draw a new order for every minibatch; draw one order for the whole epoch.")
def minibatches_reshuffled_each_time(X, y, batch_size, rng):
    batches = []
    for start in range(0, len(X), batch_size):
        batch = rng.permutation(len(X))[start : start + batch_size]
        batches.append((X[batch], y[batch]))
    return batches


@mistake(
    "minibatches", says="You deal the examples out in turn; minibatches are consecutive slices of order."
)
def minibatches_dealt_out(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    count = -(-len(X) // batch_size)
    return [(X[order[k::count]], y[order[k::count]]) for k in range(count)]


@mistake("minibatches", says="You make batch_size minibatches; batch_size is the number of examples in each.")
def minibatches_as_many_as_the_size(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    return [(X[batch], y[batch]) for batch in np.array_split(order, batch_size)]


@mistake("minibatches", says="Your pairs are (y, X); the handout asks for (X, y).")
def minibatches_labels_first(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        batches.append((y[batch], X[batch]))
    return batches


@mistake("minibatches", says="You return the rows of X alone; every minibatch is a pair (X_batch, y_batch).")
def minibatches_without_labels(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    return [X[order[i : i + batch_size]] for i in range(0, len(X), batch_size)]


@mistake("minibatches", says="You return the first minibatch only; is the return inside the loop?")
def minibatches_first_only(X, y, batch_size, rng):
    batch = rng.permutation(len(X))[:batch_size]
    return [(X[batch], y[batch])]


@mistake(
    "minibatches",
    says="You sort the examples inside each minibatch; leave them in the order that was drawn.",
)
def minibatches_sorted_inside(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for start in range(0, len(X), batch_size):
        batch = np.sort(order[start : start + batch_size])
        batches.append((X[batch], y[batch]))
    return batches


# momentum --------------------------------------------------------------------------------------------------


@mistake(
    "momentum",
    says="You add the gradient to the velocity, so it rolls uphill; the velocity is μv minus the rate times g.",
)
def momentum_uphill(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) + learning_rate * dw
    return w + v, {"v": v}


@mistake(
    "momentum",
    says="You never save the velocity, so every step starts from rest; put it into the state you return.",
)
def momentum_not_saved(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + v, {}


@mistake(
    "momentum",
    says="You set the velocity to 0 in every call, so nothing is remembered; read it from the state.",
)
def momentum_reset(w, dw, state, learning_rate=0.01, mu=0.9):
    v = np.zeros(np.shape(w))
    v = mu * v - learning_rate * dw
    return w + v, {"v": v}


@mistake(
    "momentum",
    says="You weigh the gradient by 1 − μ, as an average does; the velocity is a sum: v = μv − rate · g.",
)
def momentum_as_average(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - (1 - mu) * learning_rate * dw
    return w + v, {"v": v}


@mistake(
    "momentum",
    says="You step by the old velocity and renew it afterwards; renew it first, then step by the new one.",
)
def momentum_by_old_velocity(w, dw, state, learning_rate=0.01, mu=0.9):
    v = state.get("v", np.zeros(np.shape(w)))
    return w + v, {"v": mu * v - learning_rate * dw}


@mistake(
    "momentum",
    says="Your velocity is without the learning rate, which then multiplies the whole of it. That is the same "
    "while the rate stays the same, and wrong when it changes: v = μv − rate · g, w = w + v.",
)
def momentum_rate_outside(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) + dw
    return w - learning_rate * v, {"v": v}


@mistake("momentum", says="You multiply by the learning rate twice, in the velocity and in the step.")
def momentum_rate_twice(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + learning_rate * v, {"v": v}


@mistake("momentum", says="You leave the learning rate out of the velocity: v = μv − rate · g.")
def momentum_without_rate(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - dw
    return w + v, {"v": v}


@mistake("momentum", says="Your μ is always 0.9; use the argument mu.")
def momentum_fixed_mu(w, dw, state, learning_rate=0.01, mu=0.9):
    v = 0.9 * state.get("v", 0.0) - learning_rate * dw
    return w + v, {"v": v}


@mistake(
    "momentum",
    says="You step by μv minus the rate times g with the new v, which counts this gradient twice; that is "
    "Nesterov's step. Here w = w + v.",
)
def momentum_as_nesterov(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + mu * v - learning_rate * dw, {"v": v}


@mistake(
    "momentum", says="You keep the last gradient in place of the velocity; the velocity is a sum of all."
)
def momentum_of_last_gradient(w, dw, state, learning_rate=0.01, mu=0.9):
    step = mu * state.get("v", 0.0) - learning_rate * dw
    return w + step, {"v": -learning_rate * dw}


@mistake("momentum", says="Your velocity starts as the first gradient's own step; it starts at 0.")
def momentum_starts_moving(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", -learning_rate * dw) - learning_rate * dw
    return w + v, {"v": v}


@mistake(
    "momentum",
    says="You write the velocity into the state you are given; leave it as it is and return a new dictionary.",
)
def momentum_writes_into_state(w, dw, state, learning_rate=0.01, mu=0.9):
    state["v"] = mu * state.get("v", 0.0) - learning_rate * dw
    return w + state["v"], state


@mistake("momentum", says="You write into the caller's w (w += ...); return a new array.")
def momentum_in_place(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    w += v
    return w, {"v": v}


@mistake(
    "momentum",
    says="You fill an array made like w, which cuts the decimals off when w holds integers; make it one of floats.",
)
def momentum_truncated_to_integers(w, dw, state, learning_rate=0.01, mu=0.9):
    v = np.zeros_like(w)
    v[...] = mu * state.get("v", 0.0) - learning_rate * dw
    return w + v, {"v": v}


# nesterov --------------------------------------------------------------------------------------------------


@mistake(
    "nesterov",
    says="This is plain momentum, w + v; Nesterov's look-ahead point moves by μv minus the rate times g, with "
    "the new v.",
)
def nesterov_as_momentum(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + v, {"v": v}


@mistake(
    "nesterov",
    says="You step by (1 + μ)v and leave out the μ times the old v that is to be taken off.",
)
def nesterov_without_old_velocity(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + (1 + mu) * v, {"v": v}


@mistake(
    "nesterov",
    says="You add μ times the old velocity where it is to be subtracted: w − μ · v_old + (1 + μ) · v_new.",
)
def nesterov_old_velocity_added(w, dw, state, learning_rate=0.01, mu=0.9):
    old = state.get("v", 0.0)
    v = mu * old - learning_rate * dw
    return w + mu * old + (1 + mu) * v, {"v": v}


@mistake(
    "nesterov",
    says="You take v_old off without the μ: the step is −μ · v_old + (1 + μ) · v_new.",
)
def nesterov_old_velocity_in_full(w, dw, state, learning_rate=0.01, mu=0.9):
    old = state.get("v", 0.0)
    v = mu * old - learning_rate * dw
    return w - old + (1 + mu) * v, {"v": v}


@mistake("nesterov", says="You step by μv alone; the step is μv minus the rate times g.")
def nesterov_velocity_alone(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + mu * v, {"v": v}


@mistake(
    "nesterov",
    says="You add the new velocity in full and the gradient besides; it enters as μv minus the rate times g.",
)
def nesterov_velocity_in_full(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + v - learning_rate * dw, {"v": v}


@mistake(
    "nesterov",
    says="You save the whole step as the velocity; what is carried on is v = μv − rate · g.",
)
def nesterov_step_saved(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    step = mu * v - learning_rate * dw
    return w + step, {"v": step}


@mistake(
    "nesterov",
    says="You never save the velocity, so every step starts from rest; put it into the state you return.",
)
def nesterov_not_saved(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + mu * v - learning_rate * dw, {}


@mistake(
    "nesterov",
    says="You weigh the gradient by 1 − μ, as an average does; the velocity is a sum: v = μv − rate · g.",
)
def nesterov_as_average(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - (1 - mu) * learning_rate * dw
    return w + mu * v - (1 - mu) * learning_rate * dw, {"v": v}


@mistake(
    "nesterov",
    says="Your velocity is without the learning rate, which then multiplies the whole of it. That is the same "
    "while the rate stays the same, and wrong when it changes: v = μv − rate · g.",
)
def nesterov_rate_outside(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) + dw
    return w - learning_rate * (dw + mu * v), {"v": v}


@mistake("nesterov", says="You climb: both the velocity and the step are against the gradient.")
def nesterov_uphill(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) + learning_rate * dw
    return w + mu * v + learning_rate * dw, {"v": v}


@mistake(
    "nesterov",
    says="You write the velocity into the state you are given; leave it as it is and return a new dictionary.",
)
def nesterov_writes_into_state(w, dw, state, learning_rate=0.01, mu=0.9):
    state["v"] = mu * state.get("v", 0.0) - learning_rate * dw
    return w + mu * state["v"] - learning_rate * dw, state


# adagrad ---------------------------------------------------------------------------------------------------


@mistake("adagrad", says="You divide by the sum of squares; divide by its root.")
def adagrad_without_root(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw**2
    return w - learning_rate * dw / (total + epsilon), {"sum": total}


@mistake(
    "adagrad", says="You never save the sum of squares, so every step divides by its own gradient alone."
)
def adagrad_not_saved(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw**2
    return w - learning_rate * dw / (np.sqrt(total) + epsilon), {}


@mistake("adagrad", says="You sum the gradients, whose signs cancel; sum their squares.")
def adagrad_not_squared(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw
    return w - learning_rate * dw / (np.sqrt(np.abs(total)) + epsilon), {"sum": total}


@mistake(
    "adagrad",
    says="You sum the gradients' sizes and divide by that; the divisor is the root of summed squares.",
)
def adagrad_of_sizes(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + np.abs(dw)
    return w - learning_rate * dw / (total + epsilon), {"sum": total}


@mistake(
    "adagrad",
    says="You average the squares over the steps, so the rate never falls; Adagrad divides by the root of their sum.",
)
def adagrad_of_mean(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    t = state.get("t", 0) + 1
    total = state.get("sum", 0.0) + dw**2
    return w - learning_rate * dw / (np.sqrt(total / t) + epsilon), {"sum": total, "t": t}


@mistake(
    "adagrad",
    says="You sum the squares over all parameters; each parameter has a sum, and so a rate, of its own.",
)
def adagrad_of_the_norm(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + (dw**2).sum()
    return w - learning_rate * dw / (np.sqrt(total) + epsilon), {"sum": total}


@mistake(
    "adagrad",
    says="You divide by the sum of the steps before and add this gradient afterwards; add it first.",
)
def adagrad_sum_of_the_past(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", np.zeros(np.shape(w)))
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * dw / (np.sqrt(total) + epsilon), {"sum": total + dw**2}


@mistake(
    "adagrad",
    says="A bracket is missing: dw / sqrt(G) + epsilon adds the constant to the step; it belongs to the divisor.",
)
def adagrad_constant_outside_the_division(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw**2
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * (dw / np.sqrt(total) + epsilon), {"sum": total}


@mistake(
    "adagrad",
    says="Your constant stands inside the root at the first step and outside it later; either is accepted, but the "
    "same one at every step.",
)
def adagrad_constant_in_two_places(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    if not state:
        total = dw**2
        return w - learning_rate * dw / np.sqrt(total + epsilon), {"sum": total}
    total = state["sum"] + dw**2
    return w - learning_rate * dw / (np.sqrt(total) + epsilon), {"sum": total}


@mistake("adagrad", says="You leave out the constant; a gradient of 0 at the first step is then 0/0.")
def adagrad_without_constant(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw**2
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * dw / np.sqrt(total), {"sum": total}


@mistake("adagrad", says="Your constant is always 1e-8; use the argument epsilon.")
def adagrad_fixed_constant(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw**2
    return w - learning_rate * dw / (np.sqrt(total) + 1e-8), {"sum": total}


@mistake(
    "adagrad",
    says="You add the constant to the sum that is carried on, so that it grows step by step; add it in the divisor.",
)
def adagrad_constant_summed_up(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw**2 + epsilon
    return w - learning_rate * dw / np.sqrt(total), {"sum": total}


@mistake("adagrad", says="Your sum starts at 0.1, as in one library; here it starts at 0.")
def adagrad_starts_above_zero(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.1) + dw**2
    return w - learning_rate * dw / (np.sqrt(total) + epsilon), {"sum": total}


@mistake("adagrad", says="Your sum forgets (it fades by 0.9 a step), as in RMSProp; Adagrad's never does.")
def adagrad_that_forgets(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = 0.9 * state.get("sum", 0.0) + 0.1 * dw**2
    return w - learning_rate * dw / (np.sqrt(total) + epsilon), {"sum": total}


@mistake(
    "adagrad",
    says="You sum up in place (state['sum'] += ...), which changes the caller's state; make a new one.",
)
def adagrad_writes_into_state(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    state["sum"] = state.get("sum", 0.0) + dw**2
    return w - learning_rate * dw / (np.sqrt(state["sum"]) + epsilon), state


# rmsprop ---------------------------------------------------------------------------------------------------


@mistake(
    "rmsprop",
    says="You swap the weights: decay belongs to the old average, 1 − decay to the new square.",
)
def rmsprop_decay_swapped(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = (1 - decay) * state.get("cache", 0.0) + decay * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake("rmsprop", says="You weigh the new square by the learning rate; its weight is 1 − decay.")
def rmsprop_rate_as_weight(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + learning_rate * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake("rmsprop", says="You add the new square in full; in an average its weight is 1 − decay.")
def rmsprop_sum_for_average(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="You never save the average of the squares, so every step starts from 0; put it into the state you return.",
)
def rmsprop_not_saved(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {}


@mistake("rmsprop", says="You average the gradients' sizes without squaring them; average their squares.")
def rmsprop_of_sizes(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * np.abs(dw)
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake("rmsprop", says="You divide by the mean square; divide by its root.")
def rmsprop_without_root(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    return w - learning_rate * dw / (cache + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="A bracket is missing: dw / sqrt(C) + epsilon adds the constant to the step; it belongs to the divisor.",
)
def rmsprop_constant_outside_the_division(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * (dw / np.sqrt(cache) + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="Your constant stands inside the root at the first step and outside it later; either is accepted, but the "
    "same one at every step.",
)
def rmsprop_constant_in_two_places(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    if not state:
        cache = (1 - decay) * dw**2
        return w - learning_rate * dw / np.sqrt(cache + epsilon), {"cache": cache}
    cache = decay * state["cache"] + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake("rmsprop", says="You leave out the constant; a gradient of 0 at the first step is then 0/0.")
def rmsprop_without_constant(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * dw / np.sqrt(cache), {"cache": cache}


@mistake("rmsprop", says="Your constant is always 1e-8; use the argument epsilon.")
def rmsprop_fixed_constant(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + 1e-8), {"cache": cache}


@mistake("rmsprop", says="Your decay is always 0.99; use the argument decay.")
def rmsprop_fixed_decay(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = 0.99 * state.get("cache", 0.0) + (1 - 0.99) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="You divide the average by 1 − decay**t, as Adam does; RMSProp has no such correction.",
)
def rmsprop_corrected(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    t = state.get("t", 0) + 1
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache / (1 - decay**t)) + epsilon), {"cache": cache, "t": t}


@mistake("rmsprop", says="Your average starts at the first gradient's square; it starts at 0.")
def rmsprop_starts_at_the_first_square(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", dw**2) + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake("rmsprop", says="Your average starts at 1; it starts at 0.")
def rmsprop_starts_at_one(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", np.ones(np.shape(w))) + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="You average the squares over all parameters; each parameter has an average, and so a rate, of its own.",
)
def rmsprop_of_the_norm(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * (dw**2).mean()
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake(
    "rmsprop", says="You sum the squares for ever, as Adagrad does; RMSProp lets old ones fade by decay."
)
def rmsprop_as_adagrad(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = state.get("cache", 0.0) + dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="You divide by the average of the steps before and add this square afterwards; renew the average first.",
)
def rmsprop_average_of_the_past(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = state.get("cache", np.zeros(np.shape(w)))
    with np.errstate(divide="ignore", invalid="ignore"):
        w = w - learning_rate * dw / (np.sqrt(cache) + epsilon)
    return w, {"cache": decay * cache + (1 - decay) * dw**2}


@mistake(
    "rmsprop", says="You write into the state you are given; leave it as it is and return a new dictionary."
)
def rmsprop_writes_into_state(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    state["cache"] = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(state["cache"]) + epsilon), state


# adadelta --------------------------------------------------------------------------------------------------


@mistake(
    "adadelta",
    says="You average the squares of rate · Δ; D averages those of Δ itself, and the rate scales only w's step.",
)
def adadelta_rate_in_the_average(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -learning_rate * np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + step, {"cache": cache, "steps": steps}


@mistake("adadelta", says="You leave out the learning rate; it is 1 by default, but it may be given.")
def adadelta_without_rate(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + step, {"cache": cache, "steps": steps}


@mistake(
    "adadelta", says="You leave the constant out of the upper root, so w never moves: D is 0 at the start."
)
def adadelta_that_never_starts(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0)) / np.sqrt(cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake("adadelta", says="Your constants stand outside the roots; in Adadelta they stand inside both.")
def adadelta_constants_outside(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -(np.sqrt(state.get("steps", 0.0)) + epsilon) / (np.sqrt(cache) + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake("adadelta", says="You swap the weights: ρ belongs to the old averages, 1 − ρ to the new squares.")
def adadelta_rho_swapped(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = (1 - rho) * state.get("cache", 0.0) + rho * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = (1 - rho) * state.get("steps", 0.0) + rho * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake("adadelta", says="Your ρ is always 0.95; use the argument rho.")
def adadelta_fixed_rho(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = 0.95 * state.get("cache", 0.0) + 0.05 * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = 0.95 * state.get("steps", 0.0) + 0.05 * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake(
    "adadelta",
    says="You never save the average of squared steps, so the upper root stays √δ; put D into the state you return.",
)
def adadelta_steps_not_saved(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    return w + learning_rate * step, {"cache": cache}


@mistake(
    "adadelta",
    says="You never save the average of squared gradients; put G into the state you return.",
)
def adadelta_gradients_not_saved(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    return w + learning_rate * step, {"steps": rho * state.get("steps", 0.0) + (1 - rho) * step**2}


@mistake("adadelta", says="D averages the squared gradients again; it averages the squared steps Δ².")
def adadelta_gradients_for_steps(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    return w + learning_rate * step, {"cache": cache, "steps": cache}


@mistake("adadelta", says="D averages the steps themselves; it averages their squares.")
def adadelta_steps_not_squared(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * np.abs(step)
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake("adadelta", says="Your fraction is upside down: steps above, gradients below.")
def adadelta_upside_down(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(cache + epsilon) / np.sqrt(state.get("steps", 0.0) + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake("adadelta", says="You leave out the roots: Δ is the quotient of the two roots, times g.")
def adadelta_without_roots(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -(state.get("steps", 0.0) + epsilon) / (cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake(
    "adadelta",
    says="You divide by the average of squared gradients of the steps before; renew G with this gradient first.",
)
def adadelta_gradients_of_the_past(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = state.get("cache", 0.0)
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, {"cache": rho * cache + (1 - rho) * dw**2, "steps": steps}


@mistake("adadelta", says="You climb: Δ has a minus sign, against the gradient.")
def adadelta_uphill(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake(
    "adadelta",
    says="This is RMSProp, with no average of steps; Adadelta multiplies by the root of D + δ.",
)
def adadelta_as_rmsprop(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    return w - learning_rate * dw / np.sqrt(cache + epsilon), {"cache": cache}


@mistake(
    "adadelta", says="You write into the state you are given; leave it as it is and return a new dictionary."
)
def adadelta_writes_into_state(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    state["cache"] = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(state["cache"] + epsilon) * dw
    state["steps"] = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, state


# adam ------------------------------------------------------------------------------------------------------


@mistake(
    "adam",
    says="You leave out the bias correction; divide m by 1 − beta1**t and v by 1 − beta2**t before use.",
)
def adam_uncorrected(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    return w - learning_rate * m / (np.sqrt(v) + epsilon), {"t": state.get("t", 0) + 1, "m": m, "v": v}


@mistake("adam", says="You correct m but not v; v needs its own factor, 1 − beta2**t.")
def adam_second_moment_uncorrected(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    return w - learning_rate * m / (1 - beta1**t) / (np.sqrt(v) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You correct v but not m; m needs its own factor, 1 − beta1**t.")
def adam_first_moment_uncorrected(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    return w - learning_rate * m / (np.sqrt(v / (1 - beta2**t)) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="You use t before it is advanced, so the first step divides by 1 − β⁰ = 0; t is 1 at the first step.",
)
def adam_t_from_zero(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0)
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    with np.errstate(divide="ignore", invalid="ignore"):
        m_hat = m / np.float64(1 - beta1**t)
        v_hat = v / np.float64(1 - beta2**t)
        return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t + 1, "m": m, "v": v}


@mistake(
    "adam", says="Your t is 2 at the first step; it is advanced twice or starts at 1 before it is advanced."
)
def adam_t_from_two(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 1) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You never save t, so it is 1 at every step; put it into the state you return.")
def adam_t_not_saved(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"m": m, "v": v}


@mistake(
    "adam", says="You set m and v to 0 in every call, so nothing is remembered; read them from the state."
)
def adam_moments_reset(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m, v = np.zeros(np.shape(w)), np.zeros(np.shape(w))
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="You carry on the corrected averages, so that they are corrected again and again; save m and v themselves.",
)
def adam_corrected_moments_saved(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = (beta1 * state.get("m", 0.0) + (1 - beta1) * dw) / (1 - beta1**t)
    v = (beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2) / (1 - beta2**t)
    return w - learning_rate * m / (np.sqrt(v) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You average the gradients' sizes for v; it averages their squares.")
def adam_second_moment_not_squared(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * np.abs(dw)
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="v averages the square of m; it averages the square of the gradient.")
def adam_square_of_the_mean(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * m**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="You write beta1 + (1 - beta1) * dw: the old average is missing from it, beta1 * m.",
)
def adam_old_mean_forgotten(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You swap beta1 and beta2: beta1 is for the gradients, beta2 for their squares.")
def adam_betas_swapped(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta2 * state.get("m", 0.0) + (1 - beta2) * dw
    v = beta1 * state.get("v", 0.0) + (1 - beta1) * dw**2
    m_hat, v_hat = m / (1 - beta2**t), v / (1 - beta1**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You correct both averages by beta1; v's factor is 1 − beta2**t.")
def adam_one_beta_for_both_corrections(
    w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta1**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You multiply the averages by 1 − β**t; divide by it, for they are too small at first.")
def adam_correction_multiplied(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m * (1 - beta1**t), v * (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You divide by 1 − β at every step; the correction is 1 − β to the power of t.")
def adam_correction_without_power(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1), v / (1 - beta2)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="Your constant meets √v and the correction is made outside, as in the paper's shortcut; here it is √v̂ + δ.",
)
def adam_constant_before_correction(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    rate = learning_rate * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return w - rate * m / (np.sqrt(v) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="A bracket is missing: m_hat / sqrt(v_hat) + epsilon adds the constant to the step; it belongs to the "
    "divisor.",
)
def adam_constant_outside_the_division(
    w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * (m_hat / np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="Your constant stands inside the root at the first step and outside it later; either is accepted, but the "
    "same one at every step.",
)
def adam_constant_in_two_places(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if not state:
        m, v = (1 - beta1) * dw, (1 - beta2) * dw**2
        return w - learning_rate * dw / np.sqrt(dw**2 + epsilon), {"t": 1, "m": m, "v": v}
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * dw
    v = beta2 * state["v"] + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You leave out the constant; a gradient of 0 at the first step is then 0/0.")
def adam_without_constant(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * m_hat / np.sqrt(v_hat), {"t": t, "m": m, "v": v}


@mistake("adam", says="Your constant is always 1e-8; use the argument epsilon.")
def adam_fixed_constant(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), {"t": t, "m": m, "v": v}


@mistake("adam", says="Your β are always 0.9 and 0.999; use the arguments beta1 and beta2.")
def adam_fixed_betas(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = 0.9 * state.get("m", 0.0) + 0.1 * dw
    v = 0.999 * state.get("v", 0.0) + 0.001 * dw**2
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You divide by v̂; divide by its root.")
def adam_without_root(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (v_hat + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You step along the gradient itself; Adam steps along its average, m̂.")
def adam_without_first_moment(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    return w - learning_rate * dw / (np.sqrt(v / (1 - beta2**t)) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You keep the largest v̂ so far, as AMSGrad does; Adam's may fall again.")
def adam_as_amsgrad(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    largest = np.maximum(state.get("largest", 0.0), v / (1 - beta2**t))
    w = w - learning_rate * m / (1 - beta1**t) / (np.sqrt(largest) + epsilon)
    return w, {"t": t, "m": m, "v": v, "largest": largest}


@mistake(
    "adam", says="You write into the state you are given; leave it as it is and return a new dictionary."
)
def adam_writes_into_state(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    state["t"] = t = state.get("t", 0) + 1
    state["m"] = m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    state["v"] = v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), state


@mistake("adam", says="Your moments are arrays like w, which cut the decimals off when w holds integers.")
def adam_truncated_to_integers(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m, v = np.zeros_like(w), np.zeros_like(w)
    m[...] = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v[...] = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}
