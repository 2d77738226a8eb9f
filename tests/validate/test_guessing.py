"""What guessing earns is measured, and tests that tell students what is right are found."""

from __future__ import annotations

import shutil
from fractions import Fraction

import pytest

from grader.pset import load_problem_set
from grader.validate.bench import Bench
from grader.validate.guessing import Guessing
from grader.validate.report import GuessRow, QuestionRow, Report
from grader.validate.trials import CheatTrial, Trials
from tests.asking.answering import COURSE

SUITE = "suite/test_choices.py"


@pytest.fixture
def changed(tmp_path):
    """Makes the example's problem set, with some texts of its files replaced, and closes what it opened."""
    opened = []

    def guessing(*changes, settings=("", "")):
        folder = tmp_path / "psets" / "choices"
        shutil.copytree(COURSE / "reference", tmp_path / "reference", dirs_exist_ok=True)
        shutil.copytree(COURSE / "psets" / "choices", folder, dirs_exist_ok=True)
        for name, pairs in ((SUITE, changes), ("pset.yaml", [settings])):
            text = (folder / name).read_text()
            for old, new in pairs:
                assert old in text
                text = text.replace(old, new)
            (folder / name).write_text(text)
        bench = Bench(load_problem_set(folder))
        opened.append(bench)
        return Guessing(bench, bench.problem_set.ids)

    yield guessing
    for bench in opened:
        bench.close()


def earned(guessing):
    return {row.question: row.points for row in guessing.rows}


def test_what_random_choices_earn(changed):
    assert earned(changed()) == {
        "q1": Fraction(2, 4),
        "q2": Fraction(3, 32),
        # Of the 16 sets of options, each option is right in half; the empty one earns nothing.
        "q3": 4 * Fraction(8, 16) - 2 * Fraction(1, 16),
    }


def test_a_suite_without_choices_has_nothing_to_guess(changed):
    guessing = changed(
        ("check_choices(", "print("), ("check_choice(", "print("), ("check_choice, check_choices, ", "")
    )
    assert guessing.rows == []
    assert not any("choices" in test for test in guessing.tests)
    assert list(guessing.problems()) == []


@pytest.mark.parametrize(
    ("change", "points"),
    [
        (('"large_step"), "b", STEPS', '"large_step"), "b", "ab"'), Fraction(2, 2)),
        (('"large_step"), "b", STEPS', '"large_step"), "b", "bdefghijkl"'), Fraction(2, 10)),
        # Two checks of one answer are one guess, and a test that asks for more is passed less.
        (('check_choice(student.value("large_step"), "b", STEPS, name="large_step")',
          'check_choice(student.value("large_step"), "b", STEPS)\n    assert student.value("large_step") == "b"'),
         Fraction(2, 4)),
    ],
)  # fmt: skip
def test_fewer_options_are_easier_to_guess(changed, change, points):
    assert earned(changed(change))["q1"] == points


def test_many_options_are_sampled_and_always_the_same(changed):
    change = '{"a", "b", "e"}, FUNCTIONS', '{"a", "b", "e"}, "abcdefghijklmnop"'
    rows = [changed(change).rows for _ in range(2)]
    assert rows[0] == rows[1]
    assert {row.question: row.points for row in rows[0]}["q2"] < Fraction(3, 50)


def test_no_problem_in_the_example(changed):
    assert list(changed().problems()) == []


COMPARES = 'assert student.value("large_step") == "b"'
PUBLIC = 'check_choice(student.value("large_step"), options="abcd", name="large_step")'


def test_a_public_test_that_tells_is_found_whatever_it_calls(changed):
    (problem,) = changed((PUBLIC, f"{PUBLIC}\n    {COMPARES}")).problems()
    assert problem.kind == "public test tells"
    assert problem.what.startswith(
        "test_a_large_step_is_one_of_the_options passes for some choices of large_step"
    )
    assert "verdict: at_once" in problem.what
    assert problem.questions == ("q1",)


def test_an_author_may_allow_it(changed):
    settings = 'title: "A large step", points: 2,', 'title: "A large step", points: 2, verdict: at_once,'
    assert list(changed((PUBLIC, f"{PUBLIC}\n    {COMPARES}"), settings=settings).problems()) == []


def test_another_question_s_test_may_tell_once_grades_are_published(changed):
    other = 'check_choices(student.value("convex"), {"a", "b", "e"}, FUNCTIONS, name="convex")'
    settings = "visibility: after_due_date", "visibility: after_published"
    at_once = ("verdict: at_once, ", '"Convex functions", ')
    guessing = changed((other, f"{COMPARES}\n    {other}"), settings=settings)
    assert list(guessing.problems()) == []  # it waits for the due date itself
    text = (guessing._pset.path / "pset.yaml").read_text().replace(at_once[1], at_once[1] + at_once[0])
    (guessing._pset.path / "pset.yaml").write_text(text)
    told = Guessing(Bench(load_problem_set(guessing._pset.path)), ["q1", "q2"])
    (problem,) = told.problems()
    assert (problem.kind, problem.questions) == ("test tells", ("q1",))
    told._bench.close()


def test_a_check_that_no_source_shows_needs_a_word_from_the_author(changed):
    hidden = 'check_choice(student.value("large_step"), "b", STEPS, name="large_step")'
    unread = hidden, 'CHECKS[0](student.value("large_step"), "b", STEPS)'
    (problem,) = changed(unread, ("STEPS = {", "CHECKS = [check_choice]\nSTEPS = {")).problems()
    assert problem.kind == "verdict not settled"
    assert "write verdict: after_due_date, or at_once, for q1" in problem.what


def test_the_form_of_an_answer_is_nothing_to_remember(changed):
    guessing = changed()
    trials = Trials(guessing._pset.path)
    run = trials()
    found = run(CheatTrial("remembered", 1_000_000))
    assert not any(one.passed for one in found if "is_" not in one.name and "are_" not in one.name)
    assert trials._bench is not None
    trials._bench.close()


def test_the_report_says_it_and_what_to_do():
    question = QuestionRow(id="q1", tests=1, points=Fraction(2), milliseconds=0, mistakes=0, mistakes_caught=0,
                           mutants=0, mutants_caught=0, equivalent=0)  # fmt: skip
    row = GuessRow(question="q1", points=Fraction(1), of=Fraction(2), advice="give more options")
    text = Report(pset="choices", seeds=[0], questions=[question], guesses=[row]).text()
    assert "who chooses at random earns 1 of 2 points (50%): 1 of 2 in q1" in text
    assert "q1: that is much for guessing; give more options" in text
    assert "all in all: that is much for guessing" in text
    few = GuessRow(question="q1", points=Fraction(1, 8), of=Fraction(2))
    assert "much" not in Report(pset="choices", seeds=[0], questions=[question], guesses=[few]).text()
