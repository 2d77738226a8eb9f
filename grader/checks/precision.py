"""In which precision was an answer computed: with the 16 digits of float64, or with the 7 of float32?

A float32 array is known by its dtype, and so is a float64 array whose numbers are all widened float32. What passed
through float32 on its way and was added to a float64 does not show: its last digits are rounding, but look like any
others. So the function is called again, at arguments moved along a line by some last places of float32. What is
computed in float64 is smooth on that scale, and its sixth differences vanish; what is left of them is the rounding of
the function itself (Moré and Wild, Estimating computational noise, 2011). A wrong formula has none: it is as smooth as
the right one, and is told from rounding however small its error is.

Pretending gains nothing: the wider bound accepts an answer that is right but for float32's rounding, and such an answer
gets that bound anyway when it is returned as float32.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.checks.conversion import array_of, pieces
from grader.kinds import AsLibrary, parts
from grader.recent import RECENT_CALLS, Origin

__all__ = ["coarse_by", "is_single"]

Array = np.ndarray

# A step is some last places of float32, so that each point rounds anew; the longer one is for what hardly moves.
STEPS = (2.0**-22, 2.0**-19)
ORDER = 6
POINTS = 2 * ORDER + 1
# Root of Σ (6 over k)²: how much larger the sixth difference of independent errors is than one of them.
SPREAD = float(np.sqrt(924.0))
# The error of one point, in units of the rms of all: of thousands of entries none is further off by chance, and
# constants that were rounded once add a fixed part.
EXPLAINED = 16.0
# Of the largest entry: float64's rounding of a smooth function is far below it, and float32's is far above.
FLOAT64 = 2.0**-42
COARSE = 2.0**-31
OTHERS = 4
"""Other calls of the same function that are looked at."""
MOST_SECONDS = 2.0
"""For calling the function again."""
MOST_ENTRIES = 1 << 20
"""Of an answer that is computed again."""
FINE = 2**8
"""The lowest 8 of a float32's 24 bits: they are 0 in integers and short fractions, which therefore say nothing."""


def is_single(array: Array) -> bool:
    """Whether the numbers are float32: by their dtype, or because each is a float32 that was widened."""
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
    """How far an answer may be off because its function computes in float32; 0 where there is no sign of that.

    ``given`` must be the very object that a submission's function returned, or a part of it. The result is infinite
    where another part of the function's result is float32, or where its rounding is, in this call or another: at
    special arguments, such as weights of 0, all that is rounded is a constant.
    """
    origin = RECENT_CALLS.origin_of(given)
    if origin is None:
        return 0.0
    origins = [origin, *itertools.islice(RECENT_CALLS.others(origin), OTHERS)]
    if any(is_single(part) for one in origins for part in _arrays(one.call.value)):
        return float("inf")
    own = _noise(origin)
    if own > COARSE * _largest(origin) or any(_noise(one) > COARSE * _largest(one) for one in origins[1:]):
        return float("inf")
    return EXPLAINED * own


def _largest(origin: Origin) -> float:
    """The largest entry of the answer; infinite where that is no array."""
    try:
        array = array_of(origin.part_of(origin.call.value))
    except (LookupError, TypeError):
        return float("inf")
    return float("inf") if array is None else float(np.abs(array).max(initial=0.0))


def _arrays(value: Any) -> Iterator[Array]:
    array = array_of(value)
    if array is not None:
        yield array
    else:
        for part in parts(value):
            yield from _arrays(part)


def _noise(origin: Origin) -> float:
    """The rms rounding of the answer's noisiest entry; 0 where it is that of float64 or unknown."""
    if POINTS * len(STEPS) * origin.call.seconds > MOST_SECONDS:
        return 0.0
    rng = np.random.default_rng(20_260_107)
    try:
        noise = max(_noise_along(origin, step, rng) for step in STEPS)
    except Exception:  # a student's code may do anything at arguments other than the test's
        return 0.0
    return noise if noise > FLOAT64 * _largest(origin) else 0.0


def _noise_along(origin: Origin, step: float, rng: np.random.Generator) -> float:
    call = origin.call
    moves = [_moved(argument, step, rng) for argument in (*call.arguments, *call.keywords.values())]
    if not any(moves):
        return 0.0
    batch = []
    for k in range(POINTS):
        moved = [move(k) if move else argument for move, argument in zip(moves, call.arguments, strict=False)]
        words = zip(call.keywords.items(), moves[len(call.arguments) :], strict=True)
        batch.append((tuple(moved), {key: move(k) if move else item for (key, item), move in words}))
    values = [array_of(origin.part_of(value)) for value in origin.again(batch)]
    found = [value for value in values if value is not None and value.size <= MOST_ENTRIES]
    if len(found) < POINTS or any(value.shape != found[0].shape for value in found):
        return 0.0
    with np.errstate(all="ignore"):
        left = np.abs(np.diff(np.array(found, dtype=np.result_type(float, *found)), ORDER, axis=0))
        noise = np.sqrt((left**2).mean(axis=0)) / SPREAD
    return float(np.max(noise, initial=0.0, where=np.isfinite(noise)))


def _speeds(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Random speeds and directions, since steps of whole last places would all round alike."""
    return rng.uniform(0.5, 1.5, size=shape) * rng.choice([-1.0, 1.0], size=shape)


def _moved(argument: Any, step: float, rng: np.random.Generator) -> Callable[[int], Any] | None:
    """A function that gives the argument k steps along a line on which its floats move; None where it has none."""
    if isinstance(argument, AsLibrary) and (inner := _moved(argument.value, step, rng)):
        return lambda k: AsLibrary(argument.library, inner(k), argument.options)
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
