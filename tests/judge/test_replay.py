"""Replay: a student's calls made again on other code, and when they tell nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.errors import StudentError
from grader.judge import calls, replay
from grader.judge.calls import CallLog
from grader.judge.objects import ObservedStudent
from grader.judge.replay import Thread, memory_hides_the_cause, threads_of, with_memory

Test = Callable[[Any], Any]
SOLUTION = """
import numpy as np

def mean(x):
    return x.sum() / len(x)

def variance(x):
    return mean((x - mean(x)) ** 2)

def momentum(w, dw, state, mu=0.5):
    v = mu * state.get("v", 0) + dw
    return w - v, {"v": v}

class Adder:
    def __init__(self, start):
        self.total = start
    def add(self, x):
        self.total = self.total + x
        return self
    def __add__(self, x):
        return Adder(self.total + x)
    def __call__(self, x):
        return self.total * x
"""
SUM_FOR_MEAN = "def mean(x):\n    return x.sum()\n"
UNBIASED = "def variance(x):\n    return ((x - mean(x)) ** 2).sum() / (len(x) - 1)\n"
FORGETS = 'def momentum(w, dw, state, mu=0.5):\n    return w - dw, {"v": dw}\n'
DATA = np.array([1.0, 2.0, 4.0, 9.0])


def namespace(*replaced: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "solution"}
    for source in (SOLUTION, *replaced):
        exec(source, names)
    return names


def log_of(*replaced: str, **tests: Test) -> CallLog:
    """The calls that some tests make of a student who has the solution with some functions replaced."""
    log = CallLog()
    for name, test in tests.items():
        test(ObservedStudent(namespace(*replaced), log.recorder(name)))
    return log


def reproduced(threads: list[Thread], *replaced: str) -> bool:
    assert threads
    return all(thread.reproduced_in(namespace(*replaced)) for thread in threads)


# What replays ------------------------------------------------------------------------------------------------


def test_a_call_is_reproduced_by_the_code_that_gave_it_and_by_no_other():
    threads = threads_of(log_of(SUM_FOR_MEAN, test=lambda s: s.mean(DATA)), "mean")
    assert reproduced(threads, SUM_FOR_MEAN)
    assert not reproduced(threads)
    assert not reproduced(threads, "def mean(x):\n    return x.sum() / (len(x) - 1)\n")


@pytest.mark.parametrize(("error", "same"), [(1e-13, True), (1e-8, False)])
def test_rounding_is_no_difference_and_a_small_mistake_is_one(error: float, same: bool):
    threads = threads_of(log_of(test=lambda s: s.mean(DATA)), "mean")
    assert reproduced(threads, f"def mean(x):\n    return x.mean() * (1 + {error})\n") is same


def test_every_call_of_a_function_has_to_be_reproduced():
    log = log_of(SUM_FOR_MEAN, one=lambda s: s.mean(np.array([3.0])), other=lambda s: s.mean(DATA))
    single, several = threads_of(log, "mean")
    assert reproduced([single]), "of one number the sum is the mean"
    assert not reproduced([single, several])
    assert reproduced([single, several], SUM_FOR_MEAN)


def test_calls_of_a_function_are_threads_of_their_own_unless_they_make_objects():
    log = log_of(one=lambda s: [s.mean(DATA), s.mean(DATA[:2])], other=lambda s: s.mean(DATA))
    assert [len(thread.calls) for thread in threads_of(log, "mean")] == [1, 1, 1]


def test_a_dictionary_that_does_not_come_back_is_data():
    both = 'def count(x):\n    return {{"n": len(x){0}}}\ndef pair(x):\n    return x, {{"n": len(x){0}}}\n'
    log = log_of(both.format(" + 1"), test=lambda s: [s.count(DATA), s.pair(DATA)])
    for function in ("count", "pair"):
        assert reproduced(threads_of(log, function), both.format(" + 1"))
        assert not reproduced(threads_of(log, function), both.format(""))


def test_keywords_and_changes_in_place_are_part_of_a_call():
    threads = threads_of(log_of(test=lambda s: s.momentum(1.0, 1.0, {"v": 2.0}, mu=0.9)), "momentum")
    assert reproduced(threads)
    assert not reproduced(
        threads, "def momentum(w, dw, state, mu=0.5):\n    return w - 2 * dw, {'v': 2 * dw}\n"
    )
    writes = "def mean(x):\n    x /= len(x)\n    return x.sum()\n"
    assert not reproduced(threads_of(log_of(writes, test=lambda s: s.mean(DATA.copy())), "mean"))


def test_an_exception_is_reproduced_by_one_of_the_same_kind():
    raises = "def mean(x):\n    raise {}\n"

    def test(student: Any) -> None:
        with pytest.raises(StudentError):
            student.mean(DATA)

    threads = threads_of(log_of(raises.format("KeyError('a')"), test=test), "mean")
    assert reproduced(threads, raises.format("KeyError('b')"))
    assert not reproduced(threads, raises.format("ValueError('a')"))
    assert not reproduced(threads)


def test_a_generator_is_replayed_as_the_student_got_it():
    draws = "def draw(rng):\n    return rng.normal(size=3)\n"

    def test(student: Any) -> None:
        rng = np.random.default_rng(1)
        student.draw(rng)
        rng.normal(size=100)

    assert reproduced(threads_of(log_of(draws, test=test), "draw"), draws)


# Objects -----------------------------------------------------------------------------------------------------


def steps(student: Any) -> None:
    adder = student.Adder(1.0)
    adder.add(2.0)
    (adder + 4.0)(2.0)
    _ = adder.total


def test_what_is_done_with_an_object_is_one_thread_of_its_test():
    log = log_of(one=steps, other=lambda s: s.Adder(0.0).total)
    one, other = threads_of(log, "Adder")
    assert [call.on for call in one.calls] == ["", ".add", "()", "add", "()", ".total"]
    assert [call.on for call in other.calls] == ["", ".total"]
    assert reproduced([one, other])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("self.total = self.total + x", "self.total = self.total - x"),
        ("Adder(self.total + x)", "Adder(self.total)"),
        ("self.total * x", "self.total"),
        ("return self\n", "return None\n"),
    ],
)
def test_a_mistake_in_any_step_shows(right: str, wrong: str):
    assert right in SOLUTION
    assert not reproduced(threads_of(log_of(test=steps), "Adder"), SOLUTION.replace(right, wrong))


def test_an_object_from_another_function_cannot_be_replayed():
    makes = "def make():\n    return Adder(1.0)\ndef read(adder):\n    return adder.total\n"
    threads = threads_of(log_of(makes, test=lambda s: s.read(s.make())), "read")
    assert not reproduced(threads, makes), "nothing stands for the object, so nothing may be concluded"


# Two mistakes ------------------------------------------------------------------------------------------------


def test_two_mistakes_compose():
    log = log_of(SUM_FOR_MEAN, UNBIASED, test=lambda s: s.variance(DATA))
    threads = threads_of(log, "variance")
    assert reproduced(threads, SUM_FOR_MEAN, UNBIASED)
    assert not reproduced(threads, SUM_FOR_MEAN)
    assert not reproduced(threads, UNBIASED)
    assert not reproduced(threads)


def test_a_mistake_shows_through_a_function_that_uses_it():
    threads = threads_of(log_of(SUM_FOR_MEAN, test=lambda s: s.variance(DATA)), "variance")
    assert reproduced(threads, SUM_FOR_MEAN)
    assert not reproduced(threads, UNBIASED)


# Memories ----------------------------------------------------------------------------------------------------


def three_steps(student: Any) -> None:
    w, state = 1.0, {}
    for slope in (1.0, 0.25, 0.5):
        w, state = student.momentum(w, slope, state)


OWN_LAYOUT = (
    "def momentum(w, dw, state, mu=0.5):\n"
    '    old = state.get("steps", [0.0])[-1]\n'
    '    return w - (mu * old + dw), {"steps": [mu * old + dw]}\n'
)


def test_a_dictionary_that_comes_back_is_a_memory_with_a_layout_of_the_students_own():
    log = log_of(OWN_LAYOUT, test=three_steps)
    assert not reproduced(threads_of(log, "momentum")), "as data, the layout is a difference"
    (thread,) = with_memory(log, "momentum")
    assert thread.memory == {1}
    assert reproduced([thread])
    assert not reproduced([thread], FORGETS)


def test_without_a_dictionary_that_comes_back_there_is_no_memory():
    log = log_of(OWN_LAYOUT, test=lambda s: s.momentum(1.0, 1.0, {}))
    assert with_memory(log, "momentum") == []


def test_a_memory_hides_the_cause_where_losing_it_gives_the_same():
    kept = with_memory(log_of(OWN_LAYOUT, test=three_steps), "momentum")
    lost = with_memory(log_of(FORGETS, test=three_steps), "momentum")
    assert not memory_hides_the_cause(kept, namespace())
    assert memory_hides_the_cause(lost, namespace())


@pytest.mark.parametrize("kept", ["dict(state)", "{}", "{'own': 0.0 * dw}", "{**state, 'own': 0.0}"])
def test_a_memory_that_holds_nothing_new_hides_nothing(kept):
    """Nothing is kept in it, whether it could be read or not."""
    empty = f"def momentum(w, dw, state, mu=0.5):\n    return w - dw, {kept}\n"
    threads = with_memory(log_of(empty, test=three_steps), "momentum")
    assert threads[0].memory == {1}
    assert not memory_hides_the_cause(threads, namespace())


def test_a_memory_hides_the_cause_where_every_call_gives_back_what_it_was_given():
    idle = "def momentum(w, dw, state, mu=0.5):\n    return w, dict(state)\n"
    assert memory_hides_the_cause(with_memory(log_of(idle, test=three_steps), "momentum"), namespace())


def test_a_memory_hides_nothing_where_one_of_two_results_is_not_what_was_given():
    def three_results(student: Any) -> None:
        state: dict[str, Any] = {}
        for slope in (1.0, 0.25, 0.5):
            _, _, state = student.momentum(1.0, slope, state)

    half = "def momentum(w, dw, state):\n    return w, 5 * dw, dict(state)\n"
    right = "def momentum(w, dw, state):\n    return w - dw, dw, dict(state, v=dw)\n"
    threads = with_memory(log_of(half, test=three_results), "momentum")
    assert threads[0].memory == {2}
    assert not memory_hides_the_cause(threads, namespace(right))


# Limits, and silence -----------------------------------------------------------------------------------------


def test_of_a_large_memory_only_single_keys_and_all_are_forgotten(monkeypatch: pytest.MonkeyPatch):
    forgotten: list[tuple[str, ...]] = []

    def note(self: Thread, names: Any, forget: Any = ()) -> bool:
        forgotten.append(tuple(sorted(forget)))
        return False

    keys = [f"k{i}" for i in range(replay.MAX_KEYS + 1)]
    fills = f"def momentum(w, dw, state, mu=0.5):\n    return w - dw, dict.fromkeys({keys}, dw)\n"
    threads = with_memory(log_of(fills, test=three_steps), "momentum")
    monkeypatch.setattr(Thread, "reproduced_in", note)
    assert not memory_hides_the_cause(threads, namespace(fills))
    assert sorted(forgotten) == sorted([*((key,) for key in keys), tuple(keys)])


def test_a_call_for_which_there_was_no_room_is_reproduced_by_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(calls, "MAX_BYTES", 100)
    log = log_of(test=lambda s: s.mean(DATA))
    ((call,),) = log.by_test.values()
    assert call.arguments == ()
    assert not reproduced(threads_of(log, "mean"))


def test_a_mistake_that_nobody_knows_is_reproduced_by_nothing_known():
    threads = threads_of(log_of("def mean(x):\n    return x[0]\n", test=lambda s: s.mean(DATA)), "mean")
    assert not any(reproduced(threads, *known) for known in ((), (SUM_FOR_MEAN,), (UNBIASED,)))


def test_a_function_that_was_never_called_has_nothing_to_replay():
    log = log_of(test=lambda s: s.mean(DATA))
    assert threads_of(log, "variance") == with_memory(log, "variance") == []
