"""Wrong versions for q8: training."""

from grader import mistake

# The start --------------------------------------------------------------------------------------------------

mistake("train", "train_random_start",
        [{"np.zeros((D, classes))": "c * rng.normal(size=(D, classes))"},
         {"np.zeros((D, classes))": "c * rng.random((D, classes))"},
         {"np.zeros((D, classes))": "c * np.random.default_rng(0).normal(size=(D, classes))"},
         {"np.zeros((D, classes))": "c * np.random.RandomState(0).randn(D, classes)"},
         {"np.zeros((D, classes))": "c * np.random.RandomState(42).randn(D, classes)"}],
        free={"c": (0.01, 0.001, 0.1, 1.0, 0.0001)},
        says="You start from random weights; the handout starts W and b at 0.")
mistake("train", "train_start_at_one",
        [{"np.zeros((D, classes))": "np.ones((D, classes))", "np.zeros(classes)": "np.ones(classes)"},
         {"np.zeros((D, classes))": "np.ones((D, classes))"}, {"np.zeros(classes)": "np.ones(classes)"}],
        says="You start at ones; the handout starts W and b at 0.")
mistake("train", "train_classes_from_labels",
        {"N, D = X.shape": "N, D = X.shape\nclasses = len(np.unique(y))"},
        says="You count the classes that appear in y; use the argument classes.")
mistake("train", "train_classes_from_largest_label",
        {"N, D = X.shape": "N, D = X.shape\nclasses = y.max() + 1"},
        says="You take one more than the largest label as the number of classes; use the argument classes.")
mistake("train", "train_standardises_inputs",
        [{"N, D = X.shape": "N, D = X.shape\nX = (X - X.mean(axis=0)) / (X.std(axis=0) + c)"},
         {"N, D = X.shape": "N, D = X.shape\nX = X - X.mean(axis=0)"},
         {"N, D = X.shape": "N, D = X.shape\nX = X / np.abs(X).max()"}],
        free={"c": (1e-8, 0.0, 1e-7, 1e-10, 1e-12, 1e-5)},
        says="You centre or scale X inside train; use X as it is.")
mistake("train", "train_starts_over_every_epoch",
        {"order = rng.permutation(N)":
         "W, b = np.zeros((D, classes)), np.zeros(classes)\norder = rng.permutation(N)"},
        says="You set W and b back to 0 at every epoch; set them once, before the loop.")

# The order of the examples ----------------------------------------------------------------------------------

mistake("train", "train_without_shuffling", {"rng.permutation(N)": "np.arange(N)"},
        says="You never shuffle; each epoch begins with order = rng.permutation(N).")
mistake("train", "train_shuffled_once",
        {"history = np.zeros(epochs)": "history = np.zeros(epochs)\norder = rng.permutation(N)",
         "order = rng.permutation(N)": ""},
        says="You shuffle once before the first epoch; every epoch draws its own order = rng.permutation(N).")
mistake("train", "train_shuffles_pile_up",
        {"history = np.zeros(epochs)": "history = np.zeros(epochs)\norder = np.arange(N)",
         "order = rng.permutation(N)": "order = order[rng.permutation(N)]"},
        says="You shuffle what the last epoch has already shuffled; index the original X and y with each "
             "epoch's own order = rng.permutation(N).")
mistake("train", "train_order_drawn_otherwise",
        [{"rng.permutation(N)": "rng.choice(N, N, replace=False)"},
         {"rng.permutation(N)": "np.argsort(rng.random(N))"}],
        says="You shuffle in another way, which gives another order; draw order = rng.permutation(N).")
mistake("train", "train_own_generator",
        [{"history = np.zeros(epochs)": "history = np.zeros(epochs)\nrng = np.random.default_rng(c)"},
         {"history = np.zeros(epochs)": "history = np.zeros(epochs)\nrng = np.random.RandomState(c)"},
         {"rng.permutation(N)": "np.random.default_rng(c).permutation(N)"},
         {"rng.permutation(N)": "np.random.RandomState(c).permutation(N)"},
         {"rng.permutation(N)": "np.random.RandomState(epoch).permutation(N)"},
         {"rng.permutation(N)": "np.random.default_rng(epoch).permutation(N)"}],
        free={"c": (0, 42, 1, 123, 1234, 10, 2, 3)},
        says="You make a random generator of your own; use the one you are given, rng.")
