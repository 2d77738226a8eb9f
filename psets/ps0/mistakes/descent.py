"""Wrong versions for q4 and q5: gradient descent, and updates after every example."""

from grader import mistake

# gradient_descent -------------------------------------------------------------------------------------------

mistake("gradient_descent", "descent_uphill", {"w - learning_rate * dw": "w + learning_rate * dw",
                                               "b - learning_rate * db": "b + learning_rate * db"},
        says="You add the gradient, which walks uphill; subtract it.")
mistake("gradient_descent", "descent_weights_uphill", {"w - learning_rate * dw": "w + learning_rate * dw"},
        says="You add w's gradient, which walks uphill; subtract it, as you do b's.")
mistake("gradient_descent", "descent_intercept_uphill", {"b - learning_rate * db": "b + learning_rate * db"},
        says="You add b's gradient, which walks uphill; subtract it, as you do w's.")
mistake("gradient_descent", "descent_weights_never_move", {"w - learning_rate * dw": "w"},
        says="You never update the weights; w takes a step along its gradient, as b does.")
mistake("gradient_descent", "descent_intercept_never_moves", {"b - learning_rate * db": "b"},
        says="You never update the intercept; b takes a step along its gradient, as w does.")
mistake("gradient_descent", "descent_without_two", {"learning_rate * dw": "learning_rate * dw / 2",
                                                    "learning_rate * db": "learning_rate * db / 2"},
        says="Your steps are half as long as they should be: the gradient of the mean squared error has the "
        "factor 2/n.")
mistake("gradient_descent", "descent_rate_decays",
        [{"history[step] = mse(X, y, w, b)":
          "history[step] = mse(X, y, w, b)\nlearning_rate *= (1 + c * step) / (1 + c * (step + 1))"},
         {"history[step] = mse(X, y, w, b)": "history[step] = mse(X, y, w, b)\nlearning_rate *= 1 - c"},
         {"history[step] = mse(X, y, w, b)":
          "history[step] = mse(X, y, w, b)\nlearning_rate *= np.sqrt((1 + step) / (2 + step))"}],
        free={"c": (1.0, 0.1, 0.01, 0.5, 0.05, 0.001)},
        says="You change the learning rate from step to step; keep it constant.")

mistake("gradient_descent", "descent_of_the_sum",
        {"mse_gradient(X, y, w, b)": "[len(y) * slope for slope in mse_gradient(X, y, w, b)]"},
        says="You step along the gradient of the sum of squares; use the gradient of the mean, with 1/n.")
mistake("gradient_descent", "descent_divided_twice",
        {"mse_gradient(X, y, w, b)": "[slope / len(y) for slope in mse_gradient(X, y, w, b)]"},
        says="You divide the gradient by n once more; mse_gradient is already that of the mean.")
mistake("gradient_descent", "descent_unit_gradient",
        {"dw, db = mse_gradient(X, y, w, b)":
         "dw, db = mse_gradient(X, y, w, b)\nsize = max(np.sqrt(dw @ dw + db * db), 1e-300)\n"
         "dw, db = dw / size, db / size"},
        says="You divide the gradient by its length; plain gradient descent uses it as it is.")
mistake("gradient_descent", "descent_gradient_of_the_start",
        {"history = np.empty(steps)": "history = np.empty(steps)\nw0, b0 = w, b",
         "mse_gradient(X, y, w, b)": "mse_gradient(X, y, w0, b0)"},
        says="You compute the gradient once, at the start; compute it again at every step.")
mistake("gradient_descent", "descent_gradients_add_up",
        {"history = np.empty(steps)": "history = np.empty(steps)\ndw, db = 0.0, 0.0",
         "dw, db = mse_gradient(X, y, w, b)":
         "more_dw, more_db = mse_gradient(X, y, w, b)\ndw, db = dw + more_dw, db + more_db"},
        says="You add each gradient to those of the steps before; a step uses the gradient at its own w and "
        "b alone.")
