"""Wrong versions for q1 and q2: plain descent and minibatches."""

from grader import mistake

# sgd --------------------------------------------------------------------------------------------------------

mistake("sgd", "sgd_uphill", {"learning_rate": "-learning_rate"},
        says="You add the gradient, which climbs; subtract it to descend.")
mistake("sgd", "sgd_fixed_rate", {"learning_rate": "c"}, free={"c": (0.01, 0.1, 0.001, 1.0)},
        says="Your rate is always the same; use the argument learning_rate.")
mistake("sgd", "sgd_of_signs", {"dw": "np.sign(dw)"},
        says="You use only the gradient's sign; the step is the learning rate times the gradient itself.")
mistake("sgd", "sgd_of_unit_length", {"dw": "dw / np.linalg.norm(dw)"},
        says="You divide the gradient by its length; plain descent uses it as it is.")
mistake("sgd", "sgd_divided_by_size", {"dw": "dw / np.size(w)"},
        says="You divide the gradient by the number of parameters; use it as it is (it is already a mean, "
        "over the examples).")
mistake("sgd", "sgd_step_alone", {"w - learning_rate * dw": "-learning_rate * dw"},
        says="You return only the step; the new w is the old one plus the step.")
mistake("sgd", "sgd_without_state", {"(w - learning_rate * dw, {})": "w - learning_rate * dw"},
        says="You return w alone; every optimizer returns the pair (w, state).")
mistake("sgd", "sgd_in_place", {"w - learning_rate * dw": "np.subtract(w, learning_rate * dw, out=w)"},
        says="You write into the caller's w (w -= ...); return a new array.")
mistake("sgd", "sgd_truncated_to_integers", {"w - learning_rate * dw":
        "(w - learning_rate * dw).astype(w.dtype)"},
        says="You fill an array made like w, which cuts off the decimals when w holds integers; use an "
        "array of floats.")

# minibatches: the order -------------------------------------------------------------------------------------

mistake("minibatches", "minibatches_in_order", {"rng.permutation(N)": "np.arange(N)"},
        says="You keep the examples in their order; shuffle them with rng.permutation(N) first.")
mistake("minibatches", "minibatches_from_own_generator", [
        {"rng": "np.random.default_rng(c)"}, {"rng": "np.random.RandomState(c)"}], free={"c": (0, 42, 1, 123,
        1234, 2)},
        says="You make a generator of your own, so every epoch has the same order; use the rng you are "
        "given.")
mistake("minibatches", "minibatches_labels_not_shuffled", {"y[batch]": "y[start:start + batch_size]"},
        says="You shuffle X but not y, so labels end up with the wrong examples; index both with order.")
mistake("minibatches", "minibatches_shuffled_apart", {
        "order = rng.permutation(N)": "order, other = rng.permutation(N), rng.permutation(N)",
        "y[batch]": "y[other[start:start + batch_size]]"},
        says="You draw one order for X and another for y, so labels end up with the wrong examples; use one "
        "order for both.")
mistake("minibatches", "minibatches_shuffle_in_place", {"order = rng.permutation(N)":
        "order = rng.permutation(N)\nX[:], y[:] = X[order], y[order]\norder = np.arange(N)"},
        says="You shuffle the caller's X and y in place; index them with order instead.")
mistake("minibatches", "minibatches_with_replacement", [{"order = rng.permutation(N)": "",
         "order[start:start + batch_size]": "rng.integers(N, size=min(batch_size, N - start))"},
        {"order = rng.permutation(N)": "", "order[start:start + batch_size]": "rng.choice(N, batch_size)"}],
        says="You draw every minibatch from all examples, so some appear twice and others never; an epoch "
        "uses each once.")
mistake("minibatches", "minibatches_reshuffled_each_time", [{"order = rng.permutation(N)": "",
         "order[start:start + batch_size]": "rng.permutation(N)[start:start + batch_size]"},
        {"order = rng.permutation(N)": "", "order[start:start + batch_size]":
        "rng.permutation(N)[:batch_size]"}],
        says="You draw a new order for every minibatch; draw one order for the whole epoch.")
mistake("minibatches", "minibatches_sorted_inside", {
        "order[start:start + batch_size]": "np.sort(order[start:start + batch_size])"},
        says="You sort the examples inside each minibatch; keep the order that was drawn.")

# minibatches: the slices ------------------------------------------------------------------------------------

mistake("minibatches", "minibatches_last_dropped", {
        "range(0, N, batch_size)": "range(0, N - batch_size + 1, batch_size)"},
        says="You drop the last minibatch when it is smaller than the others; keep it.")
mistake("minibatches", "minibatches_empty_at_the_end", {
        "range(0, N, batch_size)": "range(0, N + 1, batch_size)"},
        says="You add an empty minibatch at the end when batch_size divides N; round the number of "
        "minibatches up instead.")
mistake("minibatches", "minibatches_filled_up", {
        "order[start:start + batch_size]": "order[np.arange(start, start + batch_size) % N]"},
        says="You fill the last minibatch up with examples from the start, so those appear twice; leave it "
        "short.")
mistake("minibatches", "minibatches_rest_joined", {
        "range(0, N, batch_size)": "range(0, max(N - batch_size + 1, 1), batch_size)",
        "start + batch_size": "(start + batch_size if N - start >= 2 * batch_size else N)"},
        says="You join the leftover examples to the last full minibatch; they make a smaller minibatch of "
        "their own.")
mistake("minibatches", "minibatches_of_equal_sizes", {
        "range(0, N, batch_size)": "np.array_split(order, -(-N // batch_size))",
        "order[start:start + batch_size]": "start"},
        says="You split the examples as evenly as possible; every minibatch except the last has batch_size "
        "examples.")
mistake("minibatches", "minibatches_as_many_as_the_size", {
        "range(0, N, batch_size)": "np.array_split(order, batch_size)",
        "order[start:start + batch_size]": "start"},
        says="You make batch_size minibatches; batch_size is the number of examples in each.")
mistake("minibatches", "minibatches_dealt_out", {"range(0, N, batch_size)": "range(-(-N // batch_size))",
        "order[start:start + batch_size]": "order[start::-(-N // batch_size)]"},
        says="You deal the examples out one at a time; minibatches are consecutive slices of order.")
mistake("minibatches", "minibatches_one_too_short", {"start + batch_size": "start + batch_size - 1"},
        says="You leave out each minibatch's last example; a slice ends before its end, which is start + "
        "batch_size.")
mistake("minibatches", "minibatches_first_only", {"range(0, N, batch_size)": "range(1)"},
        says="You return only the first minibatch; is your return inside the loop?")

# minibatches: what is returned ------------------------------------------------------------------------------

mistake("minibatches", "minibatches_labels_first", {"(X[batch], y[batch])": "(y[batch], X[batch])"},
        says="Your pairs are (y, X); the handout asks for (X, y).")
mistake("minibatches", "minibatches_without_labels", {"(X[batch], y[batch])": "X[batch]"},
        says="You return the rows of X alone; every minibatch is a pair (X_batch, y_batch).")
mistake("minibatches", "minibatches_of_positions", {"(X[batch], y[batch])": "batch"},
        says="You return the positions of the examples; every minibatch is a pair (X_batch, y_batch).")
mistake("minibatches", "minibatches_as_two_lists", {"return batches":
        "return tuple(map(list, zip(*batches)))"},
        says="You return the X_batches and the y_batches apart; return one list of pairs.")
