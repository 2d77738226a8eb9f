"""q7 and q8: class weights, repeated and synthetic examples."""

import numpy as np

import reference.imbalance as ref
from grader import check_close, check_outputs, check_pure, question

WEIGHTS = "class_weights(y, classes)"
MADE = "synthesize(X, count, k, rng)"
NAMES = ("X", "y")


def labels(rng, counts):
    """Labels with these counts, in random order."""
    return rng.permutation(np.repeat(np.arange(len(counts)), counts))


def data(rng, counts, D=3):
    y = labels(rng, counts)
    return rng.normal(size=(len(y), D)), y


def with_generators(cases):
    """Each case ends with a seed; replace it by a new generator."""
    return [(*case[:-1], np.random.default_rng(case[-1])) for case in cases]


def agree_oversampled(student, cases):
    for got, case in zip(student.oversample.map(with_generators(cases)), with_generators(cases), strict=True):
        outputs = zip(
            check_outputs(got, names=NAMES, name="oversample(X, y, rng)"),
            ref.oversample(*case),
            NAMES,
            strict=True,
        )
        for one, expected, name in outputs:
            check_close(one, expected, name=name)


def agree_synthesized(student, cases):
    for got, case in zip(student.synthesize.map(with_generators(cases)), with_generators(cases), strict=True):
        check_close(got, ref.synthesize(*case), name=MADE, scale=np.abs(case[0]).max())


# q7 -----------------------------------------------------------------------------------------------------------


@question("q7", points=0.5, public=True)
def test_weights_of_a_thousand_to_a_hundred(student):
    """1000 and 100 examples have the weights 0.55 and 5.5; three and one have ⅔ and 2."""
    got = student.class_weights(np.repeat([0, 1], [1000, 100]), 2)
    check_close(got, np.array([0.55, 5.5]), name="class_weights(y, classes)")
    got = student.class_weights(np.array([0, 0, 1, 0]), 2)
    check_close(got, np.array([2 / 3, 2.0]), name="class_weights(y, classes)")


@question("q7", points=1)
def test_weights_for_any_number_of_classes(student, rng):
    """Two to six classes, equal or very unequal, the largest first, in the middle or last; a single class."""
    counts = [(3, 1, 2), (40, 10), (10, 40), (5, 5, 5), (7, 1, 30, 2, 2, 9), (6,)]
    cases = [(labels(rng, c), len(c)) for c in counts]
    for case, got in zip(cases, student.class_weights.map(cases), strict=True):
        check_close(got, ref.class_weights(*case), name=WEIGHTS)


@question("q7", points=0.5)
def test_weights_of_classes_that_nobody_has(student, rng):
    """A class without examples has the weight 0 and still counts as a class."""
    cases = [(labels(rng, c), len(c)) for c in [(4, 0, 2), (0, 3, 5), (3, 5, 0), (0, 0, 7, 0)]]
    for case, got in zip(cases, student.class_weights.map(cases), strict=True):
        check_close(got, ref.class_weights(*case), name=WEIGHTS)


@question("q7", points=0.5)
def test_weights_leave_the_labels_alone(student, rng):
    """The labels are unchanged afterwards."""
    y = labels(rng, (5, 9, 2))
    check_pure(student.class_weights, y, 3, others=[(student.confusion_matrix, y, y.copy(), 3)])
    check_close(student.class_weights(y, 3), ref.class_weights(y, 3), name=WEIGHTS)


@question("q7", points=0.5, public=True)
def test_oversampling_the_handouts_example(student):
    """Three examples and one: the one is repeated twice, at the end."""
    X, y = np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([0, 1, 0, 0])
    got = student.oversample(X, y, np.random.default_rng(0))
    X_new, y_new = check_outputs(got, names=("X", "y"), name="oversample(X, y, rng)")
    check_close(X_new, np.array([[1.0], [2.0], [3.0], [4.0], [2.0], [2.0]]), name="X")
    check_close(y_new, np.array([0, 1, 0, 0, 1, 1]), name="y")


