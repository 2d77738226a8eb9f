"""Known mistakes stand in for a submission's functions only as long as they answer alike, and change no verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from grader.draws import GRADED
from grader.judge import standins
from grader.judge.calls import CallLog
from grader.judge.following import Followed
from grader.judge.replay import Thread
from grader.judge.reproducing import SubmissionWorlds
from grader.judge.standins import KnownPower, StandIns
from grader.judge.worlds import Asked, CourseCode, replayed
from grader.pset import load_problem_set
from grader.student import Call
from grader.validate.bench import Bench
from tests.judge.descent import Counting, write_descent_course

DESCENT = "test_descent.py::test_descent"
NEGATED = "def slope(w, X, y):\n    return -(X.T @ (X @ w - y) / len(y))\n"
HALF = "def slope(w, X, y):\n    return 0.5 * (X.T @ (X @ w - y) / len(y))\n"
W, X, Y = np.array([1.0, -2.0]), np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([1.0, 3.0])


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Iterator[Bench]:
    bench = Bench(load_problem_set(write_descent_course(tmp_path_factory.mktemp("course"))))
    yield bench
    bench.close()


def followed(bench: Bench, *sources: str) -> tuple[Followed, int]:
    namespace, log = bench.namespace(sources), CallLog()
    runs = bench.run(namespace, GRADED, log=log)
    neighbours = Counting(namespace)
    return bench.follow(runs, log, GRADED, neighbours), neighbours.count


def asked(code: CourseCode, source: str, *weights: np.ndarray) -> list[Asked]:
    slope = code.right(source)["slope"]
    return [Asked((w, X, Y), {}, slope(w, X, Y)) for w in weights]


def test_a_known_mistake_is_followed_with_few_questions_and_the_same_verdict(bench, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(standins.StandIns, "of", lambda *_: None)
        asked_itself, many = followed(bench, NEGATED)
    no_wrong_form = lambda *_: pytest.fail("no wrong form asks the submission")  # noqa: E731
    monkeypatch.setattr(SubmissionWorlds, "_notices", no_wrong_form)
    known, few = followed(bench, NEGATED)
    assert known == asked_itself
    assert DESCENT in known.inherited
    assert few < many


def test_a_mistake_that_is_in_no_list_is_asked_itself(bench, monkeypatch):
    unknown = "def slope(w, X, y):\n    return X.T @ (X @ w - y) / len(y) + 0.01 * w\n"
    found, count = followed(bench, unknown)
    monkeypatch.setattr(standins.StandIns, "of", lambda *_: None)
    assert followed(bench, unknown) == (found, count)


def test_what_is_known_is_found_once_for_all_submissions(bench, monkeypatch):
    followed(bench, NEGATED)
    monkeypatch.setattr(standins, "replayed", lambda *_: pytest.fail("nothing is run again"))
    assert DESCENT in followed(bench, NEGATED)[0].inherited


def test_a_stand_in_must_answer_all_that_was_asked(bench):
    code = CourseCode(bench.problem_set)
    stand_ins = StandIns(code, {"slope": {"slope": NEGATED}})
    questions = asked(code, NEGATED, W, 2 * W)
    assert stand_ins.of(["slope"], ["descend"], {"slope": questions}) == [NEGATED]
    later = [*questions, *asked(code, HALF, 3 * W)]
    assert stand_ins.of(["slope"], ["descend"], {"slope": later}) is None


@pytest.mark.parametrize(
    ("named", "kept", "questions"),
    [
        ({}, ["descend"], True),
        ({"slope": {"slope": NEGATED}}, ["slope"], True),
        ({"slope": {"slope": NEGATED}}, ["descend"], False),
        ({"slope": {"slope": "def slope(w, X, y):\n    raise ValueError\n"}}, ["descend"], True),
    ],
)
def test_there_is_none_where_nothing_is_known_or_asked(bench, named, kept, questions):
    code = CourseCode(bench.problem_set)
    given = {"slope": asked(code, NEGATED, W) if questions else []}
    assert StandIns(code, named).of(["slope"], kept, given) is None


def test_a_wrong_function_behind_another_one_stands_in_for_it(bench):
    """``descend`` is right and uses a wrong slope."""
    code = CourseCode(bench.problem_set)
    stand_ins = StandIns(code, {"descend": {"slope": NEGATED}})
    w = code.right(NEGATED)["descend"](W, X, Y, 0.1, 2)
    assert stand_ins.of(["descend"], ["halve"], {"descend": [Asked((W, X, Y, 0.1, 2), {}, w)]}) == [NEGATED]


def test_every_one_of_several_functions_must_be_stood_in_for(bench):
    code = CourseCode(bench.problem_set)
    cost = bench.mistakes["cost_not_halved"].source
    named = {"slope": {"slope": NEGATED}, "cost": {"cost": cost}}
    wrong = code.right(cost)["cost"]
    given = {"slope": asked(code, NEGATED, W), "cost": [Asked((W, X, Y), {}, wrong(W, X, Y))]}
    assert StandIns(code, named).of(["slope", "cost"], ["descend"], given) == [cost, NEGATED]
    for name in named:
        less = {one: questions for one, questions in given.items() if one != name}
        assert StandIns(code, named).of(["slope", "cost"], ["descend"], less) is None


NOTING = """
def slope(w, X, y, seen=[]):
    seen.append(1)
    right = X.T @ (X @ w - y) / len(y)
    w[:] = 0.0
    return -right
