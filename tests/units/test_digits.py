"""Significant digits: rounding is compared with that of decimal numbers."""

import random
import sys
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

import pytest

from grader.units import half_a_digit, is_cut_off, is_rounded


def rounds(right, answer, count):
    """By definition; half of the last digit may go either way."""
    exact = Decimal(repr(right))
    last = Decimal(1).scaleb(exact.adjusted() - count + 1)
    return Decimal(repr(answer)) in [exact.quantize(last, way) for way in (ROUND_HALF_UP, ROUND_HALF_DOWN)]


@pytest.mark.parametrize("seed", range(5))
def test_rounding_is_as_defined(seed):
    draw = random.Random(seed)
    seen = 0
    for _ in range(4000):
        count, size = draw.randint(1, 6), 10.0 ** draw.randint(-6, 6)
        near = 1 + draw.choice((-1, 1)) * 10 ** draw.uniform(-count - 2, -0.1)  # a power of ten
        right = float(f"{size * draw.choice((near, draw.uniform(1, 10))):.{draw.randint(count, 9)}e}")
        last = 10.0 ** (Decimal(repr(right)).adjusted() - count + 1)
        off = draw.choice((-1, -0.5, -0.4, -0.1, 0, 0.1, 0.3, 0.5, 1, 2, draw.uniform(-12, 12)))
        answer = float(f"{right + off * last:.{count - 1}e}")
        sign = draw.choice((-1, 1))
        if answer > 0:
            assert is_rounded(sign * answer, sign * right, count) == rounds(right, answer, count)
            assert not is_rounded(-sign * answer, sign * right, count)
            seen += rounds(right, answer, count)
    assert seen > 1000


@pytest.mark.parametrize(
    ("answer", "right", "count"),
    [(5, 9.8, 1), (9.5, 9.96, 2), (9.95, 9.996, 3), (995, 999.7, 3), (0.95, 0.996, 2), (98, 99.6, 2),
     (9.99, 10.004, 3)],
)  # fmt: skip
def test_a_number_below_a_power_of_ten_has_finer_digits(answer, right, count):
    assert not is_rounded(answer, right, count)
    assert is_rounded(answer, right, count, allowed=abs(answer - right))


def test_the_largest_and_smallest_numbers_have_digits_too():
    most, least = sys.float_info.max, 5e-324
    for count in (1, 2, 17):
        assert half_a_digit(most, count) > 0
        assert is_rounded(most, most, count)
        assert is_rounded(least, least, count)
        assert not is_cut_off(least, most, count)
    assert not is_rounded(float("inf"), most, 1)


@pytest.mark.parametrize(
    ("answer", "right", "count", "cut"),
    [
        (9.8, 9.87, 2, True), (9, 9.8, 1, True), (-9.8, -9.87, 2, True), (9.99, 9.996, 3, True),
        (9.80, 9.80665, 3, True),
        (2, 9.8, 1, False), (3, 9.8, 1, False), (0.2, 0.98, 1, False), (9.9, 9.87, 2, False), (0.28, 0.29, 2, False),
        (9.8, -9.87, 2, False), (9.8033, 9.809, 3, False), (0, 9.8, 1, False), (0, 0, 1, False),
    ],
)  # fmt: skip
def test_what_was_cut_off(answer, right, count, cut):
    assert is_cut_off(answer, right, count) == cut