mistake("train", "train_shuffled_every_minibatch",
        [{"order = rng.permutation(N)": "",
          "order[start:start + batch_size]": "rng.permutation(N)[:batch_size]"},
         {"order = rng.permutation(N)": "",
          "order[start:start + batch_size]": "rng.permutation(N)[start:start + batch_size]"},
         {"order = rng.permutation(N)": "",
          "order[start:start + batch_size]": "rng.choice(N, batch_size, replace=False)"}],
        says="You draw every minibatch anew; draw one permutation per epoch and take the minibatches as its slices.")
mistake("train", "train_drawn_with_replacement",
        {"order = rng.permutation(N)": "",
         "order[start:start + batch_size]": "rng.integers(N, size=batch_size)"},
        says="You draw minibatches with replacement; they are slices of one permutation per epoch, so that "
             "each example is used once.")
mistake("train", "train_labels_not_shuffled", {"y[batch]": "y[start:start + batch_size]"},
        says="You shuffle X but not y, so examples get one another's labels; index both with the same order.")
mistake("train", "train_examples_not_shuffled", {"X[batch]": "X[start:start + batch_size]"},
        says="You shuffle y but not X, so examples get one another's labels; index both with the same order.")
mistake("train", "train_labels_shuffled_otherwise",
        {"order = rng.permutation(N)": "order = rng.permutation(N)\nother = rng.permutation(N)",
         "y[batch]": "y[other[start:start + batch_size]]"},
        says="You shuffle X and y separately, so examples get one another's labels; index both with the same order.")
mistake("train", "train_shuffles_in_place",
        {"order = rng.permutation(N)": "order = rng.permutation(N)\nX[:], y[:] = X[order], y[order]",
         "order[start:start + batch_size]": "slice(start, start + batch_size)"},
        says="You shuffle the caller's X and y in place; index them with order instead.")

# The minibatches --------------------------------------------------------------------------------------------

mistake("train", "train_last_minibatch_dropped",
        [{"range(0, N, batch_size)": "range(0, N - batch_size + 1, batch_size)"},
         {"range(0, N, batch_size)": "range(0, max(N - batch_size, 0) + 1, batch_size)"}],
        says="You drop an epoch's last minibatch when it is smaller; every example is used once per epoch.")
mistake("train", "train_last_minibatch_filled_up",
        [{"order[start:start + batch_size]": "order[np.arange(start, start + batch_size) % N]"},
         {"order[start:start + batch_size]": "order[min(start, max(N - batch_size, 0)):start + batch_size]"}],
        says="You fill the last minibatch up with examples that were used before; it is smaller, and every "
             "example is used once per epoch.")
mistake("train", "train_minibatches_of_equal_size",
        [{"range(0, N, batch_size)": "np.array_split(order, max(N // batch_size, 1))",
          "order[start:start + batch_size]": "start"},
         {"range(0, N, batch_size)": "np.array_split(order, -(-N // batch_size))",
          "order[start:start + batch_size]": "start"}],
        says="You split the examples evenly, as np.array_split does; every minibatch but the last has "
             "batch_size examples.")
mistake("train", "train_one_minibatch_an_epoch", {"range(0, N, batch_size)": "range(1)"},
        says="You take one step per epoch; an epoch goes through all its minibatches.")
mistake("train", "train_full_batch",
        [{"X[batch]": "X", "y[batch]": "y"},
         {"range(0, N, batch_size)": "range(1)", "X[batch]": "X", "y[batch]": "y"}],
        says="You step along the gradient of all examples at once; each step uses one minibatch of batch_size.")
mistake("train", "train_one_example_a_step",
        {"range(0, N, batch_size)": "range(N)", "order[start:start + batch_size]": "order[start:start + 1]"},
        says="You take a step for every single example; each step uses a minibatch of batch_size.")
