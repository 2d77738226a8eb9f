"""q4: central differences of functions that the tests pass in; each call is a round trip, so arrays are small."""

import numpy as np

import reference.differences as ref
from grader import check_close, check_pure, question

NAME = "numeric_gradient(f, x, h)"


def coupled(shape):
    """A function of arrays of this shape in which every entry matters to every slope."""
    weights = np.cos(np.arange(1.0, 1.0 + np.prod(shape))).reshape(shape)

    def f(x):
        if np.shape(x) != shape:
            raise ValueError("another shape than that of x")
        total = (weights * x).sum()
        return float(np.sin(total) + total**2 * np.ravel(x)[-1])

    return f


def cubes(x):
    """Σ x³ and a product: its central difference is 3x² + h² and the product's other entries."""
    return float((np.asarray(x) ** 3).sum() + np.prod(x))


def agree(student, f, x, h):
    expected = ref.numeric_gradient(f, x, h)
    # The rounding of x and of f, divided by h.
    scale = (abs(f(x)) + np.abs(x).max() * np.abs(expected).max()) / h
    check_close(student.numeric_gradient(f, x, h), expected, name=NAME, scale=scale)


@question("q4", points=1, public=True)
def test_differences_of_the_handouts_example(student):
    """f(x) = x₀³x₁ at (2, 5) with h = ½: (3·4 + ¼)·5 and 8."""
    got = student.numeric_gradient(lambda x: x[0] ** 3 * x[1], np.array([2.0, 5.0]), 0.5)
    check_close(got, np.array([61.25, 8.0]), name="numeric_gradient(f, x, h)")


@question("q4", points=2)
def test_differences_for_every_shape(student, rng):
    """x with one, two and three axes; f gets arrays of the shape of x."""
    for shape in ((4,), (2, 3), (3, 2), (2, 1, 2)):
        agree(student, coupled(shape), rng.normal(size=shape), 0.01)


@question("q4", points=1)
def test_differences_use_the_step_they_are_given(student, rng):
    """Steps large enough to see: h = ½, 0.1 and 2, at entries large and small."""
    agree(student, cubes, rng.normal(size=3), 0.5)
    agree(student, cubes, np.array([[0.3, -40.0], [0.0, 7.0]]), 0.1)
    agree(student, cubes, rng.normal(size=2), 2.0)


@question("q4", points=0.5)
def test_differences_at_integers(student):
    """Integer x, moved by a fraction."""
    agree(student, cubes, np.array([2, -1, 3]), 0.25)


@question("q4", points=0.5)
def test_differences_leave_x_alone(student, rng):
    """x is unchanged afterwards, to the last bit."""
    f, x = coupled((2, 2)), rng.normal(size=(2, 2))
    check_pure(student.numeric_gradient, f, x, 0.01, others=[(student.leaky_relu, x)])
    agree(student, f, x, 0.01)
