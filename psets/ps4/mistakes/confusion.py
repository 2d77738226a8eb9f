"""Wrong versions for q1: the confusion matrix."""

import numpy as np

from grader import mistake


@mistake(
    "confusion_matrix",
    says="Your matrix is transposed; rows are the true classes, columns the predicted ones.",
)
def matrix_transposed(y_true, y_pred, classes):
    M = np.zeros((classes, classes), dtype=int)
    for t, p in zip(y_true, y_pred, strict=True):
        M[p, t] += 1
    return M


@mistake(
    "confusion_matrix",
    says="M[y_true, y_pred] += 1 adds 1 to each entry only once, however often it is named; count every "
    "example, for example with np.add.at.",
)
def matrix_by_fancy_indexing(y_true, y_pred, classes):
    M = np.zeros((classes, classes), dtype=int)
    M[y_true, y_pred] += 1
    return M


@mistake(
    "confusion_matrix",
    says="You take the classes from the true labels, so a class that is only predicted, or never seen, has "
    "no row and column; use the argument classes.",
)
def matrix_classes_from_true_labels(y_true, y_pred, classes):
    seen = np.unique(y_true)
    return np.array([[((y_true == t) & (y_pred == p)).sum() for p in seen] for t in seen])


@mistake(
    "confusion_matrix",
    says="You take the classes from all labels, so a class that nobody has and nobody predicts has no row "
    "and column; use the argument classes.",
)
def matrix_classes_from_all_labels(y_true, y_pred, classes):
    seen = np.union1d(y_true, y_pred)
    return np.array([[((y_true == t) & (y_pred == p)).sum() for p in seen] for t in seen])


@mistake(
    "confusion_matrix",
    says="You take one more than the largest label as the number of classes; use the argument classes.",
)
def matrix_classes_from_largest_label(y_true, y_pred, classes):
    classes = max(y_true.max(), y_pred.max()) + 1
    return np.bincount(classes * y_true + y_pred, minlength=classes**2).reshape(classes, classes)


@mistake("confusion_matrix", says="You divide each row by its sum; the matrix holds counts.")
def matrix_normalised_by_rows(y_true, y_pred, classes):
    M = np.bincount(classes * y_true + y_pred, minlength=classes**2).reshape(classes, classes)
    return M / np.maximum(M.sum(axis=1, keepdims=True), 1)


@mistake("confusion_matrix", says="You divide by the number of examples; the matrix holds counts.")
def matrix_as_shares(y_true, y_pred, classes):
    M = np.bincount(classes * y_true + y_pred, minlength=classes**2).reshape(classes, classes)
    return M / max(len(y_true), 1)


@mistake("confusion_matrix", says="You put the last class first; row 0 and column 0 belong to class 0.")
def matrix_last_class_first(y_true, y_pred, classes):
    M = np.bincount(classes * y_true + y_pred, minlength=classes**2).reshape(classes, classes)
    return M[::-1, ::-1]


@mistake(
    "confusion_matrix",
    says="You count only the correct predictions; count the wrong ones too, off the diagonal.",
)
def matrix_of_right_answers(y_true, y_pred, classes):
    M = np.zeros((classes, classes), dtype=int)
    for t, p in zip(y_true, y_pred, strict=True):
        if t == p:
            M[t, p] += 1
    return M


@mistake("confusion_matrix", says="You treat labels as starting at 1; they start at 0.")
def matrix_labels_from_one(y_true, y_pred, classes):
    M = np.zeros((classes, classes), dtype=int)
    for t, p in zip(y_true, y_pred, strict=True):
        M[t - 1, p - 1] += 1
    return M


@mistake("confusion_matrix", says="Your matrix always has two rows and columns; it needs one for each class.")
def matrix_of_two_classes_only(y_true, y_pred, classes):
    return np.array([[((y_true == t) & (y_pred == p)).sum() for p in (0, 1)] for t in (0, 1)])
