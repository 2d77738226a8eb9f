"""q4 and q5: descent on the mean squared error, and the lecture's printed run, number for number."""

import numpy as np

import reference.regression as ref
from grader import check_close, check_outputs, check_pure, check_shape, question

NAMES = ("w", "b", "history")

# The points of linear_regression_17.csv and the rows of lecture_trace.csv, so that the test needs no file.
X17 = [
    3.3,
    4.4,
    5.5,
    6.71,
    6.93,
    4.168,
    9.779,
    6.182,
    7.59,
    2.167,
    7.042,
    10.791,
    5.313,
    7.997,
    5.654,
    9.27,
    3.1,
]
Y17 = [
    1.7,
    2.76,
    2.09,
    3.19,
    1.694,
    1.573,
    3.366,
    2.596,
    2.53,
    1.221,
    2.827,
    3.465,
    1.65,
    2.904,
    2.42,
    2.94,
    1.3,
]
PRINTED = [
    (0.195095107, 0.441748, -0.580876),
    (0.181448311, 0.430319, -0.498661),
    (0.169377610, 0.419571, -0.421336),
    (0.158700854, 0.409461, -0.348611),
    (0.149257123, 0.399953, -0.28021),
    (0.140904188, 0.391011, -0.215878),
    (0.133515999, 0.3826, -0.155372),
    (0.126981199, 0.374689, -0.0984639),
    (0.121201262, 0.367249, -0.0449408),
    (0.116088994, 0.360252, 0.00539905),
    (0.111567356, 0.35367, 0.052745),
    (0.107568085, 0.34748, 0.0972751),
    (0.104030922, 0.341659, 0.139157),
    (0.100902475, 0.336183, 0.178547),
    (0.098135538, 0.331033, 0.215595),
    (0.095688373, 0.32619, 0.25044),
    (0.093524046, 0.321634, 0.283212),
    (0.091609895, 0.317349, 0.314035),
    (0.089917004, 0.31332, 0.343025),
    (0.088419855, 0.30953, 0.370291),
]


def agree(function, reference, cases):
    """Compare the three results of every case with the reference, in one round trip."""
    for case, got in zip(cases, function.map(cases), strict=True):
        _, y, w, b, *_ = case
        # The start and the steps add up, and may cancel in the end; so may predictions and targets.
        size = 1 + max(np.abs(w).max(), abs(b))
        scales = (size, size, (size + np.abs(y).max()) ** 2)
        check_close(check_outputs(got, names=NAMES), reference(*case), name=NAMES, scale=scales)


def problem(rng, n, D):
    """Targets away from any line, and a start away from 0."""
    return rng.normal(size=(n, D)), 1 + rng.normal(size=n), rng.normal(size=D), float(rng.normal())


@question("q4", points=1, public=True)
def test_gradient_descent_on_the_handouts_example(student):
    """The points (−1, 0) and (1, 4): three steps of 0.25 towards the line y = 2x + 2."""
    X, y = np.array([[-1.0], [1.0]]), np.array([0.0, 4.0])
    reached = student.gradient_descent(X, y, np.zeros(1), 0.0, 0.25, 3)
    w, b, history = check_outputs(reached, names=("w", "b", "history"))
    check_close(w, np.array([1.75]), name="w")
    check_close(b, 1.75, name="b")
    check_close(history, np.array([2.0, 0.5, 0.125]), name="history")


@question("q4", points=1)
def test_one_step_of_gradient_descent(student, rng):
    """A single step, from starts other than 0."""
    cases = [(*problem(rng, 7, 3), 0.1, 1), (*problem(rng, 3, 5), 0.3, 1), (*problem(rng, 6, 1), 0.05, 1)]
    agree(student.gradient_descent, ref.gradient_descent, cases)


@question("q4", points=1.5)
def test_many_steps_of_gradient_descent(student, rng):
    """Several steps in several shapes, one example among them."""
    cases = [(*problem(rng, 8, 3), 0.1, 7), (*problem(rng, 3, 5), 0.05, 12), (*problem(rng, 1, 2), 0.1, 4)]
    agree(student.gradient_descent, ref.gradient_descent, cases)


@question("q4", points=0.5)
def test_a_rate_so_large_that_the_error_rises(student, rng):
    """Every step is taken and the last w and b are returned, even when the error goes up."""
    agree(student.gradient_descent, ref.gradient_descent, [(*problem(rng, 6, 3), 1.7, 5)])


