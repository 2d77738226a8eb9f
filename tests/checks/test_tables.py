"""Tables: right ones in different clothes pass, wrong ones fail with a sentence that names the slip."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from grader import CheckFailed, check_table

DAYS = pd.date_range("2026-03-27", periods=4, tz="Europe/Zurich")
RIGHT = pd.DataFrame(
    {"team": ["a", "b", "c", "d"], "mean": [0.3, 2.0, np.nan, 5.5], "n": [1, 4, 2, 9], "day": DAYS}
)
MEANS = pd.DataFrame({"mean": [1.0, 2.0]}, index=pd.Index(["x", "y"], name="team"))


def failure(got, right=RIGHT, **how) -> str:
    with pytest.raises(CheckFailed) as failed:
        check_table(got, right, name="scores", **how)
    return failed.value.summary


@pytest.mark.parametrize(
    ("got", "how"),
    [
        (RIGHT.copy(), {}),
        (RIGHT[["n", "day", "team", "mean"]], {}),
        (RIGHT.assign(mean=[0.1 + 0.2, 2.0, None, 5.5]), {}),
        (RIGHT.assign(team=RIGHT.team.astype("category"), n=RIGHT.n.astype(float)), {}),
        (RIGHT.assign(team=RIGHT.team.astype("string"), n=RIGHT.n.astype("Int64")), {}),
        (RIGHT.assign(team=RIGHT.team.astype(object), mean=RIGHT["mean"].astype("Float64")), {}),
        (RIGHT.assign(mean=RIGHT["mean"].astype(np.float32)), {}),
        (RIGHT.assign(day=DAYS.tz_convert("UTC")), {}),
        (RIGHT.assign(day=DAYS.as_unit("s")), {}),
        (RIGHT.set_axis([7, 3, 2, 9]), {}),
        (RIGHT.iloc[[2, 0, 3, 1]], {"ordered": False}),
        (RIGHT.sample(frac=1, random_state=1).reset_index(drop=True), {"ordered": False}),
        (RIGHT.convert_dtypes(), {}),
    ],
)
def test_right_tables_in_different_clothes(got, how):
    check_table(got, RIGHT, **how)


@pytest.mark.parametrize(
    ("got", "says"),
    [
        (RIGHT.dropna(), "scores has 3 rows, but 4 rows were expected. The row too few is the one in which"),
        (RIGHT.iloc[::-1], "scores is wrong: The rows are right, but sorted in descending instead of ascending"),
        (RIGHT.iloc[[2, 0, 3, 1]], "The rows are right, but not sorted by scores['team']"),
        (pd.concat([RIGHT, RIGHT.iloc[[1]]]), "1 row is there more than once: `drop_duplicates`"),
        (RIGHT.iloc[1:], "The first row is not there"),
        (RIGHT.iloc[:-2], "The last 2 rows are not there"),
        (RIGHT.iloc[:0], "scores has 0 rows, but 4 rows were expected"),
        (RIGHT.set_index("team"), "'team' is in the index of scores, not in a column: `reset_index`"),
        (RIGHT.rename(columns={"mean": " Mean"}), "spelled almost so: capitals and spaces count"),
        (RIGHT.rename(columns={"mean": "average"}), "lacks the column 'mean' and has one column too many"),
        (RIGHT.drop(columns=["mean", "n"]), "scores lacks the columns 'mean', 'n'"),
        (RIGHT.T, "its rows seem to be columns: `T` exchanges them"),
        (RIGHT.assign(n=RIGHT.n.shift(1, fill_value=0)), "scores['n'] is right, but a row too late"),
        (RIGHT.assign(mean=RIGHT["mean"].fillna(0)), "should be missing (nan) in 1 row, but 0 is there"),
        (RIGHT.assign(team=["A", "B", "C", "D"]), "scores['team'] is wrong in every row. Only capitals are wrong."),
        (RIGHT.assign(team=["a ", "b", "c", "d"]), "wrong in 1 of 4 rows, first in row 0. Only spaces are wrong."),
        (RIGHT.assign(n=RIGHT.n.astype(str)), "holds texts, but numbers were expected: pd.to_numeric"),
        (RIGHT.assign(day=DAYS.astype(str)), "holds texts, but times were expected: pd.to_datetime"),
        (RIGHT.assign(day=DAYS.tz_localize(None)), "It has no time zone: `tz_localize`"),
        (RIGHT.assign(day=DAYS + pd.Timedelta("1h")), "is it in the right time zone?"),
        (RIGHT.assign(n=RIGHT.n * 2), "scores['n'] is wrong: Every entry is 2 times the right value."),
        (RIGHT.assign(n=[1, 4, 2, 8]), "scores['n'] is wrong"),
        (RIGHT["n"], "scores is a Series, but a DataFrame was expected. `to_frame`"),
        (RIGHT.to_dict("list"), "scores is a dictionary of 4, but a DataFrame was expected"),
        (None, "scores is None, but a DataFrame was expected"),
        (RIGHT.assign(more=1), "scores has one column too many"),
        (pd.concat([RIGHT, RIGHT[["n"]]], axis=1), "more than one column of the same name"),
    ],
)  # fmt: skip
def test_wrong_tables_are_told_what_is_wrong(got, says):
    assert says in failure(got)


def test_rows_in_any_order_that_are_paired_wrongly():
    assert "not beside the right others" in failure(RIGHT.assign(n=[4, 1, 2, 9]), ordered=False)
    assert "scores['n'] has other values" in failure(RIGHT.assign(n=[4, 1, 2, 8]), ordered=False)


def test_rows_that_dropna_should_have_left_out():
    more = pd.concat([RIGHT.iloc[:2], pd.DataFrame({"team": ["z"], "n": [5], "day": DAYS[:1]})])
    assert "something is missing in scores['mean']: `dropna`" in failure(more, RIGHT.iloc[:2])


def test_an_index_with_a_name_counts_and_numbers_of_rows_do_not():
    check_table(MEANS.copy(), MEANS)
    assert "'team' is a column of scores, but belongs into the index: `set_index`" in failure(
        MEANS.reset_index(), MEANS
    )
    assert "the index of scores is wrong in 1 of 2 rows" in failure(MEANS.rename(index={"y": "z"}), MEANS)
    check_table(MEANS.reset_index(drop=True), MEANS, index=False)
    assert "the index of scores" in failure(RIGHT.set_axis([7, 3, 2, 9]), index=True)


def test_types_count_only_where_they_are_asked_for():
    check_table(RIGHT.copy(), RIGHT, dtype=True)
    assert "its type is int32 instead of int64" in failure(
        RIGHT.assign(n=RIGHT.n.astype("int32")), dtype=True
    )


def test_the_order_of_columns_counts_only_where_it_is_asked_for():
    assert "in another order: 'team', 'mean'" in failure(
        RIGHT[["mean", "team", "n", "day"]], columns_ordered=True
    )


def test_series_and_indices_are_tables_too():
    series = pd.Series([1.0, 2.0], index=["x", "y"], name="mean")
    check_table(series * (1 + 1e-12), series)
    assert "Select one of its columns" in failure(series.to_frame(), series)
    assert "every row" not in failure(series.set_axis(["x", "z"]), series)
    check_table(pd.Index([1, 2]), pd.Index([1, 2]))
    assert failure(pd.Index([1, 3]), pd.Index([1, 2])).startswith("scores is wrong")


@pytest.mark.parametrize("size", [1e-2, 1e-4, 1e-6, 1e-8])
def test_errors_of_every_size_are_caught_in_one_entry_and_in_all(size):
    rng = np.random.default_rng(0)
    right = pd.DataFrame(
        {"key": rng.permutation(50).astype(str), "a": rng.normal(size=50), "b": rng.normal(size=50)}
    )
    one = right.copy()
    one.loc[17, "a"] += size
    for got in (one, right.assign(b=right.b * (1 + size))):
        failure(got, right)
        failure(got.sample(frac=1, random_state=3), right, ordered=False)


@pytest.mark.parametrize("seed", range(20))
def test_right_tables_never_fail_whatever_order_their_rows_are_in(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 200))
    right = pd.DataFrame(
        {"a": rng.normal(size=n), "b": rng.integers(3, size=n), "c": rng.normal(size=n).round(1)}
    )
    noisy = right.assign(a=right.a * (1 + rng.uniform(-1e-12, 1e-12, size=n)))
    check_table(noisy.sample(frac=1, random_state=seed), right, ordered=False)


def test_summaries_hold_no_values_of_the_expected_table():
    right = pd.DataFrame({"name": ["secret one", "secret two"], "n": [123456, 654321]})
    for got in (right.iloc[::-1], right.assign(n=0), right.assign(name="x"), right.iloc[:1]):
        assert not any(word in failure(got, right) for word in ("secret", "123456", "654321"))


def test_an_author_is_told_what_cannot_be_compared():
    with pytest.raises(TypeError, match="give it a table"):
        check_table(RIGHT, [1, 2])
