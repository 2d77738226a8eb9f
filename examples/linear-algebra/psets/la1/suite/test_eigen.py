"""q3 to q5: power iteration, orthogonal iteration, condition numbers."""

import numpy as np
import reference.conditioning as conditioning
import reference.eigen as ref

from grader import (
    check_close,
    check_directions,
    check_orthonormal,
    check_outputs,
    check_pure,
    check_residual,
    check_shape,
    check_span,
    question,
)


def symmetric(rng, values):
    """A symmetric matrix with these eigenvalues, and its eigenvectors in the same order."""
    V, _ = np.linalg.qr(rng.normal(size=(len(values), len(values))))
    return V * np.array(values) @ V.T, V


def pair(answer):
    """λ, a number, and x, a vector of length 1."""
    value, x = check_outputs(answer, ("λ", "x"), name="power_iteration(...)")
    x = check_shape(x, (None,), name="x")
    check_orthonormal(x[:, None], name="x")
    return value, x


@question("q3", points=1, public=True)
def test_power_iteration_of_a_two_by_two(student):
    """[[2, 2], [2, −1]] has the eigenvalue 3 with the eigenvector (2, 1)/√5."""
    answer = student.power_iteration(np.array([[2.0, 2.0], [2.0, -1.0]]), np.array([1.0, 0.0]), 1e-12, 200)
    value, x = check_outputs(answer, ("λ", "x"), name="power_iteration(...)")
    check_close(value, 3.0, name="λ")
    check_directions(x, np.array([2.0, 1.0]) / np.sqrt(5.0), name="x")


@question("q3", points=1.5)
def test_power_iteration_converges(student, rng):
    """Dominant eigenvalues of either sign: the residual is below the tolerance, and x is close to the eigenvector."""
    for values in ([5.0, 3, 2, 1], [-4.0, 2, 1, -1, 0.5], [1e-3, 5e-4, 0.0], [7.0]):
        A, V = symmetric(rng, values)
        value, x = pair(student.power_iteration(A, 3 * rng.normal(size=len(values)), 1e-11, 500))
        check_residual(A @ x - value * x, abs(values[0]), name="Ax − λx", rtol=2e-11)
        check_close(value, values[0], name="λ")
        check_directions(x, V[:, 0], name="x")


@question("q3", points=1.5)
def test_power_iteration_takes_the_steps_it_is_told(student, rng):
    """After none, one, two and five steps, λ and x follow the handout's recipe."""
    A, _ = symmetric(rng, [4.0, -3, 2, 1, -0.5])
    start = rng.normal(size=5)
    for steps in (0, 1, 2, 5):
        value, x = pair(student.power_iteration(A, start, 0.0, steps))
        expected, direction = ref.power_iteration(A, start, 0.0, steps)
        check_close(value, expected, name="λ")
        check_directions(x, direction, name="x")


@question("q3", points=0.5)
def test_power_iteration_stops_at_its_tolerance(student, rng):
    """It goes on while the residual is above tolerance·|λ|, and no longer; A may be large or small."""
    for scale in (1e4, -1e-4):
        A, _ = symmetric(rng, [4.0 * scale, 3 * scale, scale, -2 * scale])
        start = rng.normal(size=4)
        for tolerance in (0.3, 1e-2, 1e-5):
            value, x = pair(student.power_iteration(A, start, tolerance, 1000))
            expected, direction = ref.power_iteration(A, start, tolerance, 1000)
            check_close(value, expected, name="λ")
            check_directions(x, direction, name="x")


@question("q3", points=0.5)
def test_power_iteration_leaves_its_arguments_alone(student, rng):
    """A and x are unchanged afterwards."""
    A, _ = symmetric(rng, [3.0, 1, 0.5])
    start = rng.normal(size=3)
    value, x = pair(
        check_pure(student.power_iteration, A, start, 1e-3, 40, others=[(student.least_squares, A, start)])
    )
    expected, direction = ref.power_iteration(A, start, 1e-3, 40)
    check_close(value, expected, name="λ")
    check_directions(x, direction, name="x")


@question("q4", points=1, public=True)
def test_subspace_of_a_diagonal_matrix(student):
    """For diag(1, 2, 0, 2) the second and the fourth direction take over."""
    X = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 1.0]])
    got = student.dominant_subspace(np.diag([1.0, 2.0, 0.0, 2.0]), X, 60)
    check_orthonormal(got, name="dominant_subspace(A, X, steps)")
    check_span(got, np.eye(4)[:, [1, 3]], name="dominant_subspace(A, X, steps)")


@question("q4", points=1.5)
def test_subspace_after_few_steps(student, rng):
    """After one, two and four steps the span is that of AᵏX, for one column and for several."""
    for p in (1, 2, 3):
        A, _ = symmetric(rng, [5.0, -4, 3, 2, 1, 0.5])
        X = rng.normal(size=(6, p))
        for steps in (1, 2, 4):
            got = student.dominant_subspace(A, X, steps)
            check_orthonormal(check_shape(got, (6, p), name="the basis"), name="the basis")
            check_span(got, ref.dominant_subspace(A, X, steps), name="the basis")


@question("q4", points=1.5)
def test_subspace_after_many_steps(student, rng):
    """Falling eigenvalues, and some of equal magnitude: no column is lost."""
    for values in ([3.0, 2, -1.5, 0.5, 0.2, -0.1], [3.0, 3, -3, 1, 0.5, -0.2]):
        A, V = symmetric(rng, values)
        X = rng.normal(size=(6, 3))
        got = check_pure(student.dominant_subspace, A, X, 80, others=[(student.householder_qr, X)])
        check_orthonormal(check_shape(got, (6, 3), name="the basis"), name="the basis")
        check_span(got, V[:, :3], name="the basis")


@question("q5", points=1, public=True)
def test_condition_number_of_a_two_by_two(student):
    """[[3, 0], [4, 5]] stretches (1, 1) to three times the length of (1, −1), though its columns are equally long."""
    check_close(student.condition_number(np.array([[3.0, 0.0], [4.0, 5.0]])), 3.0, name="condition_number(A)")


@question("q5", points=1.5)
def test_condition_numbers(student, rng):
    """Symmetric and not, square and tall, well and badly conditioned, large and small."""
    cases = [(rng.normal(size=shape) * scale,) for shape, scale in [((4, 4), 1), ((7, 3), 1e5), ((1, 1), -2)]]
    cases += [(symmetric(rng, [3.0, -2, 0.1])[0],), (np.array([[1.0, 1e4], [0.0, 1.0]]),)]
    for (A,), got in zip(cases, student.condition_number.map(cases), strict=True):
        right = conditioning.condition_number(A)
        # The smallest singular value is known to ε of the largest, so κ to κ·ε of itself.
        check_close(got, right, name="condition_number(A)", condition=right)


@question("q5", points=0.5)
def test_condition_number_without_full_rank(student):
    """A column of zeros: infinite. With a number in it, finite."""
    for last, right in ((0.0, np.inf), (17.0, 4.0)):
        A = np.array([[8.0, 0.0], [15.0, last], [0.0, 0.0]])
        check_close(student.condition_number(A), right, name="condition_number(A)")
