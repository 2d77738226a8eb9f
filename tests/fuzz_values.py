"""Random and adversarial answers: whatever the codec carries, and right answers changed so that they are wrong."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from grader.libraries import Sparse

__all__ = ["Values", "changed", "tables"]

LARGEST = 50 << 20
"""Bytes of the largest array: a message is at most 64 MB."""
DTYPES = ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
FLOATS = (
    0.0,
    -0.0,
    math.nan,
    math.inf,
    -math.inf,
    5e-324,
    -1e-310,
    1e308,
    -1.7e308,
    2.0**53,
    1e-9,
    0.1,
    1.0,
    -1.0,
)
WHOLE = (0, 1, -1, 2, 10, 2**31, -(2**63), 2**63, 2**64, 3**2_500, -(7**1_400))


class Values:
    """Draws values, from a seed.

    Args:
        rng: What draws.
        large: How often an array or a text is as large as a message lets it be.
    """

    def __init__(self, rng: random.Random, *, large: float = 0.003) -> None:
        self.rng, self.large = rng, large
        self._arrays = np.random.default_rng(rng.getrandbits(64))

    def value(self, depth: int = 0) -> Any:
        """Anything: a number, text, an array, or a container of these."""
        kinds: list[Callable[[int], Any]] = [
            self._number, self._number, self._text, self._array, self._array, self._array, self._none,
            self._list, self._list, self._dictionary, self._unlike, self._words, self._deep, self._table, self._moments,
            self._sparse, self._no_formula,
        ]  # fmt: skip
        return self.rng.choice(kinds if depth < 3 else kinds[:7])(depth + 1)

    def small(self) -> Any:
        """Something that is soon made, for the arguments of a call back."""
        return self.rng.choice((self._number, self._text, self._few, self._list, self._none))(3)

    def _none(self, _depth: int) -> Any:
        return self.rng.choice((None, True, False))

    def _number(self, _depth: int) -> Any:
        match self.rng.randrange(5):
            case 0:
                return self.rng.choice(FLOATS)
            case 1:
                return self.rng.choice(WHOLE)
            case 2:
                return complex(self.rng.choice(FLOATS), self.rng.choice(FLOATS))
            case 3:
                return np.dtype(self.rng.choice(DTYPES)).type(self.rng.randrange(2))
            case _:
                return self.rng.gauss(0, 10)

    def _text(self, _depth: int) -> Any:
        length = 3_000_000 if self._is_large() else self.rng.choice((0, 1, 9, 300, 5_000))
        text = self.rng.choice(("x", "\U0001d54f", "\x1b[2J", "LEAK", "\u202e", "1", "nan"))
        text *= length // max(len(text.encode()), 1)
        return text.encode() if self.rng.random() < 0.3 else text

    def _shape(self, itemsize: int) -> tuple[int, ...]:
        if self._is_large():
            sides = [self.rng.choice((1, 2, 7, 1_000)) for _ in range(self.rng.randrange(3))]
            sides.append(LARGEST // itemsize // math.prod(sides))
            self.rng.shuffle(sides)
            return tuple(sides)
        if self.rng.random() < 0.1:
            return self.rng.choice(((0,), (0, 10**12), (10**6, 0, 10**6), (0,) * 32, (1,) * 32, ()))
        return tuple(self.rng.choice((1, 1, 2, 3, 4, 5, 12)) for _ in range(self.rng.randrange(5)))

    def _array(self, _depth: int) -> Any:
        dtype = np.dtype(self.rng.choice(DTYPES))
        shape = self._shape(dtype.itemsize)
        if math.prod(shape) > 100_000:
            array = np.full(shape, self.rng.choice((0, 1)), dtype)
        else:
            with np.errstate(all="ignore"):
                array = (self._arrays.normal(size=shape) * self.rng.choice((1, 100, 1e-300, 1e300))).astype(
                    dtype
                )
                if array.size and dtype.kind in "fc" and self.rng.random() < 0.2:
                    array.flat[self.rng.randrange(array.size)] = self.rng.choice(FLOATS[2:8])
        return np.asfortranarray(array) if self.rng.random() < 0.3 else array

    def _few(self, _depth: int) -> Any:
        return np.full(self.rng.choice((1, 3, (2, 2), (40, 1), (1, 40), 2_000)), self.rng.gauss(0, 3))

    def _list(self, depth: int) -> Any:
        items = [self.value(depth) for _ in range(self.rng.choice((0, 1, 2, 2, 3, 3, 6)))]
        if items and self.rng.random() < 0.05:
            items = [self._number(depth)] * self.rng.choice((100, 10_000))
        return tuple(items) if self.rng.random() < 0.5 else items

    def _dictionary(self, depth: int) -> Any:
        keys = self.rng.choice(
            (
                ["W1", "b1", "W2", "b2"],
                ["t", "m", "v"],
                [1, 2.5, (1, None)],
                ["accuracy", "F1", "TPR"],
                range(900),
            )
        )
        return {key: self._number(depth) if len(keys) > 9 else self.value(depth) for key in keys}

    def _unlike(self, _depth: int) -> Any:
        """Narrow arrays beside a wide one; or rows of unequal length."""
        count, width = (
            (400, 100_000) if self._is_large() else (self.rng.randrange(1, 40), self.rng.randrange(9))
        )
        narrow = [np.ones(width, self.rng.choice(("?", "i1", "u1"))) for _ in range(count)]
        wide = np.ones(width + (self.rng.random() < 0.2), self.rng.choice(("c16", "f8", "u8")))
        return self.rng.choice((list, tuple))([*narrow, wide])

    def _words(self, _depth: int) -> Any:
        """One long text among short ones."""
        return [
            *("ab" for _ in range(self.rng.choice((2, 700)))),
            "word " * (100_000 if self._is_large() else 100),
        ]

    def _moments(self, _depth: int) -> Any:
        """An array of times, durations or texts."""
        unit = self.rng.choice(("Y", "D", "h", "s", "us", "ns", "as"))
        counts = np.array(
            [self.rng.choice((0, 1, -1, 2**62, -(2**63))) for _ in range(self.rng.randrange(1, 5))]
        )
        return self.rng.choice(
            (
                counts.view(f"M8[{unit}]"),
                counts.view(f"m8[{unit}]"),
                counts.astype(str),
                counts.astype(str)[None],
            )
        )

    def _sparse(self, _depth: int) -> Any:
        """An array of which only some entries are stored, however large it is."""
        shape = self.rng.choice(((3, 4), (10**9, 10**9), (5,), (2**61, 2), (2, 2, 2), (0, 3)))
        count = 0 if 0 in shape else self.rng.choice((0, 1, 3, 400))
        places = [self._arrays.integers(0, min(side, 50), count) for side in shape]
        return Sparse(shape, places, self._arrays.normal(size=count) * self.rng.choice((1, 1e300)))

    def _no_formula(self, _depth: int) -> Any:
        """What comes back in place of a formula's values, or nearly that."""
        names = self.rng.choice(([], ["t"], ["t" * 1_000, "\x1b[2J"], [1, None], "t", None))
        return self.rng.choice(("unknown", "unreadable", "undone", "kind", "parts", "", 3)), names

    def _table(self, _depth: int) -> Any:
        """A DataFrame, a Series or an Index, of columns of every kind."""
        rows = 200_000 if self._is_large() else self.rng.choice((0, 1, 2, 3, 7))
        names = self.rng.choice(
            (["W", "b"], ["a", "a"], [0, 1, 2], [("x", 1), ("x", 2)], [None], [1.5, "t"], [])
        )
        table = pd.DataFrame(
            {place: self._column(rows) for place in range(len(names))}, index=self._index(rows)
        )
        table.columns = pd.Index(names, tupleize_cols=self.rng.random() < 0.5)
        if names and self.rng.random() < 0.3:
            return table.iloc[:, 0]
        return table if self.rng.random() < 0.9 else table.index

    def _index(self, rows: int) -> Any:
        match self.rng.randrange(4):
            case 0:
                return pd.Index(self._column(rows), name=self.rng.choice((None, "k", 3)))
            case 1 if rows < 100:
                return pd.MultiIndex.from_arrays([self._column(rows), self._column(rows)], names=["k", None])
        return pd.RangeIndex(rows)

    def _column(self, rows: int) -> Any:
        numbers = self._arrays.integers(-3, 3, rows)
        missing = self._arrays.random(rows) < 0.2
        match self.rng.randrange(10):
            case 0:
                return pd.array(
                    np.where(missing, None, numbers), dtype=self.rng.choice(("Int64", "Int8", "Float32"))
                )
            case 1:
                return pd.Categorical(numbers.astype(str), ordered=self.rng.random() < 0.5)
            case 2:
                zone = self.rng.choice((None, "UTC", "Asia/Kathmandu", "-03:30"))
                return pd.to_datetime(numbers, unit="D").tz_localize(zone)
            case 3:
                return pd.to_timedelta(numbers, unit="h")
            case 4:
                return pd.PeriodIndex.from_ordinals(numbers, freq=self.rng.choice(("M", "D", "Q-DEC"))).array
            case 5:
                return pd.arrays.IntervalArray.from_arrays(numbers, numbers + 1)
            case 6:
                kind = self.rng.choice(("str", "string", "object"))
                return pd.array(np.where(missing, None, numbers.astype(str)), dtype=kind)
            case 7 if rows < 100:
                return pd.Series(
                    [self.rng.choice((1, 2.5, "x", None, True)) for _ in range(rows)], dtype=object
                ).array
        return numbers.astype(self.rng.choice(("?", "i1", "u8", "f4", "f8", "c16")))

    def _deep(self, _depth: int) -> Any:
        value: Any = self._number(0)
        for level in range(self.rng.randrange(28)):
            value = ([value], (value,), {level: value}, [value, level])[self.rng.randrange(4)]
        return value

    def _is_large(self) -> bool:
        return self.rng.random() < self.large


