"""What can be said of wrong results of problem set 1 that no listed mistake gives."""

import numpy as np

from grader import symptom

BEYOND = 700
"""exp overflows at 709.8, and its reciprocal becomes 0 at −745."""


def _far(z):
    return np.abs(z).max(axis=1) > BEYOND


@symptom(
    "softmax",
    says="Where a row has logits beyond ±700 you return inf or nan, and elsewhere you are right: "
    "exp overflows at 709.8. "
    "Subtract each row's maximum first.",
)
def softmax_fails_far_from_zero(given, got, right):
    (z,) = given
    wrong = ~np.isclose(got, right).all(axis=1)
    return bool(_far(z)[wrong].all()) and not np.isfinite(got[wrong]).all(axis=1).any()


@symptom("softmax", says="Your rows do not sum to 1; divide each row's exponentials by that row's own sum.")
def softmax_rows_do_not_sum_to_one(given, got, right):
    return got.shape == right.shape and bool((np.abs(got.sum(axis=1) - 1) > 1e-6).all())


@symptom(
    "cross_entropy",
    says="You return inf or nan where an example has logits beyond ±700, and are right elsewhere: "
    "exp overflows at 709.8, "
    "and log(0) is −inf. Work with the logarithms, from each row's maximum on.",
)
def cross_entropy_fails_far_from_zero(given, got, right):
    z, _ = given
    return bool(np.ptp(z, axis=1).max() > BEYOND or _far(z).any()) and not np.isfinite(got)


@symptom(
    "cross_entropy_gradient",
    says="Your rows do not sum to 0, as those of p − one-hot do; subtract 1 at each example's own label.",
)
def gradient_rows_do_not_sum_to_zero(given, got, right):
    return got.shape == right.shape and bool((np.abs(got.sum(axis=1)) > 1e-6 * np.abs(right).max()).all())


@symptom(
    "train",
    says="Your history has the same loss after every epoch; compute it with the W and b that the "
    "epoch's steps made.",
)
def history_never_changes(given, got, right):
    history, expected = np.asarray(got[2]), np.asarray(right[2])
    return history.shape == expected.shape and np.ptp(history) == 0 < np.ptp(expected)


@symptom(
    "train",
    says="W and b are still what training starts from; keep what each step makes, and return it.",
)
def parameters_never_change(given, got, right):
    return not np.any(got[0]) and not np.any(got[1]) and bool(np.any(right[0]))
