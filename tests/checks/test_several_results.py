"""What check_close says, word for word, of several results, text, None, large integers and its own arguments."""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import pytest

from grader import CheckFailed, check_close
from grader.checks.closeness import PARTS_TOLD
from grader.kinds import Held

A = np.array([[1.5, -2.5, 3.25], [4.5, 5.75, -6.125]])
BIG = 2**70


def said(got, expected, **options) -> tuple[str, str]:
    with pytest.raises(CheckFailed) as caught:
        check_close(got, expected, **options)
    return caught.value.summary, caught.value.detail


def off(name: str, right: int, got: int, by: int, allowed: str) -> str:
    return f"{name} should be {right} but is {got}, off by {by} (at most {allowed} is allowed)."


@pytest.mark.parametrize(
    ("got", "expected", "name", "summary"),
    [
        ((1.0,), (1.0, 2.0), "result", "result has one value, but two values were expected."),
        ([1.0, 2.0, 3.0], (1.0,), "y", "y has three values, but one value was expected."),
        ((1.0,), (1.0, 2.0), ("dW", "db"), "result has one value, but two values (dW, db) were expected."),
        (3, (1.0, 2.0), ("dW", "db"), "result is an integer, but two values (dW, db) were expected."),
        (None, (1.0,), ["dW"], "result is None, but one value (dW) was expected."),
        (A, (1.0, 2.0), "y", "y is an array of shape (2, 3) (float64), but two values were expected."),
        ({"a": 1}, (1.0, 2.0), "y", "y is a dictionary of 1, but two values were expected."),
        ((1.0, 2), [1.0, "a"], "y", "y[1] is an integer, but a string was expected."),
        ("no", {"a": 1.0, "b": 2.0}, "result", "result is a string, not a dictionary with 'a', 'b'."),
        ([1], {"a": 1.0}, "y", "y is a list of 1, not a dictionary with 'a'."),
        ({"a": 1.0}, {"a": 1.0, "b": 2.0}, "y", "y lacks 'b'."),
        ({}, {"a": 1.0}, ["x"], "result lacks 'a'."),
    ],
)  # fmt: skip
def test_what_is_not_as_many_results(got, expected, name, summary):
    assert said(got, expected, name=name) == (summary, "")


def test_a_key_that_nobody_expected_is_named_in_the_detail_alone():
    assert said({"a": 1.0, "z": 2.0}, {"a": 1.0}, name="y") == (
        "y has 1 unexpected entry.",
        "Not expected: 'z'.",
    )
    assert said({"z": 1.0}, {"a": 1.0}) == (
        "result lacks 'a' and has 1 unexpected entry.",
        "Not expected: 'z'.",
    )


@pytest.mark.parametrize(
    ("got", "expected", "name", "label"),
    [
        ((1.0, 3.0), (1.0, 5.0), "y", "y[1]"),
        ((1.0, 3.0), (1.0, 5.0), ("loss", "norm"), "norm"),
        ([1.0, [2.0, 3.0]], (1.0, (2.0, [5.0, None])), "y", "y[1][1]"),
        ({"a": 1.0, "k": 3.0}, {"a": 1.0, "k": 5.0}, "result", "k"),
        ({"a": 1.0, "k": 3.0}, {"a": 1.0, "k": 5.0}, ["x"], "k"),
        ({"a": 1.0, "k": 3.0}, {"a": 1.0, "k": 5.0}, "params", "params['k']"),
        ({0: 1.0, 7: 3.0}, {0: 1.0, 7: 5.0}, "result", "result[7]"),
        (3.0, 5.0, ["loss", "norm"], "loss"),
    ],
)
def test_the_wrong_result_is_named(got, expected, name, label):
    summary, detail = said(got, expected, name=name)
    assert (summary.partition(" ")[0], detail.partition(" ")[0]) == (
        label,
        label if "][" not in label else "",
    )


def test_all_wrong_results_are_said_at_once():
    assert said((1.0, 2.0, 9.0), (1.0, 3.0, 5.0), name="y") == (
        "2 of 3 results are wrong: y[1] is wrong. y[2] is wrong.",
        f"{off('y[1]', 3, 2, 1, '6e-09')}\n{off('y[2]', 5, 9, 4, '1e-08')}",
    )
    assert said((1.0, 9.0, 9.0), (1.0, None, 5.0), name="y") == (
        "2 of 3 results are wrong: y[1] is a number (float), but None was expected. y[2] is wrong.",
        off("y[2]", 5, 9, 4, "1e-08"),
    )
    assert said((1.0, 2.0), (1.0, 3.0), name=("W", "v"))[0] == "v is wrong."
    assert (
        said((1.0, 2.0, 3.0), (1.0, 3.0, 3.0), name=("W", "b", "V"))[0]
        == "Only the bias is wrong: b is wrong."
    )
    summary, _ = said((1.0, 2.0, 4.0), (1.0, 3.0, 5.0), name=("W", "b1", "b2"))
    assert summary == "Only the biases are wrong: b1 is wrong. b2 is wrong."
    assert said((2.0, 4.0), (3.0, 5.0), name=("b1", "b2"))[0].startswith(
        "2 of 2 results are wrong: b1 is wrong."
    )