def changed(rng: random.Random, value: Any) -> Any:
    """A value of the same form, every number of which is another one by more than any tolerance."""
    if isinstance(value, tuple | list):
        return type(value)(changed(rng, item) for item in value)
    if isinstance(value, dict):
        return {key: changed(rng, item) for key, item in value.items()}
    if isinstance(value, pd.DataFrame | pd.Series | pd.Index):
        return value[:-1] if len(value) else pd.DataFrame({"more": [1]})
    if value is None or isinstance(value, str | bytes):
        return 0
    array = np.asarray(value)
    if array.size == 0:
        return np.ones((2, 3))
    if array.dtype.kind == "b":
        return ~array if array.shape else not value
    if array.dtype.kind in "iu":
        return array + rng.choice((1, 7)) if array.shape else int(value) + 1
    finite = np.abs(array[np.isfinite(array)])
    by = rng.choice((1e-4, 0.5, 3.0)) * (1.0 + finite.max(initial=0.0))
    moved = np.where(np.isfinite(array), array + rng.choice((1.0, -1.0)) * by, 0.25)
    if rng.random() < 0.2:
        moved = np.full(array.shape, np.nan if np.isfinite(array).all() else 0.25)
    return moved if array.shape else moved.item()


def tables() -> list[Any]:
    """Tables with columns of every kind, and arrays of texts and times."""
    times = pd.date_range("2026-03-28", periods=2, tz="Europe/Zurich")
    columns = {
        "n": [1, 2], "f": [0.5, np.nan], "s": ["a", None], "o": [[1, "x"], {"k": 2}], "t": times, "d": times - times[0],
        "c": pd.Categorical(["x", None]), "p": pd.period_range("2026-01", periods=2, freq="M"), "i": pd.cut([1, 2], 2),
        "m": pd.array([1, None], dtype="Int8"), "u": pd.array(["\u00e9", None], dtype="string"),
        ("a", 1): [True, False],
    }  # fmt: skip
    index = pd.MultiIndex.from_arrays([["x", "y"], [2.5, np.nan]], names=["k", None])
    return [
        pd.DataFrame(columns, index=index),
        pd.Series([1, 2], index=[2, 4], name="s"),
        pd.RangeIndex(4),
        [np.array([["a", "bc"]]), np.array(["2026", "NaT"], "M8[D]"), np.timedelta64(3, "ns")],
    ]
