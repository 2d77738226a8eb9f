"""q1 and q2: plain descent, and the minibatches whose gradients it may follow."""

import numpy as np

import reference.minibatch
import reference.optimizers as ref
from grader import check_close, check_outputs, check_pure, question

SGD = "sgd(w, dw, state)"
MINIBATCHES = "minibatches(X, y, batch_size, rng)"
NAMES = ("w", "state")


def follow(function, w, gradients, settings):
    """One step for each gradient, with the student's own state; every w is compared with the reference."""
    expected, state, memory = w, {}, {}
    for number, (dw, given) in enumerate(zip(gradients, settings, strict=True), start=1):
        expected, memory = ref.sgd(expected, dw, memory, **given)
        w, state = check_outputs(function(w, dw, state, **given), names=NAMES, name=SGD)
        name = f"w after {number} step{'s' * (number > 1)} of sgd"
        check_close(w, expected, name=name, scale=np.abs(dw).max())  # a step may bring w close to 0


def problem(rng, *shape, steps=4):
    return rng.normal(size=shape), rng.normal(size=(steps, *shape))


@question("q1", points=0.5, public=True)
def test_sgd_of_the_handouts_example(student):
    """Three steps from (1, −2) at the rate 0.1, as in the handout."""
    w, state = np.array([1.0, -2.0]), {}
    for dw in np.array([[0.5, -1.0], [0.5, 1.0], [0.5, -1.0]]):
        w, state = check_outputs(
            student.sgd(w, dw, state, learning_rate=0.1), names=("w", "state"), name="sgd(w, dw, state)"
        )
    check_close(w, np.array([0.85, -1.9]), name="w after 3 steps of sgd")


@question("q1", points=0.5)
def test_sgd_by_its_defaults(student, rng):
    """The default settings, in several shapes."""
    for shape in [(3,), (2, 4), (1,), (2, 1, 3)]:
        follow(student.sgd, *problem(rng, *shape), [{}] * 4)


@question("q1", points=0.5)
def test_sgd_at_other_rates(student, rng):
    """A rate near 1, a rate above it, and one that changes from step to step."""
    for rates in ([0.7] * 4, [3.0] * 4, [0.5, 0.02, 0.3, 0.1]):
        follow(student.sgd, *problem(rng, 2, 3), [{"learning_rate": rate} for rate in rates])


@question("q1", points=0.25)
def test_sgd_of_integers(student):
    """Integer parameters and gradients still give real results."""
    follow(student.sgd, np.array([3, -4]), np.array([[2, -1], [0, 3]]), [{"learning_rate": 0.3}] * 2)


@question("q1", points=0.25)
def test_sgd_leaves_its_arguments_alone(student, rng):
    """w and dw are unchanged afterwards."""
    w, gradients = problem(rng, 4)
    dw = gradients[0]
    check_pure(student.sgd, w, dw, {}, learning_rate=0.2, others=[(student.momentum, w, dw, {})])
    follow(student.sgd, w, gradients, [{"learning_rate": 0.2}] * 4)


# Minibatches -------------------------------------------------------------------------------------------------


def agree(student, cases):
    """Each case is the arguments of minibatches, with a seed instead of the generator."""

    def with_generators():
        return [(*case[:-1], np.random.default_rng(case[-1])) for case in cases]

    for got, case in zip(student.minibatches.map(with_generators()), with_generators(), strict=True):
        check_close(got, tuple(reference.minibatch.minibatches(*case)), name=MINIBATCHES)


def data(rng, N, D):
    return rng.normal(size=(N, D)), rng.integers(4, size=N)


@question("q2", points=1, public=True)
def test_minibatches_of_the_handouts_example(student):
    """Seven examples in minibatches of three, three and one."""
    X, y = 10.0 * np.arange(7).reshape(7, 1), np.arange(7)
    batches = student.minibatches(X, y, 3, np.random.default_rng(0))
    first, second, third = np.array([2, 4, 3]), np.array([6, 5, 0]), np.array([1])
    expected = tuple((10.0 * batch.reshape(-1, 1), batch) for batch in (first, second, third))
    check_close(batches, expected, name="minibatches(X, y, batch_size, rng)")


@question("q2", points=0.75)
def test_minibatches_that_divide_the_examples(student, rng):
    """All minibatches equal, and none empty."""
    agree(student, [(*data(rng, 12, 3), 4, 1), (*data(rng, 10, 2), 5, 2), (*data(rng, 6, 6), 2, 3)])


@question("q2", points=1)
def test_minibatches_that_do_not_divide_the_examples(student, rng):
    """The last minibatch is smaller, and it is kept."""
    agree(student, [(*data(rng, 11, 3), 4, 4), (*data(rng, 7, 2), 5, 5), (*data(rng, 10, 4), 3, 6)])


@question("q2", points=0.5)
def test_minibatches_of_one_and_of_all(student, rng):
    """One example at a time; all at once; more asked for than there are; a single example."""
    cases = [
        (*data(rng, 5, 2), 1, 7),
        (*data(rng, 6, 3), 6, 8),
        (*data(rng, 6, 3), 50, 9),
        (*data(rng, 1, 3), 4, 10),
    ]
    agree(student, cases)


@question("q2", points=0.25)
def test_minibatches_of_integers_and_of_real_labels(student, rng):
    """Integer pixels with real targets, as for a regression."""
    agree(student, [(rng.integers(17, size=(8, 3)), rng.normal(size=8), 3, 11)])


@question("q2", points=0.5)
def test_minibatches_leave_their_arguments_alone(student, rng):
    """X and y are unchanged afterwards."""
    X, y = data(rng, 9, 3)
    others = [(student.sgd, array, np.ones_like(array), {}) for array in (X, y)]
    check_pure(student.minibatches, X, y, 4, np.random.default_rng(12), others=others)
    agree(student, [(X, y, 4, 12)])
