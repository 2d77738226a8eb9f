"""q3 to q6: the ROC and the precision-recall curve, and the areas under them."""

import numpy as np

import reference.ranking as ref
from grader import check_close, check_curve, check_pure, check_raises, question

ROC, AUC = "roc_curve(y_true, scores)", "roc_auc(y_true, scores)"
PR, AP = "precision_recall_curve(y_true, scores)", "average_precision(y_true, scores)"
RATES, COUNTS = ("FPR", "TPR"), ("recall", "precision")


def agree_curves(function, reference, cases, name, axes):
    """Compare every case as a curve with the reference, in one round trip."""
    for case, got in zip(cases, function.map(cases), strict=True):
        check_curve(got, reference(*case), name=name, axes=axes)


def agree(function, reference, cases, name):
    """An area may be 1 minus another, and 0."""
    for case, got in zip(cases, function.map(cases), strict=True):
        check_close(got, reference(*case), name=name, scale=1.0)


def labels(rng, N, share=0.5):
    """At least two examples of either class, in random order."""
    y = (rng.random(N) < share).astype(int)
    y[:4] = [0, 1, 1, 0]
    return rng.permutation(y)


def seen_elsewhere(student, y, scores):
    """Calls of other functions that would show a change of the labels or of the scores."""
    return [
        (student.confusion_matrix, y, y.copy(), 2),
        (student.oversample, scores, y, np.random.default_rng(1)),
    ]


def distinct(rng):
    """Probabilities without ties: balanced, few positives, few negatives; better than chance, and worse."""
    cases = []
    for N, share, skill in [(30, 0.5, 1.0), (60, 0.1, 1.5), (41, 0.85, 0.7), (25, 0.4, -1.0), (50, 0.5, 0.0)]:
        y = labels(rng, N, share)
        cases.append((y, 1 / (1 + np.exp(-rng.normal(size=N) - skill * y))))
    return cases


def small(rng):
    """Two examples right and wrong, one positive among many, one negative, all right, all wrong."""
    s = rng.random(8)
    one = np.zeros(8, int)
    one[int(rng.integers(1, 7))] = 1
    y = labels(rng, 12)
    apart = y + 0.5 * rng.random(12)
    return [
        (np.array([1, 0]), np.array([0.8, 0.3])),
        (np.array([1, 0]), np.array([0.3, 0.8])),
        (one, s),
        (1 - one, s),
        (y, apart / 2),
        (y, 1 - apart / 2),
    ]


def tied(rng):
    """Few distinct scores; two; a single one; ties within a class only; each listed with either class first."""
    cases = []
    for N, levels in [(40, 5), (25, 2), (33, 9)]:
        y = labels(rng, N)
        s = (rng.integers(levels, size=N) + y * rng.integers(2, size=N)) / 8
        first = np.argsort(-y, kind="stable")
        cases += [(y[first], s[first]), (y[first[::-1]], s[first[::-1]])]
    y = labels(rng, 20)
    own = np.where(y == 1, 0.5, rng.integers(3, size=20) / 7)
    return [*cases, (np.sort(y), np.full(20, 0.3)), (np.sort(y)[::-1].copy(), np.full(20, 0.3)), (y, own)]


def nearly_tied(rng):
    """Scores that differ by a part in a million, a thousand millions or ten million millions are not equal."""
    y = labels(rng, 20)
    near, tiny, large, huge = (rng.permutation(20) for _ in range(4))
    return [(y, 0.5 + 1e-13 * near), (y, 1e-9 * tiny), (y, 1e6 + large), (y, 1e9 + huge)]


def logits(rng):
    """Scores far outside of 0 … 1: logits of ±10,000, all negative, all above 100, whole numbers."""
    y, s = labels(rng, 40), rng.normal(size=40)
    return [
        (y, 1e4 * (s + 0.5 * y)),
        (y, s + y - 50),
        (y, 100 + 7 * (s - 0.3 * y)),
        (y, rng.integers(-20, 60, size=40) + 10 * y),
        (y, np.round(3 * (s + y))),
    ]


def alone(label):
    return np.full(5, label), np.array([0.1, 0.4, 0.4, 0.8, 0.9])


def together():
    """The same scores where nothing is undefined, since some of the examples are positive."""
    return np.array([0, 1, 0, 1, 0]), alone(0)[1]


