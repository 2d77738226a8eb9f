"""What a test says whose failure is inherited."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.errors import CellError
from grader.results import Explained, Showing
from grader.wording import cell_words, message_of, parts_of, sentence_of, word_of
from tests.test_mending import a_test, explained


@pytest.mark.parametrize(
    ("inherited", "functions", "sentence"),
    [
        (["q2"], ["softmax"], "Right, given your `softmax`: mend that first (q2)."),
        (
            ["q2", "q3"],
            ["softmax", "loss"],
            "Right, given your `softmax` and `loss`: mend these first (q2 and q3).",
        ),
        (["q2"], ["softmax", "shift"], "Right, given your `softmax` and `shift`: mend these first (q2)."),
        (["q2"], [], "Right, given your answer to q2: mend that first."),
        (["q1", "q2", "q3"], [], "Right, given your answers to q1, q2 and q3: mend these first."),
    ],
)
def test_it_says_what_to_mend(inherited, functions, sentence):
    explanation = explained(*functions, shown="train") if functions else None
    test = a_test(0, explanation, inherited=inherited)
    assert sentence_of(test) == sentence
    assert word_of(test) == "inherited failure"
    assert not test.own_failure


def test_two_mistakes_of_one_function_are_one_function_to_mend():
    twice = Explained(mistakes=explained("softmax").mistakes * 2, shown=[])
    assert (
        sentence_of(a_test(0, twice, inherited=["q2"]))
        == "Right, given your `softmax`: mend that first (q2)."
    )


@pytest.mark.parametrize(
    ("score", "most", "sentence"),
    [
        (2, 2, "It earns its full 2 points."),
        (1, 1, "It earns its full point."),
        (1, 2, "It earns half of its 2 points."),
        ("1/2", 1, "It earns half of its point."),
        (0, 2, "It earns nothing until then."),
        (1, 3, "It earns 1 of its 3 points."),
    ],
)
def test_it_says_what_it_earns(score, most, sentence):
    test = a_test(inherited=["q2"], score=Fraction(score), max_score=Fraction(most), summary="wrong")
    assert parts_of(test) == ["Right, given your answer to q2: mend that first.", sentence, "wrong"]


def test_where_there_is_nothing_to_earn_nothing_is_said_of_it():
    test = a_test(inherited=["q2"], score=Fraction(0), max_score=Fraction(0), summary="")
    assert message_of(test) == "Right, given your answer to q2: mend that first."


def test_the_cause_is_told_and_not_where_it_shows():
    showing = [Showing(function="train", through=["softmax"], wrong=1, calls=1)]
    cause = Explained(mistakes=explained("softmax").mistakes, shown=showing)
    own = a_test(1, cause)
    assert "This shows in `train`, which uses `softmax`" in message_of(own)
    assert own.own_failure
    assert parts_of(a_test(0, cause, inherited=["q2"], symptom="It is constant.")) == [
        "Right, given your `softmax`: mend that first (q2).",
        "It earns its full 3 points.",
        "You spoil softmax.",
        "it is wrong",
    ]


def test_a_cell_that_computes_with_three_dots_is_told_what_they_are():
    text = "unsupported operand type(s) for *: 'ellipsis' and 'float'"
    told = cell_words(CellError(exception="TypeError", text=text, line=1))
    assert told == f"TypeError: {text} (line 1); it uses an answer that is still `...`"


def test_a_sentence_that_the_check_and_the_mistake_both_know_is_told_once():
    says = explained("softmax").mistakes[0].says
    test = a_test(0, explained("softmax"), summary=f"q1 is not the right choice. {says}")
    assert message_of(test).count(says) == 1
    assert message_of(test).endswith("q1 is not the right choice.")
