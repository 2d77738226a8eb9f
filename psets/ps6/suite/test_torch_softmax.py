"""q5: the softmax classifier in torch. The suite itself needs no torch."""

import numpy as np

import reference.softmax as ref
from grader import as_library, check_close, check_outputs, check_pure, question

PRECISIONS = ("float64", "float32")


def tensor(value, dtype=None):
    return as_library("torch", value, dtype=dtype)


def examples(rng, N, D, C):
    """Features and weights whose numbers float32 holds exactly, and labels."""
    X, W, b = (np.round(rng.normal(size=shape) * 64) / 64 for shape in ((N, D), (D, C), C))
    return X, rng.integers(0, C, size=N), W, b


def logits(rng, N, C, size=2.0):
    return np.round(size * rng.normal(size=(N, C)) * 64) / 64


def apart():
    """Rows whose exponentials overflow or vanish, also in float32."""
    return np.array([[0.0, 20_000.0, -20_000.0], [1_000.0, 1_001.0, 999.0], [-500.0, -500.0, -503.0]])


@question("q5", points=1, public=True)
def test_torch_softmax_of_equal_logits(student):
    """Equal logits have equal probabilities."""
    check_close(student.softmax(tensor(np.zeros((2, 4)))), np.full((2, 4), 1 / 4), name="softmax(z)")


@question("q5", points=1)
def test_torch_softmax_in_both_precisions(student, rng):
    """Probabilities in the precision that is given; z is left alone."""
    for N, C in ((5, 3), (1, 2), (3, 7)):
        z = logits(rng, N, C)
        for dtype in PRECISIONS:
            got = student.softmax(tensor(z, dtype))
            check_close(got, ref.softmax(z), name="softmax(z)", dtype=np.dtype(dtype))
    check_pure(student.softmax, tensor(logits(rng, 4, 3)))


@question("q5", points=1)
def test_torch_softmax_of_logits_far_apart(student):
    """Logits of thousands."""
    for dtype in PRECISIONS:
        got = student.softmax(tensor(apart(), dtype))
        check_close(got, ref.softmax(apart()), name="softmax(z)", dtype=np.dtype(dtype))


@question("q5", points=1)
def test_torch_cross_entropy_in_both_precisions(student, rng):
    """The mean over the examples."""
    for N, C in ((6, 3), (1, 2), (4, 5)):
        z, y = logits(rng, N, C), rng.integers(0, C, size=N)
        for dtype in PRECISIONS:
            got = student.cross_entropy(tensor(z, dtype), tensor(y))
            right, size = ref.cross_entropy(z, y), float(np.abs(z).max())
            check_close(got, right, name="cross_entropy(z, y)", dtype=np.dtype(dtype), scale=size)


@question("q5", points=1)
def test_torch_cross_entropy_of_improbable_labels(student):
    """Labels whose probability is 0 in floating point."""
    for y in ([0, 2, 2], [2, 0, 0]):
        got = student.cross_entropy(tensor(apart()), tensor(np.array(y)))
        check_close(got, ref.cross_entropy(apart(), np.array(y)), name="cross_entropy(z, y)")


@question("q5", points=2)
def test_torch_gradients(student, rng):
    """The loss and both gradients, in both precisions."""
    for N, D, C in ((8, 3, 4), (1, 2, 2), (5, 6, 3)):
        X, y, W, b = examples(rng, N, D, C)
        dW, db = ref.regularized_gradients(X, y, W, b, 0.0)
        right = {"loss": ref.cross_entropy(ref.logits(X, W, b), y), "dW": dW, "db": db}
        for dtype in PRECISIONS:
            got = student.loss_and_gradients(tensor(X, dtype), tensor(y), tensor(W, dtype), tensor(b, dtype))
            found = check_outputs(got, tuple(right))
            for part, (name, value) in zip(found, right.items(), strict=True):
                check_close(part, value, name=name, dtype=np.dtype(dtype), scale=1.0)


@question("q5", points=1)
def test_torch_gradients_leave_the_weights_alone(student, rng):
    """The same result for the same weights again, which are unchanged."""
    X, y, W, b = examples(rng, 5, 3, 4)
    loss, _, _ = check_outputs(
        student.loss_and_gradients(tensor(X), tensor(y), tensor(W), tensor(b)), ("loss", "dW", "db")
    )
    check_close(loss, ref.cross_entropy(ref.logits(X, W, b), y), name="loss")
    check_pure(student.loss_and_gradients, tensor(X), tensor(y), tensor(W), tensor(b))
