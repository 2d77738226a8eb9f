"""A change in place is found by what is said of it, and by its effect where nothing is said."""

from dataclasses import replace

import numpy as np
import pytest

from grader.checks import check_pure
from grader.errors import CheckFailed, CourseError, LimitHit, StudentError, StudentTimeout
from grader.judge.objects import ObservedStudent
from grader.student import LocalFunction, LocalKept, LocalStudent

X = np.array([[0.5, -1.5], [2.0, 0.25], [-0.75, 1.0]])


class SaysNothing(LocalFunction):
    """A function of which nothing is ever said to have changed."""

    def call(self, *arguments, **keywords):
        return replace(super().call(*arguments, **keywords), changed=())


class Lies(SaysNothing):
    """The same, and what is read back is said to be as it was."""

    def keep(self, values):
        return [ReadsAsBefore(value) for value in values]


class ReadsAsBefore(LocalKept):
    def unchanged(self):
        return True


# Functions that change their argument ------------------------------------------------------------------------


def zeroed(x):
    total = x.sum()
    x[...] = 0
    return total


def rectified(x):
    """The same result when it is called again."""
    np.maximum(x, 0, out=x)
    return x.copy()


def shifted(z):
    """Changes what its result does not depend on."""
    z -= z.max()
    return np.exp(z) / np.exp(z).sum()


def second_time():
    calls = []

    def function(x):
        calls.append(None)
        value = np.tanh(x)
        if len(calls) % 2 == 0:
            x += 1
        return value

    return function


def linear(x):
    return 3 * x


HOW = {"plain": None, "said": LocalFunction, "not said": SaysNothing, "lied about": Lies}


def made(how, function):
    kind = HOW[how]
    return function if kind is None else kind(function.__name__, {function.__name__: function})


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("function", [zeroed, rectified, shifted, second_time()], ids=lambda f: f.__name__)
def test_a_change_is_found_whoever_denies_it(how, function):
    x = X.copy()
    with pytest.raises(CheckFailed):
        check_pure(made(how, function), x, others=[made(how, linear)])
    assert np.array_equal(x, X)


@pytest.mark.parametrize(("function", "found"), [(zeroed, True), (rectified, False), (shifted, False)])
def test_without_another_function_a_lie_hides_only_a_change_that_gives_the_same_again(function, found):
    if found:
        with pytest.raises(CheckFailed, match="a different result when called again"):
            check_pure(made("lied about", function), X)
    else:
        check_pure(made("lied about", function), X)
    with pytest.raises(CheckFailed, match="changes argument 1 in place"):
        check_pure(made("said", function), X)


def test_a_change_that_is_read_back_names_the_argument():
    def changes_the_second(x, y, *, z):
        np.maximum(y, 0, out=y)
        np.maximum(z, 0, out=z)
        return float(np.maximum(y, 0).sum() + np.maximum(z, 0).sum())

    with pytest.raises(CheckFailed) as failed:
        check_pure(made("not said", changes_the_second), X, X.copy(), z=X.copy())
    assert "changes argument 2, argument z in place" in failed.value.summary


def test_another_function_shows_a_change_of_one_argument_of_several():
    def middle(x, y, scale):
        y -= y.max()
        return x + int(np.argmax(y)) * scale

    def both(x, y):
        return x - y

    x, y = X.copy(), X + 1
    with pytest.raises(
        CheckFailed, match="both returns a different result for arguments that middle was called with"
    ):
        check_pure(made("lied about", middle), x, y, 2.0, others=[(made("lied about", both), x, y)])
    check_pure(made("lied about", middle), x, y, 2.0, others=[(made("lied about", linear), x)])


@pytest.mark.parametrize("value", [{"W": X, "b": [1.0, 2.0]}, [X, X], (X, {"a": X}), [3, 1, 2]], ids=repr)
def test_containers_stay_with_all_that_they_hold(value):
    def first_grows(value):
        inner = value
        while not isinstance(inner, np.ndarray | int):
            holder, key = inner, next(iter(inner)) if isinstance(inner, dict) else 0
            inner = inner[key]
        if isinstance(inner, int):
            holder[key] = inner + 1
        else:
            inner += 1
        return 0

    for how in ("plain", "said", "not said"):
        with pytest.raises(CheckFailed, match="changes argument 1 in place"):
            check_pure(made(how, first_grows), value)
        check_pure(made(how, repr), value)


# Right functions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", HOW)
def test_a_right_function_passes_with_all_kinds_of_arguments(how):
    def function(x, rng, f, words=None, *, like=None):
        return f(x) + rng.normal(size=x.shape) + len(words or ()) + like.sum()

    rng = np.random.default_rng(3)
    others = [made(how, linear)]
    got = check_pure(made(how, np.tanh), X, others=others)
    assert np.array_equal(got, np.tanh(X))
    x = X.copy()
    got = check_pure(made(how, function), x, rng, np.sin, ["a"], like=x, others=[(made(how, linear), x)])
    assert np.allclose(got, np.sin(X) + np.random.default_rng(3).normal(size=X.shape) + 1 + X.sum())
    assert rng.normal() == np.random.default_rng(3).normal()


