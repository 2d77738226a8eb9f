"""What a table's check says of wrong rows and columns: only what reproduces all of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from grader import CheckFailed, LocalStudent, StudentError, check_close, check_pure, check_table
from grader.kinds import Held
from tests.waiting import ends_within

RNG = np.random.default_rng(5)
KEYS = ["Au", "Egg", "Ost", "Tal", "Ufer", "Zoo"]
SUMS = pd.DataFrame(
    {
        "key": KEYS,
        "n": [3, 5, 2, 9, 4, 7],
        "mean": RNG.uniform(1, 9, 6),
        "share": [0.123456, 0.2, np.nan, 0.51, 0.77, 1.0],
        "day": pd.date_range("2026-01-01", periods=6),
    }
)
PERIODS = pd.Series([1.0, 2.0, 3.0], index=pd.period_range("2026-01", periods=3, freq="M"), name="x")
LISTS = pd.DataFrame({"l": [[1.0, 2.0], [0.3]]})


def failure(got, right=SUMS, **how) -> str:
    with pytest.raises(CheckFailed) as failed:
        check_table(got, right, name="sums", **how)
    return failed.value.summary


@pytest.mark.parametrize(
    ("got", "says"),
    [
        (SUMS.assign(share=SUMS.share * 2), "sums['share'] is wrong: Every entry is 2 times the right value."),
        (SUMS.assign(share=-SUMS.share), "The sign is wrong throughout"),
        (SUMS.assign(share=SUMS.share * 100), "They are percentages, but shares of 1 were expected."),
        (SUMS.assign(mean=SUMS["mean"] / 100), "They are shares of 1, but percentages were expected."),
        (SUMS.assign(mean=SUMS["mean"] * SUMS.n), "Each is sums['n'] times the right one: a sum instead of a mean?"),
        (SUMS.assign(mean=SUMS["mean"] / SUMS.n),
         "Each is the right one divided by sums['n']: a mean instead of a sum?"),
        (SUMS.assign(mean=SUMS["mean"] * np.sqrt((SUMS.n - 1) / SUMS.n)),
         "They divide by n, but n − 1 was expected: `ddof=1`."),
        (SUMS.assign(mean=SUMS["mean"] * SUMS.n / (SUMS.n - 1)),
         "They divide by n − 1, but n was expected: `ddof=0`."),
        (SUMS.assign(mean=SUMS.n), "They are the numbers of sums['n']."),
        (SUMS.assign(mean=SUMS["mean"].cumsum()), "They are running totals (`cumsum`)"),
        (SUMS.assign(share=SUMS.share.round(2)), "They are rounded to 2 decimals: return them as they are."),
        (SUMS.assign(share=0.0).assign(share=lambda t: t.share.where(SUMS.share.notna())), "Every entry is 0."),
        (SUMS.assign(key=["Egg", "Au", *KEYS[2:]]),
         "sums['key'] is wrong in 2 of 6 rows, first in row 0. They are right, but in"),
        (SUMS.assign(day=SUMS.day + pd.Timedelta("1D")), "sums['day'] is right, but a row too early"),
        (SUMS.assign(day=SUMS.day.dt.to_period("D")), "holds periods, but times were expected: to_timestamp"),
        (SUMS.assign(n=SUMS.n > 3), "sums['n'] is wrong"),
        (SUMS.assign(key=None), "sums['key'] has nothing in 6 rows where a value was expected."),
        (SUMS[SUMS.key != "Tal"].assign(mean=1.0), "1 value of sums['key'] has no row."),
        (SUMS[SUMS.key != "Ost"].assign(mean=1.0), "1 value of sums['key'] has no row: keep rows in which something"),
        (pd.concat([SUMS, SUMS.iloc[:1].assign(key="New")]).assign(mean=1.0),
         "1 of the values of sums['key'] should have no row."),
        (SUMS.sort_values("n", ascending=False), "The rows are right, but not sorted by sums['key']."),
        (SUMS.groupby("key"), "sums is a DataFrameGroupBy, but a DataFrame was expected. Say what to compute"),
        (SUMS["mean"].to_numpy(), "sums is an array of shape (6,) (float64), but a DataFrame was expected."),
        (SUMS.assign(f=[lambda: 1] * 6), "sums cannot be checked: let its columns hold numbers, texts or times."),
        (SUMS.set_axis(pd.MultiIndex.from_product([["a"], SUMS.columns]), axis=1), "columns with 2 levels of names"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(got, says):
    assert says in failure(got)


def test_a_pattern_is_not_named_unless_it_holds_for_every_entry():
    for factor in (2, 100, SUMS.n, SUMS.n / (SUMS.n - 1)):
        wrong = SUMS["mean"] * factor
        wrong.iloc[4] += 1e-3
        told = failure(SUMS.assign(mean=wrong))
        assert "sums['mean'] is wrong in" in told
        assert "instead of a" not in told


def test_two_of_a_pattern_are_told_with_any_order_of_rows():
    got = SUMS.assign(mean=SUMS["mean"] * SUMS.n).sample(frac=1, random_state=2)
    assert "a sum instead of a mean?" in failure(got, ordered=False)


def test_few_rows_are_in_some_order_by_chance():
    three = SUMS.iloc[[1, 0, 2]]
    assert failure(three.iloc[[2, 0, 1]], three) == "sums is wrong: The rows are right, but in another order."


def test_the_index():
    numbered = SUMS[SUMS.n > 3]
    assert "is not 0, 1, 2, …: `reset_index(drop=True)`" in failure(
        numbered, numbered.reset_index(drop=True), index=True
    )
    by_key = SUMS.set_index("key")
    assert "only numbers the rows, but 'key' was expected there" in failure(SUMS.drop(columns="key"), by_key)
    assert "'key' is a column of sums, but belongs into the index" in failure(SUMS, by_key)
    two = SUMS.set_index(["key", "n"])
    assert "has one level, but two levels were expected" in failure(by_key.drop(columns="n"), two)
    assert "level 1 of the index of sums" in failure(SUMS.assign(n=SUMS.n + 1).set_index(["key", "n"]), two)
    check_table(SUMS.assign(n=SUMS.n.astype("Int64")).set_index(["key", "n"]), two)


def test_sentences_are_of_one_thing_or_of_several():
    two, one = SUMS.set_index(["key", "n"]), SUMS.set_index("key")
    assert "has two levels, but one level was expected" in failure(two, one.drop(columns="n"))
    assert (
        "'key', 'n' are columns of sums, but belong into the index: `set_index` puts them there."
        in failure(SUMS, two)
    )
    assert (
        "'key', 'n' are in the index of sums, not in columns: `reset_index` makes columns of them."
        in failure(two)
    )
    assert "'key' is in the index of sums, not in a column: `reset_index` makes a column of it." in failure(
        one
    )
    bare = pd.DataFrame({"x": [1.0, 2.0]}, index=["a", "b"])
    assert "only numbers the rows, but labels were expected there" in failure(
        bare.reset_index(drop=True), bare
    )
    assert failure(bare[["x"]].assign(y=1)[["y", "x"]], bare.assign(y=1), columns_ordered=True) == (
        "sums has the right columns, but in another order: 'x', 'y' were expected."
    )


def test_shares_and_percentages_are_named_only_where_they_may_be_some():
    right = SUMS.assign(mean=[30.0, 41.5, 2.25, 8.0, 17.0, 99.0])
    assert failure(right.assign(mean=100 * right["mean"]), right) == (
        "sums['mean'] is wrong: Every entry is the right value times the same factor."
    )
    assert failure(right, right.assign(mean=100 * right["mean"])) == (
        "sums['mean'] is wrong: Every entry is the right value times the same factor."
    )
    assert "They are shares of 1, but percentages" in failure(right.assign(mean=right["mean"] / 100), right)


def test_complex_numbers_are_said_to_be_complex():
    right = pd.DataFrame({"k": ["a", "b"], "x": [1.25, 2.13]})
    for got in (right.assign(x=right.x + 0j), right.assign(x=[1.25 + 1j, 2])):
        for ordered in (True, False):
            assert (
                failure(got, right, ordered=ordered)
                == "sums['x'] is complex, but real numbers were expected."
            )
    check_table(right.assign(x=right.x + 1j), right.assign(x=right.x + 1j))


def test_no_remedy_is_named_that_would_raise():
    right = pd.DataFrame({"x": [True, False], "s": ["a", "b"]})
    assert failure(right.assign(x=["True", "False"]), right) == (
        "sums['x'] holds texts, but truth values (bool) were expected."
    )
    assert failure(right.assign(s=[True, False]), right) == (
        "sums['s'] holds truth values (bool), but texts were expected."
    )


def test_of_an_empty_table_only_its_rows_are_counted():
    for right in (SUMS, SUMS.assign(share=np.nan), SUMS.assign(key="a")):
        assert failure(right.iloc[:0], right) == "sums has 0 rows, but 6 rows were expected."


def test_periods_and_lists():
    check_table(PERIODS.copy(), PERIODS)
    assert "periods of another length" in failure(PERIODS.set_axis(PERIODS.index.asfreq("Q")), PERIODS)
    check_table(pd.DataFrame({"l": [(1.0, 2.0), [0.1 + 0.2]]}), LISTS)
    assert "wrong in 1 of 2 rows" in failure(pd.DataFrame({"l": [[1.0, 2.1], [0.3]]}), LISTS)


def test_intervals_and_durations():
    cut = pd.DataFrame({"i": pd.cut([1, 4, 9], 3), "d": pd.to_timedelta([1, 2, None], "h")})
    check_table(cut.assign(d=cut.d.dt.as_unit("s")), cut)
    assert "Every one is off by the same time." in failure(cut.assign(d=cut.d + pd.Timedelta("1s")), cut)


def test_times_before_and_after_what_a_unit_can_hold():
    far = pd.DataFrame({"t": np.array(["9999-01-01", "0001-01-01", "NaT"], "M8[s]")})
    check_table(far.copy(), far)
    assert "sums['t'] is wrong" in failure(pd.DataFrame({"t": pd.to_datetime(["2026", "2027", None])}), far)


def test_columns_may_be_given_instead_of_a_table():
    check_table(SUMS, {name: SUMS[name].tolist() for name in SUMS})
    check_table(SUMS[["key", "n"]].convert_dtypes(), {"key": KEYS, "n": SUMS.n.to_numpy()}, ordered=False)
    assert "sums['n'] is wrong" in failure(SUMS[["n"]], {"n": [3, 5, 2, 9, 4, 8]})
    assert "sums is a Series, but a DataFrame was expected" in failure(SUMS.n, {"n": SUMS.n.tolist()})
    with np.printoptions():  # which importing it changes
        datascience = pytest.importorskip("datascience")
    check_table(datascience.Table().with_columns("n", [1, 2]), {"n": [1, 2]})
    assert "Every entry is 2 times" in failure(datascience.Table().with_columns("n", [2, 4]), {"n": [1, 2]})


def test_a_test_without_pandas_compares_the_plain_table(monkeypatch):
    student = LocalStudent({"sums": lambda: SUMS})
    monkeypatch.setattr("grader.tables.convert.find_spec", lambda _: None)
    got = student.sums()
    assert repr(got).startswith("<pandas.DataFrame of 6 rows, {'key': str, 'n': int64")
    check_table(got, {name: SUMS[name].tolist() for name in SUMS})
    assert "sums['n'] is wrong" in failure(
        got, {**{name: SUMS[name].tolist() for name in SUMS}, "n": [0] * 6}
    )
    check_close(LocalStudent({"n": lambda: SUMS[["n", "mean"]]}).n(), SUMS[["n", "mean"]].to_numpy())


# Bounded ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "keys",
    [
        np.zeros(200_000, np.int64),
        np.arange(200_000) * (2**61 - 1),
        np.array(["x" * 60 + str(i % 7) for i in range(200_000)]),
        np.full(200_000, np.nan),
        np.arange(200_000) * 1e-12 + 1,
    ],
    ids=["one key", "one hash", "long prefixes", "nan", "a chain"],
)
def test_no_keys_of_a_student_make_the_check_compare_every_pair(keys):
    right = pd.DataFrame({"k": np.arange(1000), "v": RNG.normal(size=1000)})
    with ends_within(processor_seconds=30):  # every pair of the keys would take minutes
        failure(pd.DataFrame({"k": keys, "v": 1.0}), right)
        failure(pd.DataFrame({"k": keys[:1000], "v": 1.0}), right, ordered=False)


def test_numbers_that_lie_close_together_are_still_told_apart_in_any_order():
    seconds = 1.7e9 + np.arange(40) * 1e-3
    right = pd.DataFrame({"t": seconds, "x": RNG.normal(size=40)})
    check_table(right.sample(frac=1, random_state=1), right, ordered=False)
    chain = pd.DataFrame({"t": 1 + np.arange(2000) * 1.5e-9})
    other = pd.DataFrame({"t": np.repeat(chain.t.iloc[0], 2000)})
    failure(other, chain, ordered=False)


# Functions that take and return tables --------------------------------------------------------------------------


def spoils(df):
    df["x"] = 0
    return df.n.sum()


def remembers(df):
    remembers.last = df
    return df.n.sum()


def test_functions_must_leave_tables_alone():
    check_pure(lambda df: df.sort_values("n"), SUMS)
    check_pure(lambda df: df.groupby("key")["mean"].mean(), SUMS, others=[lambda df: df.n])
    with pytest.raises(CheckFailed, match="spoils changes argument 1 in place"):
        check_pure(spoils, SUMS)
    with pytest.raises(CheckFailed, match="returns a different result when called again"):
        check_pure(lambda df, seen=[0]: seen.append(0) or df.assign(n=len(seen)), SUMS)
    assert "x" not in SUMS


def test_what_cannot_be_carried_is_told_where_a_student_runs_the_tests_too():
    student = LocalStudent({"f": lambda: pd.DataFrame({"f": [lambda: 1]}), "x": pd.Series([object()])})
    with pytest.raises(
        StudentError, match="`f` returned a DataFrame that cannot be checked: let its columns hold"
    ) as told:
        student.f()
    assert "its column 'f' holds a function" in told.value.detail
    with pytest.raises(StudentError, match="`x` returned a Series that cannot be checked"):
        student.value("x")


def test_an_object_in_the_sandbox_is_no_table():
    class There(Held):
        _kind = "pandas.api.typing.DataFrameGroupBy"

    assert "sums is a DataFrameGroupBy" in failure(There())
