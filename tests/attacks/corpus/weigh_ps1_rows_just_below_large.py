# Eighty arrays, none of them large by itself, which are summed up number by number.
# pset: ps1
# tests: logits softmax
import numpy as np

def logits(X, W, b):
    return [np.arange(49_000 + i).astype(np.uint8) for i in range(80)]

def softmax(z):
    return logits(z, None, None)
