"""q3 and q4: the cross-entropy of logits and labels, and its gradient."""

import numpy as np

import reference.softmax as ref
from grader import check_close, check_gradient, check_pure, check_shape, question

LOSS = "cross_entropy(z, y)"
GRADIENT = "cross_entropy_gradient(z, y)"


def agree(function, reference, cases, name):
    """Compare every case with the reference, in one round trip.

    Logits are added and subtracted, so a loss or a gradient of 0 has their rounding.
    """
    for case, got in zip(cases, function.map(cases), strict=True):
        check_close(got, reference(*case), name=name, scale=1 + np.abs(case[0]).max())


def ordinary(rng):
    """Several shapes: more examples than classes, fewer, as many."""
    shapes = [(7, 4), (3, 8), (5, 5), (12, 2)]
    return [(2 * rng.normal(size=(N, C)), rng.integers(C, size=N)) for N, C in shapes]


def seen_elsewhere(student, z, y):
    """Calls of other functions in which any change of the logits, or of the labels, would show."""
    W = np.array([[1.0, 2], [3, -1], [-2, 4]])
    return [(student.logits, z, W, np.ones(2)), (student.accuracy, y, y.copy())]


def extremes(rng):
    """All labels the first class, all the last, and some classes never seen."""
    z = rng.normal(size=(6, 5))
    return [(z, np.zeros(6, int)), (z, np.full(6, 4)), (z, np.array([1, 1, 3, 3, 4, 1]))]


def single(rng):
    """One example; one class; both."""
    return [
        (rng.normal(size=(1, 4)), np.array([2])),
        (rng.normal(size=(3, 1)), np.zeros(3, int)),
        (rng.normal(size=(1, 1)), np.array([0])),
    ]


def far_apart(rng):
    """Logits of ±10,000, right and wrong by that much, in rows far from one another; and hundreds, up or down."""
    surely = np.array([[1e4, -1e4, 0.0], [-1e4, 1e4, 0.0], [0.0, 1.0, 2.0]])
    rows = rng.normal(size=(4, 3)) + np.array([[1e4], [-1e4], [0.0], [-800.0]])
    columns = rng.normal(size=(4, 3)) + np.array([[0.0, -900.0, 900.0]])
    # Each of these is beyond some shifts, such as none, the mean or another row's, and not beyond others.
    near, y = rng.normal(size=(4, 3)), np.array([0, 1, 2, 2])
    hundreds = [
        1000.0,
        -1000.0,
        400.0,
        np.array([[600.0], [-600.0], [0.0], [300.0]]),
        np.array([[-900.0, 0.0, 0.0]]),
    ]
    return [
        (surely, np.array([0, 1, 2])),
        (surely, np.array([1, 2, 0])),
        (rows, np.array([0, 1, 2, 2])),
        (columns, np.array([0, 1, 2, 1])),
        *((near + shift, y) for shift in hundreds),
    ]


@question("q3", points=1, public=True)
def test_cross_entropy_of_the_handouts_example(student):
    """Probabilities 0.6, 0.3 and 0.1: −log 0.3 if the second class is right, and the mean over two examples."""
    row = [np.log(6.0), np.log(3.0), np.log(1.0)]
    check_close(
        student.cross_entropy(np.array([row]), np.array([1])), -np.log(0.3), name="cross_entropy(z, y)"
    )
    two = student.cross_entropy(np.array([row, row]), np.array([0, 2]))
    check_close(two, -(np.log(0.6) + np.log(0.1)) / 2, name="cross_entropy(z, y)")


@question("q3", points=1)
def test_cross_entropy_for_every_shape(student, rng):
    """The mean over any number of examples, for any number of classes."""
    agree(student.cross_entropy, ref.cross_entropy, ordinary(rng), LOSS)


@question("q3", points=1)
def test_cross_entropy_of_improbable_labels(student, rng):
    """Logits of ±10,000: the loss is as large as the logits, never infinite or nan."""
    agree(student.cross_entropy, ref.cross_entropy, far_apart(rng), LOSS)


