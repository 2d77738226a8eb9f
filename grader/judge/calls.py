"""What a student's calls gave: kept within bounds, compared up to rounding, and summed up in a digest."""

from __future__ import annotations

import copy
import hashlib
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from grader.checks.conversion import NUMERIC, array_of
from grader.figures import essence_of, figure_of, same_figures
from grader.figures.reading import is_figure
from grader.judge.objects import UNANSWERED, ObservedObject
from grader.judge.quantities import same_quantity
from grader.kinds import Held, parts, plain
from grader.libraries import Sparse
from grader.student import Call, is_generator
from grader.tables import is_table, laid_out, nbytes, table_of
from grader.traces import essence, same_trace

__all__ = ["RTOL", "CallLog", "behaviour", "same_outcome", "same_value"]

MAX_BYTES = 64 * 2**20
"""Of the arguments and values kept for one submission; a submission that returns more gets no explanations."""
MAX_VALUE = 4 * 2**20
"""Of one value: summing up, comparing and replaying it takes many times as much."""
MAX_SPREAD = 8_000_000
"""Entries that a call's arrays may have when they are broadcast together, beyond a few times what they hold."""

# The same formula written in another order differs by about n·2.2e-16 in n operations, and minibatch training
# over the few hundred steps of a test by about 1e-12. A mistake as small as an epsilon of 1e-8 shows at 1e-8. The bound
# lies between, nearer to rounding.
RTOL = 1e-10
DIGITS = 6
"""Significant digits, of the largest entry, that a digest keeps."""
LARGE = 50_000
"""Entries of an array from which on the digest is one of its bytes, since as text it would be many times as large."""


class CallLog:
    """The calls of one submission, by test, up to `MAX_BYTES` of what they were given and returned."""

    def __init__(self) -> None:
        self.by_test: dict[str, list[Call]] = {}
        self.right: set[str] = set()
        """Tests whose calls are known to have ended as the solution's do."""
        self.passed: set[str] = set()
        """Tests that passed, as far as that is known."""
        self._bytes = 0
        self._counted: set[int] = set()
        """``id`` of what is kept: an array that many calls get counts once."""

    def recorder(self, test: str) -> _CallRecorder:
        """A function that notes each call that the test makes."""
        return _CallRecorder(self, self.by_test.setdefault(test, []))

    def keep(self, call: Call) -> bool:
        """Whether there is room for a call, and our own code can make it again safely.

        Arguments count as values do, since a student's state may be passed to the next call. And an array of a
        student's may be a row where ours is a column, so that broadcasting them would fill the memory, or a table of
        theirs may have the same key in every row, so that joining it with another would.
        """
        new: set[int] = set()
        everything = (call.arguments, *call.keywords.values(), call.value)
        size = sum(_size(part, self._counted, new) for part in everything)
        if (
            self._bytes + size > MAX_BYTES
            or _size(call.value, set(), set()) > MAX_VALUE
            or _spreads(everything)
            or math.prod(_rows(everything[:-1])) > MAX_SPREAD
        ):
            return False
        self._bytes += size
        self._counted |= new
        return True

    def replace(self, tests: Iterable[str], other: CallLog) -> None:
        """Replace the calls of some tests by those in another log, as far as there is room."""
        for test in tests:
            calls = self.by_test[test] = []
            recorder = _CallRecorder(self, calls)
            for call in other.by_test.get(test, ()):
                recorder(call)
            self.right.discard(test)

    def functions(self) -> dict[str, list[Call]]:
        """All calls of each function, in the order they were made."""
        found: dict[str, list[Call]] = {}
        for call in self:
            found.setdefault(call.function, []).append(call)
        return found

    def __iter__(self) -> Iterator[Call]:
        for calls in self.by_test.values():
            yield from calls


class _CallRecorder:
    def __init__(self, log: CallLog, calls: list[Call]) -> None:
        self._log, self.calls = log, calls

    def __call__(self, call: Call) -> None:
        if not self._log.keep(call):
            call = replace(call, value=None, arguments=(), keywords={}, error=UNANSWERED)
        elif any(map(is_generator, (*call.arguments, *call.keywords.values()))):
            # The test may draw from its generator afterwards; the replay needs it as the student got it.
            words = {key: _generator_copied(value) for key, value in call.keywords.items()}
            call = replace(call, arguments=tuple(map(_generator_copied, call.arguments)), keywords=words)
        self.calls.append(call)

    def forget(self) -> None:
        """Keep only that calls were made: how far the test came before it was stopped is a matter of chance."""
        self.lose(dict.fromkeys(call.function for call in self.calls))

    def lose(self, functions: Iterable[str]) -> None:
        """Note that the test calls these functions, and that the outcome is unknown."""
        self.calls[:] = [Call(name, (), {}, None, "", error=UNANSWERED) for name in functions]


