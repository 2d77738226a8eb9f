"""q1 and q2: logits, and the probabilities made of them."""

import numpy as np

import reference.softmax as ref
from grader import check_close, check_pure, question

LOGITS = "logits(X, W, b)"
SOFTMAX = "softmax(z)"


def agree(function, reference, cases, name):
    """Compare every case with the reference, in one round trip; summands may cancel."""
    for case, got in zip(cases, function.map(cases), strict=True):
        scale = np.abs(case[0]).max() if len(case) == 1 else ref.logits(*map(np.abs, case)).max()
        check_close(got, reference(*case), name=name, scale=scale)


def model(rng, N, D, C):
    return rng.normal(size=(N, D)), rng.normal(size=(D, C)), rng.normal(size=C)


@question("q1", points=0.5, public=True)
def test_logits_of_the_handouts_example(student):
    """Two examples, two features, three classes, as in the handout."""
    X = np.array([[1.0, 2.0], [0.0, -1.0]])
    W = np.array([[1.0, 0.0, -1.0], [0.5, 1.0, 0.0]])
    b = np.array([0.0, 0.0, 3.0])
    check_close(
        student.logits(X, W, b), np.array([[2.0, 2.0, 2.0], [-0.5, -1.0, 3.0]]), name="logits(X, W, b)"
    )


@question("q1", points=0.5)
def test_logits_for_every_shape(student, rng):
    """Any number of examples, features and classes."""
    shapes = [(4, 4, 4), (7, 4, 3), (3, 5, 8), (1, 6, 2), (5, 1, 3), (6, 2, 1)]
    agree(student.logits, ref.logits, [model(rng, *shape) for shape in shapes], LOGITS)


@question("q1", points=0.5)
def test_logits_of_integer_pixels(student, rng):
    """Integer X, as digits are stored, with real weights."""
    _, W, b = model(rng, 5, 4, 3)
    agree(student.logits, ref.logits, [(rng.integers(17, size=(5, 4)), W, b)], LOGITS)


@question("q1", points=0.5)
def test_logits_leaves_its_arguments_alone(student, rng):
    """The arrays passed in are unchanged afterwards."""
    X, W, b = model(rng, 5, 4, 3)
    loss = (student.regularized_loss, X, np.array([0, 2, 1, 1, 0]), W, b, 0.3)
    check_pure(student.logits, X, W, b, others=[loss, student.predict])
    check_close(student.logits(X, W, b), ref.logits(X, W, b), name=LOGITS)


@question("q2", points=1, public=True)
def test_softmax_of_the_handouts_example(student):
    """Logits log 6, log 3, log 1 give the probabilities 0.6, 0.3 and 0.1; three zeros give equal ones."""
    z = np.array([[np.log(6.0), np.log(3.0), np.log(1.0)], [0.0, 0.0, 0.0]])
    check_close(student.softmax(z), np.array([[0.6, 0.3, 0.1], [1 / 3, 1 / 3, 1 / 3]]), name="softmax(z)")


@question("q2", points=1)
def test_softmax_for_every_shape(student, rng):
    """Any number of examples and classes, including one of each."""
    shapes = [(5, 5), (6, 3), (4, 9), (1, 4), (3, 1), (1, 1)]
    agree(student.softmax, ref.softmax, [(2 * rng.normal(size=shape),) for shape in shapes], SOFTMAX)


@question("q2", points=0.5)
def test_softmax_of_logits_too_large_to_exponentiate(student, rng):
    """Logits of ±10,000: neither overflow nor 0/0."""
    sure = np.array([[1e4, -1e4, 0.0]])
    high, low = 1e4 + rng.normal(size=(3, 4)), -1e4 + rng.normal(size=(3, 4))
    agree(student.softmax, ref.softmax, [(sure,), (high,), (low,)], SOFTMAX)


@question("q2", points=0.5)
def test_softmax_of_rows_far_apart(student, rng):
    """A batch in which one row's logits lie far above another's, and one class's far below another's."""
    rows = rng.normal(size=(4, 3)) + np.array([[1e4], [-1e4], [0.0], [-800.0]])
    columns = rng.normal(size=(4, 3)) + np.array([[0.0, -900.0, 900.0]])
    mixed = np.array([[0.0, 2000.0, 1999.0], [1500.0, 0.0, 1.0], [3.0, 2.0, 1600.0]])
    agree(student.softmax, ref.softmax, [(rows,), (columns,), (mixed,)], SOFTMAX)


@question("q2", points=0.5)
def test_softmax_of_integer_logits(student):
    """Integer logits still give real probabilities, and so do eighths."""
    z = np.array([[2, 0, -1], [1, 1, 3]])
    agree(student.softmax, ref.softmax, [(z,), (z / 8,)], SOFTMAX)


@question("q2", points=0.5)
def test_softmax_leaves_its_argument_alone(student, rng):
    """The logits passed in are unchanged afterwards."""
    z = rng.normal(size=(4, 3))
    # Softmax and the loss do not notice a shift of z; logits notice any change.
    check_pure(
        student.softmax, z, others=[(student.logits, z, np.array([[1.0, 2], [3, -1], [-2, 4]]), np.ones(2))]
    )
    check_close(student.softmax(z), ref.softmax(z), name=SOFTMAX)
