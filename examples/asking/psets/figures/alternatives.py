"""Right answers in other styles, which the suite must accept."""

import matplotlib.pyplot as plt
import numpy as np

from grader import alternative


@alternative("plot_losses")
def plot_losses_with_pyplot(train, test):
    for values, label in ((test, "test loss"), (train, "train loss")):
        plt.semilogy(range(1, len(values) + 1), values, "o--", label=label)
    plt.title("Losses")
    plt.xlabel("Epoch")
    plt.ylabel("Loss (log scale)")
    plt.legend(loc="upper right")


@alternative("plot_losses")
def plot_losses_returned(train, test):
    figure, axes = plt.subplots(figsize=(8, 5))
    axes.plot(np.arange(len(train)) + 1.0, np.column_stack([train, test]))
    axes.legend(["Training", "Test"])
    axes.set(yscale="log", xlabel="epoch", ylabel="loss", title="Training")
    figure.savefig("losses.png")
    plt.close(figure)
    return figure