mistake("train", "train_minibatches_overlap", {"range(0, N, batch_size)": "range(N)"},
        says="Your minibatches start one example apart and overlap; advance by batch_size.")

# The gradients ----------------------------------------------------------------------------------------------

mistake("train", "train_last_minibatch_divided_by_full_size",
        [{"dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)":
          "dz = (softmax(logits(X[batch], W, b)) - np.eye(classes)[y[batch]]) / batch_size\n"
          "dW, db = X[batch].T @ dz + l2 * W, dz.sum(axis=0)"},
         {"learning_rate * dW": "learning_rate * dW * (len(batch) / batch_size)",
          "learning_rate * db": "learning_rate * db * (len(batch) / batch_size)"}],
        says="You divide the last, smaller minibatch by the full batch size; average over the examples it has.")
mistake("train", "train_gradient_summed_over_minibatch",
        [{"dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)":
          "dz = softmax(logits(X[batch], W, b)) - np.eye(classes)[y[batch]]\n"
          "dW, db = X[batch].T @ dz + l2 * W, dz.sum(axis=0)"},
         {"learning_rate * dW": "learning_rate * dW * len(batch)",
          "learning_rate * db": "learning_rate * db * len(batch)"}],
        says="You add up the minibatch's gradients instead of averaging them, so the step grows with the batch size.")
mistake("train", "train_divided_by_all_examples",
        [{"dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)":
          "dz = (softmax(logits(X[batch], W, b)) - np.eye(classes)[y[batch]]) / N\n"
          "dW, db = X[batch].T @ dz + l2 * W, dz.sum(axis=0)"},
         {"learning_rate * dW": "learning_rate * dW * (len(batch) / N)",
          "learning_rate * db": "learning_rate * db * (len(batch) / N)"}],
        says="You divide a minibatch's gradients by N, the number of all examples; divide by the minibatch's "
             "own size.")
mistake("train", "train_as_a_perceptron",
        {"dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)":
         "z = X[batch] @ W + b\n"
         "largest = z == z.max(axis=1, keepdims=True)\n"
         "dz = (largest / largest.sum(axis=1, keepdims=True) - np.eye(classes)[y[batch]]) / len(batch)\n"
         "dW, db = X[batch].T @ dz + l2 * W, dz.sum(axis=0)"},
        says="You divide all of the probability among the classes with the largest logit, as a perceptron "
             "would; the gradients are those of softmax.")
mistake("train", "train_steps_from_the_epochs_start",
        {"order = rng.permutation(N)": "order = rng.permutation(N)\nW0, b0 = W, b",
         "regularized_gradients(X[batch], y[batch], W, b, l2)":
         "regularized_gradients(X[batch], y[batch], W0, b0, l2)"},
        says="You compute every minibatch's gradients at the weights the epoch began with; each step starts "
             "where the last one ended.")
mistake("train", "train_clips_gradients",
        {"dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)":
         "dW, db = (np.clip(g, -c, c) for g in regularized_gradients(X[batch], y[batch], W, b, l2))"},
        free={"c": (0.05, 0.1, 0.5, 1.0, 5.0)},
        says="You clip the gradients; plain SGD uses them as they are.")

mistake("train", "train_without_penalty",
        {"regularized_gradients(X[batch], y[batch], W, b, l2)":
         "regularized_gradients(X[batch], y[batch], W, b, 0.0)"},
        says="You train without the penalty; pass l2 on to the gradients.")
mistake("train", "train_penalty_shared_among_minibatches",
        [{"regularized_gradients(X[batch], y[batch], W, b, l2)":
          "regularized_gradients(X[batch], y[batch], W, b, l2 * len(batch) / N)"},
         {"regularized_gradients(X[batch], y[batch], W, b, l2)":
          "regularized_gradients(X[batch], y[batch], W, b, l2 * batch_size / N)"},
         {"regularized_gradients(X[batch], y[batch], W, b, l2)":
          "regularized_gradients(X[batch], y[batch], W, b, l2 / len(batch))"},
         {"regularized_gradients(X[batch], y[batch], W, b, l2)":
          "regularized_gradients(X[batch], y[batch], W, b, l2 / N)"}],
        says="You scale the penalty with the number of examples; every step has the whole λW, however many there are.")
