"""Tables through a real sandbox: out of it, into it, kept in it, and those that cannot be carried."""

from __future__ import annotations

import pandas as pd
import pytest

from grader import CheckFailed, StudentError, check_pure, check_table
from grader.judge.remote import RemoteStudent

CODE = """
import pandas as pd

class Scores(pd.DataFrame):
    def __eq__(self, other):
        return True

def doubled(df):
    return df.assign(n=2 * df.n)

def spoilt(df):
    df["n"] = 0
    return df

def emptied(df):
    df.drop(df.index, inplace=True)
    return 1

def filled(df):
    df["f"] = [lambda: 1] * len(df)
    return 1

def scores(df):
    return Scores(df)

def grouped(df):
    return df.groupby("k")

def functions(df):
    return pd.DataFrame({"f": [lambda: 1]})

def pair(df):
    return df, {"sum": df.n.sum(), "keys": df.k}

def keys(df):
    return df["K"]

table = pd.DataFrame({"n": [1, 2]}, index=pd.date_range("2026", periods=2, tz="Europe/Zurich", name="at"))
"""
TABLE = pd.DataFrame(
    {"k": ["a", "b", None], "n": [1, 2, 3], "t": pd.date_range("2026", periods=3, tz="Asia/Tokyo")},
    index=pd.MultiIndex.from_tuples([(1, "x"), (1, "y"), (2, "x")], names=["i", None]),
)


@pytest.fixture
def student(run):
    return RemoteStudent(run(CODE), lambda _: None)


def test_what_comes_back_is_the_librarys_own(student):
    check_table(student.doubled(TABLE), TABLE.assign(n=2 * TABLE.n), dtype=True)
    one, other = student.pair(TABLE)
    assert type(one) is type(TABLE)
    assert (other["sum"], type(other["keys"])) == (6, pd.Series)
    assert type(student.scores(TABLE)) is pd.DataFrame
    assert str(student.value("table").index.dtype).endswith("Europe/Zurich]")


@pytest.mark.parametrize("name", ["spoilt", "emptied", "filled"])
def test_a_table_that_a_function_changes_is_noticed_and_the_tests_own_stays(student, name):
    before = TABLE.copy()
    assert getattr(student, name).call(TABLE).changed == ("0",)
    with pytest.raises(CheckFailed, match=f"{name} changes argument 1 in place"):
        check_pure(getattr(student, name), TABLE)
    pd.testing.assert_frame_equal(TABLE, before)


def test_a_table_that_stays_there_is_left_alone(student):
    check_pure(student.doubled, TABLE, others=[student.pair])


def test_what_is_no_table_or_cannot_be_carried_is_said_to_be_so(student):
    with pytest.raises(CheckFailed, match="is a DataFrameGroupBy, but a DataFrame was expected"):
        check_table(student.grouped(TABLE), TABLE)
    with pytest.raises(StudentError, match="`functions` returned a DataFrame that cannot be checked"):
        student.functions(TABLE)
    with pytest.raises(StudentError, match="`keys` raised KeyError"):
        student.keys(TABLE)
