# Lists of words, one of them three million bytes long: an array of words is as wide as its longest one in every place.
# pset: ps0
# tests: all
LONG = b"abc" * 1_000_000
FLAT = [LONG, *(b"%d" % k for k in range(600))]
SQUARE = [[LONG[: 1 << 20], b"a"] * 8] * 8

def words(*_, **__):
    return FLAT

def pairs(*_, **__):
    return FLAT, SQUARE

def threes(*_, **__):
    return SQUARE, FLAT, FLAT

predict = mse = gaussian_log_likelihood = descend = minima_reached = is_convex = words
mse_gradient = pairs
gradient_descent = stochastic_gradient_descent = threes
