"""Does a figure show what was asked for: the data, the labels, the scales?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.checks.figure_data import check_alone, check_image, check_series
from grader.checks.figure_labels import missing, says
from grader.checks.figure_series import series_of, straight_of
from grader.checks.messages import begun, clip, describe, fail, short
from grader.checks.rounding import Tolerance
from grader.figures import Axes, Figure, figure_of
from grader.traces import Drawn

__all__ = ["check_figure"]

Array = np.ndarray[Any, Any]
Wanted = bool | str | Sequence[str] | None
"""Of a text: that there is one, what it should say, or one of several things that it may say."""
_SET = {
    "title": "`ax.set_title`", "xlabel": "`ax.set_xlabel`", "ylabel": "`ax.set_ylabel`",
}  # fmt: skip
_CALLED = {"title": "title", "xlabel": "x label", "ylabel": "y label"}


def check_figure(
    got: Any,
    *,
    name: str = "figure",
    panel: int = 0,
    panels: int | None = None,
    title: Wanted = None,
    xlabel: Wanted = None,
    ylabel: Wanted = None,
    xscale: str | None = None,
    yscale: str | None = None,
    xlim: tuple[float, float] | None = None,
    ylim: tuple[float, float] | None = None,
    legend: bool | Sequence[str] | None = None,
    lines: Sequence[Any] | Mapping[str, Any] = (),
    points: Sequence[Any] | Mapping[str, Any] = (),
    curves: Sequence[Any] | Mapping[str, Any] = (),
    vertical: Sequence[float] | Mapping[str, float] = (),
    horizontal: Sequence[float] | Mapping[str, float] = (),
    bars: Sequence[Any] | Mapping[str, Any] = (),
    image: Any = None,
    exactly: bool = False,
    rtol: float | None = None,
    atol: float | None = None,
) -> None:
    """Fail unless a matplotlib figure shows what is asked for; what is not asked for is not judged.

    Args:
        got: The figure, or one of its axes, or what ``student.f.drawn(...)`` and ``student.drawn("q2")`` give: of
            several figures, the last.
        name: What to call it.
        panel: Which of the figure's axes is judged, from 0.
        panels: How many panels the figure should have. Colour bars are none, nor are the second axes of ``twinx``,
            whose lines, points, bars and labels belong to the panel they lie on. They are also axes of their own, which
            come after all panels.
        title: Of the axes, or of the whole figure. True asks for any, a text for one that contains it from the
            beginning of a word on (capitals and spaces do not count), several texts for one of them.
        xlabel, ylabel: The same for the labels of the axes.
        xscale, yscale: Such as ``"log"``.
        xlim, ylim: The ends of the axes.
        legend: True asks for one, texts for one that has an entry for each of them.
        lines: The data of each line: ``(x, y)``, or ``y`` where x is 0, 1, 2 and so on. Names in a dictionary are the
            labels that the lines should have. In any order; other lines may be there.
        points: The same for points of a scatter plot, in any order, drawn by one call or several.
        curves: As ``lines``, but drawn through any points of the curve, as for `check_curve`: for curves of straight
            pieces, such as ROC curves; for smooth ones, ask for lines at given x.
        vertical, horizontal: Where straight lines stand, as those of ``axvline`` and ``axhline``.
        bars: The same for bars or a histogram: ``(where, lengths)``, or ``lengths``; where named bars are is a text.
            Drawn by one call or several.
        image: The numbers of an image.
        exactly: Whether no other lines, points and bars may be there.
        rtol: Replaces the bound on rounding, as in `check_close`.
        atol: Is added to it.

    Raises `CheckFailed`, whose summary holds none of the expected numbers.

    Examples:
        >>> from matplotlib.figure import Figure
        >>> figure = Figure()
        >>> _ = figure.subplots().plot([1, 2, 4], [1.0, 0.5, 0.25])
        >>> check_figure(figure, lines=[([1, 2, 4], [1.0, 0.5, 0.25])])
        >>> check_figure(figure, yscale="log", name="the loss")
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: the loss has a linear y axis, but a log scale was asked for: `ax.set_yscale('log')`.
    """
    __tracebackhide__ = True
    figure = figure_of(got)
    if figure is None:
        if isinstance(got, Drawn):
            fail(f"{begun(got.by)} draws no figure: draw one with matplotlib, such as `plt.plot(...)`.")
        fail(f"{name} is {describe(got)}, but a figure was expected: return the figure that you draw.")
    if not figure.axes:
        fail(f"{name} is empty: nothing is drawn in it.")
    if figure.cut:
        fail(f"{name} holds far more than a figure can show: draw fewer points.")
    shown = sum(one.lies_on < 0 for one in figure.axes)
    if panels is not None and shown != panels:
        fail(f"{name} has {_counted(shown)}, but {panels} {'was' if panels == 1 else 'were'} expected.")
    if panel >= len(figure.axes):
        fail(f"{name} has only {_counted(shown)}.")
    axes = _whole_panel(figure, panel)
    tolerance = Tolerance(rtol, atol, None, 0.0)
    asked = {
        "lines": series_of(lines), "curves": series_of(curves), "points": series_of(points), "bars": series_of(bars),
        "vertical": straight_of("vertical", vertical), "horizontal": straight_of("horizontal", horizontal),
    }  # fmt: skip
    with np.errstate(all="ignore"):  # of numbers that a student's figure holds
        used = {kind: check_series(axes, kind, wanted, name, tolerance) for kind, wanted in asked.items()}
    for kind in asked if exactly else ():
        # One line may be asked for as a line, a curve, or a straight line across the axes.
        kinds = [kind] if kind in ("points", "bars") else asked.keys() - {"points", "bars"}
        check_alone(axes, kind, asked[kind], [part for other in kinds for part in used[other]], name)
    if image is not None:
        check_image(axes, np.asarray(image), name, tolerance)
    for what, wanted in (("title", title), ("xlabel", xlabel), ("ylabel", ylabel)):
        _check_text(figure, axes, what, wanted, name)
    for letter, scale in (("x", xscale), ("y", yscale)):
        found = getattr(axes, f"{letter}scale")
        if scale is not None and found != scale:
            how = f"`ax.set_{letter}scale({scale!r})`"
            fail(f"{name} has a {clip(found, 20)} {letter} axis, but a {scale} scale was asked for: {how}.")
    for letter, ends in (("x", xlim), ("y", ylim)):
        _check_ends(getattr(axes, f"{letter}lim"), ends, letter, name, tolerance)
    _check_legend(axes, legend, name)


def _whole_panel(figure: Figure, panel: int) -> Axes:
    """A panel with what is drawn on it by means of ``twinx`` and ``twiny``."""
    axes = [figure.axes[panel], *(one for one in figure.axes[panel + 1 :] if one.lies_on == panel)]
    return replace(
        axes[0],
        lines=[line for one in axes for line in one.lines],
        points=[points for one in axes for points in one.points],
        bars=[bars for one in axes for bars in one.bars],
        xlabel="\n".join(filter(None, (one.xlabel for one in axes))),
        ylabel="\n".join(filter(None, (one.ylabel for one in axes))),
    )


def _counted(panels: int) -> str:
    return f"{panels} panel{'' if panels == 1 else 's'}"


# Texts -------------------------------------------------------------------------------------------------------


def _check_text(figure: Figure, axes: Axes, what: str, wanted: Wanted, name: str) -> None:
    __tracebackhide__ = True
    if wanted is None or wanted is False:
        return
    found = getattr(axes, what)
    if what == "title" and not found.strip():
        found = figure.title
    if not found.strip():
        fail(f"{name} has no {_CALLED[what]}: set it with {_SET[what]}.")
    if wanted is not True and not any(
        says(found, one) for one in ([wanted] if isinstance(wanted, str) else wanted)
    ):
        said = "the expected words" if isinstance(wanted, str) else "any of the expected words"
        fail(
            f"The {_CALLED[what]} of {name} lacks {said}.",
            f"It is {short(found, 60)}, expected: {wanted!r}.",
        )


def _check_legend(axes: Axes, wanted: bool | Sequence[str] | None, name: str) -> None:
    __tracebackhide__ = True
    if not wanted:
        return
    if axes.legend is None:
        drawn: list[Any] = [*axes.lines, *axes.points, *axes.bars]
        labels = any(one.label for one in drawn)
        how = "call `ax.legend()`" if labels else "give what you draw a `label=`, and call `ax.legend()`"
        fail(f"{name} has no legend: {how}.")
    for one in missing(axes.legend, [] if isinstance(wanted, bool) else list(wanted)):
        fail(f"The legend of {name} lacks an entry for {short(one, 40)}.")


def _check_ends(
    found: Array, wanted: tuple[float, float] | None, letter: str, name: str, tolerance: Tolerance
) -> None:
    __tracebackhide__ = True
    if wanted is None:
        return
    right = np.asarray(wanted, float)
    if found.shape != right.shape or not tolerance.within(right)(found, right).all():
        fail(f"The {letter} axis of {name} has other ends than expected: `ax.set_{letter}lim` sets them.")
