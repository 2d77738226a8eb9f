"""Sparse arrays: what is said of entries that are missing or too many, and when two of them are the same."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest
from scipy.sparse import csr_array

from grader import CheckFailed, check_pure, check_sparse
from grader.libraries import Sparse


def sparse(values) -> Sparse:
    array = np.asarray(values)
    return Sparse(array.shape, np.nonzero(array), array[np.nonzero(array)])


@pytest.mark.parametrize(
    ("got", "right", "says"),
    [
        (
            [1, 0, 3.0],
            [1, 2, 3.0],
            "A is wrong in 1 of 3 places where an entry is or should be: 1 is missing.",
        ),
        ([1, 0, 0, 2.0], [1, 2, 3, 4.0], "in 3 of 4 places where an entry is or should be: 2 are missing."),
        (
            [1, 5.0, 0],
            [1, 0, 3.0],
            "in 2 of 3 places where an entry is or should be: 1 is missing, 1 should be 0.",
        ),
        ([1, 4, 5.0], [1, 3, 7.0], "A is wrong in 2 of 3 places where an entry is or should be."),
        ([0.0], [2.0], "A is wrong in 1 of 1 place where"),
        ([1, 2.0], [1j, 2], "A is wrong in 1 of 2 places where"),
        ([1, 0.0], [1, 2j], "A is wrong in 1 of 2 places where an entry is or should be: 1 is missing."),
        ([1j, 2], [1, 2.0], "A is complex, but a real result was expected."),
        ([[0, 1j], [2, 0]], [[0, 2], [1j, 0]], "A is wrong: It is transposed."),
    ],
)
@pytest.mark.filterwarnings("error")
def test_places_are_counted(got, right, says):
    with pytest.raises(CheckFailed) as failed:
        check_sparse(sparse(got), np.asarray(right), name="A")
    assert says in failed.value.summary


def test_right_entries_of_any_type():
    for right in ([1 + 1j, 0, 2], [1.5, 0, 2], [2**60 + 1, 0, 3], [True, False, True]):
        check_sparse(sparse(right), np.asarray(right))
    with pytest.raises(CheckFailed):
        check_sparse(sparse([2**60, 1]), np.array([2**60 + 1, 1]))


@pytest.mark.parametrize("within", [lambda made: made, lambda made: [made, 2.0], lambda made: {"a": made}])
def test_whether_a_call_is_pure_is_told_by_the_entries(within):
    check_pure(lambda x: within(csr_array(np.diag(x))), np.arange(3.0))
    calls = count(1)
    with pytest.raises(CheckFailed, match="returns a different result"):
        check_pure(lambda x: within(csr_array(next(calls) * np.diag(x))), np.arange(3.0))
