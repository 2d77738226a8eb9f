"""Is a sparse matrix the right one, and is it sparse at all?"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.conversion import array_of
from grader.checks.messages import describe, fail, short, spot
from grader.checks.patterns import find_pattern
from grader.checks.precision import is_single
from grader.checks.rounding import Tolerance
from grader.kinds import Held, plain, type_name
from grader.libraries import Sparse
from grader.text import many

__all__ = ["check_sparse"]

Array = np.ndarray


def check_sparse(
    got: Any,
    expected: Any,
    *,
    name: str = "result",
    form: str | None = None,
    most: int | None = None,
    rtol: float | None = None,
    atol: float | None = None,
) -> None:
    """Fail unless ``got`` is a sparse matrix or array with the entries of ``expected``, up to rounding.

    Entries are compared where one of the two stores something; a stored 0 counts as no entry. Nothing is made dense.

    Args:
        got: The student's answer.
        expected: A sparse matrix of scipy's, a `Sparse` of plain arrays, or an ordinary array.
        name: What to call the result.
        form: Demands a form of scipy's, such as ``"csr"``.
        most: The most entries that may be stored.
        rtol: As for `check_close`.
        atol: As for `check_close`.

    Raises `CheckFailed`, whose summary says what is wrong without any number of ``expected``.

    Example:
        >>> check_sparse([[1, 0]], np.array([[1, 0]]), name="A")
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: A is a list of 1, but a sparse matrix was expected: scipy.sparse makes one.
    """
    __tracebackhide__ = True
    answer, right = plain(got), _as_sparse(expected)
    if not isinstance(answer, Sparse):
        shown = describe(answer) if isinstance(answer, np.ndarray) else describe(got)
        fail(f"{name} is {shown}, but a sparse matrix was expected: scipy.sparse makes one.")
    if answer.shape != right.shape:
        fail(f"{name} has shape {answer.shape}, but shape {right.shape} was expected.")
    if most is not None and len(answer.values) > most:
        fail(f"{name} stores {len(answer.values)} entries, far more than are not 0.")
    ours, theirs, places = _side_by_side(answer, right)
    if ours.dtype.kind == "c" and theirs.dtype.kind != "c":
        fail(f"{name} is complex, but a real result was expected.")
    within = Tolerance(rtol, atol, None, 0.0, single=is_single(ours)).within(theirs)
    good = within(ours, theirs) if len(ours) else np.ones(0, bool)
    if not good.all():
        _explain(name, answer, right, (ours, theirs, places), good, within)
    kind = got._kind if isinstance(got, Held) else type_name(got)
    if form is not None and not kind.startswith(f"scipy.sparse.{form}_"):
        fail(f"{name} has the right entries, but it is {describe(got)} and not {form}.")


def _as_sparse(expected: Any) -> Sparse:
    found = plain(expected)
    if isinstance(found, Sparse):
        return found
    array = array_of(found)
    if array is None or array.ndim == 0:
        raise TypeError(f"check_sparse cannot compare with {describe(expected)}")
    return Sparse(array.shape, np.nonzero(array), array[np.nonzero(array)])


def _side_by_side(one: Sparse, other: Sparse) -> tuple[Array, Array, tuple[Array, ...]]:
    """The entries of both wherever one of them has one that is not 0, and their places."""
    (ours, here), (theirs, there) = _filled(one), _filled(other)
    places = [np.concatenate(pair) for pair in zip(here, there, strict=True)]
    both = [
        Sparse(one.shape, places, np.concatenate([ours, np.zeros(len(theirs), ours.dtype)])),
        Sparse(one.shape, places, np.concatenate([np.zeros(len(ours), theirs.dtype), theirs])),
    ]
    return both[0].values.astype(ours.dtype), both[1].values.astype(theirs.dtype), both[0].coordinates


def _filled(sparse: Sparse) -> tuple[Array, tuple[Array, ...]]:
    kept = sparse.values != 0
    return sparse.values[kept], tuple(axis[kept] for axis in sparse.coordinates)


def _explain(
    name: str,
    answer: Sparse,
    right: Sparse,
    sides: tuple[Array, Array, tuple[Array, ...]],
    good: Array,
    within: Any,
) -> None:
    __tracebackhide__ = True
    ours, theirs, places = sides
    with np.errstate(all="ignore"):
        off = np.where(good, -1.0, np.abs(ours.astype(complex) - theirs.astype(complex)))
    at = int(np.argmax(np.where(np.isnan(off), np.inf, off)))
    where = tuple(int(axis[at]) for axis in places)
    detail = f"{spot(name, where)} should be {short(theirs[at])} but is {short(ours[at])}."
    if len(answer.shape) == 2 and answer.shape[0] == answer.shape[1]:
        turned = Sparse(answer.shape, answer.coordinates[::-1], answer.values)
        mine, its, _ = _side_by_side(turned, right)
        if within(mine, its).all():
            fail(f"{name} is wrong: It is transposed.", detail)
    missing, extra = (int(((side == 0) & ~good).sum()) for side in (ours, theirs))
    if np.isfinite(theirs).all() and not missing and not extra:
        pattern = find_pattern(ours, theirs, within, {})
        if pattern:
            fail(f"{name} is wrong: {pattern}", detail)
    wrong = f"{name} is wrong in {int((~good).sum()):,} of {many(len(good), 'place')} where an entry is or should be"
    told = [f"{missing:,} {'is' if missing == 1 else 'are'} missing"] if missing else []
    told += [f"{extra:,} should be 0"] if extra else []
    fail(f"{wrong}{': ' if told else ''}{', '.join(told)}.", detail)