def test_the_words_of_as_many_wrong_results_are_kept_as_a_message_has_room_for(monkeypatch):
    assert PARTS_TOLD == 50
    monkeypatch.setattr("grader.checks.closeness.PARTS_TOLD", 2)
    summary, detail = said((1.5,) * 4, (4.0, 5.0, 7.0, 8.0), name="y")
    assert summary == "4 of 4 results are wrong: y[0] is wrong. y[1] is wrong."
    assert detail.count("\n") == 1


@pytest.mark.parametrize(
    ("got", "expected", "dtype"),
    [
        (2.0, 1.0, None), (A[0], A, None), (A + 0j, A, None), (np.nan, 1.0, None), (1.5, 1, None), (1.0, 1, int),
        (2, None, None), ("no", "yes", None), (1, BIG, None), (None, 1.0, None), ([1, None], A, None),
        ((1.0,), (1.0, 2.0), None), (1.0, (1.0, 2.0), None), ((1.0, 2.0), (1.0, 3.0), None),
        ({}, {"a": 1.0}, None), ([], {"a": 1.0}, None), ({"a": 2.0}, {"a": 1.0}, None), (A[0], 1.0, None),
    ],
)  # fmt: skip
def test_a_traceback_ends_at_the_line_of_the_test(got, expected, dtype):
    """pytest leaves out frames that ask for it, so nobody looks for a mistake in the code of the check."""
    with pytest.raises(CheckFailed) as caught:
        check_close(got, expected, dtype=dtype)
    assert all(entry.frame.f_locals.get("__tracebackhide__") for entry in caught.traceback[1:])


# None, text and large integers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("got", "expected", "summary", "detail"),
    [
        (0, None, "y is an integer, but None was expected.", ""),
        (None, "yes", "y is None, but a string was expected.", ""),
        (b"yes", "yes", "y is bytes, but a string was expected.", ""),
        ("yes", b"yes", "y is a string, but bytes was expected.", ""),
        ("no", "yes", "y is not the expected string.", "It should be 'yes', not 'no'."),
        (b"no", b"yes", "y is not the expected bytes.", "It should be b'yes', not b'no'."),
        (np.array(["yes"]), "yes", "y is an array of shape (1,) (<U3), but a string was expected.", ""),
        (BIG + 1, BIG, "y is wrong.", f"y should be {BIG} but is {BIG + 1}."),
        (1, -(10**100), "y is wrong.", "y should be -2**332 or more but is 1."),
        (10**100, BIG, "y is wrong.", f"y should be {BIG} but is 2**332 or more."),
        ("n" * 99, "y" * 99, "y is not the expected string.", f"It should be '{'y' * 78}…, not '{'n' * 78}…."),
        (1.5, BIG, "y is wrong.", None),
        (np.ones(1), BIG, "y has shape (1,), but a single number was expected.", ""),
        (None, BIG, "y is None. Does the function return its result?", ""),
    ],
)  # fmt: skip
def test_what_is_no_array(got, expected, summary, detail):
    found = said(got, expected, name="y")
    assert found == (summary, found[1] if detail is None else detail)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (None, None), ("yes", np.str_("yes")), (np.str_("yes"), "yes"), (np.array("yes"), "yes"),
        (np.bytes_(b"yes"), b"yes"), (b"yes", np.bytes_(b"yes")), (np.array(b"yes"), b"yes"),
        (float(BIG), BIG), (np.float64(BIG), BIG), (-BIG, -BIG), (2**63, 2**63), (-(2**63), -(2**63)),
        (-(2**63) - 1, -(2**63) - 1), (np.int64(-(2**63)), -(2**63)), (np.array(2.0**70), BIG),
    ],
)  # fmt: skip
def test_the_same_passes(got, expected):
    check_close(got, expected)


def test_an_exact_integer_is_compared_with_the_bound_that_is_given_below_64_bits():
    for exact in (1, 100, 2**62, -100, -(2**62) - 2**60, -(2**63), 2**63 - 1):
        check_close(float(exact) * (1 + 1e-4), exact, rtol=1e-3)
        with pytest.raises(CheckFailed):
            check_close(float(exact) * 1.1, exact, rtol=1e-3)


class Text(str):
    """A student's own class may say that it equals everything."""

    __slots__ = ()

    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


class Octets(bytes):
    def __eq__(self, other):
        return True

    __hash__ = bytes.__hash__


@pytest.mark.parametrize(
    ("got", "expected", "wrong"),
    [
        (Text("yes"), "yes", Text("no")),
        (Octets(b"yes"), b"yes", Octets(b"no")),
        (bytearray(b"yes"), b"yes", bytearray(b"no")),
        (deque([1.0, 2.0]), (1.0, 2.0), deque([1.0, 3.0])),
        (MappingProxyType({"a": 1.0}), {"a": 1.0}, MappingProxyType({"a": 2.0})),
        (Fraction(BIG), BIG, Fraction(1)),
    ],
    ids=str,
)
def test_a_value_of_another_type_is_what_it_stands_for(got, expected, wrong):
    check_close(got, expected)
    assert "wrong" in said(wrong, expected)[0] or "is not the expected" in said(wrong, expected)[0]


