"""What a figure says: its axes, labels, scales, lines, points, bars and images, as plain data.

A figure is read where it was drawn, in the sandbox or in a student's own notebook; only this description is judged.
"""

from grader.figures.description import Axes, Bars, Figure, Image, Line, Points, figure_of
from grader.figures.likeness import essence_of, same_figures
from grader.figures.reading import figure_in, is_figure, said

__all__ = [
    "Axes",
    "Bars",
    "Figure",
    "Image",
    "Line",
    "Points",
    "essence_of",
    "figure_in",
    "figure_of",
    "is_figure",
    "said",
    "same_figures",
]
