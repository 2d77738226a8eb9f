"""Is a student's answer the right one, up to rounding? And if not, in what way is it wrong?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import starmap
from typing import Any, NamedTuple

import numpy as np

from grader.checks.conversion import PIECE, NotNumbers, one_array, pieces
from grader.checks.messages import clip, describe, fail, listed, order, short, spot
from grader.checks.patterns import find_pattern, only_biases, reshape_pattern, where_wrong
from grader.checks.precision import coarse_by, is_single
from grader.checks.values import as_numbers
from grader.errors import CheckFailed
from grader.kinds import plain

__all__ = ["bound", "check_close"]

Array = np.ndarray

# Two right answers in float64 differ by rounding only. Gradients of one loss, written in two ways, were seen
# to differ by 2.4e-16·max|g| (one ε), two hundred Adam steps by 1e-15; a sum of n terms in another order by
# √n·ε, which is 7e-14 for n = 1e5. That scales with the largest entry, hence the term in max|g|. 1e-9 leaves
# four decades above it for answers in which larger terms cancel, and stays ten times below 1e-8, the smallest
# mistake that is to be caught. It is never widened to make a submission pass.
RELATIVE_FLOAT64 = 1e-9
# In float32 ε is 1.2e-7, and sums of 1e3 to 1e4 terms err by √n·ε, about 4e-6 to 1e-5.
RELATIVE_FLOAT32 = 1e-5
# In float16 ε is 1e-3; ten of them. For what a handout asks for in float16: elsewhere that is as large as the mistakes
# that are to be caught, and an answer in it has float64's bound.
RELATIVE_FLOAT16 = 1e-2

# Where summands of a size S cancel, what is left errs by c·ε·S however small it is itself, c growing with the root of
# their number: 450 ε in float64, which is far below any mistake. In float32 no more than 4 ε, for there it is not.
CANCELLED_FLOAT64 = 1e-13
CANCELLED_FLOAT32 = 5e-7

# A stable algorithm solves a nearby problem, c·n·ε away; the problem's condition number κ enlarges that to c·n·ε·κ.
# 1e-13 is 450 ε: c·n of a problem of a hundred unknowns. Below κ = 1e4 the bound above is the larger one.
CONDITIONED = 1e-13
PARTS_TOLD = 50
"""Wrong ones of several outputs whose own words are kept; a message has room for few."""

KINDS = {
    "b": "truth values (bool)",
    "i": "integers",
    "u": "integers",
    "f": "real numbers",
    "c": "complex numbers",
}


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

    In float32 it is 1e-5·max|g| + 5e-7·scale. An explicit ``rtol`` takes the place of the constants before |g|,
    ``atol`` is added. Entries that are nan or inf count neither in the maximum nor have a bound.

    Args:
        expected: The right values.
        rtol: As for `check_close`.
        atol: As for `check_close`.
        largest: That maximum where ``expected`` is a part of something larger.
        scale: As for `check_close`.
        single: Whether the answer is float32's, whose rounding is then added to the rest.
    """
    size = _sizes(expected)
    largest = size.max(initial=0.0) if largest is None else largest
    width = expected.dtype.itemsize // (2 if expected.dtype.kind == "c" else 1)
    if rtol is not None:
        limit = rtol * size + rtol * largest
    elif expected.dtype.kind in "fc" and width < 8:
        single = single or width == 4
        limit = np.full(size.shape, 0.0 if width == 4 else RELATIVE_FLOAT16 * largest)
    else:
        limit = RELATIVE_FLOAT64 * size + RELATIVE_FLOAT64 * largest
    limit = limit + (atol or 0.0) + CANCELLED_FLOAT64 * scale
    if single:
        limit = limit + RELATIVE_FLOAT32 * largest + CANCELLED_FLOAT32 * scale
    # Products of subnormal numbers round to 0: nobody is failed for the smallest number there is.
    return np.maximum(limit, np.finfo(np.float64).tiny)


@dataclass(frozen=True)
class _Limits:
    """How close one answer has to be."""

    rtol: float | None
    atol: float | None
    dtype: Any
    scale: float
    single: bool = False

    def exact(self, expected: Array) -> bool:
        """Whether nothing but the very numbers will do."""
        return expected.dtype.kind in "biu" and self.rtol is None and self.atol is None

    def bound(self, expected: Array, largest: float | None = None) -> Array:
        return bound(expected, self.rtol, self.atol, largest=largest, scale=self.scale, single=self.single)

    def within(self, reference: Array) -> Any:
        """The comparison of some entries with others, in the precision of ``reference``."""

        def within(one: Array, other: Array, largest: float | None = None) -> Array:
            if self.exact(other):
                return _equal(one, other)
            with np.errstate(all="ignore"):
                precise = other.astype(reference.dtype) if reference.dtype.kind in "fc" else other
                return np.asarray(np.abs(_wide(one) - _wide(other)) <= self.bound(precise, largest))

        return within


