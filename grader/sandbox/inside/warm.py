"""What makes the first notebook in a process slow, done once in the template so that no submission waits for it.

Libraries load parts of themselves at their first use. Each child would do so again, and that takes longer than most
notebooks run. A notebook sees nothing of what is done here but the speed.
"""

from __future__ import annotations

import importlib
import sys

import numpy as np

from grader.notebook import Shell

__all__ = ["draw_once", "warm_up"]

_LOADED_LATE = ("encodings.utf_8_sig", "numpy.random", "secrets")


def warm_up(shell: Shell) -> None:
    """Run a cell and show a value; call this when everything is imported."""
    for module in _LOADED_LATE:
        importlib.import_module(module)
    shell.warm_up()


def draw_once() -> None:
    """If plots are drawn at all, draw one with the usual parts, which loads fonts, markers and colour maps."""
    if "matplotlib.pyplot" not in sys.modules:
        return
    import matplotlib.pyplot as plt

    # Small and with as few ticks as possible, since drawing more of them loads nothing new.
    figure, axes = plt.subplots(figsize=(2, 2), dpi=50)
    axes.plot([1, 10], [1, 10], marker="o", label="a")
    axes.imshow(np.eye(2))
    axes.set(xlabel="$x^2$", ylabel="y", title="title", xscale="log", xticks=[1], yticks=[1])
    axes.legend()
    figure.canvas.draw()
    plt.close("all")
