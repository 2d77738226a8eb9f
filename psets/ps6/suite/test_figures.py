"""q2 and q4: training curves and ROC curves."""

import numpy as np

import reference.reporting as ref
from grader import check_figure, check_pure, question


def curves(rng, epochs):
    """A training loss that falls, and a validation loss that falls and rises again."""
    t = np.arange(1, epochs + 1)
    training = np.exp(-t / epochs * 3 + 0.1 * rng.normal(size=epochs))
    validation = np.exp(0.2 * (np.log(t) - np.log(epochs / 3)) ** 2 + 0.05 * rng.normal(size=epochs))
    return training, validation


def lines_of(training, validation):
    t = np.arange(1, len(training) + 1)
    return {"training": (t, training), "validation": (t, validation)}


def scores(rng, N, C):
    """Labels of which every class occurs, and probabilities that know something of them."""
    y = rng.permutation(np.append(np.arange(C), rng.integers(0, C, size=N - C)))
    z = rng.normal(size=(N, C)) + 1.2 * np.eye(C)[y]
    P = np.exp(z)
    return y, P / P.sum(axis=1, keepdims=True)


def roc_of(y, P):
    return [ref.roc_points(y == c, P[:, c]) for c in range(P.shape[1])]


@question("q2", points=1, public=True)
def test_training_curves_of_four_epochs(student):
    """Both losses by epoch, from 1."""
    training, validation = np.array([1.0, 0.5, 0.25, 0.1]), np.array([1.0, 0.6, 0.7, 0.9])
    figure = student.plot_training(training, validation)
    check_figure(figure, lines=[([1, 2, 3, 4], training), ([1, 2, 3, 4], validation)], name="the figure")


@question("q2", points=2)
def test_both_losses_by_epoch(student, rng):
    """The data of both lines, and their labels."""
    for epochs in (30, 7, 121):
        training, validation = curves(rng, epochs)
        figure = student.plot_training(training, validation)
        check_figure(figure, lines=lines_of(training, validation), name="the figure")


@question("q2", points=1)
def test_the_scale_of_the_loss(student, rng):
    """A logarithmic loss axis, a linear one for epochs."""
    figure = student.plot_training(*curves(rng, 20))
    check_figure(figure, xscale="linear", yscale="log", name="the figure")


@question("q2", points=1)
def test_the_best_epoch_is_marked(student, rng):
    """A vertical line at the first epoch with the smallest validation loss."""
    cases = [curves(rng, 40)]
    cases += [(np.array([4.0, 3.0, 2.0, 1.0]), np.array([3.0, 1.0, 1.0, 2.0]))]
    cases += [(np.array([0.3, 0.2, 0.1]), np.array([1.0, 2.0, 3.0]))]
    for training, validation in cases:
        best = 1 + int(np.argmin(validation))
        figure = student.plot_training(training, validation)
        check_figure(figure, vertical={"best": best}, name="the figure")


@question("q2", points=1)
def test_axes_and_legend_of_the_training_curves(student, rng):
    """Labels of the axes, and a legend that names both losses."""
    figure = student.plot_training(*curves(rng, 20))
    check_figure(
        figure, xlabel="epoch", ylabel="loss", legend=["training", "validation", "best"], name="the figure"
    )
    check_pure(student.plot_training, *curves(rng, 9))


@question("q4", points=1, public=True)
def test_roc_curves_of_two_classes(student):
    """Two classes that are told apart but for one example."""
    y, p = np.array([0, 0, 1, 1]), np.array([0.9, 0.3, 0.4, 0.2])
    figure = student.plot_roc(y, np.stack([p, 1 - p], axis=1), ["cat", "dog"])
    curve = ([0, 0, 0.5, 0.5, 1], [0, 0.5, 0.5, 1, 1])
    check_figure(figure, curves=[curve, curve], name="the figure")


@question("q4", points=2)
def test_roc_curves_of_every_class(student, rng):
    """A curve for each class, from two to five of them."""
    for N, C in ((40, 3), (30, 2), (60, 5)):
        y, P = scores(rng, N, C)
        figure = student.plot_roc(y, P, [f"class {c}" for c in range(C)])
        check_figure(figure, curves=roc_of(y, P), name="the figure")


@question("q4", points=2)
def test_names_and_areas_of_the_curves(student, rng):
    """Each curve is labelled with its class and its area."""
    for names in (["cat", "dog", "bird"], ["b", "a"]):
        y, P = scores(rng, 50, len(names))
        found = roc_of(y, P)
        labels = [f"{name} (AUC {np.trapezoid(t, f):.2f})" for name, (f, t) in zip(names, found, strict=True)]
        figure = student.plot_roc(y, P, names)
        check_figure(figure, curves=dict(zip(labels, found, strict=True)), legend=labels, name="the figure")


@question("q4", points=1)
def test_chance_and_axes_of_the_roc_curves(student, rng):
    """The diagonal, and the labels of the axes."""
    figure = student.plot_roc(*scores(rng, 30, 3), ["a", "b", "c"])
    check_figure(
        figure, curves={"chance": ([0, 1], [0, 1])}, xlabel="false positive rate", ylabel="true positive rate",
        legend=["chance"], name="the figure",
    )  # fmt: skip
    y, P = scores(rng, 20, 3)
    check_pure(student.plot_roc, y, P, ["a", "b", "c"])
