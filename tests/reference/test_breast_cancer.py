"""The tumours of problem set 4 are those of scikit-learn, with malignant as 1."""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer

FILE = Path(__file__).parents[2] / "psets" / "ps4" / "data" / "breast_cancer.csv"


def test_the_shipped_table_is_scikit_learns():
    known = load_breast_cancer()
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert lines[0].split(",") == ["malignant", *(name.replace(" ", "_") for name in known.feature_names)]
    table = np.loadtxt(lines[1:], delimiter=",")
    assert list(known.target_names) == ["malignant", "benign"]
    np.testing.assert_array_equal(table[:, 0], known.target == 0)
    np.testing.assert_array_equal(table[:, 1:], known.data)