"""


def test_nothing_is_asked_twice_and_no_question_is_changed(bench):
    """The stand-in notes that it is asked, and changes what it is given."""
    code = CourseCode(bench.problem_set)
    stand_ins = StandIns(code, {"slope": {"slope": NOTING}})
    questions = asked(code, NEGATED, W.copy(), 2 * W)
    words = [Asked((), {"w": one.arguments[0].copy(), "X": X, "y": Y}, one.value) for one in questions]
    seen = code.right(NOTING)["slope"].__defaults__[0]
    for count, some in ((1, questions[:1]), (2, questions), (2, questions), (4, [*questions, *words])):
        assert stand_ins.of(["slope"], ["descend"], {"slope": some}) == [NOTING]
        assert len(seen) == count
    assert questions[0].arguments[0].tolist() == W.tolist()
    assert words[0].keywords["w"].tolist() == W.tolist()


# What goes unnoticed -----------------------------------------------------------------------------------------

UPHILL = """
def descend(w, X, y, rate, steps):
    costs = []
    for _ in range(steps):
        w = w + rate * slope(w, X, y)
        costs.append(cost(w, X, y))
    return w, np.array(costs)
"""
LIKEWISE = UPHILL.replace("w + rate", "-rate").replace("slope(w, X, y)", "slope(w, X, y) + w", 1)
ENDLESS = "def descend(w, X, y, rate, steps):\n    while True:\n        pass\n"


def descents(code: CourseCode, *steps: int, rate: float = 0.1, standing: str = NEGATED) -> list[Thread]:
    """What a right ``descend`` gives with a wrong slope."""
    descend = code.right(standing)["descend"]
    calls = (Call("descend", (W, X, Y, rate), {"steps": n}, descend(W, X, Y, rate, n), "") for n in steps)
    return [Thread((call,)) for call in calls]


@pytest.fixture(scope="module")
def code(bench: Bench) -> CourseCode:
    return CourseCode(bench.problem_set)


def test_the_first_wrong_form_that_gives_the_results_is_told(code):
    power, threads = KnownPower(code), descents(code, 0, 2)
    assert power.unnoticed(threads, [NEGATED], [UPHILL, LIKEWISE]) == LIKEWISE
    assert power.unnoticed(threads, [NEGATED], [UPHILL]) == ""
    assert power.unnoticed(threads, [NEGATED], []) == ""
    assert power.unnoticed(threads[:1], [NEGATED], [UPHILL, LIKEWISE]) == UPHILL, "no step, and nothing shows"


def test_one_that_never_ends_is_noticed(code, monkeypatch):
    monkeypatch.setattr("grader.judge.worlds.MOST_ALONE", 1_000)
    assert KnownPower(code).unnoticed(descents(code, 2), [NEGATED], [ENDLESS]) == ""


def test_what_was_found_holds_for_the_same_calls_definitions_and_forms(code):
    power = KnownPower(code)
    assert power.unnoticed(descents(code, 0), [NEGATED], [UPHILL]) == UPHILL
    assert power.unnoticed(descents(code, 2), [NEGATED], [UPHILL]) == ""
    assert power.unnoticed(descents(code, 2, rate=0.0), [NEGATED], [UPHILL]) == UPHILL
    assert power.unnoticed(descents(code, 2, standing=HALF), [HALF], [LIKEWISE]) == LIKEWISE
    assert power.unnoticed(descents(code, 2, standing=HALF), [HALF], [UPHILL]) == ""


def test_it_is_found_once_and_kept_for_so_many(code, monkeypatch):
    runs: list[int] = []

    def counted(*given):
        runs.append(1)
        return replayed(*given)

    monkeypatch.setattr(standins, "replayed", counted)
    monkeypatch.setattr(standins, "MAX_KEPT", 2)
    power, one, other, third = KnownPower(code), *(descents(code, n) for n in (1, 2, 3))
    for threads, new in ((one, 1), (one, 0), (other, 1), (one, 0), (third, 1), (third, 0), (one, 1)):
        runs.clear()
        assert power.unnoticed(threads, [NEGATED], [UPHILL]) == ""
        assert len(runs) == 2 * new, "the right form, and the wrong one"


def test_results_in_another_precision_hide_nothing_and_decide_for_nobody_else(code):
    """A right form in float32 differs from each wrong one, too; which are noticed holds for all submissions."""
    (thread,) = descents(code, 2)
    value = tuple(part.astype(np.float32) for part in thread.calls[0].value)
    narrow = Thread((replace(thread.calls[0], value=value),))
    power = KnownPower(code)
    assert power.unnoticed([narrow], [NEGATED], [UPHILL, LIKEWISE]) == LIKEWISE
    assert power.unnoticed([thread], [NEGATED], [UPHILL, LIKEWISE]) == LIKEWISE


def test_calls_that_are_no_data_are_run_each_time(code):
    """A test may pass a function, which may be another one each time."""
    call = Call("largest", (lambda: 0,), {}, None, "", error="TypeError")
    power = KnownPower(code)
    form = "def largest(x):\n    return {}\n"
    assert power.unnoticed([Thread((call,))], [], [form.format("x + 1")]) == form.format("x + 1")
    assert power.unnoticed([Thread((call,))], [], [form.format("3.0")]) == ""