# q3 -----------------------------------------------------------------------------------------------------------


@question("q3", points=1, public=True)
def test_roc_curve_of_the_handouts_example(student):
    """Four examples, two of them tied: from (0, 0) through (0, ½) and (½, 1) to (1, 1)."""
    got = student.roc_curve(np.array([0, 1, 1, 0]), np.array([0.1, 0.7, 0.4, 0.4]))
    expected = (np.array([0, 0, 0.5, 1]), np.array([0, 0.5, 1, 1]))
    check_curve(got, expected, name="roc_curve(y_true, scores)", axes=("FPR", "TPR"))


@question("q3", points=1)
def test_roc_curve_of_distinct_scores(student, rng):
    """Probabilities, balanced and unbalanced classes, few examples and many."""
    agree_curves(student.roc_curve, ref.roc_curve, distinct(rng) + small(rng), ROC, RATES)


@question("q3", points=1.5)
def test_roc_curve_of_tied_scores(student, rng):
    """Equal scores pass a threshold together, whatever the order of the examples."""
    agree_curves(student.roc_curve, ref.roc_curve, tied(rng), ROC, RATES)


@question("q3", points=1)
def test_roc_curve_of_logits(student, rng):
    """Any real numbers are scores, and only their order matters."""
    agree_curves(student.roc_curve, ref.roc_curve, logits(rng), ROC, RATES)


@question("q3", points=0.5)
def test_roc_curve_of_nearly_tied_scores(student, rng):
    """Scores that are close are not equal."""
    agree_curves(student.roc_curve, ref.roc_curve, nearly_tied(rng), ROC, RATES)


@question("q3", points=0.5)
def test_roc_curve_of_one_class(student):
    """A ValueError without positive or without negative examples, and a curve with both."""
    check_raises(student.roc_curve, *alone(0), error=ValueError)
    check_raises(student.roc_curve, *alone(1), error=ValueError)
    agree_curves(student.roc_curve, ref.roc_curve, [together()], ROC, RATES)


@question("q3", points=0.5)
def test_roc_curve_leaves_its_arguments_alone(student, rng):
    """Labels and scores are unchanged afterwards."""
    (case, *_) = distinct(rng)
    check_pure(student.roc_curve, *case, others=seen_elsewhere(student, *case))
    agree_curves(student.roc_curve, ref.roc_curve, [case], ROC, RATES)


# q4 -----------------------------------------------------------------------------------------------------------


@question("q4", points=0.5, public=True)
def test_area_of_the_handouts_example(student):
    """Three of four pairs are right and one is tied; all pairs right; all wrong."""
    got = student.roc_auc(np.array([0, 1, 1, 0]), np.array([0.1, 0.7, 0.4, 0.4]))
    check_close(got, 0.875, name="roc_auc(y_true, scores)")
    y = np.array([0, 1, 0, 1])
    check_close(student.roc_auc(y, np.array([-2.0, 3.0, -1.0, 2.0])), 1.0, name="roc_auc(y_true, scores)")
    # An area of 0 has no size to be relative to; it is a difference of numbers up to 1.
    got = student.roc_auc(y, np.array([2.0, -3.0, 1.0, -2.0]))
    check_close(got, 0.0, name="roc_auc(y_true, scores)", scale=1.0)


@question("q4", points=1)
def test_area_of_distinct_scores(student, rng):
    """Balanced and unbalanced classes, better than chance and worse."""
    agree(student.roc_auc, ref.roc_auc, distinct(rng) + small(rng), AUC)


@question("q4", points=1)
def test_area_of_tied_scores(student, rng):
    """A tie counts one half."""
    agree(student.roc_auc, ref.roc_auc, tied(rng), AUC)


@question("q4", points=0.5)
def test_area_of_logits(student, rng):
    """Any real numbers are scores, including very close ones."""
    agree(student.roc_auc, ref.roc_auc, logits(rng) + nearly_tied(rng), AUC)


@question("q4", points=0.5)
def test_area_of_one_class(student):
    """A ValueError without positive or without negative examples, and an area with both."""
    check_raises(student.roc_auc, *alone(0), error=ValueError)
    check_raises(student.roc_auc, *alone(1), error=ValueError)
    agree(student.roc_auc, ref.roc_auc, [together()], AUC)


