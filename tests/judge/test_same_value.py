"""Which values count as the same when two submissions' calls are compared."""

import pytest

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
