"""q1 and q2: reflections, QR, least squares. Nothing is compared that a sign could change."""

import numpy as np
import reference.orthogonal as ref

from grader import (
    check_close,
    check_directions,
    check_orthonormal,
    check_outputs,
    check_pure,
    check_residual,
    check_shape,
    question,
)


def matrix(rng, m, n, condition):
    """Singular values fall from 1 to 1/condition, so that the condition number is known."""
    U, _, Vt = np.linalg.svd(rng.normal(size=(m, n)), full_matrices=False)
    return U * np.geomspace(1, 1 / condition, n) @ Vt


def ordinary(rng):
    """Tall, square, a single column, one number, larger and smaller than 1."""
    shapes = [(7, 4), (5, 5), (6, 1), (1, 1), (20, 3)]
    return [
        matrix(rng, m, n, 20.0) * scale for (m, n), scale in zip(shapes, [1, 1e3, 1, -4, 1e-5], strict=True)
    ]


def check_factors(A, answer):
    """Check everything that defines Q and R; returns Q."""
    Q, R = check_outputs(answer, ("Q", "R"), name="householder_qr(A)")
    m, n = A.shape
    Q, R = check_shape(Q, (m, n), name="Q"), check_shape(R, (n, n), name="R")
    check_orthonormal(Q, name="Q")
    check_residual(A - Q @ R, np.linalg.norm(A), name="A − QR")
    check_residual(np.tril(R, -1), np.linalg.norm(A), name="R below its diagonal")
    return Q


@question("q1", points=1, public=True)
def test_reflector_of_3_and_4(student):
    """(3, 4) is taken to (−5, 0) by v = ±(2, 1)/√5."""
    v = student.reflector(np.array([3.0, 4.0]))
    check_directions(v, np.array([2.0, 1.0]) / np.sqrt(5.0), name="reflector(x)")


@question("q1", points=1)
def test_reflectors(student, rng):
    """Vectors of many lengths and sizes, with a first entry of either sign or 0, and whole numbers."""
    cases = [(rng.normal(size=m) * 10.0**power,) for m, power in [(1, 0), (2, 3), (5, 0), (5, -4), (30, 0)]]
    cases += [(-x,) for (x,) in cases]
    cases += [(np.array([0.0, 3.0, -4.0]),), (np.array([1.0, 1e-9, 0.0]),), (np.array([-1.0, 1e-9, 0.0]),)]
    cases += [(np.array([3, 4, 0]),), (np.array([-2, 5]),)]
    for (x,), v in zip(cases, student.reflector.map(cases), strict=True):
        check_directions(v, ref.reflector(x), name="reflector(x)")


@question("q1", points=1, public=True)
def test_qr_of_one_column(student):
    """The column (3, 4) has the length 5: Q is ±(0.6, 0.8), R is ±5."""
    A = np.array([[3.0], [4.0]])
    Q = check_factors(A, student.householder_qr(A))
    check_directions(Q, np.array([[0.6], [0.8]]), name="Q")


@question("q1", points=2)
def test_qr_for_every_shape(student, rng):
    """Q is orthonormal, R triangular, and their product is A."""
    cases = [(A,) for A in ordinary(rng)] + [(np.array([[2, 1], [1, 3], [0, -2]]),)]
    for (A,), answer in zip(cases, student.householder_qr.map(cases), strict=True):
        Q = check_factors(A, answer)
        check_directions(Q, ref.householder_qr(A)[0], name="Q", condition=20.0)


@question("q1", points=2)
def test_qr_stays_orthogonal_where_columns_nearly_depend_on_one_another(student, rng):
    """Condition numbers of 10⁵ to 10¹²: Q is orthonormal to rounding all the same."""
    cases = [(matrix(rng, 20, 8, condition),) for condition in (1e5, 1e8, 1e12)]
    for (A,), answer in zip(cases, student.householder_qr.map(cases), strict=True):
        check_factors(A, answer)


@question("q1", points=1)
def test_qr_leaves_its_argument_alone(student, rng):
    """A and x are unchanged afterwards."""
    A = rng.normal(size=(5, 3))
    check_factors(
        A, check_pure(student.householder_qr, A, others=[(student.least_squares, A, np.arange(5.0))])
    )
    x = rng.normal(size=4)
    got = check_pure(student.reflector, x, others=[(student.least_squares, np.eye(4)[:, :3], x)])
    check_directions(got, ref.reflector(x), name="reflector(x)")


@question("q2", points=1, public=True)
def test_line_through_three_points(student):
    """The line through (0, 1), (1, 3) and (2, 5) is 1 + 2t."""
    A = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    got = student.least_squares(A, np.array([1.0, 3.0, 5.0]))
    check_close(got, np.array([1.0, 2.0]), name="least_squares(A, b)")


@question("q2", points=1)
def test_least_squares_for_every_shape(student, rng):
    """Data that no x fits exactly: the residual is orthogonal to the columns."""
    cases = [(A, rng.normal(size=len(A))) for A in ordinary(rng)]
    for (A, b), x in zip(cases, student.least_squares.map(cases), strict=True):
        check_close(x, ref.least_squares(A, b), name="least_squares(A, b)", condition=20.0**2)
        left = A.T @ (b - A @ x)
        check_residual(left, np.linalg.norm(A) * np.linalg.norm(b) * len(A), name="Aᵀ(b − Ax)")


@question("q2", points=1.5)
def test_least_squares_keeps_the_digits_that_the_problem_leaves(student, rng):
    """Condition numbers of 10⁵ and 10⁷, b in the range of A: errors grow with κ, not with its square."""
    for condition in (1e5, 1e7):
        A, x = matrix(rng, 15, 6, condition), rng.normal(size=6)
        check_close(student.least_squares(A, A @ x), x, name="least_squares(A, b)", condition=condition)


@question("q2", points=0.5)
def test_least_squares_leaves_its_arguments_alone(student, rng):
    """A and b are unchanged afterwards."""
    A, b = rng.normal(size=(6, 2)), rng.normal(size=6)
    others = [(student.householder_qr, A), (student.reflector, b)]
    got = check_pure(student.least_squares, A, b, others=others)
    check_close(got, ref.least_squares(A, b), name="least_squares(A, b)")
