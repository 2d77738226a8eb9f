"""What students can guess, read from a suite: whose verdict waits for the due date, and what may not be public."""

from __future__ import annotations

import pytest

from grader.pset import check_course, load_problem_set, suggestions
from tests.pset.tiny import write_tiny_course

HIDDEN = '@question("q1", points=1)\ndef test_mean_secretly(student, rng):'


def tiny_with(tmp_path, body, *, public=False, verdict="", helper=""):
    """The tiny course with a test of q1 that says ``body``."""
    mark = "points=1, public=True" if public else "points=1"
    test = f'{helper}@question("q1", {mark})\ndef test_mean_secretly(student, rng):\n    {body}'
    folder = write_tiny_course(tmp_path, test_means=(HIDDEN, test))
    if verdict:
        text = (folder / "pset.yaml").read_text()
        (folder / "pset.yaml").write_text(text.replace("points: 3,", f"points: 3, verdict: {verdict},"))
    return load_problem_set(folder)


CHOICE = 'check_choice(student.mean, "b", "abc")'
NO_RIGHT = 'check_choice(student.mean, options="abc")'


@pytest.mark.parametrize(
    ("body", "held"),
    [
        (CHOICE, True),
        ('grader.check_choice(student.mean, right="b", options="abc")', True),
        ("check_choices(student.mean, RIGHT, OPTIONS)", True),
        ("check_choices(*asked(student))", True),
        ('check_text(student.mean, accepts=["lasso"])', True),
        ('check_text(student.mean, pattern="lasso", form="a word")', True),
        (NO_RIGHT, False),
        ("check_choice(student.mean, None, 'abc')", False),
        ("check_text(student.mean)", False),
        ("check_close(student.mean, 3)", False),
    ],
)
def test_the_verdict_waits_where_a_hidden_test_knows_what_is_right(tmp_path, body, held):
    pset = tiny_with(tmp_path, body)
    assert pset.holds("test_means.py", "test_mean_secretly") is held
    assert not pset.holds("test_means.py", "test_mean_of_three")
    assert not pset.holds("test_means.py", "test_weighted_secretly")


def test_a_helper_of_the_file_counts(tmp_path):
    pset = tiny_with(tmp_path, "judged(student)", helper=f"def judged(student):\n    {CHOICE}\n\n\n")
    assert pset.holds("test_means.py", "test_mean_secretly")


@pytest.mark.parametrize(
    ("verdict", "body", "held"), [("at_once", CHOICE, False), ("after_due_date", "pass", True)]
)
def test_pset_yaml_decides_otherwise(tmp_path, verdict, body, held):
    pset = tiny_with(tmp_path, body, verdict=verdict)
    assert pset.holds("test_means.py", "test_mean_secretly") is held
    assert not pset.holds("test_means.py", "test_mean_of_three")  # which students have


def errors(pset):
    return [str(error) for error in check_course(pset) if "test_means.py" in str(error)]


def test_a_public_test_may_not_tell_which_is_right(tmp_path):
    found = errors(tiny_with(tmp_path, CHOICE, public=True))
    (error,) = [one for one in found if "students get" in one]
    assert "students get the public test test_mean_secretly, and with it the right answer of q1" in error
    assert "leave the right answer out here" in error


@pytest.mark.parametrize(("body", "verdict"), [(NO_RIGHT, ""), (CHOICE, "at_once")])
def test_a_public_test_may_look_at_the_form_and_at_anything_where_the_author_says_so(tmp_path, body, verdict):
    found = errors(tiny_with(tmp_path, body, public=True, verdict=verdict))
    assert not any("right answer" in error for error in found)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        (r'r"(?=a)b", form="a b"', "cannot be matched in linear time"),
        (r'r"(a)\1", form="two letters"', "a backreference or an octal number"),
        (r'"[", form="a bracket"', "Python's re cannot read it"),
        ('"a"', 'add form=, such as form="a year, such as 2026"'),
    ],
)
def test_a_pattern_that_cannot_be_used_is_an_error_with_its_line(tmp_path, pattern, says):
    (error,) = errors(tiny_with(tmp_path, f"check_text(student.mean, pattern={pattern})"))
    assert says in error
    assert error.startswith("psets/tiny/suite/test_means.py:")


@pytest.mark.parametrize(
    ("body", "settings", "suggested"),
    [
        (CHOICE, "visibility: after_published", True),
        (CHOICE, "visibility: hidden", False),
        (CHOICE, "visibility: after_published\ndue: 2027-02-21T23:59:00Z", False),
        ("pass", "visibility: after_published", False),
    ],
)
def test_without_a_due_date_there_is_nothing_to_wait_for(tmp_path, body, settings, suggested):
    path = tiny_with(tmp_path, body).path
    (path / "pset.yaml").write_text(f"{settings}\n{(path / 'pset.yaml').read_text()}")
    said = [one for one in suggestions(load_problem_set(path)) if "add due:" in one]
    assert bool(said) is suggested
