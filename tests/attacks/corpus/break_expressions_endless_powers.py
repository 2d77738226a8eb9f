# Formulas that take for ever, all of memory, or all of the stack to read or to compute.
# pset: expressions
# tests: all
# wall: none
import sympy as sp

x, y = sp.symbols("x y")
slope = "10**10**10**10**x"
antiderivative = "(" * 100_000 + "x" + ")" * 100_000
gradient = ["x + " * 3_000_000 + "x", "-" * 100_000 + "x"]


class Tower(sp.Expr):
    free_symbols = property(lambda self: {x})

    def has(self, *kinds):
        return False

    def _eval_evalf(self, digits):
        return sp.Integer(10) ** (10**9)

    def __iter__(self):
        while True:
            yield self


area = Tower()


def tangent(n):
    return sp.Integer(3) ** sp.Integer(10) ** 40
