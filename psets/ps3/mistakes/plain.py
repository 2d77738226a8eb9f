"""Wrong versions for q1 and q2: plain descent and minibatches."""

import numpy as np

from grader import mistake

# sgd --------------------------------------------------------------------------------------------------------


@mistake("sgd", says="You add the gradient, which climbs; subtract it to descend.")
def sgd_uphill(w, dw, state, learning_rate=0.01):
    return w + learning_rate * dw, {}


@mistake("sgd", says="Your rate is always 0.01; use the argument learning_rate.")
def sgd_fixed_rate(w, dw, state, learning_rate=0.01):
    return w - 0.01 * dw, {}


@mistake(
    "sgd",
    says="You use only the gradient's sign; the step is the learning rate times the gradient itself.",
)
def sgd_of_signs(w, dw, state, learning_rate=0.01):
    return w - learning_rate * np.sign(dw), {}


@mistake("sgd", says="You divide the gradient by its length; plain descent uses it as it is.")
def sgd_of_unit_length(w, dw, state, learning_rate=0.01):
    return w - learning_rate * dw / np.linalg.norm(dw), {}


@mistake(
    "sgd",
    says="You divide the gradient by the number of parameters; use it as it is (it is already a mean, over "
    "the examples).",
)
def sgd_divided_by_size(w, dw, state, learning_rate=0.01):
    return w - learning_rate * dw / np.size(w), {}


@mistake("sgd", says="You return w alone; every optimizer returns the pair (w, state).")
def sgd_without_state(w, dw, state, learning_rate=0.01):
    return w - learning_rate * dw


@mistake("sgd", says="You return only the step; the new w is the old one plus the step.")
def sgd_step_alone(w, dw, state, learning_rate=0.01):
    return -learning_rate * dw, {}


@mistake("sgd", says="You write into the caller's w (w -= ...); return a new array.")
def sgd_in_place(w, dw, state, learning_rate=0.01):
    w = np.asarray(w)
    w -= learning_rate * dw
    return w, {}


# minibatches ------------------------------------------------------------------------------------------------


@mistake(
    "minibatches",
    says="You keep the examples in their order; shuffle them with rng.permutation(N) first.",
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
    says="You add an empty minibatch at the end when batch_size divides N; round the number of minibatches "
    "up instead.",
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
    says="You fill the last minibatch up with examples from the start, so those appear twice; leave it "
    "short.",
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
    says="You join the leftover examples to the last full minibatch; they make a smaller minibatch of "
    "their own.",
)
def minibatches_rest_joined(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    ends = list(range(batch_size, len(X) - batch_size + 1, batch_size))
    return [(X[batch], y[batch]) for batch in np.split(order, ends)]


@mistake(
    "minibatches",
    says="You split the examples as evenly as possible; every minibatch except the last has batch_size "
    "examples.",
)
def minibatches_of_equal_sizes(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    parts = np.array_split(order, -(-len(X) // batch_size))
    return [(X[batch], y[batch]) for batch in parts]


@mistake(
    "minibatches",
    says="You shuffle X but not y, so labels end up with the wrong examples; index both with order.",
)
def minibatches_labels_not_shuffled(X, y, batch_size, rng):
    X = X[rng.permutation(len(X))]
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]


@mistake(
    "minibatches",
    says="You draw one order for X and another for y, so labels end up with the wrong examples; use one "
    "order for both.",
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
    says="You make a generator of your own, so every epoch has the same order; use the rng you are given.",
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
    says="You draw every minibatch from all examples, so some appear twice and others never; an epoch uses "
    "each once.",
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
    "minibatches",
    says="You deal the examples out one at a time; minibatches are consecutive slices of order.",
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


@mistake("minibatches", says="You return only the first minibatch; is your return inside the loop?")
def minibatches_first_only(X, y, batch_size, rng):
    batch = rng.permutation(len(X))[:batch_size]
    return [(X[batch], y[batch])]


@mistake("minibatches", says="You sort the examples inside each minibatch; keep the order that was drawn.")
def minibatches_sorted_inside(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for start in range(0, len(X), batch_size):
        batch = np.sort(order[start : start + batch_size])
        batches.append((X[batch], y[batch]))
    return batches
