"""Checks for linear algebra: answers that are unique only up to a sign or a rotation, and residuals.

A factorization, an eigenvector or a basis can be right and differ from the reference's in every entry. Each is
judged by what defines it: columns are orthonormal, a residual is as small as rounding leaves it, two matrices have
the same columns up to sign, or the same span.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.messages import fail, failed, order
from grader.checks.rounding import CONDITIONED, RELATIVE_FLOAT64, wide, width
from grader.checks.shapes import check_shape
from grader.checks.values import as_numbers

__all__ = ["check_directions", "check_orthonormal", "check_residual", "check_span"]

Array = np.ndarray

# A backward stable algorithm on an m×n matrix leaves errors of at most c·m·n·ε in norm, relative to the data
# (Higham, Accuracy and Stability of Numerical Algorithms, theorems 19.4 and 19.13), with a c below 10. In practice
# they are near √(mn)·ε, so this bound has room; for a matrix of 20 by 20 it is still only 1e-12.
STABLE = 10.0
LARGEST = 4_000_000
"""Entries of a matrix that is judged: two thousand by two thousand."""


def _measured(value: Any, name: str, *, real: bool) -> tuple[Array, float]:
    """The value in double precision, and the ε of the precision it came in; fails for nan and inf.

    Complex numbers fail where ``real``: multiplied by a phase, an answer would pass all checks of this module.
    """
    __tracebackhide__ = True
    array = as_numbers(value, name)
    if real and array.dtype.kind == "c":
        fail(f"{name} is complex, but a real result was expected.")
    if array.size > LARGEST:
        fail(f"{name} has {array.size:,} entries, far more than can be compared.")
    if not np.isfinite(array).all():
        kind = "nan" if np.isnan(array).any() else "inf"
        fail(f"{name} holds {kind}. An overflow, or a division by 0?")
    single = array.dtype.kind in "fc" and width(array) < 8
    return wide(array), float(np.finfo(np.float32 if single else np.float64).eps)


def _norm(array: Array, order: Any = None, axis: int | None = None) -> Any:
    with np.errstate(all="ignore"):  # of the largest numbers it is infinite
        return np.linalg.norm(array, order, axis)


def check_residual(
    residual: Any, scale: float, *, name: str = "the residual", rtol: float | None = None, real: bool = True
) -> None:
    """Fail unless a residual is as small as rounding leaves it: ‖residual‖ ≤ 10·size·ε·scale.

    ``residual`` is what would be 0 in exact arithmetic, such as A − QR, b − Ax or Ax − λx; ``scale`` is the norm of
    what it was computed from, such as ‖A‖ or ‖A‖‖x‖ + ‖b‖. Norms are Frobenius norms, size is the residual's number
    of entries. ``rtol`` replaces 10·size·ε where an algorithm stops at a tolerance of its own. ``real=False`` accepts
    complex numbers.

    Raises `CheckFailed`, which says the residual's order of magnitude.

    >>> check_residual(np.array([1e-16, 0.0]), 1.0, name="b − Ax")
    >>> check_residual(np.array([1e-3, 0.0]), 1.0, name="b − Ax")
    Traceback (most recent call last):
    ...
    grader.errors.CheckFailed: b − Ax should be 0 up to rounding, but is about 1e-3 of what it is computed from.
    Its norm is 0.001 (at most 4.440892099e-15 is allowed).
    """
    __tracebackhide__ = True
    array, eps = _measured(residual, name, real=real)
    bound = (STABLE * max(array.size, 1) * eps if rtol is None else rtol) * float(scale)
    size = float(_norm(array))
    if size > bound:
        part = f"about {order(size / scale)} of what it is computed from" if scale > 0 else "not"
        limit = "up to rounding" if rtol is None else f"up to {rtol:.0e}"
        fail(
            f"{name} should be 0 {limit}, but is {part}.",
            f"Its norm is {size:.10g} (at most {bound:.10g} is allowed).",
        )


def check_orthonormal(got: Any, *, name: str = "Q", real: bool = True) -> Array:
    """Fail unless the columns are orthonormal up to rounding: |QᴴQ − I| ≤ 10·m·n·ε in every entry; returns the array.

    ``real=False`` accepts complex numbers. Raises `CheckFailed`, which names a column of the wrong length, or two that
    are not orthogonal.

    >>> check_orthonormal(np.eye(3)[:, :2]).shape
    (3, 2)
    """
    __tracebackhide__ = True
    Q, eps = _measured(check_shape(got, (None, None), name=name), name, real=real)
    m, n = Q.shape
    if n > m:
        fail(f"{name} has {n} columns of length {m}, too many to be orthonormal.")
    with np.errstate(all="ignore"):
        wrong = np.abs(Q.conj().T @ Q - np.eye(n))
    bound = STABLE * m * n * eps
    if np.all(wrong <= bound):
        return Q
    lengths = np.diagonal(wrong)
    if lengths.max(initial=0) > bound:
        column = int(np.argmax(lengths > bound))
        length = float(_norm(Q[:, column]))
        fail(
            f"Column {column} of {name} does not have length 1.",
            f"Its length is {length:.10g}; the columns should be orthonormal.",
        )
    i, j = (int(k) for k in np.unravel_index(np.argmax(wrong), wrong.shape))
    raise failed(
        f"Columns {min(i, j)} and {max(i, j)} of {name} are not orthogonal: their inner product is about "
        f"{order(wrong[i, j])}, where rounding leaves less than {order(bound)}."
    )


def check_directions(
    got: Any, expected: Any, *, name: str = "result", rtol: float = RELATIVE_FLOAT64, condition: float = 1.0
) -> None:
    """Fail unless each column of ``got`` is that of ``expected`` up to a sign, or up to a phase if that is complex.

    A vector counts as one column. ``condition`` says how much the problem itself enlarges rounding, as in
    `check_close`; ``rtol`` is relative to each column's length.

    Raises `CheckFailed`, which names a column of the wrong direction or length.

    >>> check_directions(np.array([0.6, -0.8]), np.array([-0.6, 0.8]))
    """
    __tracebackhide__ = True
    right = np.asarray(expected)
    one, _ = _measured(check_shape(got, right.shape, name=name), name, real=right.dtype.kind != "c")
    ours, theirs = (array.reshape(len(array), -1) for array in (right, one))
    inner = np.sum(ours.conj() * theirs, axis=0)
    phase = np.where(inner == 0, 1.0, inner / np.where(inner == 0, 1.0, np.abs(inner)))
    off = _norm(theirs - ours * phase, axis=0)
    lengths = _norm(ours, axis=0)
    bound = max(rtol, CONDITIONED * condition) * lengths
    wrong = np.flatnonzero(off > bound)
    if not len(wrong):
        return
    which = name if right.ndim == 1 else f"Column {wrong[0]} of {name}"
    share = "" if len(wrong) == 1 else f" {len(wrong)} of {len(off)} columns are wrong."
    column = int(wrong[0])
    factor = abs(inner[column]) / lengths[column] ** 2 if lengths[column] else 0.0
    if (
        factor
        and _norm(theirs[:, column] - ours[:, column] * phase[column] * factor) <= bound[column] * factor
    ):
        fail(
            f"{which} has the right direction but the wrong length.{share}",
            f"It is {factor:.10g} times too long.",
        )
    angle = float(off[column] / lengths[column]) if lengths[column] else float(off[column])
    fail(
        f"{which} points in the wrong direction.{share}",
        f"It is off by {angle:.3g} of its length, whatever its sign.",
    )


def check_span(got: Any, expected: Any, *, name: str = "result", rtol: float = RELATIVE_FLOAT64) -> None:
    """Fail unless the columns span the same space: the sine of the largest angle between the spaces is ≤ ``rtol``.

    For bases that are unique only up to a rotation, such as that of an eigenspace. The columns of ``expected``
    must be orthonormal; those of ``got`` need only be independent. Raises `CheckFailed`.

    >>> check_span(np.array([[1.0, 1.0], [1.0, -1.0], [0.0, 0.0]]), np.eye(3)[:, :2])
    """
    __tracebackhide__ = True
    right = np.asarray(expected)
    one, eps = _measured(check_shape(got, right.shape, name=name), name, real=right.dtype.kind != "c")
    basis, triangle = np.linalg.qr(one)
    diagonal = np.abs(np.diagonal(triangle))
    if diagonal.min(initial=np.inf) <= STABLE * one.size * eps * diagonal.max(initial=0):
        fail(f"The columns of {name} are linearly dependent, so they span too little.")
    outside = basis - right @ (right.conj().T @ basis)
    sine = float(_norm(outside, 2))
    if sine > rtol:
        fail(
            f"The columns of {name} span the wrong space.",
            f"The sine of the largest angle to the right one is {sine:.3g} (at most {rtol:.3g} is allowed).",
        )
