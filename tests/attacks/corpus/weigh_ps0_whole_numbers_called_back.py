# Calls the test's functions with integers of four thousand bits, for as long as anybody answers.
# pset: ps0
# tests: descend is_convex
def flood(function):
    number = 3**2_500
    while True:
        for one in (number, -number, float(2**1_000), number - 1):
            try:
                function(one)
            except ValueError:
                pass

def descend(gradient, start, learning_rate, steps):
    flood(gradient)

def minima_reached(gradient, starts, learning_rate, steps, apart):
    flood(gradient)

def is_convex(f, a, b, points):
    flood(f)
