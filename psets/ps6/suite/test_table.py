"""q3: a table of metrics."""

import numpy as np
import pandas as pd

import reference.reporting as ref
from grader import check_pure, check_table, question

TABLE = "the table"


def labels(rng, N, C, skill=0.6):
    """Labels of uneven classes, and predictions that are right with probability ``skill``."""
    weights = rng.dirichlet(np.full(C, 2.0))
    y = rng.choice(C, size=N, p=weights)
    return y, np.where(rng.random(N) < skill, y, rng.integers(0, C, size=N))


def names(C):
    """In no order of their own."""
    return [f"class {(11 * c + 1) % C}" for c in range(C)]


def agree(student, cases, **how):
    for y, predicted, C in cases:
        got = student.metrics_table(y, predicted, names(C))
        check_table(got, ref.metrics_table(y, predicted, names(C)), name=TABLE, **how)


@question("q3", points=1, public=True)
def test_table_of_two_classes(student):
    """The example of the question."""
    got = student.metrics_table(np.array([0, 1, 1, 1]), np.array([0, 0, 1, 1]), ["a", "b"])
    right = pd.DataFrame(
        {"examples": [3, 1], "precision": [1, 1 / 2], "recall": [2 / 3, 1], "F1": [4 / 5, 2 / 3]},
        index=["b", "a"],
    )
    check_table(got, right, name=TABLE)


@question("q3", points=2)
def test_tables_of_several_classes(student, rng):
    """From two to seven classes; the order of rows is not looked at here."""
    agree(student, [(*labels(rng, N, C), C) for N, C in ((50, 3), (20, 2), (200, 7))], ordered=False)


@question("q3", points=1)
def test_order_of_the_rows(student, rng):
    """The most frequent class first, equally frequent ones in the order of their names."""
    even = np.repeat(np.arange(5), [4, 6, 4, 6, 4])
    many = np.repeat(np.arange(40), rng.integers(1, 4, size=40))  # a sort that is not stable moves some
    cases = [(even, rng.permutation(even), 5), (many, rng.permutation(many), 40), (*labels(rng, 80, 4), 4)]
    agree(student, cases)


@question("q3", points=1)
def test_classes_without_examples_or_predictions(student, rng):
    """A row for every name; undefined ratios are nan."""
    y, predicted = labels(rng, 40, 3)
    cases = [
        (y, np.where(predicted == 1, 0, predicted), 3),  # never predicted
        (np.where(y == 2, 0, y), predicted, 3),  # no examples
        (y, predicted, 5),  # neither
    ]
    agree(student, cases, ordered=False)


@question("q3", points=1)
def test_the_table_leaves_the_labels_alone(student, rng):
    """The labels are unchanged afterwards."""
    y, predicted = labels(rng, 30, 3)
    agree(student, [(y, predicted, 3)], ordered=False)
    check_pure(student.metrics_table, y, predicted, names(3))