mistake("gradient_descent", "descent_intercept_from_new_weights",
        {"w, b = w - learning_rate * dw, b - learning_rate * db":
         "w = w - learning_rate * dw\ndb = mse_gradient(X, y, w, b)[1]\nb = b - learning_rate * db"},
        says="You compute b's gradient after you have updated w; compute both gradients first, then update "
        "both.")
mistake("gradient_descent", "descent_weights_from_new_intercept",
        {"w, b = w - learning_rate * dw, b - learning_rate * db":
         "b = b - learning_rate * db\ndw = mse_gradient(X, y, w, b)[0]\nw = w - learning_rate * dw"},
        says="You compute w's gradient after you have updated b; compute both gradients first, then update "
        "both.")

mistake("gradient_descent", "descent_history_before_the_step",
        {"dw, db = mse_gradient(X, y, w, b)":
         "history[step] = mse(X, y, w, b)\ndw, db = mse_gradient(X, y, w, b)",
         "history[step] = mse(X, y, w, b)": ""},
        says="Your history holds the error before each step; the handout asks for it after the step.")
mistake("gradient_descent", "descent_history_with_the_start",
        {"history = np.empty(steps)": "history = np.empty(steps)\nfirst = mse(X, y, w, b)",
         "return w, b, history": "return w, b, np.append(first, history)"},
        says="Your history also holds the error at the start; the handout asks for one error after each "
        "step.")
mistake("gradient_descent", "descent_history_halved", {"mse(X, y, w, b)": "mse(X, y, w, b) / 2"},
        says="Your history holds half the mean squared error, question 5's cost; here it is the plain mean.")
mistake("gradient_descent", "descent_history_summed", {"mse(X, y, w, b)": "mse(X, y, w, b) * len(y)"},
        says="Your history holds the sum of the squared errors; the handout asks for their mean.")
mistake("gradient_descent", "descent_history_of_roots", {"mse(X, y, w, b)": "np.sqrt(mse(X, y, w, b))"},
        says="Your history holds the root of the mean squared error; leave the root out.")
mistake("gradient_descent", "descent_last_error_alone",
        {"return w, b, history": "return w, b, mse(X, y, w, b)"},
        says="You return the last error alone; the history holds the error after every step.")

mistake("gradient_descent", "descent_one_step_too_few",
        [{"history = np.empty(steps)": "steps = max(steps - 1, 0)\nhistory = np.empty(steps)"},
         {"np.empty(steps)": "np.zeros(steps)", "range(steps)": "range(1, steps)"},
         {"np.empty(steps)": "np.zeros(steps)", "range(steps)": "range(steps - 1)"}],
        says="You take one step too few.")
mistake("gradient_descent", "descent_one_step_too_many",
        {"history = np.empty(steps)": "steps = steps + 1\nhistory = np.empty(steps)"},
        says="You take one step too many.")
mistake("gradient_descent", "descent_returns_after_the_first_step",
        [{"history[step] = mse(X, y, w, b)": "history[step] = mse(X, y, w, b)\nreturn w, b, history[:1]"},
         {"np.empty(steps)": "np.zeros(steps)",
          "history[step] = mse(X, y, w, b)": "history[step] = mse(X, y, w, b)\nreturn w, b, history"}],
        says="You return inside the loop, after the first step; return after the loop.")
mistake("gradient_descent", "descent_another_number_of_steps",
        {"history = np.empty(steps)": "steps = int(c)\nhistory = np.empty(steps)"},
        free={"c": (100, 1000, 10)}, says="You take a number of steps of your own; take `steps`.")
mistake("gradient_descent", "descent_another_rate",
        {"history = np.empty(steps)": "learning_rate = c\nhistory = np.empty(steps)"},
        free={"c": (0.01, 0.1, 0.001, 0.05, 0.5)},
        says="You use a learning rate of your own; use `learning_rate`.")
