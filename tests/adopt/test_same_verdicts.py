"""gradmark's verdicts on otter's and nbgrader's assignments, test by test, are what the originals say.

`verdicts.json` holds what the originals said of our own courses, so that all of it can be compared within minutes; of
one assignment in ``ONE_IN`` they are asked again (`make test-adopt`). `python -m benchmarks.adopted record` renews it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import NamedTuple

import pytest

from benchmarks.adopted.compare import compare, listed
from benchmarks.adopted.originals import Graded, Verdict, unique
from benchmarks.adopted.ours import grade_with_gradmark
from benchmarks.adopted.recorded import (
    ask_original,
    digest_for,
    expected,
    own_assignments,
    read_record,
    write_for_gradmark,
)
from benchmarks.adopted.tests_of_okpy import as_otter_takes_it
from tools.lock import part

ONE_IN = int(os.environ.get("ONE_IN", "8"))
EVERY = int(os.environ.get("EVERY", "1"))
"""gradmark grades one assignment in so many."""
ALLOWED = 0.005
"""The share of verdicts that may differ for a reason given here."""


class Explained(NamedTuple):
    """A verdict that differs, and why it may; without a test, a score."""

    assignment: str
    submission: str
    test: str
    why: str


EXPLAINED: tuple[Explained, ...] = ()

OWN = list(own_assignments())
VERSIONS, RECORD = read_record()


def cheats(own) -> set[str]:
    """Submissions that try to get points for nothing: nothing obliges a grader to be taken in where another is."""
    return {name for name, one in own.submissions.items() if own.original == "otter" and not one.honest}


@pytest.mark.parametrize("own", OWN, ids=lambda own: own.name)
def test_the_record_is_of_the_courses_as_they_are(own):
    assert digest_for(own) == RECORD[own.name].digest, "run `python -m benchmarks.adopted record`"
    assert set(own.submissions) == set(RECORD[own.name].graded)


def test_the_record_has_no_other_courses():
    assert list(RECORD) == [own.name for own in OWN]


@pytest.mark.parametrize("original", ["otter", "nbgrader"])
def test_the_record_was_made_with_the_versions_in_the_lock(original):
    pins = part(original).splitlines()
    for name, version in VERSIONS[original].items():
        assert any(pin.split(" ")[0] == f"{name}=={version}" for pin in pins), f"{name} {version}"


@pytest.mark.parametrize("own", OWN[::EVERY], ids=lambda own: own.name)
def test_gradmark_says_what_the_original_said(own, tmp_path):
    ours = grade_with_gradmark(*write_for_gradmark(own, tmp_path), jobs=1)
    found = compare(own.name, own.original, expected(own, RECORD[own.name]), ours.graded)
    odd = cheats(own)
    known = {(one.submission, one.test) for one in EXPLAINED if one.assignment == own.name}
    differing = {(one.submission, one.test): one for one in found.differences if one.submission not in odd}
    touched = {submission for submission, _ in differing}
    differing |= {
        (one.submission, ""): one
        for one in found.scores
        if one.submission not in odd and one.submission not in touched
    }
    unexplained = replace(
        found, differences=[one for key, one in differing.items() if key not in known], scores=()
    )
    if unexplained.differences:
        pytest.fail(listed(unexplained), pytrace=False)
    assert not known - set(differing), "explained, but there is no such difference"
    taken_in = [one for one in found.differences if one.submission in odd and one.ours == "passed"]
    assert not taken_in, "a cheat gets from us what the original denies"


def test_few_verdicts_need_an_explanation():
    verdicts = sum(
        len(graded.tests)
        for own in OWN
        for name, graded in RECORD[own.name].graded.items()
        if name not in cheats(own)
    )
    assert len(set(EXPLAINED)) <= ALLOWED * verdicts


@pytest.mark.parametrize("own", OWN[::ONE_IN], ids=lambda own: own.name)
def test_the_originals_still_say_the_same(own):
    again = ask_original(own).graded
    for name, before in RECORD[own.name].graded.items():
        now = again[name]
        assert bool(now.error) == bool(before.error), (name, now.error)
        found = compare(own.name, own.original, {name: before}, {name: now})
        assert not [*found.differences, *found.scores], name


# What finds differences: a comparison that is always content would prove nothing.

PASSED, FAILED, HALF = Verdict(True, 1, 1), Verdict(False, 0, 1), Verdict(False, 0.5, 1)


def one(**tests: Verdict) -> dict[str, Graded]:
    points = sum(test.points for test in tests.values())
    return {"ann": Graded(points, float(len(tests)), tests)}


@pytest.mark.parametrize(
    ("theirs", "ours", "said"),
    [
        (one(a=PASSED), one(a=FAILED), [("a", "passed", "failed")]),
        (one(a=FAILED), one(a=PASSED), [("a", "failed", "passed")]),
        (one(a=HALF), one(a=FAILED), [("a", "0.5 of 1", "failed")]),
        (one(a=HALF), one(a=Verdict(False, 0.6, 1)), [("a", "0.5 of 1", "0.6 of 1")]),
        (one(a=PASSED, b=PASSED), one(a=PASSED), [("b", "passed", "absent")]),
        (one(a=PASSED), one(a=PASSED, b=PASSED), [("b", "absent", "passed")]),
        (one(a=PASSED), {}, [("a", "passed", "absent")]),
    ],
)
def test_what_differs_is_found(theirs, ours, said):
    found = compare("hw", "otter", theirs, ours)
    assert [(each.test, each.theirs, each.ours) for each in found.differences] == said
    assert [each.submission for each in found.scores] == ["ann"]
    assert found.equal == 1 - len(said) / found.tests


def test_what_is_equal_is_equal():
    found = compare("hw", "nbgrader", one(a=PASSED, b=HALF), one(a=PASSED, b=HALF))
    assert (found.tests, found.differences, found.scores, found.equal) == (2, [], [], 1)


def test_a_score_may_differ_alone():
    theirs = {"ann": Graded(2, 3, {"a": PASSED})}
    found = compare("hw", "otter", theirs, one(a=PASSED))
    assert not found.differences
    assert [(each.theirs, each.ours) for each in found.scores] == [("2 of 3", "1 of 1")]


def test_where_the_original_says_nothing_there_is_nothing_to_compare():
    found = compare("hw", "otter", {"ann": Graded(error="too slow")}, one(a=PASSED))
    assert (found.tests, found.unjudged) == (0, {"ann": "too slow"})


def test_of_a_cell_without_points_nbgrader_says_nothing():
    theirs, ours = one(a=PASSED, b=Verdict(True, 0, 0)), one(a=FAILED, b=Verdict(False, 0, 0))
    found = compare("hw", "nbgrader", theirs, ours)
    assert (found.tests, [each.test for each in found.differences]) == (1, ["a"])
    assert compare("hw", "otter", theirs, ours).tests == 2


def test_namesakes_are_told_apart():
    assert unique(["a", "b", "a", "a"]) == ["a", "b", "a #2", "a #3"]


def test_a_test_file_of_several_suites_becomes_one_that_otter_takes():
    suites = [
        {"cases": [{"code": ">>> a\n1\n"}], "setup": ">>> b = 2\n"},
        {"cases": [{"code": "    >>> c\n    3\n", "hidden": True}]},
    ]
    made = as_otter_takes_it(f"test = {{'name': 'q1', 'points': 2, 'suites': {suites}}}\n")
    read: dict = {}
    exec(made, read)
    assert read["OK_FORMAT"] is True
    assert read["test"] == {
        "name": "q1",
        "points": 2,
        "suites": [
            {
                "cases": [{"code": ">>> b = 2\n>>> a\n1\n"}, {"code": ">>> c\n3\n", "hidden": True}],
                "type": "doctest",
            }
        ],
    }


def test_a_test_file_that_otter_takes_stays_as_it_is():
    text = "OK_FORMAT = True\n\ntest = {'name': 'q1', 'suites': [{'cases': []}]}\n"
    assert as_otter_takes_it(text) == text
    assert (
        as_otter_takes_it("from otter.test_files import test_case\n")
        == "from otter.test_files import test_case\n"
    )