def check_close(
    got: Any,
    expected: Any,
    *,
    name: str | Sequence[str] = "result",
    rtol: float | None = None,
    atol: float | None = None,
    dtype: Any = None,
    sizes: Mapping[str, int] | None = None,
    condition: float = 1.0,
    scale: Any = 0.0,
) -> None:
    """Fail unless ``got`` equals ``expected`` up to rounding.

    ``expected`` is a number, an array, a string, None, or a tuple or dictionary of these; a tuple asks for
    a tuple (or list) of as many results, a dictionary for one with the same keys. Shapes must agree
    exactly: nothing is broadcast. nan and inf must stand where they stand in ``expected``. Where ``expected``
    holds integers or truth values, whatever is given must equal them exactly unless ``rtol`` or ``atol`` is
    given: where 3 is right, 3.0 passes (``dtype=int`` insists on the type) and 3.000000001 fails. For a real
    number that happens to be whole, expect 3.0.

    Rounding is that of the precision in which the answer was computed, float64 or float32, as `grader.checks.precision`
    finds it. An author who wants float64 says so in the handout, and ``dtype=np.float64`` here. float16 keeps too few
    digits to tell mistakes from rounding, and has the bound of float64.

    Args:
        name: what to call the result; for a tuple, one name for each of its parts.
        rtol: replaces the bound that `bound` derives from dtype and magnitude.
        atol: added to it.
        dtype: demand a dtype: ``np.float32`` exactly, or a kind: ``float``, ``int``, ``bool``, ``complex``.
        sizes: lengths that a mistaken factor could be, for the explanation: ``{"N": 32}``.
    condition: the condition number κ of the problem, in float64: two right answers differ by 1e-13·κ·max|g|. It
        belongs to the problem, so compute it from the test's data, never from an answer; where little is left to
        compare (κ > 1e10), judge a residual with `check_residual` instead.
    scale: the size of the largest numbers that are added to get the answer, such as max|z| for the cross-entropy of
    logits z. What is left where they cancel (a loss of 0, the sum of a gradient's rows) is rounded by their size, and
    its own tells nothing. For a tuple or a dictionary one for all, or one for each in the same form.

    Raises `CheckFailed`, whose summary names what is wrong without any number of ``expected``.

    Examples:
        >>> check_close([0.1 + 0.2, 1.0], np.array([0.3, 1.0]))
        >>> check_close(np.array([2.0, 4.0, 6.0]), np.array([1.0, 2.0, 3.0]), name="dW")
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: dW is wrong: Every entry is 2 times the right value.
        dW[2] should be 3 but is 6, off by 3 (at most 6e-09 is allowed).
    """
    __tracebackhide__ = True
    if condition != 1.0:
        rtol = _conditioned(condition, rtol)
    if isinstance(expected, tuple | dict) or (isinstance(expected, list) and not _numeric_list(expected)):
        _check_parts(got, expected, name, scale, rtol=rtol, atol=atol, dtype=dtype, sizes=sizes)
        return
    label = name if isinstance(name, str) else name[0]
    if expected is None or isinstance(expected, str | bytes):
        _check_same(_plain_text(got), _plain_text(expected), label)
        return
    right = np.asarray(expected)
    if isinstance(expected, int) and not -(2**63) <= expected < 2**63:
        _check_large_whole(got, expected, label)
        return
    if right.dtype.kind not in KINDS:
        raise TypeError(f"check_close cannot compare with {describe(expected)}")
    limits = _Limits(rtol, atol, dtype, float(scale))
    _check_array(got, as_numbers(got, label), right, label, limits, sizes or {})


def _conditioned(condition: float, rtol: float | None) -> float:
    """The relative bound for a problem that enlarges rounding ``condition`` times."""
    if rtol is not None:
        raise ValueError("give check_close a condition number or an rtol, not both")
    if not 1 <= condition <= 1e10:
        raise ValueError(
            f"a condition number of {condition:g} leaves nothing to compare; check a residual instead"
        )
    return max(RELATIVE_FLOAT64, CONDITIONED * condition)


def _numeric_list(value: list[Any]) -> bool:
    try:
        one_array(value)
    except NotNumbers:
        return False
    return True