mistake("train", "train_penalty_twice", {"learning_rate * dW": "learning_rate * (dW + l2 * W)"},
        says="You subtract the penalty again after the step; regularized_gradients already includes it.")
mistake("train", "train_penalty_after_the_step",
        {"regularized_gradients(X[batch], y[batch], W, b, l2)":
         "regularized_gradients(X[batch], y[batch], W, b, 0.0)",
         "W - learning_rate * dW": "(W - learning_rate * dW) * (1 - learning_rate * l2)"},
        says="You take λW at the weights after the step; both parts of the gradient belong to the same W.")
mistake("train", "train_biases_penalised", {"learning_rate * db": "learning_rate * (db + l2 * b)"},
        says="You penalise the biases too; only the weights are penalised.")

# The steps --------------------------------------------------------------------------------------------------

mistake("train", "train_uphill",
        {"W - learning_rate * dW": "W + learning_rate * dW",
         "b - learning_rate * db": "b + learning_rate * db"},
        says="You add the gradients, which climbs; subtract them to descend.")
mistake("train", "train_weights_uphill", {"W - learning_rate * dW": "W + learning_rate * dW"},
        says="You add dW to the weights, which climbs; subtract it, as you subtract db.")
mistake("train", "train_biases_uphill", {"b - learning_rate * db": "b + learning_rate * db"},
        says="You add db to the biases, which climbs; subtract it, as you subtract dW.")
mistake("train", "train_biases_never_updated", {"b - learning_rate * db": "b"},
        says="You never update the biases; b takes the step −ε·db, as W takes −ε·dW.")
mistake("train", "train_weights_never_updated", {"W - learning_rate * dW": "W"},
        says="You never update the weights; W takes the step −ε·dW, as b takes −ε·db.")
mistake("train", "train_bias_gradient_at_new_weights",
        {"W, b = W - learning_rate * dW, b - learning_rate * db":
         "W = W - learning_rate * dW\n"
         "b = b - learning_rate * regularized_gradients(X[batch], y[batch], W, b, l2)[1]"},
        says="You compute db after you have updated W; compute both gradients first, then update both.")
mistake("train", "train_without_rate", {"learning_rate * dW": "dW", "learning_rate * db": "db"},
        says="You step by the whole gradient; multiply it by the learning rate, θ ← θ − ε·g.")
mistake("train", "train_rate_divided_by_batch",
        [{"learning_rate * dW": "learning_rate / len(batch) * dW",
          "learning_rate * db": "learning_rate / len(batch) * db"},
         {"learning_rate * dW": "learning_rate / batch_size * dW",
          "learning_rate * db": "learning_rate / batch_size * db"}],
        says="You divide the step by the batch size; the gradients are already averages.")
mistake("train", "train_rate_decays",
        [{"history[epoch] = regularized_loss(X, y, W, b, l2)":
          "history[epoch] = regularized_loss(X, y, W, b, l2)\nlearning_rate *= c"},
         {"learning_rate * dW": "learning_rate / (1 + c * epoch) * dW",
          "learning_rate * db": "learning_rate / (1 + c * epoch) * db"}],
        free={"c": (0.95, 0.9, 0.99, 0.5, 0.999, 0.1, 0.01)},
        says="Your learning rate changes from epoch to epoch; the handout keeps it constant.")
mistake("train", "train_with_momentum",
        [{"history = np.zeros(epochs)": "history = np.zeros(epochs)\nvW, vb = 0.0, 0.0",
          "W, b = W - learning_rate * dW, b - learning_rate * db":
          "vW, vb = c * vW - learning_rate * dW, c * vb - learning_rate * db\nW, b = W + vW, b + vb"},
         {"history = np.zeros(epochs)": "history = np.zeros(epochs)\nvW, vb = 0.0, 0.0",
          "W, b = W - learning_rate * dW, b - learning_rate * db":
          "vW, vb = c * vW + (1 - c) * dW, c * vb + (1 - c) * db\n"
          "W, b = W - learning_rate * vW, b - learning_rate * vb"}],
        free={"c": (0.9, 0.5, 0.99, 0.95)},
        says="You use momentum; the handout asks for plain SGD, θ ← θ − ε·g.")

