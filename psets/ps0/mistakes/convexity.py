"""Wrong versions for q8: the test of convexity."""

import numpy as np

from grader import mistake


@mistake(
    "is_convex",
    says="You leave no room for rounding, so straight lines fail; allow 1e-9 of the largest |f|.",
)
def convex_without_tolerance(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2).all())


@mistake("is_convex", says="You require each point to lie below its chord; a point on its chord passes too.")
def convex_strictly(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] < (y[:-2] + y[2:]) / 2 - 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="Your tolerance is 1e-9 whatever the size of f; it should be 1e-9 of the largest |f|.",
)
def convex_absolute_tolerance(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9).all())


@mistake(
    "is_convex",
    says="Your tolerance is far too large, so a small bump passes; it should be 1e-9 of the largest |f|.",
)
def convex_tolerance_too_large(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-3 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You scale the tolerance by the largest f, which is wrong where f is negative; use the largest |f|.",
)
def convex_tolerance_of_the_largest_value(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * y.max()).all())


@mistake(
    "is_convex",
    says="You compare second differences with 1e-9·max|f|; they are twice the distance from the chord, so "
    "the bound is 2e-9·max|f|.",
)
def convex_second_difference_with_the_chords_tolerance(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((np.diff(y, n=2) >= -1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You test for points below their chords, which is concavity; turn the comparison round.",
)
def convex_is_concave(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] >= (y[:-2] + y[2:]) / 2 - 1e-9 * np.abs(y).max()).all())


@mistake("is_convex", says="You return True if some point lies below its chord; all of them have to.")
def convex_at_any_point(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * np.abs(y).max()).any())


@mistake(
    "is_convex",
    says="You look at a single chord, from a to b, at its middle; compare every inner point with the chord "
    "between its neighbours.",
)
def convex_one_chord(f, a, b, points):
    y = np.array([f(a), f((a + b) / 2), f(b)])
    return bool(y[1] <= (y[0] + y[2]) / 2 + 1e-9 * np.abs(y).max())


@mistake(
    "is_convex",
    says="You compare every point with the chord from a to b; compare each with the chord between its "
    "neighbours.",
)
def convex_under_the_long_chord(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    t = np.linspace(0, 1, points)
    return bool((y <= (1 - t) * y[0] + t * y[-1] + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You leave out the last inner point; every inner point counts.",
)
def convex_by_the_middle_triples(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-2] <= (y[:-3] + y[2:-1]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You leave out the first inner point; every inner point counts.",
)
def convex_first_point_left_out(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[2:-1] <= (y[1:-2] + y[3:]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake("is_convex", says="You look only at every other inner point; every inner point counts.")
def convex_every_other_point(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1:2] <= (y[:-2:2] + y[2::2]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You compare with the sum of the neighbours; the middle of the chord is half that sum.",
)
def convex_without_half(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= y[:-2] + y[2:] + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You only require that each point is no higher than its larger neighbour, which other functions "
    "satisfy too; compare it with the middle of the chord.",
)
def convex_below_both_neighbours(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y[1:-1] <= np.maximum(y[:-2], y[2:]) + 1e-9 * np.abs(y).max()).all())


@mistake("is_convex", says="You check whether f rises; a convex function is one whose slope rises.")
def convex_if_rising(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((np.diff(y) >= -1e-9 * np.abs(y).max()).all())


@mistake("is_convex", says="You check the sign of f; convexity is about chords.")
def convex_if_positive(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return bool((y >= -1e-9 * np.abs(y).max()).all())


@mistake("is_convex", says="Your grid leaves out b; it should include both a and b.")
def convex_without_the_end(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points, endpoint=False)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You evaluate f outside [a, b], where it may not exist; compare inner points only.",
)
def convex_asks_beyond_the_ends(f, a, b, points):
    h = (b - a) / (points - 1)
    x = np.linspace(a, b, points)
    y, left, right = (np.array([f(v) for v in x + s]) for s in (0.0, -h, h))
    return bool((y <= (left + right) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You measure the second derivative with steps so small that rounding decides; compare "
    "neighbouring grid points.",
)
def convex_by_tiny_differences(f, a, b, points):
    x, h = np.linspace(a, b, points)[1:-1], 1e-7
    second = np.array([(f(v - h) - 2 * f(v) + f(v + h)) / h**2 for v in x])
    return bool((second >= -1e-9).all())


@mistake("is_convex", says="You always use ten points; use `points`.")
def convex_on_a_coarse_grid(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, 10)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake("is_convex", says="You always use a hundred points; use `points`.")
def convex_on_a_fine_grid(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, 100)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="Your grid has one point too many; `points` counts both a and b.",
)
def convex_with_a_point_too_many(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points + 1)])
    return bool((y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * np.abs(y).max()).all())


@mistake(
    "is_convex",
    says="You return how far f lies above its chords; the question asks for True or False.",
)
def convex_violation_returned(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return np.max(y[1:-1] - (y[:-2] + y[2:]) / 2)


@mistake("is_convex", says="You return one answer per point; the question asks for a single True or False.")
def convex_at_every_point(f, a, b, points):
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    return y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9 * np.abs(y).max()
