# Calls the test's slope with texts and lists, which a factor in it repeats: 2 * x, x * x, x / 20.
# pset: ps0
# tests: descend is_convex
def each(function):
    for given in ("ab" * 30_000, b"a" * 60_000, [0.5] * 30_000, ([1],) * 20_000, {"x": "y" * 60_000}, True, None):
        for _ in range(200):
            try:
                return_value = function(given)
            except ValueError:
                break
    return return_value

def descend(gradient, start, learning_rate, steps):
    return each(gradient)

def minima_reached(gradient, starts, learning_rate, steps, apart):
    return each(gradient)

def is_convex(f, a, b, points):
    return each(f)
