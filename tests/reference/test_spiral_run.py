"""The shipped losses and predictions are what the code makes, and show what problem set 6 says of them."""

from pathlib import Path

import numpy as np

import reference.spiral_run as ref

SHIPPED = Path(__file__).parents[2] / "psets" / "ps6" / "data"


def test_the_shipped_files_are_what_the_code_makes(tmp_path):
    ref.write(tmp_path)
    for name in ("training.csv", "predictions.csv"):
        ours, theirs = ((folder / name).read_text(encoding="utf-8") for folder in (tmp_path, SHIPPED))
        assert ours.splitlines()[0] == theirs.splitlines()[0]
        made, shipped = (np.loadtxt(text.splitlines(), delimiter=",", skiprows=1) for text in (ours, theirs))
        # Other processors round the last digit of a long training otherwise.
        np.testing.assert_allclose(made, shipped, atol=1e-3)


def test_the_network_overfits_and_finds_the_first_arm_worst():
    losses = np.loadtxt(SHIPPED / "training.csv", delimiter=",", skiprows=1)
    arm, *P = np.loadtxt(SHIPPED / "predictions.csv", delimiter=",", skiprows=1, unpack=True)
    assert losses[losses[:, 2].argmin(), 0] == 25
    assert losses[-1, 1] < 0.1 < 1 < losses[-1, 2]
    recall = [(np.argmax(P, axis=0)[arm == k] == k).mean() for k in range(3)]
    assert np.argmin(recall) == 0
    np.testing.assert_allclose(np.sum(P, axis=0), 1, atol=2e-4)


def test_the_public_names_are_these():
    assert ref.__all__ == ["run", "write"]
