"""Quantities of pint and astropy stand for a number and the text of its unit, through the codec and in checks."""

import numpy as np
import pytest

from grader.checks import check_close, check_quantity
from grader.errors import CheckFailed
from grader.kinds import plain
from grader.units import is_quantity, unit_of

pint = pytest.importorskip("pint")
UREG = pint.UnitRegistry()


@pytest.mark.parametrize(
    ("quantity", "number", "unit"),
    [
        (9.81 * UREG.meter / UREG.second**2, 9.81, "m/s^2"),
        (3 * UREG.furlong, 3 * 201.168, "m"),
        (UREG.Quantity(25, "degC"), 25, "°C"),
        (5 * UREG.delta_degC, 5, "K"),
        (UREG.Quantity(3.0, "percent"), 3.0, "%"),
        (1e3 * UREG.electron_volt, 1e3, "eV"),
        (2 * UREG.kilogram * UREG.meter**0.5, 2, "kg m^(1/2)"),
    ],
)
def test_a_quantity_is_its_number_and_unit(quantity, number, unit):
    assert is_quantity(quantity)
    got, text = plain(quantity)
    assert got == pytest.approx(number, rel=1e-5)  # pint's furlong is that of the survey
    assert unit_of(text) == unit_of(unit)


def test_a_quantity_without_a_unit_is_a_number():
    assert plain(UREG.Quantity(2.5, "")) == 2.5
    check_close(UREG.Quantity(2.5, "") * 2, 5.0)


def test_an_array_of_quantities_keeps_its_unit():
    numbers, unit = plain(UREG.Quantity(np.array([1.0, 2.0]), "km/h"))
    assert numbers.tolist() == [1.0, 2.0]
    assert unit_of(unit) == unit_of("km/h")


def test_where_a_number_is_asked_for_a_quantity_says_what_to_do():
    with pytest.raises(CheckFailed, match="has a unit, but a number was expected"):
        check_close(2.5 * UREG.second, 2.5)


def test_an_astropy_quantity_stands_for_its_number_and_unit():
    from astropy import units

    check_quantity(9.81 * units.m / units.s**2, 9.81, "m/s^2")
    check_quantity(36 * units.km / units.h, 10, "m/s")
    assert plain(2.0 * units.dimensionless_unscaled) == 2.0


def test_what_only_looks_like_one_is_none():
    class Quantity:
        magnitude, units = 3.0, "m"

    assert not is_quantity(Quantity())
    assert not is_quantity(Quantity)
    assert not is_quantity((3.0, "m"))