def _generator_copied(value: Any) -> Any:
    return copy.deepcopy(value) if is_generator(value) else value


def _size(value: Any, counted: set[int], new: set[int]) -> int:
    if isinstance(value, str | bytes):
        return len(value) + 50
    if is_table(value):
        return 200 + nbytes(table_of(value))
    if not isinstance(value, np.ndarray | list | tuple | Mapping):
        return 50
    if id(value) in counted or id(value) in new:
        return 0
    new.add(id(value))
    if isinstance(value, np.ndarray):
        return value.nbytes + 100
    held = itertools.chain.from_iterable(value.items()) if isinstance(value, Mapping) else value
    return 50 + sum(_size(part, counted, new) for part in held)


def _spreads(values: Iterable[Any]) -> bool:
    """Whether the arrays among these, broadcast together, would have far more entries than they hold."""
    sides: dict[int, int] = {}
    held = 0
    for shape in _shapes(values):
        held += math.prod(shape)
        for axis, side in enumerate(reversed(shape)):
            sides[axis] = max(sides.get(axis, 1), side)
    return math.prod(sides.values()) > MAX_SPREAD + 4 * held


def _rows(values: Iterable[Any]) -> Iterator[int]:
    """How many rows each table among these has."""
    for value in values:
        if is_table(value):
            yield max(table_of(value).rows, 1)
        else:
            yield from _rows(parts(value))


def _shapes(values: Iterable[Any]) -> Iterator[tuple[int, ...]]:
    for value in values:
        if isinstance(value, np.ndarray):
            yield value.shape
        elif isinstance(value, list | tuple):
            yield (len(value),)
        yield from _shapes(parts(value))


# Comparing ---------------------------------------------------------------------------------------------------


def same_outcome(one: Call, other: Call, rtol: float = RTOL, *, right: Call | None = None) -> bool:
    """Whether two calls ended alike: values equal up to rounding, the same arguments changed, the same exception.

    With the ``right`` outcome, what is infinite or not a number in both counts as equal where the right value is
    finite: which of them it is depends on the order of operations.
    """
    if one.error is not None or other.error is not None:
        return one.error == other.error
    if set(one.changed) != set(other.changed):
        return False
    if one.trace != other.trace:
        return False
    known = right.value if right and right.error is None else UNKNOWN
    if one.trace is not None:
        return same_trace(one.trace, one.value, other.value, known, partial(same_value, rtol=rtol))
    return same_value(one.value, other.value, rtol, right=known)


UNKNOWN = object()
"""In the place of a right value that is not known."""


def same_value(one: Any, other: Any, rtol: float = RTOL, *, right: Any = UNKNOWN) -> bool:
    """Whether two values are equal, numbers up to rounding, or up to this share of themselves.

    For ``right`` see `same_outcome`.
    """
    if _identical(one, other):
        return True  # as nearly always, and cheap to find out
    one, other, right = map(_as_data, (one, other, right))
    objects = isinstance(one, ObservedObject), isinstance(other, ObservedObject)
    if any(objects):
        return all(objects)  # their data are compared when the test reads them
    if (same := same_quantity(one, other, rtol)) is not None:
        return same
    if is_table(one) == is_table(other):  # otherwise both may be the same numbers
        one, other, right = laid_out(one), laid_out(other), laid_out(right)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        if (figure := figure_of(one)) and (another := figure_of(other)):
            figures = [figure], [another], [figure_of(right) or another]
            return same_figures(*figures, partial(same_value, rtol=rtol))
        known = right if isinstance(right, Mapping) else {}
        return one.keys() == other.keys() and all(
            same_value(one[key], other[key], rtol, right=known.get(key, UNKNOWN)) for key in one
        )
    ours, theirs = array_of(one), array_of(other)
    if ours is not None and theirs is not None:
        return ours.shape == theirs.shape and _close(ours, theirs, rtol, _finite_of(right, ours.shape))
    if ours is not None or theirs is not None:
        return False
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        beside = right[: len(one)] if isinstance(right, list | tuple) else ()
        parts = itertools.zip_longest(one, other, beside, fillvalue=UNKNOWN)
        return len(one) == len(other) and all(same_value(a, b, rtol, right=c) for a, b, c in parts)
    if isinstance(one, int) and isinstance(other, int):
        return one == other  # beyond 64 bits
    if isinstance(one, set | frozenset) and isinstance(other, set | frozenset):
        return one == other
    if isinstance(one, str | bytes) and isinstance(other, str | bytes):
        return one == other  # a text beside a table would be compared with each of its cells
    return one is None and other is None


