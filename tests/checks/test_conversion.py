"""What becomes one array of numbers, and what does not, at what cost."""

import contextlib
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.checks.closeness import check_close
from grader.checks.conversion import MOST_BYTES, NotNumbers, TooLarge, array_of, one_array, pieces
from grader.checks.values import as_numbers
from grader.errors import CheckFailed

numbers = st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.complex_numbers()


def refusal(value):
    """The error, and the most memory that it took to find it."""
    tracemalloc.start()
    try:
        with pytest.raises(NotNumbers) as caught:
            one_array(value)
        return caught.value, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@given(
    st.lists(numbers, max_size=5)
    | st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=1, max_size=4)
)
def test_lists_of_one_shape_become_what_numpy_makes_of_them(value):
    right = np.asarray(value)
    if right.dtype.kind == "O":
        with pytest.raises(NotNumbers):
            one_array(value)
    else:
        made = one_array(value)
        assert (made.dtype, made.shape) == (right.dtype, right.shape)
        np.testing.assert_array_equal(made, right)


@pytest.mark.parametrize(
    "value",
    [
        [np.ones(3), np.zeros(3, int)], [[], []], [], (), [np.float32(1), True], [np.ones((2, 0))],
        ([1, 2], np.ones(2)), [np.array(5), 7],
    ],
)  # fmt: skip
def test_arrays_among_them(value):
    right = np.asarray(value)
    made = one_array(value)
    assert (made.dtype, made.shape) == (right.dtype, right.shape)


@pytest.mark.parametrize(
    "value",
    [
        ["long " * 100_000, *map(str, range(800))],
        [np.zeros((200, 250), bool)] * 900 + [np.zeros((200, 250), complex)],
        [[0, 1], [0]], [1, None], [{}], [b"x"], [np.array(["a"])], [2**64], [1, [2]], [np.ones(2), np.ones(3)],
        [[[1]], [[1, 2]]],
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_array_of_numbers_is_found_out_before_numpy_is_asked(value):
    _, peak = refusal(value)
    assert peak < 200_000


def test_what_would_be_larger_than_a_message_is_refused():
    wide = [np.zeros(MOST_BYTES // 32, bool), np.zeros(MOST_BYTES // 32, complex)]
    assert one_array(wide).nbytes == MOST_BYTES
    error, peak = refusal([*wide, wide[0]])
    assert isinstance(error, TooLarge)
    assert peak < 200_000
    with pytest.raises(CheckFailed, match="far more than can be compared"):
        as_numbers([*wide, wide[0]])


def test_deeply_nested_lists_are_refused_whatever_their_depth():
    value = [1.0]
    for _ in range(900):
        value = [value]
    with pytest.raises(NotNumbers):
        one_array(value)


def test_numbers_and_other_things():
    assert array_of(3).dtype == np.int64
    assert array_of(2**63).dtype == np.uint64
    assert array_of([[1.0], [2.0]]).shape == (2, 1)
    for nothing in (None, "x", [], (1, 2), 2**64, {}, ["x"], np.array(["x"])):
        assert array_of(nothing) is None


def test_pieces_hold_every_entry_once_and_in_order():
    array = np.arange(600_000).reshape(3, 200_000)
    parts = [part for part, _ in pieces(array, array.T.copy().T)]
    assert max(map(len, parts)) < 600_000
    np.testing.assert_array_equal(np.concatenate(parts), array.ravel())


@pytest.mark.parametrize("last", [1.0, 2.0, float("nan")])
@pytest.mark.parametrize("kind", ["f4", "f8", "c16"])
def test_comparing_copies_no_large_answer(kind, last):
    rows = MOST_BYTES // 1024 // np.dtype(kind).itemsize
    got = np.ones((rows, 1024), kind, order="F")
    right = got.copy(order="C")
    got[-1, -1] = last
    tracemalloc.start()
    try:
        with contextlib.nullcontext() if last == 1 else pytest.raises(CheckFailed, match=r"wrong|nan"):
            check_close(got, right)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < got.nbytes * 3 // 4