# The epochs -------------------------------------------------------------------------------------------------

mistake("train", "train_one_epoch_short",
        [{"np.zeros(epochs)": "np.zeros(epochs - 1)", "range(epochs)": "range(epochs - 1)"},
         {"range(epochs)": "range(1, epochs)"}, {"range(epochs)": "range(epochs - 1)"}],
        says="You run one epoch too few; range(epochs) counts them all.")
mistake("train", "train_one_epoch_too_many",
        {"np.zeros(epochs)": "np.zeros(epochs + 1)", "range(epochs)": "range(epochs + 1)"},
        says="You run one epoch too many; range(epochs) counts them all.")
mistake("train", "train_returns_after_the_first_epoch",
        [{"history[epoch] = regularized_loss(X, y, W, b, l2)":
          "history[epoch] = regularized_loss(X, y, W, b, l2)\nreturn W, b, history[:1]"},
         {"history[epoch] = regularized_loss(X, y, W, b, l2)":
          "history[epoch] = regularized_loss(X, y, W, b, l2)\nreturn W, b, history"}],
        says="Your return is inside the loop, so training ends after the first epoch; return after the loop.")
mistake("train", "train_stops_early",
        [{"history[epoch] = regularized_loss(X, y, W, b, l2)":
          "history[epoch] = regularized_loss(X, y, W, b, l2)\n"
          "if epoch > 0 and history[epoch] > history[epoch - 1]:\n    break",
          "(W, b, history)": "(W, b, history[:epoch + 1])"},
         {"history[epoch] = regularized_loss(X, y, W, b, l2)":
          "history[epoch] = regularized_loss(X, y, W, b, l2)\n"
          "if epoch > 0 and history[epoch] > history[epoch - 1]:\n    break"}],
        says="You stop when the loss rises; the handout runs all epochs.")
mistake("train", "train_returns_the_best",
        {"history[epoch] = regularized_loss(X, y, W, b, l2)":
         "history[epoch] = regularized_loss(X, y, W, b, l2)\n"
         "if history[epoch] == history[:epoch + 1].min():\n    best = W, b",
         "(W, b, history)": "(*best, history)"},
        says="You return the weights with the lowest loss; the handout asks for those after the last epoch.")

# The history ------------------------------------------------------------------------------------------------

mistake("train", "train_history_of_last_minibatch",
        [{"regularized_loss(X, y, W, b, l2)": "regularized_loss(X[batch], y[batch], W, b, l2)"},
         {"dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)":
          "loss = regularized_loss(X[batch], y[batch], W, b, l2)\n"
          "dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)",
          "regularized_loss(X, y, W, b, l2)": "loss"}],
        says="Your history holds the last minibatch's loss; it should hold the loss on all of X and y after "
             "each epoch.")
mistake("train", "train_history_averaged_over_minibatches",
        [{"dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)":
          "history[epoch] += regularized_loss(X[batch], y[batch], W, b, l2) / -(-N // batch_size)\n"
          "dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)",
          "history[epoch] = regularized_loss(X, y, W, b, l2)": ""},
         {"dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)":
          "history[epoch] += regularized_loss(X[batch], y[batch], W, b, l2) * len(batch) / N\n"
          "dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)",
          "history[epoch] = regularized_loss(X, y, W, b, l2)": ""},
         {"W, b = W - learning_rate * dW, b - learning_rate * db":
          "W, b = W - learning_rate * dW, b - learning_rate * db\n"
          "history[epoch] += regularized_loss(X[batch], y[batch], W, b, l2) / -(-N // batch_size)",
          "history[epoch] = regularized_loss(X, y, W, b, l2)": ""}],
        says="Your history averages the minibatches' losses along the way; it should hold the loss on all of "
             "X and y after each epoch.")