def _as_data(value: Any) -> Any:
    found = plain(value)
    return found.plain() if isinstance(found, Sparse) else found


def _identical(one: Any, other: Any) -> bool:
    """Whether two values are the same number, text or array of numbers, bit by bit."""
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is not np.ndarray:
        return kind in _SCALARS and bool(one == other)
    return (
        one.dtype == other.dtype
        and one.shape == other.shape
        and one.dtype.kind in NUMERIC
        and one.tobytes() == other.tobytes()
    )


_SCALARS = frozenset({bool, int, float, complex, str, bytes, type(None)})


def _finite_of(right: Any, shape: tuple[int, ...]) -> np.ndarray[Any, Any] | None:
    """Where a right value of that shape is finite; None if there is none."""
    known = None if right is UNKNOWN else array_of(right)
    return np.isfinite(known) if known is not None and known.shape == shape else None


def _close(
    one: np.ndarray[Any, Any],
    other: np.ndarray[Any, Any],
    rtol: float,
    alike: np.ndarray[Any, Any] | None = None,
) -> bool:
    """Whether two arrays of one shape agree; where ``alike`` is true, everything that is not finite is the same."""
    if one.dtype.kind in "biu" and other.dtype.kind in "biu":
        return bool(np.array_equal(one, other))
    kind = complex if "c" in (one.dtype.kind, other.dtype.kind) else float
    one, other = one.astype(kind), other.astype(kind)
    finite = np.isfinite(one)
    if not np.array_equal(finite, np.isfinite(other)):
        return False
    if not finite.all():
        told = ~finite if alike is None else ~finite & ~alike
        if not np.array_equal(one[told], other[told], equal_nan=True):
            return False
    size = np.abs(other[finite])
    bound = rtol * size + 1e-2 * rtol * (size.max() if size.size else 0.0)
    return bool((np.abs(one[finite] - other[finite]) <= bound).all())


# Digest ------------------------------------------------------------------------------------------------------


def behaviour(calls: Iterable[Call]) -> str:
    """A digest of what the calls gave, rounded: equal calls with equal digests mean equal behaviour."""
    digest = hashlib.sha256()
    for call in calls:
        value = essence(call.trace, call.value)
        if (isinstance(value, Held) or is_figure(value)) and (figure := figure_of(value)):
            value = essence_of([figure])
        outcome = call.error if call.error is not None else _rounded(value, large=_numbers(value) > LARGE)
        digest.update(repr((call.function, sorted(call.changed), outcome)).encode())
    return digest.hexdigest()[:16]


def _numbers(value: Any) -> int:
    """How many numbers a value holds in arrays."""
    value = laid_out(value)
    return value.size if isinstance(value, np.ndarray) else sum(map(_numbers, parts(value)))


def _rounded(value: Any, *, large: bool) -> Any:
    value = laid_out(value)
    made = array_of(value)
    if made is None:
        if isinstance(value, Mapping):
            return {str(key): _rounded(item, large=large) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [_rounded(item, large=large) for item in value]
        if isinstance(value, set | frozenset):
            return ["set", *sorted(repr(_rounded(item, large=large)) for item in value)]
        if isinstance(value, int):
            return hex(value)  # beyond 64 bits
        return value if value is None or isinstance(value, str | bytes) else type(value).__name__
    flat = made.ravel()
    if flat.dtype.kind == "c":
        flat = np.concatenate([flat.real, flat.imag])
    flat = flat.astype(float)
    finite = np.isfinite(flat)
    large = large or flat.size > LARGE
    largest = float(np.abs(flat[finite]).max(initial=0.0))
    other = flat[~finite]
    shown = hashlib.sha256(other).hexdigest() if large else [repr(number) for number in other.tolist()]
    # The unit is no power of ten, so that numbers such as 0.5 and 0.125 are not just between two steps.
    unit = 10.0 ** (np.floor(np.log10(max(largest, 1e-12))) - DIGITS + 1) * 1.0390625
    steps = np.rint(flat[finite] / unit).astype(np.int64)
    if large:
        return (
            list(made.shape),
            hashlib.sha256(finite).hexdigest(),
            shown,
            hashlib.sha256(steps).hexdigest(),
        )
    return (list(made.shape), finite.tolist(), shown, steps.tolist())
