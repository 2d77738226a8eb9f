"""Convexity and descent: the lecture's list, the numeric test against calculus, and where descents end."""

import numpy as np
import pytest
import scipy.optimize
import scipy.special
from hypothesis import given, settings
from hypothesis import strategies as st

import reference.convexity as ref

EPS = np.finfo(float).eps
BOUND = 450 * EPS


def complex_step(f, x, h=1e-20):
    """Exact to rounding, for a function that acts on each entry alone."""
    return np.imag(f(np.asarray(x) + 1j * h)) / h


def chords_hold(f, a, b, points):
    """The slow twin: every chord between any two grid points, at every grid point between them."""
    x = np.linspace(a, b, points)
    y = [f(v) for v in x]
    slack = 1e-9 * max(abs(v) for v in y)
    for i in range(points):
        for j in range(i + 2, points):
            for k in range(i + 1, j):
                t = (k - i) / (j - i)
                if y[k] > (1 - t) * y[i] + t * y[j] + slack:
                    return False
    return True


NOT_CONVEX = {
    "a downward parabola": (lambda x: -x * x, -1.0, 1.0),
    "a cubic through 0": (lambda x: x**3, -1.0, 2.0),
    "a square root": (np.sqrt, 0.0, 4.0),
    "a sine": (np.sin, 0.0, 6.0),
    "the sigmoid": (ref.sigmoid, -6.0, 6.0),
    "a minimum of two": (lambda x: np.minimum(x * x, x + 1), -3.0, 3.0),
    "a double well": (lambda x: (x * x - 1) ** 2, -2.0, 2.0),
    "the logarithm": (np.log, 0.1, 3.0),
}


# The numeric test ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", ref.CONVEX_EXAMPLES, ids=lambda e: e.rule)
@pytest.mark.parametrize("points", [3, 4, 41, 400])
def test_every_example_of_the_lecture_is_convex_where_it_is_said_to_be(example, points):
    assert ref.is_convex(example.f, example.a, example.b, points)


@pytest.mark.parametrize(("f", "a", "b"), NOT_CONVEX.values(), ids=NOT_CONVEX.keys())
def test_what_is_not_convex_is_refused(f, a, b):
    assert not ref.is_convex(f, a, b, 101)


def test_concave_is_convex_upside_down():
    assert ref.is_concave(np.log, 0.1, 3.0, 101)
    assert ref.is_concave(lambda x: 2 * x - 1, -1.0, 1.0, 101)
    assert not ref.is_concave(np.exp, -1.0, 1.0, 101)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(-3, 3), min_size=1, max_size=5), st.integers(3, 12))
def test_neighbours_decide_for_all_chords(coefficients, points):
    """Small whole coefficients: curvature is 0 or far above rounding, so both slacks agree."""

    def f(x):
        return float(np.polyval(coefficients, x))

    assert ref.is_convex(f, -1.0, 2.0, points) == chords_hold(f, -1.0, 2.0, points)


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize(("bump", "convex"), [(0.9e-9, True), (1.1e-9, False)])
def test_a_bump_is_forgiven_up_to_a_billionth_of_the_largest_value(scale, bump, convex):
    def f(x):
        return scale * (x + (bump if abs(x - 0.5) < 0.01 else 0.0))

    assert ref.is_convex(f, 0.0, 1.0, 11) is convex


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_a_single_point_above_its_neighbours_is_found_wherever_it_lies(at):
    assert not ref.is_convex(lambda x: x * x + (0.1 if abs(x - at) < 1e-6 else 0.0), 0.0, 1.0, 11)


def test_straight_lines_pass_in_spite_of_rounding():
    rng = np.random.default_rng(1)
    for _ in range(50):
        slope, offset = rng.normal(size=2) * 10 ** rng.uniform(-3, 6, size=2)
        assert ref.is_convex(lambda x, s=slope, o=offset: s * x + o, -0.7, 1.9, 33)


def test_the_function_is_asked_only_inside_its_interval():
    asked = []
    ref.is_convex(lambda x: asked.append(x) or 0.0, 0.25, 1.75, 7)
    assert min(asked) == 0.25
    assert max(asked) == 1.75
    assert len(asked) == 7


# Powers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("p", [-3, -2, -1, -0.5, 0, 0.3, 0.5, 0.9, 1, 1.1, 1.5, 2, 2.5, 3, 4, 5, 6])
@pytest.mark.parametrize("interval", [(0.2, 2.0), (0.0, 2.0), (-2.0, -0.2), (-2.0, 0.0), (-1.0, 2.0)])
def test_where_a_power_is_convex_agrees_with_the_numeric_test(p, interval):
    a, b = interval
    if (a < 0 and p != int(p)) or (p < 0 and a <= 0 <= b):
        with pytest.raises(ValueError, match="not defined"):
            ref.power_is_convex(p, a, b)
        return
    assert ref.power_is_convex(p, a, b) == ref.is_convex(lambda x: float(x) ** p, a, b, 201)


# The sigmoid --------------------------------------------------------------------------------------------


def test_the_sigmoid_is_neither_convex_nor_concave_and_its_logarithm_is_concave():
    assert not ref.is_convex(ref.sigmoid, -10, 10, 401)
    assert not ref.is_concave(ref.sigmoid, -10, 10, 401)
    assert ref.is_convex(ref.sigmoid, -10, 0, 401)
    assert ref.is_concave(ref.sigmoid, 0, 10, 401)
    assert ref.is_concave(ref.log_sigmoid, -10, 10, 401)
    assert not ref.is_convex(ref.log_sigmoid, -10, 10, 401)


