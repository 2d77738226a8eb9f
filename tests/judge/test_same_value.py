"""Which values count as the same when two submissions' calls are compared."""

import itertools
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
import scipy.sparse

from grader.judge.calls import behaviour, same_value
from grader.student import Call


@pytest.mark.parametrize(
    "value", [2**70, -(2**70), [2**70, "a"], {1}, frozenset({"a"}), {"k": {1, 2}}, set()]
)
def test_a_value_is_the_same_as_its_equal(value):
    assert same_value(value, value)


@pytest.mark.parametrize(
    ("one", "other"), [(2**70, 2**70 + 1), ({1}, {2}), ({1}, [1]), ({1}, set()), (2**70, "a")]
)
def test_values_that_differ_are_told_apart_also_by_their_digest(one, other):
    assert not same_value(one, other)
    assert behaviour([Call("f", (), {}, one, "")]) != behaviour([Call("f", (), {}, other, "")])


OF_MANY_KINDS = [
    None, True, 2, 2**70, 0.5, 1 + 2j, float("nan"), "a", "9.8 m/s^2", b"a", Fraction(1, 3), (9.8, "m/s^2"),
    [], ["a", "b"], {"a": 1}, {"a"}, object(), len,
    np.arange(3.0), np.array(["a", "b"]), np.array("a"), np.float32(2), np.datetime64("2026-01-01"),
    pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}), pd.Series(["a", "b"]), pd.Index([1, 2]),
    pd.Timestamp("2026-01-01"), pd.NA, pd.Categorical(["a", "b"]), scipy.sparse.csr_array(np.eye(2)),
]  # fmt: skip


def test_values_of_any_two_kinds_can_be_compared_and_in_either_order():
    for one, other in itertools.combinations(OF_MANY_KINDS, 2):
        assert same_value(one, other) is same_value(other, one), (one, other)


def test_a_text_is_not_the_same_as_a_table_of_it():
    table = pd.Series(["a", "a"], name="a")
    assert not same_value("a", table)
    assert not same_value(table, "a")
    assert not same_value("a", pd.DataFrame({"a": ["a", "a"]}))
