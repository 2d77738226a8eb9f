"""q1 to q5: formulas, compared by their values."""

import numpy as np

from grader import check_expression, question


@question("q1", points=0, public=True)
def test_slope_is_a_formula(student):
    """Where x is 0, x³·exp(−x²) is flat."""
    check_expression(student.expression("slope"), lambda x: 0 * x, x=[0.0])


@question("q1", points=2)
def test_slope(student, rng):
    """The derivative."""
    check_expression(
        student.expression("slope"), lambda x: (3 * x**2 - 2 * x**4) * np.exp(-(x**2)), x=(-2, 2), rng=rng
    )


@question("q2", points=2)
def test_antiderivative(student, rng):
    """Its derivative is x·cos(2x), whatever the constant."""
    check_expression(
        student.expression("antiderivative"),
        lambda x: x * np.sin(2 * x) / 2 + np.cos(2 * x) / 4,
        constant=True,
        x=(0, 3),
        rng=rng,
    )


@question("q3", points=3)
def test_gradient(student, rng):
    """Both partial derivatives."""
    check_expression(
        student.expression("gradient"),
        lambda x, y: [2 * x * y - y * np.exp(x * y), x**2 - x * np.exp(x * y)],
        x=(-1, 1),
        y=(0.5, 2),
        rng=rng,
    )


@question("q4", points=1)
def test_area(student, rng):
    """The area of an ellipse."""
    check_expression(student.expression("area"), lambda a, b: np.pi * a * b, a=(1, 2), b=(2, 3), rng=rng)


@question("q5", points=2)
def test_tangent(student, rng):
    """The tangents of a parabola and of higher powers."""
    for n in (2, 3, 5):
        line = student.tangent.expression(n)
        check_expression(line, lambda x, n=n: 1 + n * (x - 1), name=f"tangent({n})", x=(-1, 3), rng=rng)
