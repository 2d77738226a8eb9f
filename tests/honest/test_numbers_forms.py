"""Answers in other forms than arrays: taken as what they stand for, or told by their type, and alike in both places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.checks import check_close, check_curve, check_outputs, check_pure, check_scalar
from grader.errors import CheckFailed, StudentError
from grader.judge.remote import RemoteStudent
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.session import Session
from grader.student import LocalStudent
from tests.sandbox.conftest import notebook

SOURCE = '''
import array, collections, datetime, decimal, fractions, threading, types
import numpy as np

class Own:
    pass

class Numbers:
    """A sequence of a student's own."""
    def __init__(self, *numbers): self.numbers = numbers
    def __array__(self, dtype=None, copy=None): return np.array(self.numbers, dtype)

class Metres(float):
    pass

class Broken:
    def __array__(self, dtype=None, copy=None): raise RuntimeError("no")
    def __len__(self): raise RuntimeError("no")

def counting():
    yield 1.0
    yield 2.0

Pair = collections.namedtuple("Pair", "first second")
LOCK = threading.Lock()

def give(text):
    return eval(text)

def same(x):
    return x

def spoil(x):
    while not isinstance(x, np.ndarray):
        x = x["a"] if isinstance(x, dict) else x[0]
    x += 1

def halved(w, state):
    state = dict(state)
    state["seen"] = state.get("seen", collections.deque(maxlen=2))
    state["seen"].appendleft(len(state["seen"]))
    state["share"] = state.get("share", fractions.Fraction(1)) / 2
    return w * float(state["share"]), state
