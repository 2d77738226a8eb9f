"""The reference's curves and areas against scikit-learn, slow twins and what they mean."""

import math

import numpy as np
import pytest
import scipy.stats
import sklearn.metrics
from hypothesis import given, settings
from hypothesis import strategies as st

import reference.ranking as ref
from grader import check_curve, check_faster_than
from grader.errors import CheckFailed

# Coordinates are one division of whole numbers; areas are sums of at most 600 products of them.
BOUND = 600 * np.finfo(float).eps


def both_classes(labels):
    """The labels, with one example of either class put in front."""
    return np.concatenate([[0, 1], labels]).astype(int)


def awkward():
    """Scores with ties, all tied, as logits, saturated, infinite, perfectly right and perfectly wrong."""
    rng = np.random.default_rng(4)
    y = both_classes(rng.integers(2, size=38))
    s = rng.normal(size=40)
    return {
        "distinct": (y, s),
        "ties": (y, np.round(s)),
        "all tied": (y, np.full(40, 0.5)),
        "two values": (y, (s > 0).astype(float)),
        "integers": (y, rng.integers(-3, 4, size=40)),
        "unsigned integers": (y, rng.integers(4, size=40).astype(np.uint8)),
        "logits": (y, 1e4 * s),
        "near ties": (y, 1 + 1e-13 * np.round(s)),
        "saturated": (y, np.where(s > 1, 1e4, np.where(s < -1, -1e4, s))),
        "single precision": (y, s.astype(np.float32)),
        "perfect": (y, y + 0.1 * rng.random(40)),
        "reversed": (y, -y + 0.1 * rng.random(40)),
        "signed zeros": (y, np.where(s > 0, 0.0, -0.0)),
        "one positive": (both_classes(np.zeros(38)), s),
        "one negative": (both_classes(np.ones(38)), np.round(s)),
        "two examples": (np.array([1, 0]), np.array([0.2, 0.1])),
        "two examples tied": (np.array([1, 0]), np.array([0.2, 0.2])),
    }


AWKWARD = awkward()
every_case = pytest.mark.parametrize(("y", "scores"), AWKWARD.values(), ids=AWKWARD.keys())


def slow_points(y, scores):
    """One pass through all examples for every threshold."""
    points = []
    for t in sorted(set(scores.tolist()), reverse=True):
        passed = [label for label, s in zip(y.tolist(), scores.tolist(), strict=True) if s >= t]
        points.append((passed.count(0), passed.count(1)))
    return points


@every_case
def test_counts_agree_with_the_slow_twin(y, scores):
    FP, TP = ref.counts_by_threshold(y, scores)
    assert list(zip(FP.tolist(), TP.tolist(), strict=True)) == slow_points(y, scores)


@every_case
def test_curves_agree_with_sklearn(y, scores):
    for drop in (False, True):
        FPR, TPR, _ = sklearn.metrics.roc_curve(y, scores, drop_intermediate=drop)
        check_curve(ref.roc_curve(y, scores), (FPR, TPR))
    precision, recall, _ = sklearn.metrics.precision_recall_curve(y, scores)
    got = ref.precision_recall_curve(y, scores)
    np.testing.assert_allclose(got[0][::-1], recall, rtol=BOUND)
    np.testing.assert_allclose(got[1][::-1], precision, rtol=BOUND)


@every_case
def test_areas_agree_with_sklearn(y, scores):
    assert ref.roc_auc(y, scores) == pytest.approx(sklearn.metrics.roc_auc_score(y, scores), abs=BOUND)
    expected = sklearn.metrics.average_precision_score(y, scores)
    assert ref.average_precision(y, scores) == pytest.approx(expected, abs=BOUND)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.booleans(), st.integers(-4, 4)), max_size=30), st.integers(-3, 3))
def test_area_is_the_probability_that_a_positive_scores_higher(examples, first):
    y = both_classes([label for label, _ in examples])
    scores = np.array([first, 0, *[s for _, s in examples]], dtype=float)
    wins = np.sign(scores[y == 1][:, None] - scores[y == 0][None, :])
    assert ref.roc_auc(y, scores) == pytest.approx((1 + wins.mean()) / 2, abs=BOUND)
    u = scipy.stats.mannwhitneyu(scores[y == 1], scores[y == 0]).statistic
    assert ref.roc_auc(y, scores) == pytest.approx(u / ((y == 1).sum() * (y == 0).sum()), abs=BOUND)
    assert ref.average_precision(y, scores) == pytest.approx(
        sklearn.metrics.average_precision_score(y, scores), abs=BOUND
    )


@every_case
def test_only_the_order_of_the_scores_matters(y, scores):
    ranks = np.unique(scores, return_inverse=True)[1]
    for function in (ref.roc_curve, ref.precision_recall_curve):
        np.testing.assert_array_equal(function(y, scores), function(y, 3.0 * ranks - 100))


@every_case
def test_the_order_of_the_examples_does_not_matter(y, scores):
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(y))
        for function in (ref.roc_curve, ref.precision_recall_curve):
            np.testing.assert_array_equal(function(y[order], scores[order]), function(y, scores))


