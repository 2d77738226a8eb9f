"""The reference's activations against complex steps, scipy, a slow twin in plain Python, and their own identities."""

import math

import numpy as np
import pytest
import scipy.special

import reference.activations as ref

EPS = np.finfo(float).eps
# Each side does at most a dozen roundings of numbers no larger than max(1, |value|), each worth ε/2.
BOUND = 10 * EPS

NAMES = ("sigmoid", "tanh", "relu", "leaky_relu")
SHAPES = [(1,), (7,), (4, 3), (2, 3, 4), (0,), (3, 0)]

# No exact 0: there ReLU and Leaky ReLU have no slope.
POINTS = np.array([-1e4, -745.0, -300.0, -30.0, -2.0, -0.3, -1e-9, 1e-9, 0.3, 2.0, 30.0, 300.0, 745.0, 1e4])


def complex_step(f, x, h=1e-20):
    """Entry by entry in one go, since each result depends on its own entry alone; exact to rounding."""
    return np.imag(f(x + 1j * h)) / h


def slow(name, v):
    """The definitions, one Python float at a time; e^{−v} is infinite where it overflows."""
    power = math.exp(-v) if v > -700 else math.inf
    return {
        "sigmoid": 1 / (1 + power),
        "tanh": math.tanh(v),
        "relu": max(0.0, v),
        "leaky_relu": max(0.1 * v, v),
    }[name]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", NAMES)
def test_every_activation_is_the_slow_twin_entry_by_entry(name, shape):
    x = 5 * np.random.default_rng([1, *shape]).normal(size=shape)
    got = getattr(ref, name)(x)
    expected = np.array([slow(name, v) for v in x.ravel()]).reshape(shape)
    assert got.shape == getattr(ref, name + "_gradient")(x).shape == shape
    np.testing.assert_allclose(got, expected, rtol=BOUND, atol=0)


@pytest.mark.parametrize("name", NAMES)
def test_every_gradient_by_complex_step(name):
    x = np.concatenate([POINTS, 3 * np.random.default_rng(2).normal(size=100)])
    got = getattr(ref, name + "_gradient")(x)
    np.testing.assert_allclose(got, complex_step(getattr(ref, name), x), rtol=0, atol=BOUND)


def test_complex_step_sees_an_error_of_one_part_in_a_hundred_million():
    x = np.array([0.3, 1.0])
    expected = complex_step(ref.sigmoid, x) * (1 + 1e-8)
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(ref.sigmoid_gradient(x), expected, rtol=0, atol=BOUND)


def test_sigmoid_agrees_with_scipy_to_the_last_digits_also_in_its_tail():
    x = np.concatenate([np.linspace(-700, 700, 1001), POINTS])
    # Subnormal numbers have fewer digits; scipy rounds some of them to 0.
    np.testing.assert_allclose(
        ref.sigmoid(x), scipy.special.expit(x), rtol=BOUND, atol=np.finfo(float).smallest_normal
    )


def test_the_sigmoids_gradient_keeps_its_digits_where_the_lectures_formula_loses_them():
    x = np.array([-500.0, -40.0, -3.0, 0.0, 3.0, 40.0, 500.0])
    size = np.exp(-np.abs(x))
    np.testing.assert_allclose(ref.sigmoid_gradient(x), size / (1 + size) ** 2, rtol=BOUND, atol=0)
    lecture = (1 - ref.sigmoid(x)) * ref.sigmoid(x)  # L11
    np.testing.assert_allclose(ref.sigmoid_gradient(x), lecture, rtol=0, atol=BOUND)


def test_identities_between_the_activations():
    x = 4 * np.random.default_rng(3).normal(size=50)
    np.testing.assert_allclose(ref.tanh(x), 2 * ref.sigmoid(2 * x) - 1, rtol=0, atol=BOUND)
    np.testing.assert_allclose(ref.sigmoid(x) + ref.sigmoid(-x), 1, rtol=BOUND)
    np.testing.assert_allclose(ref.leaky_relu(x), 0.9 * ref.relu(x) + 0.1 * x, rtol=0, atol=BOUND * 20)


@pytest.mark.parametrize("name", [*NAMES, *(name + "_gradient" for name in NAMES)])
def test_nothing_overflows_or_divides_by_zero(name):
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        values = getattr(ref, name)(np.array([-1e308, -1e4, -0.0, 0.0, 1e4, 1e308]))
    assert np.isfinite(values).all()


def test_at_exactly_zero_the_gradient_lies_between_the_one_sided_slopes():
    assert ref.relu_gradient(np.array([0.0, -0.0])).tolist() == [0.0, 0.0]
    assert ref.leaky_relu_gradient(np.array([0.0, -0.0])).tolist() == [0.1, 0.1]


@pytest.mark.parametrize("name", [*NAMES, *(name + "_gradient" for name in NAMES)])
def test_integers_give_floats_and_inputs_stay_as_they_are(name):
    function = getattr(ref, name)
    integers = np.array([[-2, 1, 3], [0, -1, 2]])
    np.testing.assert_array_equal(function(integers), function(integers.astype(float)))
    assert function(integers).dtype == np.float64
    x = np.array([-1.0, 2.0])
    x.setflags(write=False)  # a write in place raises
    assert not np.shares_memory(function(x), x)


def test_the_public_names_are_these():
    assert set(ref.__all__) == {*NAMES, *(name + "_gradient" for name in NAMES)}
