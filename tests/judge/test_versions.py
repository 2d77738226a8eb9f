"""Versions of a function: its right forms, and what mistakes make of them, alone and together."""

from __future__ import annotations

import pytest

from grader.judge import versions
from grader.judge.versions import OPEN, Made, Version, Versions
from grader.pset.namespace import SolutionCode
from tests.judge.small_course import small_problem_set

SOLUTION = """
def scaled(x, s):
    return s * shifted(x) + 1.0

def shifted(x):
    return x - 2.0

def other(x):
    y = 3.0
    return x + y
"""
MISTAKES = """
from grader import mistake
mistake("scaled", "divided", {"s * shifted(x)": "shifted(x) / s"}, says="You divide.")
mistake("scaled", "two_ways", [{"1.0": "10.0"}, {"1.0": "20.0"}], says="Too much.")
mistake("scaled", "any", {"1.0": "c"}, says="A constant.", free={"c": (4.0, 5.0)})
mistake("scaled", "unshifted", {"x - 2.0": "x"}, says="The shift.")
@mistake("scaled", says="All of it.")
def negative(x, s):
    return -s * (x - 2.0) - 1.0
mistake("other", "lost", {"y = 3.0": "y = 0.0"}, says="The 3.")
mistake("other", "removed", {"x + y": "x"}, says="The sum.")
mistake("other", "after_it", {"y = 3.0": "y = 4.0"}, says="The 4.")
"""
ALTERNATIVES = """
from grader import alternative
alternative("scaled", "by_sum", [{"s * shifted(x)": "x * s - 2.0 * s"}, {"s * shifted(x)": "s * x - s * 2.0"}])
@alternative("scaled")
def turned(x, s):
    return 1.0 + s * (x - 2.0)
"""
FUNCTIONS = ("scaled", "other")


@pytest.fixture
def made(tmp_path) -> Versions:
    course = small_problem_set(tmp_path, FUNCTIONS, SOLUTION, MISTAKES, ALTERNATIVES)
    return Versions(course, SolutionCode(course))


def value(version: Version, *arguments: float, **names: float) -> float:
    """What it returns."""
    namespace = version.solution.namespace([version.code])
    namespace.update(names)
    return namespace[version.function](*arguments)


def mistake(made: Versions, name: str):
    return next(one for of in made.mistakes.values() for one in of if one.name == name)


def values(found: list[Version], *arguments: float) -> list[float]:
    return [value(one, *arguments) for one in found]


def test_the_solution_comes_first_then_each_way_of_each_alternative(made: Versions):
    right = made.right("scaled")
    assert len(right) == 4
    assert values(right, 5.0, 3.0) == [10.0] * 4
    assert not any(one.made or one.base or one.mistakes for one in right)
    assert "shifted(x)" in right[0].form.source
    assert "x * s" in right[1].form.source
    assert "s * 2.0" in right[2].form.source
    assert "1.0 + s" in right[3].form.source
    assert made.right("scaled") is right, "they are made once"
    assert len(made.right("other")) == 1


def test_an_alternative_is_found_behind_those_with_several_ways(made: Versions):
    by_sum, turned = made.alternatives["scaled"]
    assert made.alternative(by_sum) is made.right("scaled")[1]
    assert made.alternative(turned) is made.right("scaled")[3]


def test_variants_are_kept_by_function_in_their_order(made: Versions):
    assert [one.name for one in made.mistakes["other"]] == ["lost", "removed", "after_it"]
    assert [one.name for one in made.alternatives["scaled"]] == ["by_sum", "turned"]
    assert "other" not in made.alternatives


def test_every_usual_value_of_a_free_number_is_one_mistake_made(made: Versions):
    found = [one.key for one in made.usual("scaled")]
    assert sorted(found, key=str) == sorted(
        [
            ("divided", None),
            ("two_ways", None),
            ("any", 4.0),
            ("any", 5.0),
            ("unshifted", None),
            ("negative", None),
        ],
        key=str,
    )
    assert made.usual("nothing") == []


def test_a_mistake_is_made_in_each_of_its_ways(made: Versions):
    base = made.right("scaled")[0]
    found = made.together(base, [Made(mistake(made, "two_ways"))])
    assert values(found, 5.0, 3.0) == [19.0, 29.0]
    for version in found:
        assert version.base is base
        assert version.function == "scaled"
        assert [one.name for one in version.mistakes] == ["two_ways"]


def test_a_free_number_has_the_value_or_the_name_that_it_is_made_with(made: Versions):
    base, one = made.right("scaled")[0], mistake(made, "any")
    assert values(made.together(base, [Made(one, 4.0)]), 5.0, 3.0) == [13.0]
    (opened,) = made.together(base, [Made(one, OPEN)])
    assert value(opened, 5.0, 3.0, **{OPEN: 0.5}) == 9.5


