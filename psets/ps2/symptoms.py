"""What can be said of wrong results of problem set 2 that no listed mistake gives."""

import numpy as np

from grader import symptom

BEYOND = 700
"""exp overflows at 709.8."""


@symptom(
    "sigmoid",
    says="Where |x| is beyond 700 you return inf or nan, and elsewhere you are right: exp overflows "
    "at 709.8. Exponentiate "
    "−|x|, which is never positive.",
)
def sigmoid_fails_far_from_zero(given, got, right):
    wrong = ~np.isclose(got, right)
    return bool((np.abs(given[0])[wrong] > BEYOND).all()) and not np.isfinite(got[wrong]).any()


@symptom(
    "mlp_loss",
    says="Your loss is inf or nan, and your gradients are right: log(0) is −inf. Compute log p from "
    "the logits, from each "
    "row's maximum on.",
)
def loss_alone_is_not_finite(given, got, right):
    loss, gradients = got
    same = all(np.allclose(gradients[name], right[1][name]) for name in right[1])
    return not np.isfinite(loss) and np.isfinite(right[0]) and same


@symptom(
    "mlp_loss",
    says="Your loss is right and all gradients are wrong; begin with dZ2, which all of them need.",
)
def all_gradients_are_wrong(given, got, right):
    loss, gradients = got
    wrong = [not np.allclose(gradients[name], right[1][name]) for name in right[1]]
    return bool(np.isclose(loss, right[0])) and all(wrong)


@symptom(
    "mlp_loss",
    says="The gradients of W2 and b2 are right, those of W1 and b1 are not; look at how dZ2 gets "
    "back through W2 and ReLU.",
)
def first_layer_alone_is_wrong(given, got, right):
    gradients, expected = got[1], right[1]
    second = all(np.allclose(gradients[name], expected[name]) for name in ("W2", "b2"))
    return second and not any(np.allclose(gradients[name], expected[name]) for name in ("W1", "b1"))
