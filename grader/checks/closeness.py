"""Is a student's answer the right one, up to rounding? And if not, in what way is it wrong?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.checks.arrays import KINDS, check_array
from grader.checks.conversion import NotNumbers, one_array
from grader.checks.messages import describe, fail, fail_keys, listed, one_number, short
from grader.checks.patterns import only_biases
from grader.checks.rounding import CONDITIONED, RELATIVE_FLOAT64, Tolerance
from grader.checks.values import as_numbers
from grader.errors import CheckFailed
from grader.kinds import plain
from grader.text import counted

__all__ = ["check_close"]

PARTS_TOLD = 50
"""Wrong results whose own words are kept; a message has room for few."""


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

    ``expected`` is a number, an array, a string, None, or a tuple or dictionary of these. A tuple asks for a tuple (or
    list) of as many results, a dictionary for one with the same keys. Shapes must agree exactly: nothing is broadcast.
    nan and inf must be where they are in ``expected``. Integers and truth values must be equal exactly unless ``rtol``
    or ``atol`` is given: where 3 is expected, 3.0 passes (``dtype=int`` insists on the type) and 3.000000001 fails. For
    a real number that happens to be whole, expect 3.0.

    Rounding is that of the precision in which the answer was computed, float64 or float32, as `grader.checks.precision`
    finds it. An author who wants float64 says so in the handout, and ``dtype=np.float64`` here. float16 keeps too few
    digits to tell mistakes from rounding, so it has the bound of float64.

    Args:
        got: The student's answer.
        expected: The right one.
        name: What to call the result; for a tuple, one name for each part.
        rtol: Replaces the bound that `grader.checks.rounding.bound` derives from dtype and magnitude.
        atol: Is added to it.
        dtype: Demands a dtype: ``np.float32`` exactly, or a kind: ``float``, ``int``, ``bool``, ``complex``.
        sizes: Lengths that a mistaken factor could be, for the explanation: ``{"N": 32}``.
        condition: The condition number κ of the problem, in float64: two right answers differ by 1e-13·κ·max|g|. It
            belongs to the problem, so compute it from the test's data, never from an answer. Where little is left to
            compare (κ > 1e10), judge a residual with `check_residual` instead.
        scale: The size of the largest numbers that are added to get the answer, such as max|z| for the cross-entropy
            of logits z. What is left where they cancel (a loss of 0, the sum of a gradient's rows) is rounded by their
            size, whatever its own is. For a tuple or a dictionary one for all, or one for each in the same form.

    Raises `CheckFailed`, whose summary says what is wrong without any number of ``expected``.

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
        _check_large_integer(got, expected, label)
        return
    if right.dtype.kind not in KINDS:
        raise TypeError(f"check_close cannot compare with {describe(expected)}")
    tolerance = Tolerance(rtol, atol, dtype, float(scale))
    check_array(got, as_numbers(got, label), right, label, tolerance, sizes or {})


def _conditioned(condition: float, rtol: float | None) -> float:
    """The relative bound for a problem that enlarges rounding ``condition`` times."""
    if rtol is not None:
        raise ValueError("give check_close a condition number or an rtol, not both")
    if not 1 <= condition <= 1e10:
        raise ValueError(
            f"with a condition number of {condition:g} nothing is left to compare; check a residual instead"
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


def _check_large_integer(got: Any, expected: int, name: str) -> None:
    """An integer beyond 64 bits, which no numpy array holds exactly."""
    __tracebackhide__ = True
    if not isinstance(got, int):
        array = as_numbers(got, name)
        one_number(array, name)
        got = array.item()
    if got != expected:
        fail(f"{name} is wrong.", f"{name} should be {short(expected)} but is {short(got)}.")


def _check_same(got: Any, expected: Any, name: str) -> None:
    """None, strings and bytes: equal or not."""
    __tracebackhide__ = True
    if type(got) is type(expected) and got == expected:
        return
    wanted = describe(expected)
    if expected is None or type(got) is not type(expected):
        fail(f"{name} is {describe(got)}, but {wanted} was expected.")
    fail(
        f"{name} is not the expected {wanted.removeprefix('a ')}.",
        f"It should be {short(expected, 80)}, not {short(got, 80)}.",
    )


# Several results ---------------------------------------------------------------------------------------------


def _check_parts(got: Any, expected: Any, name: str | Sequence[str], scale: Any, **options: Any) -> None:
    """Judge each of several results; one failure speaks for all that are wrong."""
    __tracebackhide__ = True
    pairs = _pairs_by_key(got, expected, name) if isinstance(expected, dict) else _pairs(got, expected, name)
    wrong: list[str] = []
    told: list[tuple[str, str]] = []  # words only: an exception keeps what was compared
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
    """The scale of each part of what is expected."""
    if not isinstance(scale, tuple | list | dict):
        return [scale] * len(expected)
    if isinstance(expected, dict) != isinstance(scale, dict) or len(scale) != len(expected):
        raise ValueError("scale must have the form of what is expected")
    return [scale[key] for key in expected] if isinstance(scale, dict) else list(scale)


def _pairs(got: Any, expected: Sequence[Any], name: str | Sequence[str]) -> list[tuple[str, Any, Any]]:
    __tracebackhide__ = True
    whole = name if isinstance(name, str) else "result"
    labels = [f"{name}[{i}]" for i in range(len(expected))] if isinstance(name, str) else list(name)
    if len(labels) != len(expected):
        raise ValueError(f"{len(labels)} names for {len(expected)} expected results")
    names = "" if isinstance(name, str) else f" ({', '.join(labels)})"
    wanted = f"{counted(len(expected), 'value')}{names} {'was' if len(expected) == 1 else 'were'} expected"
    given, got = got, plain(got)
    if not isinstance(got, tuple | list):
        fail(f"{whole} is {describe(given)}, but {wanted}.")
    if len(got) != len(expected):
        fail(f"{whole} has {counted(len(got), 'value')}, but {wanted}.")
    return list(zip(labels, got, expected, strict=True))


def _pairs_by_key(
    got: Any, expected: dict[Any, Any], name: str | Sequence[str]
) -> list[tuple[str, Any, Any]]:
    __tracebackhide__ = True
    whole = name if isinstance(name, str) else "result"
    given, got = got, plain(got)
    if not isinstance(got, dict):
        fail(f"{whole} is {describe(given)}, not a dictionary with {listed(expected)}.")
    fail_keys(whole, [key for key in expected if key not in got], [key for key in got if key not in expected])
    return [
        (key if whole == "result" and isinstance(key, str) else f"{whole}[{short(key)}]", got[key], right)
        for key, right in expected.items()
    ]
