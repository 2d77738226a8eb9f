"""Tables become columns and come back the same; what is no table is refused."""

from __future__ import annotations

import copy
import datetime
import decimal
import fractions
import re

import numpy as np
import pandas as pd
import pytest

from grader.errors import WireError
from grader.sandbox.crossing.codec import Decoder, Encoder
from grader.tables import Malformed, NotCarried, Table, as_carried, of_library, plain_of, table_of

HALF_PAST = datetime.timezone(-datetime.timedelta(hours=3, minutes=30))
TABLES = {
    "numbers": pd.DataFrame({"a": [1, 2, 3], "b": [1.5, np.nan, 3], "c": np.array([1, 2, 3], "u1"), "d": [1j, 2, 3]}),
    "texts": pd.DataFrame({"a": ["x", "yé", "😀"], "b": ["x", None, ""]}),
    "objects": pd.DataFrame({"a": [1, "a", None], "b": [[1, 2], [], [3]], "c": [datetime.date(2026, 1, 1)] * 3}),
    "truth": pd.DataFrame({"a": [True, False]}),
    "times": pd.DataFrame({"t": pd.date_range("2026", periods=3), "gap": [pd.Timestamp("2026"), pd.NaT, pd.NaT]}),
    "zones": pd.DataFrame(
        {
            str(zone): pd.date_range("2026-03-28", periods=3, tz=zone)
            for zone in ("Europe/Zurich", "UTC", HALF_PAST, "America/St_Johns")
        }
    ),
    "durations": pd.DataFrame({"d": pd.to_timedelta([1, 2, None], "s")}),
    "nullable": pd.DataFrame(
        {name: pd.array([1, None, 0], dtype=name) for name in ("Int64", "UInt8", "Float32", "boolean")}
    ),
    "strings": pd.DataFrame({"s": pd.array(["a", None, "b"], dtype="string")}),
    "categories": pd.DataFrame({"c": pd.Categorical(["a", "b", None], categories=["b", "a"], ordered=True)}),
    "categories of numbers": pd.DataFrame({"c": pd.Categorical([3, 1, 3])}),
    "periods": pd.DataFrame({"m": pd.period_range("2026-01", periods=3, freq="M"),
    "q": pd.period_range("2026Q1", periods=3, freq="Q-DEC")}),
    "intervals": pd.DataFrame({"i": pd.cut([1, 2, 3], 3)}),
    "two levels": pd.DataFrame(
        np.arange(6.0).reshape(2, 3),
        columns=pd.MultiIndex.from_product([["x"], [1, 2, 3]], names=["k", "n"]),
        index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["g", None]),
    ),
    "grouped": pd.DataFrame({"a": [1, 1, 2], "b": [1.0, 2, 3]}).groupby("a").agg(["mean", "sum"]),
    "two of one name": pd.DataFrame([[1, 2]], columns=["a", "a"]),
    "numbered columns": pd.DataFrame(np.eye(3)),
    "no rows": pd.DataFrame({"a": []}),
    "nothing": pd.DataFrame(),
    "all missing": pd.DataFrame({"a": [None, None]}),
    "a series": pd.Series([1, 2], name="n", index=["x", "y"]),
    "a series without a name": pd.Series([1.5]),
    "an index": pd.Index(["a", "b"], name="q"),
    "a range": pd.RangeIndex(3, 9, 2),
    "objects of one kind": pd.DataFrame(
        {"i": [1, 2], "f": [0.5, np.nan], "b": [True, False], "s": ["x", "y"], "mixed": [1, "x"]}, dtype=object
    ),
    "dates and times": pd.DataFrame(
        {
            "day": pd.Series([datetime.date(2026, 1, 1), datetime.date(2026, 2, 28)], dtype=object),
            "at": pd.Series([datetime.datetime(2026, 1, 1, 7, 30, 0, 5), None], dtype=object),
            "took": pd.Series([datetime.timedelta(days=-1, microseconds=3), datetime.timedelta(0)], dtype=object),
        }
    ),
    "integers beyond 64 bits": pd.DataFrame({"n": pd.Series([2**70, -1], dtype=object)}),
    "unsigned": pd.DataFrame({"n": np.array([2**64 - 1, 0], np.uint64)}),
    "nested": pd.DataFrame({"l": [[1, [2.5, "x"]], {"k": [1]}], "t": [(1, 2), ()]}),
    "rows that are numbered otherwise": pd.DataFrame({"a": [1, 2, 3]}, index=[5, 3, 9]),
    "rows of one label": pd.DataFrame({"a": [1, 2]}, index=["x", "x"]),
    "levels of all kinds": pd.DataFrame(
        {"a": range(4)},
        index=pd.MultiIndex.from_arrays(
            [["b", "a", None, "b"], [2.5, np.nan, 1, 2.5], pd.date_range("2026", periods=4, tz="Asia/Tokyo"),
             pd.Categorical(["z", "y", "z", None], categories=["z", "y"])],
            names=["s", "f", "t", "c"],
        ),
    ),
    "labels of all kinds": pd.DataFrame([[1, 2, 3]], columns=pd.Index(["a", 2, 0.5], dtype=object)),
    "sparse and complex": pd.DataFrame({"z": [1j, 2]}),
    "truth values, some missing": pd.DataFrame({"b": pd.array([True, None], dtype="boolean")}),
    "single precision": pd.DataFrame({"f": np.array([1.5, np.nan], np.float32), "h": np.array([1, 2], np.float16)}),
    "dates in the index": pd.Series([1.0, 2.0], index=pd.date_range("2026", periods=2)),
}  # fmt: skip


