"""The reference's confusion matrix and rates against scikit-learn, a slow twin and the lecture's own numbers."""

import math
from fractions import Fraction

import numpy as np
import pytest
import sklearn.metrics
from hypothesis import given
from hypothesis import strategies as st

import reference.metrics as ref

# A rate is at most four divisions of whole numbers, each rounded once: 4·ε/2, doubled.
BOUND = 4 * np.finfo(float).eps

# L15, written out once more by hand: what is counted over what.
SHARES = {
    "prevalence": lambda TN, FP, FN, TP: (TP + FN, TN + FP + FN + TP),
    "accuracy": lambda TN, FP, FN, TP: (TP + TN, TN + FP + FN + TP),
    "PPV": lambda TN, FP, FN, TP: (TP, TP + FP),
    "precision": lambda TN, FP, FN, TP: (TP, TP + FP),
    "FDR": lambda TN, FP, FN, TP: (FP, TP + FP),
    "FOR": lambda TN, FP, FN, TP: (FN, FN + TN),
    "NPV": lambda TN, FP, FN, TP: (TN, FN + TN),
    "TPR": lambda TN, FP, FN, TP: (TP, TP + FN),
    "recall": lambda TN, FP, FN, TP: (TP, TP + FN),
    "sensitivity": lambda TN, FP, FN, TP: (TP, TP + FN),
    "power": lambda TN, FP, FN, TP: (TP, TP + FN),
    "FPR": lambda TN, FP, FN, TP: (FP, FP + TN),
    "fall-out": lambda TN, FP, FN, TP: (FP, FP + TN),
    "FNR": lambda TN, FP, FN, TP: (FN, FN + TP),
    "miss rate": lambda TN, FP, FN, TP: (FN, FN + TP),
    "TNR": lambda TN, FP, FN, TP: (TN, FP + TN),
    "specificity": lambda TN, FP, FN, TP: (TN, FP + TN),
    "LR+": lambda TN, FP, FN, TP: (TP * (FP + TN), FP * (TP + FN)),
    "LR-": lambda TN, FP, FN, TP: (FN * (FP + TN), TN * (TP + FN)),
    "DOR": lambda TN, FP, FN, TP: (TP * TN, FP * FN),
    "F1": lambda TN, FP, FN, TP: (2 * TP, 2 * TP + FP + FN),
}


def matrix(TN, FP, FN, TP):
    return np.array([[TN, FP], [FN, TP]])


def agree(got, expected):
    if math.isfinite(expected):
        assert got == pytest.approx(expected, rel=BOUND, abs=0)
    else:
        assert got == expected or (math.isnan(got) and math.isnan(expected))


# The confusion matrix -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("N", "classes"), [(1, 1), (1, 4), (7, 2), (40, 3), (200, 10), (3, 30)])
@pytest.mark.parametrize("seed", range(5))
def test_confusion_matrix_agrees_with_sklearn_and_a_loop(N, classes, seed):
    rng = np.random.default_rng([seed, N, classes])
    y_true, y_pred = rng.integers(classes, size=N), rng.integers(classes, size=N)
    got = ref.confusion_matrix(y_true, y_pred, classes)
    expected = np.zeros((classes, classes), dtype=int)
    for t, p in zip(y_true, y_pred, strict=True):
        expected[t, p] += 1
    assert got.tolist() == expected.tolist()
    labels = np.arange(classes)
    assert got.tolist() == sklearn.metrics.confusion_matrix(y_true, y_pred, labels=labels).tolist()


def test_classes_without_examples_keep_their_rows_and_columns():
    got = ref.confusion_matrix(np.array([1, 1]), np.array([3, 1]), 5)
    assert got.shape == (5, 5)
    assert (got[1, 3], got[1, 1], got.sum()) == (1, 1, 2)


def test_no_examples_make_a_matrix_of_zeros():
    assert ref.confusion_matrix(np.zeros(0, int), np.zeros(0, int), 3).tolist() == [[0] * 3] * 3


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int32, np.uint64])
def test_labels_of_any_integer_type_count(dtype):
    got = ref.confusion_matrix(np.array([0, 1, 1], dtype), np.array([1, 1, 0], dtype), 2)
    assert got.tolist() == [[0, 1], [1, 1]]


def test_small_integers_do_not_overflow():
    got = ref.confusion_matrix(np.array([99], np.uint8), np.array([98], np.uint8), 100)
    assert got[99, 98] == got.sum() == 1


def test_the_lectures_examples_give_its_matrix():
    y_true = np.repeat([0, 0, 1, 1], [50, 10, 5, 100])
    y_pred = np.repeat([0, 1, 0, 1], [50, 10, 5, 100])
    got = ref.confusion_matrix(y_true, y_pred, 2)
    assert got.tolist() == [[50, 10], [5, 100]]
    assert got.sum(axis=1).tolist() == [60, 105]
    assert got.sum(axis=0).tolist() == [55, 110]
    assert got.sum() == 165


