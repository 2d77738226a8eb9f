"""A submission to another grader's assignment costs the judge bounded time and memory, and its own tests alone."""

from __future__ import annotations

import pytest

from grader.judge.watched import Grader
from tests.adopt.test_attacks import CHECKS, RIGHT, nbgrader, of_nbgrader, passed

__all__ = ["nbgrader"]


@pytest.mark.parametrize(
    "code",
    [
        "square = lambda x: [0] * 10**9",
        "square = lambda x: 'x' * 10**9",
        "import fractions\nsquare = lambda x: fractions.Fraction(10**10**6, 3)",
        "import decimal\nsquare = lambda x: decimal.Decimal('1e999999')",
        "square = lambda x: range(10**18)",
        "def square(x):\n    while True:\n        yield x",
        "def shout(text):\n    while True:\n        print('x' * 1000)",
        "words = {n: [n] * 100 for n in range(10**6)}",
        "deep = []\nfor _ in range(10**5):\n    deep = [deep]\nmean = deep",
    ],
)
def test_what_is_too_large_costs_its_own_tests_alone(code: str, nbgrader: Grader) -> None:
    result = of_nbgrader(nbgrader, RIGHT + code)
    assert result.status == "graded"
    assert {"rows-are", "account-is", "checked-raises"} <= set(passed(result))
    assert len(passed(result)) < len(CHECKS)
