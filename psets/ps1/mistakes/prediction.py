"""Wrong versions for q7: prediction and accuracy."""

import numpy as np

from grader import mistake
from reference.softmax import logits, softmax

# predict ----------------------------------------------------------------------------------------------------


@mistake(
    "predict",
    says="You take the largest example of each class (axis 0); take each row's largest class.",
)
def predict_over_examples(X, W, b):
    return logits(X, W, b).argmax(axis=0)


@mistake("predict", says="You take the largest entry of the whole batch; every example needs its own class.")
def predict_over_everything(X, W, b):
    return logits(X, W, b).argmax()


@mistake("predict", says="You take the least probable class; use argmax.")
def predict_least_probable(X, W, b):
    return logits(X, W, b).argmin(axis=1)


@mistake("predict", says="You return the largest logit; the question asks for its class, the index.")
def predict_largest_logit(X, W, b):
    return logits(X, W, b).max(axis=1)


@mistake("predict", says="You return the largest probability; the question asks for its class, the index.")
def predict_largest_probability(X, W, b):
    return softmax(logits(X, W, b)).max(axis=1)


@mistake("predict", says="You return all the probabilities; the question asks for one class per example.")
def predict_probabilities(X, W, b):
    return softmax(logits(X, W, b))


@mistake("predict", says="You return one-hot rows; the question asks for one integer per example.")
def predict_one_hot(X, W, b):
    return np.eye(len(b))[logits(X, W, b).argmax(axis=1)]


@mistake("predict", says="Your predictions have shape (N, 1); they should have shape (N,).")
def predict_as_a_column(X, W, b):
    return logits(X, W, b).argmax(axis=1)[:, None]


@mistake("predict", says="Your predictions ignore the biases; z = XW + b.")
def predict_without_bias(X, W, b):
    return (X @ W).argmax(axis=1)


@mistake("predict", says="You number the classes from 1; they start at 0.")
def predict_classes_from_one(X, W, b):
    return logits(X, W, b).argmax(axis=1) + 1


@mistake(
    "predict",
    says="You only check whether the last class has more than half of the probability; compare all classes.",
)
def predict_by_threshold(X, W, b):
    return (softmax(logits(X, W, b))[:, -1] > 0.5).astype(int)


@mistake("predict", says="You compare the absolute values of the logits; a logit of −5 is a low score.")
def predict_by_size(X, W, b):
    return np.abs(logits(X, W, b)).argmax(axis=1)


@mistake(
    "predict",
    says="You clip negative logits to 0, so classes tie where all are negative; compare the logits as they "
    "are.",
)
def predict_through_relu(X, W, b):
    return np.maximum(0, logits(X, W, b)).argmax(axis=1)


@mistake(
    "predict",
    says="You normalise down the columns before choosing; compare the classes within each example.",
)
def predict_normalised_over_examples(X, W, b):
    z = logits(X, W, b)
    e = np.exp(z - z.max(axis=0))
    return (e / e.sum(axis=0)).argmax(axis=1)


@mistake(
    "predict",
    says="You round the probabilities before choosing, which creates ties; compare them unrounded.",
)
def predict_from_rounded(X, W, b):
    return softmax(logits(X, W, b)).round().argmax(axis=1)


@mistake(
    "predict",
    says="You exponentiate without a shift, and where exp overflows, argmax picks the nan; compare the "
    "logits themselves.",
)
def predict_by_overflow(X, W, b):
    e = np.exp(logits(X, W, b))
    return (e / e.sum(axis=1, keepdims=True)).argmax(axis=1)


# accuracy ---------------------------------------------------------------------------------------------------


@mistake(
    "accuracy",
    says="You return how many are right; the question asks for their share, between 0 and 1.",
)
def accuracy_as_a_count(y_true, y_pred):
    return (y_true == y_pred).sum()


@mistake("accuracy", says="You return a percentage; the question asks for a share between 0 and 1.")
def accuracy_in_percent(y_true, y_pred):
    return 100 * (y_true == y_pred).mean()


@mistake("accuracy", says="You return the share that is wrong; accuracy is the share that is right.")
def accuracy_as_error(y_true, y_pred):
    return (y_true != y_pred).mean()


@mistake(
    "accuracy",
    says="Your accuracy is 1 when all are right and 0 otherwise (as // or np.array_equal makes it); return "
    "the share that is right.",
)
def accuracy_whole_division(y_true, y_pred):
    return (y_true == y_pred).sum() // len(y_true)


@mistake("accuracy", says="You round the accuracy; return it as it is.")
def accuracy_rounded(y_true, y_pred):
    return np.round((y_true == y_pred).mean(), 2)


@mistake("accuracy", says="You measure how far apart the label numbers are; classes are either equal or not.")
def accuracy_by_distance(y_true, y_pred):
    return 1 - np.abs(y_true - y_pred).mean()


@mistake("accuracy", says="You average the accuracies of the classes; accuracy weighs every example equally.")
def accuracy_balanced(y_true, y_pred):
    return np.mean([(y_pred[y_true == k] == k).mean() for k in np.unique(y_true)])


@mistake(
    "accuracy",
    says="You sort the labels before comparing, which loses track of which prediction belongs to which "
    "example.",
)
def accuracy_of_sorted_labels(y_true, y_pred):
    return (np.sort(y_true) == np.sort(y_pred)).mean()


@mistake(
    "accuracy",
    says="np.isin checks whether a class occurs anywhere; compare example by example with ==.",
)
def accuracy_by_membership(y_true, y_pred):
    return np.isin(y_pred, y_true).mean()


@mistake("accuracy", says="You leave out the examples of class 0; it is a class like the others.")
def accuracy_without_class_zero(y_true, y_pred):
    return ((y_true == y_pred) & (y_true > 0)).mean()


@mistake(
    "accuracy",
    says="You treat the labels as true or false, so all classes above 0 look the same; compare them with ==.",
)
def accuracy_of_truth_values(y_true, y_pred):
    return (y_true.astype(bool) == y_pred.astype(bool)).mean()


@mistake("accuracy", says="You divide by N − 1; a share divides by all N predictions.")
def accuracy_divided_by_one_less(y_true, y_pred):
    return (y_true == y_pred).sum() / max(len(y_true) - 1, 1)


@mistake(
    "accuracy",
    says="You return which predictions are right; the question asks for one number, their share.",
)
def accuracy_per_example(y_true, y_pred):
    return y_true == y_pred
