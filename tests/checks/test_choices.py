"""Choices and short answers: right ones in different clothes pass, wrong ones fail with their own sentence."""

from __future__ import annotations

import numpy as np
import pytest

from grader import CheckFailed, check_choice, check_choices, check_text
from tests.waiting import ends_within

OPTIONS = {"a": "No: the gradient would not vanish.", "b": "", "c": "That is Adagrad.", "d": ""}


def failure(check, *given, **how) -> str:
    with pytest.raises(CheckFailed) as failed:
        check(*given, **how)
    return failed.value.summary


@pytest.mark.parametrize(
    "got", ["b", "B", " b ", "b\n", ["b"], ("b",), {"b"}, np.str_("b"), np.array(["b"]), ["B ", "b"]]
)
def test_a_right_choice(got):
    check_choice(got, "b", OPTIONS)


@pytest.mark.parametrize(
    ("got", "says"),
    [
        ("a", "answer is not the right choice. No: the gradient would not vanish."), ("d",
        "answer is not the right choice."),
        ("A", "No: the gradient"), ("c", "That is Adagrad."), ("e",
        "none of the options: choose among 'a', 'b', 'c', 'd'"),
        ("", "not answered yet"), (None, "not answered yet"), (..., "not answered yet"), (["a", "b"],
        "holds two choices"),
        ([], "holds no choices"), (3.5, "is a number (float), but one of the options"), ({"b": 1},
        "is a dictionary of 1"),
        ("b or c", "none of the options"), (2, "none of the options"), ("b" * 10_000, "none of the options"),
    ],
)  # fmt: skip
def test_a_wrong_choice_is_told_why(got, says):
    assert says in failure(check_choice, got, "b", OPTIONS)


def test_options_may_be_numbers_and_sentences():
    check_choice(2, 2, [1, 2, 3])
    check_choice("2", 2, [1, 2, 3])
    check_choice("It grows", "it grows", ["it grows", "it shrinks, then grows"])
    check_choice("it shrinks,  then grows", "it shrinks, then grows", ["it grows", "it shrinks, then grows"])


@pytest.mark.parametrize(
    "got",
    [
        ["a", "c"],
        ("c", "a"),
        {"a", "c"},
        "a, c",
        "c a",
        "A;C",
        ["a", "c", "a"],
        np.array(["a", "c"]),
        frozenset("ac"),
        "a,c",
    ],
)
def test_several_right_choices(got):
    check_choices(got, {"a", "c"}, OPTIONS)


@pytest.mark.parametrize(
    ("got", "says"),
    [
        (["a", "b", "d"], "answer has one wrong choice."), (["b"], "answer lacks one right choice"), ([],
        "lacks two right choices"),
        (["a", "b", "d"], "one wrong choice. No: the gradient would not vanish."), ("abcd", "has two wrong choices"),
        (["a", "c"],
        "has two wrong choices, and lacks two right ones. No: the gradient would not vanish. That is Adagrad."),
        (None, "not answered yet"), (["e"], "none of the options"), (1.5, "is a number"), (["b", None],
        "is a list of 2"),
        ("a b c d", "has two wrong choices"),
    ],
)  # fmt: skip
def test_several_wrong_choices_are_told_why(got, says):
    assert says in failure(check_choices, got, {"b", "d"}, OPTIONS)


def test_no_summary_says_which_is_right():
    for got in ("a", "c", "d", "e"):
        assert (
            "'b'"
            not in failure(check_choice, got, "b", {"a": "", "b": "", "c": "", "d": ""}).partition("among")[0]
        )


def test_an_author_is_told_of_options_that_cannot_be():
    with pytest.raises(ValueError, match="none of the options"):
        check_choice("a", "x", OPTIONS)
    with pytest.raises(ValueError, match="differ only in capitals"):
        check_choice("a", "a", ["a", "A"])


@pytest.mark.parametrize(
    "got",
    [
        "cross-entropy", "Cross Entropy", " cross entropy. ", "CROSS_ENTROPY", "crossentropy", "cross‐entropy",
        "Log loss",
        "log-loss!", np.str_("cross entropy"), "cross\nentropy", "“cross entropy”",
    ],
)  # fmt: skip
def test_a_right_text(got):
    check_text(got, "cross-entropy", accepts=["log loss"])


