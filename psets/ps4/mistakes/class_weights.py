"""Wrong versions for q7: class weights."""

import numpy as np

from grader import mistake


@mistake("class_weights", says="You leave out the number of classes; w = n/(k·n_c).")
def weights_without_classes(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, len(y) / np.maximum(count, 1))


@mistake(
    "class_weights",
    says="Your weights are 1/n_c; multiply by n and divide by the number of classes.",
)
def weights_inverse_counts(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, 1 / np.maximum(count, 1))


@mistake("class_weights", says="You scale the weights so that they sum to 1; return n/(k·n_c) as it is.")
def weights_sum_to_one(y, classes):
    count = np.bincount(y, minlength=classes)
    w = np.where(count == 0, 0, 1 / np.maximum(count, 1))
    return w / w.sum()


@mistake(
    "class_weights",
    says="You scale the weights so that they sum to the number of classes; return n/(k·n_c) as it is.",
)
def weights_sum_to_classes(y, classes):
    count = np.bincount(y, minlength=classes)
    w = np.where(count == 0, 0, 1 / np.maximum(count, 1))
    return classes * w / w.sum()


@mistake(
    "class_weights",
    says="Your weights are the classes' shares, so the largest class counts most; rare classes need the "
    "larger weights, n/(k·n_c).",
)
def weights_as_frequencies(y, classes):
    count = np.bincount(y, minlength=classes)
    return count / len(y)


@mistake(
    "class_weights",
    says="Your weights are 1 − n_c/n; they are n/(k·n_c).",
)
def weights_one_minus_frequency(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, 1 - count / len(y))


@mistake(
    "class_weights",
    says="You divide the largest count by each; divide n/k by each.",
)
def weights_of_largest(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, count.max() / np.maximum(count, 1))


@mistake(
    "class_weights",
    says="You take the square root of the weights; return them as they are.",
)
def weights_square_root(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, np.sqrt(len(y) / (classes * np.maximum(count, 1))))


@mistake("class_weights", says="You give a class without an example the weight inf; give it 0.")
def weights_infinite(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, np.inf, len(y) / (classes * np.maximum(count, 1)))


@mistake("class_weights", says="You count an absent class as if it had one example; give it the weight 0.")
def weights_of_absent_as_one(y, classes):
    count = np.bincount(y, minlength=classes)
    return len(y) / (classes * np.maximum(count, 1))


@mistake(
    "class_weights",
    says="Your k counts the classes that have examples; it is the argument classes.",
)
def weights_k_of_present_classes(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, len(y) / ((count > 0).sum() * np.maximum(count, 1)))


@mistake(
    "class_weights",
    says="You return no weight for a class without an example; return one for each class, 0 for those.",
)
def weights_of_present_classes_only(y, classes):
    count = np.unique(y, return_counts=True)[1]
    return len(y) / (classes * count)


@mistake("class_weights", says="You return a weight for every example; the question asks for one per class.")
def weights_per_example(y, classes):
    count = np.bincount(y, minlength=classes)
    return (len(y) / (classes * np.maximum(count, 1)))[y]


@mistake(
    "class_weights",
    says="You sort the classes by size; weight number c belongs to class c.",
)
def weights_in_order_of_size(y, classes):
    count = np.sort(np.bincount(y, minlength=classes))[::-1]
    lack = count == 0
    return np.where(lack, 0, len(y) / (classes * np.maximum(count, 1)))


@mistake(
    "class_weights",
    says="You divide with //, which drops the decimals; divide with /.",
)
def weights_rounded_down(y, classes):
    count = np.bincount(y, minlength=classes)
    lack = count == 0
    return np.where(lack, 0, len(y) // (classes * np.maximum(count, 1)))


@mistake("class_weights", says="Your weights are right, but you write into the labels; leave them unchanged.")
def weights_count_changed_labels(y, classes):
    count = np.bincount(y, minlength=classes)
    y.sort()
    return np.where(count == 0, 0, len(y) / (classes * np.maximum(count, 1)))