def there_and_back(value):
    encoder = Encoder()
    node = encoder.node(value)
    return Decoder(encoder.headers, bytearray(b"".join(encoder.buffers)), lambda _: None).value(node)


def same(one, other) -> None:
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other, check_freq=False, check_column_type=False)
    elif isinstance(one, pd.Series):
        pd.testing.assert_series_equal(one, other, check_freq=False)
    else:
        pd.testing.assert_index_equal(one, other, exact=True)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_comes_back_as_it_was(name):
    same(TABLES[name], of_library(Table.of_plain(table_of(TABLES[name]).plain())))
    same(TABLES[name], there_and_back(TABLES[name]))


def test_a_column_has_the_name_of_its_type():
    for table in TABLES.values():
        if isinstance(table, pd.DataFrame) and table.columns.is_unique:
            plain = table_of(table)
            assert [column.dtype for column in plain.columns] == [str(dtype) for dtype in table.dtypes]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"f": [lambda: 1]}, "its column 'f' holds a function; turn it into numbers, texts or times"),
        ({"f": [pd.DataFrame()]}, "its column 'f' holds a DataFrame"),
        ({"f": [object()]}, "its column 'f' holds a object"),
        ({"c": pd.Categorical(range(20_000))}, "more than 10,000 categories"),
        ({str(i): [1] for i in range(6_000)}, "more than 5,000 columns"),
        ({"t": pd.date_range("2026", periods=1, tz="dateutil/Europe/Zurich")}, "time zone without a name"),
    ],
)
def test_what_no_column_holds_is_refused_with_a_sentence(given, says):
    with pytest.raises(NotCarried, match=re.escape(says)):
        plain_of(pd.DataFrame(given))


def test_numbers_that_are_no_floats_come_back_as_the_nearest():
    given = pd.DataFrame(
        {"d": [decimal.Decimal("0.1"), fractions.Fraction(1, 3)], "t": [datetime.time(1, 30), None]}
    )
    back = there_and_back(given)
    assert back["d"].tolist() == [0.1, 1 / 3]
    assert back["t"].iloc[0] == datetime.timedelta(hours=1, minutes=30)


def test_a_subclass_comes_back_as_the_librarys_own():
    class Scores(pd.DataFrame):
        @property
        def _constructor(self):
            return Scores

    back = there_and_back(Scores({"a": [1, 2]}))
    assert type(back) is pd.DataFrame
    assert back["a"].tolist() == [1, 2]


def test_a_million_texts_cross_and_more_are_refused_with_a_sentence():
    words = pd.Series(["ab"] * 1_000_000, dtype="str")
    assert there_and_back(words).iloc[-1] == "ab"
    with pytest.raises(ValueError, match="more than 1,000,000 texts"):
        Encoder().node(pd.DataFrame({"a": words, "b": words}))
    with pytest.raises(ValueError, match="more than 16 MB of text"):
        Encoder().node(pd.DataFrame({"a": ["x" * (17 << 20)]}))
    with pytest.raises(ValueError, match="more than 50,000 separate arrays"):
        Encoder().node([np.float64(1)] * 60_000)


