"""Names that no call of the suite tells apart are reported, with a call that would."""

from __future__ import annotations

import numpy as np

from grader.judge.replay import Thread
from grader.pset import load_problem_set
from grader.student import Call
from grader.validate import validate
from grader.validate.alike import ReplayTrial, TellTrial, _apart, not_told_apart, replays, tell_trials
from grader.validate.plantings import Plant
from grader.validate.trials import Trials
from grader.validate.variations import Parameters, variations
from tests.validate.planting import TWO_WAYS, edited_course

TWICE = """
mistake("mean", "twice", {"accumulated / len(x)": "2 * accumulated / len(x)"}, says="You return twice the mean.")
"""
TWICE_AGAIN = """
mistake("mean", "twice_again", {"np.sum(x)": "np.sum(x + x)"}, says="You add each entry to itself.")
"""
# For two entries or more, as the suite has them, this is twice the mean as well.
TWICE_OF_MANY = """
mistake("mean", "twice_of_many", {"accumulated / len(x)": "min(len(x), 2) * accumulated / len(x)"},
        says="You multiply by 2.")
"""
NEVER_SHOWN = """
mistake("mean", "no_large_numbers", {"np.sum(x)": "np.sum(np.minimum(x, 50))"}, says="You cut off at 50.")
"""


def told(folder):
    """What is reported, found in this process."""
    trials = Trials(folder)
    trials()
    bench = trials._bench
    try:
        results = {trial: trials.run(trial) for trial in replays(bench, ("q1", "q2"), 0)}
        results |= {trial: trials.run(trial) for trial in tell_trials(results)}
        return [(problem.kind, problem.what) for problem in not_told_apart(bench, results)]
    finally:
        bench.close()


def test_entries_that_differ_in_some_call_are_told_apart(tmp_path):
    assert told(edited_course(tmp_path, TWO_WAYS, TWICE)) == []


def test_what_is_the_same_mistake_twice_should_be_one(tmp_path):
    assert told(edited_course(tmp_path, TWO_WAYS, TWICE, TWICE_AGAIN)) == [
        (
            "names not told apart",
            "twice and twice_again give the same in every call of mean that the suite makes; no call that we tried "
            "tells them apart; they may be the same mistake: merge them",
        )
    ]


def test_of_many_pairs_the_rest_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr("grader.validate.alike.MAX_PAIRS", 1)
    again = TWICE_AGAIN.replace("twice_again", "again").replace("x + x", "x * 2")
    found = [said for _, said in told(edited_course(tmp_path, TWICE, TWICE_AGAIN, again))]
    assert len(found) == 2
    assert found[1] == "2 more pairs of entries give the same in every call; mend those above first"


def test_a_call_that_would_tell_them_apart_is_found(tmp_path):
    ((_, said),) = told(edited_course(tmp_path, TWICE, TWICE_OF_MANY))
    assert said.startswith(
        "twice and twice_of_many give the same in every call of mean that the suite makes; "
    )
    assert "the call of mean in test_small_means" in said
    assert said.endswith("with only the first example of x, tells them apart: add it to a test")


def test_a_mistake_that_never_shows_is_told_apart_from_the_solution(tmp_path):
    ((_, said),) = told(edited_course(tmp_path, NEVER_SHOWN))
    assert said.startswith("no_large_numbers and the solution give the same")
    assert "with x times 1000, tells them apart" in said


def test_a_mistake_that_gives_what_an_alternative_gives_is_found(tmp_path):
    accepted = """

alternative("mean", "doubled", {"np.sum(x)": "2 * np.sum(x)"}, says="You double it: accepted.")
"""
    found = told(edited_course(tmp_path, TWICE, alternatives=accepted))
    assert [said.split(" give ")[0] for _, said in found] == ["twice and doubled"]


def test_a_version_that_never_ends_is_like_no_other(tmp_path, monkeypatch):
    monkeypatch.setattr("grader.validate.bench.REPLAY_SECONDS", 0.2)
    for_ever = """
mistake("mean", "for_ever{}", {{"accumulated = np.sum(x)": "while True: pass"}}, says="You never end.")
"""
    assert told(edited_course(tmp_path, for_ever.format(1), for_ever.format(2))) == []


