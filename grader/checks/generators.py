"""Does a function draw from the generator that it is given, and from nothing else?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.checks.messages import fail
from grader.checks.values import as_numbers
from grader.kinds import Held, plain
from grader.libraries import Sparse
from grader.tables import is_table, same_bits, table_of

__all__ = ["check_uses_rng"]

SEEDS = range(8)
"""Of generators that a function gets. All of them give the same only if it does not look at them, or by chance with the
probability of one value to the power of seven."""


def check_uses_rng(
    sample: Callable[[Any], Any],
    *,
    name: str = "the function",
    make: Callable[[int], Any] = np.random.default_rng,
) -> None:
    """Fail unless a function's random numbers follow from the generator that it is given.

    Generators in the same state must give the same, and some in different states must not. Let the function draw so
    much that two generators hardly ever agree by chance: a hundred throws, and not one.

    Args:
        sample: Takes a generator and calls the function with it, as ``lambda rng: student.throws(100, rng)``.
        name: What to call the function.
        make: Makes a generator from a seed, such as ``np.random.RandomState`` or ``random.Random``.

    Raises `CheckFailed`.

    Examples:
        >>> check_uses_rng(lambda rng: rng.normal(size=3))
        >>> check_uses_rng(lambda rng: np.random.default_rng(1).normal(size=3), name="noise")
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: noise gives the same whatever generator it gets. Does it make one of its own, ...
    """
    __tracebackhide__ = True
    first, again, *others = (sample(make(seed)) for seed in (SEEDS[0], *SEEDS))
    if not _same(first, again, name):
        fail(
            f"{name} gives something else for a generator in the same state. Does it also draw from `np.random`, from "
            "`random` or from a generator of its own?"
        )
    if all(_same(first, other, name) for other in others):
        fail(
            f"{name} gives the same whatever generator it gets. Does it make one of its own, with a fixed seed, "
            "instead of drawing from the one that it is given?"
        )


def _same(one: Any, other: Any, name: str) -> bool:
    """Whether two results are the same, bit by bit up to their types; fails if there are none to compare."""
    __tracebackhide__ = True
    mine, theirs = plain(one), plain(other)
    if mine is None or isinstance(mine, Held):
        as_numbers(one, name)  # says what is wrong with it
    if is_table(mine):
        return is_table(theirs) and same_bits(table_of(mine), table_of(theirs))
    if isinstance(mine, Sparse):
        return isinstance(theirs, Sparse) and _same(mine.plain(), theirs.plain(), name)
    if isinstance(mine, dict):
        return (
            isinstance(theirs, dict)
            and mine.keys() == theirs.keys()
            and all(_same(mine[key], theirs[key], name) for key in mine)
        )
    if isinstance(mine, list | tuple):
        return (
            isinstance(theirs, list | tuple)
            and len(mine) == len(theirs)
            and all(_same(part, beside, name) for part, beside in zip(mine, theirs, strict=True))
        )
    if isinstance(mine, np.ndarray | np.generic):
        return isinstance(theirs, np.ndarray | np.generic) and mine.tobytes() == theirs.tobytes()
    return type(mine) is type(theirs) and bool(mine == theirs or mine != mine)  # nan is not equal to itself
