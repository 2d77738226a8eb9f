"""An answer that is an expression, read as numbers: its values at points that a test chooses.

An expression is sympy's, a function of Python, or a text such as ``x**2 + 2*x``. It is evaluated where the student's
code runs, and what comes back is numbers, or a `Told` word on why there are none. So the process that judges never
reads what a student wrote, and two answers are compared by what they are worth, however they are written.
"""

from grader.expressions.asking import At, Expression, answered_at
from grader.expressions.evaluating import ADDED, CONSTANTS, REASONS, values_at

__all__ = ["ADDED", "CONSTANTS", "REASONS", "At", "Expression", "answered_at", "values_at"]
