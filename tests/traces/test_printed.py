"""Printed text: what counts as the same, and what is said of what does not."""

from __future__ import annotations

import pytest

from grader import CheckFailed, check_printed
from grader.traces import MOST_PRINTED, Printed, as_shown
from grader.traces.words import lines_of, same_printed, tokens_of


def failure(got, expected, **asked):
    with pytest.raises(CheckFailed) as failed:
        check_printed(got, expected, name="`f`", **asked)
    return failed.value.summary


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        ("a b\n", "a b"),
        ("  a   b  \n\n", "a b"),
        ("a\r\nb", ["a", "b"]),
        ("loss=0.5", "loss = 0.50"),
        ("0.123456", "0.1235"),
        ("1e-05", "0.00001"),
        ("1.0e+3", "1000.0"),
        ("-0.5", "−0.5"),
        ("[1. 2.]", "[1.0, 2.0]".replace(",", "")),
        ("3.0", "3"),
        ("7", "7"),
        ("nan", "nan"),
        ("0.30000000000000004", "0.3"),
        ("0.3", "0.30000000000000004"),
        ("Out[3]: 5\n", "5"),
        ("50%", "50.0 %"),
        ("epoch1:0.5", "epoch 1: 0.5"),
        ("", ""),
        ("x-1", "x - 1"),
    ],
)
def test_the_same_in_another_form(got, expected):
    check_printed(got, expected)
    assert same_printed(got, expected if isinstance(expected, str) else "\n".join(expected))


@pytest.mark.parametrize(
    ("got", "expected", "says"),
    [
        ("Loss 1", "loss 1", "In line 1, `f` prints `Loss` where `loss` was asked for."),
        ("lost 1", "loss 1", "In line 1, `f` prints another word than was asked for."),
        ("loss=1", "loss:1", "In line 1, `f` prints another mark than was asked for."),
        ("loss x", "loss 1", "In line 1, `f` prints something else where a number was asked for."),
        ("loss 1", "loss x", "In line 1, `f` prints a number where a word was asked for."),
        ("1 2 3", "[1 2 3]", "In line 1, `f` prints a number where a mark was asked for."),
        ("[1 2 3]", "1 2 3", "In line 1, `f` prints something else where a number was asked for."),
        ("-8", "8", "A number in line 1 that `f` prints is wrong: The sign is wrong (factor −1)."),
        ("loss 3", "loss 1.5", "A number in line 1 that `f` prints is wrong: It is 2 times the right value."),
        (
            "1.5\n-3.5",
            "-1.5\n3.5",
            "A number in line 1 that `f` prints is wrong: The sign is wrong throughout (factor −1).",
        ),
        (
            "1.5, 2.5",
            "3, 5",
            "A number in line 1 that `f` prints is wrong: Every number is 1/2 times the right value.",
        ),
        ("a b c", "a b", "In line 1, what `f` prints has more after what was asked for."),
        ("a", "a b", "In line 1, what `f` prints ends too early."),
        ("1.25", "1.5", "A number in line 1 that `f` prints is wrong."),
        ("8", "7", "A number in line 1 that `f` prints is wrong"),
        ("0.5", "0.482", "`f` prints numbers with too few digits: show more of them."),
        ("b\na", "a\nb", "`f` prints the right lines in another order."),
        ("a", "a\nb", "`f` prints 1 line, but 2 lines were expected: line 2 is missing."),
        ("a\nb\nc", "a\nc", "`f` prints 3 lines, but 2 lines were expected: line 2 is not asked for."),
        ("a b", "a\nb", "`f` prints everything in one line, but 2 lines were asked for."),
        ("a\nb", "a b", "`f` prints one line as 2: print it at once, or with `end=' '`."),
        ("", "a", "`f` prints nothing: show the result with `print(...)`."),
        (Printed("", "`f`", "str"), "a", "`f` prints nothing: it returns a text, but should print it."),
        (Printed("", "`f`", "float"), "1", "`f` prints nothing: it returns what it should print"),
        ("x" * MOST_PRINTED, "x", "`f` prints far too much"),
        (None, "x", "`f` gives None, but printed text was expected."),
    ],
)
def test_what_is_said_of_something_else(got, expected, says):
    assert says in failure(got, expected)


def test_numbers_that_are_wrong_together_are_told_by_their_pattern():
    got = "\n".join(f"epoch {i}: {2 * x:.3f}" for i, x in enumerate([1.25, 0.75, 0.5]))
    right = "\n".join(f"epoch {i}: {x:.3f}" for i, x in enumerate([1.25, 0.75, 0.5]))
    assert "A number in line 1" in failure(got, right)


def test_a_summary_holds_no_number_and_nothing_that_was_printed():
    summary = failure("secret 123.5", "loss 77.25")
    assert not {"secret", "123.5", "77.25"} & set(summary.replace(".", "").split())


def test_other_lines_and_capitals_are_accepted_where_the_test_says_so():
    check_printed("debug\na 1\nmore\nB 2\n", "a 1\nb 2", case=False, extra=True)
    assert failure("debug\na 1\nb 3", "a 1\nb 2", extra=True) == (
        "A number in line 2 of those that were asked for that `f` prints is wrong."
    )


@pytest.mark.parametrize(
    ("got", "expected", "says"),
    [
        ("debug\na 1\nmore", "a 1\nb 2", "`f` does not print line 2 of those that were asked for."),
        ("b 2\nmore", "a 1\nb 2", "`f` does not print line 1 of those that were asked for."),
        (
            "b\na",
            "a\nb",
            "Line 2 of those that were asked for is missing in what `f` prints, or in another order.",
        ),
        (
            "a\nb",
            "a\nb\na",
            "Line 3 of those that were asked for is missing in what `f` prints, or in another order.",
        ),
        ("x\nLoss 1", "loss 1", "`f` prints the line that was asked for with other capitals."),
        ("b 1\nA 1\nc", "a 1\nc", "`f` prints line 1 of those that were asked for with other capitals."),
        ("debug\nmore", "a 1", "`f` does not print the line that was asked for."),
        ("a 1 b 2", "a 1\nb 2", "`f` does not print line 1 of those that were asked for."),
    ],
)
def test_what_is_said_where_other_lines_may_be_between(got, expected, says):
    assert failure(got, expected, extra=True) == says


def test_what_a_notebook_shows_of_it():
    assert as_shown("\x1b[31mred\x1b[0m\r\n1%\r50%\r100%\n") == "red\n100%\n"


def test_tokens():
    assert [token.text for token in tokens_of("a-1 = -2.5e-3, b_2 (x)")] == [
        "a", "-", "1", "=", "-2.5e-3", ",", "b", "_", "2", "(", "x", ")",
    ]  # fmt: skip
    assert lines_of("\n \n") == []
    assert tokens_of("9" * 1000)[0].number is None
    assert tokens_of("1e999")[0].text == "1e999"


def test_texts_are_the_same_to_the_digits_that_both_show():
    assert same_printed("loss 0.4821", "loss 0.48")
    assert same_printed("loss 0.48", "loss 0.4821")
    assert not same_printed("loss 0.49", "loss 0.4821")
    assert not same_printed("loss 1", "loss 2")
    assert not same_printed("a\nb", "a")
