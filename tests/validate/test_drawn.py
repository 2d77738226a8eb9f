"""Validation tries several variants, and finds values that hide a mistake or with which the answer fails."""

from __future__ import annotations

import pytest

from grader.pset import load_problem_set
from grader.validate.drawn import DrawnTrials, drawn_trials
from tests.asking.variants_class import write_class
from tests.pset.tiny import write_tiny_course

QUESTIONS = ("q1", "q2", "q3")


@pytest.fixture
def folder(tmp_path):
    return write_class(tmp_path / "course").path


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def problems(folder, questions=QUESTIONS):
    trials = drawn_trials(load_problem_set(folder), questions)
    work = DrawnTrials(folder)()
    return trials, [problem for trial in trials for problem in work(trial)]


def test_the_example_is_right_with_every_variant(folder):
    trials, found = problems(folder)
    assert found == []
    tried = [dict(trial.values) for trial in trials]
    for name, ends in {"stiffness": (20.0, 60.0), "mass": (0.4, 1.25)}.items():
        assert {values[name] for values in tried} >= set(ends)
    assert {(values["stiffness"], values["mass"]) for values in tried} >= {(20.0, 0.4), (60.0, 1.25)}
    assert len({str(values) for values in tried}) > 8


def test_a_value_with_which_a_mistake_makes_no_difference_is_found(folder):
    edit(folder / "pset.yaml", "[20, 60], step: 2.5", "[0, 60], step: 2.5")
    _, found = problems(folder)
    assert any(
        "with stiffness = 0.0," in one.what
        and "force_without_sign passes its question; leave these out" in one.what
        for one in found
    )


def test_a_suite_that_forgets_the_variant_is_found(folder):
    edit(folder / "suite" / "test_variants.py", '-0.1 * variant["stiffness"]', "-0.1 * 20.0")
    _, found = problems(folder)
    assert any("the reference fails test_force_at_one_position" in one.what for one in found)
    assert {one.kind for one in found} == {"variant"}
    assert {question for one in found for question in one.questions} == {"q1"}


def test_only_the_questions_asked_for_are_tried(folder):
    edit(folder / "suite" / "test_variants.py", '-0.1 * variant["stiffness"]', "-0.1 * 20.0")
    _, found = problems(folder, ("q2", "q3"))
    assert found == []


def test_data_that_cannot_be_made_for_some_are_a_problem(folder):
    edit(
        folder.parents[1] / "reference" / "variants.py",
        "    x = np.round(",
        "    assert stiffness < 60\n    x = np.round(",
    )
    _, found = problems(folder)
    assert any("with stiffness = 60.0" in one.what and "cannot make data" in one.what for one in found)


def test_without_variants_there_is_nothing_to_try(tmp_path):
    assert drawn_trials(load_problem_set(write_tiny_course(tmp_path / "course")), ("q1",)) == []