def _plain_text(value: Any) -> Any:
    """numpy's strings and bytes as Python's; anything else as it is."""
    value = plain(value)
    if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "US":
        value = value.item()
    if isinstance(value, str):
        return str.__str__(value)
    return bytes(value) if isinstance(value, bytes) else value


def _check_large_whole(got: Any, expected: int, name: str) -> None:
    """A whole number beyond 64 bits, which no array of numpy's holds exactly."""
    __tracebackhide__ = True
    if not isinstance(got, int):
        array = as_numbers(got, name)
        if array.shape:
            fail(f"{name} has shape {_shape(array)}; a single number is right.")
        got = array.item()
    if got != expected:
        fail(f"{name} is wrong.", f"{name} should be {short(expected)} but is {short(got)}.")


def _check_same(got: Any, expected: Any, name: str) -> None:
    """None, strings and bytes: equal or not."""
    __tracebackhide__ = True
    if type(got) is type(expected) and got == expected:
        return
    if expected is None or type(got) is not type(expected):
        fail(f"{name} is {describe(got)}, but {describe(expected)} is right.")
    fail(
        f"{name} is a wrong {describe(expected)[2:]}.",
        f"It should be {short(expected, 80)}, not {short(got, 80)}.",
    )


def _check_parts(got: Any, expected: Any, name: str | Sequence[str], scale: Any, **options: Any) -> None:
    """Several outputs: all are judged, and one failure speaks for all that are wrong."""
    __tracebackhide__ = True
    pairs = _pairs_by_key(got, expected, name) if isinstance(expected, dict) else _pairs(got, expected, name)
    wrong: list[str] = []
    told: list[tuple[str, str]] = []  # words, and of the first: an exception keeps what was compared
    scales = _scales(scale, expected)
    for (label, one, right), size in zip(pairs, scales, strict=True):
        try:
            check_close(one, right, name=label, scale=size, **options)
        except CheckFailed as error:
            wrong.append(label)
            if len(told) < PARTS_TOLD:
                told.append((error.summary, error.detail))
    if not wrong:
        return
    missed = set(wrong)
    lead = ""
    if only_biases(wrong, [label for label, _, _ in pairs if label not in missed]):
        lead = "Only the bias is wrong: " if len(wrong) == 1 else "Only the biases are wrong: "
    elif len(wrong) > 1:
        lead = f"{len(wrong)} of {len(pairs)} results are wrong: "
    summaries, details = zip(*told, strict=True)
    fail(lead + " ".join(summaries), "\n".join(filter(None, details)))


def _scales(scale: Any, expected: Any) -> list[Any]:
    """One for each part of what is expected."""
    if not isinstance(scale, tuple | list | dict):
        return [scale] * len(expected)
    if isinstance(expected, dict) != isinstance(scale, dict) or len(scale) != len(expected):
        raise ValueError("scale has another form than what is expected")
    return [scale[key] for key in expected] if isinstance(scale, dict) else list(scale)


def _pairs(got: Any, expected: Sequence[Any], name: str | Sequence[str]) -> list[tuple[str, Any, Any]]:
    __tracebackhide__ = True
    whole = name if isinstance(name, str) else "result"
    labels = [f"{name}[{i}]" for i in range(len(expected))] if isinstance(name, str) else list(name)
    if len(labels) != len(expected):
        raise ValueError(f"{len(labels)} names for {len(expected)} expected results")
    wanted = f"{len(expected)} results" + ("" if isinstance(name, str) else f" ({', '.join(labels)})")
    given, got = got, plain(got)
    if not isinstance(got, tuple | list):
        fail(f"{whole} is {describe(given)}, but {wanted} are to be returned.")
    if len(got) != len(expected):
        fail(f"{whole} has {len(got)} parts, but {wanted} are to be returned.")
    return list(zip(labels, got, expected, strict=True))


def _pairs_by_key(
    got: Any, expected: dict[Any, Any], name: str | Sequence[str]
) -> list[tuple[str, Any, Any]]:
    __tracebackhide__ = True
    whole = name if isinstance(name, str) else "result"
    given, got = got, plain(got)
    if not isinstance(got, dict):
        fail(f"{whole} is {describe(given)}, not a dictionary with {listed(expected)}.")
    missing = [key for key in expected if key not in got]
    extra = [key for key in got if key not in expected]
    if missing or extra:
        lacks = f"lacks {listed(missing)}" if missing else ""
        has = f"has {len(extra)} {'entry' if len(extra) == 1 else 'entries'} too many" if extra else ""
        # The keys a student made up could be data of the test: they go where only public tests show them.
        fail(
            f"{whole} {' and '.join(filter(None, (lacks, has)))}.",
            f"Not expected: {listed(extra)}." if extra else "",
        )
    return [
        (key if whole == "result" and isinstance(key, str) else f"{whole}[{short(key)}]", got[key], right)
        for key, right in expected.items()
    ]