@question("q3", points=1)
def test_cross_entropy_of_unusual_labels(student, rng):
    """Only the first class, only the last, classes without examples, one example, one class."""
    agree(student.cross_entropy, ref.cross_entropy, extremes(rng) + single(rng), LOSS)


@question("q3", points=0.5)
def test_cross_entropy_of_integer_logits(student):
    """Integer logits still give a real loss, and so do eighths."""
    z, y = np.array([[2, 0, -1], [1, 1, 3]]), np.array([1, 0])
    agree(student.cross_entropy, ref.cross_entropy, [(z, y), (z / 8, y)], LOSS)


@question("q3", points=0.5)
def test_cross_entropy_leaves_its_arguments_alone(student, rng):
    """Logits and labels are unchanged afterwards."""
    z, y = rng.normal(size=(4, 3)), np.array([0, 2, 1, 1])
    check_pure(student.cross_entropy, z, y, others=seen_elsewhere(student, z, y))
    check_close(student.cross_entropy(z, y), ref.cross_entropy(z, y), name=LOSS)


@question("q4", points=1, public=True)
def test_gradient_of_the_handouts_example(student):
    """Probabilities 0.6, 0.3, 0.1: p minus 1 at the label, divided by the number of examples."""
    row = [np.log(6.0), np.log(3.0), np.log(1.0)]
    one = student.cross_entropy_gradient(np.array([row]), np.array([1]))
    check_close(one, np.array([[0.6, -0.7, 0.1]]), name="cross_entropy_gradient(z, y)")
    two = student.cross_entropy_gradient(np.array([row, row]), np.array([0, 2]))
    expected = np.array([[-0.2, 0.15, 0.05], [0.3, 0.15, -0.45]])
    check_close(two, expected, name="cross_entropy_gradient(z, y)")


@question("q4", points=1)
def test_gradient_for_every_shape(student, rng):
    """Any number of examples and classes."""
    agree(student.cross_entropy_gradient, ref.cross_entropy_gradient, ordinary(rng), GRADIENT)


@question("q4", points=0.5)
def test_gradient_for_unusual_labels(student, rng):
    """Only the first class, only the last, classes without examples, one example, one class."""
    cases = extremes(rng) + single(rng)
    agree(student.cross_entropy_gradient, ref.cross_entropy_gradient, cases, GRADIENT)


@question("q4", points=1)
def test_gradient_far_from_zero(student, rng):
    """Logits of ±10,000 and rows far apart: the gradient is finite and correct."""
    agree(student.cross_entropy_gradient, ref.cross_entropy_gradient, far_apart(rng), GRADIENT)


@question("q4", points=0.5)
def test_gradient_is_the_slope_of_the_loss(student, rng):
    """Your gradient agrees with the slope, measured numerically, of the cross-entropy."""
    for N, C in [(4, 3), (3, 6)]:
        z, y = rng.normal(size=(N, C)), rng.integers(C, size=N)
        gradient = student.cross_entropy_gradient(z, y)
        check_shape(gradient, (N, C), name=GRADIENT)
        check_gradient(ref.cross_entropy, (gradient,), (z, y), wrt={GRADIENT: 0}, name=GRADIENT)


@question("q4", points=0.5)
def test_gradient_at_integer_logits(student):
    """Integer logits still give a real gradient, and so do eighths."""
    z, y = np.array([[2, 0, -1], [1, 1, 3]]), np.array([1, 0])
    agree(student.cross_entropy_gradient, ref.cross_entropy_gradient, [(z, y), (z / 8, y)], GRADIENT)


@question("q4", points=0.5)
def test_gradient_leaves_its_arguments_alone(student, rng):
    """Logits and labels are unchanged afterwards."""
    z, y = rng.normal(size=(4, 3)), np.array([0, 2, 1, 1])
    check_pure(student.cross_entropy_gradient, z, y, others=seen_elsewhere(student, z, y))
    check_close(student.cross_entropy_gradient(z, y), ref.cross_entropy_gradient(z, y), name=GRADIENT)
