"""check_close: what is right passes, what is wrong fails with a sentence that helps and gives nothing away."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader import CheckFailed, check_close

ERRORS = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8]
A = np.array([[1.5, -2.5, 3.25], [4.5, 5.75, -6.125]])


def failure(got, expected, **options) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        check_close(got, expected, **options)
    error = caught.value
    assert len(str(error)) <= 620
    return error


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("shape", [(), (5,), (7, 4), (2, 3, 4)])
def test_a_relative_error_is_caught_in_all_entries_and_in_one(error, shape):
    for seed in range(50):
        rng = np.random.default_rng(seed)
        right = rng.normal(size=shape) * 10.0 ** rng.integers(-6, 7)
        failure(right * (1 + error), right)
        if shape:
            wrong = right.copy()
            wrong[tuple(rng.integers(n) for n in shape)] += error * np.abs(right).max()
            failure(wrong, right)


@pytest.mark.parametrize("error", [1e-2, 1e-3, 1e-4, 5e-5])
def test_a_relative_error_is_caught_in_float32(error):
    for seed in range(50):
        right = np.random.default_rng(seed).normal(size=(7, 4)).astype(np.float32)
        failure((right * np.float32(1 + error)).astype(np.float32), right)


def test_right_answers_computed_another_way_pass():
    for seed in range(500):
        rng = np.random.default_rng(seed)
        n = int(rng.integers(2, 60))
        X, W = rng.normal(size=(n, 8)) * 10.0 ** rng.integers(-3, 4), rng.normal(size=(8, 5))
        loops = np.array([[sum(x[k] * W[k, j] for k in range(8)) for j in range(5)] for x in X])
        check_close(loops, X @ W)
        check_close(
            np.einsum("nk,kc->nc", X.astype(np.float32), W.astype(np.float32)), (X @ W).astype(np.float32)
        )
        z = X @ W
        shifted = np.exp(z - z.max(axis=1, keepdims=True))
        other = np.exp(z - z.mean(axis=1, keepdims=True) - np.log(2)) if np.abs(z).max() < 300 else shifted
        check_close(other / other.sum(axis=1, keepdims=True), shifted / shifted.sum(axis=1, keepdims=True))


finite = st.floats(-1e150, 1e150, allow_subnormal=True)


@given(hnp.arrays(np.float64, hnp.array_shapes(min_dims=0, max_dims=3), elements=st.floats()))
@settings(deadline=None)
def test_every_array_is_close_to_itself_whatever_it_holds(array):
    check_close(array.copy(), array)
    check_close(array.tolist(), array)


@given(hnp.arrays(np.float64, (4, 3), elements=finite), st.integers(-52, -30))
@settings(deadline=None)
def test_rounding_passes(array, power):
    check_close(array * (1 + 2.0**power), array)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=20)
    | st.binary(max_size=9)
    | hnp.arrays(
        st.sampled_from([np.float64, np.int8, np.uint64, np.bool_, np.complex64]), hnp.array_shapes()
    )
    | hnp.arrays("U3", (2,)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3)
    ),
    max_leaves=6,
)
EXPECTED = [
    1.0,
    3,
    True,
    1j,
    A,
    np.arange(3),
    np.array([True, False]),
    (1.0, A),
    {"W": A, "b": 1.0},
    None,
    "yes",
]


@given(values, st.sampled_from(range(len(EXPECTED))))
@settings(deadline=None, max_examples=400)
def test_whatever_comes_only_check_failed_is_raised(got, which):
    said = ""
    try:
        check_close(got, EXPECTED[which])
    except CheckFailed as error:
        said = str(error)
    assert len(said) <= 620


class Odd:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no")

    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = None


def nested(depth):
    value: object = 1.0
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "hostile",
    [
        10**5000,
        -(10**400),
        [10**400, 1],
        [[1, 2], [3]],
        [1, None],
        [1, "2"],
        ["1.5", "2"],
        "x" * 10**7,
        b"\0" * 10**6,
        {"x" * 10**6: 1},
        {i: i for i in range(10**4)},
        nested(200),
        Odd(),
        [Odd()],
        np.array([object()]),
        np.array(["a"]),
        np.array(["2020-01-01"], dtype="datetime64[D]"),
        np.full((2, 3), np.nan),
        np.full((2, 3), 1.7e308),
        np.zeros((0,)),
        np.zeros((1,) * 32),
        float("nan"),
        ...,
        print,
        sys.float_info.max,
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("expected", [A, 1.0, (A, A), {"W": A}], ids=["array", "number", "tuple", "dict"])
def test_hostile_values_fail_with_a_short_sentence(hostile, expected):
    error = failure(hostile, expected)
    assert error.summary
    assert "x" * 100 not in str(error)


@pytest.mark.parametrize(
    ("got", "expected", "text"),
    [
        (2 * A, A, "Every entry is 2 times the right value."),
        (A / 2, A, "Every entry is 1/2 times the right value."),
        (-A, A, "The sign is wrong throughout (factor −1)."),
        (3 * A, A, "Every entry is 3 (the number of columns) times the right value."),
        (A / 3, A, "Every entry is 1/3 (1 / the number of columns) times the right value."),
        (-6 * A, A, "Every entry is −6 (−the number of entries) times the right value."),
        (1.2345 * A, A, "Every entry is the right value times the same factor."),
        (A + 0.5, A, "Every entry is off by the same amount."),
        (A.T, A, "has shape (3, 2), but shape (2, 3) was expected. The result is transposed; otherwise it is right."),
        (A[:, :2].T, A[:, :2], "The result is transposed."),
        (A.T.reshape(2, 3), A, "The numbers are right but in transposed order"),
        (A[::-1], A, "reverse order along axis 0"),
        (np.roll(A, 1, 1), A, "one place too late along axis 1"),
        (np.array([2.0, 4, 7, 0]), np.array([1.0, 2, 4, 7]), "one place too early"),
        (np.array([7.0, 1, 4, 2]), np.array([1.0, 2, 4, 7]), "in the wrong order"),
        (np.abs(A), A, "lost its sign"),
        (np.trunc(A), A, "truncated to an integer"),
        (np.maximum(A, 0), A, "Negative entries are 0"),
        (np.zeros_like(A), A, "Every entry is 0."),
        (A + np.array([[1.0], [2.0]]), A, "In every row all entries are off by the same amount."),
        (A * np.array([[5.0], [7.0]]), A, "In every row all entries are wrong by the same factor."),
        (A + np.array([[0.0], [1.0]]) * A**2, A, "Only row 1 (the last) is wrong."),
        (A + np.array([0.0, 1.0, 0]) * A**2, A, "Only column 1 is wrong."),
        (np.array([9.0, 2, 4]), np.array([1.0, 2, 4]), "Only the first entry is wrong."),
        (A + 1e-6 * A**2, A, "It is nearly right: off by about 1e-5 of the largest entry."),
        ((A / 3).astype(np.float16), A / 3, "It is float16, which keeps 3 digits; float32 keeps 7, and float64 16."),
        (A.ravel(), A, "has shape (6,), but shape (2, 3) was expected. The numbers are right; only the shape"),
        (A[0], A, "has shape (3,), but shape (2, 3) was expected."),
        (np.ones((2, 1)), np.ones(2), "has shape (2, 1), but shape (2,) was expected. The numbers are right;"),
        (np.ones((1,)), 1.0, "has shape (1,), but a single number was expected."),
        (1.0, np.ones((2, 2)), "is a single number, but shape (2, 2) was expected."),
        (A + 0j, A, "is complex, but a real result was expected."),
        (np.where(A > 5, np.nan, A), A, "is nan at 1 of 6 entries, first at result[1, 1]."),
        (np.where(A > 5, -np.inf, A), A, "is infinite at 1 of 6 entries, first at result[1, 1]."),
        (A, np.where(A > 5, np.nan, A), "should be nan at 1 of 6 entries, first at result[1, 1]."),
        (np.array([np.inf, 1]), np.array([-np.inf, 1]), "is infinite with the wrong sign"),
        (float("nan"), 1.0, "result is nan. An overflow, or a division by 0?"),
        (np.array([True, False]), np.array([False, True]), "Every truth value is the opposite"),
        (np.array([0, 1, 1]), np.array([0, 1, 2]), "result is wrong in 1 of 3 entries, worst at result[2]."),
        (None, A, "result is None. Does the function return its result?"),
        (..., A, "replace the starter code"),
        ("abc", A, "result is a string, not an array of numbers."),
        ([[1, 2], [3]], A, "a list of lists that differ in length"),
        ([1, None], A, "a list that holds None"),
        (A, (A, A), "is an array of shape (2, 3) (float64), but two values were expected."),
        ((A,), (A, A), "has one value, but two values"),
        ({"W": A}, {"W": A, "b": A}, "lacks 'b'."),
        ({"W": A, "c": A}, {"W": A}, "has 1 unexpected entry."),
        ({"W": A, "b": 2 * A[0]}, {"W": A, "b": A[0]}, "Only the bias is wrong: b is wrong: Every entry is 2 times"),
        ({"W": -A, "v": 2 * A}, {"W": A, "v": A}, "2 of 2 results are wrong: W is wrong: The sign"),
        (3, None, "result is an integer, but None was expected."),
        ("no", "yes", "result is not the expected string."),
    ],
)  # fmt: skip
def test_messages_say_what_is_wrong(got, expected, text):
    assert text in failure(got, expected).summary


@pytest.mark.parametrize("shape", [(1, 4), (4, 1)])
def test_no_row_or_column_is_named_where_there_is_only_one(shape):
    got, expected = (np.array(row).reshape(shape) for row in ([0.5, 3.1, 2, 7], [0.5, 1, 2, 4]))
    assert failure(got, expected).summary == (
        f"result is wrong in 2 of 4 entries, worst at result{'[0, 3]' if shape[0] == 1 else '[3, 0]'}."
    )


def test_names_of_a_tuple_and_of_lengths():
    error = failure((A, 32 * A[0]), (A, A[0]), name=("dW", "db"), sizes={"N": 32})
    assert (
        error.summary == "Only the bias is wrong: db is wrong: Every entry is 32 (N) times the right value."
    )


def test_the_detail_holds_the_numbers_and_the_summary_none():
    error = failure(np.array([1.0, 2.0, 98765.4321]), np.array([1.0, 2.0, 12345.6789]))
    assert "12345.6789" in error.detail
    assert "98765.4321" in error.detail
    assert "12345" not in error.summary
    assert "98765" not in error.summary


@pytest.mark.parametrize(
    ("got", "dtype", "text"),
    [
        (A.astype(np.float32), np.float64, None),
        (A, float, ""),
        (np.array([1.0, 2.0]), int, "they are float64 instead of integers"),
        (np.array([1, 2]), int, ""),
        (np.array([1, 0]), bool, "they are int64 instead of truth values (bool)"),
        (np.array([1, 2]), np.float64, "they are int64 instead of float64"),
    ],
)
def test_dtype_is_judged_apart_from_values(got, dtype, text):
    expected = got.astype(np.float64)
    if text is None:
        assert "float32 instead of float64" in failure(got, expected, dtype=dtype).summary
    elif text:
        assert text in failure(got, expected, dtype=dtype).summary
    else:
        check_close(got, expected, dtype=dtype)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (2**70, 2**70),
        (1, True),
        (3.0000000000000004, 3.0),
        (np.int8(3), 3),
        ((1.0, [2.0]), (1, np.array([2.0]))),
        ([1.0, 2.0], (1.0, 2.0)),
        (np.array([np.nan, np.inf, 1]), [np.nan, np.inf, 1]),
        (np.array([[]]), np.zeros((1, 0))),
        (np.float32(0.1), np.float32(0.1)),
        (1e-320, 1e-320),
    ],
)
def test_right_answers_in_other_clothes_pass(got, expected):
    check_close(got, expected)


def test_integers_are_compared_exactly():
    failure(np.array([2**53 + 1]), np.array([2**53]))
    failure(2**70 + 1, 2**70)
    failure(np.uint64(2**63 + 1), np.uint64(2**63))


def test_zero_by_cancellation_needs_an_explicit_bound():
    failure(1e-17, 0.0)
    check_close(1e-17, 0.0, atol=1e-12)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (np.array([0.4, 1e9]), np.array([0, 10**9])),
        (np.array([1.0005, 5e5]), np.array([1, 500_000])),
        ([0.2, 1.0], np.array([False, True])),
        (3.000000001, 3),
        (2.0**53, 2**53 + 1),
        (2**63 + 1, 2**63),
        (1e30, 10**30 + 1),
        (np.float32([1.0000001]), [1]),
    ],
)
def test_where_whole_numbers_are_right_nothing_near_them_is(got, expected):
    with pytest.raises(CheckFailed):
        check_close(got, expected)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (3.0, 3),
        (np.float32([0, 1e9]), np.array([0, 10**9])),
        ([1.0, 0.0], np.array([True, False])),
        (2.0**70, 2**70),
        (2**70, 2**70),
        (np.uint64(2**63), 2**63),
        (np.str_("a"), "a"),
        ("a", np.str_("a")),
        (np.array("a"), "a"),
        (np.bytes_(b"a"), b"a"),
    ],
)
def test_the_same_whole_number_or_text_of_another_type_passes(got, expected):
    check_close(got, expected)


def test_a_bound_that_is_given_holds_for_whole_numbers_too():
    check_close(3.0001, 3, atol=1e-3)
    with pytest.raises(CheckFailed, match="integers"):
        check_close(3.0, 3, dtype=int)
