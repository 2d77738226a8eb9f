"""Which mistakes may give a student's results together, told from what each of them changes alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from grader.judge import effects
from grader.judge.effects import Alone, Effects
from grader.judge.versions import Made

Parts = Mapping[str, Any]
RIGHT = {"a": 1.0, "b": 2.0, "c": 4.0}


@dataclass(frozen=True, eq=False)
class Slip:
    """What these tests need of a mistake."""

    name: str
    free: str = ""


def cells(parts: Parts) -> dict:
    return {(0, name): part for name, part in parts.items()}


def alone(right: Parts, **changed: Parts) -> Alone:
    """What mistakes change alone, by their names."""
    made = [Made(Slip(name)) for name in changed]
    return Alone(cells(right), made, [cells({**right, **parts}) for parts in changed.values()])


def effects_of(theirs: Parts, right: Parts = RIGHT, **changed: Parts) -> Effects:
    """Beside results in which these parts are wrong."""
    return Effects(alone(right, **changed), cells({**right, **theirs}))


def made_in(sets) -> list[tuple[Made, ...]]:
    """What each set consists of that leaves nothing unexplained."""
    return [chosen.made for chosen in sets if chosen.fits]


def names(sets) -> list[str]:
    return [" ".join(one.mistake.name for one in chosen) for chosen in made_in(sets)]


# What mistakes change ----------------------------------------------------------------------------------------


def test_which_parts_each_mistake_changes():
    found = alone(
        RIGHT, rounding={"a": 1.0 + 1e-13}, something={"a": 1.5}, all={"a": 0.0, "b": 0.0, "c": 0.0}
    )
    changes = {one.mistake.name: row for one, row in zip(found.made, found.differs.tolist(), strict=True)}
    assert changes.pop("rounding", [False] * 3) == [False] * 3
    assert changes == {"something": [True, False, False], "all": [True, True, True]}


def test_places_are_those_of_all_outcomes():
    found = alone({"a": 1.0}, more={"b": 2.0})
    assert found.places == [(0, "a"), (0, "b")]
    assert found.differs.tolist() == [[False, True]]


def test_a_text_changes_nothing_of_the_numbers_beside_it():
    found = alone({"a": "left", "b": 1.0, "c": "right"}, number={"b": 2.0}, text={"c": "left"})
    assert found.differs.tolist() == [[False, True, False], [False, False, True]]


def test_nothing_is_changed_where_there_is_no_mistake():
    assert alone(RIGHT).differs.shape == (0, 3)


def same(one: Any, other: Any, beside: Any = 0.0) -> bool:
    """Whether two parts are the same, with another part after them."""
    found = Alone({(0, "x"): other, (0, "y"): beside}, [], [])
    rows = [found.row({(0, "x"): part, (0, "y"): beside}) for part in (one, other)]
    first, second = found.same(*rows)
    assert second
    return bool(first)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (1.0, 1.0 + 1e-12, True), (1.0, 1.0 + 1e-9, False), (-1.0, -1.0 - 1e-12, True), (-1.0, -1.0 - 1e-9, False),
        (1.0, np.ones(1), False), ("left", "left", True), ("left", "right", False), (None, "None", False),
        (np.array([np.nan, 1.0]), np.array([np.inf, 1.0]), True), (np.array([np.nan]), np.array([1.0]), False),
        (np.array([0.0]), np.array([np.nan]), False),
        (np.array([1e3, 1e-10]), np.array([1e3, 0.0]), True), (np.array([-1e3, 1e-10]), np.array([-1e3, 0.0]), True),
        (np.array([1.0, 1e-10]), np.array([1.0, 0.0]), False), (np.array([1e3, 1e-8]), np.array([1e3, 0.0]), False),
        (np.array([1.0, 0.0]), np.array([1.0, 0.0]), True), (3, 3.0, True), (True, 1.0, True),
    ],
)  # fmt: skip
def test_which_parts_are_the_same(one, other, alike):
    assert same(one, other) is alike
    assert same(one, other, beside=1e9) is alike, "a large number elsewhere hides nothing"


def test_only_the_first_numbers_of_a_part_are_compared():
    one, other = np.zeros(effects.MAX_ENTRIES + 1), np.zeros(effects.MAX_ENTRIES + 1)
    other[-1] = 5.0
    assert same(one, other)
    other[-2] = 5.0
    assert not same(one, other)


# Beside a student's results ----------------------------------------------------------------------------------


def test_it_is_hopeless_where_no_mistake_changes_what_is_wrong():
    assert not effects_of({"a": 7.0}, one={"a": 1.5}).hopeless
    assert effects_of({"b": 7.0}, one={"a": 1.5}).hopeless
    assert effects_of({"a": 7.0, "b": 7.0}, one={"a": 1.5}).hopeless
    assert not effects_of({"a": 7.0, "b": 7.0}, one={"a": 1.5}, two={"b": 2.5}).hopeless, (
        "each changes a part"
    )
    assert not effects_of({}, one={"a": 1.5}).hopeless, "nothing is wrong"
    assert effects_of({"d": 1.0}, one={"a": 1.5}).hopeless, "a place that nothing else has"


def test_a_part_that_nothing_else_has_is_not_hopeless_where_a_mistake_changes_what_holds_it():
    right, longer = {(0, 1, "length"): 1, (0, 1, 0): 5.0}, {(0, 1, "length"): 3}
    theirs = {(0, 1, "length"): 2, (0, 1, 0): 5.0, (0, 1, 1): 6.0}
    made = [Made(Slip("longer"))]
    assert not Effects(Alone(right, made, [{**right, **longer}]), theirs).hopeless
    assert Effects(Alone(right, made, [{**right, (0, 1, 0): 7.0}]), theirs).hopeless


def test_a_mistake_may_be_all_if_it_changes_all_that_is_wrong():
    found = effects_of(
        {"a": 7.0, "b": 7.0}, one={"a": 1.5}, both={"a": 3.0, "b": 3.0}, more={"a": 0, "b": 0, "c": 0}
    )
    assert [found.may_be(one.mistake) for one in found.made] == [False, True, True]
    assert not found.may_be(Slip("another"))


def test_a_pair_explains_each_part_by_one_of_them():
    theirs = {"a": 1.5, "b": 2.5}
    found = effects_of(theirs, one={"a": 1.5}, two={"b": 2.5}, other={"b": 2.75}, third={"c": 5.0})
    assert names(found.pairs()) == ["one two"]


def test_of_a_part_that_both_change_nothing_is_known():
    assert names(effects_of({"a": 9.0}, one={"a": 1.5}, two={"a": 2.5}).pairs()) == ["one two"]
    assert names(effects_of({"a": 9.0, "b": 2.5}, one={"a": 1.5}, two={"a": 2.5, "b": 2.5}).pairs()) == [
        "one two"
    ]
    assert names(effects_of({"a": 9.0}, one={"a": 1.5}, two={"a": 2.5, "b": 2.5}).pairs()) == []


def test_a_pair_changes_nothing_that_is_right():
    assert names(effects_of({"a": 1.5}, one={"a": 1.5}, two={"b": 2.5}).pairs()) == []


def test_pairs_whose_changes_add_up_or_multiply_come_first():
    """Each time another pair comes close in the other way."""
    right = {"a": 2.0}
    added = {"one": {"a": 3.0}, "two": {"a": 2.5}, "close": {"a": 3.52 * 2 / 3}}
    assert names(effects_of({"a": 3.5}, right, **added).pairs())[0] == "one two"
    multiplied = {"one": {"a": 3.0}, "two": {"a": 6.0}, "close": {"a": 4.98}}
    found = names(effects_of({"a": 9.0}, right, **multiplied).pairs())
    assert found[0] == "one two"
    assert len(found) == 3


def test_a_small_number_counts_as_much_as_a_large_one():
    right = {"a": 1e6, "b": 1.0}
    changed = {
        "one": {"a": 2e6 - 1e3, "b": 1.5},
        "two": {"a": 1e6 + 2e3, "b": 1.5},
        "three": {"a": 1e6 + 1e3, "b": 1.7},
    }
    assert names(effects_of({"a": 2e6, "b": 2.0}, right, **changed).pairs())[0] == "one two"


def test_what_one_of_a_pair_explains_comes_before_what_both_may_give():
    right = {"a": np.array([1.0, 1.0, 1.0]), "b": 1.0}
    theirs = {"a": np.array([2.0, 2.0, 5.0]), "b": 2.0}
    changed = {
        "one": {"a": np.array([1.5, 1.5, 1.5]), "b": 1.5},
        "two": {"a": np.array([1.5, 1.5, 4.5]), "b": 1.5},
        "three": {"a": np.array([2.0, 2.0, 9.0]), "b": 2.0},
        "four": {"a": np.array([1.0, 1.0, 7.0])},
    }
    assert names(effects_of(theirs, right, **changed).pairs())[:2] == ["three four", "one two"]


def test_a_number_that_may_be_another_one_explains_nothing():
    slip = Slip("free", "c")
    made = [Made(slip, 5.0), Made(Slip("two")), Made(Slip("three")), Made(Slip("four"))]
    parts = [{"a": 5.0}, {"b": 2.5}, {"a": 9.0}, {"b": 2.75}]
    found = Effects(
        Alone(cells(RIGHT), made, [cells({**RIGHT, **one}) for one in parts]),
        cells({**RIGHT, "a": 9.0, "b": 2.5}),
    )
    assert names(found.pairs()) == ["two three", "free two"]


def test_the_order_counts_all_parts_that_are_wrong():
    """The first pair fits one part well and another not at all; the second fits both a little."""
    right = {"a": 1.0, "b": 1.0}
    theirs = {"a": 2.0, "b": 2.0}
    changed = {
        "one": {"a": 1.5, "b": -50.0}, "two": {"a": 1.5, "b": -50.0},
        "three": {"a": 1.4, "b": 1.4}, "four": {"a": 1.5, "b": 1.5},
    }  # fmt: skip
    assert names(effects_of(theirs, right, **changed).pairs())[0] == "three four"


def test_a_number_that_is_not_finite_is_left_out_of_the_order():
    """With 0 in its place, the first pair would fit better."""
    right = {"a": np.array([1.0, 5.0])}
    theirs = {"a": np.array([1.75, np.inf])}
    changed = {
        "one": {"a": np.array([1.5, 5.5])},
        "two": {"a": np.array([3.0, 0.0])},
        "three": {"a": np.array([1.25, 6.0])},
    }
    assert names(effects_of(theirs, right, **changed).pairs())[0] == "one three"


# Free numbers ------------------------------------------------------------------------------------------------


def free_and(theirs: Parts, *values: float, **changed: Parts) -> Effects:
    """One mistake with a free number, made with each of these values in ``a``, before others."""
    slip = Slip("free", "c")
    made = [*(Made(slip, value) for value in values), *(Made(Slip(name)) for name in changed)]
    parts = [*({"a": value} for value in values), *changed.values()]
    return Effects(
        Alone(cells(RIGHT), made, [cells({**RIGHT, **one}) for one in parts]), cells({**RIGHT, **theirs})
    )


def test_with_another_number_a_mistake_may_give_anything_where_it_changes_something():
    theirs = {"a": 99.0, "b": 2.5}
    found = free_and(theirs, 5.0, 6.0, two={"b": 2.5})
    assert [tuple(one.key for one in chosen) for chosen in made_in(found.pairs())] == [
        (("free", 5.0), ("two", None))
    ]
    assert names(free_and({"a": 99.0, "c": 99.0}, 5.0, two={"b": 2.5}).pairs()) == []


def test_a_usual_number_that_fits_is_tried_too():
    found = free_and({"a": 6.0, "b": 2.5}, 5.0, 6.0, 7.0, two={"b": 2.5})
    assert {one.number for chosen in made_in(found.pairs()) for one in chosen} == {5.0, 6.0, None}


def test_a_mistake_is_not_made_twice():
    assert made_in(free_and({"a": 11.0}, 5.0, 6.0).pairs()) == []
    assert names(
        free_and({"a": 6.0, "b": 2.5, "c": 4.5}, 5.0, 6.0, two={"b": 2.5}, three={"c": 4.5}).triples()
    ) == [
        "free two three",
        "free two three",
    ]


def test_any_of_its_numbers_may_change_all_that_is_wrong():
    slip = Slip("free", "c")
    made = [Made(slip, 5.0), Made(slip, 6.0)]
    found = Effects(
        Alone(cells(RIGHT), made, [cells(RIGHT | {"a": 5.0}), cells(RIGHT | {"a": 6.0, "b": 6.0})]),
        cells(RIGHT | {"a": 9.0, "b": 9.0}),
    )
    assert found.may_be(slip)


# Three -------------------------------------------------------------------------------------------------------


def test_three_that_explain_a_part_each():
    theirs = {"a": 1.5, "b": 2.5, "c": 4.5}
    found = effects_of(theirs, one={"a": 1.5}, two={"b": 2.5}, three={"c": 4.5}, other={"c": 4.75})
    assert names(found.triples()) == ["one two three"]
    assert made_in(found.pairs()) == []


def test_there_are_no_triples_where_fewer_suffice():
    assert effects_of({"a": 1.5, "b": 2.5}, one={"a": 1.5}, two={"b": 2.5}, three={"c": 7.0}).triples() == []
    assert effects_of({}, one={"a": 1.5}, two={"b": 2.5}, three={"c": 7.0}).triples() == []


def test_three_may_change_one_part_together():
    """``one`` and ``two`` change ``a`` together, and ``three`` changes ``b``."""
    theirs = {"a": 9.0, "b": 2.5, "c": 4.5}
    found = effects_of(theirs, one={"a": 1.5, "c": 4.5}, two={"a": 2.5}, three={"b": 2.5})
    assert names(found.triples()) == ["one two three"]


def test_triples_come_in_the_order_in_which_their_changes_fit():
    theirs = {"a": 1.5, "b": 2.5, "c": 4.5}
    open_part = {"c": 4.25, "b": 2.25}
    found = effects_of(
        theirs, one={"a": 1.5}, far={"b": 7.0, "c": 9.0}, near=open_part, last={"b": 2.25, "c": 4.25}
    )
    assert names(found.triples())[0] == "one near last"


def test_no_triples_are_tried_where_there_are_too_many(monkeypatch):
    theirs = {"a": 1.5, "b": 2.5, "c": 4.5}
    changed = {
        "one": {"a": 1.5},
        "two": {"b": 2.5},
        "three": {"c": 4.5},
        "more": {"c": 4.5},
        "other": {"c": 4.5},
    }
    monkeypatch.setattr(effects, "MAX_TRIPLES", 3)
    assert len(effects_of(theirs, **changed).triples()) == 3
    monkeypatch.setattr(effects, "MAX_TRIPLES", 1)
    assert effects_of(theirs, **changed).triples() == []


def test_no_more_sets_are_looked_at_than_are_allowed(monkeypatch):
    theirs = {"a": 1.5, "b": 2.5, "c": 4.5}
    changed = {"one": {"a": 1.5}, "two": {"b": 2.5}, "three": {"c": 4.5}}
    monkeypatch.setattr(effects, "MAX_VISITED", 4)
    assert names(effects_of(theirs, **changed).triples()) == ["one two three"]
    monkeypatch.setattr(effects, "MAX_VISITED", 3)
    assert effects_of(theirs, **changed).triples() == []


# What moves parts, and what is left unexplained ---------------------------------------------------------------


def in_order(sets) -> list[str]:
    """All sets, most promising first."""
    return [" ".join(sorted(one.mistake.name for one in chosen.made)) for chosen in sets]


def renamed(**parts: float) -> dict:
    """A result under other names; what is not given is not there."""
    absent = dict.fromkeys(("a", "b", "c", "x", "y"), effects.MISSING)
    return {(0, name): part for name, part in (absent | parts).items() if part is not effects.MISSING}


def moving(theirs: dict) -> Effects:
    """One mistake gives two of three parts under other names; others change a part, as the solution names it."""
    changed = {
        "moves": renamed(x=1.0, y=2.0),
        "a_wrong": renamed(a=1.5, b=2.0, c=4.0),
        "b_wrong": renamed(a=1.0, b=7.0, c=4.0),
        "c_wrong": renamed(a=1.0, b=2.0, c=9.0),
    }
    return Effects(
        Alone(cells(RIGHT), [Made(Slip(name)) for name in changed], list(changed.values())), theirs
    )


def test_parts_that_only_move_are_found_by_what_they_hold():
    found = moving(renamed(x=1.0, y=2.0))._alone
    places = {found.places[new][1]: found.places[old][1] for new, old in found.moved(0).items()}
    assert places == {"x": "a", "y": "b"}
    assert found.moved(1) == {}


def test_a_part_that_holds_the_same_numbers_in_another_layout_has_not_moved():
    for x in (np.array([1.0]), np.array([1.0, 1.0])):
        found = alone({"a": 1.0, "b": 2.0}, moves={"x": x, "b": 7.0})
        assert found.moved(0) == {}


MOVED = {"a": np.array([1.0, 2.0, 3.0]), "b": 5.0, "c": 7.0}
"""The first of them is moved to ``x``, ``b`` is spoilt, and ``c`` stays as it is."""


@pytest.mark.parametrize(
    ("other", "together"),
    [
        ({"a": np.array([1.0, 9.0, 3.0])}, {"x": np.array([1.0, 9.0, 3.0])}),
        ({"a": np.array([1.0, np.nan, 3.0])}, {"x": np.array([1.0, np.nan, 3.0])}),
        ({"a": np.array([[1.0], [2.0], [3.0]])}, {"x": np.array([[1.0], [2.0], [3.0]])}),
        ({"b": np.inf}, {}), ({"c": np.inf}, {"c": np.inf}), ({"c": np.array([8.0])}, {"c": np.array([8.0])}),
    ],
)  # fmt: skip
def test_a_moved_part_is_what_the_other_mistake_makes_of_it(other, together):
    moved = {"x": MOVED["a"], "b": 6.0, "c": MOVED["c"]}
    found = Alone(
        cells(MOVED),
        [Made(Slip("moves")), Made(Slip("other"))],
        [cells(moved), cells({**MOVED, **other})],
    )
    table, wanted = found.after_moving(0), found.row(cells({**moved, **together}))
    assert table.layouts[1].tolist() == wanted.layouts.tolist()
    assert table.numbers[1].tolist() == wanted.numbers.tolist()
    assert table.finite[1].tolist() == wanted.finite.tolist()


@pytest.mark.parametrize(("x", "y", "cause"), [(1.5, 2.0, "a_wrong"), (1.0, 7.0, "b_wrong")])
def test_a_mistake_shows_where_another_one_moves_its_part(x, y, cause):
    first = moving(renamed(x=x, y=y)).pairs()[0]
    assert in_order([first]) == [f"{cause} moves"]
    assert first.fits


def test_nothing_moves_where_the_results_have_the_right_layout():
    sets = in_order(moving(renamed(a=1.5, b=7.0, c=4.0)).pairs())
    assert sets[0] == "a_wrong b_wrong"


def test_pairs_that_leave_a_little_unexplained_come_after_those_that_explain_all():
    found = effects_of(
        {"a": 2.0, "b": 3.0, "c": 5.0}, first={"a": 2.0}, second={"b": 3.0}, third={"b": 3.0, "c": 5.0}
    )
    assert in_order(found.pairs())[0] == "first third"
    assert [chosen.fits for chosen in found.pairs()][:2] == [True, False]


def test_pairs_that_leave_most_unexplained_are_not_tried():
    found = effects_of({"a": 2.0, "b": 3.0, "c": 5.0}, first={"a": 2.0}, nothing={})
    assert in_order(found.pairs()) == []


def test_a_mistake_that_changes_nothing_alone_may_matter_beside_another():
    found = effects_of({"a": 2.0, "b": 3.0, "c": 5.0}, first={"a": 2.0, "b": 3.0}, only_beside={})
    (pair,) = found.pairs()
    assert in_order([pair]) == ["first only_beside"]
    assert not pair.fits
