"""What is judged outside the student's process, by reading a test."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from grader.adopt import assignment as adopted
from grader.adopt.assignment import Assignment, AuthorCell, Kind, Question
from grader.adopt.roles import roles_of
from grader.adopt.trust import reason_inside


def reason(code: str, *cells: str, kind: Kind = "cell", solved: bool = True) -> str:
    test = adopted.Test("q1", kind, code, Fraction(1))
    assignment = Assignment(
        "nbgrader", "ps1", "PS 1", Path("ps1"), (Question("q1", Fraction(1), (test,)),), tuple(map(AuthorCell, cells))
    )  # fmt: skip
    return reason_inside(test, roles_of(assignment), solved=solved)


@pytest.mark.parametrize(
    "code",
    [
        "assert 'x' in globals()",
        "assert 'x' not in vars()",
        "assert 'x' in dir()",
        "assert globals()['x'] == 3",
        "assert locals().get('x') == 3",
        "f(3)\nplt.close('all')",
        "import sys, io\nsys.stdout = io.StringIO()\nf()\nsys.stdout = sys.__stdout__",
        "from unittest.mock import patch\nwith patch('sys.stdout') as said:\n    f()",
        "assert len(df.query('a > 1')) == 3",
    ],
)
def test_what_only_asks_or_tidies_up_is_judged_outside(code: str) -> None:
    assert reason(code, "import matplotlib.pyplot as plt") == ""


@pytest.mark.parametrize(
    "code",
    [
        "globals()['x'] = 3",
        "vars().update(x=3)",
        "check(globals())",
        "names = globals()",
        "assert len(dir()) > 3",
        "assert any(name.startswith('q') for name in dir())",
        "figure = plt.gcf()\nplt.close(figure)",
        "assert plt.close(f()) is None",
        "import sys\nassert 'solution' in sys.modules",
        "from sys import modules",
        "import sys as s\ns.modules.clear()",
        "from unittest.mock import patch\nwith patch('builtins.input', return_value='3'):\n    f()",
        "assert len(df.query(condition)) == 3",
    ],
)
def test_what_looks_into_the_process_or_changes_it_runs_inside(code: str) -> None:
    assert reason(code, "import matplotlib.pyplot as plt", "condition = 'a > 1'")


def test_a_pattern_of_the_students_is_never_compiled_by_the_judge() -> None:
    assert "reads it as text" in reason("import re\nassert re.findall(pattern, 'abc')", "pattern = 'a'")


def test_a_very_long_loop_over_a_students_function_needs_a_run_of_the_solution() -> None:
    long = "assert sum(3 in draw(9) for _ in range(100000)) > 5"
    assert "10,000 times" in reason(long, "def draw(n):\n    return [n]", solved=False)
    assert reason(long, "def draw(n):\n    return [n]") == ""
    assert reason(long.replace("100000", "100"), "def draw(n):\n    return [n]", solved=False) == ""
    assert (
        reason("assert sum(range(100000)) > x\nassert sum(n for n in range(100000)) > 5", solved=False) == ""
    )
