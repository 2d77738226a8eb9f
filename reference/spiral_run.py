"""A network's training on the noisy spiral, as the files that problem set 6 gives.

``python -m reference.spiral_run FOLDER`` writes ``training.csv``, the losses by epoch, and ``predictions.csv``, what
the trained network says of the test set.

Source: lecture rows L17 and L19.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reference.activations import tanh
from reference.complexity import data_loss, initialize_mlp, train_mlp
from reference.layers import affine_forward
from reference.softmax import softmax
from reference.spiral import spiral_table

__all__ = ["run", "write"]

Array = NDArray[np.float64]
HIDDEN, L2, RATE, EPOCHS, BATCH, SEED = 40, 0.0, 0.3, 300, 10, 0


def run() -> tuple[Array, Array]:
    """Train on the spiral's 60 training points; return the losses, and the test set's labels and probabilities.

    Shapes: → losses (300, 3): epoch, training loss, validation loss; predictions (300, 4): arm, and the probability of
    each of the three arms. Losses in nats. Source: L17, L19.
    """
    table = spiral_table()
    (X, y), (X_val, y_val), (X_test, y_test) = (
        (part[:, 2:], part[:, 1].astype(int)) for part in (table[table[:, 0] == k] for k in range(3))
    )
    rng = np.random.default_rng(SEED)
    params, losses = initialize_mlp(2, HIDDEN, 3, rng), []
    for epoch in range(1, EPOCHS + 1):
        params = train_mlp(params, X, y, L2, RATE, 1, BATCH, rng)
        losses.append([epoch, data_loss(params, X, y)[0], data_loss(params, X_val, y_val)[0]])
    hidden = tanh(affine_forward(X_test, params["W1"], params["b1"]))
    P = softmax(affine_forward(hidden, params["W2"], params["b2"]))
    return np.array(losses), np.column_stack([y_test, P])


def write(folder: Path) -> None:
    """Write both files into a folder: losses with five decimals, probabilities with four."""
    losses, predictions = run()
    how = {"delimiter": ",", "comments": ""}
    np.savetxt(
        folder / "training.csv", losses, ["%d", "%.5f", "%.5f"], header="epoch,training,validation", **how
    )
    np.savetxt(folder / "predictions.csv", predictions, ["%d", *["%.4f"] * 3], header="arm,p0,p1,p2", **how)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
