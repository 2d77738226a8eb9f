"""Arguments that stay in the sandbox: several calls get the very same, and cannot tell it from any other."""

import numpy as np
import pytest

from grader.checks import check_pure
from grader.errors import CheckFailed, CourseError, StudentCrashed, StudentError, StudentTimeout
from grader.judge.remote import RemoteStudent
from grader.student import LocalStudent

SOURCE = """
import numpy as np, os

def add_one(x):
    x += 1
    return x.copy()

def total(x):
    return float(np.sum(x))

def looks(x, *rest):
    base = x.base
    return [
        str(x.dtype), x.shape, x.strides, type(x).__name__, x.flags.c_contiguous, x.flags.f_contiguous,
        x.flags.owndata, x.flags.writeable, x.flags.aligned, type(base).__name__, len(base) if base is not None else 0,
    ]

def rectify(params):
    for key in params:
        params[key][...] = np.maximum(params[key], 0)
    return 1.0

def renames(params):
    params[object()] = params.pop("W")

def ends(x):
    os._exit(0)

def hangs(x):
    while True:
        pass

def softmax(z):
    z -= z.max()
    return np.exp(z) / np.exp(z).sum()

def twice(f, x):
    return f(x) + f(x)
"""
SILENT = """
import grader.student as values
values.unchanged.__code__ = (lambda before, after: True).__code__
"""
LIES = """
import grader.sandbox.crossing.codec as codec
first, node, honest = {}, codec.Encoder.node, softmax
codec.Encoder.node = lambda self, value, depth=0: node(self, first.get(id(value), (0, value))[1], depth)

def softmax(z):
    first.setdefault(id(z), (z, z.copy()))
    return honest(z)
"""
ARRAYS = [
    np.arange(6.0).reshape(2, 3), np.asfortranarray(np.arange(6.0).reshape(2, 3)), np.arange(6.0)[::2],
    np.arange(4), np.array([True, False]), np.zeros((0, 3)), np.array(2.5), np.arange(3, dtype=np.float32),
    np.array([1 + 2j]), np.array([np.nan, -0.0, np.inf]),
]  # fmt: skip


@pytest.fixture
def opened(run):
    """A student of a session, which is its attribute."""

    def start(*cells, calls=None):
        session = run(SOURCE, *cells)
        return RemoteStudent(session, (calls if calls is not None else []).append), session

    return start


def test_calls_see_what_earlier_ones_did(opened):
    student, _ = opened()
    x = np.zeros(3)
    kept, other = student.add_one.keep([x, np.ones(2)])
    assert kept.unchanged()
    assert student.add_one.call(kept).changed == ("0",)
    assert student.add_one(kept).tolist() == [2, 2, 2]
    assert student.total(kept) == 6
    assert student.total(other) == 2
    assert (kept.unchanged(), other.unchanged(), x.tolist()) == (False, True, [0, 0, 0])


@pytest.mark.parametrize("array", ARRAYS, ids=lambda a: f"{a.dtype}{a.shape}")
def test_what_is_kept_looks_like_what_is_sent(opened, array):
    student, _ = opened()
    (kept,) = student.looks.keep([array])
    assert student.looks(kept) == student.looks(array)
    assert kept.unchanged()
    assert student.looks(*student.looks.keep([array, ARRAYS[0]])) == student.looks(array, ARRAYS[0])


@pytest.mark.parametrize(
    "value", [[1, [2.0, None], "x"], (1, X := np.ones(2)), {"W": X, 2: [True, 3j]}, 2**70, [np.float32(0.1)]], ids=repr
)  # fmt: skip
def test_what_is_read_back_is_compared_by_value(opened, value):
    student, _ = opened()
    assert [kept.unchanged() for kept in student.total.keep([value, value])] == [True, True]


def test_parts_of_a_dictionary_are_read_back_too(opened):
    student, _ = opened(SILENT)
    with pytest.raises(CheckFailed, match="changes argument 1 in place"):
        check_pure(student.rectify, {"W": np.array([-1.0, 1.0]), "b": np.ones(1)})
    check_pure(student.rectify, {"W": np.array([2.0, 1.0]), "b": np.ones(1)})


