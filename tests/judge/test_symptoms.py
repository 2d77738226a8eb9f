"""Symptoms: told where they hold for all that went wrong, and never where they do not."""

from __future__ import annotations

import contextlib
import warnings
from types import SimpleNamespace

import numpy as np
import pytest

from grader.errors import CourseError, StudentFault
from grader.judge.calls import CallLog
from grader.judge.objects import ObservedStudent
from grader.judge.symptoms import Symptoms
from grader.pset.symptoms import load_symptoms
from grader.pset.values import solution_modules

SOLUTION = """
import numpy as np

def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def both(W, x):
    return W.sum(), {"W": 2 * W, "x": x + 1}
"""
OWN = """
from grader import symptom

@symptom("softmax", says="Your rows do not sum to 1.")
def rows_do_not_sum_to_one(given, got, right):
    return abs(got.sum(axis=1) - 1).max() > 1e-6

@symptom("softmax", says="Never told.")
def broken(given, got, right):
    raise IndexError
"""


def problem_set(folder, own="", solution=SOLUTION):
    (folder / "symptoms.py").write_text(own)
    cells = ["# BEGIN SOLUTION" + solution + "# END SOLUTION"]
    return SimpleNamespace(
        name="p",
        course=folder,
        data_dir=None,
        values=frozenset(),
        solution_cells=lambda: cells,
        solution_modules=lambda: solution_modules(cells, ()),
        symptoms=lambda: load_symptoms(folder, folder),
    )


def told(tmp_path, code, own="", scale=1.0):
    """The sentence for a student with this code."""
    names = {"__name__": "student"}
    exec(SOLUTION + code, names)
    log, rng = CallLog(), np.random.default_rng(1)
    for test in ("test", "another", "third"):
        student = ObservedStudent(names, log.recorder(test))
        with np.errstate(all="ignore"):
            student.softmax(scale * rng.normal(size=(3, 4)))
            student.both(rng.normal(size=(2, 3)), rng.normal(size=4))
    return Symptoms(problem_set(tmp_path, own)).of(log, ["test"]).get("test")


@pytest.mark.parametrize(
    ("code", "begins"),
    [
        ("def softmax(z):\n    pass\n", "`softmax` returns nothing here"),
        ("def softmax(z):\n    return z\n", "`softmax` returns one of its arguments"),
        ("def softmax(z):\n    return np.ones((3, 4)) / 4\n", "`softmax` returns the same for whatever"),
        ("def softmax(z):\n    return np.zeros(z.shape) * z\n", "`softmax` returns the same for whatever"),
        ("def softmax(z):\n    return np.tile(np.exp(z[:1]), (3, 1))\n", "All rows of what `softmax` returns"),
        ("def both(W, x):\n    return W.sum(), {'W': 0 * W, 'x': x + 1}\n", "All that is wrong in what `both`"),
        ("def both(W, x):\n    return np.inf * W.sum(), {'W': 2 * W, 'x': x + 1}\n", "`both` returns inf or nan"),
    ],
)  # fmt: skip
def test_a_general_symptom_is_told(tmp_path, code, begins):
    assert told(tmp_path, code).startswith(begins)


def test_nan_is_told_where_everything_finite_is_right(tmp_path):
    code = "def softmax(z):\n    e = np.exp(z)\n    return e / e.sum(axis=1, keepdims=True)\n"
    assert told(tmp_path, code, scale=1000).startswith(
        "`softmax` returns inf or nan where the answer is a finite"
    )
    wrong = code.replace("return e", "return 2 * e")
    assert told(tmp_path, wrong, scale=1000) is None


def test_nothing_is_told_of_what_has_no_symptom_or_is_right(tmp_path):
    assert told(tmp_path, "def softmax(z):\n    return np.exp(z) / 7\n") is None
    assert told(tmp_path, "") is None


def test_an_authors_symptom_comes_first_and_one_that_fails_on_a_value_is_left_out(tmp_path):
    assert (
        told(tmp_path, "def softmax(z):\n    return np.ones((3, 4))\n", OWN) == "Your rows do not sum to 1."
    )
    assert told(tmp_path, "def softmax(z):\n    return np.ones((3, 4)) / 4\n", OWN).startswith(
        "`softmax` returns the"
    )
    assert told(tmp_path, "def softmax(z):\n    pass\n", OWN).startswith("`softmax` returns nothing")


def test_a_symptom_must_hold_for_every_call_that_went_wrong(tmp_path):
    names = {"__name__": "student"}
    exec(SOLUTION + "def softmax(z):\n    return z if len(z) == 2 else np.exp(z)\n", names)
    log = CallLog()
    student = ObservedStudent(names, log.recorder("test"))
    student.softmax(np.eye(2))
    symptoms = Symptoms(problem_set(tmp_path))
    assert symptoms.of(log, ["test"])["test"].startswith("`softmax` returns one of its arguments")
    student.softmax(np.eye(3))
    assert symptoms.of(log, ["test"]) == {}


def test_what_raised_shows_no_symptom(tmp_path):
    log = CallLog()
    names = {"__name__": "student"}
    exec(SOLUTION + "def softmax(z):\n    raise KeyError\n", names)
    student = ObservedStudent(names, log.recorder("test"))
    with pytest.raises(Exception, match="KeyError"):
        student.softmax(np.eye(3))
    assert Symptoms(problem_set(tmp_path)).of(log, ["test"]) == {}


def test_a_symptom_without_its_decorator_is_refused(tmp_path):
    with pytest.raises(CourseError, match="broken lost its @symptom"):
        problem_set(tmp_path, OWN + "\nbroken = abs\n").symptoms()


