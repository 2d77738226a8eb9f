"""What is said of a wrong array: which entries, how many, the worst of them, and by how much."""

from __future__ import annotations

import numpy as np
import pytest

from grader import CheckFailed, LocalStudent, check_close
from grader.checks import arrays
from grader.checks.arrays import check_array
from grader.checks.rounding import Tolerance

nan, inf = np.nan, np.inf
A = np.array([[1.5, -2.5, 3.25], [4.5, 5.75, -6.125]])


@pytest.fixture(params=[2, 1 << 18], ids=["pieces of 2", "one piece"])
def piece(request, monkeypatch):
    """Entries are compared in pieces; what is said must not depend on where a piece ends."""
    monkeypatch.setattr("grader.checks.conversion.PIECE", request.param)
    monkeypatch.setattr(arrays, "PIECE", request.param)


def said(got, expected, **options) -> tuple[str, str]:
    with pytest.raises(CheckFailed) as caught:
        check_close(np.asarray(got), np.asarray(expected), **options)
    return caught.value.summary, caught.value.detail


def moved(*offsets: float) -> np.ndarray:
    """[1, 2, 4, 8, 16], each off by so much."""
    return np.array([1.0, 2, 4, 8, 16]) + offsets


WHY = "An overflow, or a division by 0?"
NEARLY = "It is nearly right: off by about {} of the largest entry."


@pytest.mark.parametrize(
    ("offsets", "summary", "detail"),
    [
        (
            (0, 0, 0.3, -5, 0.1),
            "r is wrong in 3 of 5 entries, worst at r[3].",
            "r[3] should be 8 but is 3, off by 5 (at most 2.4e-08 is allowed).",
        ),
        (
            (0, 7, 0.3, -5, 0),
            "r is wrong in 3 of 5 entries, worst at r[1].",
            "r[1] should be 2 but is 9, off by 7 (at most 1.8e-08 is allowed).",
        ),
        (
            (1, 5, 0.3, -5, 1),
            "r is wrong in all 5 entries, worst at r[1].",
            "r[1] should be 2 but is 7, off by 5 (at most 1.8e-08 is allowed).",
        ),
        (
            (0, 0, 0.0155, -0.004, 0.001),
            f"r is wrong in 3 of 5 entries, worst at r[2]. {NEARLY.format('1e-3')}",
            "r[2] should be 4 but is 4.0155, off by 0.0155 (at most 2e-08 is allowed).",
        ),
        (
            (0, 0, 0.0165, -0.004, 0.001),
            "r is wrong in 3 of 5 entries, worst at r[2].",
            "r[2] should be 4 but is 4.0165, off by 0.0165 (at most 2e-08 is allowed).",
        ),
        (
            (0, 0, inf, 1, 0),
            f"r is infinite at 1 of 5 entries, first at r[2]. {WHY}",
            "r[2] should be 4 but is inf.",
        ),
        (
            (0, 0, 0, nan, nan),
            f"r is nan at 2 of 5 entries, first at r[3]. {WHY}",
            "r[3] should be 8 but is nan.",
        ),
    ],
)
@pytest.mark.usefixtures("piece")
def test_the_wrong_entries_are_counted_and_the_worst_is_named(offsets, summary, detail):
    assert said(moved(*offsets), moved(0, 0, 0, 0, 0), name="r") == (summary, detail)


@pytest.mark.usefixtures("piece")
def test_the_worst_entry_of_several_axes():
    got = A.copy()
    got[0, 1] += 0.5
    got[1, 1] -= 0.75
    assert said(got, A) == (
        "result is wrong in 2 of 6 entries, worst at result[1, 1]. Only column 1 is wrong.",
        "result[1, 1] should be 5.75 but is 5, off by 0.75 (at most 1.19e-08 is allowed).",
    )


def test_one_number_is_not_counted():
    assert said(1.0, 3.0) == (
        "result is wrong.",
        "result should be 3 but is 1, off by 2 (at most 6e-09 is allowed).",
    )
    assert said([1.7], [3.0])[1].startswith("result[0] should be 3 but is 1.7, off by 1.3")


def test_nearly_right_is_a_thousandth_of_the_largest_entry_or_less():
    assert said([3.0, 1000.0], [2.0, 1000.0])[0].endswith(NEARLY.format("1e-3"))
    assert "nearly" not in said([3.1, 1000.0], [2.0, 1000.0])[0]
    assert "nearly" not in said([1e-300, 0.0], [0.0, 0.0])[0]


