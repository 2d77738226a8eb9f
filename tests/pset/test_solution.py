"""Solved cells run; starter cells hold no answer; what a solution needs comes with it."""

from __future__ import annotations

import os

import numpy as np

from grader.pset import load_problem_set, public_tests, starter_source
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
    assert wrong.call(np.array([1.0, 2.0])) == 3.0
    assert other.call(np.array([1.0, 3.0]), np.array([1.0, 0.0])) == 2.0
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
    assert np.array_equal(seen[0], np.random.default_rng(0).normal(size=3))
