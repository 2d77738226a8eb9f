"""q6: training and validation error against capacity, with the test's own models.

Models, fits and errors are the test's own, cheap and deterministic, so nothing here depends on the student's network.
Their parameters have the handout's names, since a student may call them by keyword.
"""

import numpy as np

import reference.complexity as ref
from grader import check_close, check_outputs, question

AXES = ("train_errors", "validation_errors")
NAME = "complexity_curve"


def fit(X, y, setting, seed):
    """A line through the examples whose slope and offset depend on all that was given, and in order."""
    weights = np.arange(1, len(y) + 1) / len(y)
    slope = setting * (X * weights).mean() + np.sin(seed)
    return {"slope": slope, "offset": (y * weights).mean() + 0.1 * seed * setting}


def error(model, X, y):
    """A different number for every model and every set."""
    return float(np.abs(model["slope"] * X + model["offset"] - y).mean())


def fit_polynomial(X, y, setting, seed):
    """A least-squares polynomial of degree ``setting``, drawn to a seed's own point."""
    if not 0 <= setting <= 30:  # a student's code calls this, with any number it likes
        raise ValueError("setting")
    design = np.vander(np.append(X, 0.1 * seed), setting + 1)
    return np.linalg.lstsq(design, np.append(y, 0.0), rcond=None)[0]


def squared_error(model, X, y):
    return float(((np.polyval(model, X) - y) ** 2).mean())


def examples(rng, n):
    return rng.uniform(-1, 1, size=n), rng.normal(size=n)


def agree(student, cases):
    for case, got in zip(cases, student.complexity_curve.map(cases), strict=True):
        outputs = check_outputs(got, names=AXES, name=NAME)
        for one, expected, name in zip(outputs, ref.complexity_curve(*case), AXES, strict=True):
            check_close(one, expected, name=name)


@question("q6", points=1, public=True)
def test_curve_of_the_handouts_example(student):
    """A "model" that is one number: setting times the mean of X, plus the seed."""

    def fit(X, y, setting, seed):
        return setting * X.mean() + seed

    def error(model, X, y):
        return float(np.abs(model - y).mean())

    train = (np.array([1.0, 3.0]), np.array([2.0, 2.0]))
    validation = (np.array([5.0]), np.array([5.0]))
    curves = student.complexity_curve(fit, error, [0, 1, 2], train, validation, [0, 1])
    names = ("train_errors", "validation_errors")
    right = (np.array([1.5, 0.5, 2.5]), np.array([4.5, 2.5, 0.5]))
    for got, expected, name in zip(check_outputs(curves, names=names), right, names, strict=True):
        check_close(got, expected, name=name)


@question("q6", points=1)
def test_curve_with_one_seed(student, rng):
    """Several settings, each trained once."""
    agree(student, [(fit, error, [0.5, 1.0, 2.0, 4.0], examples(rng, 5), examples(rng, 9), [3])])


@question("q6", points=1.5)
def test_curve_is_the_mean_over_the_seeds(student, rng):
    """More seeds than settings, and fewer; seeds that do not start at 0."""
    cases = [
        (fit, error, [1.0, 3.0], examples(rng, 6), examples(rng, 4), [2, 7, 11, 5]),
        (fit, error, [0.1, 0.01, 1.0, 0.3, 2.0], examples(rng, 3), examples(rng, 8), [4, 1]),
    ]
    agree(student, cases)


@question("q6", points=0.75)
def test_curve_in_the_order_of_the_settings(student, rng):
    """Settings that fall, rise and repeat, and a single setting."""
    cases = [
        (fit, error, [4.0, 0.5, 2.0, 0.5], examples(rng, 5), examples(rng, 5), [1, 2]),
        (fit, error, [-1.5], examples(rng, 4), examples(rng, 7), [6, 3]),
    ]
    agree(student, cases)


@question("q6", points=0.75)
def test_curve_of_polynomials(student, rng):
    """Degrees from 0 to 5 on eight points: underfitting on the left, overfitting on the right."""
    agree(
        student,
        [(fit_polynomial, squared_error, list(range(6)), examples(rng, 8), examples(rng, 20), [0, 5])],
    )