mistake("gradient_descent", "descent_stops_when_the_error_rises",
        [{"history[step] = mse(X, y, w, b)":
          "history[step] = mse(X, y, w, b)\nif step > 0 and history[step] > history[step - 1]:\n"
          "    history = history[:step + 1]\n    break"},
         {"np.empty(steps)": "np.zeros(steps)",
          "history[step] = mse(X, y, w, b)":
          "history[step] = mse(X, y, w, b)\nif step > 0 and history[step] > history[step - 1]:\n    break"}],
        says="You stop when the error rises; take all the steps anyway.")
mistake("gradient_descent", "descent_returns_the_best",
        {"history[step] = mse(X, y, w, b)":
         "history[step] = mse(X, y, w, b)\nif history[step] == history[:step + 1].min():\n    best = w, b",
         "history = np.empty(steps)": "history = np.empty(steps)\nbest = w, b",
         "return w, b, history": "return *best, history"},
        says="You return the w and b with the lowest error; the handout asks for the last ones.")

mistake("gradient_descent", "descent_starts_from_zero",
        {"history = np.empty(steps)": "history = np.empty(steps)\nw, b = np.zeros(X.shape[1]), 0.0"},
        says="You start from 0; start from the w and b you are given.")
mistake("gradient_descent", "descent_scales_the_features",
        {"history = np.empty(steps)": "history = np.empty(steps)\nX = (X - X.mean(axis=0)) / X.std(axis=0)"},
        says="You shift and scale the features first; use X as it is.")
mistake("gradient_descent", "descent_changes_the_start",
        [{"w, b = w - learning_rate * dw, b - learning_rate * db":
          "w -= learning_rate * dw\nb = b - learning_rate * db"},
         {"history = np.empty(steps)":
          "history = np.empty(steps)\nw = w if w.dtype == float else w.astype(float)",
          "w, b = w - learning_rate * dw, b - learning_rate * db":
          "w -= learning_rate * dw\nb = b - learning_rate * db"}],
        says="You update w in place (w -= ...), which changes the caller's start; make a new array.")
mistake("gradient_descent", "descent_in_integers",
        {"w - learning_rate * dw": "(w - learning_rate * dw).astype(w.dtype)"},
        says="You keep the type of the start, which cuts off the decimals when it holds integers; make w an "
        "array of floats.")
mistake("gradient_descent", "descent_weights_not_returned", {"return w, b, history": "return history"},
        says="You return only the history; the handout asks for (w, b, history).")
mistake("gradient_descent", "descent_history_not_returned", {"return w, b, history": "return w, b"},
        says="You return only w and b; the handout asks for (w, b, history).")
mistake("gradient_descent", "descent_history_first", {"return w, b, history": "return history, w, b"},
        says="You return the history first; the order is (w, b, history).")

# stochastic_gradient_descent --------------------------------------------------------------------------------

mistake("stochastic_gradient_descent", "sgd_without_division", {"error * X[i] / n": "error * X[i]",
                                                                "error / n": "error"},
        says="Your updates lack the 1/n: each example's share of the cost's gradient is e·x/n.")
mistake("stochastic_gradient_descent", "sgd_weights_without_division", {"error * X[i] / n": "error * X[i]"},
        says="Your update of w lacks the 1/n that your update of b has.")
mistake("stochastic_gradient_descent", "sgd_intercept_without_division", {"error / n": "error"},
        says="Your update of b lacks the 1/n that your update of w has.")
mistake("stochastic_gradient_descent", "sgd_divided_by_features",
        {"error * X[i] / n": "error * X[i] / len(w)", "error / n": "error / len(w)"},
        says="You divide by the number of features; n is the number of examples.")
mistake("stochastic_gradient_descent", "sgd_errors_not_weighted", {"error * X[i] / n": "error / n"},
        says="Your update of w leaves out the features; multiply the error by the example's x.")
mistake("stochastic_gradient_descent", "sgd_uphill", {"w - learning_rate * dw": "w + learning_rate * dw",
                                                      "b - learning_rate * db": "b + learning_rate * db"},
        says="You add the gradient, which walks uphill; subtract it.")