@pytest.mark.parametrize(
    ("got", "right"),
    [("Poincare", "Poincaré"), ("Goedel", "Gödel"), ("Godel", "Gödel"), ("Erdős", "Erdos"), ("Lojasiewicz",
    "Łojasiewicz")],
)  # fmt: skip
def test_accents_do_not_count(got, right):
    check_text(got, right)
    with pytest.raises(CheckFailed):
        check_text(got, right, accents=True)


@pytest.mark.parametrize(
    ("got", "says"),
    [
        ("entropy", "is not the expected answer"), ("cross entropy loss", "is not the expected answer"), ("",
        "not answered yet"),
        ("   ", "not answered yet"), (None, "not answered yet"), (..., "not answered yet"),
        (3, "is an integer, but a text"),
        (["cross entropy"], "is a list of 1, but a text"), (b"cross entropy", "is bytes, but a text"),
        ("x" * 100_000, "has more than 1,000 characters"), ("kross entropy", "is not the expected answer"),
    ],
)  # fmt: skip
def test_a_wrong_text_is_told_so(got, says):
    summary = failure(check_text, got, "cross-entropy")
    assert says in summary
    assert "cross-entropy" not in summary


@pytest.mark.parametrize(
    ("got", "right", "how", "says"),
    [
        ("adam", "Adam", {"case": True}, "right but for capitals, which count here"),
        ("Poincare", "Poincaré", {"accents": True}, "right but for accents"),
        ("log loss", "log-loss", {"spaces": True}, "right but for spaces"),
        ("log loss!", "log loss", {"punctuation": True}, "right but for marks"),
    ],
)
def test_what_counts_is_told(got, right, how, says):
    assert says in failure(check_text, got, right, **how)
    check_text(right, right, **how)


def test_signs_of_numbers_count():
    assert failure(check_text, "1", "-1")
    check_text("-1 %", "-1%")


# Forms, and parts of the points -------------------------------------------------------------------------------


@pytest.mark.parametrize("got", ["a", "B", ["c"], " d"])
def test_without_the_right_one_any_option_passes(got):
    check_choice(got, options=OPTIONS)
    check_choices(got, options=OPTIONS)


@pytest.mark.parametrize(
    ("got", "says"), [("e", "none of the options"), (..., "not answered"), (["a", "b"], "two choices")]
)
def test_without_the_right_one_the_form_still_counts(got, says):
    assert says in failure(check_choice, got, options=OPTIONS)


@pytest.mark.parametrize(
    ("got", "passing"), [("b d", "abcd"), ("a", "c"), ("a b c d", "bd"), ([], ""), ("c", "a"), ("b", "abc")]
)
def test_one_option_at_a_time(got, passing):
    passed = ""
    for option in "abcd":
        try:
            check_choices(got, {"b", "d"}, OPTIONS, only=option)
        except CheckFailed:
            continue
        passed += option
    assert passed == passing


def test_one_option_at_a_time_tells_only_of_that():
    summary = failure(check_choices, "a c", {"b", "d"}, OPTIONS, only="a")
    assert summary == "answer has one wrong choice. No: the gradient would not vanish."
    assert failure(check_choices, "a c", {"b", "d"}, OPTIONS, only="b") == "answer lacks one right choice."


def test_none_of_the_options_may_be_right():
    check_choices([], [], OPTIONS)
    assert "one wrong choice" in failure(check_choices, "a", [], OPTIONS)


def test_the_errors_of_an_author_are_sentences():
    for given, says in (({}, "needs its options"), ({"options": "ab", "right": "c"}, "none of the options")):
        with pytest.raises(ValueError, match=says):
            check_choice("a", **given)
    with pytest.raises(ValueError, match="none of the options"):
        check_choices("a", ["a"], "ab", only="c")
    with pytest.raises(ValueError, match="a pattern needs form"):
        check_text("a", pattern="a")
    with pytest.raises(ValueError, match="cannot be used: it has what cannot be matched in linear time"):
        check_text("a", pattern="(?=a)a", form="an a")


# What a student cannot do -------------------------------------------------------------------------------------


class Liar(str):
    """A text of a student's own class."""

    def casefold(self):
        return "b"

    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("b")

    def __getitem__(self, at):
        return "b"

    def __iter__(self):
        return iter("b")

    def split(self, *_):
        return ["b"]

    def strip(self, *_):
        return "b"

    def __len__(self):
        return 1