def test_tables_in_containers_are_as_they_come_out_of_a_sandbox():
    class Scores(pd.DataFrame):
        pass

    numbers, inner = np.ones(3), [1, [2]]
    made = as_carried((Scores({"a": [1]}), numbers, {"k": Scores({"b": [2]})}))
    assert type(made[0]) is type(made[2]["k"]) is pd.DataFrame
    assert made[1] is numbers
    assert as_carried(inner) is inner
    with pytest.raises(NotCarried, match="holds a function"):
        as_carried([pd.Series([lambda: 1, 1], name="p")])


def test_a_datascience_table_comes_back_as_one():
    with np.printoptions():  # which importing it changes
        datascience = pytest.importorskip("datascience")
    given = datascience.Table().with_columns("n", [1, 2], "s", ["a", "b"], "f", [0.5, np.nan])
    back = there_and_back(given)
    assert type(back) is datascience.Table
    assert back.labels == ("n", "s", "f")
    assert back.column("s").tolist() == ["a", "b"]
    assert np.array_equal(back.column("f"), [0.5, np.nan], equal_nan=True)


def test_arrays_of_texts_and_times_cross():
    for array in (
        np.array([["a", "bc"], ["", "é"]]),
        np.array(["2026-01-01", "NaT"], "M8[D]"),
        np.array([5], "m8[ns]"),
    ):
        back = there_and_back(array)
        assert back.dtype == array.dtype
        assert back.tolist() == array.tolist()
    assert there_and_back(np.datetime64("2026-01-01")) == np.datetime64("2026-01-01")


def plain(**changed):
    made = table_of(
        pd.DataFrame({"c": pd.Categorical(["a", "b"]), "t": pd.date_range("2026", periods=2, tz="UTC")})
    ).plain()
    return {**copy.deepcopy(made), **changed}


def spoilt(place: int, **changed):
    made = plain()
    made["columns"][place] |= changed
    return made


@pytest.mark.parametrize(
    "given",
    [
        None, [], {}, plain(library="os.system"), plain(labels=["c"]), plain(labels=[["c"], "t"]), plain(index=[]),
        plain(columns=[]), plain(columns=[1, 2]), plain(index_names=[]), plain(index_names=[None] * 40),
        spoilt(0, kind="other"), spoilt(0, values=np.array([0, 5])), spoilt(0, values=np.array([-2, 0])),
        spoilt(0, values=np.array([0.0, 1.0])), spoilt(0, parts=[]), spoilt(0, values=np.array([0])),
        spoilt(1, zone="../../etc/passwd"), spoilt(1, zone="Europe/Nowhere"), spoilt(1, zone=3),
        spoilt(1, missing=np.array([True])), spoilt(1, missing=np.array([1, 0])), spoilt(1, flavor="evil"),
        spoilt(1, how="left"), spoilt(1, values=np.zeros((2, 2), "M8[ns]")), spoilt(1, kind="objects"),
        spoilt(1, kind="objects", values=[object(), 1], zone=""), spoilt(0, kind=["numbers"]), spoilt(0, flavor="str"),
        spoilt(0, zone="UTC"), spoilt(0, missing=np.array([True, False])), spoilt(1, kind={}), plain(library=[]),
        plain(labels=[("c", ("d", "e")), "t"]), plain(labels=[{}, "t"]), spoilt(1, flavor=[]),
    ],
)  # fmt: skip
def test_what_is_no_plain_table_is_refused(given):
    with pytest.raises(Malformed):
        Table.of_plain(given)


def test_a_library_that_cannot_make_a_table_of_columns_is_a_malformed_message():
    made = table_of(pd.DataFrame({"c": pd.Categorical(["a", "b"])})).plain()
    twice = table_of(pd.Series(["a", "a"])).plain()["columns"][0]
    made["columns"][0]["parts"] = [twice]
    encoder = Encoder()
    node = [13, encoder.node(made)]
    with pytest.raises(WireError, match="a table out of the sandbox is malformed"):
        Decoder(encoder.headers, bytearray(b"".join(encoder.buffers)), lambda _: None).value(node)


def test_a_table_without_its_library_stays_a_plain_one(monkeypatch):
    table = table_of(TABLES["numbers"])
    monkeypatch.setattr("grader.tables.convert.find_spec", lambda _: None)
    assert of_library(table) is table
    assert (
        repr(table) == "<pandas.DataFrame of 3 rows, {'a': int64, 'b': float64, 'c': uint8, 'd': complex128}>"
    )
    assert table.column("b").values[0] == 1.5
    assert table.column("z") is None
