"""A loss as a function of one flat vector, whatever form its parameters have, many points at a time.

Slopes are those of the loss that is evaluated here, so it has to be the right one: the author's own, or a student's
that is proved (`Proved`) at every point.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from grader.checks.messages import describe, fail, fail_keys, one_number, shaped
from grader.checks.precision import is_single
from grader.checks.rounding import RELATIVE_FLOAT32, RELATIVE_FLOAT64
from grader.checks.shapes import check_shape
from grader.checks.values import as_numbers, is_number
from grader.kinds import plain
from grader.text import counted

__all__ = ["Block", "Claimed", "Problem", "Proved", "problem"]

Array = np.ndarray
# Points that are evaluated in one batch hold at most this many numbers: 8 MB.
BATCH_NUMBERS = 1_000_000
MOST_ROWS = 6_000
# How far from the point the loss's size is looked for: a loss may be 0, up to rounding, at the point itself.
NEARBY = 0.1


@dataclass(frozen=True)
class Block:
    """One parameter and its place in the flat vector."""

    name: str
    shape: tuple[int, ...]
    start: int

    @property
    def size(self) -> int:
        return math.prod(self.shape)

    @property
    def index(self) -> Array:
        return np.arange(self.start, self.start + self.size)

    def of(self, flat: Array) -> Array:
        """This parameter out of flat vectors (K, P): an array (K, ...)."""
        return flat[:, self.start : self.start + self.size].reshape(-1, *self.shape)

    def each(self, flat: Array) -> Any:
        """The same one by one; Python floats for a single number."""
        return self.of(flat) if self.shape else self.of(flat).tolist()


@dataclass(frozen=True)
class Claimed:
    """A gradient as a flat vector."""

    flat: Array
    single: bool
    """Whether some of it is float32."""
    given: list[Any]
    """Its parts, as they were returned."""


@dataclass
class Problem:
    """f(x) for flat x, and how parameters and gradients fold into their own form."""

    loss: Any
    at: Any
    blocks: list[Block]
    keys: list[Any]
    """Key or position of each block in ``at``; empty where ``at`` is itself the parameter."""
    x: Array
    upstream: Any
    batched: Callable[..., Any] | None
    lengths: dict[str, int]
    constants: int
    evaluations: int = 0

    @property
    def rows(self) -> int:
        """Points to evaluate at once."""
        return max(6, min(MOST_ROWS, BATCH_NUMBERS // max(1, self.x.size + self.constants)))

    def arguments(self, points: Array) -> Iterator[tuple[Any, ...]]:
        """The loss's positional arguments at each flat point, shape (K, P)."""
        # Cut all points at once: cutting each by itself would take as long as a small loss.
        for parts in zip(*(block.each(points) for block in self.blocks), strict=True):
            if isinstance(self.at, dict):
                yield ({**self.at, **dict(zip(self.keys, parts, strict=True))},)
            elif isinstance(self.at, tuple):
                whole = list(self.at)
                for key, part in zip(self.keys, parts, strict=True):
                    whole[key] = part
                yield tuple(whole)
            else:
                yield parts

    def evaluate(self, points: Array) -> Array:
        """The loss at points (K, P) as numbers (K,), complex ones at complex points.

        nan and inf are numbers here; anything else is a `CheckFailed`.
        """
        __tracebackhide__ = True
        self.evaluations += len(points)
        kind = points.dtype
        if self.batched is not None:
            values = np.asarray(self.batched(*(block.of(points) for block in self.blocks)), dtype=kind)
            if values.shape != (len(points),):
                raise ValueError(f"batched returned shape {values.shape} for {len(points)} points")
        else:
            batch = self.arguments(points)
            if hasattr(type(self.loss), "map"):
                results = self.loss.map(list(batch))
            else:
                results = [self.loss(*arguments) for arguments in batch]
            number = self._complex if kind.kind == "c" else self._number
            values = np.array([number(result) for result in results], dtype=kind)
        return values

    def _complex(self, value: Any) -> complex:
        """A value of the loss at a complex point, where the loss is trusted."""
        if self.upstream is None:
            return complex(value)
        ups, values = self._beside_upstream(value)
        return complex(sum(np.sum(up * one) for up, one in zip(ups, values, strict=True)))

    def _beside_upstream(self, value: Any) -> tuple[tuple[Any, ...], Any]:
        """The arrays of the upstream gradient, and those of the forward result."""
        return (self.upstream, value) if isinstance(self.upstream, tuple) else ((self.upstream,), (value,))

    def _number(self, value: Any) -> float:
        __tracebackhide__ = True
        if self.upstream is None:
            if isinstance(value, float):
                return value
            array = as_numbers(value, "the loss")
            one_number(array, "The loss")
            if array.dtype.kind == "c":
                fail("The loss is complex, but a real number was expected.")
            return float(array)
        ups, values = self._beside_upstream(value)
        if not isinstance(values, tuple | list) or len(values) != len(ups):
            wanted = counted(len(ups), "array")
            fail(f"The forward function returned {describe(value)}, but should return {wanted}.")
        total = 0.0
        for up, one in zip(ups, values, strict=True):
            array = as_numbers(one, "the forward result")
            up = np.asarray(up)
            if array.shape != up.shape:
                fail(f"The forward result {shaped(array)}, but the upstream gradient has shape {up.shape}.")
            if array.dtype.kind == "c":
                fail("The forward result is complex, but a real one was expected.")
            with np.errstate(all="ignore"):
                total += float(np.sum(up.astype(np.float64) * array.astype(np.float64)))
        return total

    def claimed(self, gradient: Any, name: str) -> Claimed:
        """The gradient that is judged; fails where it does not have the form of the parameters."""
        __tracebackhide__ = True
        if callable(gradient):
            (arguments,) = self.arguments(self.x[None])
            gradient = gradient(*arguments) if self.upstream is None else gradient(self.upstream, *arguments)
        parts = self._parts(gradient, name)
        flat, single = [], False
        for block, part in zip(self.blocks, parts, strict=True):
            array = check_shape(part, block.shape, name=block.name)
            if array.dtype.kind == "c":
                fail(f"{block.name} is complex, but a real gradient was expected.")
            single |= is_single(array)
            array = array.astype(np.float64)
            bad = int(np.count_nonzero(~np.isfinite(array)))
            if bad:
                fail(f"{block.name} is nan or infinite in {bad} of {array.size} entries.")
            flat.append(array.ravel())
        return Claimed(np.concatenate(flat), single, parts)

    def _parts(self, gradient: Any, name: str) -> list[Any]:
        __tracebackhide__ = True
        given, gradient = gradient, plain(gradient)
        if isinstance(self.at, dict):
            if not isinstance(gradient, dict):
                fail(f"{name} is {describe(given)}, not a dictionary with the parameters' names.")
            missing = [key for key in self.keys if key not in gradient]
            fail_keys(name, missing, [key for key in gradient if key not in self.at])
            return [gradient[key] for key in self.keys]
        if len(self.blocks) == 1:
            # One argument: its gradient alone, or a tuple of one.
            if isinstance(gradient, tuple) and len(gradient) == 1 and self.blocks[0].shape != (1,):
                return [gradient[0]]
            return [gradient]
        if not isinstance(gradient, tuple | list) or len(gradient) != len(self.blocks):
            names = ", ".join(block.name for block in self.blocks)
            wanted = counted(len(self.blocks), "array")
            fail(f"{name} is {describe(given)}, but {wanted} were expected ({names}).")
        return list(gradient)