'''
LOCAL: dict[str, Any] = {}
exec(SOURCE, LOCAL)

TAKEN = [
    ("fractions.Fraction(3, 4)", 0.75),
    ("decimal.Decimal('0.75')", 0.75),
    ("decimal.Decimal(3)", 3),
    ("fractions.Fraction(2**70, 1)", 2**70),
    ("decimal.Decimal('NaN')", np.nan),
    ("fractions.Fraction(10**400, 1)", np.inf),
    ("Metres(0.75)", 0.75),
    ("np.longdouble(0.75)", 0.75),
    ("collections.deque([1.0, 2.0])", np.array([1.0, 2.0])),
    ("array.array('d', [1.0, 2.0])", np.array([1.0, 2.0])),
    ("memoryview(np.array([1.0, 2.0]))", np.array([1.0, 2.0])),
    ("range(1, 3)", np.array([1, 2])),
    ("{'a': 1.0, 'b': 2.0}.values()", np.array([1.0, 2.0])),
    ("{1.0: 0, 2.0: 0}.keys()", np.array([1.0, 2.0])),
    ("collections.UserList([1.0, 2.0])", np.array([1.0, 2.0])),
    ("Pair(1.0, 2.0)", np.array([1.0, 2.0])),
    ("Numbers(1.0, 2.0)", np.array([1.0, 2.0])),
    ("np.ma.array([1.0, 2.0])", np.array([1.0, 2.0])),
    ("np.ma.array([1.0, 2.0], mask=[True, False])", np.array([np.nan, 2.0])),
    ("np.array([1.0, 2.0], dtype=object)", np.array([1.0, 2.0])),
    ("[fractions.Fraction(1), decimal.Decimal(2)]", np.array([1.0, 2.0])),
    ("[collections.deque([1, 2]), range(3, 5)]", np.array([[1, 2], [3, 4]])),
    ("np.array([fractions.Fraction(1, 2)], dtype=object)", np.array([0.5])),
    ("collections.UserDict(a=1.0)", {"a": 1.0}),
    ("types.MappingProxyType({'a': collections.deque([1.0])})", {"a": np.array([1.0])}),
    ("{'a': fractions.Fraction(1, 2)}", {"a": 0.5}),
    ("collections.deque([np.ones(2), 3])", (np.ones(2), 3)),
    ("np.str_('yes')", "yes"),
    ("np.array('yes')", "yes"),
    ("np.bytes_(b'yes')", b"yes"),
    ("bytearray(b'yes')", b"yes"),
]  # fmt: skip

TOLD = [
    ("counting()", "f is a generator, not an array of numbers. Turn it into a list."),
    ("map(float, [1, 2])", "f is a map, not an array of numbers. Turn it into a list."),
    ("zip([1.0], [2.0])", "f is a zip, not an array of numbers. Turn it into a list."),
    ("{1.0, 2.0}", "f is a set, not an array of numbers."),
    ("frozenset({1.0})", "f is a frozenset, not an array of numbers."),
    ("LOCK", "f is a lock, not an array of numbers."),
    ("open('/dev/null')", "f is a TextIOWrapper, not an array of numbers."),
    ("np", "f is a module, not an array of numbers."),
    ("counting", "f is a function, not an array of numbers."),
    ("np.random.default_rng(1)", "f is a Generator, not an array of numbers."),
    ("datetime.date(2027, 1, 1)", "f is a date, not an array of numbers."),
    ("Own()", "f is an object of a custom class, not an array of numbers."),
    ("Broken()", "f is an object of a custom class, not an array of numbers."),
    ("...", "f is `...`: replace the starter code with your own."),
    ("None", "f is None. Does the function return its result?"),
    ("{'a': 1.0}", "f is a dictionary of 1, not an array of numbers."),
    ("[Own(), Own()]", "f is a list that holds an object of a custom class"),
    ("[1.0, LOCK]", "f is a list that holds a lock"),
    ("range(10**12)", "f is a range, not an array of numbers."),
    ("(1.0, counting())", "f is a tuple that holds a generator"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(preload=("numpy",)) as made:
        yield made


@pytest.fixture(scope="module")
def remote(sandbox: Sandbox) -> Iterator[RemoteStudent]:
    with Session(sandbox, {"ps1.ipynb": notebook(SOURCE)}, "ps1", 1) as session:
        session.load()
        yield RemoteStudent(session, [].append)


@pytest.fixture(params=["inside", "outside"])
def student(request, remote):
    return remote if request.param == "inside" else LocalStudent(LOCAL)


@pytest.mark.parametrize(("text", "right"), TAKEN, ids=[text for text, _ in TAKEN])
def test_what_stands_for_a_value_is_taken_for_it(student, text, right):
    check_close(student.give(text), right)
    if isinstance(right, float):
        check_scalar(student.give(text), finite=False)


NUMBERS = [(text, right) for text, right in TAKEN if isinstance(right, float | np.ndarray)]


@pytest.mark.parametrize(("text", "right"), NUMBERS, ids=[text for text, _ in NUMBERS])
@pytest.mark.parametrize("error", [1e-2, 1e-4, 1e-6, 1e-8])
def test_and_a_wrong_one_is_still_wrong(student, text, right, error):
    with pytest.raises(CheckFailed):
        check_close(student.give(text), np.where(np.isfinite(right), right, 0.0) * (1 + error))


@pytest.mark.parametrize(("text", "said"), TOLD, ids=[text for text, _ in TOLD])
def test_what_is_no_number_is_told_by_its_type(student, text, said):
    with pytest.raises(CheckFailed) as caught:
        check_close(student.give(text), np.array([1.0, 2.0]), name="f")
    assert said in caught.value.summary


@pytest.mark.parametrize("text", [text for text, _ in TAKEN + TOLD])
def test_nothing_gives_another_result_when_it_is_called_again(student, text):
    check_pure(student.give, text)


def test_outputs_and_curves_come_in_any_sequence(student):
    assert len(check_outputs(student.give("collections.deque([1, 2])"), ("a", "b"))) == 2
    check_curve(student.give("[collections.deque([0, 1]), array.array('d', [0, 1])]"), ([0, 1], [0, 1]))
    with pytest.raises(CheckFailed, match="returned a generator, but should return two values"):
        check_outputs(student.give("counting()"), ("a", "b"))


def test_an_object_that_stands_for_a_value_comes_back_as_the_object(student):
    w, state = np.array([4.0]), {}
    for expected in (2.0, 0.5, 0.0625):
        w, state = student.halved(w, state)
        check_close(w, np.array([expected]))
    check_close(state["share"], 0.125)
    check_close(state["seen"], np.array([2, 1]))


def test_what_cannot_be_copied_can_be_passed_on(student):
    for text in ("LOCK", "counting()", "open('/dev/null')", "np"):
        student.same(student.give(text))
        student.same([student.give(text)])


def test_a_value_that_is_too_large_to_look_into_is_told(student):
    with pytest.raises((CheckFailed, StudentError)):
        check_close(student.give("collections.deque(range(300_000))"), np.zeros(2))


def test_a_change_within_a_tuple_is_a_change(student):
    for text in ("(np.ones(2), 1)", "[np.ones(2)]", "{'a': (np.ones(2),)}"):
        with pytest.raises(CheckFailed, match="changes argument 1 in place"):
            check_pure(student.spoil, LOCAL["give"](text))
    check_pure(student.same, (np.ones(2), 1))
