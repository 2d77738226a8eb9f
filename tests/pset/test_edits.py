"""Edits of a function by its syntax tree: found where they belong, made together, refused where they are not clear."""

from __future__ import annotations

import ast

import pytest

from grader.pset.edits import Edit, NoPlace
from grader.pset.forms import Solution

SOURCE = '''
def shifted(z):
    """Not for an edit."""
    return z - z.max(axis=1, keepdims=True)

def total(w):
    return (w * w).sum()

def unused(w):
    return w

def loss(z, w, l2):
    """The loss."""
    s = shifted(z)
    data = -s.mean()
    penalty = 0.5 * l2 * total(w)
    return data + penalty

def asked(z):
    return z.max()
'''


def solution(source=SOURCE, asked=("loss", "asked")):
    return Solution({node.name: node for node in ast.parse(source).body}, asked)


def after(*edits, function="loss", source=SOURCE):
    form = solution(source).form(function).edited([Edit(old, new) for old, new in edits])
    return ast.unparse(form.module) + "\n"


def test_an_expression_is_replaced_however_it_is_laid_out():
    assert "penalty = l2 * total(w)" in after(("0.5*l2  * total( w )", "l2 * total(w)"))


def test_statements_are_replaced_by_statements():
    made = after(("data = -s.mean()\npenalty = 0.5 * l2 * total(w)", "data = 1\nextra = 2\npenalty = extra"))
    assert made == (
        "def loss(z, w, l2):\n    s = shifted(z)\n    data = 1\n    extra = 2\n    penalty = extra\n"
        "    return data + penalty\n"
    )


def test_an_expression_may_become_statements_and_nothing():
    body = "def f(x):\n    if x:\n        print(x)\n"
    assert after(("print(x)", "y = x\nprint(y)"), function="f", source=body).count("y") == 2
    assert after(("print(x)", ""), function="f", source=body) == "def f(x):\n    if x:\n        pass\n"


def test_edits_of_different_places_are_made_together():
    made = after(("0.5 * l2 * total(w)", "l2 * total(w)"), ("-s.mean()", "-s.sum()"))
    assert "data = -s.sum()" in made
    assert "penalty = l2 * total(w)" in made


def test_two_statements_of_one_block_are_edited_wherever_the_first_one_ends():
    made = after(
        ("s = shifted(z)", ""),
        ("data = -s.mean()", "data = 1\nmore = 2"),
        ("return data + penalty", "return data"),
    )
    assert (
        made
        == "def loss(z, w, l2):\n    data = 1\n    more = 2\n    penalty = 0.5 * l2 * total(w)\n    return data\n"
    )


def test_an_edit_inside_another_one_is_made_in_what_that_one_leaves():
    made = after(
        ("penalty = 0.5 * l2 * total(w)", "penalty = 0.5 * l2 * total(w) / len(z)"), ("0.5 * l2", "l2")
    )
    assert "penalty = l2 * total(w) / len(z)" in made


def test_an_edit_whose_place_another_one_took_is_refused():
    with pytest.raises(NoPlace, match=r"'0\.5 \* l2' is not there"):
        after(("penalty = 0.5 * l2 * total(w)", "penalty = 0"), ("0.5 * l2", "l2"))


@pytest.mark.parametrize(
    ("old", "says"), [("nowhere", "'nowhere' is not there"), ("w", "'w' is there 3 times")]
)
def test_an_edit_that_is_not_clear_is_refused(old, says):
    with pytest.raises(NoPlace, match=says):
        after((old, "1"))


def test_an_edit_that_uses_a_variable_of_the_solution_is_refused_where_there_is_none():
    whole = ast.parse("def loss(z, w, l2):\n    return -shifted(z).mean() + 0.5 * l2 * (w * w).sum()").body[0]
    form = solution().form("loss", whole)
    with pytest.raises(NoPlace, match="data is not defined"):
        form.edited([Edit("0.5 * l2", "data * l2")])
    assert "total(w) * l2" in ast.unparse(form.edited([Edit("0.5 * l2", "total(w) * l2")]).module)
    assert "sum((data * l2 for data in w))" in ast.unparse(
        form.edited([Edit("0.5 * l2", "sum(data * l2 for data in w)")]).module
    )


