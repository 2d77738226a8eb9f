"""A text becomes sympy's expression of it, and nothing in it runs."""

from __future__ import annotations

import pytest
import sympy as sp

from grader.kinds import as_library
from grader.symbolic import DEEPEST, LONGEST, expression_of

x, a = sp.symbols("x a")


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("a*x**2 + sin(x)", a * x**2 + sp.sin(x)),
        (" 2^x / 3 ", 2**x / 3),
        ("-(+x) - 1.5", -x - 1.5),
        ("exp(-pi*I) + sqrt(8)", 2 * sp.sqrt(2) - 1),
        ("log(E) - oo", -sp.oo),
        ("1/3", sp.Rational(1, 3)),
        ("lambda_ + S + N + Q", sum(sp.symbols("lambda_ S N Q"))),
    ],
)
def test_a_formula_is_read_as_sympy_reads_it(text, expression):
    assert expression_of(text) == expression
    assert as_library("sympy", text).made() == expression


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')", "x.func", "x[0]", "[x for x in (1, 2)]", "lambda: x", "'x'", "f'{x}'", "b''",
        "preview(x)", "exp(x, evaluate=False)", "exp(*x)", "sin(x)(x)", "x if x else x", "x == x", "x and x", "~x",
        "x % 2", "(x := 1)", "True", "...", "", "x +", "x\0", "sin()", "9**9**9", "((2*x)**9000)**9000", "2**-99999",
        "1e5**99999 * x", "x" * (LONGEST + 1), "-" * (DEEPEST + 1) + "x", "(" * 400 + "x" + ")" * 400,
    ],
)  # fmt: skip
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match="a text for sympy"):
        expression_of(text)
