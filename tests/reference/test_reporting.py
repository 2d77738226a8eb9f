"""Figures and tables of a classifier, by what defines them, and compared with scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import precision_recall_fscore_support, roc_auc_score

import reference.reporting as ref
from reference.ranking import roc_curve


def labels(seed, N=60, C=4):
    rng = np.random.default_rng(seed)
    return rng.permutation(np.append(np.arange(C), rng.integers(0, C, size=N - C))), rng.dirichlet(
        np.ones(C), size=N
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_table_agrees_with_sklearn(seed):
    y, P = labels(seed)
    table = ref.metrics_table(y, P.argmax(axis=1), ["a", "b", "c", "d"]).loc[["a", "b", "c", "d"]]
    theirs = precision_recall_fscore_support(y, P.argmax(axis=1), labels=range(4), zero_division=np.nan)
    for name, column in zip(("precision", "recall", "F1", "examples"), theirs, strict=True):
        np.testing.assert_allclose(table[name], column, rtol=1e-12)


def test_the_most_frequent_class_is_first_and_ties_stay():
    y = np.repeat([0, 1, 2, 3], [2, 5, 5, 3])
    assert list(ref.metrics_table(y, y, ["d", "c", "b", "a"]).index) == ["c", "b", "a", "d"]


def test_undefined_ratios_are_nan_and_every_class_has_a_row():
    table = ref.metrics_table(np.array([0, 0, 1]), np.array([0, 0, 0]), ["a", "b", "c"])
    assert list(table.index) == ["a", "b", "c"]
    assert list(table["examples"]) == [2, 1, 0]
    np.testing.assert_array_equal(table["precision"], [2 / 3, np.nan, np.nan])
    np.testing.assert_array_equal(table["recall"], [1, 0, np.nan])
    np.testing.assert_array_equal(table["F1"], [4 / 5, 0, np.nan])


def test_the_roc_figure_has_a_curve_for_each_class_with_its_area():
    y, P = labels(1)
    *curves, chance = ref.plot_roc(y, P, ["a", "b", "c", "d"]).axes[0].lines
    for c, line in enumerate(curves):
        FPR, TPR = roc_curve((y == c).astype(int), P[:, c])
        np.testing.assert_array_equal(line.get_xdata(), FPR)
        np.testing.assert_array_equal(line.get_ydata(), TPR)
        assert line.get_label() == f"{'abcd'[c]} (AUC {roc_auc_score(y == c, P[:, c]):.2f})"
    assert len(curves) == 4
    np.testing.assert_array_equal(chance.get_data(), [[0, 1], [0, 1]])


def test_training_curves_begin_at_epoch_1_and_mark_the_first_of_the_best():
    validation = np.array([3.0, 1.0, 2.0, 1.0])
    axes = ref.plot_training(validation / 2, validation).axes[0]
    training, checked, best = axes.lines
    np.testing.assert_array_equal(training.get_data(), [[1, 2, 3, 4], validation / 2])
    np.testing.assert_array_equal(checked.get_data(), [[1, 2, 3, 4], validation])
    assert list(best.get_xdata()) == [2, 2]
    assert (axes.get_yscale(), axes.get_xlabel(), axes.get_ylabel()) == ("log", "epoch", "loss")


def test_the_public_names_are_these():
    assert ref.__all__ == ["metrics_table", "plot_roc", "plot_training"]