# Rates --------------------------------------------------------------------------------------------------


def test_every_rate_of_the_lectures_matrix():
    """Worked out by hand from TN 50, FP 10, FN 5, TP 100."""
    expected = {
        "prevalence": Fraction(105, 165),
        "accuracy": Fraction(150, 165),
        **dict.fromkeys(("PPV", "precision"), Fraction(100, 110)),
        "FDR": Fraction(10, 110),
        "FOR": Fraction(5, 55),
        "NPV": Fraction(50, 55),
        **dict.fromkeys(("TPR", "recall", "sensitivity", "power"), Fraction(100, 105)),
        **dict.fromkeys(("FPR", "fall-out"), Fraction(10, 60)),
        **dict.fromkeys(("FNR", "miss rate"), Fraction(5, 105)),
        **dict.fromkeys(("TNR", "specificity"), Fraction(50, 60)),
        "LR+": Fraction(40, 7),
        "LR-": Fraction(2, 35),
        "DOR": Fraction(100),
        "F1": Fraction(200, 215),
    }
    got = ref.rates(matrix(50, 10, 5, 100))
    assert set(got) == set(expected)
    for name, value in expected.items():
        agree(got[name], float(value))


@given(st.tuples(*[st.integers(0, 6) | st.integers(0, 10**6)] * 4))
def test_every_rate_of_any_matrix_is_its_fraction(counts):
    """Exact fractions, with 0/0 nan and x/0 infinite: the likelihood ratios as one fraction of counts."""
    got = ref.rates(matrix(*counts))
    assert set(got) == set(SHARES)
    for name, share in SHARES.items():
        part, whole = share(*counts)
        agree(got[name], float(Fraction(part, whole)) if whole else (math.inf if part else math.nan))


@given(st.tuples(*[st.integers(0, 3)] * 4))
def test_f1_is_the_lectures_harmonic_mean_wherever_that_is_defined(counts):
    got = ref.rates(matrix(*counts))
    if got["recall"] > 0 and got["precision"] > 0:
        assert got["F1"] == pytest.approx(2 / (1 / got["recall"] + 1 / got["precision"]), rel=BOUND)
    _, FP, FN, TP = counts
    assert math.isnan(got["F1"]) == (TP + FP + FN == 0)


@pytest.mark.parametrize("seed", range(20))
def test_rates_agree_with_sklearn(seed):
    rng = np.random.default_rng(seed)
    y, guess = np.append(rng.integers(2, size=30), [0, 1]), np.append(rng.integers(2, size=30), [0, 1])
    got = ref.rates(ref.confusion_matrix(y, guess, 2))
    agree(got["accuracy"], sklearn.metrics.accuracy_score(y, guess))
    agree(got["precision"], sklearn.metrics.precision_score(y, guess))
    agree(got["recall"], sklearn.metrics.recall_score(y, guess))
    agree(got["specificity"], sklearn.metrics.recall_score(y, guess, pos_label=0))
    agree(got["NPV"], sklearn.metrics.precision_score(y, guess, pos_label=0))
    agree(got["F1"], sklearn.metrics.f1_score(y, guess))
    plus, minus = sklearn.metrics.class_likelihood_ratios(y, guess, replace_undefined_by=np.nan)
    if got["FPR"] > 0:
        agree(got["LR+"], plus)
    if got["TNR"] > 0:
        agree(got["LR-"], minus)


def test_an_empty_matrix_knows_nothing():
    assert all(math.isnan(value) for value in ref.rates(matrix(0, 0, 0, 0)).values())


def test_a_perfect_test_has_infinite_odds():
    got = ref.rates(matrix(3, 0, 0, 4))
    assert got["LR+"] == got["DOR"] == math.inf
    assert got["LR-"] == 0
    assert got["F1"] == got["accuracy"] == 1


def test_undefined_ratios_warn_nobody():
    with np.errstate(all="raise"):
        ref.rates(matrix(0, 0, 0, 0))
        ref.rates(matrix(3, 0, 0, 4))


def test_large_counts_do_not_overflow():
    agree(ref.rates(matrix(2**40, 2**40, 2**40, 2**40))["DOR"], 1.0)


def test_inputs_are_unchanged():
    y, M = np.array([0, 1, 1]), matrix(5, 1, 2, 7)
    for array in (y, M):
        array.setflags(write=False)
    ref.confusion_matrix(y, y, 2)
    ref.rates(M)
    assert all(type(value) is float for value in ref.rates(M).values())


def test_the_public_names_are_these():
    assert set(ref.__all__) == {"confusion_matrix", "rates", "ratio"}