def test_several_mistakes_are_made_together_on_any_right_form(made: Versions):
    both = [Made(mistake(made, "divided")), Made(mistake(made, "two_ways"))]
    assert values(made.together(made.right("scaled")[0], both), 5.0, 3.0) == [11.0, 21.0]
    assert values(made.together(made.right("scaled")[3], both[1:]), 5.0, 3.0) == [19.0, 29.0]
    assert made.together(made.right("scaled")[3], both) == [], "what it edits is not there"


def test_a_helper_is_edited_for_one_function_alone(made: Versions):
    (version,) = made.together(made.right("scaled")[0], [Made(mistake(made, "unshifted"))])
    assert value(version, 5.0, 3.0) == 16.0
    assert version.solution.namespace([version.code])["shifted"](5.0) == 3.0


def test_a_whole_definition_only_takes_the_solutions_place_and_edits_come_on_top(made: Versions):
    whole = Made(mistake(made, "negative"))
    assert values(made.together(made.right("scaled")[0], [whole]), 5.0, 3.0) == [-10.0]
    assert made.together(made.right("scaled")[3], [whole]) == []
    on_top = [Made(mistake(made, "any"), 4.0), whole]
    assert values(made.together(made.right("scaled")[0], on_top), 5.0, 3.0) == [-13.0]
    assert made.together(made.right("scaled")[0], [whole, whole]) == []


def test_two_mistakes_of_one_place_do_not_compose(made: Versions):
    base = made.right("other")[0]
    assert made.together(base, [Made(mistake(made, "lost")), Made(mistake(made, "after_it"))]) == []
    assert values(
        made.together(base, [Made(mistake(made, "lost")), Made(mistake(made, "removed"))]), 2.0
    ) == [2.0]


def test_a_mistake_is_mended(made: Versions):
    base = made.right("scaled")[0]
    divided, any_ = mistake(made, "divided"), mistake(made, "any")
    (both,) = made.together(base, [Made(divided), Made(any_, 5.0)])
    assert both.made == (Made(divided), Made(any_, 5.0))
    (left,) = made.without(both, divided)
    assert [one.key for one in left.made] == [("any", 5.0)]
    assert value(left, 5.0, 3.0) == 14.0
    (left,) = made.without(both, any_)
    assert [one.key for one in left.made] == [("divided", None)]
    assert made.without(left, divided) == [base]


def test_what_was_put_together_is_kept(made: Versions):
    base = made.right("scaled")[0]
    once, again = (made.together(base, [Made(mistake(made, "any"), 4.0)]) for _ in range(2))
    assert once == again
    assert made.together(base, [Made(mistake(made, "any"), 5.0)])[0] is not once[0]


def test_few_versions_with_several_mistakes_are_kept(made: Versions, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(versions, "MAX_KEPT", 3)
    base = made.right("scaled")[0]
    single = made.together(base, [Made(mistake(made, "divided"))])
    pairs = [[Made(mistake(made, "divided")), Made(mistake(made, "any"), number)] for number in (4.0, 5.0)]
    kept = [made.together(base, pair) for pair in pairs]
    assert made.together(base, pairs[0]) == kept[0]
    another = made.together(base, [Made(mistake(made, "two_ways"))])
    assert made.together(base, [Made(mistake(made, "divided"))]) == single, "single ones stay"
    assert made.together(base, [Made(mistake(made, "two_ways"))]) == another
    assert made.together(base, pairs[0]) != kept[0]


def test_single_ones_go_too_where_there_are_no_others(made: Versions, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(versions, "MAX_KEPT", 2)
    base = made.right("scaled")[0]
    single = [
        made.together(base, [Made(mistake(made, name))]) for name in ("divided", "two_ways", "unshifted")
    ]
    assert made.together(base, [Made(mistake(made, "unshifted"))]) == single[2]
    assert made.together(base, [Made(mistake(made, "divided"))]) != single[0]


def test_ways_are_made_one_by_one(made: Versions):
    base, two = made.right("scaled")[0], [Made(mistake(made, "two_ways"))]
    first, again = next(made.ways(base, two)), next(made.ways(base, two))
    assert first is again
    assert made.together(base, two)[0] is first
    assert len(made.together(base, two)) == 2


def test_few_ways_are_tried_of_mistakes_that_have_many(made: Versions, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(versions, "MAX_WAYS", 1)
    assert len(made.together(made.right("scaled")[0], [Made(mistake(made, "two_ways"))])) == 1


@pytest.fixture
def few(made: Versions, monkeypatch: pytest.MonkeyPatch) -> Versions:
    monkeypatch.setattr(versions, "MAX_ALONE", 2)
    return made


def test_what_mistakes_change_alone_is_kept_until_there_is_much_of_it(few: Versions):
    for number in range(3):
        few.keep_alone(number, str(number))
    assert few.alone == {1: "1", 2: "2"}