@question("q7", points=1)
def test_oversampling_two_classes(student, rng):
    """Either class is the smaller one, by a little or by a lot, in several shapes."""
    agree_oversampled(
        student, [(*data(rng, (30, 6)), 1), (*data(rng, (3, 11), D=1), 2), (*data(rng, (8, 7), D=5), 3)]
    )


@question("q7", points=1)
def test_oversampling_many_classes(student, rng):
    """Several classes grow to the size of the largest; full ones draw nothing; one without examples is left out."""
    cases = [
        (*data(rng, (4, 12, 7)), 4),
        (*data(rng, (9, 2, 9, 1, 5)), 5),
        (*data(rng, (6, 6)), 6),
        (*data(rng, (3, 0, 8, 0, 5)), 7),
        (*data(rng, (0, 5)), 8),
    ]
    agree_oversampled(student, cases)


@question("q7", points=1)
def test_oversampling_leaves_its_arguments_alone(student, rng):
    """X and y are unchanged afterwards."""
    X, y = data(rng, (4, 12, 7))
    others = [
        (student.synthesize, X, 5, 2, np.random.default_rng(1)),
        (student.confusion_matrix, y, y.copy(), 3),
    ]
    check_pure(student.oversample, X, y, np.random.default_rng(9), others=others)
    agree_oversampled(student, [(X, y, 9)])


# q8 -----------------------------------------------------------------------------------------------------------


@question("q8", points=0.5, public=True)
def test_synthetic_examples_of_the_handout(student):
    """Three new examples from three given ones, with k = 1."""
    X = np.array([[0.0, 0.0], [1.0, 2.0], [9.0, 9.0]])
    got = student.synthesize(X, 3, 1, np.random.default_rng(0))
    expected = np.array([[8.672212, 8.713185], [0.983472, 1.966945], [0.18673, 0.37346]])
    # The numbers above are rounded to six decimals.
    check_close(got, expected, name="synthesize(X, count, k, rng)", atol=1e-6)


@question("q8", points=1)
def test_synthetic_examples_of_the_nearest_neighbour(student, rng):
    """k = 1, in several shapes."""
    cases = [(rng.normal(size=shape), count, 1, seed) for shape, count, seed in SHAPES]
    agree_synthesized(student, cases)


@question("q8", points=1)
def test_synthetic_examples_of_several_neighbours(student, rng):
    """k = 3 and 5, and as many neighbours as there are; features on very different scales."""
    cases = [
        (rng.normal(size=(12, 3)), 20, 3, 4),
        (rng.normal(size=(9, 4)) * [1.0, 10.0, 0.1, 3.0], 30, 5, 5),
        (rng.normal(size=(6, 2)) + 40, 15, 5, 6),
    ]
    agree_synthesized(student, cases)


@question("q8", points=0.5)
def test_synthetic_examples_of_whole_numbers(student, rng):
    """Integer features give examples with decimals; another example in the same place is a neighbour."""
    # So many values that no two distances are equal, so argsort need not be stable.
    X = rng.integers(1_000_000, size=(8, 2))
    twins = rng.normal(size=(6, 2))[[0, 1, 1, 2, 3, 4, 5, 5]]
    agree_synthesized(student, [(X, 12, 2, 7), (twins, 25, 1, 8), (twins, 25, 3, 9)])


@question("q8", points=0.5)
def test_few_and_many_synthetic_examples(student, rng):
    """One new example, none at all, and more than there were."""
    X = rng.normal(size=(7, 3))
    agree_synthesized(student, [(X, 1, 2, 10), (X, 0, 2, 11), (X, 60, 4, 12)])


@question("q8", points=0.5)
def test_synthesizing_leaves_its_arguments_alone(student, rng):
    """X is unchanged afterwards."""
    X = rng.normal(size=(8, 3))
    others = [(student.oversample, X, np.arange(8) % 2, np.random.default_rng(1))]
    check_pure(student.synthesize, X, 9, 2, np.random.default_rng(13), others=others)
    agree_synthesized(student, [(X, 9, 2, 13)])


# Examples, features; new examples; seed.
SHAPES = [((10, 3), 12, 1), ((2, 5), 6, 2), ((15, 1), 9, 3)]
