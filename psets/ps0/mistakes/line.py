"""Wrong versions for q1 to q3: the linear model, its mean squared error and the gradient."""

from grader import mistake

# predict ----------------------------------------------------------------------------------------------------

mistake("predict", "predict_without_intercept", {"b": "0"},
        says="You never add the intercept: ŷ = Xw + b.")
mistake("predict", "predict_intercept_subtracted", {"b": "-b"},
        says="You subtract the intercept; the handout adds it: ŷ = Xw + b.")
mistake("predict", "predict_intercept_for_every_feature", {"b": "X.shape[1] * b"},
        says="You add the intercept once per feature; add it once per example, after the sum over the "
        "features.")
mistake("predict", "predict_intercept_multiplied", {"X @ w + b": "X @ w * b"},
        says="You multiply by the intercept; add it: ŷ = Xw + b.")
mistake("predict", "predict_intercept_inside", {"X @ w + b": "X @ (w + b)"},
        says="You add the intercept to the weights before you multiply; add it to the product: ŷ = Xw + b.")

mistake("predict", "predict_products_not_summed", {"X @ w": "X * w"},
        says="You multiply features by weights without summing over the features; use X @ w.")
mistake("predict", "predict_mean_of_products", {"X @ w": "(X * w).mean(axis=1)"},
        says="You average over the features; a prediction is the sum of weight times feature.")
mistake("predict", "predict_summed_over_examples", {"X @ w": "(X * w).sum(axis=0)"},
        says="You sum over the examples; sum over the features (axis=1), as X @ w does.")
mistake("predict", "predict_one_number", {"X @ w": "(X * w).sum()"},
        says="You sum over examples and features; sum over the features alone, so that each example has a "
        "prediction.")
mistake("predict", "predict_first_feature_alone", {"X @ w": "X[:, 0] * w[0]"},
        says="You use only the first feature; a prediction sums weight times feature over all of them.")
mistake("predict", "predict_first_example_alone", {"X @ w": "X[0] @ w"},
        says="You return the prediction of the first example alone; return one for every row of X.")

mistake("predict", "predict_as_a_column", {"X @ w": "(X @ w)[:, None]"},
        says="Your predictions are a column of shape (n, 1); the handout asks for (n,).")
mistake("predict", "predict_as_a_row", {"X @ w": "(X @ w)[None, :]"},
        says="Your predictions have the shape (1, n); the handout asks for (n,).")
mistake("predict", "predict_truncated_to_integers", {"X @ w + b": "(X @ w + b).astype(X.dtype)"},
        says="You store the predictions in an array of X's type, which cuts off the decimals when X holds "
        "integers; use an array of floats.")
mistake("predict", "predict_rounded", {"X @ w + b": "np.round(X @ w + b, c)"},
        free={"c": (2, 1, 3, 0, 4)},
        says="You round the predictions; return them as they are.")
mistake("predict", "predict_changes_features", {"return X @ w + b": "y = X @ w + b\nX *= w\nreturn y"},
        says="Your predictions are right, but you write into X to get them; leave the arrays you are given "
        "unchanged.")

# mse --------------------------------------------------------------------------------------------------------

mistake("mse", "mse_summed", {"(error * error).mean()": "(error * error).sum()"},
        says="You add up the squares; the handout asks for their mean.")
mistake("mse", "mse_unbiased", [{"(error * error).mean()": "(error * error).sum() / (len(y) - 1)"},
                                {"(error * error).mean()": "(error * error).sum() / max(len(y) - 1, 1)"}],
        says="You divide by n − 1; a mean divides by n.")
mistake("mse", "mse_divided_by_entries", {"(error * error).mean()": "(error * error).sum() / X.size"},
        says="You divide by the number of entries of X; the mean divides by the number of examples.")
mistake("mse", "mse_divided_by_features", {"(error * error).mean()": "(error * error).sum() / X.shape[1]"},
        says="You divide by the number of features; the mean divides by the number of examples.")
mistake("mse", "mse_divided_twice", {"(error * error).mean()": "(error * error).mean() / len(y)"},
        says="You divide by n twice; once is the mean.")
mistake("mse", "mse_of_a_single_example", [{"(error * error).mean()": "(error * error)[-1]"},
                                           {"(error * error).mean()": "(error * error)[-1] / len(y)"},
                                           {"(error * error).mean()": "(error * error)[0]"},
                                           {"(error * error).mean()": "(error * error)[0] / len(y)"}],
        says="You use the square of a single example; add up the squares of all of them.")
mistake("mse", "mse_one_per_example", {"(error * error).mean()": "error * error"},
        says="You return one squared error per example; the answer is their mean, a single number.")
mistake("mse", "mse_square_of_the_mean", {"(error * error).mean()": "error.mean() ** 2"},
        says="You square the mean error, in which errors of opposite sign cancel; take the mean of the "
        "squares.")
