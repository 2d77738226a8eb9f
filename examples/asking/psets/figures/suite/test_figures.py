"""q1: training curves; q2: the errors."""

import numpy as np

from grader import check_figure, question


def losses(rng, epochs):
    """Two losses that fall, one of them not as far."""
    fall = np.exp(-rng.uniform(0.2, 0.6) * np.arange(epochs))
    return fall * rng.uniform(0.9, 1.1, epochs), 0.1 + fall * rng.uniform(1.1, 1.5, epochs)


@question("q1", points=1, public=True)
def test_of_three_epochs(student):
    """The losses of three epochs are drawn."""
    train, test = np.array([2.0, 0.5, 0.125]), np.array([3.0, 1.0, 0.75])
    epochs = [1, 2, 3]
    figure = student.plot_losses.drawn(train, test)
    check_figure(figure, lines=[(epochs, train), (epochs, test)], name="the figure of three epochs")


@question("q1", points=2)
def test_of_more_epochs(student, rng):
    """Few epochs and many."""
    for count in (2, 5, 40):
        train, test = losses(rng, count)
        epochs = np.arange(1, count + 1)
        figure = student.plot_losses.drawn(train, test)
        check_figure(
            figure,
            lines={"train": (epochs, train), "test": (epochs, test)},
            name=f"the figure of {count} epochs",
        )


@question("q1", points=2)
def test_scale_and_labels(student, rng):
    """A log scale, labels and a legend."""
    figure = student.plot_losses.drawn(*losses(rng, 12))
    check_figure(figure, yscale="log", xlabel="epoch", ylabel="loss", legend=["train", "test"])


@question("q2", points=1, public=True)
def test_of_the_axis(student):
    """The cell draws a figure, and labels its x axis."""
    check_figure(student.drawn("q2"), xlabel="error", name="the histogram")


@question("q2", points=1)
def test_of_the_errors(student):
    """The histogram has twenty bins."""
    errors = np.sin(np.arange(500.0) ** 2) ** 3
    counts, edges = np.histogram(errors, bins=20)
    middles = (edges[:-1] + edges[1:]) / 2
    check_figure(student.drawn("q2"), bars=[(middles, counts)], name="the histogram")
