"""Symptoms: told where they hold for all that went wrong, and never where they do not."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from grader.errors import CourseError
from grader.judge.calls import CallLog
from grader.judge.objects import ObservedStudent
from grader.judge.symptoms import Symptoms
from grader.pset.symptoms import load_symptoms

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


def problem_set(folder, own=""):
    (folder / "symptoms.py").write_text(own)
    return SimpleNamespace(
        name="p",
        course=folder,
        solution_cells=lambda: ["# BEGIN SOLUTION" + SOLUTION + "# END SOLUTION"],
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