@dataclass
class Proved(Problem):
    """The right loss, and another one that must have the same value wherever it is evaluated."""

    own: Problem | None = None
    size: float = 0.0
    """The largest value seen near the point."""

    @classmethod
    def beside(cls, right: Problem, own: Problem) -> Proved:
        """Prove ``own`` at the point and at two others near it, and from then on at every point."""
        made = cls(**{field.name: getattr(right, field.name) for field in fields(right)}, own=own)
        steps = np.random.default_rng(20_260_102).normal(size=(2, right.x.size)) * NEARBY
        made.evaluate(np.concatenate([right.x[None], right.x + steps]))
        return made

    def evaluate(self, points: Array) -> Array:
        """The right values; `CheckFailed` where the other loss has different ones."""
        __tracebackhide__ = True
        assert self.own is not None
        right, values = super().evaluate(points), self.own.evaluate(points)
        finite = np.isfinite(right)
        self.size = max(self.size, float(np.abs(right[finite]).max(initial=0.0)))
        # Far probes may leave the loss's domain, where its value does not matter.
        off = np.abs(values[finite] - right[finite])
        relative = RELATIVE_FLOAT32 if is_single(values[finite]) else RELATIVE_FLOAT64
        wrong = int(np.count_nonzero(~(off <= relative * (np.abs(right[finite]) + self.size))))
        if wrong:
            fail(
                f"The loss itself is wrong at {wrong} of {len(points)} points at or near the one where its gradient is "
                "checked. Fix the loss first."
            )
        return right


def _is_parameter(value: Any) -> bool:
    if isinstance(value, bool | np.bool_ | int | np.integer):
        return False
    return (is_number(value) or isinstance(value, np.ndarray)) and np.asarray(value).dtype.kind == "f"


def problem(
    loss: Any,
    at: Any,
    wrt: Sequence[int] | Mapping[str, int] | None,
    upstream: Any,
    batched: Callable[..., Any] | None,
) -> Problem:
    """Fold a loss and the point ``at`` into one function of a flat float64 vector."""
    keys: list[Any]
    if isinstance(at, dict):
        keys = list(wrt) if wrt is not None else [key for key in at if _is_parameter(at[key])]
        names = [str(key) for key in keys]
        values = [at[key] for key in keys]
    elif isinstance(at, tuple):
        if isinstance(wrt, Mapping):
            keys, names = list(wrt.values()), list(wrt)
        else:
            keys = list(wrt) if wrt is not None else [i for i, value in enumerate(at) if _is_parameter(value)]
            names = [f"gradient {i + 1}" if len(keys) > 1 else "gradient" for i in range(len(keys))]
        values = [at[key] for key in keys]
    else:
        keys, names, values = [], ["gradient"], [at]
        if isinstance(wrt, Mapping) and wrt:
            names = list(wrt)[:1]
    if not values:
        raise ValueError("check_gradient found no floating-point parameter to differentiate by")
    blocks, flat, start = [], [], 0
    for label, value in zip(names, values, strict=True):
        array = np.asarray(value, dtype=np.float64)
        blocks.append(Block(label, array.shape, start))
        flat.append(array.ravel())
        start += array.size
    everything = at.values() if isinstance(at, dict) else at if isinstance(at, tuple) else (at,)
    arrays = [value for value in everything if isinstance(value, np.ndarray)]
    lengths = {}
    for n in sorted({n for array in arrays for n in array.shape if n > 2}):
        lengths[f"a length of the arguments, {n}"] = n
    constants = sum(array.size for array in arrays) - start
    return Problem(
        loss, at, blocks, keys, np.concatenate(flat), upstream, batched, lengths, max(0, constants)
    )
