"""What the course's own code gives for a call is kept for other submissions that get the same call."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.judge import outcomes
from grader.judge.calls import CallLog
from grader.judge.objects import ObservedStudent
from grader.judge.outcomes import Outcomes
from grader.judge.replay import Thread, threads_of, with_memory

SOURCE = """
import numpy as np

def mean(x):
    made.append("mean")
    total = x.sum()
    return total / len(x)

def step(w, dw, state):
    made.append("step")
    v = 0.5 * state.get("v", 0.0) + dw
    return w - v, {"v": v}

def sampled(rng):
    made.append("sampled")
    return rng.random(2)

class Adder:
    def __init__(self, start):
        made.append("Adder")
        self.total = start
    def __add__(self, x):
        return self.total + x
"""
FORGETS = 'def step(w, dw, state):\n    made.append("step")\n    return w - dw, {"v": dw}\n'
OTHER_KEYS = 'def step(w, dw, state):\n    v = 0.5 * state.get("u", 0.0) + dw\n    return w - v, {"u": v}\n'
DATA = np.array([1.0, 2.0, 4.0, 9.0])


class Code:
    """The solution's names, some of them replaced, and a list of the calls that were made of them."""

    def __init__(self, *replaced: str) -> None:
        self.made: list[str] = []
        self.names: dict[str, Any] = {"__name__": "solution", "made": self.made}
        for source in (SOURCE, *replaced):
            exec(compile(source, "<solution>", "exec"), self.names)

    def __call__(self) -> dict[str, Any]:
        return self.names


def log_of(test, *replaced: str) -> CallLog:
    log = CallLog()
    test(ObservedStudent(Code(*replaced)(), log.recorder("test")))
    return log


def thread_of(function: str, test, *replaced: str) -> Thread:
    (thread,) = threads_of(log_of(test, *replaced), function)
    return thread


def values(pairs) -> list[Any]:
    return [again.value for _, again in pairs]


def test_the_same_call_is_made_once_whoever_made_it():
    kept, code = Outcomes(), Code()
    for _ in range(3):
        thread = thread_of("mean", lambda s: s.mean(DATA), "def mean(x):\n    return 5.0\n")
        assert values(kept.replay(thread, "solution", code)) == [4.0]
    assert code.made == ["mean"]


def test_each_pair_has_the_call_of_its_own_submission():
    kept, code = Outcomes(), Code()
    for theirs in (5.0, 7.0):
        thread = thread_of("mean", lambda s: s.mean(DATA), f"def mean(x):\n    return {theirs}\n")
        ((call, again),) = kept.replay(thread, "solution", code)
        assert (call.value, again.value) == (theirs, 4.0)


@pytest.mark.parametrize(
    "other", [lambda s: s.mean(DATA + 1e-15), lambda s: s.mean(DATA.astype(np.float32)), lambda s: s.mean(x=DATA)]
)  # fmt: skip
def test_another_call_is_another_one(other):
    kept, code = Outcomes(), Code()
    list(kept.replay(thread_of("mean", lambda s: s.mean(DATA)), "solution", code))
    list(kept.replay(thread_of("mean", other), "solution", code))
    assert code.made == ["mean", "mean"]


def test_other_code_is_asked_itself():
    kept = Outcomes()
    thread = thread_of("mean", lambda s: s.mean(DATA))
    assert values(kept.replay(thread, "solution", Code())) == [4.0]
    assert values(kept.replay(thread, "sum", Code("def mean(x):\n    return x.sum()\n"))) == [16.0]
    assert values(kept.replay(thread, "solution", Code("def mean(x):\n    return x.sum()\n"))) == [4.0]


def test_a_generator_counts_with_its_state():
    kept, code = Outcomes(), Code()
    for seed in (1, 1, 2):
        thread = thread_of("sampled", lambda s, seed=seed: s.sampled(np.random.default_rng(seed)))
        (drawn,) = values(kept.replay(thread, "solution", code))
        assert np.array_equal(drawn, np.random.default_rng(seed).random(2))
    assert code.made == ["sampled", "sampled"]


def test_what_is_done_with_objects_is_done_again():
    kept, code = Outcomes(), Code()
    (thread,) = threads_of(log_of(lambda s: s.Adder(2.0) + 3.0), "Adder")
    assert thread.key is None
    for _ in range(2):
        assert values(kept.replay(thread, "solution", code))[-1] == 5.0
    assert code.made == ["Adder", "Adder"]


# Memories ----------------------------------------------------------------------------------------------------


def descend(student) -> None:
    w, state = 1.0, {}
    for dw in (1.0, 2.0, 4.0):
        w, state = student.step(w, dw, state)


def test_a_memory_is_ours_whatever_its_layout():
    """Steps with a state of another layout are the same calls, since each gets back what it returned itself."""
    kept, code = Outcomes(), Code()
    for theirs in (OTHER_KEYS, SOURCE):
        (thread,) = with_memory(log_of(descend, theirs), "step")
        assert [again.value[0] for _, again in kept.replay(thread, "solution", code)] == [0.0, -2.5, -7.75]
        assert thread.reproduced_by(kept.replay(thread, "solution", code))
    assert code.made == ["step"] * 3


