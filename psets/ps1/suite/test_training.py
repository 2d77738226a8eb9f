"""q8: minibatch SGD by the handout's conventions, number for number."""

import numpy as np

import reference.softmax as ref
from grader import check_close, check_outputs, check_pure, check_shape, question

NAMES = ("W", "b", "history")


def data(rng, N, D, C):
    """Classes that overlap, so that neither the loss nor the gradients die out.

    The first class has more examples than its share; with equal numbers, the first gradient of the biases would be 0.
    """
    y = rng.integers(C, size=N)
    y[: N // C + 1] = 0
    return rng.normal(size=(N, D)) + 0.5 * rng.normal(size=(C, D))[y], y


def agree(student, cases):
    """Each case is the arguments of train, with a seed instead of the generator."""

    def with_generators():
        return [(*case[:-1], np.random.default_rng(case[-1])) for case in cases]

    for got, case in zip(student.train.map(with_generators()), with_generators(), strict=True):
        X, learning_rate = case[0], case[3]
        # Of the largest step; and of a loss of some nats.
        scales = (learning_rate * np.abs(X).max(), learning_rate, 1.0)
        check_close(check_outputs(got, names=NAMES), ref.train(*case), name=NAMES, scale=scales)


@question("q8", points=1, public=True)
def test_training_on_the_handouts_example(student):
    """Four examples on a line, three epochs in minibatches of three and one."""
    X, y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
    trained = student.train(X, y, 2, 0.5, 3, 3, 0.01, np.random.default_rng(0))
    W, b, history = check_outputs(trained, names=("W", "b", "history"))
    check_shape(W, (1, 2), name="W")
    check_shape(b, (2,), name="b")
    check_close(history, np.array([0.191389588, 0.132989629, 0.101586472]), name="history", rtol=1e-7)


@question("q8", points=1)
def test_one_minibatch_an_epoch(student, rng):
    """One and two steps of gradient descent from zero, with all examples in one minibatch."""
    # At zero all logits are equal, and sharing the probability among the largest is the same as softmax.
    second = (*data(rng, 7, 3, 3), 3, 0.4, 2, 7, 0.1, 15)
    cases = [(*data(rng, 6, 3, 4), 4, 0.3, 1, 6, 0.0, 1), (*data(rng, 9, 2, 3), 3, 0.7, 1, 9, 0.5, 2)]
    agree(student, [*cases, second])


@question("q8", points=1.5)
def test_minibatches_that_divide_the_examples(student, rng):
    """Several epochs of equal minibatches, with and without a penalty."""
    agree(
        student, [(*data(rng, 12, 3, 4), 4, 0.3, 4, 3, 0.0, 3), (*data(rng, 10, 2, 3), 3, 0.2, 3, 5, 0.2, 4)]
    )


@question("q8", points=1.5)
def test_minibatches_that_do_not_divide_the_examples(student, rng):
    """The last minibatch of an epoch is smaller; it may be the only one, and each may be a single example."""
    cases = [
        (*data(rng, 11, 3, 4), 4, 0.3, 4, 4, 0.1, 5),
        (*data(rng, 7, 4, 2), 2, 0.2, 3, 50, 0.3, 6),
        (*data(rng, 5, 2, 3), 3, 0.1, 3, 1, 0.05, 7),
    ]
    agree(student, cases)


@question("q8", points=1)
def test_a_rate_so_large_that_the_loss_rises(student, rng):
    """Every epoch is run and the last weights are returned, even when the loss goes up."""
    climbing = (*data(rng, 10, 3, 4), 4, 3.0, 5, 4, 1.0, 14)  # every step doubles the weights
    agree(student, [(*data(rng, 13, 3, 4), 4, 6.0, 7, 4, 0.1, 8), climbing])


@question("q8", points=1)
def test_classes_that_no_example_has(student, rng):
    """More classes than appear in the labels, a single example, and integer pixels."""
    X, _ = data(rng, 8, 3, 2)
    cases = [
        (X, np.array([0, 1, 1, 0, 1, 0, 0, 0]), 4, 0.3, 2, 3, 0.1, 13),
        (X, np.array([1, 3, 3, 1, 1, 3, 1, 1]), 6, 0.3, 3, 3, 0.1, 9),
        (X[:1], np.array([2]), 4, 0.3, 3, 2, 0.1, 10),
        (rng.integers(5, size=(8, 3)), np.arange(8) % 3, 3, 0.05, 3, 3, 0.1, 11),
    ]
    agree(student, cases)


@question("q8", points=1)
def test_training_leaves_its_arguments_alone(student, rng):
    """X and y are unchanged afterwards."""
    X, y = data(rng, 9, 3, 4)
    others = [(student.logits, X, np.eye(3), np.ones(3)), (student.accuracy, y, y.copy())]
    check_pure(student.train, X, y, 4, 0.3, 3, 4, 0.1, np.random.default_rng(12), others=others)
    agree(student, [(X, y, 4, 0.3, 3, 4, 0.1, 12)])
