"""Wrong versions for q1: the confusion matrix."""

from grader import mistake

# which entry an example counts for
mistake("confusion_matrix", "matrix_transposed", {"(y_true, y_pred)": "(y_pred, y_true)"},
        says="Your matrix is transposed; rows are the true classes, columns the predicted ones.")
mistake("confusion_matrix", "matrix_by_fancy_indexing", {"np.add.at": "np.ndarray.__setitem__"},
        says="M[y_true, y_pred] += 1 adds 1 to each entry only once, however often it is named; count every "
        "example, for example with np.add.at.")
mistake("confusion_matrix", "matrix_of_all_pairs", {"(y_true, y_pred)": "(y_true[:, None], y_pred)"},
        says="You count every true label with every predicted one; count each example once, with its own two "
        "labels.")
mistake("confusion_matrix", "matrix_labels_from_one", {"(y_true, y_pred)": "(y_true - 1, y_pred - 1)"},
        says="You treat labels as starting at 1; they start at 0.")
# how many classes there are
mistake("confusion_matrix", "matrix_classes_from_true_labels",
        [{"return M": "seen = np.unique(y_true)\nreturn M[np.ix_(seen, seen)]"},
         {"return M": "seen = np.unique(y_true)\nreturn np.array([[M[t, p] for p in seen] for t in seen])"}],
        says="You take the classes from the true labels, so a class that is only predicted, or never seen, "
        "has no row and column; use the argument classes.")
mistake("confusion_matrix", "matrix_classes_from_all_labels",
        [{"return M": "seen = np.union1d(y_true, y_pred)\nreturn M[np.ix_(seen, seen)]"},
         {"return M":
          "seen = np.union1d(y_true, y_pred)\nreturn np.array([[M[t, p] for p in seen] for t in seen])"}],
        says="You take the classes from all labels, so a class that nobody has and nobody predicts has no "
        "row and column; use the argument classes.")
mistake("confusion_matrix", "matrix_classes_of_each_list",
        {"return M": "return M[np.ix_(np.unique(y_true), np.unique(y_pred))]"},
        says="You take the rows from the true labels that occur and the columns from the predicted ones; use "
        "the argument classes for both.")
mistake("confusion_matrix", "matrix_as_large_as_classes_seen",
        {"np.zeros((classes, classes), dtype=np.int64)": "np.zeros(2 * (len(np.unique(y_true)),))"},
        says="You make a row for each class that occurs among the true labels, so that other labels do not "
        "fit or have no row; use the argument classes.")
mistake("confusion_matrix", "matrix_classes_from_largest_label",
        {"(classes, classes)": "2 * (max(y_true.max(), y_pred.max()) + 1,)"},
        says="You take one more than the largest label as the number of classes; use the argument classes.")
mistake("confusion_matrix", "matrix_classes_from_largest_true_label",
        {"(classes, classes)": "2 * (y_true.max() + 1,)"}, says="You take one more than the largest true "
        "label as the number of classes; use the argument classes.")
mistake("confusion_matrix", "matrix_one_class_too_many", {"(classes, classes)": "(classes + 1, classes + 1)"},
        says="Your matrix has one row and one column too many; it has one of each for every class.")
mistake("confusion_matrix", "matrix_of_two_classes_only", {"return M": "return np.pad(M, 1)[1:3, 1:3]"},
        says="Your matrix always has two rows and columns; it needs one for each class.")
mistake("confusion_matrix", "matrix_last_class_first", {"return M": "return M[::-1, ::-1]"},
        says="You put the last class first; row 0 and column 0 belong to class 0.")
# what is returned
mistake("confusion_matrix", "matrix_normalised_by_rows",
        [{"return M": "return M / np.maximum(M.sum(axis=1, keepdims=True), 1)"},
         {"return M": "return M / M.sum(axis=1, keepdims=True)"}],
        says="You divide each row by its sum; the matrix holds counts.")
mistake("confusion_matrix", "matrix_normalised_by_columns",
        [{"return M": "return M / np.maximum(M.sum(axis=0), 1)"}, {"return M": "return M / M.sum(axis=0)"}],
        says="You divide each column by its sum; the matrix holds counts.")
mistake("confusion_matrix", "matrix_as_shares", [{"return M": "return M / max(len(y_true), 1)"},
         {"return M": "return M / len(y_true)"}],
        says="You divide by the number of examples; the matrix holds counts.")
mistake("confusion_matrix", "matrix_of_right_answers", {"return M": "return np.diag(np.diag(M))"},
        says="You count only the correct predictions; count the wrong ones too, off the diagonal.")
mistake("confusion_matrix", "matrix_of_wrong_answers", {"return M": "return M - np.diag(np.diag(M))"},
        says="You count only the wrong predictions; count the correct ones too, on the diagonal.")
mistake("confusion_matrix", "matrix_sorts_labels_in_place", {"return M": "y_true.sort()\nreturn M"},
        says="Your matrix is right, but you sort the caller's labels in place; sort a copy.")
