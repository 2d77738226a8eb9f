"""Whose name is whose."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from grader.adopt import assignment as adopted
from grader.adopt.assignment import Assignment, AuthorCell, Question
from grader.adopt.roles import Roles, free_names, roles_of


def roles(test: str, *cells: str) -> Roles:
    question = Question("q1", Fraction(1), (adopted.Test("q1", "doctest", test, Fraction(1)),))
    return roles_of(
        Assignment("otter", "hw1", "HW 1", Path("hw1"), (question,), tuple(map(AuthorCell, cells)))
    )


def test_a_usual_name_that_no_notebook_imports_is_the_judges() -> None:
    for cells in ((), ("x = 3",)):
        found = roles(">>> np.isclose(x, 3)\nTrue", *cells)
        assert "np" in found.judges
        assert "import numpy as np" in found.imports


def test_a_usual_name_is_whose_the_notebook_says() -> None:
    assert "stats" not in roles(">>> stats[0]\n1", "stats = [1]").judges
    assert roles(">>> np.pi > 3\nTrue", "import mynumpy as np").imports == ("import mynumpy as np",)


def test_nothing_is_imported_for_a_name_that_the_test_binds_itself() -> None:
    assert roles(">>> stats = f()\n>>> stats[0]\n1").imports == ()
    assert roles(">>> from math import pi as math\n>>> math > x\nTrue").imports == ()


def test_a_name_that_is_asked_for_as_text_is_one_that_a_test_mentions() -> None:
    assert "x" in free_names(adopted.Test("q1", "doctest", ">>> 'x' in globals()\nTrue", Fraction(1)))