def test_a_value_of_another_type_is_called_by_its_own_name():
    assert said(deque([1.0]), {"a": 1.0})[0] == "result is a deque, not a dictionary with 'a'."
    assert (
        said(MappingProxyType({"a": 1.0}), (1.0,))[0]
        == "result is a mappingproxy, but one value was expected."
    )
    assert said(deque([1.0]), (1.0, 2.0))[0] == "result has one value, but two values were expected."


class Elsewhere(Held):
    """A number that stayed in the process of the submission."""

    _stands_for = float(BIG)


def test_a_large_integer_is_compared_with_the_number_that_a_value_stands_for():
    check_close(Elsewhere(), BIG)
    assert said(Elsewhere(), -BIG, name="y") == ("y is wrong.", f"y should be -{BIG} but is 1.180591621e+21.")
    assert said(2**63 + 1, 2**63)[0] == "result is wrong."


# Options ------------------------------------------------------------------------------------------------------


def test_options_hold_for_each_of_several_results():
    got, right = (1.001, 100.1), (1.0, 100.0)
    check_close(got, right, rtol=1e-3)
    check_close(got, right, atol=0.11)
    check_close({"a": 1.001}, {"a": 1.0}, rtol=1e-3)
    assert said(got, right, atol=0.01)[0].startswith("result[1] is wrong.")
    assert said((1, 2), (1.0, 2.0), dtype=float)[0].startswith(
        "2 of 2 results are wrong: result[0] has the right"
    )
    assert said((A, 3 * A), (A, A), sizes={"M": 3})[0].endswith("Every entry is 3 (M) times the right value.")
    assert said((A, 3 * A), (A, A), sizes={})[0].endswith(
        "Every entry is 3 (the number of columns) times the right value."
    )
    check_close((1.0 + 1e-7, 1.0), (1.0, 1.0), condition=1e6)
    check_close(1.0 + 1e-3, 1.0, atol=1e-3 + 1e-9)


def test_without_a_scale_the_bound_is_that_of_the_answer_however_small():
    check_close(1e-6 * (1 + 1e-9), 1e-6)
    failing = 1e-6 * (1 + 1e-8)
    assert said(failing, 1e-6)[0].startswith("result is wrong")


def test_the_scale_is_for_all_results_or_one_for_each():
    small, zero = np.array([1e-14]), np.zeros(1)
    check_close((small, small), (zero, zero), scale=1.0)
    check_close({"a": small, "b": small}, {"a": zero, "b": zero}, scale=1.0)
    check_close((small, small), (zero, zero), scale=[1.0, 1.0])
    check_close({"a": small, "b": zero}, {"a": zero, "b": zero}, scale={"b": 0.0, "a": 1.0})
    check_close((small, {"a": small}), (zero, {"a": zero}), scale=(1.0, {"a": 1.0}))
    assert said((small, small), (zero, zero), scale=[1.0, 0.0])[0].startswith("result[1] is wrong")
    assert said((small, small), (zero, zero))[0].startswith("2 of 2 results are wrong")
    for expected, scale in (
        ((zero, zero), (1.0,)),
        ((zero, zero), {"a": 1.0, "b": 1.0}),
        ({"a": zero, "b": zero}, (1.0, 1.0)),
        ({"a": zero, "b": zero}, {"a": 1.0}),
    ):
        with pytest.raises(ValueError, match="scale must have the form of what is expected"):
            check_close(expected, expected, scale=scale)


def test_what_an_author_cannot_ask_for():
    with pytest.raises(ValueError, match="give check_close a condition number or an rtol, not both"):
        check_close(1.0, 1.0, condition=10, rtol=1e-3)
    for condition in (0.5, 1.1e10, float("nan")):
        with pytest.raises(ValueError, match=r"with a condition number of \S+ nothing is left to compare"):
            check_close(1.0, 1.0, condition=condition)
    check_close(1.0 + 5e-4, 1.0, condition=1e10)
    with pytest.raises(ValueError, match="3 names for 2 expected results"):
        check_close((1.0, 2.0), (1.0, 2.0), name=("a", "b", "c"))
    with pytest.raises(TypeError, match="check_close cannot compare with an array of shape"):
        check_close(1.0, np.array(["a"]))
    with pytest.raises(TypeError, match="check_close cannot compare with an object"):
        check_close(1.0, object())


def test_a_condition_number_of_1_changes_nothing_and_a_small_one_no_bound():
    assert "at most 2e-09 is allowed" in said(2.0, 1.0, condition=1.0)[1]
    assert "at most 2e-09 is allowed" in said(2.0, 1.0, condition=1.5)[1]
    assert "at most 2e-07 is allowed" in said(2.0, 1.0, condition=1e6)[1]
    check_close(3, 3, condition=1.0)
    assert "whole numbers are compared exactly" in said(3.5, 3, condition=1.0)[1]
    check_close(3.0 + 1e-9, 3, condition=2.0)
