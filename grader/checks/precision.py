"""In which precision was an answer computed: with the 16 digits of float64, or with the 7 of float32?

An array of float32 says so itself, and so does one of float64 that holds nothing but widened float32. What passed
through float32 on its way and was added to a float64 says nothing: its last digits are rounding, but look like any
others. So the function is asked again, at arguments moved along a line by some last places of float32. What is computed
in float64 is smooth on that scale, and its sixth differences vanish; what is left of them is the rounding of the
function itself (Moré and Wild, Estimating computational noise, 2011). A wrong formula has none: it is as smooth as the
right one, and is told from rounding however small its error is.

Nobody can gain by pretending. What is widened is the bound of an answer that is right but for float32's rounding, and
whoever has such an answer can have the bound by returning it as float32.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.checks.conversion import array_of, pieces
from grader.student import ASKED, Asking

__all__ = ["coarse_by", "is_single"]

Array = np.ndarray

# Some last places of float32 a step, so that each rounds anew; the longer one for what hardly moves along its line.
STEPS = (2.0**-22, 2.0**-19)
ORDER = 6
POINTS = 2 * ORDER + 1
# Root of Σ (6 over k)²: how much larger the sixth difference of independent errors is than one of them.
SPREAD = float(np.sqrt(924.0))
# An error of one point, in units of the rms of all: none of thousands of entries is further off by chance, and
# constants that were rounded once add a fixed part.
EXPLAINED = 16.0
# Of the largest entry: what float64 leaves of a smooth function is far below, and so is what float32 leaves above it.
FLOAT64 = 2.0**-42
COARSE = 2.0**-31
OTHERS = 4
"""Calls of the same function that are looked at besides."""
MOST_SECONDS = 2.0
"""For asking again."""
MOST_ENTRIES = 1 << 20
"""Of an answer that is asked for again."""
FINE = 2**8
"""Of the 24 digits of a float32 the lowest 8: whole numbers and short fractions, which say nothing, have none there."""


def is_single(array: Array) -> bool:
    """Whether the numbers are float32's: by their type, or each of them a float32 that was widened."""
    if array.dtype in (np.float32, np.complex64):
        return True
    if array.dtype.kind not in "fc" or array.dtype.itemsize < 8 or not array.size:
        return False
    if array.dtype.kind == "c":
        return is_single(array.real) and is_single(array.imag)
    tells = False
    for (part,) in pieces(array):
        finite = part[np.isfinite(part)]
        with np.errstate(all="ignore"):
            if not np.array_equal(finite, finite.astype(np.float32)):
                return False
        digits, _ = np.frexp(finite)
        tells = tells or bool(np.any(np.mod(digits * 2.0**24, FINE) != 0))
    return tells


def coarse_by(given: Any) -> float:
    """How far an answer may be off because its function computes in float32; 0 where that is not seen.

    ``given`` is what a submission's function returned, or a part of it: the very object. Infinite where the function
    is seen to compute in float32, by another part of its result or by its rounding in this call or another: at special
    arguments, such as weights of 0, all that is rounded is a constant.
    """
    asking = ASKED.about(given)
    if asking is None:
        return 0.0
    calls = [asking, *itertools.islice(ASKED.others(asking), OTHERS)]
    if any(is_single(part) for call in calls for part in _arrays(call.call.value)):
        return float("inf")
    own = _noise(asking)
    if own > COARSE * _largest(asking) or any(_noise(call) > COARSE * _largest(call) for call in calls[1:]):
        return float("inf")
    return EXPLAINED * own


def _largest(asking: Asking) -> float:
    """Of the entries of the answer; infinite where it is none."""
    try:
        array = array_of(asking.part_of(asking.call.value))
    except (LookupError, TypeError):
        return float("inf")
    return float("inf") if array is None else float(np.abs(array).max(initial=0.0))


def _arrays(value: Any) -> Iterator[Array]:
    array = array_of(value)
    if array is not None:
        yield array
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _arrays(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _arrays(part)


def _noise(asking: Asking) -> float:
    """The rms of the rounding of an answer, of its entry with most of it; 0 where it is that of float64 or unknown."""
    if POINTS * len(STEPS) * asking.call.seconds > MOST_SECONDS:
        return 0.0
    rng = np.random.default_rng(20_260_107)
    try:
        noise = max(_noise_along(asking, step, rng) for step in STEPS)
    except Exception:  # whatever a student's code does at other arguments than the test's own
        return 0.0
    return noise if noise > FLOAT64 * _largest(asking) else 0.0


def _noise_along(asking: Asking, step: float, rng: np.random.Generator) -> float:
    call = asking.call
    moves = [_moved(argument, step, rng) for argument in (*call.arguments, *call.keywords.values())]
    if not any(moves):
        return 0.0
    batch = []
    for k in range(POINTS):
        moved = [move(k) if move else argument for move, argument in zip(moves, call.arguments, strict=False)]
        words = zip(call.keywords.items(), moves[len(call.arguments) :], strict=True)
        batch.append((tuple(moved), {key: move(k) if move else item for (key, item), move in words}))
    values = [array_of(asking.part_of(value)) for value in asking.again(batch)]
    found = [value for value in values if value is not None and value.size <= MOST_ENTRIES]
    if len(found) < POINTS or any(value.shape != found[0].shape for value in found):
        return 0.0
    with np.errstate(all="ignore"):
        left = np.abs(np.diff(np.array(found, dtype=np.result_type(float, *found)), ORDER, axis=0))
        noise = np.sqrt((left**2).mean(axis=0)) / SPREAD
    return float(np.max(noise, initial=0.0, where=np.isfinite(noise)))


def _speeds(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """How fast numbers move, and which way: anyhow, since steps of whole last places would all round alike."""
    return rng.uniform(0.5, 1.5, size=shape) * rng.choice([-1.0, 1.0], size=shape)


def _moved(argument: Any, step: float, rng: np.random.Generator) -> Callable[[int], Any] | None:
    """The argument some steps along a line on which each of its numbers moves; None where it holds none that can."""
    if isinstance(argument, np.ndarray) and argument.dtype.kind == "f":
        by = step * _speeds(rng, argument.shape)
        return lambda k: (argument * (1 + k * by)).astype(argument.dtype)
    if isinstance(argument, float):
        speed = step * float(_speeds(rng, ()))
        return lambda k: argument * (1 + k * speed)
    if isinstance(argument, list | tuple):
        moves = [_moved(part, step, rng) for part in argument]
        if any(moves):
            return lambda k: type(argument)(
                move(k) if move else part for move, part in zip(moves, argument, strict=True)
            )
    if isinstance(argument, dict):
        named = {key: _moved(part, step, rng) for key, part in argument.items()}
        if any(named.values()):
            return lambda k: {key: move(k) if move else argument[key] for key, move in named.items()}
    return None
