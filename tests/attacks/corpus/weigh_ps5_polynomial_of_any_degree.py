# Fits a polynomial with the test's own fit, of a degree of three hundred million.
# pset: ps5
# tests: complexity_curve
import numpy as np

def complexity_curve(fit, error, settings, train, validation, seeds):
    for degree in (300_000_000, 20_000_000, 2**40, 2.0**30, True):
        try:
            fit(train[0], train[1], degree, seeds[0])
        except ValueError:
            pass
    return fit(np.ones(7), np.ones(7), 3_000_000, 0)
