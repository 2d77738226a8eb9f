"""Wrong versions for q7: prediction and accuracy."""

from grader import mistake

# predict ----------------------------------------------------------------------------------------------------

mistake("predict", "predict_over_examples",
        {"logits(X, W, b).argmax(axis=1)": "logits(X, W, b).argmax(axis=0)"},
        says="You take the largest example of each class (axis 0); take each row's largest class.")
mistake("predict", "predict_over_everything", {"logits(X, W, b).argmax(axis=1)": "logits(X, W, b).argmax()"},
        says="You take the largest entry of the whole batch; every example needs its own class.")
mistake("predict", "predict_least_probable",
        {"logits(X, W, b).argmax(axis=1)": "logits(X, W, b).argmin(axis=1)"},
        says="You take the least probable class; use argmax.")
mistake("predict", "predict_largest_logit", {"logits(X, W, b).argmax(axis=1)": "logits(X, W, b).max(axis=1)"},
        says="You return the largest logit; the question asks for its class, the index.")
mistake("predict", "predict_largest_probability",
        {"logits(X, W, b).argmax(axis=1)": "softmax(logits(X, W, b)).max(axis=1)"},
        says="You return the largest probability; the question asks for its class, the index.")
mistake("predict", "predict_probabilities", {"logits(X, W, b).argmax(axis=1)": "softmax(logits(X, W, b))"},
        says="You return all the probabilities; the question asks for one class per example.")
mistake("predict", "predict_logits", {"logits(X, W, b).argmax(axis=1)": "logits(X, W, b)"},
        says="You return all the logits; the question asks for one class per example, the largest one's index.")
mistake("predict", "predict_one_hot",
        {"logits(X, W, b).argmax(axis=1)": "np.eye(len(b))[logits(X, W, b).argmax(axis=1)]"},
        says="You return one-hot rows; the question asks for one integer per example.")
mistake("predict", "predict_as_a_column",
        {"logits(X, W, b).argmax(axis=1)": "logits(X, W, b).argmax(axis=1)[:, None]"},
        says="Your predictions have shape (N, 1); they should have shape (N,).")
mistake("predict", "predict_classes_from_one",
        {"logits(X, W, b).argmax(axis=1)": "logits(X, W, b).argmax(axis=1) + 1"},
        says="You number the classes from 1; they start at 0.")
mistake("predict", "predict_first_example",
        {"logits(X, W, b).argmax(axis=1)": "logits(X, W, b).argmax(axis=1)[0]"},
        says="You return the first example's class only; return one for every example.")
mistake("predict", "predict_by_threshold",
        {"logits(X, W, b).argmax(axis=1)": "(softmax(logits(X, W, b))[:, -1] > 0.5).astype(int)"},
        says="You only check whether the last class has more than half of the probability; compare all classes.")

mistake("predict", "predict_without_bias", {"logits(X, W, b)": "X @ W"},
        says="Your predictions ignore the biases; z = XW + b.")
mistake("predict", "predict_by_size", {"logits(X, W, b)": "np.abs(logits(X, W, b))"},
        says="You compare the absolute values of the logits; a logit of −5 is a low score.")
mistake("predict", "predict_through_relu", {"logits(X, W, b)": "np.maximum(0, logits(X, W, b))"},
        says="You clip negative logits to 0, so classes tie where all are negative; compare the logits as they are.")
mistake("predict", "predict_normalised_over_examples", {"logits(X, W, b)": "softmax(logits(X, W, b).T).T"},
        says="You normalise down the columns before choosing; compare the classes within each example.")
mistake("predict", "predict_from_rounded", {"logits(X, W, b)": "softmax(logits(X, W, b)).round(c)"},
        free={"c": (0, 1)},
        says="You round the probabilities before choosing, which creates ties; compare them unrounded.")
mistake("predict", "predict_by_overflow",
        [{"logits(X, W, b)":
          "(np.exp(logits(X, W, b)) / np.exp(logits(X, W, b)).sum(axis=1, keepdims=True))"},
         {"logits(X, W, b)": "np.exp(logits(X, W, b))"}],
        says="You exponentiate without a shift, and where exp overflows, argmax picks a nan or the first "
             "inf; compare the logits themselves.")

# accuracy ---------------------------------------------------------------------------------------------------

mistake("accuracy", "accuracy_as_a_count", {"(y_true == y_pred).mean()": "(y_true == y_pred).sum()"},
        says="You return how many are right; the question asks for their share, between 0 and 1.")
mistake("accuracy", "accuracy_in_percent", {"(y_true == y_pred).mean()": "100 * (y_true == y_pred).mean()"},
        says="You return a percentage; the question asks for a share between 0 and 1.")
mistake("accuracy", "accuracy_as_error", {"y_true == y_pred": "y_true != y_pred"},
        says="You return the share that is wrong; accuracy is the share that is right.")
mistake("accuracy", "accuracy_whole_division",
        {"(y_true == y_pred).mean()": "(y_true == y_pred).sum() // len(y_true)"},
        says="Your accuracy is 1 when all are right and 0 otherwise (as // or np.array_equal makes it); "
             "return the share that is right.")
mistake("accuracy", "accuracy_rounded",
        {"(y_true == y_pred).mean()": "np.round((y_true == y_pred).mean(), c)"},
        free={"c": (2, 3, 1, 4, 0)},
        says="You round the accuracy; return it as it is.")
mistake("accuracy", "accuracy_divided_by_one_less",
        {"(y_true == y_pred).mean()": "(y_true == y_pred).sum() / max(len(y_true) - 1, 1)"},
        says="You divide by N − 1; a share divides by all N predictions.")
mistake("accuracy", "accuracy_divided_by_classes",
        [{"(y_true == y_pred).mean()": "(y_true == y_pred).sum() / len(np.unique(y_true))"},
         {"(y_true == y_pred).mean()": "(y_true == y_pred).sum() / (y_true.max() + 1)"}],
        says="You divide by the number of classes; a share divides by all N predictions.")
mistake("accuracy", "accuracy_per_example", {"(y_true == y_pred).mean()": "y_true == y_pred"},
        says="You return which predictions are right; the question asks for one number, their share.")
mistake("accuracy", "accuracy_by_distance",
        {"(y_true == y_pred).mean()": "1 - np.abs(y_true - y_pred).mean()"},
        says="You measure how far apart the label numbers are; classes are either equal or not.")
mistake("accuracy", "accuracy_balanced",
        {"(y_true == y_pred).mean()":
         "np.mean([(y_pred[y_true == k] == k).mean() for k in np.unique(y_true)])"},
        says="You average the accuracies of the classes; accuracy weighs every example equally.")
mistake("accuracy", "accuracy_of_sorted_labels", {"y_true == y_pred": "np.sort(y_true) == np.sort(y_pred)"},
        says="You sort the labels before comparing, which loses track of which prediction belongs to which example.")
mistake("accuracy", "accuracy_by_membership", {"y_true == y_pred": "np.isin(y_pred, y_true)"},
        says="np.isin checks whether a class occurs anywhere; compare example by example with ==.")
mistake("accuracy", "accuracy_without_class_zero", {"y_true == y_pred": "(y_true == y_pred) & (y_true > 0)"},
        says="You leave out the examples of class 0; it is a class like the others.")
mistake("accuracy", "accuracy_of_truth_values",
        {"y_true == y_pred": "y_true.astype(bool) == y_pred.astype(bool)"},
        says="You treat the labels as true or false, so all classes above 0 look the same; compare them with ==.")
