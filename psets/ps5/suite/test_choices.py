"""q7 and q8: the epoch and the λ that the validation error chooses."""

import numpy as np

import reference.regularization as ref
from grader import check_close, check_outputs, check_pure, question

EPOCHS = ("best", "last")
STOPPING = "early_stopping(errors, patience)"
CHOICE = "choose_l2(l2s, errors)"


# Only which error is lower counts, not by how much, so every curve is tried again with all its errors close to 1.
CLOSE = (1e-9, 1e-13)


def stops(student, cases):
    """Compare every case with the reference, as it is and with nearly equal errors, in one round trip."""
    cases = [*cases, *((1 + by * errors, patience) for by in CLOSE for errors, patience in cases)]
    for case, got in zip(cases, student.early_stopping.map(cases), strict=True):
        outputs = check_outputs(got, names=EPOCHS, name=STOPPING)
        for one, expected, name in zip(outputs, ref.early_stopping(*case), EPOCHS, strict=True):
            check_close(one, expected, name=name)


def noisy_descent(rng, epochs):
    """Falls, then rises again, with noise; of quarters, so that equal errors come up."""
    at = np.linspace(-1, 1, epochs)
    return np.round(4 * (3 * at**2 + rng.normal(size=epochs))) / 4


@question("q7", points=0.5, public=True)
def test_stopping_of_the_handouts_example(student):
    """A patience of 2 never sees the last, lowest error; a patience of 3 does."""
    errors = np.array([0.5, 0.3, 0.2, 0.25, 0.2, 0.1])
    for patience, expected in ((2, (2, 4)), (3, (5, 5))):
        best, last = check_outputs(student.early_stopping(errors, patience), names=("best", "last"))
        check_close(best, expected[0], name=f"best, with a patience of {patience},")
        check_close(last, expected[1], name=f"last, with a patience of {patience},")


@question("q7", points=1)
def test_stopping_at_a_minimum(student, rng):
    """Smooth and noisy curves that fall and rise, with patience from 1 to 10."""
    curves = [np.linspace(-1, 1.4, 25) ** 2, *(noisy_descent(rng, epochs) for epochs in (12, 20, 31, 40))]
    stops(student, [(curve, patience) for curve in curves for patience in (1, 2, 3, 5, 10)])


@question("q7", points=0.75)
def test_stopping_with_a_lower_error_still_to_come(student):
    """Errors after the patience has run out are never seen; an improvement before that restarts the count."""
    curve = np.array([5.0, 4.0, 4.5, 4.25, 3.0, 3.5, 3.25, 3.125, 2.0, 2.5, 2.5, 2.5, 2.5, 1.0, 1.5])
    stops(student, [(curve, patience) for patience in range(1, 8)])


@question("q7", points=0.75)
def test_stopping_with_equal_errors(student, rng):
    """An error equal to the lowest is no improvement."""
    curves = [np.array([2.0, 1.0, 1.0, 1.0, 1.0, 0.5]), np.full(6, 0.25), rng.integers(3, size=30) / 2]
    stops(student, [(curve, patience) for curve in curves for patience in (1, 2, 3, 4, 7)])


@question("q7", points=0.5)
def test_stopping_where_patience_never_ends(student):
    """Curves that fall to the end, a single epoch, and a patience beyond the end; a shorter patience does end."""
    falling = np.linspace(3.0, 1.0, 9)
    cases = [(falling, 1), (falling, 4), (np.array([0.5]), 1), (np.array([0.5]), 3)]
    late = np.array([3.0, 1.0, 2.0, 1.5, 2.0, 0.5])
    stops(
        student,
        [
            *cases,
            (np.array([3.0, 1.0, 2.0, 2.0, 2.0]), 10),
            (np.array([1.0, 2.0, 3.0]), 3),
            *((late, patience) for patience in (1, 3, 4, 10)),
        ],
    )


