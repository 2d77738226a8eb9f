"""q1 to q3; ``variant`` holds the numbers of the student whose work is judged."""

import numpy as np

from grader import check_close, check_pure, question


@question("q1", points=1, public=True)
def test_force_at_one_position(student, variant):
    """The force at x = 0.1 m is that of your spring"""
    check_close(student.force(np.array(0.1)), -0.1 * variant["stiffness"], name="force(x)")


@question("q1", points=1)
def test_force_at_many_positions(student, variant, rng):
    """The force at many positions"""
    x = rng.normal(size=(3, 4))
    check_close(check_pure(student.force, x), -variant["stiffness"] * x, name="force(x)")


@question("q2", points=2)
def test_period(student, variant):
    """The period of your spring and mass"""
    check_close(
        student.value("period"), 2 * np.pi * np.sqrt(variant["mass"] / variant["stiffness"]), name="period"
    )


@question("q3", points=1, public=True)
def test_fitted_stiffness_without_noise(student):
    """Readings without noise give their own stiffness"""
    x = np.array([-1.0, 0.5, 2.0])
    check_close(student.fitted_stiffness(x, -3 * x), 3.0, name="fitted_stiffness(x, F)")


@question("q3", points=1)
def test_fitted_stiffness_of_own_readings(student, variant):
    """The stiffness of your readings"""
    x, F = variant["readings"]["x"], variant["readings"]["F"]
    check_close(student.fitted_stiffness(x, F), -(x @ F) / (x @ x), name="fitted_stiffness(x, F)")


@question("q3", points=1)
def test_fitted_stiffness_of_other_readings(student, rng):
    """The stiffness of other readings"""
    x, F = rng.normal(size=(2, 30))
    check_close(student.fitted_stiffness(x, F), -(x @ F) / (x @ x), name="fitted_stiffness(x, F)")
