"""Whole tables: as arrays, laid out in parts, compared bit by bit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from grader.judge.calls import same_value
from grader.student import changes, copied
from grader.tables import TooWide, laid_out, numbers_of, same_bits, table_of

TABLE = pd.DataFrame(
    {"k": ["a", "b", None], "x": [1.0, np.nan, 3.0], "t": pd.date_range("2026", periods=3), "n": [1, 2, 3]}
)


def alike(one, other) -> bool:
    return same_value(one, other)


def test_a_table_of_numbers_is_an_array():
    assert numbers_of(table_of(pd.DataFrame({"a": [1, 2], "b": [0.5, np.nan]}))).shape == (2, 2)
    assert numbers_of(table_of(pd.Series([1, 2]))).tolist() == [1, 2]
    assert np.isnan(numbers_of(table_of(pd.Series([1, None], dtype="Int64")))[1])
    assert numbers_of(table_of(TABLE)) is None
    assert numbers_of(table_of(pd.DataFrame())) is None


def test_a_narrow_table_with_one_wide_column_is_no_large_array():
    narrow = {str(i): np.zeros(100_000, np.int8) for i in range(300)}
    with pytest.raises(TooWide):
        numbers_of(table_of(pd.DataFrame({**narrow, "z": np.zeros(100_000, complex)})))


def test_neither_the_order_of_columns_nor_types_nor_numbers_of_rows_matter_to_what_is_alike():
    assert alike(TABLE, TABLE[["n", "t", "x", "k"]])
    assert alike(TABLE, TABLE.set_axis([7, 3, 5]))
    assert alike(TABLE, TABLE.convert_dtypes())
    assert alike(TABLE, TABLE.assign(t=TABLE.t.dt.as_unit("s"), k=TABLE.k.astype("category")))
    assert alike(TABLE, TABLE.assign(x=TABLE.x * (1 + 1e-13)))
    assert alike(TABLE.x, pd.Series([1.0, np.nan, 3.0], name="x"))


@pytest.mark.parametrize(
    "other",
    [
        TABLE.assign(x=TABLE.x + 1e-6), TABLE.assign(k=["a", "b", "c"]), TABLE.iloc[::-1], TABLE.iloc[:2],
        TABLE.rename(columns={"x": "y"}), TABLE.assign(t=TABLE.t + pd.Timedelta("1us")), TABLE.set_index("k"),
        TABLE.assign(x=[1.0, 0.0, 3.0]), TABLE.x, None, [1.0], TABLE.assign(n=TABLE.n.astype(str)),
    ],
)  # fmt: skip
def test_what_is_not_alike(other):
    assert not alike(TABLE, other)
    assert not alike(other, TABLE)


def test_texts_and_times_in_arrays_are_compared():
    assert alike(np.array(["a", "b"]), np.array(["a", "b"]))
    assert not alike(np.array(["a", "b"]), np.array(["a", "c"]))
    assert alike(np.array(["2026-01-01"], "M8[D]"), np.array(["2026-01-01T00"], "M8[h]"))
    assert not alike(np.array(["2026-01-01"], "M8[D]"), np.array(["2026-01-02"], "M8[D]"))
    assert alike(np.array([3], "m8[M]"), np.array([3], "m8[M]"))
    assert not alike(np.array([3], "m8[M]"), np.array([3], "m8[Y]"))


def test_every_table_can_be_laid_out():
    extreme = np.array([-(2**63) + 1, 2**63 - 1, 0])
    for unit in ("Y", "M", "W", "D", "h", "s", "ns", "as"):
        assert laid_out(extreme.view(f"M8[{unit}]"))
        assert laid_out(extreme.view(f"m8[{unit}]"))
    assert laid_out(5) == 5


@pytest.mark.filterwarnings("ignore:The inplace keyword")
@pytest.mark.parametrize(
    "change",
    [
        lambda df: df.drop(columns="x", inplace=True),
        lambda df: df.dropna(inplace=True),
        lambda df: df.sort_values("n", ascending=False, inplace=True),
        lambda df: df.insert(0, "new", 1),
        lambda df: df.rename(columns={"n": "m"}, inplace=True),
        lambda df: df.isetitem(3, df.n.astype(float)),
        lambda df: df.isetitem(1, [lambda: 1] * 3),
        lambda df: setattr(df, "index", [1, 2, 3]),
        lambda df: df.__setitem__("k", "z"),
        lambda df: df.at.__setitem__((0, "x"), 1.0 + 1e-15),
    ],
)
def test_a_table_that_was_changed_in_place_is_found(change):
    given = copied(TABLE)
    assert changes((TABLE,), {}, (given,), {}) == ()
    change(given)
    assert changes((TABLE,), {}, (given,), {}) == ("0",)
    assert TABLE.columns.tolist() == ["k", "x", "t", "n"]


def test_tables_of_the_same_entries_and_other_types_differ_in_their_bits():
    assert same_bits(table_of(TABLE), table_of(TABLE.copy()))
    assert not same_bits(table_of(TABLE), table_of(TABLE.assign(n=TABLE.n.astype("int32"))))
    one, other = pd.Categorical(["a"], ordered=True), pd.Categorical(["a"])
    assert not same_bits(table_of(pd.Series(one)), table_of(pd.Series(other)))
