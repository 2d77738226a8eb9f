"""Figures of a training run."""

import matplotlib.pyplot as plt
import numpy as np


def plot_losses(train, test):
    """Draw the losses of training and test data over the epochs, on a log scale.

    Shapes: train and test (n,), one number for each epoch; draws a figure.
    """
    epochs = np.arange(1, len(train) + 1)
    _, axes = plt.subplots()
    axes.plot(epochs, train, label="training")
    axes.plot(epochs, test, label="test")
    axes.set_yscale("log")
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")
    axes.legend()
    plt.show()
