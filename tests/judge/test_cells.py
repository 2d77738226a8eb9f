"""The parts of what calls returned: every number, array and text at a place of its own, and what holds them."""

from __future__ import annotations

from collections import deque

import numpy as np

from grader.judge.cells import (
    MISSING,
    cells_of,
    layout_of,
    numbers_in,
)
from grader.judge.objects import ObservedStudent
from grader.student import Call


def call(value=None, **more) -> Call:
    return Call("f", (), {}, value, "", **more)


def parts(value) -> dict:
    """The parts of one returned value."""
    found = cells_of([call(value)])
    assert found.pop((0, "changed")) == ""
    assert all(place[0] == 0 for place in found)
    return {place[1:]: part for place, part in found.items()}


def test_a_number_an_array_and_a_text_are_one_part_each():
    array = np.eye(2)
    assert parts(3.5) == {(): 3.5}
    assert parts("left") == {(): "left"}
    assert parts(array)[()] is array
    assert parts(None) == {(): None}


def test_what_a_tuple_holds_comes_after_its_length():
    assert parts((1.0, "a", (2.0,))) == {
        ("length",): 3, (0,): 1.0, (1,): "a", (2, "length"): 1, (2, 0): 2.0,
    }  # fmt: skip
    assert parts([1.0, 2.0]) == {("length",): 2, (0,): 1.0, (1,): 2.0}
    assert parts(deque([1.0])) == {("length",): 1, (0,): 1.0}, "a deque counts as a list"


def test_a_list_of_more_than_three_numbers_is_an_array():
    assert parts([1.0, 2.0, 3.0, 4.0]) == {(): [1.0, 2.0, 3.0, 4.0]}
    assert len(parts([1.0, 2.0, 3.0])) == 1 + 3
    assert len(parts([1.0, "a", {}, 2.0])) == 1 + 4, "what is no array has its parts"
    assert len(parts((1.0, 2.0, 3.0, 4.0))) == 1 + 4, "nor is a tuple one"


def test_the_values_of_a_dictionary_are_placed_by_the_order_of_their_keys():
    found = parts({"b": 2.0, "a": {1: 3.0, "x": 4.0}})
    assert found == {
        ("keys",): "a, b", (0, "keys"): "1, x", (0, 0): 3.0, (0, 1): 4.0, (1,): 2.0,
    }  # fmt: skip
    renamed = parts({"db": 2.0, "da": 1.0})
    assert renamed == {("keys",): "da, db", (0,): 1.0, (1,): 2.0}, (
        "so that a renamed value has the same place"
    )


def test_each_call_has_a_number_and_the_arguments_that_it_changed():
    found = cells_of([call(1.0, changed=("b", "a")), call(2.0)])
    assert found == {(0, "changed"): "a, b", (0,): 1.0, (1, "changed"): "", (1,): 2.0}


def test_a_call_that_raised_has_its_exception_in_place_of_a_value():
    assert cells_of([call(1.0, error="ValueError")]) == {(0, "changed"): "", (0, "error"): "ValueError"}


def test_an_object_is_no_data():
    names = {"__name__": "student"}
    exec("class Thing:\n    pass\ndef things():\n    return Thing(), 1.0\n", names)
    assert parts(ObservedStudent(names, lambda _: None).things())[0,] == "an object"


# One part ----------------------------------------------------------------------------------------------------


def test_the_first_numbers_of_a_part():
    assert numbers_in(np.arange(6).reshape(2, 3), 4).tolist() == [0.0, 1.0, 2.0, 3.0]
    assert numbers_in(np.arange(2), 4).dtype == float
    for nothing in ("text", None, MISSING, 1j):
        assert numbers_in(nothing, 4).tolist() == []


def test_layouts_tell_shapes_texts_and_what_is_missing_apart():
    texts = ["", "a", "b", None, MISSING]
    layouts = [layout_of(one) for one in [*texts, 1.0, np.zeros(1), np.zeros((1, 1)), np.zeros(2), 1j, 2j]]
    assert len(set(layouts)) == len(layouts)
    assert layout_of(np.zeros(3)) == layout_of(np.arange(3)) == layout_of(np.ones(3, bool))
    assert layout_of({1}) == layout_of({2}) != layout_of(1.0), "only its type is known"