def test_a_pair_is_looked_at_once_whatever_its_numbers(tmp_path):
    one, other = Plant("f", (("a", 1.0),)), Plant("f", (("a", 2.0),))
    third, solution, same = Plant("f", (("b", None),)), Plant("f", ()), Plant("f", (), base=1, on="c")
    replay = next(iter(replays_of((one, other, third))))
    assert tell_trials({replay: ["x", "x", "x"]}) == [TellTrial(one, third, 0)]
    assert tell_trials({replay: ["", "", ""]}) == []
    replay = next(iter(replays_of((solution, same, third))))
    assert tell_trials({replay: ["x", "x", "x"]}) == [TellTrial(solution, third, 0)], "c is the solution here"
    assert tell_trials({replay: ["y", "x", "x"]}) == [TellTrial(same, third, 0)]


def replays_of(plants):
    yield ReplayTrial(plants, 0)


def test_a_call_that_the_solution_cannot_answer_tells_nothing():
    thread = Thread((Call("f", (2.0,), {}, None, ""),))
    one, other = {"f": lambda x: x}, {"f": lambda x: 2 * x}
    assert _apart(thread, one, other, {"f": lambda x: 3 * x}, valid=True)
    assert not _apart(thread, one, other, {"f": lambda x: x[0]}, valid=True)
    assert not _apart(thread, one, other, {"f": lambda x: [x, float("nan")]}, valid=True)
    assert _apart(thread, one, other, {"f": lambda x: [x, float("nan")]}), "the suite makes this call"


def test_validate_reports_it_as_a_problem(tmp_path):
    folder = edited_course(tmp_path, TWICE, TWICE_AGAIN)
    report = validate(load_problem_set(folder), workers=1)
    found = {problem.kind: problem for problem in report.problems}
    assert found["names not told apart"].questions == ("q1",)
    assert "too few named" in found
    assert "one mistake: 0 of 2 planted are named rightly; at least 95% should be" in report.text()


# Variations --------------------------------------------------------------------------------------------------


def changed(call, **options):
    def f(x, y, eps=1e-8, keep=True): ...

    return dict(variations(call, Parameters.of(f), **{"others": [], **options}))


def test_arguments_are_varied_in_many_ways_and_described():
    X, y = np.arange(6.0).reshape(3, 2), np.array([0, 2, 1])
    call = Call("f", (X, y), {}, None, "")
    found = changed(call)
    assert np.array_equal(found["x times 1000"].arguments[0], 1000 * X)
    assert found["x times 1000"].arguments[1] is y
    assert np.array_equal(found["x in reverse order"].arguments[0], X[::-1])
    assert found["x with its first row far below the others"].arguments[0].tolist()[0] == [-1000.0, -999.0]
    assert found["x as whole numbers of an integer type"].arguments[0].dtype == np.int64
    assert np.array_equal(found["y with all entries equal"].arguments[1], [0, 0, 0])
    first = found["only the first example of x and y"]
    assert (len(first.arguments[0]), len(first.arguments[1])) == (1, 1)
    assert found["eps given as its default times 1000"].keywords == {"eps": 1e-5}
    assert found["keep given as its default = False"].keywords == {"keep": False}
    assert np.array_equal(call.arguments[0], np.arange(6.0).reshape(3, 2)), "the recorded call stays as it is"


def test_a_number_of_another_call_is_tried_and_two_changes_at_once():
    call, other = (Call("f", (np.ones(2), n), {"eps": eps}, None, "") for n, eps in ((3, 0.1), (7, 0.2)))
    found = changed(call, others=[other])
    assert found["y = 7"].arguments[1] == 7
    assert found["eps = 0.2"].keywords == {"eps": 0.2}
    both = [words for words in found if " and " in words]
    assert both
    assert all(found[words].keywords["eps"] != 0.1 for words in both if "eps" in words)
