"""q1: choices and a number."""

import numpy as np

from grader import check_choice, check_choices, check_quantity, check_scalar, question

LOSS = {
    "a": "A small learning rate makes both losses fall slowly; it makes neither rise.",
    "b": "",
    "c": "A network that underfits has a high training loss too; this one's keeps falling.",
    "d": "With the wrong sign the training loss would rise.",
}
RATES = {
    "accuracy": "The accuracy averages over all examples, and most of them are now negative.",
    "precision": "Of those predicted positive more are now negative, so the precision falls.",
    "TPR": "",
    "FPR": "",
    "LR+": "",
    "F1": "F1 counts false positives beside true ones, and there are now more of them.",
}


@question("q1", points=0, public=True)
def test_choices_are_among_the_options(student):
    """Each answer is one that the question offers, and the loss is a number."""
    check_choice(student.value("falling_loss"), options="abcd", name="falling_loss")
    rates = ["accuracy", "precision", "TPR", "FPR", "LR+", "F1"]
    check_choices(student.value("unchanged_rates"), options=rates, name="unchanged_rates")
    check_scalar(student.value("first_loss"), name="first_loss")


@question("q1", points=1)
def test_a_falling_and_a_rising_loss(student):
    """What goes on where the training loss falls and the validation loss rises."""
    check_choice(student.value("falling_loss"), "b", LOSS, name="falling_loss")


@question("q1", points=2)
def test_rates_that_do_not_depend_on_how_frequent_classes_are(student):
    """Which rates stay the same where negative examples become more frequent."""
    check_choices(student.value("unchanged_rates"), {"TPR", "FPR", "LR+"}, RATES, name="unchanged_rates")


@question("q1", points=1)
def test_the_loss_before_training(student):
    """The loss of equal probabilities, to three digits."""
    check_quantity(student.value("first_loss"), np.log(4), digits=(3, 17), name="first_loss")