@pytest.mark.usefixtures("piece")
def test_whole_numbers_tell_how_far_off_a_fraction_is():
    right = [0, 4, 9, 16, 900]
    assert said([0, 5, 9, 13, 900], right) == (
        "result is wrong in 2 of 5 entries, worst at result[3].",
        "result[3] should be 16 but is 13.",
    )
    assert said([0, 4, 9, 16.5, 900.25], right) == (
        "result is wrong in 2 of 5 entries, worst at result[3].",
        "result[3] should be 16 but is 16.5, off by 0.5 (whole numbers are compared exactly).",
    )
    summary, detail = said([0, 4, 9, 16.5, 900.25], right, rtol=0.0)
    assert summary.endswith(NEARLY.format("1e-3")), summary
    assert "off by 0.5 (at most" in detail


# nan and inf --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("got", "expected", "summary", "detail"),
    [
        (
            [1, 2, 3, 4, nan],
            [1, 2, 3, 4, 5],
            f"is nan at 1 of 5 entries, first at result[4]. {WHY}",
            "result[4] should be 5 but is nan.",
        ),
        (
            [1, 2, 3, 4],
            [1, 2, nan, nan],
            "should be nan at 2 of 4 entries, first at result[2].",
            "result[2] should be nan but is 3.",
        ),
        (
            [1, inf, -inf],
            [1, 2, nan],
            "should be nan at 1 of 3 entries, first at result[2].",
            "result[2] should be nan but is -inf.",
        ),
        (
            [1, nan, inf],
            [1, nan, 2],
            f"is infinite at 1 of 3 entries, first at result[2]. {WHY}",
            "result[2] should be 2 but is inf.",
        ),
        (
            [1, nan, 2],
            [1, nan, -inf],
            "should be infinite at 1 of 3 entries, first at result[2].",
            "result[2] should be -inf but is 2.",
        ),
        (
            [inf, 1, -inf, inf],
            [inf, 1, inf, -inf],
            "is infinite with the wrong sign at 2 of 4 entries, first at result[2].",
            "result[2] should be inf but is -inf.",
        ),
        (
            [nan, 1],
            [inf, 1],
            f"is nan at 1 of 2 entries, first at result[0]. {WHY}",
            "result[0] should be inf but is nan.",
        ),
        (nan, 1.0, f"is nan. {WHY}", "It should be 1 but is nan."),
        (1.0, -inf, "should be infinite.", "It should be -inf but is 1."),
        (
            [[1.0, nan]],
            [[1, 2]],
            f"is nan at 1 of 2 entries, first at result[0, 1]. {WHY}",
            "result[0, 1] should be 2 but is nan.",
        ),
    ],
)
@pytest.mark.usefixtures("piece")
def test_what_is_not_finite_is_judged_before_what_is(got, expected, summary, detail):
    assert said(got, expected) == (f"result {summary}", detail)
    check_close(np.array(expected), np.array(expected))


@pytest.mark.usefixtures("piece")
def test_beside_what_is_not_finite_the_rest_is_compared():
    expected = np.array([nan, 1.0, inf, -inf, 3.0])
    check_close(expected * (1 + 1e-12), expected)
    assert said([nan, 1.0, inf, -inf, 4.0], expected) == (
        "result is wrong in 1 of 5 entries, worst at result[4]. Only the last entry is wrong.",
        "result[4] should be 3 but is 4, off by 1 (at most 6e-09 is allowed).",
    )


def test_sizes_near_the_largest_number_do_not_overflow_unnoticed():
    assert "off by inf" in said([1.7e308, 1.0, 2.0], [-1.7e308, 1.0, 2.0])[1]
    assert "off by inf" in said([1.0, 1.7e308 + 1.7e308j], [1.0 + 0j, -1.7e308 - 1.7e308j])[1]


# Shapes and dtypes --------------------------------------------------------------------------------------------


def test_a_wrong_shape_is_said_without_a_pattern_where_there_is_none():
    assert said(A[0], A) == ("result has shape (3,), but shape (2, 3) was expected.", "")
    assert said(A.T, A)[0] == (
        "result has shape (3, 2), but shape (2, 3) was expected. The result is transposed; otherwise it is right."
    )
    nearly = A.T.copy()
    nearly[2, 1] += 1
    for got in (A.T + 1, nearly):
        assert said(got, A)[0] == "result has shape (3, 2), but shape (2, 3) was expected."
    assert said(np.ones(2), 1.0)[0] == "result has shape (2,), but a single number was expected."


