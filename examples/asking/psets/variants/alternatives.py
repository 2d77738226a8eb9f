"""Right versions in other styles."""

import numpy as np

from grader import alternative


@alternative("force")
def force_as_array(x):
    return np.multiply(np.asarray(x, dtype=float), -stiffness)  # noqa: F821 - the handout gives it


@alternative("fitted_stiffness")
def fit_by_lstsq(x, F):
    return np.linalg.lstsq(-x[:, None], F, rcond=None)[0][0]


@alternative("period")
def period_by_omega():
    omega = (stiffness / mass) ** 0.5  # noqa: F821 - the handout gives both
    return 2 * np.pi / omega