mistake("stochastic_gradient_descent", "sgd_weights_uphill",
        {"w - learning_rate * dw": "w + learning_rate * dw"},
        says="You add w's gradient, which walks uphill; subtract it, as you do b's.")
mistake("stochastic_gradient_descent", "sgd_intercept_uphill",
        {"b - learning_rate * db": "b + learning_rate * db"},
        says="You add b's gradient, which walks uphill; subtract it, as you do w's.")
mistake("stochastic_gradient_descent", "sgd_weights_never_move", {"w - learning_rate * dw": "w"},
        says="You never update the weights; update w after every example, as you do b.")
mistake("stochastic_gradient_descent", "sgd_intercept_never_moves", {"b - learning_rate * db": "b"},
        says="You never update the intercept; update b after every example, as you do w.")

mistake("stochastic_gradient_descent", "sgd_with_factor_two",
        {"X[i] @ w + b - y[i]": "2 * (X[i] @ w + b - y[i])"},
        says="Your updates have a factor 2; in this question the cost is Σe²/(2n), so the 2 cancels.")
mistake("stochastic_gradient_descent", "sgd_without_intercept", {"X[i] @ w + b - y[i]": "X[i] @ w - y[i]"},
        says="You leave the intercept out of the error: e = wᵀx + b − y.")
mistake("stochastic_gradient_descent", "sgd_whole_gradient",
        {"error = X[i] @ w + b - y[i]": "if i == 0:\n    w0, b0 = w, b\nerror = X[i] @ w0 + b0 - y[i]"},
        says="You use the same w and b for all examples of an epoch, as in one step along the whole "
        "gradient; update after each example, and use the updated w and b for the next.")
mistake("stochastic_gradient_descent", "sgd_intercept_from_new_weights",
        {"w, b = w - learning_rate * dw, b - learning_rate * db":
         "w = w - learning_rate * dw\ndb = (X[i] @ w + b - y[i]) / n\nb = b - learning_rate * db"},
        says="You recompute the error with the updated w before you update b; both updates use the same "
        "error.")
mistake("stochastic_gradient_descent", "sgd_weights_from_new_intercept",
        {"w, b = w - learning_rate * dw, b - learning_rate * db":
         "b = b - learning_rate * db\ndw = (X[i] @ w + b - y[i]) * X[i] / n\nw = w - learning_rate * dw"},
        says="You recompute the error with the updated b before you update w; both updates use the same "
        "error.")

mistake("stochastic_gradient_descent", "sgd_shuffled",
        [{"n = len(y)": "n = len(y)\nrng = np.random.default_rng(int(c))", "range(n)": "rng.permutation(n)"},
         {"n = len(y)": "n = len(y)\nrng = np.random.RandomState(int(c))", "range(n)": "rng.permutation(n)"},
         {"n = len(y)": "n = len(y)\nrng = np.random.default_rng(int(c))",
          "range(n)": "rng.integers(n, size=n)"},
         {"n = len(y)": "n = len(y)\nrng = np.random.RandomState(int(c))",
          "range(n)": "rng.randint(n, size=n)"}], free={"c": (0, 42, 1)},
        says="You take the examples in random order; take them in the order of the data.")
mistake("stochastic_gradient_descent", "sgd_backwards", {"range(n)": "reversed(range(n))"},
        says="You go through the examples from last to first; take them in the order of the data.")
mistake("stochastic_gradient_descent", "sgd_first_example_left_out", {"range(n)": "range(1, n)"},
        says="You leave out the first example of every epoch.")
mistake("stochastic_gradient_descent", "sgd_last_example_left_out", {"range(n)": "range(n - 1)"},
        says="You leave out the last example of every epoch.")
mistake("stochastic_gradient_descent", "sgd_one_example_an_epoch",
        [{"range(n)": "[epoch % n]"}, {"range(n)": "[0]"}, {"range(n)": "[n - 1]"}],
        says="You update with a single example per epoch; an epoch goes through all of them.")
