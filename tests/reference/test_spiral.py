"""The spiral: where its points lie, how many labels are wrong, and that the shipped table is what the code makes."""

from pathlib import Path

import numpy as np

import reference.spiral as ref

SHIPPED = Path(__file__).parents[2] / "psets" / "ps5" / "data" / "spiral.csv"


def test_without_noise_the_arms_are_where_the_formula_puts_them():
    X, y = ref.spiral(7, 3, 0.0, 0.0, np.random.default_rng(0))
    for row, (x1, x2) in enumerate(X):
        arm, k = divmod(row, 7)
        r = 3 * (k + 1) / 7
        assert y[row] == arm
        np.testing.assert_allclose(x1 + 1j * x2, r * np.exp(1j * np.pi * (2 * arm / 3 + r / 3)), atol=1e-14)


def test_noise_moves_points_along_their_circle():
    X, _ = ref.spiral(50, 3, 0.4, 0.1, np.random.default_rng(0))
    np.testing.assert_allclose(np.hypot(*X.T), np.tile(3 * np.arange(1, 51) / 50, 3), rtol=1e-14)


def test_as_many_labels_are_wrong_as_asked_and_all_others_alike():
    _, y = ref.spiral(10_000, 3, 0.4, 0.1, np.random.default_rng(0))
    shift = (y - np.repeat(np.arange(3), 10_000)) % 3
    # Binomial, n = 30000 and p = 0.05 for either wrong label: five standard deviations are 0.0063.
    assert abs((shift == 1).mean() - 0.05) < 0.0063
    assert abs((shift == 2).mean() - 0.05) < 0.0063


def test_the_shipped_table_is_what_the_code_makes():
    np.testing.assert_array_equal(np.loadtxt(SHIPPED, delimiter=",", skiprows=1), ref.spiral_table())
    assert SHIPPED.read_text(encoding="utf-8").splitlines()[0] == ref.HEADER


def test_the_public_names_are_these():
    assert ref.__all__ == ["spiral", "spiral_table"]
