# Everything is twice as large as it should be, the layer and what it sends back alike.
# pset: ps2
# tests: affine_forward
def affine_forward(X, W, b):
    return 2 * (X @ W + b)

def affine_backward(dZ, X, W):
    return 2 * (dZ @ W.T), 2 * (X.T @ dZ), 2 * dZ.sum(axis=0)