@question("q4", points=0.5)
def test_gradient_descent_from_whole_numbers(student, rng):
    """Integer data and an integer start; and no steps at all."""
    X, y = rng.integers(-4, 5, size=(6, 2)), rng.integers(-4, 5, size=6)
    cases = [(X, y, np.array([1, -2]), 3, 0.01, 3), (*problem(rng, 5, 2), 0.1, 0)]
    agree(student.gradient_descent, ref.gradient_descent, cases)


@question("q4", points=0.5)
def test_gradient_descent_leaves_its_arguments_alone(student, rng):
    """The data and the start are unchanged afterwards."""
    case = (*problem(rng, 6, 3), 0.1, 3)
    check_pure(student.gradient_descent, *case, others=[(student.mse, *case[:4])])
    agree(student.gradient_descent, ref.gradient_descent, [case])


@question("q5", points=1, public=True)
def test_one_epoch_on_the_handouts_example(student):
    """The points (1, 2) and (2, 0), one epoch with rate 0.5 from w = 0 and b = 0."""
    X, y = np.array([[1.0], [2.0]]), np.array([2.0, 0.0])
    reached = student.stochastic_gradient_descent(X, y, np.zeros(1), 0.0, 0.5, 1)
    w, b, history = check_outputs(reached, names=("w", "b", "history"))
    check_close(w, np.array([-0.25]), name="w")
    check_close(b, 0.125, name="b")
    check_close(history, np.array([1.1640625]), name="history")


@question("q5", points=1.5, public=True)
def test_the_printed_run_is_met_row_by_row(student):
    """From the row of epoch 50, every later row of the lecture's table to within 1e-6."""
    X, y = np.array(X17)[:, None], np.array(Y17)
    w, b = np.array([PRINTED[0][1]]), PRINTED[0][2]
    for cost, printed_w, printed_b in PRINTED[1:]:
        reached = student.stochastic_gradient_descent(X, y, w, b, 0.01, 50)
        w, b, history = check_outputs(reached, names=("w", "b", "history"))
        check_close(w, np.array([printed_w]), name="w", rtol=0, atol=1e-6)
        check_close(b, printed_b, name="b", rtol=0, atol=1e-6)
        costs = check_shape(history, (50,), name="history")
        check_close(costs[-1], cost, name="history[49]", rtol=0, atol=1e-6)


@question("q5", points=1)
def test_one_epoch_for_every_shape(student, rng):
    """A single pass, with several features, in the order of the examples."""
    shapes = [(5, 3), (3, 4), (7, 1), (1, 2), (2, 2)]
    cases = [(*problem(rng, *shape), 0.4, 1) for shape in shapes]
    agree(student.stochastic_gradient_descent, ref.stochastic_gradient_descent, cases)


@question("q5", points=1)
def test_many_epochs_for_every_shape(student, rng):
    """Several passes, and the cost after each."""
    cases = [(*problem(rng, 6, 3), 0.3, 5), (*problem(rng, 4, 5), 0.2, 8), (*problem(rng, 9, 1), 0.5, 4)]
    agree(student.stochastic_gradient_descent, ref.stochastic_gradient_descent, cases)


@question("q5", points=0.5)
def test_stochastic_descent_that_diverges(student, rng):
    """With a rate far too large, every epoch is run and the last w and b are returned."""
    agree(
        student.stochastic_gradient_descent,
        ref.stochastic_gradient_descent,
        [(*problem(rng, 5, 3), 9.0, 4)],
    )


@question("q5", points=0.5)
def test_stochastic_descent_from_whole_numbers(student, rng):
    """Integer data and an integer start; and no epochs at all."""
    X, y = rng.integers(-4, 5, size=(6, 2)), rng.integers(-4, 5, size=6)
    cases = [(X, y, np.array([1, -2]), 3, 0.05, 3), (*problem(rng, 5, 2), 0.1, 0)]
    agree(student.stochastic_gradient_descent, ref.stochastic_gradient_descent, cases)


@question("q5", points=0.5)
def test_stochastic_descent_leaves_its_arguments_alone(student, rng):
    """The data and the start are unchanged afterwards."""
    case = (*problem(rng, 6, 3), 0.3, 3)
    check_pure(student.stochastic_gradient_descent, *case, others=[(student.mse, *case[:4])])
    agree(student.stochastic_gradient_descent, ref.stochastic_gradient_descent, [case])
