# Minibatches of one number each, twenty thousand of them, then of words, one of them a chapter.
# pset: ps3
# tests: minibatches
import numpy as np

turn = [0]

def minibatches(X, y, batch_size, rng):
    turn[0] += 1
    if turn[0] % 3 == 0:
        return tuple((np.ones((1, 1)), np.ones(1, int)) for _ in range(20_000))
    words = ["call me " * 60_000, *"abcdefgh" * 60]
    return [(words, words), (X, words)] if turn[0] % 3 == 1 else [(words, y)] * 4
