"""What the first notebook of a process pays for, done once in the template so that no submission pays for it.

Libraries load parts of themselves at their first use: each child would do so again, and that takes longer than most
notebooks run. Nothing of what is done here can be seen from a notebook but its speed.
"""

from __future__ import annotations

import importlib
import sys

import numpy as np

from grader.notebook import Shell

__all__ = ["draw_once", "warm_up"]

_LOADED_LATE = ("encodings.utf_8_sig", "numpy.random", "secrets")


def warm_up(shell: Shell) -> None:
    """Run a cell and show a value; call it when everything is imported."""
    for module in _LOADED_LATE:
        importlib.import_module(module)
    shell.warm_up()


def draw_once() -> None:
    """Where plots are drawn at all, a figure with all that one usually has: it loads fonts, markers, colour maps."""
    if "matplotlib.pyplot" not in sys.modules:
        return
    import matplotlib.pyplot as plt

    # Small, and with as few ticks as there can be: what is drawn again for each of them is nothing new.
    figure, axes = plt.subplots(figsize=(2, 2), dpi=50)
    axes.plot([1, 10], [1, 10], marker="o", label="a")
    axes.imshow(np.eye(2))
    axes.set(xlabel="$x^2$", ylabel="y", title="title", xscale="log", xticks=[1], yticks=[1])
    axes.legend()
    figure.canvas.draw()
    plt.close("all")