# Where each general symptom ends -----------------------------------------------------------------------------


def says(tmp_path, right, theirs, *calls, own="", apart=True):
    """The sentence for the first call of a function ``f``; each call is in a test of its own, or all in one."""
    log = CallLog()
    names = {"__name__": "student"}
    exec(f"import numpy as np\ndef f(x, y=None):\n    return {theirs}\n", names)
    for number, (arguments, keywords) in enumerate(calls):
        student = ObservedStudent(names, log.recorder(f"test {number if apart else 0}"))
        with contextlib.suppress(StudentFault):
            student.f(*arguments, **keywords)
    solution = f"\nimport numpy as np\n\ndef f(x, y=None):\n    return {right}\n"
    return Symptoms(problem_set(tmp_path, own, solution)).of(log, ["test 0"]).get("test 0")


def given(*arguments, **keywords):
    return arguments, keywords


COLUMN, ROW = np.array([[1.0], [2.0], [4.0]]), np.array([[1.0, 2.0, 4.0]])
PLAIN = np.array([1.0, 2.0, 4.0])


@pytest.mark.parametrize(
    ("right", "theirs", "call", "begins"),
    [
        ("2 * x", "y", given(PLAIN, 3 * PLAIN), "`f` returns one of its arguments"),
        ("2 * x", "y", given(PLAIN, y=3 * PLAIN), "`f` returns one of its arguments"),
        ("2 * x", "x", given(PLAIN[:2]), "`f` returns one of its arguments"),
        ("2 * x", "x", given(PLAIN[:1]), None),  # a single number may be right by chance
        ("(2 * x, x)", "__import__('collections').deque([0 * x, x])", given(PLAIN), "All that is wrong"),
        ("x - 1", "0 * x", given(PLAIN), "All that is wrong"),
        ("(x, 2 * x)", "(0 * x, 3 * x)", given(PLAIN), None),
        ("(x, 2 * x)", "(np.inf * x, 3 * x)", given(PLAIN), None),
        ("(x, 2 * x)", "(np.inf * x, 2 * x)", given(PLAIN), "`f` returns inf or nan"),
        ("(2 * x, 3 * x)", "0 * x", given(PLAIN), None),  # they do not correspond
        ("(2 * x, 3 * x)", "(0 * x, 0 * x, 0 * x)", given(PLAIN), None),
        ("x", "np.full(3, x[1])", given(PLAIN), None),
        ("2 * x", "x + 0.5", given(ROW), None),
        ("np.vstack([x, 2 * x])", "x + 0.5", given(ROW), None),  # one row is like itself
        ("2 * x", "np.tile(x[:1], (3, 1))", given(COLUMN), "All rows"),
        ("2 * x", "np.tile(x[:1], (2, 1))", given(COLUMN[:2]), "All rows"),
        ("0 * x + 5", "np.tile(x[:1], (3, 1))", given(COLUMN), None),
        ("2 * x", "np.tile(x[:1], (3, 2))", given(COLUMN), "All rows"),
        ("(2 * x, 3 * x)", "(np.tile(x[:1], (3, 1)), x + 0.5)", given(COLUMN), None),
    ],
)
def test_a_symptom_is_told_of_all_that_is_wrong_and_of_nothing_else(tmp_path, right, theirs, call, begins):
    sentence = says(tmp_path, right, theirs, call)
    assert sentence is None if begins is None else sentence.startswith(begins)


def test_what_is_always_the_same_shows_in_three_different_calls(tmp_path):
    calls = [given(k * PLAIN) for k in (1.0, 2.0, 3.0)]
    assert says(tmp_path, "x", "np.array([9.0])", *calls).startswith("`f` returns the same for whatever")
    assert says(tmp_path, "x", "np.array([9.0])", *calls[:2]) is None
    assert says(tmp_path, "x", "np.array([9.0])", *calls[:2], calls[0]) is None
    fails = "np.array([9.0]) if x[0] < 3 else 1 / 0"
    assert says(tmp_path, "x", fails, *calls) is None, "a call that raised returned nothing"


def test_calls_that_are_right_and_calls_that_raise_in_the_same_test(tmp_path):
    calls = [given(PLAIN), given(-PLAIN)]
    assert says(tmp_path, "x", "x * (x > 0)", *calls, apart=False).startswith("All that is wrong")
    assert says(tmp_path, "2 * x", "None if x[0] > 0 else 1 / 0", *calls, apart=False) is None


def test_an_authors_symptom_must_hold_for_all_that_went_wrong_and_be_one_truth_value(tmp_path):
    own = "from grader import symptom\n@symptom('f', says='Too large.')\ndef large(given, got, right):\n    return {}\n"
    calls = [given(PLAIN), given(-PLAIN)]
    holds, once, several = (
        own.format(shows) for shows in ("abs(got).max() > 4", "got.max() > 4", "got > right")
    )
    assert says(tmp_path, "x", "2 * x", *calls, own=holds, apart=False) == "Too large."
    assert says(tmp_path, "x", "2 * x", *calls, own=once, apart=False) is None
    assert says(tmp_path, "x", "2 * x", *calls, own=several, apart=False) is None


def test_nothing_that_the_solution_warns_of_is_raised_or_shown(tmp_path):
    right = "np.log(0 * x) * 0 + (__import__('warnings').warn('look') or x)"
    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        assert says(tmp_path, right, "0 * x + np.inf", given(PLAIN)) is None
        assert says(tmp_path, right, "(None, x)[0]", given(PLAIN)).startswith("`f` returns nothing")