@every_case
def test_curves_begin_and_end_where_they_should(y, scores):
    FPR, TPR = ref.roc_curve(y, scores)
    assert (FPR[0], TPR[0], FPR[-1], TPR[-1]) == (0, 0, 1, 1)
    assert (np.diff(FPR) >= 0).all()
    assert (np.diff(TPR) >= 0).all()
    recall, precision = ref.precision_recall_curve(y, scores)
    assert (recall[0], precision[0], recall[-1], precision[-1]) == (0, 1, 1, y.mean())
    assert len(recall) == len(FPR) == len(np.unique(scores)) + 1


def test_changing_the_signs_of_the_scores_mirrors_the_area():
    y, scores = AWKWARD["ties"]
    assert ref.roc_auc(y, -scores) == pytest.approx(1 - ref.roc_auc(y, scores), abs=BOUND)


def test_infinite_scores_tie_with_one_another():
    y = np.array([1, 0, 1, 0])
    FPR, TPR = ref.roc_curve(y, np.array([np.inf, np.inf, 0.0, -np.inf]))
    assert FPR.tolist() == [0, 0.5, 0.5, 1]
    assert TPR.tolist() == [0, 0.5, 1, 1]


def test_all_tied_scores_are_worth_a_coin():
    y, scores = AWKWARD["all tied"]
    assert ref.roc_auc(y, scores) == 0.5
    assert ref.average_precision(y, scores) == pytest.approx(y.mean(), abs=BOUND)


def test_truth_values_serve_as_labels():
    y, scores = AWKWARD["ties"]
    for function in (ref.roc_curve, ref.precision_recall_curve):
        np.testing.assert_array_equal(function(y == 1, scores), function(y, scores))


@pytest.mark.parametrize("N", [0, 1, 5])
def test_one_class_alone_has_no_curve(N):
    scores = np.arange(N, dtype=float)
    for function in (ref.roc_curve, ref.roc_auc):
        with pytest.raises(ValueError, match="at least one positive and one negative"):
            function(np.zeros(N, int), scores)
        with pytest.raises(ValueError, match="at least one positive and one negative"):
            function(np.ones(N, int), scores)
    for function in (ref.precision_recall_curve, ref.average_precision):
        with pytest.raises(ValueError, match="at least one positive"):
            function(np.zeros(N, int), scores)


def test_positives_alone_have_full_precision():
    recall, precision = ref.precision_recall_curve(np.ones(3, int), np.array([1.0, 2.0, 3.0]))
    assert (precision == 1).all()
    assert recall.tolist() == [0, 1 / 3, 2 / 3, 1]
    assert ref.average_precision(np.ones(3, int), np.array([1.0, 2.0, 3.0])) == 1


def test_a_random_score_reaches_half_the_area():
    """5000 of 20000 positives: AUC has σ = √((P+N+1)/(12PN)) = 0.0047; six of them leave no room for luck."""
    rng = np.random.default_rng(0)
    y = (np.arange(20_000) < 5000).astype(int)
    scores = rng.random(20_000)
    sigma = math.sqrt((20_000 + 1) / (12 * 5000 * 15_000))
    assert abs(ref.roc_auc(y, scores) - 0.5) < 6 * sigma


def test_the_comparison_sees_one_example_out_of_place():
    y, scores = AWKWARD["distinct"]
    moved = scores.copy()
    moved[[0, 1]] = moved[[1, 0]]  # one positive and one negative change places
    with pytest.raises(CheckFailed):
        check_curve(ref.roc_curve(y, moved), ref.roc_curve(y, scores))


@pytest.mark.parametrize("decimals", [None, 2], ids=["distinct", "ties"])
@pytest.mark.parametrize(
    ("function", "peer"),
    [
        (ref.roc_curve, sklearn.metrics.roc_curve),
        (ref.precision_recall_curve, sklearn.metrics.precision_recall_curve),
    ],
    ids=["roc", "precision-recall"],
)
def test_a_million_scores_take_at_most_half_as_long_again_as_in_sklearn(function, peer, decimals):
    rng = np.random.default_rng(1)
    y = rng.integers(2, size=1_000_000)
    scores = rng.normal(size=1_000_000) + y
    if decimals is not None:
        scores = np.round(scores, decimals)

    def ours(y, scores):
        return function(y, scores)

    check_faster_than(ours, peer, y, scores, ratio=1.5)


def test_inputs_are_unchanged_and_not_shared():
    y, scores = AWKWARD["ties"]
    y, scores = y.copy(), scores.copy()
    for array in (y, scores):
        array.setflags(write=False)
    for function in (ref.roc_curve, ref.precision_recall_curve, ref.counts_by_threshold):
        assert not any(np.shares_memory(part, one) for part in function(y, scores) for one in (y, scores))
    assert type(ref.roc_auc(y, scores)) is type(ref.average_precision(y, scores)) is float


def test_the_public_names_are_these():
    assert set(ref.__all__) == {
        *("average_precision", "counts_by_threshold", "precision_recall_curve", "roc_auc", "roc_curve"),
    }