class Everything:
    """Equal to everything, and no text."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("b")

    def __str__(self):
        return "b"

    def __len__(self):
        return 1

    def __iter__(self):
        return iter("b")

    def tolist(self):
        return "b"


@pytest.mark.parametrize(
    "got",
    [Liar("a"), Everything(), [Liar("a")], [Everything()], {Everything()}, Liar("b" * 5_000), Liar("zz")],
)
def test_no_class_of_a_student_s_decides(got):
    """As in a public test on their own machine, where the object itself gets to the check."""
    for check, right in ((check_choice, "b"), (check_choices, ["b"])):
        failure(check, got, right, OPTIONS)
    failure(check_text, got, "b")
    check_choice(Liar("b"), "b", OPTIONS)


def test_nothing_that_a_student_answers_takes_long():
    hostile = ["(" * 1_000 + ")" * 999, "a," * 500, "\ufdfa" * 1_000, "a" + "\u0301\u0327" * 499, "_-" * 500,
               "!" * 999, "x" * 30_000_000, ["a"] * 1_000_000, "\u200b" * 999, "option " * 140, "1 " * 500]  # fmt: skip
    with ends_within(processor_seconds=30):
        for got in hostile:
            for check, right in ((check_choice, "b"), (check_choices, ["b"])):
                failure(check, got, right, OPTIONS)
            failure(check_text, got, "cross-entropy", accepts=["log loss"] * 20)


# Words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("got", "right"),
    [
        ("1.5", "15"), ("1 2", "12"), ("2-1", "21"), ("-1", "1"), ("n!", "n"), ("O(n!)", "O(n)"), ("x < 0", "x > 0"),
        ("x ≤ 0", "x ≥ 0"), ("n+1", "n-1"), ("L1 norm", "L2 norm"), ("atypical", "typical"), ("a/b", "ab"),
        ("C++", "C"),
        ("1:2", "12"), ("50 %", "50"), ("~p", "p"), ("(0, 1]", "[0, 1)"),
    ],
)  # fmt: skip
def test_marks_that_mean_something_count(got, right):
    assert failure(check_text, got, right) == "answer is not the expected answer."
    failure(check_text, right, got)


@pytest.mark.parametrize(
    ("got", "right"),
    [
        ("L-1 norm", "L1 norm"), ("10 000", "10000"), ("k means", "k-means"), ("(lasso)", "lasso"),
        ("lasso …", "lasso"),
        ("x−1", "x-1"), ("R²", "R2"), ("ﬁt", "fit"), ("Straße", "strasse"), ("»Lasso«", "lasso"), ("n!.", "n!"),
        ("soft​max", "softmax"), ("Аdam", "Adam"), ("mean, variance", "mean variance"),
    ],
)  # fmt: skip
def test_marks_that_mean_nothing_do_not(got, right):
    check_text(got, right)


@pytest.mark.parametrize(
    ("got", "near"),
    [
        ("regresion", True), ("regressoin", True), ("regressiom", True), ("regressions", True), ("progression", False),
        ("egression", False), ("regr3ssion", False), ("regresio", False),
    ],
)  # fmt: skip
def test_one_slip_is_told_kindly(got, near):
    says = "spelt almost like" if near else "is not the expected answer"
    assert says in failure(check_text, got, "regression")


def test_of_short_words_nothing_is_told():
    assert "spelt" not in failure(check_text, "mead", "mean")


@pytest.mark.parametrize("right", ["2026", None])
def test_a_pattern_is_never_shown(right):
    with pytest.raises(CheckFailed) as failed:
        check_text("last year", right, pattern=r"\d{4}", form="a year, such as 1999.")
    assert str(failed.value) == "answer should be a year, such as 1999.\nIt is 'last year'."


@pytest.mark.parametrize("got", ["2026", " 2026 ", "２０２６", 2026, np.int64(2026)])
def test_a_form_alone(got):
    check_text(got, pattern=r"\d{4}", form="a year")
    check_text(got, "2026")
    check_text("some text")


@pytest.mark.parametrize("got", [True, "True", "true", np.True_, [True], np.array([True])])
def test_true_and_false_are_options(got):
    check_choice(got, True, [True, False])
    assert "not the right choice" in failure(check_choice, got, False, [True, False])


@pytest.mark.parametrize("got", [1, 0, "yes", 1.0])
def test_a_number_is_no_truth_value(got):
    assert "none of the options: choose among True, False" in failure(check_choice, got, True, [True, False])


@pytest.mark.parametrize("got", [0.1, "0.1", np.float64(0.1), [0.1]])
def test_numbers_with_decimals_are_options(got):
    check_choice(got, 0.1, [0.1, 1, 10])
    check_choice(10.0, 10, [0.1, 1, 10])


# How a choice is written --------------------------------------------------------------------------------------

RATES = ["accuracy", "precision", "TPR", "FPR", "LR+", "F1"]


@pytest.mark.parametrize(
    "got",
    [
        "(a) (b) (e)", "a) b) e)", "a. b. e.", "(a) and (b) and (e)", "a) x, b) y, e) z", "a) x, y, b) z and e) w",
        "(a)(b)(e)", "a, b, and e", "a/b/e", "a+b & e", "(a), (b), (e).", "[a] [b] [e]", ["a b", "e"],
        ["a) x", "b) y", "e) z"], "Options a, b and e", "a. It is convex. b. So is it. e. It is, too",
    ],
)  # fmt: skip
def test_a_list_that_is_written_out(got):
    check_choices(got, {"a", "b", "e"}, "abcde")
    assert "three choices" in failure(check_choice, got, "a", "abcde")


@pytest.mark.parametrize(
    "got",
    [
        "(b) (c)", "b) or c)", "b) or c", "b) and c", "b) c", "b: c:", "b) or maybe c", "b) it jumps, or c", "b. c.",
        "b) it jumps, c", "b) it jumps c) it falls", "not b", "b) no, c) yes",
    ],
)  # fmt: skip
def test_two_letters_are_not_the_first(got):
    failure(check_choice, got, "b", "abcde")


@pytest.mark.parametrize(
    "got",
    [
        "b) it jumps, then it falls", "b) f(a) is 0", "b) e.g. when it falls", "b. No", "b) x or y", "b) ∞",
        "b) it is not a line", "b) slope of y", "b) 1/2", "**b**", "<b>", "answer: b", "(b) It is a loss.",
    ],
)  # fmt: skip
def test_a_letter_with_its_text(got):
    check_choice(got, "b", "abcde")


@pytest.mark.parametrize(
    "got",
    ["a) yes, b) no", "a) true b) false", "a or b", "a) x or b) y", "not a, b", "a) is wrong, b) is right"],
)
def test_what_is_said_of_options_is_no_choice_of_them(got):
    assert "none of the options" in failure(check_choices, got, {"a", "b"}, "abcde")


@pytest.mark.parametrize(
    ("got", "right"),
    [
        (".1", 0.1), ("0.10", 0.1), ("0,1", 0.1), (",1", 0.1), ("1e-1", 0.1), ("(0.1).", 0.1), (np.float32(0.1), 0.1),
        (0.3 - 0.2, 0.1), ("1.0", 1), ("1.", 1), ("1)", 1), (np.array([1.0], np.float16), 1), ("1,000", 1000),
        (999.9999999999999, 1000), ("−2.50", -2.5),
    ],
)  # fmt: skip
def test_a_number_in_other_digits(got, right):
    check_choice(got, right, [0.1, right, 10])


@pytest.mark.parametrize(
    ("got", "options"),
    [
        (".1", [0.1, 1]), (".1", ["0.1", "1"]), (".1", ["1", "2"]), (",1", [1, 5]), ("-1", [1, 2]), ("<1", [1, 2]),
        ("1.5", [1, 5]), ("0,125", [1, 125]), ("1,000", [1, 1000]), (1.000001, [1, 5]), (1 + 1e-12, [1, 1 + 2e-12]),
        (2**80, [1, 2**81]), (True, [1, 0]),
    ],
)  # fmt: skip
def test_another_number_is_not_chosen(got, options):
    for right in options[:2]:
        if right not in (0.1, "0.1"):
            failure(check_choice, got, right, options)


def test_several_numbers():
    for got, right in (
        ("1. 2.", {1, 2}),
        ("1,2", {1, 2}),
        ("12", {1, 2}),
        ("0,1; 2", {0.1, 2}),
        (".1 1.0", {0.1, 1}),
    ):
        check_choices(got, right, [0.1, 1, 2] if 0.1 in right else [1, 2, 3])


@pytest.mark.parametrize(
    "got",
    [
        "TPR, FPR and LR+", "TPR FPR LR+", "TPR/FPR/LR+", ["TPR", "FPR", "LR +"], ["TPR, FPR, LR+"],
        "TPR + FPR + LR+", "LR+, tpr & fpr", "TPR, FPR, and LR+.", "`TPR`, `FPR`, `LR+`",
    ],
)  # fmt: skip
def test_marks_of_an_option_part_none(got):
    check_choices(got, {"TPR", "FPR", "LR+"}, RATES)


def test_options_with_words_and_marks_between_them():
    options = ["bias and variance", "bias", "it grows, then shrinks", "C", "C++"]
    check_choice("bias and variance", "bias and variance", options)
    check_choices("it grows, then shrinks; bias", {"bias", "it grows, then shrinks"}, options)
    check_choices("bias, it grows, then shrinks", {"bias", "it grows, then shrinks"}, options)
    check_choices("C++ and C", {"C", "C++"}, options)
    assert "none of" in failure(check_choice, "C++", "C", ["C", "Java"])
    assert "none of" in failure(check_choices, "TPR, FPR and LR-", {"TPR", "FPR", "LR+"}, RATES)


@pytest.mark.parametrize(
    ("got", "right", "other"),
    [
        ("it converges", "It converges.", "It diverges."), ('"It converges"', "It converges.", "It diverges."),
        ("It converges.", "It converges", "It diverges"), ("Newton’s method", "Newton's method", "Halley's method"),
        ("(1,2]", "(1, 2]", "[1, 2)"), ("Poincare", "Poincaré", "Euler"), ("O(n^2)", "O(n²)", "O(n)"),
        ("R2", "R²", "RMSE"), ("москва", "Москва", "Киев"), ("СТОП", "стоп", "иди"), ("ΠΑΡΙΣΙ", "Παρίσι", "Αθήνα"),
        ("A*", "A*", "A"), ("f’", "f'", "f"),
    ],
)  # fmt: skip
def test_an_option_in_other_clothes(got, right, other):
    check_choice(got, right, [right, other])
    check_choices([got], [right], [other, right])


@pytest.mark.parametrize(
    ("got", "right", "other"),
    [
        ("A*", "A", "B"), ("f'", "f", "g"), ("f", "f'", "g'"), ("[1, 2)", "(1, 2]", "(3, 4]"), ("в", "b", "c"),
        ("1, 2", "(1, 2]", "[1, 2)"), ("12", "1 2", "3"), ("102", "10²", "1"), ("n2", "n²", "n"),
        ("cote", "côte", "coté"),
    ],
)  # fmt: skip
def test_signs_of_an_option_count(got, right, other):
    assert "none of" in failure(check_choice, got, right, [right, other])


def test_a_refused_text_is_told_as_it_is():
    for got in ("it is unclear", "TPR or LR"):
        with pytest.raises(CheckFailed) as failed:
            check_choice(got, "It converges.", ["It converges.", "It diverges."])
        assert failed.value.detail == f"It is {got!r}."


@pytest.mark.parametrize("shape", [(2**40, 0), (0, 2**40), (1, 0)])
def test_an_empty_array_takes_no_memory(shape):
    empty = np.zeros(shape)
    for got in (empty, [empty], ("b", empty), np.zeros(1, [("a", float, (2**30, 0))])):
        assert "one of the options was expected" in failure(check_choice, got, "b", "abc")
        assert "one of the options was expected" in failure(check_choices, got, ["b"], "abc")
    check_choices(np.array([]), [], "abc")


# How a text is written ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("got", "right"),
    [
        ("n-1", "n - 1"), ("k - 1", "k-1"), ("log - likelihood", "log-likelihood"), ("k - means", "k-means"),
        ("2 norm", "2-norm"), ("3 dimensional", "3-dimensional"), ("L2-norm", "L2 norm"), ("F1-score", "F1 score"),
        ("[0,1]", "[0, 1]"), ("1,2", "1, 2"), ("1 2", "1, 2"), ("A(2, 3)", "A(2,3)"), ("3 : 1", "3:1"),
        ("log-log plot", "log log plot"), ("Q-Q plot", "QQ plot"), ("cross- entropy", "cross entropy"),
        ("1−exp(−x)", "1 - exp(-x)"), ("x_1", "x₁"), ("1_000", "1000"), ("-log p", "- log p"),
        ("O(n²)", "O(n^2)"), ("O(n**2)", "O(n ^ 2)"), ("10⁻³", "10^{-3}"), ("x^(2)", "x²"), ("R^2", "R2"),
        ("L² norm", "L2-norm"),
        ("χ²", "χ2"), ("москва", "Москва"), ("стоп", "СТОП"), ("ΠΑΡΙΣΙ", "Παρίσι"), ("ρόδος", "ΡΟΔΟΣ"),
        ("елка", "Ёлка"),
        ("Newton’s method", "Newton's method"), ("Bayes theorem", "Bayes' theorem"), ("lHopital", "l'Hôpital"),
        ("**lasso**", "lasso"), ("the *lasso* method", "the “lasso” method"), ("'lasso'", "`lasso`"),
        ("f′", "f'"), ("f´", "f’"), ("y″ = -y", "y'' = -y"), ('y" = -y', "y'' = -y"), ("2*x", "2x"), ("2 * x", "2*x"),
        ("(lasso).", "lasso"), ("0, 1", "(0, 1)"), ("a priori", "à priori"),
    ],
)  # fmt: skip
def test_spaces_and_other_clothes_do_not_count(got, right):
    check_text(got, right)
    check_text(right, got)


@pytest.mark.parametrize(
    ("got", "right"),
    [
        ("102", "10²"), ("x2", "x**2"), ("x2", "x²"), ("23", "2*3"), ("54", "5*4"), ("[0, 1]", "(0, 1)"),
        ("n1", "n - 1"),
        ("n1", "n-1"), ("xy", "x-y"), ("f", "f'"), ("y = -y", "y'' = -y"), ("y' = -y", "y'' = -y"), ("fg", "f'g"),
        ("1012", "101₂"), ("x sin(x)", "x-sin(x)"), ("x exp x", "x-exp x"), ("minimum 1", "minimum -1"),
        ("x mean", "x - mean"),
        ("A", "A*"), ("A search", "A* search"), ("C-algebra", "C*-algebra"), ("f + g'", "f'' + g'"), ("x = 0", "x ≠ 0"),
        ("∈", "∉"), ("y", "ŷ"), ("x", "x̄"), ("is log p", "is -log p"), ("log p", "-log p"), ("5", '5"'),
        ("f[x]", "f(x)"),
        ("x^2n", "x^{2n}"), ("12", "1,2"), ("12", "1, 2"), ("(0, 1]", "(0, 1)"), ("в", "b"),
    ],
)  # fmt: skip
def test_signs_that_mean_something_count(got, right):
    failure(check_text, got, right)
    failure(check_text, right, got)


def test_an_answer_is_quoted_as_it_was_written():
    with pytest.raises(CheckFailed) as failed:
        check_text("O(n²)", "O(n³)")
    assert failed.value.detail == "It is 'O(n²)', expected: 'O(n³)'."


def test_a_pattern_reads_powers():
    for got in ("O(n²)", "O(n^2)", "O(n**2)"):
        check_text(got, pattern=r"O\(n\^2\)", form="an order")
    check_text("R²", pattern="R2", form="a name")
    assert "a number" in failure(check_text, "10²", pattern=r"\d{3}", form="a number")


def test_no_text_is_compared_for_long():
    hostile = ["'" * 999, "'a " * 333, "a'" * 500, "*a " * 333, "**a" * 333, "aa-" * 333, " - " * 333, "^{" * 500,
               "²" * 999, "x\u0302" * 499, '"a" ' * 250, "a)" * 500, "a) x " * 200, "0," * 500, "1" + ",000" * 249,
               ["a " * 400] * 100, ["a) x, y, b) z " * 60] * 100]  # fmt: skip
    with ends_within(processor_seconds=30):
        for got in hostile:
            for options in ("abc", [0, 0.1, 1], ["it " * 20 + str(one) for one in range(50)]):
                failure(check_choice, got, options[0], options)
            failure(check_text, got, "cross-entropy", accepts=["log loss"] * 20)
