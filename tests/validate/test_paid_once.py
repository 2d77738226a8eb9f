"""What a class loses beside what its mistakes cost alone, counted in tests."""

from __future__ import annotations

from types import SimpleNamespace

from benchmarks.paid_once import compared

PROBLEM_SET = SimpleNamespace(
    questions=[SimpleNamespace(id="q1", functions=("f",)), SimpleNamespace(id="q2", functions=("g",))],
    mistakes=lambda: [
        SimpleNamespace(name="f_wrong", function="f"),
        SimpleNamespace(name="g_wrong", function="g"),
    ],
)
COSTS = {
    frozenset(["f_wrong"]): {"t.py::b": "no power"},
    frozenset(["g_wrong"]): {},
    frozenset(["f_wrong", "g_wrong"]): {"t.py::b": "no power"},
    frozenset(["f_wrong", "g_in_float32"]): {"t.py::c": "another form"},
}


def outcome(key, score=1, inherited=None):
    status = "passed" if score == 1 and not inherited else "failed"
    return SimpleNamespace(key=f"t.py::{key}", score=score, max_score=1, status=status, inherited=inherited)


def losses(*tests, names=("f_wrong",)):
    questions = [
        SimpleNamespace(id="q1", tests=[outcome("a", 0)]),
        SimpleNamespace(id="q2", tests=list(tests)),
    ]
    result = SimpleNamespace(submission="ada", questions=questions)
    return compared(PROBLEM_SET, COSTS, [(result, None if names is None else frozenset(names))])


def test_what_is_inherited_and_what_is_listed_are_expected():
    found = losses(outcome("b", 0), outcome("c", 1, inherited=["q1"]), outcome("d"))
    assert (found.submissions, found.wrong, found.failed, found.inherited, found.listed) == (1, 1, 2, 1, 1)
    assert found.met == {"q2, t.py::b: f_wrong: no power": 1}
    assert not found.unexpected
    assert not found.kept


def test_a_loss_that_is_not_listed_is_told():
    found = losses(outcome("b", 0), outcome("c", 0))
    assert found.unexpected == ["ada (f_wrong), q2: t.py::c"]


def test_an_exception_that_costs_nothing_is_told():
    assert losses(outcome("b")).kept == ["ada (f_wrong), q2: t.py::b"]


def test_what_answers_cost_only_together_is_counted_apart():
    found = losses(outcome("b"), outcome("c", 0), outcome("d", 0), names=["f_wrong", "g_in_float32"])
    assert (found.listed, found.together) == (0, 1)
    assert found.met == {"q2, t.py::c: f_wrong + g_in_float32: another form": 1}
    assert found.unexpected == ["ada (f_wrong, g_in_float32), q2: t.py::d"]
    assert not found.kept


def test_the_mistakes_own_questions_are_not_looked_at():
    found = losses(outcome("b", 0), names=["f_wrong", "g_wrong"])
    assert (found.wrong, found.failed, found.unexpected) == (1, 0, [])


def test_other_kinds_of_submissions_are_only_counted():
    found = losses(outcome("b", 0), names=None)
    assert (found.submissions, found.wrong, found.failed) == (1, 0, 0)
