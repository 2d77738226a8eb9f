"""What is judged outside the student's process, by reading a test."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from grader.adopt import assignment as adopted
from grader.adopt.assignment import Assignment, AuthorCell, Kind, Question
from grader.adopt.dependents import with_dependents
from grader.adopt.plan import keyed
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


def test_the_type_of_a_function_is_asked_where_the_function_is() -> None:
    function, given = "def f(x):\n    return x", "class Vector:\n    ..."
    assert reason("import types\nassert type(f) == types.FunctionType", function, solved=False)
    assert reason("assert type(f) is type(lambda: 0)", function, solved=False)
    assert reason("assert type(v) == Vector", given, solved=False)
    assert reason("assert type(f(3)) in (int, float)", function, solved=False) == ""
    assert reason("assert isinstance(v, Vector)", given, solved=False) == ""


def test_a_cell_goes_where_the_cell_is_whose_names_it_uses() -> None:
    cells = {
        "one": "a = f()",
        "two": "assert a == 1",
        "again": "a += 1\nassert a == 2",
        "itself": "a = a + 1",
        "three": "a = 2\nassert a == 2",
        "four": "assert a == 2",
        "five": "assert b",
    }
    tests = [adopted.Test(name, "cell", source, Fraction(1)) for name, source in cells.items()]
    questions = tuple(Question(test.name, Fraction(1), (test,)) for test in tests)
    assignment = Assignment("nbgrader", "ps1", "PS 1", Path("ps1"), questions, ())
    keys = {key[0]: key for key, _, _ in keyed(assignment)}
    found = with_dependents(assignment, {key: "reads files" * (key == keys["one"]) for key in keys.values()})
    assert [name for name in cells if found[keys[name]]] == ["one", "two", "again", "itself"]
    assert "`a` of the test one" in found[keys["two"]]
