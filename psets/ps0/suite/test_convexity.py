"""q8: a test of convexity that evaluates a function and nothing else.

Every test has functions of both kinds, so that a constant answer passes none, and bumps that one number of points
meets and another misses, so that only the given grid passes.
"""

import numpy as np

import reference.convexity as ref
from grader import check_close, check_pure, question

NAME = "is_convex(f, a, b, points)"


def agree(student, cases):
    """Compare every case with the reference, in one round trip."""
    for case, got in zip(cases, student.is_convex.map(cases), strict=True):
        check_close(got, ref.is_convex(*case), name=NAME)


def raised(f, at, by, width):
    """f with ``by`` added in a narrow place; like all functions here, for numbers and for arrays."""
    return lambda x: f(x) + np.where(np.abs(x - at) < width, by, 0.0)


def met_and_missed(f, a, b, points, by):
    """f with a bump off the middle, on a grid that meets it, on every other point of that grid, and on one more.

    ``points`` − 1 must be twice a prime above 3, so that only finer versions of that grid also meet the bump. The bump
    must be higher than f bends between neighbours, and lower than the gap between f and the chord from a to b.
    """
    bump = raised(f, np.linspace(a, b, points)[points // 3], by, 1e-6 * (b - a))
    return [(bump, a, b, points), (bump, a, b, (points + 1) // 2), (bump, a, b, points + 1)]


def inside(f, a, b):
    """f on [a, b] and nowhere else."""
    return lambda x: np.where((x >= a) & (x <= b), f(x), np.nan)


def square(x):
    return x * x


def half_circle(x):
    """Convex, of infinite slope at −1 and 1, and not defined beyond."""
    return -np.sqrt(np.maximum(1 - x * x, 0.0))


@question("q8", points=1, public=True)
def test_convexity_of_the_handouts_examples(student):
    """|x| and x² are convex, sin x and −x² are not; a wave counts only where a grid point meets it."""
    cases = [(np.abs, True), (lambda x: np.sin(x), False), (lambda x: -x * x, False), (lambda x: x * x, True)]
    for f, right in cases:
        check_close(student.is_convex(f, -1.0, 2.0, 101), right, name="is_convex(f, a, b, points)")
    for points, right in [(4, True), (31, False)]:  # at −1, 0, 1 and 2 it is x²
        got = student.is_convex(lambda x: x * x + np.sin(np.pi * x) ** 2, -1.0, 2.0, points)
        check_close(got, right, name="is_convex(f, a, b, points)")


@question("q8", points=1)
def test_convexity_of_the_lectures_list(student):
    """The lecture's rules, and powers where they are convex and where they are not."""
    cases = [(example.f, example.a, example.b, 41) for example in ref.CONVEX_EXAMPLES]
    cases += [
        (lambda x: x**3, 0.0, 2.0, 31),
        (lambda x: x**3, -2.0, 0.0, 31),
        (lambda x: x**3, -0.5, 3.0, 31),
        (lambda x: x**-1.0, 0.2, 2.0, 31),
        (lambda x: x**-1.0, -2.0, -0.2, 31),
        (np.sqrt, 0.0, 4.0, 31),
        (np.log, 0.1, 3.0, 31),
        (lambda x: np.minimum(x * x, x + 1), -3.0, 3.0, 31),
        (lambda x: (x * x - 1) ** 2, -2.0, 2.0, 31),
        *met_and_missed(lambda x: x**4, -2.0, 2.0, 47, 0.5),
        *met_and_missed(lambda x: x**-0.5, 0.1, 4.0, 59, 0.1),
    ]
    agree(student, cases)


@question("q8", points=1)
def test_convexity_of_the_sigmoid_and_of_its_logarithm(student):
    """The sigmoid is neither convex nor concave; its logarithm is concave, so minus it is convex."""
    cases = []
    for f in (ref.sigmoid, ref.log_sigmoid):
        cases += [(f, -6.0, 6.0, 61), (lambda x, f=f: -f(x), -6.0, 6.0, 61)]
    cases += [(ref.sigmoid, -6.0, 0.0, 31), (ref.sigmoid, 0.0, 6.0, 31)]
    agree(student, cases + met_and_missed(lambda x: -ref.log_sigmoid(x), -6.0, 6.0, 63, 0.1))


@question("q8", points=0.5)
def test_rounding_is_forgiven_and_nothing_more(student, rng):
    """Straight lines pass; a bump passes up to 1e-9 of the largest value, and fails above that."""
    cases = []
    for scale in (1e-6, 1.0, 1e6):
        slope, offset = (scale * rng.uniform(1, 2, size=2)).tolist()
        line = np.polynomial.Polynomial([offset, slope])
        largest = offset + slope
        cases += [
            (line, 0.0, 1.0, 33),
            (lambda x, line=line: -line(x), 0.0, 1.0, 33),
            (raised(line, 0.5, 0.8e-9 * largest, 0.01), 0.0, 1.0, 11),
            (raised(line, 0.5, 1.25e-9 * largest, 0.01), 0.0, 1.0, 11),
            # Far below 0, where the largest size is not the largest value.
            (raised(lambda x, line=line: -line(x), 0.5, 0.8e-9 * largest, 0.01), 0.0, 1.0, 11),
            (raised(lambda x, line=line: -line(x), 0.5, 1.25e-9 * largest, 0.01), 0.0, 1.0, 11),
            # Where every value is the largest.
            (raised(lambda x, scale=scale: scale + 0 * x, 0.5, 0.8e-9 * scale, 0.01), 0.0, 1.0, 11),
            # On a straight piece, far below the chord from end to end.
            *met_and_missed(lambda x, scale=scale: scale * abs(x), -2.0, 1.0, 35, 1.6e-9 * scale),
            *met_and_missed(lambda x, scale=scale: scale * abs(x), -2.0, 1.0, 35, 2.5e-9 * scale),
        ]
    agree(student, cases)


@question("q8", points=0.5)
def test_a_single_point_out_of_place(student):
    """One grid point raised or lowered, at every place in turn; three points; a function that is 0."""
    places = np.linspace(0.0, 1.0, 6).tolist()
    cases = [(raised(square, at, by, 0.01), 0.0, 1.0, 6) for at in places for by in (0.1, -0.1)]
    cases += [(square, -1.0, 3.0, 3), (np.sqrt, 0.0, 3.0, 3)]
    cases += [(lambda x: 7.0 + 0 * x, -1.0, 1.0, 5), (lambda x: 0 * x, -1.0, 1.0, 5)]
    cases += met_and_missed(square, 0.0, 1.0, 11, 0.1) + met_and_missed(square, -1.0, 1.0, 15, 0.1)
    agree(student, cases)


@question("q8", points=1)
def test_the_function_is_asked_on_its_interval_only(student):
    """Functions that are nan outside the interval, infinitely steep at its ends, or bent only there."""
    check_pure(student.is_convex, half_circle, -1.0, 1.0, 21)
    cases = [
        (inside(square, -0.5, 1.5), -0.5, 1.5, 21),
        (inside(np.sin, -0.5, 1.5), -0.5, 1.5, 21),
        (inside(half_circle, -1.0, 1.0), -1.0, 1.0, 41),
        (lambda x: -half_circle(x), -1.0, 1.0, 41),
        (lambda x: np.maximum(x, 0.0) - 3 * np.maximum(x - 0.95, 0.0), -1.0, 1.0, 41),
        (lambda x: np.maximum(x, 0.0) - 3 * np.maximum(-x - 0.95, 0.0), -1.0, 1.0, 41),
        *met_and_missed(inside(square, -0.5, 1.5), -0.5, 1.5, 23, 0.1),
        *met_and_missed(half_circle, -1.0, 1.0, 39, 0.1),
    ]
    agree(student, cases)