def test_what_cannot_be_read_back_has_changed(opened):
    student, _ = opened()
    (kept,) = student.renames.keep([{"W": np.ones(2)}])
    student.renames(kept)
    assert not kept.unchanged()


def test_what_was_kept_before_has_gone(opened):
    student, _ = opened()
    (old,) = student.total.keep([np.ones(2)])
    (new,) = student.total.keep([np.ones(3)])
    assert student.total(new) == 3
    for use in (lambda: student.total(old), old.unchanged):
        with pytest.raises(CourseError, match="which replaced it"):
            use()
    assert student.total(new) == 3


@pytest.mark.parametrize(("end", "error"), [("ends", StudentCrashed), ("hangs", StudentTimeout)])
def test_it_goes_with_its_process(opened, end, error):
    student, session = opened()
    (kept,) = student.total.keep([np.ones(2)])
    with pytest.raises(error):
        getattr(student, end)(kept)
    assert not session.alive
    for use in (lambda: student.total(kept), kept.unchanged):
        with pytest.raises(StudentCrashed, match="went with their process"):
            use()
    assert student.total(np.ones(2)) == 2


def test_what_cannot_cross_is_an_error_of_the_course(opened):
    student, _ = opened()
    with pytest.raises(CourseError, match="keeps an argument for total that it cannot pass"):
        student.total.keep([{1, 2}])


def test_a_large_argument_that_is_kept_may_come_back_to_a_function_of_the_test(opened):
    student, _ = opened()
    x = np.ones(100_000)
    assert check_pure(student.twice, lambda x: float(x.sum()), x) == 200_000


def test_calls_with_kept_arguments_are_not_recorded(opened):
    calls = []
    student, _ = opened(calls=calls)
    (kept,) = student.total.keep([np.ones(2)])
    student.total(kept)
    with pytest.raises(StudentError):
        student.total(kept, kept)
    assert calls == []
    check_pure(student.total, x := np.ones(2), others=[student.looks])
    assert [(call.function, call.arguments[0] is x) for call in calls] == [("total", True)] * 2


@pytest.mark.parametrize("where", ["inside", "outside"])
def test_the_verdict_is_the_same_on_both_sides(opened, where):
    names = {}
    exec(SOURCE, names)
    student = LocalStudent(names) if where == "outside" else opened()[0]
    z = np.array([1.0, 3.0, 2.0])
    for function in (student.add_one, student.softmax):
        with pytest.raises(CheckFailed, match="changes argument 1 in place"):
            check_pure(function, z, others=[student.total])
    assert check_pure(student.total, z, others=[student.add_one]) == 6


def test_each_look_finds_what_the_ones_before_it_are_lied_to_about(opened):
    z = np.array([1.0, 3.0, 2.0])
    student, _ = opened(SILENT)
    with pytest.raises(CheckFailed, match="softmax changes argument 1 in place"):
        check_pure(student.softmax, z)
    student, _ = opened(SILENT, LIES)
    check_pure(student.softmax, z)
    with pytest.raises(
        CheckFailed, match="total returns a different result for arguments that softmax was called"
    ):
        check_pure(student.softmax, z, others=[student.total])


def test_another_function_that_never_ends_is_waited_for_once(opened):
    student, session = opened()
    for _ in range(3):
        assert check_pure(student.total, np.ones(3), others=[student.hangs, student.looks]) == 3
    assert session.stopped == {"hangs": 1}
    assert session._references._generation == 2
    with pytest.raises(CheckFailed, match="changes argument 1 in place"):
        check_pure(student.softmax, np.ones(3), others=[student.hangs])


def test_another_function_that_never_ends_after_the_change_tells_of_it(opened):
    waits = "def waits(x):\n    while x.max() == 0: pass\n    return float(x.max())"
    student, _ = opened(SILENT, LIES, waits)
    with pytest.raises(CheckFailed, match="waits returns a different result for arguments that softmax"):
        check_pure(student.softmax, np.array([1.0, 3.0, 2.0]), others=[student.waits])
