"""Validation reports a suite that gives points to answers that know nothing, and accepts a good suite."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.pset import load_problem_set
from grader.validate import validate
from grader.validate.bench import Bench
from grader.validate.cheaters import cheats_of, disguised
from grader.validate.memory import Memory
from grader.validate.trials import CheatTrial, Trials
from tests.pset.tiny import write_tiny_course

COURSE = Path(__file__).parents[2]
SQUARES = '''"""Answers."""

import numpy as np


def loss(x):
    """Σ x³."""
    return float(np.sum(x**3))


def gradient(x):
    """Its gradient."""
    return 3 * x**2


def both(x):
    """Loss and gradient."""
    return loss(x), gradient(x)


class Adder:
    """A number that is added to others."""

    def __init__(self, number):
        """A number."""
        self.number = number

    def __add__(self, other):
        """Added to another."""
        return Adder(self.number + other.number)
'''
FILES = {
    "reference/__init__.py": '"""Answers."""\n',
    "reference/cubes.py": SQUARES,
    "psets/c/pset.yaml": """title: "C"
expected_hours: 1
seed: "5eed0f7e575e7c0ffee5eed0f7e575e7"
questions:
  - {id: q1, title: "All", points: POINTS, functions: [loss, gradient, both, Adder]}
""",
    "psets/c/c.md": '''# C

```python
import numpy as np
```

```otter
# BEGIN QUESTION
name: q1
```

## Question 1

```python
def loss(x):
    """Loss."""
    # SOLUTION: reference.cubes.loss
```

```python
def gradient(x):
    """Gradient."""
    # SOLUTION: reference.cubes.gradient
```

```python
def both(x):
    """Both."""
    # SOLUTION: reference.cubes.both
```

```python
class Adder:
    """Adds."""

    def __init__(self, number):
        """A number."""
        # SOLUTION: reference.cubes.Adder.__init__

    def __add__(self, other):
        """Added to another."""
        # SOLUTION: reference.cubes.Adder.__add__
```

```otter
# END QUESTION
```
''',
    "psets/c/mistakes.py": '"""None."""\n',
    "psets/c/alternatives.py": '"""None."""\n',
}
HEAD = '''"""q1."""

import numpy as np
import pytest

import reference.cubes as ref
from grader import check_close, check_gradient, check_outputs, check_raises, question

X = np.array([1.0, -2.0, 0.5])
'''


def trials_of(course: Path, *tests: str) -> Trials:
    """A course whose suite consists of these tests of q1, worth a point each."""
    for name, text in FILES.items():
        file = course / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("POINTS", str(len(tests))), encoding="utf-8")
    suite = course / "psets/c/suite/test_c.py"
    suite.parent.mkdir(exist_ok=True)
    marked = (t if t.startswith("@") else f'@question("q1", points=1)\n{t}' for t in tests)
    suite.write_text("\n\n".join([HEAD, *marked]) + "\n", encoding="utf-8")
    return Trials(course / "psets/c")


def passing(course: Path, *tests: str) -> dict[str, set[str]]:
    """The tests that each cheat passes."""
    run = trials_of(course, *tests)()
    bench = Bench(load_problem_set(course / "psets/c"))
    try:
        names = [cheat.name for cheat in cheats_of(bench)]
    finally:
        bench.close()
    return {name: {done.name for done in run(CheatTrial(name, 1)) if done.passed} for name in names}


def earning(course: Path, *tests: str) -> set[str]:
    """The cheats that pass a test that the cheat beside them does not pass."""
    passed = passing(course, *tests)
    bench = Bench(load_problem_set(course / "psets/c"))
    try:
        beside = {cheat.name: cheat.beside for cheat in cheats_of(bench)}
    finally:
        bench.close()
    return {name for name, tests in passed.items() if tests - passed.get(beside[name], set())}


GOOD = [
    "def test_loss(student):\n    check_close(student.loss(X), ref.loss(X))",
    "def test_gradient(student):\n    check_gradient(student.loss, student.gradient(X), X, reference=ref.loss)",
    "def test_both(student):\n    loss, gradient = check_outputs(student.both(X), names=('l', 'g'))\n"
    "    check_close(loss, ref.loss(X))\n    check_close(gradient, ref.gradient(X))",
    "def test_adder(student):\n    check_close((student.Adder(2.0) + student.Adder(5.0)).number, 7.0)",
    "def test_bad_input(student):\n    check_raises(student.loss, 'x', error=(TypeError, ValueError))\n"
    "    check_close(student.loss(X), ref.loss(X))",
]


def test_a_suite_that_asks_for_values_gives_cheats_nothing(tmp_path):
    assert earning(tmp_path, *GOOD) == set()


@pytest.mark.parametrize(
    ("test", "cheat"),
    [
        ("check_raises(student.loss, 'x', error=TypeError)", "exception"),
        ("check_raises(student.loss, 'x', error=(TypeError, KeyError))", "exception"),
        ("assert np.shape(student.gradient(X)) == (3,)", "zeros"),
        ("assert np.shape(student.gradient(X)) == (3,)", "argument 1"),
        ("assert np.all(np.asarray(student.gradient(X)) > 0)", "ones"),
        ("assert not np.any(np.asarray(student.gradient(X)) < 0)", "nans"),
        ("check_close(student.loss(np.zeros(3)), 0.0)", "always 0"),
        ("check_close(student.gradient(np.full(2, 1 / 3)), np.full(2, 1 / 3))", "first of its shape"),
        ("assert student.loss(X) is not None", "always False"),
        ("check_gradient(student.loss, student.gradient, X)", "zeros"),
        ("check_gradient(student.loss, student.gradient, X)", "sums"),
        ("check_gradient(student.loss, student.gradient, X)", "squares"),
        ("check_close(student.Adder(0.0).number, 0.0)", "zeros"),
        ("check_close((student.Adder(0.25) + student.Adder(0.75)).number, 1.0)", "ones"),
        (
            "check_raises(student.loss, 'x', error=TypeError)\n    check_close(student.loss(np.ones(1)), 1.0)",
            "refusing, else ones",
        ),
    ],
)
def test_a_test_that_asks_for_no_value_of_its_own_is_passed_by_a_cheat(tmp_path, test, cheat):
    assert cheat in earning(tmp_path, f"def test_it(student):\n    {test}")


AGREES = """def test_slopes(student):
    _, gradient = student.both(X)
    for x in X + np.array([[0.0], [0.1], [-0.1]])[:KNOWN]:
        check_close(student.both(x)[0], ref.loss(x))
    check_gradient(lambda x: student.both(x)[0], gradient, X)"""


@pytest.mark.parametrize(("known", "cheat"), [(1, "bending after 4 calls"), (2, "bending after 4 calls")])
def test_a_loss_that_is_compared_at_a_few_points_and_then_trusted_is_found_out(tmp_path, known, cheat):
    assert cheat in earning(tmp_path, AGREES.replace("KNOWN", str(known)))
    right = "    check_gradient(ref.loss, gradient, X)"
    mended = AGREES.replace("    check_gradient(lambda x: student.both(x)[0], gradient, X)", right)
    assert earning(tmp_path, mended.replace("KNOWN", str(known))) == set()


def test_a_right_loss_keeps_its_points_whatever_its_gradient(tmp_path):
    passed = passing(tmp_path, *GOOD)
    assert passed["bending after 4 calls"] <= passed["wrong arrays"]
    assert "test_loss" in passed["wrong arrays"]
    assert not passed["wrong arrays"] & {"test_gradient", "test_both"}


TRUSTS = """def test_pure(student):
    done = student.gradient.call(X)
    assert done.changed == ()
    check_close(done.value, ref.gradient(X))"""


def test_a_suite_that_believes_what_is_said_of_a_change_is_found_out(tmp_path):
    passed = passing(tmp_path, TRUSTS, *GOOD)
    assert "test_pure" in passed["silent"] - passed["changing"]
    assert passed["silent"] - {"test_pure"} == passed["changing"] >= {"test_loss", "test_gradient"}


PUBLIC = '@question("q1", points=1, public=True)\ndef test_{name}(student):\n    {body}'


def test_remembered_answers_pass_public_tests_and_hidden_ones_of_the_same_numbers_only(tmp_path):
    shown = [
        PUBLIC.format(
            name="loss_of_three", body="check_close(student.loss(np.array([1.0, 2.0, 3.0])), 36.0)"
        ),
        PUBLIC.format(
            name="sum_of_two", body="check_close((student.Adder(2.0) + student.Adder(5.0)).number, 7.0)"
        ),
        PUBLIC.format(name="nothing", body="check_raises(student.loss, 'x', error=TypeError)"),
    ]
    hidden = [
        *GOOD[:3],
        "def test_drawn(student, rng):\n    x = rng.normal(size=3)\n    check_close(student.loss(x), ref.loss(x))",
        "def test_other_sum(student):\n    check_close((student.Adder(5.0) + student.Adder(2.5)).number, 7.5)",
        "def test_the_same(student):\n    check_close(student.loss(np.array([1.0, 2, 3])), 36.0)",
    ]
    found = passing(tmp_path, *shown, *hidden)["remembered"]
    assert {"test_loss_of_three", "test_sum_of_two"} <= found
    assert found - {"test_loss_of_three", "test_sum_of_two", "test_nothing"} == {"test_the_same"}


def test_what_is_remembered_is_told_by_everything_a_call_was_given():
    memory = Memory(())
    functions = [(lambda x, by=by: x + by) for by in (1, 2)] + [lambda x: -x, np.abs, np.sin]
    given = [
        (1,), (1.0,), (True,), ("1",), (np.ones(2),), (np.ones(2, int),), (np.ones((2, 1)),), ([1.0],), ((1.0,),),
        ({"a": 1},), (np.random.default_rng(0),), (np.random.default_rng(1),), *((f,) for f in functions),
    ]  # fmt: skip
    keys = [memory.key("f", arguments) for arguments in given]
    assert len(set(keys)) == len(keys)
    assert memory.key("f", (np.random.default_rng(0),)) in keys
    assert memory.key("f", (np.ones(2),)) in keys
    assert memory.key("g", (np.ones(2),)) not in keys


# In a validation ---------------------------------------------------------------------------------------------


def problems(pset):
    report = validate(load_problem_set(pset), workers=1)
    return report, [one.what for one in report.problems if one.kind == "passes for a cheat"]


def test_a_validation_says_what_cheats_earn_and_what_remembering_does(tmp_path):
    report, found = problems(write_tiny_course(tmp_path))
    assert found == []
    assert all(row.passed == [] for row in report.cheats)
    assert {"zeros", "exception", "sums", "remembered"} <= {row.name for row in report.cheats}
    assert (report.remembered.points, report.remembered.of) == (2, 5)
    assert "answers remembered from public tests earn 2 of 5 points" in report.text()
    assert f"answers that know nothing: {len(report.cheats)} kinds tried, none earns points" in report.text()


def test_a_test_of_an_exception_alone_is_refused_with_what_to_do(tmp_path):
    pset = write_tiny_course(
        tmp_path,
        test_means=(
            '@question("q1", points=1)\ndef test_mean_secretly(student, rng):',
            '@question("q1", points=0)\ndef test_of_text(student):\n'
            '    check_raises(student.mean, "x", error=TypeError)\n\n\n'
            '@question("q1", points=1)\ndef test_mean_secretly(student, rng):',
        ),
    )
    suite = pset / "suite/test_means.py"
    text = suite.read_text()
    suite.write_text(text.replace("import pytest\n", "import pytest\n\nfrom grader import check_raises\n"))
    report, (what,) = problems(pset)
    assert what.startswith("test_of_text passes for an answer that always raises the same exception: ")
    assert "check_raises alone is not enough" in what
    assert [row.name for row in report.cheats if row.passed] == ["exception"]
    assert not report.ok


def test_hidden_tests_with_the_numbers_of_public_ones_are_refused(tmp_path):
    spoilt = ("secret_sample = rng.normal(size=17)", "secret_sample = np.array([1.0, 2.0, 6.0])")
    report, (what,) = problems(write_tiny_course(tmp_path, test_means=spoilt))
    assert what.startswith(
        "test_mean_secretly passes for answers remembered from public tests: give it different"
    )
    assert report.remembered.points == 2


def test_the_commands_json_tells_what_cheats_earn(tmp_path):
    target = tmp_path / "out.json"
    pset = write_tiny_course(tmp_path / "course")
    CliRunner().invoke(main, ["validate", str(pset), "--json", str(target), "--jobs", "1"])
    (told,) = json.loads(target.read_text())["psets"]
    assert told["remembered"] == {"points": 2.0, "of": 5.0}
    assert {"name": "zeros", "says": "zeros in the right form", "passed": []} in told["cheats"]


def test_a_disguise_stands_before_every_function_of_a_real_problem_set(tmp_path):
    bench = Bench(load_problem_set(COURSE / "psets/ps2"))
    try:
        (zeros,) = (cheat for cheat in cheats_of(bench) if cheat.name == "zeros")
        student = disguised(zeros, bench)()
        node = student.Value(2.0) * student.Value(3.0)
        node.backward()
        assert (node.data, node.grad, (node + node).data) == (0.0, 0.0, 0.0)
        assert np.array_equal(student.sigmoid(np.ones((2, 3))), np.zeros((2, 3)))
    finally:
        bench.close()