mistake("stochastic_gradient_descent", "sgd_one_epoch_too_few",
        [{"history = np.empty(epochs)": "epochs = max(epochs - 1, 0)\nhistory = np.empty(epochs)"},
         {"np.empty(epochs)": "np.zeros(epochs)", "range(epochs)": "range(1, epochs)"},
         {"np.empty(epochs)": "np.zeros(epochs)", "range(epochs)": "range(epochs - 1)"}],
        says="You run one epoch too few.")
mistake("stochastic_gradient_descent", "sgd_one_epoch_too_many",
        {"history = np.empty(epochs)": "epochs = epochs + 1\nhistory = np.empty(epochs)"},
        says="You run one epoch too many.")
mistake("stochastic_gradient_descent", "sgd_returns_after_the_first_epoch",
        [{"history[epoch] = half_mse(X, y, w, b)":
          "history[epoch] = half_mse(X, y, w, b)\nreturn w, b, history[:1]"},
         {"np.empty(epochs)": "np.zeros(epochs)",
          "history[epoch] = half_mse(X, y, w, b)":
          "history[epoch] = half_mse(X, y, w, b)\nreturn w, b, history"}],
        says="You return inside the loop, after the first epoch; return after the loop.")
mistake("stochastic_gradient_descent", "sgd_another_rate",
        {"history = np.empty(epochs)": "learning_rate = c\nhistory = np.empty(epochs)"},
        free={"c": (0.01, 0.1, 0.001, 0.05, 0.5)},
        says="You use a learning rate of your own; use `learning_rate`.")

mistake("stochastic_gradient_descent", "sgd_rate_decays",
        [{"history[epoch] = half_mse(X, y, w, b)":
          "history[epoch] = half_mse(X, y, w, b)\nlearning_rate *= (1 + c * epoch) / (1 + c * (epoch + 1))"},
         {"history[epoch] = half_mse(X, y, w, b)":
          "history[epoch] = half_mse(X, y, w, b)\nlearning_rate *= 1 - c"},
         {"history[epoch] = half_mse(X, y, w, b)":
          "history[epoch] = half_mse(X, y, w, b)\nlearning_rate *= np.sqrt((1 + epoch) / (2 + epoch))"}],
        free={"c": (1.0, 0.1, 0.01, 0.5, 0.05, 0.001)},
        says="You change the learning rate from epoch to epoch; keep it constant.")

mistake("stochastic_gradient_descent", "sgd_cost_not_halved", {"2 * len(y)": "len(y)"},
        says="Your history holds the mean squared error; in this question the cost is half of it, Σe²/(2n).")
mistake("stochastic_gradient_descent", "sgd_cost_summed", {"2 * len(y)": "2"},
        says="Your history holds Σe²/2; the cost divides by n as well.")
mistake("stochastic_gradient_descent", "sgd_cost_of_squares_alone", {"2 * len(y)": "1"},
        says="Your history holds Σe²; the cost divides it by 2n.")
mistake("stochastic_gradient_descent", "sgd_cost_of_roots",
        {"half_mse(X, y, w, b)": "np.sqrt(half_mse(X, y, w, b))"},
        says="Your history holds a root; the cost is Σe²/(2n) itself.")
mistake("stochastic_gradient_descent", "sgd_cost_of_the_last_example",
        [{"half_mse(X, y, w, b)": "half_mse(X[-1:], y[-1:], w, b) / n"},
         {"half_mse(X, y, w, b)": "half_mse(X[-1:], y[-1:], w, b)"},
         {"half_mse(X, y, w, b)": "error ** 2 / (2 * n)"}, {"half_mse(X, y, w, b)": "error ** 2 / 2"}],
        says="Your history holds the cost of the last example alone; the cost is over all examples.")