@question("q7", points=0.25)
def test_stopping_when_training_blows_up(student):
    """nan is no improvement, and does not hide earlier errors."""
    curve = np.array([3.0, 1.0, np.nan, 2.0, np.nan, np.nan, np.nan, np.nan])
    later = np.array([3.0, np.nan, 1.0, np.nan, 2.0, 0.5])
    stops(
        student,
        [*((curve, patience) for patience in (1, 2, 4)), *((later, patience) for patience in (1, 2, 3))],
    )


@question("q7", points=0.25)
def test_stopping_leaves_the_curve_alone(student):
    """The errors are unchanged afterwards."""
    curve = np.array([3.0, 1.0, 2.0, 0.5, 1.5, 1.5, 1.5])
    check_pure(student.early_stopping, curve, 2, others=[(student.choose_l2, curve, 7 - np.arange(7.0))])
    stops(student, [(curve, patience) for patience in (1, 2, 3, 5)])


# Choosing λ --------------------------------------------------------------------------------------------------


def chooses(student, cases):
    """As in `stops`: every case as it is, and with nearly equal errors."""
    cases = [*cases, *((l2s, 1 + by * errors) for by in CLOSE for l2s, errors in cases)]
    for case, got in zip(cases, student.choose_l2.map(cases), strict=True):
        check_close(got, ref.choose_l2(*case), name=CHOICE)


@question("q8", points=0.5, public=True)
def test_choice_of_the_handouts_example(student):
    """0.01 and 0.1 are equally good, so the larger is chosen."""
    chosen = student.choose_l2(np.array([0.001, 0.01, 0.1]), np.array([0.25, 0.125, 0.125]))
    check_close(chosen, 0.1, name="choose_l2(l2s, errors)")


@question("q8", points=1)
def test_choice_of_the_lowest_error(student, rng):
    """The lowest error in any position among up to eight."""
    sizes = np.repeat([1, 2, 5, 8], 3)
    cases = [(np.sort(10 ** rng.uniform(-4, 1, size=size)), rng.uniform(size=size)) for size in sizes]
    # Close, but no tie: no one tolerance treats the last two alike.
    nearly = [
        np.array(errors) for errors in ([0.251, 0.25, 0.2505], [3.0, 1.0, 1.000005], [3.0, 0.01, 0.010001])
    ]
    chooses(student, [*cases, *((np.array([0.1, 0.001, 0.01]), errors) for errors in nearly)])


@question("q8", points=0.75)
def test_choice_between_equal_errors(student):
    """The largest λ of those with the lowest error, in any order."""
    l2s = np.array([0.01, 1.0, 0.0, 0.1, 0.001])
    cases = [
        (l2s, np.array([0.25, 0.5, 0.25, 0.25, 0.25])),
        (l2s, np.array([0.5, 0.5, 0.5, 0.5, 0.5])),
        (l2s, np.array([0.25, 0.5, 0.5, 0.5, 0.25])),
        (l2s[::-1].copy(), np.array([0.25, 0.25, 0.5, 1.0, 0.5])),
    ]
    chooses(student, cases)


@question("q8", points=0.5)
def test_choice_among_unsorted_penalties(student, rng):
    """λ in any order, 0 among them."""
    chooses(student, [(rng.permutation([0.0, 0.001, 0.01, 0.1, 1.0]), rng.uniform(size=5)) for _ in range(8)])


@question("q8", points=0.25)
def test_choice_when_a_training_blew_up_and_arguments_unchanged(student):
    """A λ whose error is nan is never chosen; l2s and errors are unchanged afterwards."""
    l2s, errors = np.array([0.1, 0.001, 0.01, 10.0]), np.array([0.5, 0.25, 0.25, np.nan])
    others = [(student.choose_l2, l2s, np.arange(4.0)), (student.early_stopping, errors, 2)]
    check_pure(student.choose_l2, l2s, errors, others=others)
    some = [
        np.array([np.nan, np.nan, 0.5, 0.75]),
        np.array([0.5, 0.125, np.nan, 0.25]),
        np.array([0.25, 0.25, np.nan, 0.75]),
        np.array([0.5, np.nan, 0.75, 0.25]),
    ]
    chooses(student, [(l2s, errors), *((l2s, one) for one in some)])