def _check_array(
    given: Any, got: Array, expected: Array, name: str, limits: _Limits, sizes: Mapping[str, int]
) -> None:
    __tracebackhide__ = True
    if got.dtype.kind == "c" and expected.dtype.kind != "c":
        fail(f"{name} is complex; a real result is right.")
    reference = _in_precision(expected, limits.dtype)
    if _may_be_single(limits.dtype) and is_single(got):
        limits = replace(limits, single=True)
    within = limits.within(reference)
    _judge_shape(got, reference, name, within)
    found = _found(got, reference, within)
    if found is not None and not limits.single and _may_be_single(limits.dtype):
        wider = replace(limits, single=True).within(reference)
        if _found(got, reference, wider) is None and found.off <= coarse_by(given):
            found = None
    _judge_values(got, reference, name, within, limits, sizes, found)
    _judge_dtype(got, limits.dtype, name)


def _may_be_single(dtype: Any) -> bool:
    """Whether float32 will do: where a dtype is asked for, that is it."""
    return dtype in (None, int, float, bool, complex)


def _equal(one: Array, other: Array) -> Array:
    """Which entries are the same number, also where a float64 cannot hold the integer."""
    one, other = np.broadcast_arrays(one, other)
    same = np.array(one == other)
    large = same & (np.abs(_wide(other)) >= 2.0**53)
    if large.any():
        same[large] = [a == b for a, b in zip(one[large].tolist(), other[large].tolist(), strict=True)]
    return same


def _wide(array: Array) -> Array:
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


def _in_precision(expected: Array, dtype: Any) -> Array:
    """The expected values as the precision that is asked for, whose bound is the fair one."""
    if _may_be_single(dtype):
        return expected
    wanted = np.dtype(dtype)
    if expected.dtype.kind in "fc" and wanted.kind in "fc" and wanted.itemsize < expected.dtype.itemsize:
        return expected.astype(wanted)
    return expected


def _judge_shape(got: Array, expected: Array, name: str, within: Any) -> None:
    __tracebackhide__ = True
    if got.shape == expected.shape:
        return
    if not expected.shape:
        fail(f"{name} has shape {_shape(got)}; a single number is right.")
    pattern = reshape_pattern(got, expected, lambda a, b: bool(within(a, b).all()))
    what = "is a single number" if not got.shape else f"has shape {_shape(got)}"
    fail(f"{name} {what}; the right shape is {expected.shape}." + (f" {pattern}" if pattern else ""))


def _shape(array: Array) -> str:
    return clip(str(array.shape), 60)


def _judge_dtype(got: Array, dtype: Any, name: str) -> None:
    __tracebackhide__ = True
    if dtype is None:
        return
    kinds = {bool: "b", int: "iu", float: "f", complex: "c"}
    if dtype in kinds:
        right = got.dtype.kind in kinds[dtype]
        wanted = KINDS[kinds[dtype][0]]
    else:
        right = got.dtype == np.dtype(dtype)
        wanted = str(np.dtype(dtype))
    if not right:
        fail(f"{name} has the right values, but they are {got.dtype} instead of {wanted}.")


class _Wrong(NamedTuple):
    """Which entries of an answer are wrong, how far off the worst of them is, and where that is in C order."""

    entries: Array
    off: float
    at: int


def _found(got: Array, expected: Array, within: Any) -> _Wrong | None:
    """What is wrong with finite entries; None where nothing is."""
    if expected.size == 0:
        return None
    largest = _largest(expected)
    entries, off, at = np.zeros(expected.size, bool), -1.0, 0
    for i, (one, right) in enumerate(pieces(got, expected)):
        start = i * PIECE
        part = _wrong_entries(one, right, within, largest)
        entries[start : start + right.size] = part.entries
        if part.off > off:
            off, at = part.off, start + part.at
    return _Wrong(entries.reshape(expected.shape), off, at) if off >= 0 else None


def _largest(expected: Array) -> float:
    return max(float(_sizes(part).max()) for (part,) in pieces(expected))