mistake("mse", "mse_variance", {"(error * error).mean()": "np.var(error)"},
        says="You return the variance of the errors, which leaves out their mean; take the mean of the "
        "squares.")

mistake("mse", "mse_halved", {"return (error * error).mean()": "return (error * error).mean() / 2"},
        says="You halve the error; that is question 5's cost. Here it is the plain mean of the squares.")
mistake("mse", "mse_root", {"return (error * error).mean()": "return np.sqrt((error * error).mean())"},
        says="You return the root of the mean squared error; leave the root out.")
mistake("mse", "mse_negative", {"return (error * error).mean()": "return -(error * error).mean()"},
        says="Your error is negative; a mean of squares never is. Drop the minus sign.")
mistake("mse", "mse_rounded",
        {"return (error * error).mean()": "return np.round((error * error).mean(), c)"},
        free={"c": (2, 1, 3, 0, 4)}, says="You round the error; return it as it is.")

mistake("mse", "mse_absolute", {"error * error": "np.abs(error)"},
        says="You average absolute errors; the handout asks for the mean of the squared errors.")
mistake("mse", "mse_not_squared", {"error * error": "error"},
        says="You average the errors themselves, which cancel; square each first.")
mistake("mse", "mse_only_targets_squared", {"error * error": "predict(X, w, b) - y**2"},
        says="You square only y, since ** comes before −; put the difference in parentheses and square that.")
mistake("mse", "mse_difference_of_squares", {"error * error": "predict(X, w, b) ** 2 - y**2"},
        says="You subtract squares; subtract first, and square the difference.")

mistake("mse", "mse_without_intercept", {"predict(X, w, b)": "X @ w"},
        says="You leave the intercept out of the predictions; add b to each.")
mistake("mse", "mse_intercept_twice", {"predict(X, w, b)": "(predict(X, w, b) + b)"},
        says="You add the intercept to what predict returns, which contains it already; add it once.")
mistake("mse", "mse_every_pair", {"predict(X, w, b)": "predict(X, w, b)[:, None]"},
        says="Your predictions are a column while y is a row, so numpy forms all n² differences; give both "
        "the shape (n,).")
mistake("mse", "mse_changes_targets",
        {"error = predict(X, w, b) - y": "y -= predict(X, w, b).astype(y.dtype)\nerror = y"},
        says="Your error is right, but you subtract in place (y -= ...), which changes the caller's targets; "
        "work on a new array.")

# mse_gradient -----------------------------------------------------------------------------------------------

mistake("mse_gradient", "gradient_without_two", {"2 * (X.T @ error)": "X.T @ error",
                                                 "2 * error.mean()": "error.mean()"},
        says="Your gradients lack the factor 2, which comes from the derivative of the square.")
mistake("mse_gradient", "gradient_weights_without_two", {"2 * (X.T @ error)": "X.T @ error"},
        says="Your db is right, but dw lacks the factor 2.")
mistake("mse_gradient", "gradient_intercept_without_two", {"2 * error.mean()": "error.mean()"},
        says="Your dw is right, but db lacks the factor 2.")
mistake("mse_gradient", "gradient_summed", {"len(y)": "1", "error.mean()": "error.sum()"},
        says="Your gradients are those of the sum; the mean has the factor 1/n.")
mistake("mse_gradient", "gradient_weights_summed", {"len(y)": "1"},
        says="Your db is right, but dw is a sum over the examples where it should be the mean.")
mistake("mse_gradient", "gradient_intercept_summed", {"error.mean()": "error.sum()"},
        says="Your dw is right, but db is a sum over the examples where it should be the mean.")
mistake("mse_gradient", "gradient_divided_by_features", {"len(y)": "X.shape[1]",
                                                         "error.mean()": "error.sum() / X.shape[1]"},
        says="You divide by the number of features; the mean divides by the number of examples.")
mistake("mse_gradient", "gradient_divided_twice", {"len(y)": "len(y) ** 2",
                                                   "error.mean()": "error.mean() / len(y)"},
        says="You divide by n twice; once gives the mean.")
mistake("mse_gradient", "gradient_of_a_single_example",
        [{"X.T @ error": "X[-1] * error[-1]", "error.mean()": "error[-1] / len(y)"},
         {"X.T @ error": "X[-1] * error[-1]", "len(y)": "1", "error.mean()": "error[-1]"},
         {"X.T @ error": "X[0] * error[0]", "error.mean()": "error[0] / len(y)"},
         {"X.T @ error": "X[0] * error[0]", "len(y)": "1", "error.mean()": "error[0]"}],
        says="You use the gradient of a single example; add up those of all of them.")

