"""q1, q2 and q3: the linear model, its mean squared error and the gradient of that."""

import numpy as np

import reference.regression as ref
from grader import check_close, check_gradient, check_outputs, check_pure, question

PREDICT = "predict(X, w, b)"
MSE = "mse(X, y, w, b)"
NAMES = ("dw", "db")


def sums_up_to(X, w, b):
    """How large the sums in a prediction are before anything cancels."""
    return ref.predict(np.abs(X), np.abs(w), abs(b)).max()


def agree_predictions(student, cases):
    """Compare every case with the reference, in one round trip; likewise in the functions below."""
    for case, got in zip(cases, student.predict.map(cases), strict=True):
        check_close(got, ref.predict(*case), name=PREDICT, scale=sums_up_to(*case))


def agree_errors(student, cases):
    for case, got in zip(cases, student.mse.map(cases), strict=True):
        X, y, w, b = case
        scale = (np.abs(y).max() + sums_up_to(X, w, b)) ** 2
        check_close(got, ref.mse(*case), name=MSE, scale=scale)


def agree_gradients(student, cases):
    for case, got in zip(cases, student.mse_gradient.map(cases), strict=True):
        X, y, w, b = case
        error = 2 * (np.abs(y).max() + sums_up_to(X, w, b))
        scales = (np.abs(X).max() * error, error)
        check_close(check_outputs(got, names=NAMES), ref.mse_gradient(*case), name=NAMES, scale=scales)


def model(rng, n, D):
    return rng.normal(size=(n, D)), rng.normal(size=D), float(rng.normal())


def problem(rng, n, D):
    X, w, b = model(rng, n, D)
    return X, rng.normal(size=n), w, b


def ordinary(rng):
    """More examples than features, fewer, as many; one feature; one example; both."""
    return [problem(rng, *shape) for shape in [(7, 3), (3, 6), (4, 4), (9, 1), (1, 5), (1, 1)]]


def seen_in_predictions(student, X, y, w, b):
    """Calls of other functions in which a change of X, y or w would show."""
    return [(student.predict, X, w, b), (student.gaussian_log_likelihood, y, np.arange(len(y)), 1.0)]


def whole_numbers(rng):
    """Integer features, targets, weights and intercept, with a mean that is not an integer."""
    X, y = rng.integers(-5, 6, size=(7, 3)), rng.integers(-5, 6, size=7)
    return [(X, y, np.array([2, -1, 3]), 4), (X, y, np.array([0.5, -0.25, 1.5]), 0.75)]


@question("q1", points=0.5, public=True)
def test_predictions_of_the_handouts_example(student):
    """Two examples of two features, as in the handout."""
    X, w = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([3.0, 0.5])
    check_close(student.predict(X, w, 1.0), np.array([5.0, 0.5]), name="predict(X, w, b)")


@question("q1", points=0.5)
def test_predictions_for_every_shape(student, rng):
    """Any number of examples and features."""
    shapes = [(7, 3), (3, 6), (4, 4), (9, 1), (1, 5), (1, 1)]
    agree_predictions(student, [model(rng, *shape) for shape in shapes])


@question("q1", points=0.5)
def test_predictions_from_integer_features(student, rng):
    """Integer features, with weights and an intercept that are not integers."""
    X = rng.integers(-5, 6, size=(6, 3))
    cases = [(X, np.array([0.5, -0.25, 1.5]), 0.75), (X, np.array([1, 2, -1]), 3)]
    agree_predictions(student, cases)


@question("q1", points=0.5)
def test_predict_leaves_its_arguments_alone(student, rng):
    """The arrays passed in are unchanged afterwards."""
    case = model(rng, 5, 3)
    X, w, b = case
    check_pure(student.predict, X, w, b, others=[(student.mse, X, np.arange(5.0), w, b)])
    agree_predictions(student, [case])


@question("q2", points=1, public=True)
def test_mse_of_the_handouts_example(student):
    """Errors −1, 1 and 1 have the mean square 1; with the intercept 2 they are 1, 3 and 3."""
    X, y, w = np.array([[1.0], [2.0], [4.0]]), np.array([3.0, 3.0, 7.0]), np.array([2.0])
    check_close(student.mse(X, y, w, 0.0), 1.0, name="mse(X, y, w, b)")
    check_close(student.mse(X, y, w, 2.0), 19 / 3, name="mse(X, y, w, b)")


@question("q2", points=1)
def test_mse_for_every_shape(student, rng):
    """The mean over any number of examples, with any number of features."""
    agree_errors(student, ordinary(rng))


@question("q2", points=0.5)
def test_mse_of_a_perfect_and_of_a_far_line(student, rng):
    """No error at all; errors of a million; whole numbers."""
    X, w, b = rng.integers(-5, 6, size=(6, 3)).astype(float), np.array([1.0, 2.0, -1.0]), 3.0
    exact = X @ w + b
    cases = [(X, exact, w, b), (X, exact + 1e6, w, b), (X, exact, 1e6 * w, b), *whole_numbers(rng)]
    agree_errors(student, cases)


@question("q2", points=0.5)
def test_mse_leaves_its_arguments_alone(student, rng):
    """The arrays passed in are unchanged afterwards."""
    case = problem(rng, 6, 3)
    check_pure(student.mse, *case, others=seen_in_predictions(student, *case))
    agree_errors(student, [case])


@question("q3", points=1, public=True)
def test_gradient_of_the_handouts_example(student):
    """Errors −1, 1 and 1 at x = 1, 2 and 4: dw = (2/3)(−1 + 2 + 4) and db = (2/3)(−1 + 1 + 1)."""
    X, y, w = np.array([[1.0], [2.0], [4.0]]), np.array([3.0, 3.0, 7.0]), np.array([2.0])
    dw, db = check_outputs(student.mse_gradient(X, y, w, 0.0), names=("dw", "db"))
    check_close(dw, np.array([10 / 3]), name="dw")
    check_close(db, 2 / 3, name="db")


@question("q3", points=1)
def test_gradient_for_every_shape(student, rng):
    """Any number of examples and features."""
    agree_gradients(student, ordinary(rng))


@question("q3", points=0.5)
def test_gradient_of_whole_numbers_and_of_far_lines(student, rng):
    """Integer data, and errors of a million."""
    X, y, w, b = problem(rng, 6, 3)
    agree_gradients(student, [*whole_numbers(rng), (X, y + 1e6, w, b), (X, y, 1e6 * w, b)])


@question("q3", points=1)
def test_gradient_on_minibatches(student, rng):
    """With only some of the examples, the mean is over those."""
    X, y, w, b = problem(rng, 12, 3)
    batches = [np.array([4]), np.array([0, 7]), np.array([1, 2, 11, 5, 3]), np.array([6, 6, 8])]
    agree_gradients(student, [(X[batch], y[batch], w, b) for batch in batches])


@question("q3", points=1)
def test_gradient_is_the_slope_of_the_error(student, rng):
    """Your dw and db agree with the slopes, measured numerically, of the mean squared error."""
    for n, D in [(6, 3), (3, 5)]:
        case = problem(rng, n, D)
        gradients = check_outputs(student.mse_gradient(*case), names=NAMES)
        check_gradient(ref.mse, gradients, case, wrt={"dw": 2, "db": 3}, name="mse_gradient(X, y, w, b)")


@question("q3", points=0.5)
def test_gradient_leaves_its_arguments_alone(student, rng):
    """The arrays passed in are unchanged afterwards."""
    case = problem(rng, 6, 3)
    check_pure(student.mse_gradient, *case, others=seen_in_predictions(student, *case))
    agree_gradients(student, [case])
