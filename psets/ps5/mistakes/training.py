"""Wrong versions for q4: training."""

from grader import mistake
from reference.complexity import data_loss
from reference.minibatch import minibatches
from reference.regularization import l2_gradient

# The penalty ------------------------------------------------------------------------------------------------

mistake("train_mlp", "trained_without_penalty", {"of_data[name] + of_weights[name]": "of_data[name]"},
        says="You train without the penalty; add its gradient, λW, at every step.")
mistake("train_mlp", "trained_with_penalised_biases", {"of_weights[name]": "l2 * params[name]"},
        says="You penalise the biases too; the penalty applies only to the weights.")
mistake("train_mlp", "trained_with_first_layer_penalised", {"of_weights[name]":
        "(name == 'W1') * of_weights[name]"},
        says="You penalise W1 alone; penalise W2 as well.")
mistake("train_mlp", "trained_with_last_layer_penalised", {"of_weights[name]":
        "(name == 'W2') * of_weights[name]"},
        says="You penalise W2 alone; penalise W1 as well.")
mistake("train_mlp", "trained_with_penalty_for_gradient", {
        "l2_gradient(params, l2)": "dict.fromkeys(params, l2_penalty(params, l2))"},
        says="You add the penalty itself, a number, to the gradients; add its gradient, λW.")
mistake("train_mlp", "trained_with_decay_without_rate", {"of_weights[name]":
        "of_weights[name] / learning_rate"},
        says="You shrink the weights by λ without the learning rate; the step is ε times the whole "
        "gradient.")
mistake("train_mlp", "trained_with_doubled_penalty", {"l2": "2 * l2"},
        says="Your penalty's gradient is 2λW, twice what it should be; use λW.")
mistake("train_mlp", "trained_with_halved_penalty", {"l2": "0.5 * l2"},
        says="Your penalty's gradient is ½λW, half of what it should be; use λW.")
mistake("train_mlp", "trained_with_penalty_reversed", {"l2": "-l2"},
        says="Your penalty pushes weights away from 0; subtract its gradient along with that of the data "
        "loss.")
mistake("train_mlp", "trained_with_penalty_per_example", {"l2": "l2 / len(X_batch)"},
        says="You divide the penalty by the minibatch's size; add the whole penalty at every step.")
mistake("train_mlp", "trained_with_penalty_over_all_examples", {"l2": "l2 / len(X)"},
        says="You divide the penalty by the number of examples; add the whole penalty at every step.")
mistake("train_mlp", "trained_with_shared_penalty", {"l2": "l2 / -(-len(X) // batch_size)"},
        says="You divide the penalty among the epoch's minibatches; add the whole penalty at every step.")


@mistake("train_mlp", says="You apply the penalty once per epoch; apply it at every step.")
def trained_with_penalty_once_an_epoch(params, X, y, l2, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            _, of_data = data_loss(params, X_batch, y_batch)
            params = {name: params[name] - learning_rate * of_data[name] for name in params}
        of_weights = l2_gradient(params, l2)
        params = {name: params[name] - learning_rate * of_weights[name] for name in params}
    return params


# The minibatches --------------------------------------------------------------------------------------------

mistake("train_mlp", "trained_in_one_order", {
        "params = dict(params)": "params, batches = dict(params), minibatches(X, y, batch_size, rng)",
        "minibatches(X, y, batch_size, rng)": "batches"},
        says="You draw one order and keep it for all epochs; draw a new one at the start of each.")
mistake("train_mlp", "trained_without_shuffling", {"rng.permutation(N)": "np.arange(N)"},
        says="You never shuffle; each epoch begins with order = rng.permutation(N).")
mistake("train_mlp", "trained_with_own_generator", [
        {"params = dict(params)": "params, rng = dict(params), np.random.default_rng(c)"},
        {"params = dict(params)": "params, rng = dict(params), np.random.RandomState(c)"},
        {"rng.permutation(N)": "np.random.default_rng(c).permutation(N)"}],
        free={"c": (0, 42, 1, 123, 1234, 2)},
        says="You make a generator of your own; use the rng you are given.")
mistake("train_mlp", "trained_with_labels_not_shuffled", {"y[batch]": "y[start:start + batch_size]"},
        says="You shuffle X but not y, so labels end up with the wrong examples; index both with order.")
mistake("train_mlp", "trained_with_two_orders", {
        "order = rng.permutation(N)": "order, other = rng.permutation(N), rng.permutation(N)",
        "y[batch]": "y[other[start:start + batch_size]]"},
        says="You draw one order for X and another for y, so labels end up with the wrong examples; use one "
        "order for both.")
mistake("train_mlp", "trained_with_replacement", [{"order = rng.permutation(N)": "",
         "order[start:start + batch_size]": "rng.integers(N, size=min(batch_size, N))"},
        {"order = rng.permutation(N)": "", "order[start:start + batch_size]": "rng.choice(N, batch_size)"}],
        says="You draw a random minibatch for every step; an epoch goes through one order of all examples.")
mistake("train_mlp", "trained_without_last_batch", {
        "range(0, N, batch_size)": "range(0, N - batch_size + 1, batch_size)"},
        says="You drop an epoch's last minibatch when it is smaller than the others; keep it.")
mistake("train_mlp", "trained_on_first_batches", {"range(0, N, batch_size)": "range(1)"},
        says="You take one step per epoch, with the first minibatch alone; go through all of them.")
mistake("train_mlp", "trained_on_everything", {"(X[batch], y[batch])": "(X, y)"},
        says="You use all examples at every step; each step uses one minibatch.")

# The step ---------------------------------------------------------------------------------------------------

mistake("train_mlp", "trained_with_last_batch_diluted", {"of_data[name]":
        "len(X_batch) / batch_size * of_data[name]"},
        says="You divide the last, smaller minibatch's loss by batch_size; take the mean over its own "
        "examples.")
mistake("train_mlp", "trained_with_gradients_of_all", {"of_data[name]":
        "len(X_batch) / len(X) * of_data[name]"},
        says="You divide a minibatch's gradient by the number of all examples; take the mean over the "
        "minibatch.")
mistake("train_mlp", "trained_with_sums", {"of_data[name]": "len(X_batch) * of_data[name]"},
        says="You sum the gradient over the minibatch's examples; take the mean over them.")
mistake("train_mlp", "trained_with_gradients_divided_twice", {
        "of_data[name]": "of_data[name] / len(X_batch)"},
        says="You divide the gradient by the minibatch's size again; data_loss has taken the mean already.")
mistake("train_mlp", "trained_one_parameter_at_a_time", {
        "of_data[name]": "data_loss(params, X_batch, y_batch)[1][name]"},
        says="You update one parameter after another and recompute the gradient in between; compute all "
        "gradients first, then update all parameters.")
mistake("train_mlp", "trained_uphill", {"learning_rate": "-learning_rate"},
        says="You add the gradient, which climbs; subtract it to descend.")
mistake("train_mlp", "trained_without_biases", {"learning_rate": "learning_rate * name.startswith('W')"},
        says="You never update the biases; take a step for all parameters.")
mistake("train_mlp", "trained_for_one_epoch", {"range(epochs)": "range(min(epochs, 1))"},
        says="You always train for a single epoch; is your return inside the loop?")
mistake("train_mlp", "trained_in_place", [{"params = dict(params)": "",
         "params[name] = params[name] - learning_rate * (of_data[name] + of_weights[name])":
         "params[name] -= learning_rate * (of_data[name] + of_weights[name])"}, {
         "params = dict(params)": ""}],
        says="You change the caller's params (params[name] -= ... or = ...); work on a copy and make new "
        "arrays.")