def test_the_second_derivatives_say_the_same():
    x = np.linspace(-8, 8, 161)
    s = ref.sigmoid(x)
    # (log σ)′ is 1 − σ, so its complex step is (log σ)″ = −σ(1 − σ).
    np.testing.assert_allclose(complex_step(ref.log_sigmoid_gradient, x), -s * (1 - s), rtol=1e-12)
    assert (complex_step(ref.log_sigmoid_gradient, x) < 0).all()
    curvature = complex_step(lambda z: ref.sigmoid(z) * (1 - ref.sigmoid(z)), x)
    np.testing.assert_allclose(curvature, s * (1 - s) * (1 - 2 * s), rtol=1e-11, atol=1e-17)
    assert (curvature[x < -0.05] > 0).all()
    assert (curvature[x > 0.05] < 0).all()


def test_sigmoid_and_its_logarithm_agree_with_scipy_at_every_size():
    x = np.concatenate([np.linspace(-40, 40, 321), [-1e4, -800.0, 800.0, 1e4]])
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        np.testing.assert_allclose(ref.log_sigmoid(x), scipy.special.log_expit(x), rtol=BOUND, atol=1e-300)
        # exp of a logarithm as large as L is off by L·ε, and 800 is the largest that does not underflow.
        np.testing.assert_allclose(ref.sigmoid(x), scipy.special.expit(x), rtol=800 * EPS, atol=1e-300)


def test_log_sigmoid_gradient_by_complex_step():
    x = np.array([-700.0, -30.0, -1.0, 0.0, 1e-9, 2.0, 30.0])
    got = ref.log_sigmoid_gradient(x)
    np.testing.assert_allclose(got, complex_step(ref.log_sigmoid, x), rtol=800 * EPS)


def test_x_log_x_is_zero_at_zero():
    assert ref.x_log_x(0.0) == 0
    assert ref.x_log_x(np.e) == pytest.approx(np.e, rel=BOUND)


# Descent ------------------------------------------------------------------------------------------------


def wells(x):
    """f′ of f = x⁴/4 − x³/3 − x² , which has minima at −1 and 2 and a hilltop at 0."""
    return x * (x + 1) * (x - 2)


def test_the_path_is_the_definition_step_by_step():
    path, x = ref.descend(wells, 0.7, 0.05, 9), 0.7
    assert path.shape == (10,)
    for got in path:
        assert got == pytest.approx(x, rel=BOUND)
        x -= 0.05 * wells(x)


def test_descents_from_either_side_of_the_hill_end_in_different_minima():
    starts = [-1.8, -0.3, -1e-3, 1e-3, 0.5, 1.9, 2.5]
    ends = [ref.descend(wells, start, 0.05, 2000)[-1] for start in starts]
    np.testing.assert_allclose(ends, [-1, -1, -1, 2, 2, 2, 2], atol=1e-12)
    np.testing.assert_allclose(ref.minima_reached(wells, starts, 0.05, 2000, 1e-3), [-1, 2], atol=1e-12)
    np.testing.assert_allclose(ref.minima_reached(wells, [1.0, 3.0], 0.05, 2000, 1e-3), [2], atol=1e-12)
    for end, bracket in ((-1, (-3, -0.5)), (2, (0.5, 3))):
        found = scipy.optimize.minimize_scalar(
            lambda x: x**4 / 4 - x**3 / 3 - x**2, bounds=bracket, method="bounded", options={"xatol": 1e-10}
        )
        # A minimum is only visible to the root of ε in function values.
        assert found.x == pytest.approx(end, abs=1e-6)


def test_a_convex_function_has_one_end_whatever_the_start():
    starts = np.linspace(-5, 5, 11)
    np.testing.assert_allclose(
        ref.minima_reached(lambda x: 2 * (x - 0.3), starts, 0.1, 500, 1e-6), [0.3], atol=1e-12
    )


def test_on_the_hilltop_descent_stays():
    assert ref.descend(wells, 0.0, 0.05, 100).tolist() == [0.0] * 101


def test_ends_are_told_apart_by_the_last_one_kept():
    """With no steps the starts are the ends: 0.4 is 0.4 above 0, and 0.75 is 0.75 above it."""
    got = ref.minima_reached(wells, [2.0, 0.75, 0.4, 0.0, 1.25], 0.05, 0, 0.5)
    assert got.tolist() == [0.0, 0.75, 2.0]
    assert ref.minima_reached(wells, [], 0.05, 5, 0.5).shape == (0,)


def test_no_function_changes_its_inputs():
    starts = np.array([1.5, -2.0, 0.5])
    starts.setflags(write=False)  # a write in place raises
    ref.minima_reached(wells, starts, 0.05, 10, 0.1)
    ref.log_sigmoid(starts), ref.sigmoid(starts), ref.log_sigmoid_gradient(starts)


def test_the_public_names_are_these():
    assert set(ref.__all__) == {
        *("descend", "minima_reached", "is_convex", "is_concave", "power_is_convex", "x_log_x"),
        *("Example", "CONVEX_EXAMPLES", "sigmoid", "log_sigmoid", "log_sigmoid_gradient"),
    }
