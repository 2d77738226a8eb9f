"""Histograms of points: each of a class is in one bar, and ticks stand where the numbers are."""

import re
from fractions import Fraction
from itertools import pairwise

import pytest

from grader.report.plots import PHONE, histogram

HALVES = [Fraction(n, 2) for n in range(11)]
SEVENTHS = [Fraction(n, 7) for n in range(90)]


def chart(values, most, steps=10, width=300, mark=None):
    return histogram(values, Fraction(most), steps=steps, label="points", width=width, height=170, mark=mark)


def bars(values, most, steps=10):
    return re.findall(r"<title>(.*?)</title>", chart(values, most, steps))


def places(svg):
    """The left and right end of each bar, and the ticks of the horizontal axis: their number and where it stands."""
    found = re.findall(r'class="bar" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)
    ticks = re.findall(r'class="tick" x="([\d.]+)" y="[\d.]+" text-anchor="middle">([\d.]+)<', svg)
    return [(float(x), float(x) + float(w)) for x, w in found], {text: float(x) for x, text in ticks}


@pytest.mark.parametrize("most", [Fraction(1), Fraction("0.3"), Fraction(40)])
def test_full_marks_have_a_bar_of_their_own(most):
    almost = most - Fraction(1, 100)
    assert bars([most, most + 1, almost], most)[-1] == f"all {float(most):g} points: 2 students"


def test_few_different_points_have_a_bar_each_right_above_their_number():
    tenths = [Fraction(n, 10) for n in range(10)]
    assert bars(tenths, 1) == [f"{n / 10:g} points: 1 student" for n in range(10)]
    ends, ticks = places(chart(HALVES, 5))
    assert list(ticks) == ["0", "1", "2", "3", "4", "5"]
    assert [(a + b) / 2 for a, b in ends[::2]] == pytest.approx(list(ticks.values()), abs=0.2)


def test_many_different_points_share_bars_that_reach_from_number_to_number():
    assert bars([Fraction(1, 3), Fraction(3, 7)], Fraction(2, 3), steps=4) == [
        "0.2 to less than 0.4 points: 1 student",
        "0.4 to less than 0.6 points: 1 student",
    ]
    ends, ticks = places(chart(SEVENTHS, 12, steps=6))
    assert list(ticks) == ["0", "2", "4", "6", "8", "10", "12"]
    x = list(ticks.values())
    assert all(a <= left and right <= b for (left, right), a, b in zip(ends, x, x[1:], strict=False))
    assert ends[-1][0] >= x[-1], "full marks stand after the last number"


def test_numbers_are_written_as_points_are():
    assert bars([Fraction(1, 3)] * 2, Fraction(2, 3), steps=4) == ["0.33 points: 2 students"]
    assert bars([Fraction(2, 3)], Fraction(2, 3)) == ["all 0.67 points: 1 student"]


@pytest.mark.parametrize("width", [300, PHONE, 860])
@pytest.mark.parametrize(
    ("values", "most"), [(HALVES, 5), (SEVENTHS, "77/6"), ([Fraction(n) for n in range(41)], 40), ([], 0)]
)
def test_the_axis_is_true_and_its_numbers_do_not_touch(values, most, width):
    for svg in re.findall(r"<svg.*?</svg>", chart(values, most, 20, width), re.DOTALL):
        _, ticks = places(svg)
        x, drawn = list(ticks.values()), [float(text) for text in ticks]
        assert all(b - a >= 30 for a, b in pairwise(x))
        slope = (x[-1] - x[0]) / (drawn[-1] - drawn[0] or 1)
        assert x == pytest.approx([x[0] + slope * one for one in drawn], abs=0.5)


@pytest.mark.parametrize("count", [1, 3, 7, 180, 4321])
def test_students_are_counted_in_whole_numbers(count):
    svg = chart([Fraction(1)] * count, 1)
    rows = [int(text) for text in re.findall(r'text-anchor="end">([^<]+)<', svg)]
    assert rows[0] == 0
    assert rows[-1] >= count
    assert len(rows) <= 6


def test_a_mark_stands_at_its_value():
    svg = chart(SEVENTHS, 12, steps=6, mark=(Fraction(3), "median 3"))
    _, ticks = places(svg)
    mark = re.search(r'class="mark" x1="([\d.]+)"', svg)
    assert float(mark[1]) == pytest.approx((ticks["2"] + ticks["4"]) / 2, abs=0.2)


def test_a_wide_chart_has_a_narrow_twin_for_a_phone():
    assert re.findall(r'class="chart( \w+)?" viewBox="0 0 (\d+)', chart(HALVES, 5, width=860)) == [
        (" wide", "860"),
        (" narrow", str(PHONE)),
    ]
    assert chart(HALVES, 5).count("<svg") == 1
