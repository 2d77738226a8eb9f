"""The global random generators of numpy and Python, seeded for one call."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

__all__ = ["seed_of", "seeded"]

MOST_SEED = 2**32 - 1
"""That numpy's global generator takes."""


def seed_of(seed: int) -> int:
    """The seed, if it is one; raises ValueError otherwise."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed <= MOST_SEED:
        raise ValueError("a seed of the global random generators is a whole number from 0 to 2**32 - 1")
    return int(seed)


@contextmanager
def seeded(seed: int | None) -> Iterator[None]:
    """Seed the global random generators of numpy and Python for a block, and put them back as they were.

    Args:
        seed: A whole number from 0 to 2³² − 1; None leaves them alone.

    Examples:
        >>> with seeded(3):
        ...     first = np.random.rand(), random.random()
        >>> with seeded(3):
        ...     first == (np.random.rand(), random.random())
        True
    """
    if seed is None:
        yield
        return
    before, others = np.random.get_state(), random.getstate()
    try:
        np.random.seed(seed_of(seed))
        random.seed(seed)
        yield
    finally:
        np.random.set_state(before)
        random.setstate(others)
