"""Which functions use which: directly, through helpers, and in other ways of writing them."""

from __future__ import annotations

import ast

import pytest

from grader.judge.dependence import Dependence

SOLUTION = """
def first(x):
    return x

def helper(x):
    return deeper(x)

def deeper(x):
    return first(x) + deeper(x - 1)

def second(x):
    return helper(x) + second(x - 1)

def third(x):
    return second(x)

def alone(x):
    return x + 1

def ping(x):
    return pong(x)

def pong(x):
    return ping(x)
"""
FUNCTIONS = ("third", "second", "first", "alone", "ping", "pong")


@pytest.fixture(scope="module")
def definitions() -> dict[str, ast.AST]:
    return {one.name: one for one in ast.parse(SOLUTION).body if isinstance(one, ast.FunctionDef)}


def test_what_is_used_through_helpers_counts_and_helpers_do_not(definitions):
    found = Dependence(FUNCTIONS, definitions, {})
    assert found.used_by("second") == ["first"]
    assert set(found.used_by("third")) == {"first", "second"}
    assert found.used_by("first") == found.used_by("alone") == []


def test_what_another_way_of_writing_it_uses_counts_too(definitions):
    ways = {"alone": ["def alone(x):\n    return helper(x)\n", "def alone(x):\n    return pong(x)\n"]}
    assert set(Dependence(FUNCTIONS, definitions, ways).used_by("alone")) == {"first", "ping", "pong"}


def test_functions_come_after_those_that_they_use(definitions):
    order = Dependence(FUNCTIONS, definitions, {}).order()
    assert order == ["first", "second", "third", "alone", "pong", "ping"]


def test_what_one_uses_is_in_the_order_in_which_it_is_asked_for(definitions):
    ways = {"third": ["def third(x):\n    return ping(x) + alone(x)\n"]}
    order = Dependence(FUNCTIONS, definitions, ways).order()
    assert order == ["first", "second", "alone", "pong", "ping", "third"]


def test_functions_that_use_each_other_are_no_endless_circle(definitions):
    found = Dependence(FUNCTIONS, definitions, {})
    assert found.used_by("ping") == ["pong"]
    assert found.used_by("pong") == ["ping"]


def test_what_the_solution_does_not_define_uses_what_others_write_for_it(definitions):
    found = Dependence(("new", "first"), definitions, {"new": ["def new(x):\n    return first(x)\n"]})
    assert found.used_by("new") == ["first"]
