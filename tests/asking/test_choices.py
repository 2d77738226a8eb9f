"""Choices and words as students write them: right ones pass in any clothes, wrong ones are told what is wrong."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.gradescope import Metadata, results_of
from grader.validate.bench import Bench
from grader.validate.guessing import Guessing
from grader.validate.report import QuestionRow, Report
from tests.asking.answering import COURSE, failed, graded, judge_of, told

LETTERS = "choose among 'a', 'b', 'c', 'd'"


def passes(cell):
    result = graded("choices", cell)
    assert told(result) == ""
    assert result.score == result.max_score == 13


def hidden(cell, question):
    """What a student reads after the due date of the hidden tests that failed."""
    tests = failed(graded("choices", cell), question)
    assert tests
    return "\n".join(test.message for test in tests if test.visibility != "visible")


# One ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        'large_step = "b"',
        'large_step = "B"',
        'large_step = " b "',
        "large_step = '(b)'",
        'large_step = "b) it jumps from side to side and comes closer to 0"',
        'large_step = ["b"]',
        'large_step = ("b",)',
        'large_step = {"b"}',
        'large_step = "Answer: B."',
        'import numpy as np\nlarge_step = np.array("b")',
        'import numpy as np\nlarge_step = np.array(["a", "b"])[1]',
        "x, rate = 1.0, 1.5\nfor _ in range(3):\n    x -= rate * x\n"
        'large_step = "b" if x < 0 and abs(x) < 1 else "a"',
        'def answer():\n    return "b"\nlarge_step = answer()',
        'class Letter(str):\n    pass\nlarge_step = Letter("b")',
        'large_step = "\\u200bb\\u00a0"',
        'large_step = "\\uff42"  # from a keyboard of wide letters',
        'from enum import Enum\nclass Option(str, Enum):\n    B = "b"\nlarge_step = Option.B',
    ],
)  # fmt: skip
def test_a_right_choice(cell):
    passes(cell)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ('large_step = "a"', "here each step is x − 1.5 x, so the sign changes"), ('large_step = "C"',
        "large_step is not the right choice. It would with a learning rate above 2"),
        ('large_step = "(d)"', "It would with a learning rate of 2"), ('large_step = "e"',
        f"large_step is none of the options: {LETTERS}."),
        ("large_step = ...", "is not answered yet"), ('large_step = ""', "not answered yet"),
        ("large_step = None", "is None: give it the answer as its value"),
        ('large_step = "b or c"', f"none of the options: {LETTERS}"),
        ('large_step = ["b", "c"]', "large_step holds two choices, but exactly one was asked for."),
        ("large_step = []", "large_step holds no choices"), ('large_step = "abcd"', "holds four choices"),
        ("large_step = 2", f"none of the options: {LETTERS}"),
        ("large_step = 2.5", "large_step is a number (float), but one of the options was expected"),
        ('large_step = {"b": True}', "is a dictionary of 1, but one of the options was expected"),
        ('large_step = [["b"]]', "is a list of 1 that holds a list of 1, but one of the options"),
        ('large_step = b"b"', "is bytes, but one of the options was expected"),
        ('large_step = "b" * 100_000', f"none of the options, but a long text: {LETTERS}"),
        ('b = print\nlarge_step = b', "is a function, but a value was asked for"),
        ('class Mine:\n    def __eq__(self, other):\n        return True\nlarge_step = Mine()',
        "is an object of a custom class, but one of the options was expected"),
        ("large_step = undefined_name", "NameError"),
    ],
)  # fmt: skip
def test_a_wrong_choice(cell, says):
    assert says in hidden(cell, "q1")


# Several ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        'convex = ["a", "b", "e"]',
        'convex = ["E", "A", "B"]',
        'convex = ("a", "b", "e")',
        'convex = {"a", "b", "e"}',
        'convex = "a, b, e"',
        'convex = "a b e"',
        'convex = "a, b and e"',
        'convex = "abe"',
        'convex = "A;B;E"',
        'convex = ["a)", "b)", "e)"]',
        'import numpy as np\nconvex = np.array(["a", "b", "e"])',
        'convex = [letter for letter in "abcde" if letter not in "cd"]',
        'convex = ["a", "a", "b", "e"]',
        'convex = list("abe")',
        'convex = frozenset("abe")',
        'from collections import deque\nconvex = deque("abe")',
        'convex = {"a": "kink", "b": "smooth", "e": "both"}.keys()',
        'convex = ["\\u0430", "b", "\\u0435"]  # Cyrillic letters that look the same',
        "batches_of_one = (1, 2)",
        'batches_of_one = ["1", "2"]',
        "batches_of_one = {2, 1}",
        'batches_of_one = "1, 2"',
        "import numpy as np\nbatches_of_one = np.array([1, 2])",
        "import numpy as np\nbatches_of_one = list(np.array([1.0, 2.0]))",
        "batches_of_one = range(1, 3)",
    ],
)
def test_several_right_choices(cell):
    passes(cell)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ('convex = ["a", "b"]', "convex lacks one right choice."), ('convex = ["a", "b", "c", "e"]',
        "convex has one wrong choice."),
        ('convex = ["a", "b", "c", "e"]', "Between 0 and π the sine lies above its chords"), ('convex = ["d"]',
        "convex has one wrong choice, and lacks three right ones. Right of 0 the root lies above its chords"),
        ('convex = "abcde"', "convex has two wrong choices."), ("convex = []", "convex lacks three right choices."),
        ("convex = ...", "is not answered yet"), ('convex = ["a", "b", "f"]', "none of the options"),
        ('convex = "all but c and d"', "none of the options"),
        ('convex = [["a", "b"], ["e"]]', "a list of 2 that holds a list of 2, but one of the options was expected"),
        ('convex = {"a": True, "b": True, "e": True}', "is a dictionary of 3, but"),
        ("convex = [True, True, False, False, True]", "none of the options"), ('convex = ["a", None]',
        "that holds None"),
        ('convex = ["a", "b", "e"] * 1000', "convex holds more than 100 choices."),
        ('import numpy as np\nconvex = np.array([["a", "b"], ["e", "e"]])', "that holds a list of 2"),
        ("convex = abs", "is a function, but a value was asked for"),
    ],
)  # fmt: skip
def test_several_wrong_choices(cell, says):
    assert says in hidden(cell, "q2")


@pytest.mark.parametrize(
    ("cell", "points"),
    [("[1, 2]", 4), ("[1]", 3), ("[1, 2, 3]", 3), ("[1, 2, 3, 4]", 2), ("[3, 4]", 0), ("[]", 0), ("[1, 4]", 2),
     ("...", 0), ("[5]", 0)],
)  # fmt: skip
def test_each_option_earns_its_part(cell, points):
    result = graded("choices", f"batches_of_one = {cell}")
    (q3,) = [question for question in result.questions if question.id == "q3"]
    assert q3.score == points


# Words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        'guarantee = "convexity"',
        'guarantee = "Convexity"',
        'guarantee = "convexity."',
        'guarantee = " CONVEXITY \\n"',
        'guarantee = "convex"',
        'guarantee = "It is convex!"',
        "guarantee = '''\nconvexity\n'''",
        'guarantee = "“Convexity”"',
        'guarantee = "(convexity)"',
        'guarantee = "con" + "vexity"',
        "guarantee = f\"{'convex'} function\"",
        'guarantee = "convexity\\u200b"',
        'guarantee = "\\u0441onvexity"  # a Cyrillic letter that looks the same',
        'import numpy as np\nguarantee = np.str_("convexity")',
        'guarantee = "convex-function"',
        'year = "1951"',
        "year = 1951",
        "import numpy as np\nyear = np.int64(1951)",
        'year = " 1951."[:-1]',
        'year = "\\uff11\\uff19\\uff15\\uff11"',
    ],
)
def test_right_words(cell):
    passes(cell)


@pytest.mark.parametrize(
    ("question", "cell", "says"),
    [
        ("q4", 'guarantee = "smoothness"', "guarantee is not the expected answer."), ("q4",
        'guarantee = "smoothness"', "A smooth function may have many valleys"),
        ("q4", 'guarantee = "convexety"', "guarantee is spelt almost like the expected answer: look at each letter"),
        ("q4", 'guarantee = "conevxity"', "spelt almost like"), ("q4", 'guarantee = "concavity"',
        "guarantee is not the expected answer."),
        ("q4", 'guarantee = "nonconvexity"', "is not the expected answer"), ("q4", "guarantee = ...",
        "is not answered yet"),
        ("q4", 'guarantee = "   "', "not answered yet"), ("q4", 'guarantee = "???"', "not answered yet"),
        ("q4", "guarantee = 1", "guarantee is an integer, but a text was expected."),
        ("q4", 'guarantee = ["convexity"]', "is a list of 1, but a text was expected."),
        ("q4", "guarantee = True", "is a truth value (bool), but a text was expected."),
        ("q4", 'guarantee = "convex " * 500', "has more than 1,000 characters, but a short answer was expected."),
        ("q4", 'def guarantee():\n    return "convexity"', "is a function, but a value was asked for"), ("q5",
        'year = "1952"', "year is not the expected answer."),
        ("q5", 'year = "1986"', "1986 is the year in which backpropagation became known"),
        ("q5", 'year = "in 1951"', "year should be a year of four digits, such as 2026."),
        ("q5", 'year = "fifties"', "year should be a year of four digits, such as 2026."),
        ("q5", "year = 51", "should be a year of four digits"), ("q5", "year = 1951.5", "is a number (float)"),
        ("q5", 'year = ("1" * 998) + "x"', "should be a year of four digits"),
    ],
)  # fmt: skip
def test_wrong_words(question, cell, says):
    assert says in hidden(cell, question)


# Who learns it when -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "question"),
    [('large_step = "a"', "q1"), ('convex = ["c"]', "q2"), ('guarantee = "smooth"', "q4")],
)
def test_before_the_due_date_nobody_sees_which_answer_is_right(cell, question):
    """Of every test that a student may see at once, a wrong answer has the result that a right one has."""

    def seen(result):
        problem_set = judge_of("choices").problem_set
        results = results_of(result, problem_set, Metadata())
        return [
            (t.name, t.status, t.score, t.output) for t in results.tests if t.visibility == "visible"
        ], results.output

    wrong, right = graded("choices", cell), graded("choices")
    assert failed(wrong, question)
    assert all(test.held is True for test in failed(wrong, question))
    assert seen(wrong) == seen(right)


def test_no_message_holds_a_pattern():
    messages = "".join(hidden(f"year = {year}", "q5") for year in ('"x"', '"1.951"', "7"))
    assert "\\d" not in messages
    assert "{4}" not in messages


def test_the_page_says_what_guessing_earns():
    problem_set = judge_of("choices").problem_set
    bench = Bench(problem_set)
    rows = Guessing(bench, problem_set.ids).rows
    bench.close()
    none = {
        "tests": 0,
        "milliseconds": 0,
        "mistakes": 0,
        "mistakes_caught": 0,
        "mutants": 0,
        "mutants_caught": 0,
    }
    questions = [
        QuestionRow(id=q.id, points=Fraction(q.points), equivalent=0, **none) for q in problem_set.questions
    ]
    text = Report(pset="choices", seeds=[0], questions=questions, guesses=rows).text()
    page = (COURSE.parents[1] / "docs" / "asking.md").read_text(encoding="utf-8")
    said = [line for line in text.splitlines() if "random" in line or "much for guessing" in line]
    assert "\n".join(said) in page
    assert len(said) == 2
