"""How far two right answers may be apart because their numbers were rounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = [
    "CONDITIONED", "RELATIVE_FLOAT32", "RELATIVE_FLOAT64", "Tolerance", "bound", "sizes", "wide", "width",
]  # fmt: skip

Array = np.ndarray

# Two right answers in float64 differ by rounding only. Gradients of one loss, written in two ways, were seen
# to differ by 2.4e-16·max|g| (one ε), two hundred Adam steps by 1e-15; a sum of n terms in another order by
# √n·ε, which is 7e-14 for n = 1e5. That scales with the largest entry, hence the term in max|g|. 1e-9 leaves
# four decades above it for answers in which larger terms cancel, and stays ten times below 1e-8, the smallest
# mistake that must be caught. It is never widened to make a submission pass.
RELATIVE_FLOAT64 = 1e-9
# In float32 ε is 1.2e-7, and sums of 1e3 to 1e4 terms err by √n·ε, about 4e-6 to 1e-5.
RELATIVE_FLOAT32 = 1e-5
# In float16 ε is 1e-3; ten of them. Only where a handout asks for float16: that is as large as the mistakes that must
# be caught, so elsewhere an answer in float16 has float64's bound.
RELATIVE_FLOAT16 = 1e-2

# Where summands of size S cancel, what is left errs by c·ε·S however small it is itself; c grows with the root of
# their number. In float64 450 ε are far below any mistake. In float32 they would not be, so 4 ε have to do.
CANCELLED_FLOAT64 = 1e-13
CANCELLED_FLOAT32 = 5e-7

# A stable algorithm solves a nearby problem, c·n·ε away; the problem's condition number κ enlarges that to c·n·ε·κ.
# 1e-13 is 450 ε: c·n of a problem of a hundred unknowns. Below κ = 1e4 the bound above is the larger one.
CONDITIONED = 1e-13


def bound(
    expected: Array,
    rtol: float | None = None,
    atol: float | None = None,
    *,
    largest: float | None = None,
    scale: float = 0.0,
    single: bool = False,
) -> Array:
    """How far each entry may be from ``expected``: |Δ| ≤ 1e-9·|g| + 1e-9·max|g| + 1e-13·scale in float64.

    In float32 it is 1e-5·max|g| + 5e-7·scale. An explicit ``rtol`` replaces the constants before |g|, and ``atol`` is
    added. Entries that are nan or inf are left out of the maximum and have no bound.

    Args:
        expected: The right values.
        rtol: As for `check_close`.
        atol: As for `check_close`.
        largest: The maximum, where ``expected`` is a part of something larger.
        scale: As for `check_close`.
        single: Whether the answer was computed in float32, whose rounding is then added.
    """
    size = sizes(expected)
    largest = size.max(initial=0.0) if largest is None else largest
    if rtol is not None:
        limit = rtol * size + rtol * largest
    elif expected.dtype.kind in "fc" and width(expected) < 8:
        is_float32 = width(expected) == 4
        single = single or is_float32
        limit = np.full(size.shape, 0.0 if is_float32 else RELATIVE_FLOAT16 * largest)
    else:
        limit = RELATIVE_FLOAT64 * size + RELATIVE_FLOAT64 * largest
    limit = limit + (atol or 0.0) + CANCELLED_FLOAT64 * scale
    if single:
        limit = limit + RELATIVE_FLOAT32 * largest + CANCELLED_FLOAT32 * scale
    # Products of subnormal numbers round to 0: nobody fails by the smallest number there is.
    return np.maximum(limit, np.finfo(np.float64).tiny)


@dataclass(frozen=True)
class Tolerance:
    """How close one answer has to be."""

    rtol: float | None
    atol: float | None
    dtype: Any
    scale: float
    single: bool = False

    def exact(self, expected: Array) -> bool:
        """Whether the numbers must be equal."""
        return expected.dtype.kind in "biu" and self.rtol is None and self.atol is None

    def bound(self, expected: Array, largest: float | None = None) -> Array:
        return bound(expected, self.rtol, self.atol, largest=largest, scale=self.scale, single=self.single)

    def within(self, reference: Array) -> Any:
        """A function that compares entries with others, in the precision of ``reference``."""

        def within(one: Array, other: Array, largest: float | None = None) -> Array:
            if self.exact(other):
                return _equal(one, other)
            with np.errstate(all="ignore"):
                precise = other.astype(reference.dtype) if reference.dtype.kind in "fc" else other
                return np.asarray(np.abs(wide(one) - wide(other)) <= self.bound(precise, largest))

        return within


def _equal(one: Array, other: Array) -> Array:
    """Which entries are the same number, also where a float64 cannot hold the integer."""
    one, other = np.broadcast_arrays(one, other)
    same = np.array(one == other)
    large = same & (np.abs(wide(other)) >= 2.0**53)
    if large.any():
        same[large] = [a == b for a, b in zip(one[large].tolist(), other[large].tolist(), strict=True)]
    return same


def wide(array: Array) -> Array:
    """The same numbers in double precision."""
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


def width(array: Array) -> int:
    """Bytes of one real number of the array: 8 in double precision."""
    return array.dtype.itemsize // (2 if array.dtype.kind == "c" else 1)


def sizes(array: Array) -> Array:
    """The absolute value of each entry, 0 where it is not finite."""
    size = np.abs(wide(array))
    return np.where(np.isfinite(size), size, 0.0)
