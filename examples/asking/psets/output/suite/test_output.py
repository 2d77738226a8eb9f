"""q1: a report; q2: a file of losses; q3: a summary."""

import numpy as np
import pandas as pd

from grader import check_close, check_printed, check_table, question


def expected(losses, accuracies):
    """The lines that the report should have."""
    lines = [
        f"epoch {epoch}: loss={loss:.4f}, accuracy={100 * accuracy:.1f}%"
        for epoch, (loss, accuracy) in enumerate(zip(losses, accuracies, strict=True), start=1)
    ]
    return [*lines, f"best epoch: {int(np.argmax(accuracies)) + 1}"]


@question("q1", points=1, public=True)
def test_of_two_epochs(student):
    """The example above."""
    losses, accuracies = np.array([0.7, 0.25]), np.array([0.5, 0.875])
    check_printed(student.report.printed(losses, accuracies), expected(losses, accuracies))


@question("q1", points=3)
def test_of_more_epochs(student, rng):
    """More epochs, of which the best is not the last."""
    for count in (1, 4, 12):
        losses, accuracies = rng.uniform(0.01, 3.0, count), rng.integers(1, 1000, count) / 1000
        accuracies[0 if count < 12 else [3, 7]] = 1.0
        check_printed(student.report.printed(losses, accuracies), expected(losses, accuracies))


@question("q2", points=3)
def test_of_the_file(student, rng):
    """The file has a row for each epoch."""
    losses = rng.uniform(0.01, 3.0, 7)
    got = student.save_losses.wrote("run.csv", "table")(losses, "run.csv")
    check_table(got, pd.DataFrame({"epoch": np.arange(1, 8), "loss": losses}), name="run.csv")


@question("q3", points=1)
def test_of_the_summary(student):
    """The mean and the deviation."""
    losses = 2.0 * 0.8 ** np.arange(30.0)
    check_printed(student.printed("q3"), f"mean {losses.mean():.4f}, deviation {losses.std():.4f}")


@question("q3", points=1, public=True)
def test_of_the_saved_losses(student):
    """They are saved as an array."""
    check_close(student.wrote("losses.npy", "array"), 2.0 * 0.8 ** np.arange(30.0), name="losses.npy")
