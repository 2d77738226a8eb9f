"""The decorators leave their note, change nothing else, and refuse to be used without what they need."""

from fractions import Fraction

import pytest

from grader.marks import AlternativeMark, MistakeMark, QuestionMark, alternative, mistake, question


def target(x):
    return x + 1


def test_question_leaves_its_note_and_returns_the_same_function():
    def test_it(student):
        return student

    assert question("q3", points=2, public=True)(test_it) is test_it
    assert test_it.__gradmark_question__ == QuestionMark("q3", 2, True)
    assert test_it(5) == 5


def test_question_is_hidden_and_worth_one_point_unless_said():
    marked = question("q1")(lambda student: None)
    assert marked.__gradmark_question__ == QuestionMark("q1", 1, False)


def test_mistake_and_alternative_decorate_functions_and_classes():
    class Wrong:
        pass

    marked = mistake("Adam", says="You never save the moments.")(Wrong)
    assert marked is Wrong
    assert Wrong.__gradmark_mistake__ == MistakeMark("Adam", "You never save the moments.")
    assert alternative("target")(target)(1) == 2
    assert target.__gradmark_alternative__ == AlternativeMark("target")


def test_notes_are_frozen():
    with pytest.raises(AttributeError):
        QuestionMark("q1").points = 7


@pytest.mark.parametrize("decorator", [question, alternative])
def test_a_bare_decorator_is_refused_rather_than_swallowing_the_function(decorator):
    with pytest.raises(TypeError, match="needs a name first"):
        decorator(target)


@pytest.mark.parametrize("points", [1 / 3, "1/3", Fraction(1, 3)])
def test_points_are_exact(points):
    marked = question("q1", points=points, bonus=True)(lambda student: None)
    assert marked.__gradmark_question__ == QuestionMark("q1", Fraction(1, 3), False, True)


@pytest.mark.parametrize("points", [-1, "-1/3", "three", None, float("nan"), float("inf")])
def test_points_must_be_a_number_of_at_least_zero(points):
    with pytest.raises(ValueError, match="at least 0"):
        question("q1", points=points)


def test_a_mistake_needs_its_sentence():
    with pytest.raises(ValueError, match="says is empty"):
        mistake("softmax", says="  ")
