"""Formulas in the clothes that sympy gives them, and what is said of those that are none."""

from __future__ import annotations

import numpy as np
import pytest

from grader import CheckFailed, LocalStudent, check_expression

sp = pytest.importorskip("sympy")
x, y, C, K, c = sp.symbols("x y C K c")
LINE = 2 * x + 1


def check(answer, right=lambda x: 2 * x + 1, variables="x", **how):
    domain = dict.fromkeys(variables, (0.5, 2))
    check_expression(LocalStudent({"f": answer}).expression("f"), right, **how, **domain)


def failure(*given, **how) -> str:
    with pytest.raises(CheckFailed) as failed:
        check(*given, **how)
    return failed.value.summary


def gradient(x, y):
    return [2 * x, 2 * y]


ONE = [
    LINE, [LINE], (LINE,), [[LINE]], sp.Matrix([[LINE]]), sp.Tuple(LINE), sp.Array([LINE]), np.array([LINE]),
    sp.solve(y - LINE, y), sp.solveset(y - LINE, y), sp.FiniteSet(LINE), {LINE}, sp.Poly(LINE), sp.Poly(LINE, x, y),
    sp.Lambda(x, LINE), sp.Lambda(y, 2 * y + 1), sp.Lambda((), LINE), [sp.Lambda(x, LINE)], sp.Eq(y, sp.Poly(LINE)),
    lambda t: sp.Lambda(x, LINE)(t), "2x + 1", ["2x + 1"],
]  # fmt: skip


@pytest.mark.parametrize("answer", ONE)
@pytest.mark.parametrize("right", [lambda x: 2 * x + 1, lambda x: [2 * x + 1]], ids=["one", "a list of one"])
def test_one_formula_is_one_whatever_holds_it(answer, right):
    check(answer, right)


@pytest.mark.parametrize(
    "answer",
    [
        [2 * x, 2 * y], [[2 * x], [2 * y]], sp.Matrix([2 * x, 2 * y]), sp.Lambda((x, y), (2 * x, 2 * y)),
        sp.Lambda((y, x), (2 * y, 2 * x)), sp.Lambda((x, y), sp.Matrix([2 * x, 2 * y])),
        [sp.Lambda(x, 2 * x), sp.Lambda(y, 2 * y)], [sp.Poly(2 * x), sp.Poly(2 * y)],
    ],
)  # fmt: skip
def test_several_formulas(answer):
    check(answer, gradient, "xy")


WRONG = [
    ([LINE, x], "f is two expressions, but one was expected."),
    (sp.Poly(2 * LINE), "f is wrong: it is 2 times the right one."),
    (sp.Lambda(x, -LINE), "f is wrong: its sign is wrong."),
    ([-LINE], "f is wrong: its sign is wrong."),
    (sp.FiniteSet(-LINE), "f is wrong: its sign is wrong."),
    (sp.FiniteSet(LINE, x), "f is a set, but one expression was expected."),
    ({LINE, x}, "f is a set, but one expression was expected."),
    (sp.EmptySet, "f is not an expression: a formula in `x` was expected."),
    (x < 2, "f is not an expression: a formula in `x` was expected."),
    (sp.true, "f is not an expression: a formula in `x` was expected."),
    (sp.Interval(0, 1), "f is not an expression: a formula in `x` was expected."),
    (sp.Lambda((x, y), LINE), "f is not an expression: a formula in `x` was expected."),
    (sp.series(sp.exp(x), x), "f holds an O(…), which stands for more terms: `.removeO()` takes it off."),
    (sp.Poly(LINE + c, x), "f contains a name, `c`, that is not known here"),
]


@pytest.mark.parametrize(("answer", "says"), WRONG)
def test_what_is_said_of_another(answer, says):
    assert says in failure(answer)


@pytest.mark.parametrize("answer", [sp.FiniteSet(2 * x, 2 * y), {2 * x, 2 * y}])
def test_a_set_says_not_which_formula_is_which(answer):
    assert failure(answer, gradient, "xy") == "f is a set, which has no order: two were expected, in a list."


CUBE = x**3 / 3


@pytest.mark.parametrize(
    "answer",
    [
        "x^3/3 + C", CUBE + C, CUBE - K, "x^3/3 + c_1", "x^3/3+C1", "(x^3 + c)/3", "x^3/3 + 2k", "x^3/3 + log(C)",
        "F(x) = x^3/3 + C", sp.Eq(y, CUBE + C), sp.Poly(CUBE + C, x), sp.Lambda(x, CUBE + C), [CUBE + C],
        lambda x: x**3 / 3 + C, lambda: CUBE + C, sp.dsolve(sp.Function("F")(x).diff() - x**2),
    ],
)  # fmt: skip
def test_a_constant_may_be_a_letter_where_one_may_be_added(answer):
    check(answer, lambda x: x**3 / 3, constant=True)
    with pytest.raises(CheckFailed):
        check(answer, lambda x: x**3 / 3)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("x^3/3 * C", "f is wrong: its constant `C` is not only added."),
        ("x^3/3 + C*x", "f is wrong: its constant `C` is not only added."),
        ("x^3/3 + C/x", "f is wrong: its constant `C` is not only added."),
        ("x^(3 + c)/3", "f is wrong: its constant `c` is not only added."),
        ("x^3/3 + x*sign(C)", "f is wrong: its constant `C` is not only added."),
        (lambda x: x**3 / 3 * C, "f is wrong: its constant `C` is not only added."),
        ("2x^3/3 + C", "f is wrong: it is 2 times the right one."),
        ("-x^3/3 + C", "f is wrong: its sign is wrong."),
        ("x^2 + C", "f is wrong: it is the derivative of the right one."),
        ("C", "f is wrong."),
        ("x^3/3 + C + K", "f contains more than one constant: add one."),
        ("x^3/3 + C + q", "f contains a name, `q`, that is not known here"),
        (CUBE + sp.Function("C")(x), "f contains a name, `C`, that is not known here"),
    ],
)
def test_a_constant_has_to_be_added_to_the_right_one(answer, says):
    assert says in failure(answer, lambda x: x**3 / 3, constant=True)


def test_a_variable_of_the_domain_is_no_constant():
    assert "`c` is wrong" in failure("x - c", lambda x, c: x + c, "xc", constant=True)
