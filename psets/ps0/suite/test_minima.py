"""q7: the path of a descent, and the different minima that descents from several starts reach."""

import numpy as np

import reference.convexity as ref
from grader import check_close, check_pure, question

DESCEND = "descend(gradient, start, learning_rate, steps)"
MINIMA = "minima_reached(gradient, starts, learning_rate, steps, apart)"


def agree(function, reference, cases, name):
    """Compare every case with the reference, in one round trip."""
    for case, got in zip(cases, function.map(cases), strict=True):
        check_close(got, reference(*case), name=name)


# Each works on a number and, entry by entry, on an array.
def wells(x):
    """Two minima, at −1 and 2, with a hilltop at 0."""
    return x * (x + 1) * (x - 2)


def bowl(x):
    return 2 * (x - 0.3)


def waves(x):
    """f = x²/40 − cos x, with a minimum in every valley near 0, some way off the multiples of 2π."""
    return x / 20 + np.sin(x)


@question("q7", points=0.5, public=True)
def test_the_path_of_the_handouts_example(student):
    """f = x² from 4 with rate 0.25: each step halves x."""
    got = student.descend(lambda x: 2 * x, 4.0, 0.25, 3)
    check_close(got, np.array([4.0, 2.0, 1.0, 0.5]), name="descend(gradient, start, learning_rate, steps)")


@question("q7", points=0.5, public=True)
def test_the_minima_of_the_handouts_example(student):
    """From either side of the hill; from one side only; the ends of equal descents count once."""
    name = "minima_reached(gradient, starts, learning_rate, steps, apart)"
    for starts, expected in [([2.5, -1.8, 0.2, -0.3], [-1.0, 2.0]), ([3.0, 0.5], [2.0])]:
        got = student.minima_reached(lambda x: x * (x + 1) * (x - 2), starts, 0.1, 100, 0.001)
        check_close(got, np.array(expected), name=name)


@question("q7", points=1)
def test_paths_on_several_functions(student, rng):
    """Paths of several lengths on a bowl, two wells and many valleys."""
    starts = rng.uniform(-1.5, 2.5, size=4).tolist()
    cases = [
        (wells, starts[0], 0.07, 9),
        (bowl, starts[1], 0.2, 6),
        (waves, 4 * starts[2], 0.3, 12),
        (wells, starts[3], 0.02, 1),
        (bowl, 5.0, 1.1, 5),
        # Until the steps are tiny.
        (wells, 1.0, 0.1, 25),
    ]
    agree(student.descend, ref.descend, cases, DESCEND)


@question("q7", points=0.5)
def test_paths_from_special_starts(student):
    """From a hilltop, a minimum and an integer, and with no steps."""
    cases = [(wells, 0.0, 0.1, 4), (wells, 2.0, 0.1, 4), (bowl, 4, 0.1, 5), (waves, 1.5, 0.1, 0)]
    agree(student.descend, ref.descend, cases, DESCEND)


@question("q7", points=1)
def test_minima_of_several_functions(student, rng):
    """Two wells, one bowl and many valleys, from unsorted starts."""
    anywhere = rng.uniform(-1.5, 2.5, size=6)
    # In the valleys around −4π, −2π, 0, 2π and 4π, in random order.
    valleys = np.array([6.0, -6.0, 0.5, 12.0, -12.0, 5.0, -0.5])
    # Each call of the slope is a message there and back, so the steps are few: enough for the ends in one valley to
    # agree to a tenth of `apart`. Near a minimum of curvature κ an error shrinks by |1 − εκ| a step: by 0.7 at −1
    # and 0.4 at 2 in the wells, after at most 15 steps to leave the hilltop; by 0.2 in the bowl; by about 0.3 in
    # the waves. The reference takes the same steps, so the remaining error makes no difference.
    cases = [
        (wells, np.array([-1.5, 2.2, 0.1, -0.1, 1.0]), 0.1, 45, 0.01),
        (wells, np.array([1.0, 2.4, 0.3]), 0.1, 30, 0.01),
        (wells, np.array([-0.2]), 0.1, 45, 0.01),
        (bowl, anywhere, 0.4, 10, 1e-3),
        (waves, valleys, 0.65, 12, 0.1),
    ]
    agree(student.minima_reached, ref.minima_reached, cases, MINIMA)


@question("q7", points=0.5)
def test_ends_that_lie_close_together(student):
    """Which ends count as one minimum, and which of them is kept."""
    ends = np.array([2.0, 0.75, 0.375, 0.0, 1.25, -3.0])
    cases = [
        (wells, ends, 0.1, 0, 0.5),
        (wells, ends, 0.1, 0, 0.75),
        (wells, ends, 0.1, 0, 100.0),
        (bowl, np.array([1.0, 2.0, 1.0]), 0.1, 2, 0.0),
        (bowl, np.array([1.0, 2.0, 4.0]), 0.05, 3, 1.0),
    ]
    agree(student.minima_reached, ref.minima_reached, cases, MINIMA)


@question("q7", points=1)
def test_descents_leave_their_arguments_alone(student):
    """The starts keep their values and their order, and the same call gives the same answer."""
    starts = np.array([2.2, -1.5, 0.5])
    check_pure(student.descend, wells, 0.5, 0.1, 6)
    errors = (student.mse, np.array([[1.0], [2.0], [4.0]]), starts, np.array([0.5]), 0.25)
    check_pure(student.minima_reached, wells, starts, 0.1, 40, 0.01, others=[errors])
    agree(student.descend, ref.descend, [(wells, 0.5, 0.1, 6)], DESCEND)
    agree(student.minima_reached, ref.minima_reached, [(wells, starts, 0.1, 40, 0.01)], MINIMA)
