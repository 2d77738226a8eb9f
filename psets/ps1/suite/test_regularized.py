"""q5 and q6: the loss with its L2 penalty, and the gradients for weights and biases."""

import numpy as np

import reference.softmax as ref
from grader import check_close, check_gradient, check_outputs, check_pure, question

LOSS = "regularized_loss(X, y, W, b, l2)"
NAMES = ("dW", "db")


def problem(rng, N, D, C, l2):
    return rng.normal(size=(N, D)), rng.integers(C, size=N), rng.normal(size=(D, C)), rng.normal(size=C), l2


def seen_elsewhere(student, X, y, W, b, l2):
    """Calls of other functions in which a change of the arrays would show."""
    return [(student.logits, X, W, b), (student.accuracy, y, y.copy())]


def logits_up_to(X, W, b):
    """How large the sums in the logits are before anything cancels, and 1 for the probabilities."""
    return 1 + ref.logits(np.abs(X), np.abs(W), np.abs(b)).max()


def agree_loss(student, cases):
    for case, got in zip(cases, student.regularized_loss.map(cases), strict=True):
        X, _, W, b, l2 = case
        scale = logits_up_to(X, W, b) + ref.l2_penalty(W, l2)
        check_close(got, ref.regularized_loss(*case), name=LOSS, scale=scale)


def agree_gradients(student, cases):
    for case, got in zip(cases, student.regularized_gradients.map(cases), strict=True):
        X, _, W, b, l2 = case
        size = logits_up_to(X, W, b)
        scales = (np.abs(X).max() * size + l2 * np.abs(W).max(), size)
        outputs = check_outputs(got, names=NAMES)
        check_close(outputs, ref.regularized_gradients(*case), name=NAMES, scale=scales)


def unusual(rng):
    """One example; one feature; classes never seen; every label the last class; integer pixels."""
    X, _, W, b, _ = problem(rng, 6, 3, 5, 0.0)
    return [
        problem(rng, 1, 4, 3, 0.2),
        problem(rng, 6, 1, 3, 0.2),
        (X, np.array([1, 1, 3, 3, 4, 1]), W, b, 0.3),
        (X, np.full(6, 4), W, b, 0.3),
        (rng.integers(17, size=(6, 3)), np.arange(6) % 5, 0.1 * W, b, 0.3),
    ]


@question("q5", points=1, public=True)
def test_regularized_loss_of_the_handouts_example(student):
    """Probabilities 0.6, 0.3, 0.1 with the second class right, twice, plus a penalty of ½ · 0.1 · ΣW²."""
    X, y = np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([1, 1])
    W = np.array([[np.log(6.0), np.log(3.0), 0.0], [3.0, -4.0, 0.0]])
    loss = student.regularized_loss(X, y, W, np.zeros(3), 0.1)
    penalty = 0.05 * (np.log(6.0) ** 2 + np.log(3.0) ** 2 + 25.0)
    check_close(loss, -np.log(0.3) + penalty, name="regularized_loss(X, y, W, b, l2)")


@question("q5", points=0.5)
def test_loss_without_a_penalty(student, rng):
    """λ = 0 leaves the mean cross-entropy."""
    agree_loss(student, [problem(rng, 7, 4, 3, 0.0), problem(rng, 3, 2, 6, 0)])


@question("q5", points=1)
def test_loss_with_a_small_and_a_large_penalty(student, rng):
    """λ from 0.001 to 50, for several numbers of examples, with biases that must stay out of the penalty."""
    X, y, W, b, _ = problem(rng, 6, 3, 4, 0.0)
    cases = [problem(rng, 7, 4, 3, 0.3), problem(rng, 3, 2, 6, 50.0), (X, y, W, 10 * b, 0.001)]
    agree_loss(student, cases + unusual(rng))


@question("q5", points=0.5)
def test_loss_leaves_its_arguments_alone(student, rng):
    """The arrays passed in are unchanged afterwards."""
    case = problem(rng, 5, 3, 4, 0.3)
    check_pure(student.regularized_loss, *case, others=seen_elsewhere(student, *case))
    agree_loss(student, [case])


@question("q6", points=1, public=True)
def test_gradients_of_the_handouts_example(student):
    """Two equal logits, so p = [½, ½]; the first class is right; λ = 0.1 adds 0.1 W and nothing to db."""
    X, y, W = np.array([[1.0, 2.0]]), np.array([0]), np.ones((2, 2))
    dW, db = check_outputs(student.regularized_gradients(X, y, W, np.zeros(2), 0.1), names=("dW", "db"))
    check_close(dW, np.array([[-0.4, 0.6], [-0.9, 1.1]]), name="dW")
    check_close(db, np.array([-0.5, 0.5]), name="db")


@question("q6", points=1)
def test_gradients_without_a_penalty(student, rng):
    """λ = 0, in several shapes."""
    agree_gradients(
        student, [problem(rng, 7, 4, 3, 0.0), problem(rng, 3, 2, 6, 0.0), problem(rng, 5, 5, 5, 0.0)]
    )


@question("q6", points=1)
def test_gradients_with_a_small_and_a_large_penalty(student, rng):
    """λ from 0.001 to 50, for several numbers of examples."""
    X, y, W, b, _ = problem(rng, 6, 3, 4, 0.0)
    cases = [problem(rng, 7, 4, 3, 0.3), problem(rng, 3, 2, 6, 50.0), (X, y, W, 10 * b, 0.001)]
    agree_gradients(student, cases + unusual(rng))


@question("q6", points=0.5)
def test_gradients_far_from_zero(student, rng):
    """Logits in the thousands, so that probabilities are 0 or 1, next to moderate ones, and close together."""
    X, y, W, b, _ = problem(rng, 6, 3, 4, 0.0)
    moderate = np.array([1, 0, 1, 1, 0, 1])[:, None]  # an example of zeros has the biases as its logits
    cases = [(moderate * X, y, 3000 * W, b, 0.01), (3000 * moderate * X, y, W, b, 0.0)]
    agree_gradients(student, [*cases, (X, y, W, b + 3000, 0.01), (X, y, W, b - 3000, 0.0)])


@question("q6", points=1)
def test_gradients_are_the_slopes_of_the_loss(student, rng):
    """Your dW and db agree with the slopes, measured numerically, of the regularized loss."""
    case = problem(rng, 5, 3, 4, 0.4)
    gradients = check_outputs(student.regularized_gradients(*case), names=NAMES)
    check_gradient(ref.regularized_loss, gradients, case, wrt=dict(zip(NAMES, (2, 3), strict=True)))


@question("q6", points=0.5)
def test_gradients_leave_their_arguments_alone(student, rng):
    """The arrays passed in are unchanged afterwards."""
    case = problem(rng, 5, 3, 4, 0.3)
    check_pure(student.regularized_gradients, *case, others=seen_elsewhere(student, *case))
    agree_gradients(student, [case])
