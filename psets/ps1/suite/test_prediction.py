"""q7: the predicted class, and how often it is right."""

import numpy as np

import reference.softmax as ref
from grader import check_close, check_pure, question

PREDICT = "predict(X, W, b)"
ACCURACY = "accuracy(y_true, y_pred)"


def agree(function, reference, cases, name):
    """Compare every case with the reference, in one round trip."""
    for case, got in zip(cases, function.map(cases), strict=True):
        check_close(got, reference(*case), name=name)


def model(rng, N, D, C, scale=1.0):
    return rng.normal(size=(N, D)), scale * rng.normal(size=(D, C)), rng.normal(size=C)


@question("q7", points=0.25, public=True)
def test_predictions_of_the_handouts_example(student):
    """The class with the largest logit of each example."""
    X, W = np.array([[1.0], [-1.0], [0.25]]), np.array([[-2.0, 2.0, 0.0]])
    got = student.predict(X, W, np.array([0.0, 0.0, 1.0]))
    check_close(got, np.array([1, 0, 2]), name="predict(X, W, b)")


@question("q7", points=0.25, public=True)
def test_accuracy_of_the_handouts_example(student):
    """Three of four are right."""
    got = student.accuracy(np.array([0, 1, 2, 2]), np.array([0, 1, 2, 0]))
    check_close(got, 0.75, name="accuracy(y_true, y_pred)")


@question("q7", points=1)
def test_predictions_for_every_shape(student, rng):
    """Any shape, biases that decide, all logits negative, and logits of thousands."""
    X, W, b = model(rng, 9, 3, 5)
    cases = [
        model(rng, 12, 4, 3),
        model(rng, 4, 3, 9),
        model(rng, 5, 5, 5),
        model(rng, 1, 6, 4),
        model(rng, 5, 3, 1),
        (X, W, 5 * b),
        (X, W, b - 50),
        model(rng, 9, 4, 6, scale=3000.0),
    ]
    agree(student.predict, ref.predict, cases, PREDICT)


@question("q7", points=0.25)
def test_predict_leaves_its_arguments_alone(student, rng):
    """The arrays passed in are unchanged afterwards."""
    case = model(rng, 6, 3, 4)
    check_pure(student.predict, *case, others=[student.logits])
    check_close(student.predict(*case), ref.predict(*case), name=PREDICT)


@question("q7", points=1)
def test_accuracy_of_known_predictions(student, rng):
    """All right, none right, one example, and shares that are not round numbers."""
    y = rng.integers(4, size=23)
    unequal = np.array([0, 0, 0, 0, 0, 0, 1, 2])
    cases = [
        (y, y),
        (y, (y + 1) % 4),
        (np.array([3]), np.array([3])),
        (np.array([3]), np.array([0])),
        (y, rng.integers(4, size=23)),
        (unequal, np.array([0, 0, 0, 0, 0, 1, 2, 2])),
        (np.array([0, 1, 2]), np.array([2, 1, 0])),
        (np.array([0, 0, 5, 9, 9, 9, 9]), np.array([0, 0, 9, 9, 9, 5, 5])),
    ]
    agree(student.accuracy, ref.accuracy, cases, ACCURACY)


@question("q7", points=0.25)
def test_accuracy_leaves_its_arguments_alone(student, rng):
    """The labels passed in are unchanged afterwards."""
    y_true, y_pred = rng.integers(3, size=10), rng.integers(3, size=10)
    z = np.sin(np.arange(30.0)).reshape(10, 3)
    others = [(student.cross_entropy, z, labels) for labels in (y_true, y_pred)]
    check_pure(student.accuracy, y_true, y_pred, others=others)
    agree(student.accuracy, ref.accuracy, [(y_true, y_pred)], ACCURACY)
    # No share of seven is also a share of ten, except none and all.
    agree(student.accuracy, ref.accuracy, [(y_true[:7], y_pred[3:])], ACCURACY)