def _judge_values(
    got: Array,
    expected: Array,
    name: str,
    within: Any,
    limits: _Limits,
    sizes: Mapping[str, int],
    found: _Wrong | None,
) -> None:
    __tracebackhide__ = True
    if expected.size == 0:
        return
    if {got.dtype.kind, expected.dtype.kind} & {"f", "c"}:
        _judge_not_finite(got, expected, name)
    if found is None:
        return
    largest = _largest(expected)
    wrong, delta, at = found
    worst = tuple(int(i) for i in np.unravel_index(at, expected.shape))
    exact = limits.exact(expected)
    limit = ""
    if not exact:
        allowed = limits.bound(expected[worst].reshape(1), largest)[0]
        limit = f", off by {delta:.3g} (at most {allowed:.3g} is allowed)"
    elif got.dtype.kind == "f":
        limit = f", off by {delta:.3g} (whole numbers are compared exactly)"
    detail = f"{spot(name, worst)} should be {short(expected[worst])} but is {short(got[worst])}{limit}."
    share = _share(int(wrong.sum()), wrong.size, spot(name, worst))
    pattern = find_pattern(got, expected, within, sizes) if np.isfinite(expected).all() else None
    if pattern:
        fail(f"{name} is wrong: {pattern}", detail)
    where = where_wrong(wrong)
    far = _distance(delta, largest, got, exact)
    fail(" ".join(filter(None, (f"{name} is wrong{share}.", where, far))), detail)


def _sizes(array: Array) -> Array:
    """Of the entries, 0 where they are not finite."""
    size = np.abs(_wide(array))
    return np.where(np.isfinite(size), size, 0.0)


def _wrong_entries(got: Array, right: Array, within: Any, largest: float) -> _Wrong:
    """Of a piece; it is off by −1 where nothing is wrong."""
    finite = np.isfinite(right)
    wrong = ~within(np.where(finite, got, 0), np.where(finite, right, 0), largest) & finite
    if not wrong.any():
        return _Wrong(wrong, -1.0, 0)
    with np.errstate(all="ignore"):
        delta = np.where(wrong, np.abs(_wide(got) - _wide(right)), -1.0)
    # Sizes near the largest float overflow in a difference: then it is the largest there is.
    delta = np.where(np.isnan(delta), np.inf, delta)
    at = int(np.argmax(delta))
    return _Wrong(wrong, float(delta[at]), at)


def _share(wrong: int, size: int, worst: str) -> str:
    if size == 1:
        return ""
    return f" in {'all' if wrong == size else f'{wrong} of'} {size} entries, worst at {worst}"


def _distance(delta: float, largest: float, got: Array, exact: bool) -> str:
    if exact:
        return ""
    if largest == 0 or not np.isfinite(delta):
        return ""
    far = delta / largest
    if far > 1e-3:
        return ""
    told = f"It is nearly right: off by about {order(far)} of the largest entry."
    if got.dtype == np.float16:
        return f"{told} It is float16, which keeps 3 digits; float32 keeps 7, and float64 16."
    return told


_NOT_FINITE: tuple[tuple[bool, Callable[[Array, Array], Array], str], ...] = (
    (False, lambda got, right: np.isnan(got) & ~np.isnan(right), "is nan"),
    (True, lambda got, right: np.isnan(right) & ~np.isnan(got), "should be nan"),
    (False, lambda got, right: np.isinf(got) & ~np.isinf(right), "is infinite"),
    (True, lambda got, right: np.isinf(right) & ~np.isinf(got), "should be infinite"),
    (
        True,
        lambda got, right: np.isinf(right) & np.isinf(got) & (got != right),
        "is infinite with the wrong sign",
    ),
)
"""What entries that are not finite may be wrong by: whether the right value is the one that is not, which, in words."""


def _judge_not_finite(got: Array, expected: Array, name: str) -> None:
    """nan matches nan, inf matches inf of the same sign, each at its own place."""
    __tracebackhide__ = True
    if all(np.isfinite(part).all() for parts in pieces(got, expected) for part in parts):
        return
    for ours, wrong, text in _NOT_FINITE:
        counts = [(int(found.sum()), int(found.argmax())) for found in starmap(wrong, pieces(got, expected))]
        count = sum(some for some, _ in counts)
        if not count:
            continue
        at = next(i * PIECE + place for i, (some, place) in enumerate(counts) if some)
        first = tuple(int(i) for i in np.unravel_index(at, expected.shape))
        where = spot(name, first)
        cause = " An overflow, or a division by 0?" if not ours else ""
        if expected.size == 1:
            fail(
                f"{name} {text}.{cause}", f"It should be {short(expected[first])} but is {short(got[first])}."
            )
        fail(
            f"{name} {text} at {count} of {expected.size} entries, first at {where}.{cause}",
            f"{where} should be {short(expected[first])} but is {short(got[first])}.",
        )
