"""Wrong versions for q4: training."""

import numpy as np

from grader import mistake
from reference.complexity import data_loss
from reference.regularization import l2_gradient, l2_penalty


@mistake("train_mlp", says="You train without the penalty; add its gradient, λW, at every step.")
def trained_without_penalty(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            params = {name: params[name] - learning_rate * of_data[name] for name in params}
    return params


@mistake("train_mlp", says="You penalise the biases too; the penalty applies only to the weights.")
def trained_with_penalised_biases(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            params = {
                name: params[name] - learning_rate * (of_data[name] + l2 * params[name]) for name in params
            }
    return params


@mistake("train_mlp", says="Your penalty's gradient is 2λW, twice what it should be; use λW.")
def trained_with_doubled_penalty(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, 2 * l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="You divide the penalty by the minibatch's size; add the whole penalty at every step.",
)
def trained_with_penalty_per_example(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2 / len(batch))
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="You divide the penalty among the epoch's minibatches; add the whole penalty at every step.",
)
def trained_with_shared_penalty(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        batches = [order[start : start + batch_size] for start in range(0, len(X), batch_size)]
        for batch in batches:
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2 / len(batches))
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You apply the penalty once per epoch; apply it at every step.")
def trained_with_penalty_once_an_epoch(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            params = {name: params[name] - learning_rate * of_data[name] for name in params}
        of_weights = l2_gradient(params, l2)
        params = {name: params[name] - learning_rate * of_weights[name] for name in params}
    return params


@mistake(
    "train_mlp",
    says="You shrink the weights by λ without the learning rate; the step is ε times the whole gradient.",
)
def trained_with_decay_without_rate(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * of_data[name] - of_weights[name] for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="Your penalty pushes weights away from 0; subtract its gradient along with that of the data loss.",
)
def trained_with_penalty_reversed(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, -l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You add the penalty itself, a number, to the gradients; add its gradient, λW.")
def trained_with_penalty_for_gradient(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            penalty = l2_penalty(params, l2)
            params = {name: params[name] - learning_rate * (of_data[name] + penalty) for name in params}
    return params


@mistake("train_mlp", says="You penalise W1 alone; penalise W2 as well.")
def trained_with_first_layer_penalised(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_data = {**of_data, "W1": of_data["W1"] + l2 * params["W1"]}
            params = {name: params[name] - learning_rate * of_data[name] for name in params}
    return params


@mistake(
    "train_mlp",
    says="You draw one order and keep it for all epochs; draw a new one at the start of each.",
)
def trained_in_one_order(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    order = rng.permutation(len(X))
    for _ in range(epochs):
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You never shuffle; each epoch begins with order = rng.permutation(N).")
def trained_without_shuffling(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = np.arange(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You make a generator of your own; use the rng you are given.")
def trained_with_own_generator(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    rng = np.random.default_rng(0)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="You shuffle X but not y, so labels end up with the wrong examples; index both with order.",
)
def trained_with_labels_not_shuffled(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        shuffled = X[rng.permutation(len(X))]
        order = np.arange(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, shuffled[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="You draw a random minibatch for every step; an epoch goes through one order of all examples.",
)
def trained_with_replacement(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        for _ in range(0, len(X), batch_size):
            batch = rng.integers(len(X), size=min(batch_size, len(X)))
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You drop an epoch's last minibatch when it is smaller than the others; keep it.")
def trained_without_last_batch(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for k in range(len(X) // batch_size):
            batch = order[k * batch_size : (k + 1) * batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You use all examples at every step; each step uses one minibatch.")
def trained_on_everything(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        rng.permutation(len(X))
        for _ in range(0, len(X), batch_size):
            _, of_data = data_loss(params, X, y)
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="You divide the last, smaller minibatch's loss by batch_size; take the mean over its own examples.",
)
def trained_with_last_batch_diluted(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            share = len(batch) / batch_size
            params = {
                name: params[name] - learning_rate * (share * of_data[name] + of_weights[name])
                for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="You take one step per epoch, with the first minibatch alone; go through all of them.",
)
def trained_on_first_batches(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        batch = rng.permutation(len(X))[:batch_size]
        _, of_data = data_loss(params, X[batch], y[batch])
        of_weights = l2_gradient(params, l2)
        params = {name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params}
    return params


@mistake("train_mlp", says="You add the gradient, which climbs; subtract it to descend.")
def trained_uphill(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] + learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake("train_mlp", says="You always train for a single epoch; is your return inside the loop?")
def trained_for_one_epoch(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(min(epochs, 1)):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            params = {
                name: params[name] - learning_rate * (of_data[name] + of_weights[name]) for name in params
            }
    return params


@mistake(
    "train_mlp",
    says="You change the caller's params (params[name] -= ... or = ...); work on a copy and make new arrays.",
)
def trained_in_place(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, of_data = data_loss(params, X[batch], y[batch])
            of_weights = l2_gradient(params, l2)
            for name in params:
                params[name] -= learning_rate * (of_data[name] + of_weights[name])
    return params


@mistake(
    "train_mlp",
    says="You update one parameter after another and recompute the gradient in between; compute all "
    "gradients first, then update all parameters.",
)
def trained_one_parameter_at_a_time(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            for name in ("W1", "b1", "W2", "b2"):
                slope = data_loss(params, X[batch], y[batch])[1][name] + l2_gradient(params, l2)[name]
                params = {**params, name: params[name] - learning_rate * slope}
    return params
