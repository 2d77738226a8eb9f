"""q1 to q3: one of several options, and some of several options."""

import pytest

from grader import check_choice, check_choices, question

STEPS = {
    "a": "With a learning rate below 1 it would; here each step is x − 1.5 x, so the sign changes.",
    "b": "",
    "c": "It would with a learning rate above 2; here each step multiplies x by −0.5.",
    "d": "It would with a learning rate of 2; here each step multiplies x by −0.5.",
}
FUNCTIONS = {
    "a": "",
    "b": "",
    "c": "Between 0 and π the sine lies above its chords, so it is not convex.",
    "d": "Right of 0 the root lies above its chords, so it is not convex.",
    "e": "",
}
BATCHES = {
    1: "",
    2: "",
    3: "A step may suit its one example and still raise the error of all, however small it is.",
    4: "The gradients of single examples do not vanish at the minimum, so the weights keep moving around it.",
}


@question("q1", points=0, public=True)
def test_a_large_step_is_one_of_the_options(student):
    """One of a, b, c and d is chosen"""
    check_choice(student.value("large_step"), options="abcd", name="large_step")


@question("q1", points=2)
def test_a_large_step(student):
    check_choice(student.value("large_step"), "b", STEPS, name="large_step")


@question("q2", points=0, public=True)
def test_convex_functions_are_some_of_the_options(student):
    """Some of a, b, c, d and e are chosen"""
    check_choices(student.value("convex"), options="abcde", name="convex")


@question("q2", points=3)
def test_convex_functions(student):
    check_choices(student.value("convex"), {"a", "b", "e"}, FUNCTIONS, name="convex")


@question("q3", points=0, public=True)
def test_batches_of_one_are_some_of_the_options(student):
    """Some of 1, 2, 3 and 4 are chosen"""
    check_choices(student.value("batches_of_one"), options=[1, 2, 3, 4], name="batches_of_one")


@question("q3", points=1)
@pytest.mark.parametrize("option", [1, 2, 3, 4])
def test_batches_of_one(student, option):
    check_choices(student.value("batches_of_one"), {1, 2}, BATCHES, only=option, name="batches_of_one")
