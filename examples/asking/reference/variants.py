"""A spring: the answers, and the readings that are made for each student."""

import numpy as np

stiffness = 40.0
"""Students have their own in the handout."""


def force(x):
    return -stiffness * x


def fitted_stiffness(x, F):
    return -np.sum(x * F) / np.sum(x**2)


def readings(rng, stiffness):
    """Readings of a spring with a student's stiffness: a table with the columns x and F."""
    x = np.round(rng.uniform(-0.2, 0.2, size=20), 3)
    return {"x": x, "F": np.round(-stiffness * x + rng.normal(scale=0.05, size=20), 3)}