@pytest.mark.parametrize(
    ("kind", "dtype", "wanted"),
    [
        (np.float64, int, "integers"),
        (np.float64, bool, "truth values (bool)"),
        (np.float64, complex, "complex numbers"),
        (np.int64, float, "real numbers"),
        (np.bool_, int, "integers"),
        (np.float32, np.float64, "float64"),
        (np.float64, np.float32, "float32"),
        (np.int64, "int32", "int32"),
    ],
)
def test_the_dtype_that_is_asked_for_is_named(kind, dtype, wanted):
    got = np.array([1, 0], kind)
    told = f"result has the right values, but they are {got.dtype} instead of {wanted}."
    assert (
        said(got, np.array([1.0, 0.0]) if dtype is not complex else np.array([1, 0j]), dtype=dtype)[0] == told
    )


@pytest.mark.parametrize(
    ("kind", "dtype"),
    [(np.uint8, int), (np.int16, int), (np.float16, float), (np.bool_, bool), (np.complex64, complex),
     (np.float32, "f4")],
)  # fmt: skip
def test_a_kind_has_every_width_and_a_dtype_its_own(kind, dtype):
    got = np.array([1, 0], kind)
    check_close(got, np.array([1, 0j]) if dtype is complex else np.array([1, 0]), dtype=dtype)


def test_a_dtype_of_fewer_digits_has_the_bound_of_these():
    third = np.array([1 / 3, 2 / 3])
    check_close(np.float32(third), third, dtype=np.float32)
    check_close(np.float16(third), third, dtype=np.float16)
    check_close(np.complex64(third), third + 0j, dtype=np.complex64)
    assert "is wrong" in said(np.float16(third), third)[0]
    assert "instead of float32" in said(third + 3e-6, third, dtype=np.float32)[0]
    # A larger one makes no bound narrower, nor does an integer make one of real numbers.
    assert "is wrong" in said(np.float32(third), np.float32(third) + np.float32(1e-3), dtype=np.float64)[0]
    assert "instead of float64" in said(np.float32(third), np.float32(third), dtype=np.float64)[0]
    assert "is wrong" in said(np.zeros(2, np.int8), third, dtype=np.int8)[0]
    assert "is wrong" in said([1.0 + 1e-8, 2.0], [1, 2], dtype=np.float32)[0]
    turned = np.array([1 + 1j, 2], np.complex64)
    assert said(turned, turned, dtype=np.float64)[0] == (
        "result has the right values, but they are complex64 instead of float64."
    )


def test_complex_numbers_are_judged_as_such():
    assert said(A + 0j, A)[0] == "result is complex, but a real result was expected."
    check_close(A, A + 0j)
    check_close(A + 1j, A + 1j)
    assert "is nan" in said(A * 1j * nan, A + 0j)[0]


def test_float32_passes_with_its_own_rounding_and_not_where_float64_is_asked_for():
    third = np.array([1 / 3, 2 / 3, 5 / 7])
    tolerance = Tolerance(None, None, None, 0.0)
    single = np.float32(third)
    check_array(single, single, third, "r", tolerance, {})
    check_array(None, single.astype(float), third, "r", tolerance, {})
    for wrong, dtype in ((single, np.float64), (single.astype(float) * (1 + 3e-5), None)):
        with pytest.raises(CheckFailed, match="is wrong"):
            check_array(wrong, wrong, third, "r", Tolerance(None, None, dtype, 0.0), {})


def test_float64_that_came_through_float32_passes_unless_float64_is_asked_for():
    x = np.array([1 / 3, 2 / 7, 5 / 11])
    student = LocalStudent(
        {"f": lambda x: np.float32(x) * np.float64(1 / 3) + 2 / 3 * x, "g": lambda x: x * (1 + 1e-8)}
    )
    check_close(student.f(x), x)
    for answer, dtype in ((student.f(x), np.float64), (student.g(x), None)):
        with pytest.raises(CheckFailed, match="is wrong"):
            check_close(answer, x, dtype=dtype)


def test_the_bound_is_that_of_the_expected_values_and_not_of_the_answer():
    assert said([1e12, 1.1, 3.0, 9.0], [1.0, 1.0, 3.0, 9.0])[0].startswith(
        "result is wrong in 2 of 4 entries"
    )
    assert said([3.000000001, 2.0], [3, 2])[0].startswith("result is wrong in 1 of 2 entries")


def test_nothing_equals_nothing():
    check_close(np.zeros((0, 3)), np.ones((0, 3)))
    assert said(np.zeros((0, 3)), np.ones((3, 0)))[0].startswith("result has shape (0, 3), but shape (3, 0)")
