"""q1 and q2: the four activations, and the derivative of each."""

import numpy as np
import pytest

import reference.activations as ref
from grader import check_close, check_pure, check_shape, question

X = {"one": (1,), "row": (9,), "matrix": (6, 4), "block": (2, 3, 5)}


def agree(student, name, cases):
    """Compare every case with the reference, in one round trip."""
    batch = [(case,) for case in cases]
    for case, got in zip(cases, getattr(student, name).map(batch), strict=True):
        check_close(got, getattr(ref, name)(case), name=f"{name}(x)")


def ordinary(rng):
    """Every shape, each with both signs and with entries near 0, where the largest slopes are."""
    arrays = []
    for shape in X.values():
        x = 3 * rng.normal(size=shape)
        x.flat[0] = 0.3
        arrays.append(x)
    return arrays


def far(rng):
    """Entries of up to ±10,000 next to moderate ones, so that no answer consists of tails alone.

    The lecture's (1 − σ)σ is accurate to ε, not to ε relative to its own size, so the moderate entries set the scale.
    """
    x = rng.normal(size=(3, 4))
    return [
        np.array([-1e4, -800.0, -50.0, -0.5, 0.5, 50.0, 800.0, 1e4]),
        x * np.array([1.0, 30.0, 1e3, 1e4]),
        np.array([[1e4, -1e4], [0.7, -0.7]]),
    ]


INTEGERS = np.array([[-3, -1, 2], [1, 4, -2]])


@question("q1", points=0.25, public=True)
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sigmoid", [0.25, 0.5, 0.9]),
        ("sigmoid_gradient", [0.1875, 0.25, 0.09]),
        ("tanh", [-0.8, 0.0, 80 / 82]),
        ("tanh_gradient", [0.36, 1.0, 1 - (80 / 82) ** 2]),
    ],
)
def test_smooth_activations_of_the_handouts_example(student, name, expected):
    """At −log 3, 0 and log 9, where e^x is a third, 1 and 9."""
    x = np.array([-np.log(3.0), 0.0, np.log(9.0)])
    check_close(getattr(student, name)(x), np.array(expected), name=f"{name}(x)")


@question("q1", points=0.5)
@pytest.mark.parametrize("name", ["sigmoid", "sigmoid_gradient", "tanh", "tanh_gradient"])
def test_smooth_activations_for_every_shape(student, rng, name):
    """Arrays of one, two and three axes."""
    agree(student, name, ordinary(rng))


@question("q1", points=0.25)
@pytest.mark.parametrize("name", ["sigmoid", "sigmoid_gradient", "tanh", "tanh_gradient"])
def test_smooth_activations_far_from_zero(student, rng, name):
    """Entries of ±10,000: neither infinite nor nan."""
    agree(student, name, far(rng))


@question("q1", points=0.25)
@pytest.mark.parametrize("name", ["sigmoid", "sigmoid_gradient", "tanh", "tanh_gradient"])
def test_smooth_activations_of_integers(student, name):
    """Integers still give real results, and so do eighths."""
    agree(student, name, [INTEGERS, INTEGERS / 8])


@question("q1", points=0.25)
@pytest.mark.parametrize("name", ["sigmoid", "sigmoid_gradient", "tanh", "tanh_gradient"])
def test_smooth_activations_leave_their_argument_alone(student, rng, name):
    """The array passed in is unchanged afterwards."""
    x = rng.normal(size=(3, 4))
    check_pure(getattr(student, name), x, others=[student.leaky_relu])
    agree(student, name, [x])


@question("q2", points=0.25, public=True)
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("relu", [0.0, 0.0, 0.5, 3.0]),
        ("relu_gradient", [0.0, 0.0, 1.0, 1.0]),
        ("leaky_relu", [-0.2, -0.05, 0.5, 3.0]),
        ("leaky_relu_gradient", [0.1, 0.1, 1.0, 1.0]),
    ],
)
def test_rectifiers_of_the_handouts_example(student, name, expected):
    """At −2, −½, ½ and 3."""
    x = np.array([-2.0, -0.5, 0.5, 3.0])
    check_close(getattr(student, name)(x), np.array(expected), name=f"{name}(x)")


@question("q2", points=0.5)
@pytest.mark.parametrize("name", ["relu", "relu_gradient", "leaky_relu", "leaky_relu_gradient"])
def test_rectifiers_for_every_shape(student, rng, name):
    """Arrays of one, two and three axes, all negative ones, and entries of ±10,000."""
    agree(student, name, [*ordinary(rng), -rng.uniform(0.1, 2.0, size=(2, 3)), *far(rng)])


@question("q2", points=0.25)
@pytest.mark.parametrize("name", ["relu", "relu_gradient", "leaky_relu", "leaky_relu_gradient"])
def test_rectifiers_of_integers(student, name):
    """Integers still give real results, and so do eighths."""
    agree(student, name, [INTEGERS, INTEGERS / 8])


@question("q2", points=0.25)
@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("relu", 0.0, 0.0),
        ("relu_gradient", 0.0, 1.0),
        ("leaky_relu", 0.0, 0.0),
        ("leaky_relu_gradient", 0.1, 1.0),
    ],
)
def test_rectifiers_at_exactly_zero(student, name, low, high):
    """At 0 the function is 0, and any slope from the left one to the right one is accepted."""
    x = np.array([[0.0, -1.0, 0.25], [2.0, -0.5, 0.0]])
    got = check_shape(getattr(student, name)(x), x.shape, name=f"{name}(x)")
    given = np.nan_to_num(got.real.astype(float), nan=low)
    expected = np.where(x == 0, np.clip(given, low, high), getattr(ref, name)(x))
    check_close(got, expected, name=f"{name}(x)")


@question("q2", points=0.25)
@pytest.mark.parametrize("name", ["relu", "relu_gradient", "leaky_relu", "leaky_relu_gradient"])
def test_rectifiers_leave_their_argument_alone(student, rng, name):
    """The array passed in is unchanged afterwards."""
    x = rng.normal(size=(3, 4))
    check_pure(getattr(student, name), x, others=[student.tanh])
    agree(student, name, [x])