mistake("train", "train_history_summed_over_minibatches",
        [{"dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)":
          "history[epoch] += regularized_loss(X[batch], y[batch], W, b, l2)\n"
          "dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)",
          "history[epoch] = regularized_loss(X, y, W, b, l2)": ""},
         {"W, b = W - learning_rate * dW, b - learning_rate * db":
          "W, b = W - learning_rate * dW, b - learning_rate * db\n"
          "history[epoch] += regularized_loss(X[batch], y[batch], W, b, l2)",
          "history[epoch] = regularized_loss(X, y, W, b, l2)": ""}],
        says="Your history adds up the minibatches' losses along the way; it should hold the loss on all of "
             "X and y after each epoch.")
mistake("train", "train_history_of_every_step",
        [{"history = np.zeros(epochs)": "history = []",
          "W, b = W - learning_rate * dW, b - learning_rate * db":
          "W, b = W - learning_rate * dW, b - learning_rate * db\n"
          "history.append(regularized_loss(X, y, W, b, l2))",
          "history[epoch] = regularized_loss(X, y, W, b, l2)": ""},
         {"history = np.zeros(epochs)": "history = []",
          "dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)":
          "history.append(regularized_loss(X[batch], y[batch], W, b, l2))\n"
          "dW, db = regularized_gradients(X[batch], y[batch], W, b, l2)",
          "history[epoch] = regularized_loss(X, y, W, b, l2)": ""}],
        says="Your history has one number per step; it should have one per epoch.")
mistake("train", "train_history_before_the_epoch",
        {"order = rng.permutation(N)":
         "history[epoch] = regularized_loss(X, y, W, b, l2)\norder = rng.permutation(N)",
         "history[epoch] = regularized_loss(X, y, W, b, l2)": ""},
        says="Your history holds the loss before each epoch; it should hold the loss after it.")
mistake("train", "train_history_with_the_start",
        {"np.zeros(epochs)": "np.full(epochs + 1, regularized_loss(X, y, W, b, l2))", "epoch": "epoch + 1"},
        says="Your history begins with the loss before training; it should have `epochs` numbers, the first "
             "after the first epoch.")
mistake("train", "train_history_without_penalty",
        [{"regularized_loss(X, y, W, b, l2)": "cross_entropy(logits(X, W, b), y)"},
         {"regularized_loss(X, y, W, b, l2)": "regularized_loss(X, y, W, b, 0.0)"}],
        says="Your history leaves out the penalty; it should hold the regularized loss.")
mistake("train", "train_history_of_accuracy",
        {"regularized_loss(X, y, W, b, l2)": "(logits(X, W, b).argmax(axis=1) == y).mean()"},
        says="Your history holds accuracies; it should hold the regularized loss.")
mistake("train", "train_history_never_filled",
        [{"history[epoch] = regularized_loss(X, y, W, b, l2)": ""},
         {"history = np.zeros(epochs)": "history = []",
          "history[epoch] = regularized_loss(X, y, W, b, l2)": ""}],
        says="You never write to history; after each epoch it gets the regularized loss on all of X and y.")
mistake("train", "train_history_only_at_the_end", {"(W, b, history)": "(W, b, history[-1:])"},
        says="Your history holds only the last loss; it should have one number per epoch.")
mistake("train", "train_history_overwritten", {"(W, b, history)": "(W, b, history[-1])"},
        says="You return the last loss as a single number; history holds one loss per epoch, shape (epochs,).")

# What is returned -------------------------------------------------------------------------------------------

mistake("train", "train_weights_only_returned", {"(W, b, history)": "(W, b)"},
        says="You return only W and b; the handout asks for (W, b, history).")
mistake("train", "train_history_only_returned", {"(W, b, history)": "history"},
        says="You return only the history; the handout asks for (W, b, history).")
mistake("train", "train_history_first", {"(W, b, history)": "(history, W, b)"},
        says="You return the history first; the order is (W, b, history).")
mistake("train", "train_biases_first", {"(W, b, history)": "(b, W, history)"},
        says="You return the biases first; the order is (W, b, history).")
