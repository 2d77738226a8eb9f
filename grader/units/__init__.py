"""Units of measurement, numbers with a unit in a text, and the quantities of other libraries as plain numbers."""

from grader.units.digits import MOST_DIGITS, digits_of, half_a_digit, is_cut_off, is_rounded
from grader.units.objects import is_quantity, plain_quantity
from grader.units.reading import LONGEST, Number, meant, number_of, quantity_of, readings, unit_of
from grader.units.table import BASE, Unit, UnknownUnit, named

__all__ = [
    "BASE",
    "LONGEST",
    "MOST_DIGITS",
    "Number",
    "Unit",
    "UnknownUnit",
    "digits_of",
    "half_a_digit",
    "is_cut_off",
    "is_quantity",
    "is_rounded",
    "meant",
    "named",
    "number_of",
    "plain_quantity",
    "quantity_of",
    "readings",
    "unit_of",
]