def test_the_same_array_twice_is_two_arguments():
    def into_the_second(x, y):
        y[...] = 0  # would change x too, were they one
        return x.sum()

    with pytest.raises(CheckFailed, match="changes argument 2 in place"):
        check_pure(made("not said", into_the_second), X, X)


def test_a_function_is_not_charged_with_what_another_does_or_fails_to_do():
    turns = iter(range(99))

    def raises(x):
        raise ValueError("not yet written")

    def never_the_same(x):
        return x + next(turns)

    def by_turns(x):
        return x * (-1) ** next(turns)

    others = [made("said", other) for other in (raises, never_the_same, by_turns)]
    others += [made("said", zeroed), LocalStudent({}).not_there, made("said", linear)]
    for _ in range(2):  # whichever turn it is
        check_pure(made("said", np.tanh), X, others=others)
        next(turns)
    check_pure(made("lied about", rectified), X, others=others[:3])
    for seen in others[3], others[5]:
        with pytest.raises(CheckFailed, match=f"{seen.name} returns a different result"):
            check_pure(made("lied about", rectified), X, others=[*others[:3], seen])


def test_an_exception_of_the_other_that_the_change_makes_tells_of_it():
    def logarithm(x):
        if (x <= 0).any():
            raise ValueError("not positive")
        return np.log(x)

    def largest_first(x):
        x -= x.max()
        return int(np.argmax(x))

    with pytest.raises(CheckFailed, match="logarithm returns a different result"):
        check_pure(made("lied about", largest_first), np.abs(X), others=[made("said", logarithm)])


def test_an_other_function_that_shares_no_array_is_an_error_of_the_course():
    for others in ([(linear, X.copy())], [(linear, 2.0)]):
        with pytest.raises(CourseError, match="linear shares no array"):
            check_pure(np.tanh, X, others=others)
    with pytest.raises(CourseError, match="linear shares no array"):
        check_pure(np.tanh, 2.0, others=[linear])


def test_the_end_of_a_submissions_time_is_no_silence_of_another_function():
    class NoTime(LocalFunction):
        def call(self, *arguments, **keywords):
            raise StudentTimeout("grading stopped", limit=LimitHit(self.name, 1, 1))

    check_pure(np.tanh, X, others=[NoTime("call_seconds", {})])
    with pytest.raises(StudentTimeout):
        check_pure(np.tanh, X, others=[NoTime("submission_seconds", {})])


def test_exceptions_go_through_as_they_are():
    def fails(x):
        raise KeyError(7)

    with pytest.raises(KeyError):
        check_pure(fails, X)
    with pytest.raises(StudentError, match="KeyError"):
        check_pure(made("said", fails), X)


# What is recorded ---------------------------------------------------------------------------------------------


def test_two_calls_with_fresh_copies_are_recorded_and_nothing_of_the_search_for_effects():
    for function, known in ((np.tanh, [(), ()]), (zeroed, [("0",)])):
        for kind in (LocalStudent, ObservedStudent):
            calls = []
            student = kind({"f": function, "other": linear}, calls.append)
            try:
                check_pure(student.f, X, others=[student.other])
            except CheckFailed:
                assert function is zeroed
            assert [call.function for call in calls] == ["f"] * len(known)
            assert [call.changed for call in calls] == known
            assert all(call.arguments[0] is X for call in calls)


@pytest.mark.parametrize("kind", [LocalStudent, ObservedStudent])
def test_what_is_kept_is_the_callees_own(kind):
    student = kind({"zeroed": zeroed, "linear": linear}, [].append)
    (kept,) = student.zeroed.keep([X])
    assert kept.unchanged()
    assert student.zeroed.call(kept).changed == ("0",)
    assert not kept.unchanged()
    assert not student.linear(kept).any()
    assert student.linear.call(kept).changed == ()
    assert X.any()


@pytest.mark.parametrize("others", [[], [linear]], ids=["alone", "beside another"])
def test_a_change_that_is_put_off_until_the_next_call_is_found(others):
    before = []

    def late(x):
        for array in before:
            if array is not x:
                array[...] = 3
        before[:] = [x]
        return np.tanh(x)

    with pytest.raises(CheckFailed, match=r"late changes argument 1 in place"):
        check_pure(late, X, others=others)


class Moments:
    """A state of a student's own kind, which only its own functions read."""

    def __init__(self, steps=0):
        self.steps = steps


@pytest.mark.parametrize(
    "layout",
    [lambda state: state, lambda state: {"state": state, "m": X}, lambda state: [X, (state, X)]],
    ids=["the object", "in a dictionary", "in lists"],
)
def test_objects_in_a_result_tell_nothing_and_what_lies_beside_them_does(layout):
    def step(w, state):
        return w - 1.0, layout(Moments(state["steps"] + 1))

    check_pure(step, X, {"steps": 0})

    calls = []

    def restless(w, state):
        calls.append(w)
        return w - len(calls), layout(Moments())

    with pytest.raises(CheckFailed, match="a different result"):
        check_pure(restless, X, {"steps": 0})


def test_a_state_that_is_an_object_and_is_changed_shows_in_the_result():
    state = Moments()

    def step(w):
        state.steps += 1
        return w - state.steps, state

    with pytest.raises(CheckFailed, match="a different result"):
        check_pure(step, X)
