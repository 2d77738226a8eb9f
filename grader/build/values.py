"""Whether a text tells the value of a variable that students are asked for.

The line that gives a variable its value may be as short as ``x = 5``, and proves nothing. So the value itself is looked
for: its digits, as far as they are too many to be there by chance, and a text that is long enough.
"""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

from grader.kinds import plain
from grader.pset import ProblemSet
from grader.pset.namespace import solution_namespace
from grader.student import LocalStudent
from grader.units import half_a_digit, number_of

__all__ = ["AnswerValues"]

FEWEST_DIGITS = 4
"""Significant digits by which a number is recognised; three of a text that was rounded to them."""
SHORTEST_TEXT = 14
_NUMBER = re.compile(r"(?<![\w.])\d{1,30}\.?\d{0,30}(?:[eE][+-]?\d{1,3})?(?!\.?\w)")


class AnswerValues:
    """The values of a problem set's variables, ready to look for in many texts."""

    def __init__(self, pset: ProblemSet) -> None:
        self._numbers: dict[str, tuple[float, int, int]] = {}
        """The number, the digits by which it is recognised, and how many half digits another may differ from it."""
        self._texts: dict[str, str] = {}
        if not pset.values:
            return
        try:
            student = LocalStudent(solution_namespace(pset))
            values = {name: plain(student.value(name)) for name in sorted(pset.values - pset.open_values)}
        except Exception:  # of the course's own code, which validation reports when it runs it
            return
        for name, value in values.items():
            self._add(name, value)

    def _add(self, name: str, value: Any) -> None:
        if isinstance(value, tuple | list) and value:
            value = plain(value[0])
        if isinstance(value, str):
            found = number_of(value)
            if found is not None and found[0].most >= FEWEST_DIGITS - 1:
                self._numbers[name] = abs(found[0].value), found[0].most, 1
            elif len("".join(value.split())) >= SHORTEST_TEXT:
                self._texts[name] = " ".join(value.split())
        elif isinstance(value, float | np.floating) and math.isfinite(value) and value != round(float(value), 1):
            self._numbers[name] = abs(float(value)), FEWEST_DIGITS, 2  # cut off or rounded

    def found_in(self, text: str) -> tuple[str, str] | None:
        """The first variable whose value a text tells, and how it is written there."""
        if self._numbers:
            for token in _NUMBER.finditer(text):
                digits = token[0].lower().partition("e")[0].replace(".", "").lstrip("0")
                for name, (value, fewest, halves) in self._numbers.items():
                    off = abs(float(token[0]) - value)
                    if len(digits) >= fewest and off < halves * half_a_digit(value, len(digits)):
                        return name, token[0]
        if self._texts:
            flat = " ".join(text.split())
            return next(((name, told) for name, told in self._texts.items() if told in flat), None)
        return None
