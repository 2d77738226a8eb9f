"""q1 and q2: the confusion matrix, and every rate computed from it."""

import numpy as np

import reference.metrics as ref
from grader import check_close, check_pure, question

MATRIX = "confusion_matrix(y_true, y_pred, classes)"
RATES = "rates(matrix)"
SYNONYMS = ("precision", "recall", "sensitivity", "power", "fall-out", "miss rate", "specificity")


def agree(function, reference, cases, name):
    """Compare every case with the reference, in one round trip."""
    for case, got in zip(cases, function.map(cases), strict=True):
        check_close(got, reference(*case), name=name)


def labels(rng, N, classes):
    return rng.integers(classes, size=N), rng.integers(classes, size=N), classes


def matrix(TN, FP, FN, TP):
    return np.array([[TN, FP], [FN, TP]])


def only(found, names):
    """The entries of a dictionary with these names; anything else is left for the check to describe."""
    return {name: found[name] for name in names if name in found} if isinstance(found, dict) else found


def agree_rates(student, matrices, names):
    """A share may be 1 minus another, however small it is, and a ratio divides such shares."""
    for M, got in zip(matrices, student.rates.map([(M,) for M in matrices]), strict=True):
        right = ref.rates(M)
        least = min((right[name] for name in ("TPR", "FNR", "FPR", "TNR") if right[name] > 0), default=1.0)
        scales = dict.fromkeys(right, 1.0)
        for name in ("LR+", "LR-", "DOR"):
            scales[name] = abs(right[name]) / least if np.isfinite(right[name]) else 1.0
        check_close(only(got, names), only(right, names), name="rates(matrix)", scale=only(scales, names))


def ordinary(rng):
    """Counts of all sizes, none of them 0, no two alike; the last so uneven that every rate differs."""
    return [
        *(rng.permutation(np.arange(1, 40))[:4].reshape(2, 2) for _ in range(4)),
        matrix(9000, 700, 3, 11),
        matrix(2, 31, 5, 1000),
    ]


def undefined():
    """Nobody predicted positive; nobody predicted negative; no positives; no negatives; no errors; nobody at all."""
    return [
        matrix(7, 0, 3, 0),
        matrix(0, 6, 0, 5),
        matrix(8, 2, 0, 0),
        matrix(0, 0, 4, 9),
        matrix(8, 0, 0, 5),
        matrix(0, 3, 4, 0),
        matrix(5, 0, 2, 9),
        matrix(0, 5, 2, 9),
        matrix(5, 2, 0, 9),
        matrix(5, 2, 9, 0),
        matrix(0, 3, 0, 0),
        matrix(4, 0, 0, 0),
        matrix(0, 0, 3, 0),
        matrix(0, 0, 0, 4),
        matrix(0, 0, 0, 0),
    ]


# q1 -----------------------------------------------------------------------------------------------------------


@question("q1", points=0.5, public=True)
def test_matrix_of_the_handouts_example(student):
    """Six examples, four classes; the last class is neither seen nor predicted."""
    got = student.confusion_matrix(np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 2, 2, 0]), 4)
    expected = np.array([[1, 1, 0, 0], [0, 1, 0, 0], [1, 0, 2, 0], [0, 0, 0, 0]])
    check_close(got, expected, name="confusion_matrix(y_true, y_pred, classes)")


@question("q1", points=0.5)
def test_matrix_of_two_classes(student, rng):
    """True negatives first; many examples, one example, and none on the diagonal."""
    y = rng.integers(2, size=30)
    lecture = (np.repeat([0, 0, 1, 1], [50, 10, 5, 100]), np.repeat([0, 1, 0, 1], [50, 10, 5, 100]), 2)
    cases = [lecture, labels(rng, 40, 2), (y, 1 - y, 2), (np.array([1]), np.array([0]), 2)]
    agree(student.confusion_matrix, ref.confusion_matrix, cases, MATRIX)


@question("q1", points=1)
def test_matrix_of_many_classes(student, rng):
    """Several numbers of classes and examples, including fewer examples than classes."""
    cases = [labels(rng, 60, 3), labels(rng, 200, 7), labels(rng, 5, 9), labels(rng, 12, 1)]
    agree(student.confusion_matrix, ref.confusion_matrix, cases, MATRIX)


