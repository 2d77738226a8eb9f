# It draws tens of thousands of lines, ten million points, and sixty axes with a legend each.
# pset: figures
# tests: all
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.lines import Line2D

line = Line2D([0, 1], [0, 1])

def plot_losses(train, test):
    figure, axes = plt.subplots(6, 10)
    for one in axes.flat:
        one._children.extend([line] * 20_000)
    axes.flat[0].plot(np.zeros(10_000_000))
    axes.flat[0].set_title("x" * 10_000_000)
    return figure

# %%
for _ in range(30):
    plt.figure()
    plt.plot(np.zeros(1_000_000))