mistake("mse_gradient", "gradient_errors_not_weighted", {"X.T @ error": "error.sum() * np.ones(len(w))"},
        says="Your dw leaves out the features; multiply each error by its x, as in X.T @ error.")
mistake("mse_gradient", "gradient_mean_error_times_mean_x", {"X.T @ error": "error.sum() * X.mean(axis=0)"},
        says="You multiply the mean error by the mean features; average the products error · x.")
mistake("mse_gradient", "gradient_weights_in_one_number", [{"X.T @ error": "(X.T @ error).mean()"},
                                                           {"X.T @ error": "(X.T @ error).sum()"}],
        says="Your dw is one number, taken over the features too; it has an entry for each feature.")
mistake("mse_gradient", "gradient_weights_for_intercept",
        [{"2 * error.mean()": "2 * (X.T @ error) / len(y)"},
         {"2 * error.mean()": "2 * (X.T @ error).mean() / len(y)"},
         {"2 * error.mean()": "2 * (X.T @ error).sum() / len(y)"}],
        says="You multiply the errors by the features for db too; ŷ changes by 1 for each 1 of b, so db is 2 "
        "times the mean error.")
mistake("mse_gradient", "gradient_by_one_sided_differences",
        {"2 * (X.T @ error) / len(y)":
         "np.array([(mse(X, y, w + c * d, b) - mse(X, y, w, b)) / c for d in np.eye(len(w))])",
         "2 * error.mean()": "(mse(X, y, w, b + c) - mse(X, y, w, b)) / c"},
        free={"c": (1e-5, 1e-4, 1e-3, 0.01, 1e-6)},
        says="You measure the slope with a step to one side, which is only near the gradient; use its "
        "formula.")

mistake("mse_gradient", "gradient_sign", {"predict(X, w, b) - y": "y - predict(X, w, b)"},
        says="Your gradients point downhill; the error is prediction minus target, not target minus "
        "prediction.")
mistake("mse_gradient", "gradient_weights_negated", {"2 * (X.T @ error)": "-2 * (X.T @ error)"},
        says="Your db is right, but dw has the wrong sign.")
mistake("mse_gradient", "gradient_intercept_negated", {"2 * error.mean()": "-2 * error.mean()"},
        says="Your dw is right, but db has the wrong sign.")
mistake("mse_gradient", "gradient_of_squares", {"predict(X, w, b) - y": "(predict(X, w, b) - y) ** 2"},
        says="You use the squared errors; the derivative of e² is 2e.")
mistake("mse_gradient", "gradient_of_absolute_error",
        {"predict(X, w, b) - y": "np.sign(predict(X, w, b) - y)"},
        says="You use only the signs of the errors, as for the absolute error; the derivative of e² is 2e.")
mistake("mse_gradient", "gradient_without_intercept", {"predict(X, w, b)": "X @ w"},
        says="You leave the intercept out of the predictions; add b to each.")
mistake("mse_gradient", "gradient_intercept_twice", {"predict(X, w, b)": "(predict(X, w, b) + b)"},
        says="You add the intercept to what predict returns, which contains it already; add it once.")
mistake("mse_gradient", "gradient_every_pair", {"predict(X, w, b)": "predict(X, w, b)[:, None]"},
        says="Your predictions are a column while y is a row, so numpy forms all n² differences; give both "
        "the shape (n,).")

mistake("mse_gradient", "gradient_as_a_column", {"X.T @ error": "(X.T @ error)[:, None]"},
        says="Your dw is a column of shape (D, 1); the handout asks for (D,), the shape of w.")
mistake("mse_gradient", "gradient_intercept_as_array", {"2 * error.mean()": "np.array([2 * error.mean()])"},
        says="Your db is an array of shape (1,); the handout asks for a single number.")
mistake("mse_gradient", "gradient_order_swapped",
        {"2 * (X.T @ error) / len(y), 2 * error.mean()": "2 * error.mean(), 2 * (X.T @ error) / len(y)"},
        says="You return (db, dw); the handout asks for (dw, db).")
mistake("mse_gradient", "gradient_in_one_array", {
                                                  "2 * (X.T @ error) / len(y), 2 * error.mean()":
                                                  "np.append(2 * (X.T @ error) / len(y), 2 * error.mean())"},
        says="You return one array of D + 1 numbers; the handout asks for a pair, dw and db.")
mistake("mse_gradient", "gradient_intercept_not_returned",
        {"2 * (X.T @ error) / len(y), 2 * error.mean()": "2 * (X.T @ error) / len(y)"},
        says="You return dw alone; the handout asks for the pair (dw, db).")
mistake("mse_gradient", "gradient_changes_targets",
        {"error = predict(X, w, b) - y": "error = predict(X, w, b) - y\ny[:] = 0"},
        says="Your gradients are right, but you write into y to get them; leave the arrays you are given "
        "unchanged.")