@question("q1", points=0.5)
def test_matrix_with_classes_that_nobody_has(student):
    """Classes that are only true, only predicted, or neither: the first, one in the middle, the last."""
    cases = [
        (np.array([1, 1, 3, 3, 1]), np.array([1, 3, 3, 2, 1]), 5),
        (np.array([0, 2, 0, 2]), np.array([0, 2, 2, 2]), 4),
        (np.zeros(4, int), np.array([0, 1, 1, 0]), 2),
        (np.array([1, 0, 1]), np.zeros(3, int), 2),
        (np.zeros(0, int), np.zeros(0, int), 3),
    ]
    agree(student.confusion_matrix, ref.confusion_matrix, cases, MATRIX)


@question("q1", points=0.5)
def test_matrix_leaves_its_arguments_alone(student, rng):
    """The labels are unchanged afterwards."""
    case = labels(rng, 20, 4)
    others = [(student.confusion_matrix, array, array.copy(), 4) for array in case[:2]]
    check_pure(student.confusion_matrix, *case, others=others)
    agree(student.confusion_matrix, ref.confusion_matrix, [case], MATRIX)


# q2 -----------------------------------------------------------------------------------------------------------


@question("q2", points=1, public=True)
def test_rates_of_the_lectures_example(student):
    """TN 50, FP 10, FN 5 and TP 100: every rate under every name."""
    got = student.rates(np.array([[50, 10], [5, 100]]))
    expected = {
        "prevalence": 105 / 165,
        "accuracy": 150 / 165,
        "PPV": 100 / 110,
        "precision": 100 / 110,
        "FDR": 10 / 110,
        "FOR": 5 / 55,
        "NPV": 50 / 55,
        "TPR": 100 / 105,
        "recall": 100 / 105,
        "sensitivity": 100 / 105,
        "power": 100 / 105,
        "FNR": 5 / 105,
        "miss rate": 5 / 105,
        "FPR": 10 / 60,
        "fall-out": 10 / 60,
        "TNR": 50 / 60,
        "specificity": 50 / 60,
        "LR+": 40 / 7,
        "LR-": 2 / 35,
        "DOR": 100.0,
        "F1": 200 / 215,
    }
    check_close(got, expected, name="rates(matrix)")


@question("q2", points=0.5)
def test_rates_of_everybody(student, rng):
    """Prevalence and accuracy."""
    agree_rates(student, ordinary(rng), ("prevalence", "accuracy"))


@question("q2", points=1)
def test_rates_of_those_predicted(student, rng):
    """PPV, FDR, FOR and NPV."""
    agree_rates(student, ordinary(rng), ("PPV", "FDR", "FOR", "NPV"))


@question("q2", points=1)
def test_rates_of_those_who_are(student, rng):
    """TPR, FNR, FPR and TNR."""
    agree_rates(student, ordinary(rng), ("TPR", "FNR", "FPR", "TNR"))


@question("q2", points=1)
def test_rates_that_combine_others(student, rng):
    """LR+, LR-, DOR and F1."""
    agree_rates(student, ordinary(rng), ("LR+", "LR-", "DOR", "F1"))


@question("q2", points=0.5)
def test_rates_by_their_other_names(student, rng):
    """precision, recall, sensitivity, power, fall-out, miss rate, specificity."""
    agree_rates(student, ordinary(rng), SYNONYMS)


@question("q2", points=1)
def test_undefined_shares(student):
    """0/0 is nan in shares of a row, of a column and of everybody; F1 is nan only without TP, FP and FN."""
    names = (
        "prevalence",
        "accuracy",
        "PPV",
        "FDR",
        "FOR",
        "NPV",
        "TPR",
        "FNR",
        "FPR",
        "TNR",
        "F1",
        *SYNONYMS,
    )
    agree_rates(student, undefined(), names)


@question("q2", points=0.5)
def test_undefined_likelihood_ratios(student):
    """0/0 is nan and x/0 infinite in LR+, LR- and DOR."""
    agree_rates(student, undefined(), ("LR+", "LR-", "DOR"))


@question("q2", points=0.5)
def test_rates_leave_the_matrix_alone(student, rng):
    """The matrix is unchanged afterwards, and the dictionary has only the 21 names."""
    (M, *_) = ordinary(rng)
    others = [(student.oversample, M, np.array([0, 1]), np.random.default_rng(1))]
    check_pure(student.rates, M, others=others)
    agree(student.rates, ref.rates, [(M,)], RATES)