def test_a_name_that_is_assigned_is_no_expression_to_replace():
    assert after(("s.mean()", "data.mean()")).count("s = shifted(z)") == 1
    with pytest.raises(NoPlace, match="is not there"):
        after(("data", "other"), function="f", source="def f(x):\n    data = x\n    return x\n")


def test_a_helper_that_is_edited_gets_a_name_of_its_own():
    made = after(("z - z.max(axis=1, keepdims=True)", "z"))
    assert made == (
        "def shifted_of_loss(z):\n    return z\n\ndef loss(z, w, l2):\n    s = shifted_of_loss(z)\n"
        "    data = -s.mean()\n    penalty = 0.5 * l2 * total(w)\n    return data + penalty\n"
    )


def test_a_helper_of_an_edited_helper_is_renamed_with_it_and_others_are_not_repeated():
    source = (
        "def inner(x):\n    return x\n\ndef outer(x):\n    return inner(x)\n\ndef other(x):\n    return x\n\n"
        "def f(x):\n    return outer(x) + other(x)\n"
    )
    made = after(
        ("return x", "return 2 * x"),
        function="f",
        source=source.replace("def other(x):\n    return x", "def other(x):\n    return -x"),
    )
    assert made.count("def ") == 3
    assert "return inner_of_f(x)" in made
    assert "outer_of_f(x) + other(x)" in made


def test_what_a_student_is_asked_for_is_no_part_of_another_function():
    source = "def g(x):\n    return x\n\ndef f(x):\n    return g(x)\n"
    with pytest.raises(NoPlace):
        solution(source, ("f", "g")).form("f").edited([Edit("return x", "return 1")])
    assert "g_of_f" in solution(source, ("f",)).form("f").edited([Edit("return x", "return 1")]).source


def test_in_a_notebook_every_helper_is_there():
    """It takes the place of a cell that may have defined them."""
    form = solution().form("loss").edited([Edit("z - z.max(axis=1, keepdims=True)", "z")])
    names: dict = {}
    exec(form.source, names)
    assert {"total", "shifted_of_loss", "loss"} <= names.keys()
    assert "unused" not in names


def test_the_solution_stays_as_it_is():
    one = solution()
    form = one.form("loss")
    before = form.source
    form.edited([Edit("0.5 * l2 * total(w)", "0"), Edit("z - z.max(axis=1, keepdims=True)", "z")])
    assert form.source == before
    assert one.form("loss") is form


def test_names_in_the_new_code_stand_for_numbers_and_for_other_names():
    (edit,) = [Edit("-s.mean()", "-(s + c).mean()", (("c", -1e-7),))]
    assert "-(s + -1e-07).mean()" in solution().form("loss").edited([edit]).source
    (edit,) = [Edit("-s.mean()", "-(s + c).mean()", (("c", "other"),))]
    assert "-(s + other).mean()" in solution().form("loss").edited([edit]).source


def test_another_definition_has_the_helpers_that_it_needs():
    form = (
        solution()
        .form("loss")
        .instead(ast.parse("def loss(z, w, l2):\n    return shifted(z) + unused(w)\n").body[0])
    )
    made = form.edited([Edit("return w", "return 2 * w")]).source
    assert "return shifted(z) + unused_of_loss(w)" in made


@pytest.mark.parametrize(("old", "new"), [("", "1"), ("x +", "1"), ("x", "1 +"), ("# only a comment", "x")])
def test_an_edit_that_is_not_python_is_refused(old, new):
    with pytest.raises((ValueError, SyntaxError)):
        Edit(old, new)
