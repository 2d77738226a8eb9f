"""Values keep their type on the way out of a sandbox, and what is no such value is refused."""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import WireError
from grader.sandbox.crossing.faithful import KIND, FaithfulDecoder, FaithfulEncoder


def refused(value: Any) -> Any:
    raise WireError(f"{value!r} goes by reference")


def crossed(value: Any) -> Any:
    """What comes out of the sandbox."""
    encoder = FaithfulEncoder(refused)
    node = encoder.node(value)
    body = bytearray().join(bytes(part) for part in encoder.buffers)
    return FaithfulDecoder(encoder.headers, body, refused).value(node)


def same(one: Any, two: Any) -> bool:
    if type(one) is not type(two):
        return False
    if isinstance(one, np.ndarray):
        return (
            one.dtype == two.dtype
            and one.shape == two.shape
            and list(map(repr, one.ravel())) == list(map(repr, two.ravel()))
        )
    if isinstance(one, pd.DataFrame):
        return one.equals(two)
    if isinstance(one, type({}.values())):
        return list(one) == list(two)
    return repr(one) == repr(two) if isinstance(one, float) else bool(one == two)


def folded(time: Any) -> Any:
    """Without what tells two equal times of a night in autumn apart, which does not cross."""
    return time.replace(fold=0)


KEYS = st.one_of(
    st.integers(), st.text(max_size=5), st.booleans(), st.fractions(), st.dates(), st.binary(max_size=5)
)
VALUES = st.recursive(
    st.one_of(
        KEYS, st.none(), st.floats(), st.sampled_from([np.int64(3), np.float32(0.5)]),
        st.sets(KEYS, max_size=4), st.frozensets(KEYS, max_size=4), st.times().map(folded),
        st.timedeltas(), st.datetimes().map(folded), st.decimals(allow_nan=False, places=3), st.slices(5),
        st.builds(range, st.integers(-99, 99), st.integers(-99, 99)), st.binary(max_size=9).map(bytearray),
        st.lists(KEYS, max_size=4).map(collections.Counter), st.sampled_from([int, list, np.float64, np.ndarray, type]),
        st.lists(st.integers(-5, 5), max_size=4).map(np.array), st.text(max_size=5).map(np.str_),
        st.lists(st.text(max_size=4), min_size=1, max_size=3).map(lambda items: np.array(items, dtype=object)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.tuples(inner, inner), st.dictionaries(KEYS, inner, max_size=4),
        st.dictionaries(KEYS, inner, max_size=3).map(collections.OrderedDict),
        st.lists(inner, max_size=4).map(collections.deque),
        st.dictionaries(KEYS, inner, max_size=3).map(lambda items: collections.defaultdict(list, items)),
    ),
    max_leaves=8,
)  # fmt: skip


def plain(value: Any) -> str:
    """A text that tells types, and arrays by their parts."""
    if isinstance(value, np.ndarray):
        return f"array({value.dtype}, {value.shape}, {[plain(part) for part in value.ravel().tolist()]})"
    if isinstance(value, set | frozenset):
        return f"{type(value)}({sorted(map(plain, value))})"
    if isinstance(value, dict):
        parts = [(plain(key), plain(part)) for key, part in value.items()]
        return f"{type(value)}({parts}, {getattr(value, 'default_factory', '')})"
    if isinstance(value, list | tuple | collections.deque):
        return f"{type(value)}({[plain(part) for part in value]})"
    return f"{type(value)}({value!r})"


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_values_come_back_as_they_were(value: Any) -> None:
    assert plain(crossed(value)) == plain(value)


@pytest.mark.parametrize(
    "value",
    [
        {1: 2}.keys(), {1: 2}.values(), {1: [2]}.items(), ..., np.bytes_(b"x"), np.array([b"ab", b"c"]), np.array("x"),
        np.array([[1, "x"], [None, {2}]], dtype=object), decimal.Decimal("NaN").copy_abs().is_nan(),
        fractions.Fraction(10**50, 3), pd.Timestamp("2026-01-02"), pd.Timedelta("1h"),
        datetime.datetime.now(datetime.UTC),
        pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}), np.datetime64("2026-01-02"), -0.0, float("nan"),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_these_come_back_as_they_were(value: Any) -> None:
    assert same(crossed(value), value)


def read(node: Any, body: bytes = b"") -> Any:
    return FaithfulDecoder([], bytearray(body), refused).value(node)


LIST, TEXT = 0, "x"


@pytest.mark.parametrize(
    "node",
    [
        [KIND, "global", "x"],
        [KIND, "named", "builtins:eval"],
        [KIND, "iterator", [LIST, 1]],
        [KIND, "no such kind", None],
        [KIND, "type", "object.__subclasses__"],
        [KIND, "type", ["int"]],
        [KIND, "range", [LIST, 0, 10**30, 1]],
        [KIND, "range", [LIST, 0, 1, 0]],
        [KIND, "range", [LIST, 0.0, 1, 1]],
        [KIND, "Fraction", [LIST, "1e999999999", 1]],
        [KIND, "Fraction", [LIST, 1, 0]],
        [KIND, "Decimal", "1e999999999"],
        [KIND, "Decimal", "9" * 5000],
        [KIND, "Decimal", 1.5],
        [KIND, "bytearray", 10**12],
        [KIND, "bytes_", 10**12],
        [KIND, "str_", 5],
        [KIND, "timedelta", [LIST, 10**30, 0, 0]],
        [KIND, "date", "not a date"],
        [KIND, "objects", [LIST, [LIST, 10**9], [LIST, 1]]],
        [KIND, "objects", [LIST, [LIST, -1], [LIST]]],
        [KIND, "texts", [LIST, [LIST, 2], [LIST, "x", "y" * 1000]]],
        [KIND, "deque", [LIST, [LIST, 1], -1]],
        [KIND, "deque", [LIST, 5, None]],
        [KIND, "defaultdict", [LIST, "open", None]],
        [KIND, "set", [LIST, [LIST, 1]]],
        [KIND, "Counter", [LIST, 1]],
        [KIND, "Timestamp", [LIST, 1, "year", None]],
        [KIND, "Timestamp", [LIST, 10**40, "ns", None]],
        [KIND, ["set"], None],
        [KIND, "set"],
        [KIND],
        [999, 1],
    ],
    ids=repr,
)
def test_what_is_forged_is_refused(node: Any) -> None:
    with pytest.raises(WireError):
        read(node)


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6),
            st.sampled_from(["set", "range", "type", "Fraction", "Decimal", "objects", "bytes_array", "named"]),
        ),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.tuples(st.just(KIND), inner, inner).map(list),
            st.tuples(st.integers(0, 20), inner, inner).map(list),
        ),
        max_leaves=12,
    )
)  # fmt: skip
def test_any_node_is_a_value_or_refused(node: Any) -> None:
    try:
        made = read(node)
    except WireError:
        return
    assert type(made).__module__.partition(".")[0] in {
        "builtins", "collections", "datetime", "decimal", "fractions", "numpy", "pandas"
    }  # fmt: skip