def test_as_ordinary_data_a_state_is_part_of_the_call():
    kept, code = Outcomes(), Code()
    for theirs in (OTHER_KEYS, SOURCE):
        for thread in threads_of(log_of(descend, theirs), "step"):
            list(kept.replay(thread, "solution", code))
    assert code.made == ["step"] * 5, "the first call is the same, the others get other states"


def test_with_a_memory_and_without_are_not_mixed_up():
    kept, code = Outcomes(), Code()
    log = log_of(lambda s: s.step(*s.step(1.0, 1.0, {})[:1], 2.0, {}), FORGETS)
    first = threads_of(log, "step")[0]
    as_memory = Thread(first.calls, frozenset([1]))
    assert first.key != as_memory.key
    list(kept.replay(first, "solution", code))
    list(kept.replay(as_memory, "solution", code))
    assert code.made == ["step", "step"]


def test_a_replay_that_ends_early_is_not_taken_for_a_whole_one():
    kept, code = Outcomes(), Code()
    (thread,) = with_memory(log_of(descend, FORGETS), "step")
    assert not thread.reproduced_by(kept.replay(thread, "solution", code))
    assert code.made == ["step"] * 2
    assert len(values(kept.replay(thread, "solution", code))) == 3


def test_where_the_code_has_no_memory_to_give_back_the_students_takes_no_part():
    """What a replay gives is decided by what the tests gave, never by the state that a student made."""
    fails = "def step(w, dw, state):\n    raise ValueError\n"
    kept = Outcomes()
    for theirs in (OTHER_KEYS, SOURCE):
        (thread,) = with_memory(log_of(descend, theirs), "step")
        errors = [again.error for _, again in kept.replay(thread, "fails", Code(fails))]
        assert errors == ["ValueError", "no answer", "no answer"]


# Effort and memory -------------------------------------------------------------------------------------------


def test_the_lines_that_a_thread_takes_are_counted_once():
    kept, code = Outcomes(), Code()
    thread = thread_of("mean", lambda s: s.mean(DATA))
    list(kept.replay(thread, "solution", code))
    for _ in range(2):
        (call,), steps = kept.measured(thread, "solution", code, "<solution>")
        assert (call.value, steps) == (4.0, 3)
    assert code.made == ["mean", "mean"]
    assert values(kept.replay(thread, "solution", code)) == [4.0]
    assert len(code.made) == 2


def test_the_oldest_go_where_there_are_too_many_bytes(monkeypatch: pytest.MonkeyPatch):
    kept, code = Outcomes(), Code()
    threads = [thread_of("mean", lambda s, n=n: s.mean(np.arange(n))) for n in (2, 3, 4, 5)]
    list(kept.replay(threads[0], "solution", code))
    one = kept.nbytes
    monkeypatch.setattr(outcomes, "MOST_BYTES", 2 * one)
    for thread in threads[1:]:
        list(kept.replay(thread, "solution", code))
        assert kept.nbytes == 2 * one
    for thread in threads[::-1]:
        list(kept.replay(thread, "solution", code))
    assert len(code.made) == 6, "only the first two were forgotten"


def test_bytes_are_those_of_what_is_kept():
    kept, code = Outcomes(), Code()
    small, large = (thread_of("step", lambda s, n=n: s.step(np.ones(n), 1.0, {})) for n in (1, 1_001))
    list(kept.replay(small, "solution", code))
    before = kept.nbytes
    assert before >= outcomes.BYTES_OF_A_CALL
    list(kept.replay(large, "solution", code))
    assert kept.nbytes - 2 * before == 8_000
    kept.measured(large, "solution", code, "<solution>")
    assert kept.nbytes - 2 * before == 8_000, "it took the place of the same"


def test_a_call_at_which_a_reader_stops_is_kept():
    kept, code = Outcomes(), Code()
    for _ in range(2):
        thread = thread_of("mean", lambda s: s.mean(DATA), "def mean(x):\n    return 5.0\n")
        assert not thread.reproduced_by(kept.replay(thread, "solution", code))
    assert code.made == ["mean"]


def test_what_is_large_is_not_kept(monkeypatch: pytest.MonkeyPatch):
    kept, code = Outcomes(), Code()
    list(kept.replay(thread_of("mean", lambda s: s.mean(DATA)), "solution", code))
    monkeypatch.setattr(outcomes, "MOST_BYTES_OF_ONE", kept.nbytes)
    kept = Outcomes()
    list(kept.replay(thread_of("mean", lambda s: s.mean(DATA)), "solution", code))
    assert kept.nbytes == outcomes.MOST_BYTES_OF_ONE
    monkeypatch.setattr(outcomes, "MOST_BYTES_OF_ONE", kept.nbytes - 1)
    kept = Outcomes()
    for _ in range(2):
        list(kept.replay(thread_of("mean", lambda s: s.mean(DATA)), "solution", code))
    assert code.made == ["mean"] * 4
    assert kept.nbytes == 0


def test_arguments_are_not_kept():
    kept = Outcomes()
    thread = thread_of("mean", lambda s: s.mean(DATA))
    list(kept.replay(thread, "solution", Code()))
    ((_, again),) = kept.replay(thread, "solution", Code())
    assert again.arguments == ()
