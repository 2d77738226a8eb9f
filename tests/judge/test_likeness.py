"""Whether values have one form, which decides what enters the course's own code."""

from __future__ import annotations

import numpy as np
import pytest

from grader.judge.likeness import NotData, alike, as_ours, differs, finite_where, key_of
from grader.judge.power import made_up, trivial_answer, vary_together
from grader.student import Call


@pytest.mark.parametrize(
    ("value", "model"),
    [
        (1.5, np.float64(2.0)), (np.float64(1.5), 2.0), (np.ones(3), np.zeros(3)), ([1.0, 2.0], (3.0, 4.0)),
        ({"a": 1.0}, {"a": 2.0}), (None, None), ("left", "right"), (True, np.bool_(False)), (3, 1_000),
    ],
)  # fmt: skip
def test_values_of_one_form(value, model):
    assert alike(value, model)
    ours = as_ours(value, model)
    assert type(ours) is type(model)
    assert not differs(list(ours) if isinstance(ours, tuple) else ours, value)


@pytest.mark.parametrize(
    ("value", "model"),
    [
        (1, 1.0), (1.0, 1), (True, 1), (np.ones(3), np.ones(4)), (np.ones(3), np.ones((3, 1))), (np.ones(1), 1.0),
        (np.ones(3, dtype=np.float32), np.ones(3)), (np.ones(3), [1.0, 1.0, 1.0]), ([1.0], [1.0, 2.0]), (None, 1.0),
        (1.0, None), ({"a": 1.0}, {"b": 1.0}), ("1", 1.0), (object(), 1.0), (1j, 1.0), (10**30, 3),
        (np.array(["a"]), np.array(["b"])), (np.array([None]), np.ones(1)), ({1.0}, {1.0}), (1.0, object()),
    ],
)  # fmt: skip
def test_values_of_another_form(value, model):
    assert not alike(value, model)


@pytest.mark.parametrize(
    ("value", "model"),
    [
        (np.ones(3, np.float32), np.zeros(3)), (np.float32(1.0), 2.0), (2.0, np.float32(1.0)),
        ([np.ones(2, np.float16), 1.0], (np.ones(2), 2.0)), ({"a": np.ones(1, np.int8)}, {"a": np.ones(1, int)}),
    ],
)  # fmt: skip
def test_numbers_of_another_width_may_count_as_one_form_and_keep_it(value, model):
    def kinds(one):
        parts = one.values() if isinstance(one, dict) else one if isinstance(one, list | tuple) else [one]
        return [type(part) if np.isscalar(part) else part.dtype for part in parts]

    assert not alike(value, model) or np.isscalar(value)
    assert alike(value, model, widths=False)
    ours = as_ours(value, model, widths=False)
    assert kinds(ours) == kinds(value)
    assert isinstance(ours, type(model)) or np.isscalar(value)
    assert not alike([value], [np.zeros(9)], widths=False)


def test_an_array_that_keeps_its_width_is_a_copy():
    value = np.ones(2, np.float32)
    ours = as_ours(value, np.ones(2), widths=False)
    ours[:] = 5.0
    assert value.tolist() == [1.0, 1.0]


def test_integers_that_could_be_sizes_are_bounded():
    assert not alike(10**9, 5)
    assert not alike(np.array([1, -(10**7)]), np.array([1, 2]))
    assert alike(np.array([1, 900]), np.array([1, 2]))
    assert not alike("x" * 1_000, "left")


def test_numbers_that_are_not_finite_where_the_right_ones_are():
    assert finite_where([1.0, np.nan], [2.0, np.nan])
    assert not finite_where([1.0, np.nan], [2.0, 3.0])
    assert not finite_where(np.array([np.inf]), np.ones(1))
    assert not finite_where(np.ones(2), np.ones(3))
    assert not finite_where({"a": np.nan}, {"a": 1.0})


def test_keys_tell_data_apart_bit_by_bit():
    keys = [
        key_of(value)
        for value in (1, 1.0, True, "1", b"1", None, [1], (1,), {1: 1}, np.array(1), np.array([1]), np.float64(1), 0.0,
                      -0.0, np.zeros((2, 3)), np.zeros((3, 2)), np.zeros(6, dtype=np.float32), [], [[]], [[], []])
    ]  # fmt: skip
    assert len(set(keys)) == len(keys)
    assert key_of(np.ones(3), {"a": [1.0]}) == key_of(np.ones(3), {"a": [1.0]})
    assert key_of(np.random.default_rng(1)) != key_of(np.random.default_rng(2))
    with pytest.raises(NotData):
        key_of([object()])


# Power -------------------------------------------------------------------------------------------------------


def calls(*values, given=()):
    return [Call("f", (given or (float(i),)), {}, value, "") for i, value in enumerate(values)]


RIGHT = calls(np.array([1.0, 2.0]), np.array([3.0, 5.0]))


@pytest.mark.parametrize(
    ("seen", "trivial"),
    [
        (calls(np.zeros(2), np.zeros(2)), "zeros"),
        (calls(np.ones(2), np.ones(2)), "ones"),
        (calls(np.array([4.0, 2.0]), np.array([4.0, 2.0])), "the same answer to everything"),
        (calls(None, None), "None"),
        (calls(np.array([4.0, 2.0]), np.array([4.0, 3.0])), ""),
        (calls(np.zeros(2), np.array([1.0, 0.0])), ""),
    ],
)
def test_trivial_answers(seen, trivial):
    assert trivial_answer(RIGHT, seen) == trivial


def test_a_part_that_is_an_argument_or_a_part_of_one():
    w, state = np.array([1.0, 2.0]), {"v": np.array([3.0, 4.0])}
    right = [Call("f", (w, state), {}, (w - 1, {"v": state["v"] + 1}), "")]
    same = [Call("f", (w, state), {}, (w, {"v": state["v"] + 1}), "")]
    within = [Call("f", (w, state), {}, (state["v"].copy(), {"v": state["v"]}), "")]
    assert trivial_answer(right, right) == ""
    assert trivial_answer(right, same) == "an argument"
    assert trivial_answer(right, within) == "an argument"


def test_what_is_trivial_with_right_functions_too_says_nothing():
    assert trivial_answer(calls(np.zeros(2)), calls(np.zeros(2))) == ""


def test_no_answers_are_no_evidence():
    assert trivial_answer([], RIGHT) != ""
    assert trivial_answer(RIGHT, []) != ""


def test_results_vary_where_right_ones_do():
    assert vary_together([1.0, 2.0], [5.0, 6.0])
    assert not vary_together([1.0, 2.0], [5.0, 5.0])
    assert not vary_together([1.0, 1.0], [5.0, 6.0])
    assert not vary_together([1.0], [5.0])


def test_arguments_that_are_made_up_have_the_same_form():
    call = Call("f", (np.array([1.0, 2.0]), np.array([0, 1]), 3), {"p": {"W": np.ones((2, 2))}}, None, "")
    for arguments, keywords in made_up(call):
        assert alike((arguments, keywords), (call.arguments, dict(call.keywords)))
        assert differs((arguments, keywords), (call.arguments, dict(call.keywords)))