@question("q4", points=0.5)
def test_area_leaves_its_arguments_alone(student, rng):
    """Labels and scores are unchanged afterwards."""
    (case, *_) = distinct(rng)
    check_pure(student.roc_auc, *case, others=seen_elsewhere(student, *case))
    agree(student.roc_auc, ref.roc_auc, [case], AUC)


# q5 -----------------------------------------------------------------------------------------------------------


@question("q5", points=1, public=True)
def test_precision_recall_curve_of_the_handouts_example(student):
    """Four examples, two of them tied: from (0, 1) through (½, 1) and (1, ⅔) to (1, ½)."""
    got = student.precision_recall_curve(np.array([0, 1, 1, 0]), np.array([0.1, 0.7, 0.4, 0.4]))
    expected = (np.array([0, 0.5, 1, 1]), np.array([1, 1, 2 / 3, 0.5]))
    check_curve(got, expected, name="precision_recall_curve(y_true, scores)", axes=("recall", "precision"))


@question("q5", points=1)
def test_precision_recall_curve_of_distinct_scores(student, rng):
    """Balanced and unbalanced classes; the best score belongs to a positive or to a negative."""
    cases = distinct(rng) + small(rng)
    agree_curves(student.precision_recall_curve, ref.precision_recall_curve, cases, PR, COUNTS)


@question("q5", points=1)
def test_precision_recall_curve_of_tied_scores(student, rng):
    """Equal scores pass a threshold together, whatever the order of the examples."""
    agree_curves(student.precision_recall_curve, ref.precision_recall_curve, tied(rng), PR, COUNTS)


@question("q5", points=1)
def test_precision_recall_curve_of_logits(student, rng):
    """Any real numbers are scores, including very close ones."""
    cases = logits(rng) + nearly_tied(rng)
    agree_curves(student.precision_recall_curve, ref.precision_recall_curve, cases, PR, COUNTS)


@question("q5", points=0.5)
def test_precision_recall_curve_of_one_class(student):
    """A ValueError without positive examples; precision 1 everywhere without negative ones, and less with some."""
    check_raises(student.precision_recall_curve, *alone(0), error=ValueError)
    cases = [alone(1), together()]
    agree_curves(student.precision_recall_curve, ref.precision_recall_curve, cases, PR, COUNTS)


@question("q5", points=0.5)
def test_precision_recall_curve_leaves_its_arguments_alone(student, rng):
    """Labels and scores are unchanged afterwards."""
    (case, *_) = distinct(rng)
    check_pure(student.precision_recall_curve, *case, others=seen_elsewhere(student, *case))
    agree_curves(student.precision_recall_curve, ref.precision_recall_curve, [case], PR, COUNTS)


# q6 -----------------------------------------------------------------------------------------------------------


@question("q6", points=0.5, public=True)
def test_average_precision_of_the_handouts_example(student):
    """½ · 1 + ½ · ⅔ = ⅚."""
    got = student.average_precision(np.array([0, 1, 1, 0]), np.array([0.1, 0.7, 0.4, 0.4]))
    check_close(got, 5 / 6, name="average_precision(y_true, scores)")


@question("q6", points=1)
def test_average_precision_of_distinct_scores(student, rng):
    """Balanced and unbalanced classes, few examples and many, logits."""
    cases = distinct(rng) + small(rng) + logits(rng)
    agree(student.average_precision, ref.average_precision, cases, AP)


@question("q6", points=0.5)
def test_average_precision_of_tied_scores(student, rng):
    """One step for all examples with the same score, and another for a score that is slightly lower."""
    agree(student.average_precision, ref.average_precision, tied(rng) + nearly_tied(rng), AP)


@question("q6", points=0.5)
def test_average_precision_of_one_class(student):
    """A ValueError without positive examples; 1 without negative ones, and less with some."""
    check_raises(student.average_precision, *alone(0), error=ValueError)
    agree(student.average_precision, ref.average_precision, [alone(1), together()], AP)


@question("q6", points=0.5)
def test_average_precision_leaves_its_arguments_alone(student, rng):
    """Labels and scores are unchanged afterwards."""
    (case, *_) = distinct(rng)
    check_pure(student.average_precision, *case, others=seen_elsewhere(student, *case))
    agree(student.average_precision, ref.average_precision, [case], AP)
