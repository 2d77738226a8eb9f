"""What a call leaves behind: printed, drawn, written, in this process."""

from __future__ import annotations

import os
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest

from grader import LocalStudent, StudentError, check_figure
from grader.figures import figure_of
from grader.student import Call
from grader.traces import FIGURES, MOST_FIGURES, MOST_PRINTED, OUTPUT, Trace, close_figures, traced, untraced


def student_of(record=None, **functions):
    return LocalStudent(functions, record)


def test_what_a_call_prints():
    def f(x):
        print("x =", x)
        print("no", file=sys.stderr)
        return 2 * x

    calls: list[Call] = []
    student = student_of(calls.append, f=f)
    printed = student.f.printed(3)
    assert (printed, printed.returned) == ("x = 3\n", "int")
    assert (calls[0].value, calls[0].trace, calls[0].arguments) == ("x = 3\n", OUTPUT, (3,))
    assert student.f(3) == 6


def test_it_is_bounded():
    def f():
        for _ in range(1_000):
            print("x" * 100_000)

    assert len(student_of(f=f).f.printed()) == MOST_PRINTED


def test_output_goes_on_where_it_went_after_an_error():
    def f():
        print("a")
        raise ValueError("no")

    before = sys.stdout
    calls: list[Call] = []
    with pytest.raises(StudentError):
        student_of(calls.append, f=f).f.printed()
    assert sys.stdout is before
    assert (calls[0].error, calls[0].trace) == ("ValueError", OUTPUT)


@pytest.mark.parametrize(
    "ends",
    [
        lambda figure: None,
        lambda figure: plt.show(),
        lambda figure: plt.close(),
        lambda figure: plt.close(figure),
        lambda figure: figure,
        lambda figure: (figure, figure.axes[0]),
        lambda figure: figure.axes[0].lines,
        lambda figure: np.array(figure.axes, dtype=object),
        lambda figure: {"figure": figure},
    ],
)
def test_what_a_call_draws_however_it_ends(ends):
    def f(y):
        figure = plt.figure()
        plt.plot(y)
        return ends(figure)

    for _ in range(2):  # no figure is left for the next call
        drawn = student_of(f=f).f.drawn([1.0, 2.0])
        check_figure(drawn, lines=[[1.0, 2.0]], exactly=True)
        assert len(drawn) == 1
    assert plt.get_fignums() == []


def test_a_figure_that_is_shown_is_over():
    def f():
        plt.plot([1, 2])
        plt.show()
        plt.plot([3, 4])
        plt.show()

    first, second = student_of(f=f).f.drawn()
    check_figure(first, lines=[[1, 2]], exactly=True)
    check_figure(second, lines=[[3, 4]], exactly=True)


def test_calls_that_are_not_asked_for_figures_leave_none_behind():
    def f(y):
        plt.plot(y)
        return plt.gca()

    student = student_of(f=f)
    student.f([5, 6])
    check_figure(student.f([1, 2]), lines=[[1, 2]], exactly=True)
    close_figures()


def test_many_figures_and_large_ones_are_bounded():
    def many():
        for number in range(MOST_FIGURES + 5):
            plt.figure()
            plt.plot([number])

    assert len(student_of(f=many).f.drawn()) == MOST_FIGURES

    def large():
        plt.plot(np.zeros(5_000_000))
        plt.plot([1, 2])

    (one,) = student_of(f=large).f.drawn()
    figure = figure_of(one)
    assert figure.cut
    assert [line.y.size for line in figure.axes[0].lines] == [0, 2]

    def artists():
        figure, axes = plt.subplots(2)
        for axis in axes:
            for _ in range(1_500):
                axis.axvline(0)
        return figure

    (one,) = student_of(f=artists).f.drawn()
    assert figure_of(one).cut


def test_what_a_call_writes_and_that_nothing_is_left_of_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def f(path, text):
        with open(path, "w") as file:
            file.write(text)

    calls: list[Call] = []
    assert student_of(calls.append, f=f).f.wrote("a.txt", "text")("a.txt", "hello") == "hello"
    assert calls[0].trace == Trace("file", "a.txt", "text")
    assert os.listdir() == []
    with pytest.raises(ValueError, match="a file is read as one of"):
        student_of(f=f).f.wrote("a.txt", "csv")


def test_what_the_solution_leaves_behind_may_be_left_out():
    def prints():
        with untraced():
            print("right")
        print("own")

    assert traced(OUTPUT, prints)[0] == "own\n"

    def draws():
        with untraced():
            plt.plot([1])
        plt.plot([2, 3])

    ((figure,), _) = traced(FIGURES, draws)
    check_figure(figure, lines=[[2, 3]], exactly=True)


class Lies:
    """Says that it is a figure, and raises whatever it is asked."""

    def __getattr__(self, name):
        raise RuntimeError(name)


Lies.__module__, Lies.__qualname__, Lies.__name__ = "matplotlib.figure", "Figure", "Figure"


def test_an_object_that_says_that_it_is_a_figure_is_none():
    assert student_of(f=Lies).f.drawn() == []
