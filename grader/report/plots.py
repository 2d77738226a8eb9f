"""Bar charts as inline SVG: vectors that take the page's own colours, in light, in dark and on paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import jinja2
from markupsafe import Markup

from grader.points import exact, is_full, number
from grader.text import many

__all__ = ["histogram", "nice_step"]

_CHART = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""
<svg class="chart" viewBox="0 0 {{ width }} {{ height }}" width="{{ width }}" height="{{ height }}" role="img"
 aria-label="{{ label }}">
{% for y, text in rows %}
<line class="grid" x1="{{ left }}" x2="{{ right }}" y1="{{ y }}" y2="{{ y }}"/>
<text class="tick" x="{{ left - 6 }}" y="{{ y + 4 }}" text-anchor="end">{{ text }}</text>
{% endfor %}
{% for x, y, w, h, text in bars %}
<rect class="bar" x="{{ x }}" y="{{ y }}" width="{{ w }}" height="{{ h }}"><title>{{ text }}</title></rect>
{% endfor %}
<line class="axis" x1="{{ left }}" x2="{{ right }}" y1="{{ bottom }}" y2="{{ bottom }}"/>
{% for x, text in columns %}
<line class="axis" x1="{{ x }}" x2="{{ x }}" y1="{{ bottom }}" y2="{{ bottom + 4 }}"/>
<text class="tick" x="{{ x }}" y="{{ bottom + 17 }}" text-anchor="middle">{{ text }}</text>
{% endfor %}
{% if mark is not none %}
<line class="mark" x1="{{ mark }}" x2="{{ mark }}" y1="{{ top - 4 }}" y2="{{ bottom }}"/>
<text class="tick strong" x="{{ mark }}" y="{{ top - 8 }}" text-anchor="{{ mark_anchor }}">{{ mark_text }}</text>
{% endif %}
<text class="title" x="{{ (left + right) / 2 }}" y="{{ height - 4 }}" text-anchor="middle">{{ x_title }}</text>
<text class="title" x="12" y="{{ (top + bottom) / 2 }}" text-anchor="middle"
 transform="rotate(-90 12 {{ (top + bottom) / 2 }})">{{ y_title }}</text>
</svg>""")


def nice_step(most: float, ticks: int) -> float:
    """The step of 1, 2 or 5 times a power of ten that cuts ``most`` into at most ``ticks`` parts.

    >>> nice_step(40, 8), nice_step(3, 6), nice_step(0.9, 3)
    (5.0, 0.5, 0.5)
    """
    if most <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most / ticks))
    return next(step for m in (1, 2, 5, 10) if (step := round(m * power, 12)) * ticks >= most * (1 - 1e-9))


def histogram(
    values: Sequence[Fraction | float],
    most: Fraction | float,
    *,
    bins: int,
    label: str,
    width: int = 640,
    height: int = 260,
    mark: tuple[Fraction | float, str] | None = None,
) -> Markup:
    """How many students have which points.

    Args:
        values: Points, between 0 and ``most``.
        most: The points there are.
        bins: At most that many bars.
        label: What the chart says, for those who do not see it.
        mark: A value whose bar is marked by a line, and the line's name.
    """
    full = exact(most)
    step = max(exact(nice_step(float(most), bins)), Fraction(1, 100))
    edges = [i * step for i in range(math.ceil(full / step) + 1)]

    # Each bar is what begins at its edge, and full marks have the last to themselves.
    def bar_of(value: Fraction | float) -> int:
        points = exact(value)
        return len(edges) - 1 if is_full(points, full) else max(math.floor(points / step), 0)

    counts = [0] * len(edges)
    for value in values:
        counts[bar_of(value)] += 1
    left, right, top, bottom = 46, width - 14, 28, height - 40
    wide = (right - left) / len(edges)
    unit = max(1.0, nice_step(max(counts, default=0) or 1, 4))
    ceiling = unit * max(1, math.ceil(max(counts, default=0) / unit))
    high = (bottom - top) / ceiling
    every = next(n for n in (1, 2, 4, 5, 10, 20, 50) if len(edges) / n * 34 <= right - left)
    shown = [i for i in range(len(edges) - 1) if i % every == 0 and len(edges) - 1 - i >= (every + 1) / 2]
    shown.append(len(edges) - 1)
    return Markup(
        _CHART.render(
            width=width, height=height, left=left, right=right, top=top, bottom=bottom, label=label,
            x_title="points", y_title="students",
            rows=[(round(bottom - n * unit * high, 1), f"{n * unit:g}") for n in range(round(ceiling / unit) + 1)],
            columns=[(round(left + (i + 0.5) * wide, 1), number(min(edges[i], full))) for i in shown],
            bars=[
                (
                    round(left + i * wide + wide * 0.08, 1), round(bottom - count * high, 1),
                    round(wide * 0.84, 1), round(count * high, 1), _bar_text(edges, i, full, count),
                )
                for i, count in enumerate(counts)
                if count
            ],
            mark=None if mark is None else round(left + (bar_of(mark[0]) + 0.5) * wide, 1),
            mark_text=mark[1] if mark else "",
            mark_anchor="end" if mark and mark[0] > full / 2 else "start",
        )
    )  # fmt: skip


def _bar_text(edges: list[Fraction], i: int, most: Fraction, count: int) -> str:
    who = many(count, "student")
    if i == len(edges) - 1:
        return f"all {number(most)} points: {who}"
    return f"{number(edges[i])} to less than {number(min(edges[i + 1], most))} points: {who}"
