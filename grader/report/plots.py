"""Histograms of points as inline SVG, in the page's own colours: light, dark and on paper."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from markupsafe import Markup

from grader.points import exact, number
from grader.report.page import drawing
from grader.text import many

__all__ = ["histogram", "nice_step"]

PHONE = 320
"""The width of a chart that fits a phone without being shrunk, which would make its text too small to read."""
WIDEST_BAR = 56
LABEL = 34
"""The room that a label on the horizontal axis needs."""


def nice_step(most: float, ticks: int) -> float:
    """The step of 1, 2 or 5 times a power of ten that cuts ``most`` into at most ``ticks`` parts.

    >>> nice_step(40, 8), nice_step(3, 6), nice_step(0.9, 3)
    (5.0, 0.5, 0.5)
    """
    power = 10.0 ** math.floor(math.log10(most / ticks))
    return next(step for m in (1, 2, 5, 10) if (step := round(m * power, 12)) * ticks >= most * (1 - 1e-9))


def histogram(
    values: Sequence[Fraction],
    most: Fraction,
    *,
    steps: int,
    label: str,
    width: int,
    height: int,
    mark: tuple[Fraction, str] | None = None,
) -> Markup:
    """How many students have which of the points up to ``most``; ``label`` says it to those who do not see the chart.

    If at most ``steps`` divide the axis so that all points fall on a tick, each has its bar above its tick. Otherwise
    a bar reaches from one tick to the next, and full marks have the last one to themselves. A line marks a value. A
    chart wider than a phone is drawn twice, and the page shows the one that fits.
    """
    bars = _Bars(values, most, steps)
    narrow = _drawn(bars, " narrow" if width > PHONE else "", label, min(width, PHONE), height, mark)
    return narrow if width <= PHONE else _drawn(bars, " wide", label, width, height, mark) + narrow


class _Bars:
    """The points at which bars begin, and how many students each bar stands for."""

    def __init__(self, values: Sequence[Fraction], full: Fraction, steps: int) -> None:
        self.full = full
        points = [full, *(min(one, full) for one in values)]
        parts = math.lcm(*(one.denominator for one in points))
        self.step = Fraction(math.gcd(*(int(one * parts) for one in points)), parts) or Fraction(1)
        self.single = full <= self.step * steps
        if not self.single:
            self.step = max(exact(nice_step(float(full), steps)), Fraction(1, 100))
        self.begins = [*(i * self.step for i in range(math.ceil(full / self.step))), full]
        self.counts = Counter(max(bisect_right(self.begins, one) - 1, 0) for one in values)

    def says(self, bar: int) -> str:
        begin, count = number(self.begins[bar]), self.counts[bar]
        if bar == len(self.begins) - 1:
            begin = f"all {begin}"
        elif not self.single:
            begin = f"{begin} to less than {number(self.begins[bar + 1])}"
        return f"{begin} points: {many(count, 'student')}"


def _drawn(
    bars: _Bars, kind: str, label: str, width: int, height: int, mark: tuple[Fraction, str] | None
) -> Markup:
    left, right, top, bottom = 46, width - 14, 28, height - 40
    wide = (right - left) / float(bars.full / bars.step + 1)
    tallest = max(bars.counts.values(), default=1)
    unit = max(1, round(nice_step(tallest, 4)))
    ceiling = unit * math.ceil(tallest / unit)
    high = (bottom - top) / ceiling

    def at(points: Fraction) -> float:
        return left + (wide / 2 if bars.single else 0) + float(points / bars.step) * wide

    def drawn(bar: int) -> tuple[float, float, float, float, str]:
        begin, *end = bars.begins[bar : bar + 2]
        room = min(wide, at(end[0]) - at(begin)) if end else wide
        thick, tall = min(room * 0.84, WIDEST_BAR), bars.counts[bar] * high
        x = at(begin) + (0 if bars.single else room / 2) - thick / 2
        return round(x, 1), round(bottom - tall, 1), round(thick, 1), round(tall, 1), bars.says(bar)

    every = next(n for n in (1, 2, 4, 5, 10, 20, 50) if wide * n >= LABEL)
    ticks = [one for one in bars.begins[:-1:every] if at(bars.full) - at(one) >= LABEL] + [bars.full]
    return drawing(
        "chart.svg", kind=kind, width=width, height=height, left=left, right=right, top=top, bottom=bottom, label=label,
        rows=[(round(bottom - n * high, 1), n) for n in range(0, ceiling + 1, unit)],
        columns=[(round(at(one), 1), number(one)) for one in ticks],
        bars=[drawn(bar) for bar in sorted(bars.counts)],
        mark=round(at(min(mark[0], bars.full)), 1) if mark else None,
        mark_text=mark[1] if mark else "",
        mark_anchor="end" if mark and mark[0] > bars.full / 2 else "start",
    )  # fmt: skip
