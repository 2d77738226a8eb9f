"""Solved cells run, starter cells contain no answer, and solutions bring what they need."""

from __future__ import annotations

import os

import numpy as np
import pytest

from grader.draws import public_generator
from grader.errors import CourseError
from grader.pset import check_course, load_problem_set, public_tests, starter_source
from tests.pset.tiny import write_tiny_course


def run(cells: list[str], folder) -> dict:
    before = os.getcwd()
    os.chdir(folder)
    try:
        namespace: dict = {}
        for cell in cells:
            exec(cell, namespace)
        return namespace
    finally:
        os.chdir(before)


def test_solved_cells_give_the_references_answers(tiny):
    names = run(tiny.solution_cells(), tiny.data_dir)
    x, w = np.array([1.0, 2.0, 6.0]), np.array([1.0, 1.0, 2.0])
    assert names["mean"](x) == 3.0
    assert names["weighted_mean"](x, w) == 3.75


def test_helpers_come_once_in_front_without_their_annotations(tiny):
    source = tiny.solution_cells()[2]
    assert source.startswith("# BEGIN SOLUTION NO PROMPT\nimport math\nFLOOR = 1e-12\n")
    assert "def _total_weight(w):" in source
    assert "def mean" not in source  # the student's own
    assert "Array" not in source


def test_comments_of_a_body_are_kept(tiny):
    assert "    # one pass is enough\n" in tiny.solution_cells()[1]


def test_starter_cells_keep_the_signature_and_docstring_alone(tiny):
    assert tiny.starter_cells()[1] == 'def mean(x):\n    """The mean of x (N,)."""\n    ...'
    assert tiny.starter_cells()[2] == (
        'def weighted_mean(x, w):\n    """The mean of x (N,) with weights w (N,)."""\n    ...'
    )


def test_starters_follow_otters_own_rules():
    from otter.assign.solutions import replace_solutions

    source = "\n".join(
        [
            "a = 3  # SOLUTION",
            "b[0], c = 3, 4 # SOLUTION",
            "if a:",
            "    print(a) # SOLUTION",
            "    hidden = 1 # SOLUTION NO PROMPT",
            "# BEGIN SOLUTION NO PROMPT",
            "x = 1",
            "# END SOLUTION",
            "def f(x):",
            "    # BEGIN SOLUTION",
            "    y = x  # why",
            "    return y",
            "    # END SOLUTION",
            "plain = 5",
        ]
    )
    assert starter_source(source).split("\n") == replace_solutions(source.split("\n"), "python")


def test_mistakes_and_alternatives_come_with_source_for_a_notebook(tiny):
    wrong, other = tiny.mistakes()
    assert (wrong.name, wrong.function) == ("sum_for_mean", "mean")
    assert wrong.says == "You return the sum; the question asks for the mean."
    assert wrong.source == "def mean(x):\n    return np.sum(x)\n"
    assert other.source == "def weighted_mean(x, w):\n    return mean(x)\n"
    assert [a.function for a in tiny.alternatives()] == ["mean"]


def test_a_public_test_may_draw_but_not_what_the_hidden_ones_draw(tmp_path):
    old = "def test_mean_of_three(student):"
    new = "def test_mean_of_three(student, rng):\n    student.mean(rng.normal(size=3))\n"
    pset = load_problem_set(write_tiny_course(tmp_path, test_means=(old, new)))
    namespace: dict = {}
    exec(public_tests(pset)[0].source, namespace)
    seen = []

    def mean(x):
        seen.append(x)
        return x.mean()

    namespace["test_mean_of_three"]({"mean": mean})
    assert np.array_equal(seen[0], public_generator("test_mean_of_three").normal(size=3))


def test_every_name_of_one_import_from_another_reference_module_comes_along(tmp_path):
    old, new = "FLOOR = 1e-12\n", "FLOOR = 1e-12\n\nfrom reference.sums import doubled, halved\n"
    folder = write_tiny_course(tmp_path, means=(old, new))
    (tmp_path / "reference" / "sums.py").write_text(
        "def doubled(x):\n    return halved(x) * 4\n\n\ndef halved(x):\n    return x / 2\n"
    )
    means = tmp_path / "reference" / "means.py"
    means.write_text(
        means.read_text().replace("return centre_of_mass +", "return halved(doubled(centre_of_mass)) +")
    )
    pset = load_problem_set(folder)
    names = run(pset.solution_cells(), pset.data_dir)
    assert names["weighted_mean"](np.array([1.0, 2.0, 6.0]), np.array([1.0, 1.0, 2.0])) == 3.75
    assert pset.solution_cells()[2].count("def halved(x):") == 1


CLASS_ANSWER = '''

class Tally:
    """Counts."""

    def __init__(self, start: int = 0) -> None:
        self.count = start

    def add(self, by: int) -> Tally:
        """A new tally.

        >>> Tally().add(2).count
        2
        """
        # the helper below is the module's
        return Tally(_more(self.count, by))


def _more(count: int, by: int) -> int:
    return count + by
'''
CLASS_CELL = '''
```python
class Tally:
    """Counts."""

    def __init__(self, start=0):
        """Where to start."""
        # SOLUTION: reference.means.Tally.__init__

    def add(self, by):
        """A new tally."""
        # SOLUTION: reference.means.Tally.add
```

```python
def mean(x):
'''


def course_with_a_class(tmp_path):
    asked = ("    secret_sample = rng", "    student.Tally(1)\n    secret_sample = rng")
    folder = write_tiny_course(tmp_path, tiny=("\n```python\ndef mean(x):\n", CLASS_CELL), test_means=asked)
    means = tmp_path / "reference" / "means.py"
    means.write_text(means.read_text() + CLASS_ANSWER)
    settings = folder / "pset.yaml"
    settings.write_text(settings.read_text().replace("functions: [mean]", "functions: [mean, Tally]"))
    return folder


def test_a_class_is_filled_method_by_method(tmp_path):
    pset = load_problem_set(course_with_a_class(tmp_path))
    assert check_course(pset) == []
    names = run(pset.solution_cells(), pset.data_dir)
    assert names["Tally"](3).add(4).count == 7
    assert pset.starter_cells()[1] == (
        'class Tally:\n    """Counts."""\n\n    def __init__(self, start=0):\n        """Where to start."""\n'
        '        ...\n\n    def add(self, by):\n        """A new tally."""\n        ...'
    )


def test_a_method_has_the_references_parameters(tmp_path):
    folder = course_with_a_class(tmp_path)
    handout = folder / "tiny.md"
    handout.write_text(handout.read_text().replace("def add(self, by)", "def add(self, more)"))
    with pytest.raises(CourseError, match=r"add takes \(self, more\) but .*Tally.add takes \(self, by\)"):
        load_problem_set(folder).solution_cells()
