"""Known mistakes stand in for a submission's functions only as long as they answer alike, and change no verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from grader.draws import GRADED
from grader.judge import standins
from grader.judge.calls import CallLog
from grader.judge.following import Followed
from grader.judge.neighbours import Given, LocalNeighbours
from grader.judge.reproducing import SubmissionWorlds
from grader.judge.standins import StandIns
from grader.judge.worlds import Asked, CourseCode
from grader.pset import load_problem_set
from grader.student import Call
from grader.validate.bench import Bench
from tests.judge.descent import write_descent_course

DESCENT = "test_descent.py::test_descent"
NEGATED = "def slope(w, X, y):\n    return -(X.T @ (X @ w - y) / len(y))\n"
HALF = "def slope(w, X, y):\n    return 0.5 * (X.T @ (X @ w - y) / len(y))\n"
W, X, Y = np.array([1.0, -2.0]), np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([1.0, 3.0])


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Iterator[Bench]:
    bench = Bench(load_problem_set(write_descent_course(tmp_path_factory.mktemp("course"))))
    yield bench
    bench.close()


class Counting(LocalNeighbours):
    """Counts the questions."""

    count = 0

    def calls(self, function: str, batch: Sequence[Given]) -> list[Call]:
        self.count += len(batch)
        return super().calls(function, batch)


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