mistake("stochastic_gradient_descent", "sgd_cost_before_the_epoch",
        {"error = X[i] @ w + b - y[i]":
         "if i == 0:\n    history[epoch] = half_mse(X, y, w, b)\nerror = X[i] @ w + b - y[i]",
         "history[epoch] = half_mse(X, y, w, b)": ""},
        says="Your history holds the cost before each epoch; the handout asks for it after the epoch.")
mistake("stochastic_gradient_descent", "sgd_cost_along_the_way",
        {"np.empty(epochs)": "np.zeros(epochs)", "history[epoch] = half_mse(X, y, w, b)": "",
         "error = X[i] @ w + b - y[i]":
         "error = X[i] @ w + b - y[i]\nhistory[epoch] += error ** 2 / (2 * n)"},
        says="You add up each example's cost before its own update; the handout asks for the cost over all "
        "examples after the epoch.")
mistake("stochastic_gradient_descent", "sgd_cost_after_every_update",
        {"np.empty(epochs)": "np.empty(epochs * n)",
         "w, b = w - learning_rate * dw, b - learning_rate * db":
         "w, b = w - learning_rate * dw, b - learning_rate * db\n"
         "history[epoch * n + i] = half_mse(X, y, w, b)", "history[epoch] = half_mse(X, y, w, b)": ""},
        says="Your history has an entry for every update; the handout asks for one per epoch.")
mistake("stochastic_gradient_descent", "sgd_cost_with_the_start",
        {"history = np.empty(epochs)": "history = np.empty(epochs)\nfirst = half_mse(X, y, w, b)",
         "return w, b, history": "return w, b, np.append(first, history)"},
        says="Your history also holds the cost at the start; the handout asks for one cost after each epoch.")
mistake("stochastic_gradient_descent", "sgd_last_cost_alone",
        {"return w, b, history": "return w, b, half_mse(X, y, w, b)"},
        says="You return the last cost alone; the history holds the cost after every epoch.")

mistake("stochastic_gradient_descent", "sgd_starts_from_zero",
        {"history = np.empty(epochs)": "history = np.empty(epochs)\nw, b = np.zeros(X.shape[1]), 0.0"},
        says="You start from 0; start from the w and b you are given.")
mistake("stochastic_gradient_descent", "sgd_returns_the_best",
        {"history[epoch] = half_mse(X, y, w, b)":
         "history[epoch] = half_mse(X, y, w, b)\nif history[epoch] == history[:epoch + 1].min():\n"
         "    best = w, b", "history = np.empty(epochs)": "history = np.empty(epochs)\nbest = w, b",
         "return w, b, history": "return *best, history"},
        says="You return the w and b with the lowest cost; the handout asks for the last ones.")
mistake("stochastic_gradient_descent", "sgd_changes_the_start",
        [{"w, b = w - learning_rate * dw, b - learning_rate * db":
          "w -= learning_rate * dw\nb = b - learning_rate * db"},
         {"n = len(y)": "n = len(y)\nw = w if w.dtype == float else w.astype(float)",
          "w, b = w - learning_rate * dw, b - learning_rate * db":
          "w -= learning_rate * dw\nb = b - learning_rate * db"}],
        says="You update w in place (w -= ...), which changes the caller's start; make a new array.")
mistake("stochastic_gradient_descent", "sgd_in_integers",
        {"w - learning_rate * dw": "(w - learning_rate * dw).astype(w.dtype)"},
        says="You keep the type of the start, which cuts off the decimals when it holds integers; make w an "
        "array of floats.")
mistake("stochastic_gradient_descent", "sgd_weights_not_returned", {"return w, b, history": "return history"},
        says="You return only the history; the handout asks for (w, b, history).")
mistake("stochastic_gradient_descent", "sgd_history_not_returned", {"return w, b, history": "return w, b"},
        says="You return only w and b; the handout asks for (w, b, history).")
mistake("stochastic_gradient_descent", "sgd_history_first", {"return w, b, history": "return history, w, b"},
        says="You return the history first; the order is (w, b, history).")
