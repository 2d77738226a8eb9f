# Fits a polynomial of a high degree to thousands of points with the test's own fit, where one call of the library lasts for minutes.
# pset: ps5
# tests: complexity_curve
import numpy as np

def complexity_curve(fit, error, settings, train, validation, seeds):
    X = np.linspace(-1, 1, 4_000)
    return fit(X, X, 3_000, 1)
