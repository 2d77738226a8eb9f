"""Histograms of points: every one of a class has its bar, also where points are thirds or tenths."""

import re
from fractions import Fraction

import pytest

from grader.report.plots import histogram


def bars(values, most, bins=10):
    return re.findall(r"<title>(.*?)</title>", histogram(values, most, bins=bins, label="points"))


@pytest.mark.parametrize("most", [Fraction(1), Fraction("0.3"), Fraction(40)])
def test_full_marks_have_a_bar_of_their_own(most):
    almost = most - Fraction(1, 100)
    assert bars([most, most + 1, almost], most)[-1] == f"all {float(most):g} points: 2 students"


def test_points_on_an_edge_begin_a_bar():
    tenths = [Fraction(n, 10) for n in range(10)]
    assert bars(tenths, Fraction(1)) == [
        f"{n / 10:g} to less than {(n + 1) / 10:g} points: 1 student" for n in range(10)
    ]


def test_thirds_are_written_as_points_are():
    assert bars([Fraction(1, 3)] * 2, Fraction(2, 3), bins=4) == ["0.2 to less than 0.4 points: 2 students"]
    assert bars([Fraction(2, 3)], Fraction(2, 3)) == ["all 0.67 points: 1 student"]
